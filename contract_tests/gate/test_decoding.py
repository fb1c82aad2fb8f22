"""JSON bodies: what the standard library reads, we read; where it stops, we stop."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.values import anything
from handlers.gate.decoding import check_media_type, check_size, decode
from models.refusals import BadRequest, ContentTooLarge, Invalid, UnsupportedMediaType

MEBIBYTE = 1_048_576
DEEPEST = 1_000


def position(data: bytes) -> Any:
    with pytest.raises(Invalid) as caught:
        decode(data)
    [item] = caught.value.items
    assert (item["msg"], item["type"], item["loc"][0]) == ("JSON decode error", "json_invalid", "body")
    return item["loc"][1]


@given(anything, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.booleans())
def test_every_value_is_read_as_the_standard_library_reads_it(value: Any, encoding: str, escaped: bool) -> None:
    text = json.dumps(value, ensure_ascii=escaped)
    read = decode(text.encode(encoding))

    assert json.dumps(read) == json.dumps(json.loads(text))


@given(st.text(alphabet='{}[]",:0123456789.eE+-truefalsn \\u', max_size=30))
def test_broken_text_stops_where_the_standard_library_stops(text: str) -> None:
    try:
        expected = repr(json.loads(text))
    except json.JSONDecodeError as error:
        expected = str(error.pos)
    try:
        found = repr(decode(text.encode()))
    except Invalid as invalid:
        found = str(invalid.items[0]["loc"][1])

    assert found == expected


@given(st.integers(min_value=2**53, max_value=10**60))
def test_large_integers_stay_integers(number: int) -> None:
    assert decode(f'{{"n":{number}}}'.encode()) == {"n": number}


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_are_no_json_stop_the_decoding_there(constant: str) -> None:
    assert position(f'{{"a": "NaN", "b": {constant}}}'.encode()) == 18


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('"\\ud800"', 1),
        ('"\\udc00"', 1),
        ('"a\\ud83d\\ud83d\\ude00"', 2),
        ('"\\\\ud800 \\ud800"', 9),
        ('{"\\udfff":1}', 2),
    ],
)
def test_half_a_surrogate_pair_stops_the_decoding_there(text: str, where: int) -> None:
    assert position(text.encode()) == where


def test_what_no_decoder_of_json_reads_stops_it_before_a_later_error() -> None:
    assert position(b"[NaN, x]") == 1
    assert position(b'["\\ud800", x]') == 2


def test_a_whole_surrogate_pair_is_one_character() -> None:
    assert decode(b'"\\ud83d\\ude00"') == "\U0001f600"


def test_positions_count_characters_not_bytes() -> None:
    assert position('{"é": x}'.encode()) == 6


@pytest.mark.parametrize("data", [b"\xff", b'"\xed\xa0\x80"', b'{"a": "\xc3"}'])
def test_bytes_that_are_no_text_are_a_bad_request(data: bytes) -> None:
    with pytest.raises(BadRequest):
        decode(data)


def test_nesting_is_read_up_to_the_limit_and_refused_beyond() -> None:
    deepest = decode(b"[" * DEEPEST + b"]" * DEEPEST)

    assert deepest
    with pytest.raises(BadRequest):
        decode(b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1))


def test_brackets_inside_text_are_no_nesting() -> None:
    text = "[" * 5_000

    assert decode(json.dumps([text]).encode()) == [text]


def test_an_integer_beyond_the_limit_of_digits_is_a_bad_request() -> None:
    with pytest.raises(BadRequest):
        decode(b"9" * 4301)


def test_a_body_may_have_one_mebibyte_and_no_byte_more() -> None:
    check_size(b" " * MEBIBYTE)

    with pytest.raises(ContentTooLarge):
        check_size(b" " * (MEBIBYTE + 1))


@pytest.mark.parametrize(
    "given_type", [None, "application/json", "Application/JSON; charset=utf-8", "application/problem+json"]
)
def test_json_media_types_are_read(given_type: str | None) -> None:
    check_media_type(given_type)  # raises if it is refused


@pytest.mark.parametrize(
    "given_type", ["", "json", "text/plain", "application/x-www-form-urlencoded", "a/b/c+json", "+json"]
)
def test_other_media_types_are_refused(given_type: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        check_media_type(given_type)
