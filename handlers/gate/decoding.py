"""A JSON body as Python values, exactly as the standard library reads it, at orjson's speed when the two agree."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from models.refusals import BadRequest, ContentTooLarge, Invalid, UnsupportedMediaType

MAX_BODY = 1_048_576
MAX_DEPTH = 1_000

_long_number = re.compile(rb"[0-9]{19}")
_no_digits = bytes(byte for byte in range(256) if byte not in b"0123456789")
_constant = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)')
_escape = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_bracket = re.compile(r'"(?:[^"\\]|\\.)*"?|([\[{])|([\]}])', re.DOTALL)


def check_size(data: bytes) -> None:
    """Raises `ContentTooLarge` above 1 MiB."""
    if len(data) > MAX_BODY:
        raise ContentTooLarge(f"The body has {len(data)} bytes; at most {MAX_BODY} are read")


def check_media_type(content_type: str | None) -> None:
    """JSON, any `+json`, or nothing said. Raises `UnsupportedMediaType`."""
    if content_type is None:
        return
    kind = content_type.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.count("/") == 1 and kind.endswith("+json")):
        raise UnsupportedMediaType(f"The media type is {kind[:80]!r}; send application/json")


def decode(data: bytes) -> Any:
    """The value of a JSON text. Raises `Invalid` (`json_invalid` at the character) or `BadRequest`."""
    if len(data) > MAX_DEPTH and data.count(b"[") + data.count(b"{") > MAX_DEPTH:
        _check_depth(_text(data))
    # orjson reads integers beyond 64 bits as floats.
    if len(data.translate(None, _no_digits)) < 19 or not _long_number.search(data):
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            pass
    return _decode_exactly(data)


def _text(data: bytes) -> str:
    try:
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BadRequest("The body is not text in UTF-8, UTF-16 or UTF-32") from error


def _decode_exactly(data: bytes) -> Any:
    text = _text(data)
    stops = len(text) + 1
    value = None
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        stops = error.pos
    except RecursionError as error:
        raise BadRequest("The body is nested too deeply to be read") from error
    except ValueError as error:
        raise BadRequest("The body has an integer of more than 4,300 digits") from error
    # The standard library reads past these two; the text before `stops` is known to be valid otherwise.
    stops = min(stops, _first_constant(text, stops), _first_half_pair(text, stops))
    if stops <= len(text):
        raise invalid_json(stops)
    return value


def invalid_json(position: int) -> Invalid:
    return Invalid([{"loc": ("body", position), "msg": "JSON decode error", "type": "json_invalid"}])


def _check_depth(text: str) -> None:
    depth = 0
    for match in _bracket.finditer(text):
        if match[1]:
            depth += 1
            if depth > MAX_DEPTH:
                raise BadRequest(f"The body is nested deeper than {MAX_DEPTH} levels")
        elif match[2]:
            depth -= 1


def _first_constant(text: str, end: int) -> int:
    """Where NaN or an Infinity stands before `end`, which is returned if none does."""
    return next((match.start() for match in _constant.finditer(text, 0, end) if match[1]), end)


def _first_half_pair(text: str, end: int) -> int:
    """Where the escape of half a surrogate pair, which is no character, stands before `end`, returned if none does."""
    high: re.Match[str] | None = None
    for match in _escape.finditer(text, 0, end):
        code = int(match[1], 16) if match[1] else 0
        low = 0xDC00 <= code <= 0xDFFF
        if high is not None and not (low and match.start() == high.end()):
            return high.start()
        if low and high is None:
            return match.start()
        high = match if 0xD800 <= code <= 0xDBFF else None
    return end if high is None else high.start()
