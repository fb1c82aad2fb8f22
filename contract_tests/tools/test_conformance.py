"""What judges responses is as narrow as what we send: names of maps and the case of symbols included."""

from __future__ import annotations

from typing import Any

import pytest

from tools.conformance import Conformance
from tools.openapi.document import document

POINT = {"timestamp": "2024-12-02T14:00:00Z", "sentiment": 0.83, "count": 3}
FAILURE = {"ticker": "AAPL", "error": "it failed", "code": "SERVICE_UNAVAILABLE", "retry_after_seconds": 5}


@pytest.mark.parametrize(
    ("path", "fits", "misfits"),
    [
        ("/api/v2/trends", {"technology": [POINT]}, [{"Technology": [POINT]}, {"!": [POINT]}, {"!": None}]),
        ("/api/v2/timeseries/batch", {"AAPL": FAILURE}, [{"aapl": FAILURE}, {"AAPL": {**FAILURE, "ticker": "aapl"}}]),
    ],
)
def test_a_map_has_no_names_but_those_that_fit(path: str, fits: Any, misfits: list[Any]) -> None:
    made = document()
    content = made["paths"][path]["get"]["responses"]["200"]["content"]
    judge = Conformance(made).validator(content["application/json"]["schema"])

    assert judge.is_valid(fits)
    assert [value for value in misfits if judge.is_valid(value)] == []
