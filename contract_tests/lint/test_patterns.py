"""Regular expressions are read as engines read them: what bounds a text, what holds it at both ends, what differs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.lint.patterns import anchored, bounded, differences, signs


@pytest.mark.parametrize("pattern", ["^a$", "^(a|b)$", r"^\$[|]$", "^[$]{1,5}$", "^(?:a|b)$", r"^[\]|]$"])
def test_a_pattern_that_is_about_the_whole_text_is_anchored(pattern: str) -> None:
    assert anchored(pattern)


@pytest.mark.parametrize("pattern", ["a", "^a", "a$", "^a|b$", r"^a\$", "^(a$)", "", "[^a]$"])
def test_a_pattern_that_leaves_an_end_open_is_not(pattern: str) -> None:
    assert not anchored(pattern)


@pytest.mark.parametrize("pattern", ["^a{1,9}$", "^a?$", "^[*+]$", r"^\*\+$", "^a{3}$", "^(ab?){2}$"])
def test_a_pattern_without_endless_repetition_bounds_the_length(pattern: str) -> None:
    assert bounded(pattern)


@pytest.mark.parametrize("pattern", ["^a+$", "^a*$", "^a{1,}$", "^(ab)+$", "a{1,9}", "^.*$"])
def test_a_pattern_that_repeats_without_end_does_not(pattern: str) -> None:
    assert not bounded(pattern)


@pytest.mark.parametrize(
    ("pattern", "sign"),
    [
        (r"^\d$", r"\d"),
        (r"^[\w]$", r"\w"),
        (r"\Aa\Z", r"\A"),
        ("^(?P<name>a)$", "(?P<"),
        ("^(?<=a)b$", "(?<="),
        ("^(?<!a)b$", "(?<!"),
        ("^(?i)a$", "(?i)"),
        ("^(?i:a)$", "(?i:"),
        ("^(?>a)$", "(?>"),
        ("^a.b$", "."),
        (r"^\-$", r"\-"),
        (r"^\@$", r"\@"),
        ("^a++$", "++"),
        ("^a{2}+$", "{2}+"),
    ],
)
def test_what_engines_read_differently_is_named(pattern: str, sign: str) -> None:
    found = list(differences(pattern))

    assert found
    assert found[0].startswith(sign)


@pytest.mark.parametrize(
    "pattern",
    [r"^[a-z\-]$", r"^a\.b$", "^(?:a)$", "^(?=a)a$", "^(?!b)a$", "^(?<name>a)$", "^a+?$", r"^[\]\\/]$", "^[.]$"],
)
def test_what_engines_read_alike_is_not(pattern: str) -> None:
    assert list(differences(pattern)) == []


@settings(max_examples=200)
@given(st.text(alphabet=r"^$|()[]{}\?*+.ab0,:<>=!P-d", max_size=20))
def test_the_signs_of_a_pattern_are_the_pattern(pattern: str) -> None:
    assert "".join(sign for sign, _ in signs(pattern)) == pattern or pattern.endswith("\\")


@settings(max_examples=100)
@given(st.from_regex(r"(\[[ab]\]|a|b|\(a\|b\)|a\?|b\{1,3\}){1,6}", fullmatch=True), st.integers(20, 60))
def test_no_long_text_matches_a_bounded_pattern(inner: str, length: int) -> None:
    pattern = f"^{inner}$"
    bound = bounded(pattern)

    assert bound
    assert not re.fullmatch(pattern, "a" * length + "b" * length)
