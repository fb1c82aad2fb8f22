"""A cursor comes back to its own list, whole and unchanged, or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.gate import cursors
from models.fields import Cursor
from models.paging import FORGED, cursor_rule
from models.refusals import Invalid

KEY = "a key for these tests only, long enough to sign with"
RULE = cursor_rule({})
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
FORM = next(part.pattern for part in Cursor.__metadata__ if hasattr(part, "pattern"))  # type: ignore[attr-defined]
law = settings(max_examples=60, deadline=None)

positions = st.text(min_size=1, max_size=80)
lists = st.lists(st.none() | st.text(max_size=12), min_size=1, max_size=5)


def refuses(cursor: str, of: cursors.ListId, key: str = KEY) -> bool:
    try:
        cursors.read(cursor, of, iter((key,)), RULE)
    except Invalid as refusal:
        return [item["loc"] for item in refusal.items] == [("query", "cursor")]
    return False


@law
@given(positions, lists)
def test_a_cursor_gives_back_the_position_that_was_signed(position: str, of: list[str | None]) -> None:
    cursor = cursors.sign(position, of, KEY)

    assert cursors.read(cursor, of, iter((KEY + "?", KEY)), RULE) == position
    assert re.fullmatch(FORM, cursor)
    assert 16 <= len(cursor) <= 512


@law
@given(positions, lists, st.data())
def test_a_cursor_with_another_character_is_refused(position: str, of: list[str | None], data: st.DataObject) -> None:
    cursor = cursors.sign(position, of, KEY)
    # The last character first: it has bits that decoding drops.
    index = data.draw(st.just(len(cursor) - 1) | st.integers(0, len(cursor) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda character: character != cursor[index]))

    assert refuses(cursor[:index] + other + cursor[index + 1 :], of)


@law
@given(positions, lists, st.data())
def test_a_cursor_that_was_cut_or_grew_is_refused(position: str, of: list[str | None], data: st.DataObject) -> None:
    cursor = cursors.sign(position, of, KEY)
    cut = data.draw(st.integers(0, len(cursor) - 1))

    assert refuses(cursor[:cut], of)
    assert refuses(cursor[cut + 1 :], of)
    assert refuses(cursor + data.draw(st.text(ALPHABET, min_size=1, max_size=4)), of)


@law
@given(positions, lists, lists)
def test_a_cursor_of_another_list_is_refused(position: str, of: list[str | None], other: list[str | None]) -> None:
    cursor = cursors.sign(position, of, KEY)

    assert refuses(cursor, other) == (of != other)


def test_lists_that_join_to_the_same_text_are_different_lists() -> None:
    cursor = cursors.sign("position", ["op", "a,b", None], KEY)

    assert refuses(cursor, ["op", "a", "b", None])
    assert refuses(cursor, ["op", "a,b", ""])
    assert refuses(cursor, ["op", "a,b"])


def test_a_cursor_signed_with_another_key_is_refused() -> None:
    assert refuses(cursors.sign("position", ["op"], KEY + "!"), ["op"])


@pytest.mark.parametrize("text", [FORGED, "", "!!!!", "é" * 20, "A" * 17, "====", "A" * 511])
def test_what_was_never_a_cursor_is_refused(text: str) -> None:
    assert refuses(text, ["op"])
