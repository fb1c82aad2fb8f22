"""Thirty things broken on purpose in a copy of the models, all at once: each finding opens at the line that was broken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contract_tests.copies import copied, run
from contract_tests.lines import line_of
from tools.findings import Place

COMMANDS = {"lint": ("lint", "--format", "json")}
"""A check → the command that asks it."""


@dataclass(frozen=True, slots=True)
class Breakage:
    """A text of one file and what replaces it, everywhere in the file; the rule that finds it, and the line it opens at.

    The line is the first one that begins with `line` below the first one that begins with `after`.
    """

    file: str
    old: str
    new: str
    rule: str
    line: str
    after: str = ""
    check: str = "lint"


TICKERS = "models/dashboard/tickers.py"
CONFIGURATIONS = "models/dashboard/configurations.py"
CANDLES = "models/dashboard/candles.py"
ARTICLES = "models/dashboard/articles.py"
MARKET = "models/dashboard/market.py"
SESSIONS = "models/dashboard/sessions.py"
EVENTS = "models/stream/events.py"
STREAMS = "models/stream/streams.py"

BREAKAGES = {
    "a number of a named type has no greatest value": Breakage(
        TICKERS, "Field(ge=1, le=20)", "Field(ge=1)", "number-bounded", "SearchLimit ="),
    "a text of a named type has no longest length": Breakage(
        TICKERS, "min_length=1, max_length=50", "min_length=1", "text-bounded", "SearchText ="),
    "a type that many share has a pattern that JavaScript reads otherwise": Breakage(
        "models/fields.py", 'pattern=r"^[A-Za-z0-9_-]+$"', 'pattern=r"^[\\w-]+$"', "pattern-portable", "Cursor ="),
    "a list of a body has no greatest length": Breakage(
        CONFIGURATIONS, "WatchedSymbols = Annotated[list[Ticker], MaxLen(MAX_SYMBOLS)]",
        "WatchedSymbols = Annotated[list[Ticker], Field()]", "list-bounded", "WatchedSymbols ="),
    "a text in a header has no longest length": Breakage(
        STREAMS, "StringConstraints(max_length=128)", "StringConstraints(min_length=0)", "text-bounded", "EventId ="),
    "a summary ends with a full stop": Breakage(
        CONFIGURATIONS, 'summary="One watchlist"', 'summary="One watchlist."', "summary-short", "summary=", "GET ="),
    "a response header has no standard name": Breakage(
        CANDLES, '"X-Cache-Source"', '"Cache-Source"', "header-name", "SentHeader("),
    "a docstring repeats the name of its field": Breakage(
        EVENTS, "The oldest id from which a stream can go on.", "The oldest position.", "description-says-more",
        '"""The oldest position'),
    "a null is not explained": Breakage(
        ARTICLES, "Where the next page starts; null on the last one.", "Where the next page starts.", "null-explained",
        '"""Where the next page starts'),
    "a cursor is refused by no rule": Breakage(
        ARTICLES, "rules=(CURSOR,),", "rules=(),", "cursor-refused", "rules="),
    "what may not be kept has an ETag": Breakage(
        ARTICLES, 'cache="private, max-age=60"', 'cache="no-store"', "etag-fits-cache", "etag="),
    "a write that everybody may make has no limit": Breakage(
        SESSIONS, "    limit=RateLimit(10, 3600),\n", "", "write-limited", "START ="),
    "what is deprecated does not say when it ends": Breakage(
        CANDLES, "    etag=True,\n", "    etag=True,\n    deprecated=date(2024, 1, 1),\n", "deprecation-dated", "deprecated="),
    "a link leads nowhere": Breakage(
        TICKERS, '"getTickerSentimentHistory"', '"getSentimentOfTicker"', "link-leads", "Link(", '"Price candles'),
    "a key is not in snake_case": Breakage(
        MARKET, "holiday_name", "holidayName", "snake-case", "holidayName:"),
    "a boolean is a negation": Breakage(
        MARKET, "is_holiday", "not_open", "boolean-claims", "not_open:"),
    "an instant is named like a day": Breakage(
        MARKET, "next_open", "opening_date", "time-named", "opening_date:"),
    "a path has a capital": Breakage(
        "models/dashboard/timeseries.py", '"/api/v2/timeseries/batch"', '"/api/v2/timeseries/Batch"', "path-form",
        '"/api/v2/timeseries/Batch"'),
    "an operationId has no verb": Breakage(
        "models/dashboard/lookup.py", '"findUserByEmail"', '"userOfEmail"', "operation-id-form", '"userOfEmail"'),
    "a value in an event may be anything": Breakage(
        EVENTS, "rate_last_hour: Count", "rate_last_hour: object", "value-typed", "rate_last_hour:"),
    "a row of an inherited class has an integer that JavaScript cannot read": Breakage(
        "models/dashboard/timeseries.py", "    count: Positive\n", "    count: Annotated[int, Ge(-(2**60))]\n",
        "integer-exact", "count:", "class Bucket"),
    "a code is not in upper case": Breakage(
        "models/refusals.py", '"CONFIGURATION_LIMIT_REACHED"', '"configuration limit"', "refusal-code-unique",
        "class ConfigurationLimitReached"),
    "a status without a body is no 204": Breakage(
        CONFIGURATIONS, "Returns(204, NoContent", "Returns(200, NoContent", "no-content-empty", "(Returns(200, NoContent"),
    "a check refuses by a rule that is not published": Breakage(
        CANDLES, "rules=(BOTH_DATES, ORDERED_DATES, SPAN_WITHIN_CAP)", "rules=(BOTH_DATES, ORDERED_DATES)",
        "check-published", "rules="),
    "a tag is not described": Breakage(
        "models/registry.py", '"The service itself"', '""', "described", 'Tag("system"'),
    "a named type is used by nothing": Breakage(
        "models/dashboard/history.py", "CURSOR = cursor_rule", 'NeverUsed = Annotated[str, MaxLen(1)]\nCURSOR = cursor_rule',
        "type-used", "NeverUsed ="),
    "an example does not say why": Breakage(
        "models/dashboard/trends.py", '"two tags by day"', '"days"', "example-explained", 'Example("days"'),
    "an enumeration is written in two ways": Breakage(
        "models/dashboard/metrics.py", '["improving", "declining", "stable"]', '["RISING", "mostlyFlat", "stable"]',
        "enum-case", "trend:"),
    "a refusal is declared and never shown": Breakage(
        CONFIGURATIONS, 'at most two.",\n', 'at most two.",\n    refusals=(ConfigurationNotFound,),\n', "refusal-shown",
        "refusals=", "LIST ="),
    "a request is named like a thing": Breakage(
        "models/dashboard/system.py", "CheckHealth", "HealthQuestion", "class-named", "class HealthQuestion"),
}  # fmt: skip


