"""Outcomes to report: one as a check makes them, and any that hypothesis can think of."""

from __future__ import annotations

import string
from dataclasses import replace

from hypothesis import strategies as st

from tools.findings import Finding, Outcome, Place, Related, RuleText, Severity, Subject, Waived

LOWERED = Finding(
    "diff",
    "request-maximum-lowered",
    Severity.ERROR,
    "limit takes at most 50 now, 100 before",
    Subject("searchTickers", "query", "/limit"),
    Place("models/fields.py", 12),
    (Related(Place("models/dashboard/tickers.py", 17), "the field that has this type"),),
    detail="GET /api/v2/tickers/search?limit=51\nbefore: 200\nnow:    422",
    key={"old": 100, "new": 50},
)
CAREFUL = Finding(
    "diff",
    "response-enum-extended",
    Severity.WARNING,
    "a client can meet the new value `halted`",
    Subject("getMarketStatus", "response 200", "/status"),
    Place("models/dashboard/market.py", 30),
)
SAFE = Finding(
    "diff",
    "response-field-added",
    Severity.NOTE,
    "sector is new",
    Subject("searchTickers", "response 200", "/items/*/sector"),
    Place("models/dashboard/tickers.py", 25),
)
STALE = Finding(
    "fresh",
    "artefact-fresh",
    Severity.ERROR,
    "spec/openapi.json: changed",
    place=Place("spec/openapi.json", 1),
    detail="--- committed\n+++ generated\n-old\n+new",
    repair="python -m tools generate",
)
STALE_GOLDEN = replace(STALE, message="golden/x.json: changed", repair="python -m tools golden", detail="")
UNREVIEWED = Finding(
    "lint", "bounded-text", Severity.ERROR, "q has no longest text", Subject("searchTickers", "query", "/q")
)
WAIVED = Waived(UNREVIEWED, "the store cuts it at 200", "search@bellwether.example", "2025-06-30")
RULES = {
    "request-maximum-lowered": RuleText("request-maximum-lowered", "A maximum may rise, not fall.", "Somebody sends more."),
    "bounded-text": RuleText("bounded-text", "Every text has a longest length.", "What has no bound is a bill."),
    "named-in-order": RuleText("named-in-order", "Names are in order.", "", Severity.WARNING),
}  # fmt: skip


def outcome() -> Outcome:
    """A failed check: one of everything, in no order."""
    return Outcome(
        "check",
        [SAFE, STALE, CAREFUL, LOWERED],
        [WAIVED],
        RULES,
        {"operations": 30, "goldens": 1161},
        12.34,
        ["redocly is not there: the document is not linted by it"],
    )


def token(number: int) -> str:
    """A word that nothing else holds and no form escapes."""
    return f"zq{number}qz"


HOSTILE = (
    "<script>", "<b>", "</b>", "</details>", "</summary>", "<!--", "-->", "&lt;", "&#64;", "<br>", "](x)", "[x]", "![", "**", "__",
    "~~", "`", "```", "````", "~~~", "\n```\n", "\n    x", "\n# x", "\n- x", "\n> x", "\n---\n", "\n===\n", "\n| a |\n| - |\n",
    "@all", "#1", "$x$", "https://x", "www.x", "\\", "|", "\n::error::", "##[group]", "%0A", "%25", ",line=1", "]]>", "<![CDATA[",
    "<?xml?>", "&", '"', "'", "\x1b[2J", "\r", "\r\n", "\x00", "\u2028", "\u202e", "\ufffe", " ", "a", "\n", "\n\n",
)  # fmt: skip
"""What some form could take for more than text."""
texts = st.lists(st.sampled_from(HOSTILE), max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=20
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(texts, inside, max_size=2),
    max_leaves=4,
)
places = st.builds(Place, texts, st.integers(1, 10**6))
rules = st.builds(RuleText, texts, texts, texts, st.sampled_from(Severity))
findings = st.builds(
    Finding,
    check=st.sampled_from(["diff", "lint", "fresh"]) | texts,
    rule=st.text(string.ascii_lowercase + "-", min_size=1, max_size=4) | texts,
    severity=st.sampled_from(Severity),
    message=texts,
    subject=st.builds(Subject, texts, texts, texts),
    place=st.none() | places,
    related=st.lists(st.builds(Related, places, texts), max_size=2).map(tuple),
    detail=texts,
    repair=st.just("") | texts,
    key=json_values,
)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    """Any outcome; the message of its n-th finding, the waived ones last, starts with `token(n)`."""
    drawn = draw(st.lists(findings, max_size=6))
    named = [replace(finding, message=f"{token(n)} {finding.message}") for n, finding in enumerate(drawn)]
    split = draw(st.integers(0, len(named)))
    return Outcome(
        draw(st.just("check") | texts),
        named[:split],
        [Waived(finding, draw(texts), draw(texts), draw(texts)) for finding in named[split:]],
        draw(st.dictionaries(texts, rules, max_size=3)),
        draw(st.dictionaries(texts, st.integers(0, 10**6), max_size=3)),
        draw(st.floats(0, 1e4)),
        draw(st.lists(texts, max_size=2)),
    )


def said(outcome: Outcome) -> list[Finding]:
    """Every finding, waived or not, in the order of their tokens."""
    return [*outcome.findings, *(item.finding for item in outcome.waived)]
