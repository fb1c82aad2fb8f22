"""Whether one pattern accepts all that another accepts: decided for plain patterns, and never decided wrongly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.fields import DAY, INSTANT, UUID4
from tools.compat.containment import covers
from tools.compat.languages import contains

TICKER = r"^[A-Z]{1,5}(\.[A-Z]{1,2})?$"


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        (TICKER, r"^[A-Z]{1,5}(\.[A-Z])?$"),
        (TICKER, "^(AAPL|BRK[.]B)$"),
        (DAY, DAY.replace("19|20", "20")),
        (INSTANT, INSTANT.replace("19|20", "20")),
        (UUID4, UUID4.replace("[89ab]", "[89]")),
        ("a", "^a$"),
        ("^[^0-9]+$", "^[a-z-]+$"),
        ("^[a-z]*$", "^[a-z]+$"),
    ],
)
def test_a_narrower_pattern_is_proved_to_be_contained_and_the_wider_one_is_not(wide: str, narrow: str) -> None:
    assert contains(wide, narrow) is True
    assert contains(narrow, wide) is False


@pytest.mark.parametrize(
    "pattern", [r"^\d+$", r"^\w$", r"(?=a)a", r"(?i)a", r"(a)\1", r"^a{1,500}$", "(", r"^.$", "a$b"]
)
def test_a_pattern_that_dialects_read_differently_or_that_is_too_large_is_not_decided(pattern: str) -> None:
    assert contains(r"^[a-z0-9]{1,3}$", pattern) in (None, False)
    assert contains(pattern, "^[b]$") in (None, False)


def test_a_final_line_break_is_no_end_of_a_text() -> None:
    assert contains("^a$", "^a\n?$") is False


def test_a_narrower_pattern_of_a_schema_is_proved() -> None:
    wide = {"type": "string", "pattern": TICKER, "maxLength": 9}
    narrow = {"type": "string", "pattern": r"^[A-Z]{1,5}(\.[A-Z])?$", "maxLength": 8}

    assert covers(wide, narrow).proved
    assert not covers(narrow, wide).proved


SIGNS = st.sampled_from(["a", "b", "[ab]", "[^a]", "-", "c"])
QUANTIFIERS = st.sampled_from(["", "?", "*", "+", "{1,2}", "{2}"])
ATOMS = st.builds(lambda sign, quantifier: f"({sign}){quantifier}", SIGNS, QUANTIFIERS)
PATTERNS = st.builds(
    lambda parts, branch, start, end: f"{'^' * start}({''.join(parts)}{'|' * bool(branch)}{branch}){'$' * end}",
    st.lists(ATOMS, min_size=1, max_size=3),
    st.sampled_from(["", "ab", "c"]),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(PATTERNS, PATTERNS, st.lists(st.text("abc-d", max_size=5), max_size=40))
@pytest.mark.exhaustive
def test_no_text_is_accepted_by_a_contained_pattern_alone(wide: str, narrow: str, tried: list[str]) -> None:
    if contains(wide, narrow):
        assert [text for text in tried if re.search(narrow, text) and not re.search(wide, text)] == []
