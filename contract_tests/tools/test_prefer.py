"""The header Prefer, read as RFC 7240 says."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.prefer import BadPrefer, Preference, preferences, word

TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
QUOTABLE = "".join(map(chr, [9, *range(0x20, 0x7F), *range(0x80, 0x100)]))

tokens = st.text(TOKEN_CHARACTERS, min_size=1, max_size=8)
values = st.text(QUOTABLE, max_size=8)
blanks = st.text(" \t", max_size=2)


@dataclass(frozen=True)
class Spelled:
    """A name with its value, and one of the ways to write them."""

    name: str
    value: str
    text: str


@st.composite
def spelled(draw: st.DrawFn) -> Spelled:
    name, value = draw(tokens), draw(values)
    equals = f"{draw(blanks)}={draw(blanks)}"
    bare = value == "" and draw(st.booleans())
    return Spelled(name, value, name if bare else name + equals + draw(st.sampled_from((word(value), quoted(value)))))


def quoted(value: str) -> str:
    return '"' + "".join(f"\\{character}" if character in '"\\x' else character for character in value) + '"'


@st.composite
def elements(draw: st.DrawFn) -> list[Spelled]:
    """A preference and its parameters."""
    return draw(st.lists(spelled(), min_size=1, max_size=3))


@st.composite
def headers(draw: st.DrawFn) -> tuple[list[str], list[list[Spelled]]]:
    """Header values, and what they say."""
    several = draw(st.lists(elements(), max_size=4))
    lines, line = [], draw(st.sampled_from(("", " ", ", ,")))
    for element in several:
        separator = draw(blanks) + draw(st.sampled_from((";", "; ;"))) + draw(blanks)
        line += separator.join(part.text for part in element) + draw(st.sampled_from(("", ";", " ;")))
        if draw(st.booleans()):
            lines.append(line)
            line = ""
        else:
            line += draw(st.sampled_from((",", " , ", ",,\t")))
    return [*lines, line], several


def meant(several: list[list[Spelled]]) -> dict[str, Preference]:
    """The first of a name counts, among preferences and among the parameters of one."""
    found: dict[str, Preference] = {}
    for first, *rest in several:
        parameters = {part.name.lower(): part.value for part in reversed(rest)}
        found.setdefault(first.name.lower(), Preference(first.value, parameters))
    return found


@settings(max_examples=200)
@given(headers())
def test_whatever_the_grammar_can_write_is_read_as_it_was_meant(written: tuple[list[str], list[list[Spelled]]]) -> None:
    lines, several = written

    assert preferences(lines) == meant(several)


@settings(max_examples=200)
@given(st.lists(st.text(QUOTABLE + "\x00\n\u20ac", max_size=30), max_size=3))
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    found, refused = read(lines)

    assert refused or all(name == name.lower() and name for name in found)
    assert not refused or refused.startswith("Prefer cannot be read from character ")


def read(lines: list[str]) -> tuple[dict[str, Preference], str]:
    """What lines say, and why they say nothing."""
    try:
        return preferences(lines), ""
    except BadPrefer as error:
        return {}, str(error)


@settings(max_examples=100)
@given(values)
def test_a_value_that_is_written_is_read_back(value: str) -> None:
    assert preferences([f"example={word(value)}"])["example"].value == value


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["code=422"], {"code": "422"}),
        (["Code = 422 , EXAMPLE=x"], {"code": "422", "example": "x"}),
        (['code="422"', "wait=2.5"], {"code": "422", "wait": "2.5"}),
        (["code=422, code=404"], {"code": "422"}),
        (["respond-async; x=1, code=422"], {"respond-async": "", "code": "422"}),
        (['foo="a, code=404", code=422'], {"foo": "a, code=404", "code": "422"}),
        (['foo=""'], {"foo": ""}),
        (["", " , "], {}),
    ],
)
def test_preferences_as_people_write_them(lines: list[str], expected: dict[str, str]) -> None:
    assert {name: preference.value for name, preference in preferences(lines).items()} == expected


@pytest.mark.parametrize("line", ['code="422', "code=422 example=x", "=422", "code=", "code==1", "code=4/2", "a;;=b"])
def test_what_the_grammar_cannot_write_is_refused(line: str) -> None:
    with pytest.raises(BadPrefer):
        preferences([line])
