"""The goldens of a watchlist show every answer that there is, so that no constant could pass for one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "golden" / "dashboard" / "configurations"


def shown(operation: str) -> list[Any]:
    """The bodies of the successes, in the order of their names."""
    files = sorted((GOLDEN / operation).glob("20*.json"))
    return [json.loads(file.read_bytes())["response"]["body"] for file in files]


def values(of: Any, name: str) -> Iterator[Any]:
    """Everything that stands under a name, at any depth."""
    if isinstance(of, dict):
        yield from (value for key, value in of.items() if key == name)
    for part in of.values() if isinstance(of, dict) else of if isinstance(of, list) else ():
        yield from values(part, name)


@pytest.mark.parametrize(
    ("operation", "field", "expected"),
    [
        ("getConfigurationCorrelation", "sentiment_trend", {"↑", "↓"}),
        ("getConfigurationCorrelation", "volatility_trend", {"↑", "↓", "→"}),
        (
            "getConfigurationCorrelation",
            "interpretation",
            {"positive_divergence", "negative_divergence", "negative_convergence", "stable"},
        ),
        ("getConfigurationVolatility", "trend_arrow", {"↑", "↓", "→"}),
        ("getConfigurationVolatility", "includes_extended_hours", {True, False}),
        ("getConfigurationHeatmap", "color", {"#22c55e", "#eab308", "#ef4444", None}),
        ("getConfigurationSentiment", "cache_status", {"fresh", "stale", "refreshing"}),
        ("getConfigurationPremarket", "label", {"positive", "neutral"}),
        ("refreshConfiguration", "status", {"refresh_queued", "refresh_running"}),
        ("getRefreshStatus", "state", {"idle", "queued", "running"}),
        ("getRefreshStatus", "last_outcome", {"succeeded", "partial", "failed", None}),
    ],
)
def test_every_answer_that_a_field_may_give_is_in_a_golden(operation: str, field: str, expected: set[Any]) -> None:
    # The legend of colours is the same in all of them.
    bodies = [{name: part for name, part in body.items() if name != "legend"} for body in shown(operation)]

    assert set(values(bodies, field)) >= expected


def test_our_model_has_said_something_in_a_golden() -> None:
    said = [each for each in values(shown("getConfigurationSentiment"), "our_model") if each is not None]

    assert {each["label"] for each in said} == {"negative"}


def test_the_same_session_with_and_without_extended_hours_differs_in_what_they_change() -> None:
    with_them, without = (
        json.loads((GOLDEN / "getConfigurationVolatility" / f"200-{name}.json").read_bytes())
        for name in ("extended_hours", "session")
    )
    pairs = list(zip(with_them["response"]["body"]["tickers"], without["response"]["body"]["tickers"], strict=True))

    assert with_them["given"]["at"] == without["given"]["at"]
    assert [(one["includes_extended_hours"], other["includes_extended_hours"]) for one, other in pairs] == [
        (True, False)
    ] * 2
    assert all(one["atr"] != other["atr"] and one["updated_at"] > other["updated_at"] for one, other in pairs)
