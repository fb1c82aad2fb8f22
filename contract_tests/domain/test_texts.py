"""Texts from outside lose their markup, what cannot be seen, and what is too much."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.domain.texts import cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("<p>One</p><p>two</p>", "One two"),
        ("a<br>b", "a b"),
        ("Research &amp; development &lt;new&gt; &#169;", "Research & development <new> ©"),
        ("<script>alert('x')</script>shown<style>p{}</style>", "shown"),
        ('<a href="javascript:x" onclick="y">link</a>', "link"),
        ("3 < 4 and AT&T", "3 < 4 and AT&T"),
        ("tab\tnew\nline\r\n", "tab new line"),
        ("nul\x00 bell\x07 esc\x1b[31m", "nul bell esc [31m"),
        ("left\u202eright\u200b\ufeff", "left right"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("<!-- hidden -->shown", "shown"),
        ("a<!-->b", "a b"),
        ("Apple <![foo bar]]> soars", "Apple soars"),
        ("<![if gte mso 9]>x<![endif]>y", "x y"),
        ("<!DOCTYPE html><?xml version='1'?>shown", "shown"),
        ("<a title=\"a > b\" rel='c>d'>link</a>", "link"),
        ("<p don't>Apple's</p> gain", "Apple's gain"),
        ("<SCRIPT>if (a < b) { c > d }</Script >shown", "shown"),
        ("<script>never ends", ""),
        ("cut <!-- here", "cut <!-- here"),
        ("cut <![ here", "cut <![ here"),
        ("5 <b and <a href='x", "5 <b and <a href='x"),
        ("&bogus; &#xD800; &#x110000; &notit;", "&bogus; \ufffd \ufffd ¬it;"),
        ("&#" + "9" * 40 + ";", "\ufffd99999999;"),
        ("", ""),
    ],
)
def test_only_what_can_be_seen_stays(text: str, expected: str) -> None:
    assert cleaned(text, 100) == expected


PIECES = [
    "<a ",
    '="',
    "='",
    ">",
    "'",
    '"',
    "<!--",
    "-->",
    "<script>",
    "</script",
    "=",
    "x ",
    "<",
    "&#1;",
    "<![",
    "<b>",
    "]]>",
]


@given(st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=2)).map("".join), st.integers(1, 60))
def test_whatever_comes_what_stays_is_short_visible_text_in_one_line(text: str, most: int) -> None:
    found = cleaned(text, most)

    assert len(found) <= most
    assert found == found.strip()
    assert found.encode().decode() == found
    assert not [char for char in found if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


@given(st.lists(st.sampled_from(["one", "2 < 3", "&amp;", "<b>", "</p>", "<br/>", "<!-- x -->", "<a href='>'>"])))
def test_markup_stands_for_a_blank(parts: list[str]) -> None:
    words = [{"&amp;": "&"}.get(part, part) for part in parts if part[:1] != "<"]

    assert cleaned(" ".join(parts), 10_000) == " ".join(words)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
@example(["<"])
@example(["<a b='"])
@example(["<a =' \">"])
@example(["<![CDATA["])
@example(["\x00"])
@example(["\u202e<"])
@example(["</"])
@example(["&"])
def test_a_megabyte_of_anything_takes_no_time(parts: list[str]) -> None:
    part = "".join(parts)
    text = (part * (1_000_000 // len(part)))[:1_000_000]
    begun = time.process_time()
    cleaned(text, 2000)

    assert time.process_time() - begun < 0.1
