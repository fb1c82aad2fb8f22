"""What a declaration gets wrong is found when its operation is made ready, not when a client asks."""

from __future__ import annotations

import copy

import pytest

from handlers.gate.binding import Binder
from tools import probe


def test_a_path_that_names_other_values_than_its_request_is_not_served() -> None:
    renamed = copy.copy(probe.NUMBER)
    renamed.path = "/probe/numbers/{id}"

    with pytest.raises(TypeError, match=r"getNumber: the path has \['id'\], the request has \['number'\]"):
        Binder(renamed)