def broken(folder: Path, breakages: Mapping[str, Breakage]) -> Path:
    """A copy of the project with everything broken in it."""
    copied(folder)
    for breakage in breakages.values():
        file = folder / breakage.file
        whole = file.read_text("utf-8")
        assert breakage.old in whole, breakage
        file.write_text(whole.replace(breakage.old, breakage.new), "utf-8")
    return folder


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return broken(tmp_path_factory.mktemp("broken"), BREAKAGES)


@pytest.fixture(scope="module")
def findings(copy: Path) -> dict[str, list[dict[str, Any]]]:
    """Check → what its command finds in the copy."""
    return {check: json.loads(run(copy, *command).stdout)["findings"] for check, command in COMMANDS.items()}


@pytest.mark.parametrize("what", BREAKAGES)
def test_what_is_broken_opens_at_its_line(copy: Path, findings: dict[str, list[dict[str, Any]]], what: str) -> None:
    breakage = BREAKAGES[what]
    opened = [
        Place(found["place"]["path"], found["place"]["line"])
        for found in findings[breakage.check]
        if found["rule"] == breakage.rule
    ]

    assert line_of(breakage.file, breakage.line, breakage.after, root=copy) in opened


def test_nothing_is_found_but_what_was_broken(copy: Path, findings: dict[str, list[dict[str, Any]]]) -> None:
    expected = {(b.rule, line_of(b.file, b.line, b.after, root=copy)) for b in BREAKAGES.values() if b.check == "lint"}
    found = {
        (finding["rule"], Place(finding["place"]["path"], finding["place"]["line"])): finding["message"]
        for finding in findings["lint"]
        if finding["severity"] == "error"
    }

    assert {key: found[key] for key in found.keys() - expected} == {}
