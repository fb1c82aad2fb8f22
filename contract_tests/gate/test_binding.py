"""What a declaration gets wrong is found when its operation is made ready; and how numbers are read, whatever their spelling."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.client import JSON, broken
from handlers.gate.binding import Binder
from handlers.runtime.clock import FixedClock
from tools import probe
from tools.events import HttpCall, Received, received, rest_event
from tools.stage import NOW

LARGEST = 2**1024 - 2**970 - 1
"""The largest integer that rounds to a finite float."""


def test_a_path_that_names_other_values_than_its_request_is_not_served() -> None:
    renamed = copy.copy(probe.NUMBER)
    renamed.path = "/probe/numbers/{id}"

    with pytest.raises(TypeError, match=r"getNumber: the path has \['id'\], the request has \['number'\]"):
        Binder(renamed)


def posted(number: str) -> Received:
    """The answer to a row whose price is spelled like this."""
    body = f'{{"name":"bolt","price":{number}}}'.encode()
    return received(probe.gate(FixedClock(NOW))(rest_event(HttpCall("POST", "/probe/rows", "", (JSON,), body)), None))


@settings(max_examples=30, deadline=None)
@given(st.integers(LARGEST + 1, 10**4299) | st.integers(-(10**4299), -LARGEST - 1))
def test_an_integer_beyond_every_float_is_refused_as_the_float_of_its_size_is(number: int) -> None:
    got = posted(json.dumps(number))

    assert broken(got) == [(["body", "price"], "finite_number")]
    assert got.body == posted("1e400" if number > 0 else "-1e400").body


@pytest.mark.parametrize("number", [LARGEST, 2**1023, 10**308, 1])
def test_an_integer_that_a_float_can_hold_is_a_number_like_any_other(number: int) -> None:
    assert posted(str(number)).status == 201


@pytest.mark.parametrize("value", [True, "1", [10**400], {"price": 10**400}, None])
def test_what_is_no_number_is_not_said_to_be_too_large(value: Any) -> None:
    assert broken(posted(json.dumps(value))) == [(["body", "price"], "float_type")]
