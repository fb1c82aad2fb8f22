"""What the gate answers by itself, for every operation alike: proved once, on the probe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handlers.runtime.clock import FixedClock
from models.operation import Given
from tools import probe
from tools.events import SHAPES, HttpCall, Received, received
from tools.goldens.calls import JSON_HEADER
from tools.goldens.files import golden, written
from tools.stage import NOW

ROWS = "/probe/rows"
ROW = b'{"name":"bolt","price":1.5}'


@dataclass(frozen=True, slots=True)
class GateCase:
    """A call, or an event that no gateway sends, and the status that it has to get."""

    name: str
    why: str
    status: int
    call: HttpCall | None = None
    event: Any = None

    @property
    def path(self) -> str:
        return f"golden/gate/{self.status}-{self.name}.json"


def _post(name: str, why: str, status: int, body: bytes, media_type: str | None = "application/json") -> GateCase:
    headers = (("content-type", media_type),) if media_type is not None else ()
    return GateCase(name, why, status, HttpCall("POST", ROWS, "", headers, body))


def _get(name: str, why: str, status: int, path: str, method: str = "GET", query: str = "") -> GateCase:
    return GateCase(name, why, status, HttpCall(method, path, query))


CASES = (
    _post("no_text", "the bytes of the body are no text in any Unicode encoding", 400, b'{"name":"\xff\xfe\xfa"}'),
    _post("digits", "an integer has more than 4,300 digits", 400, b'{"quantity":' + b"9" * 4301 + b"}"),
    _post("nesting", "the body is nested deeper than 1,000 levels", 400, b"[" * 1001),
    GateCase("no_event", "what arrived is no event of a gateway", 400, event={"Records": []}),
    GateCase("no_object", "what arrived is not even an object", 400, event=[]),
    GateCase(
        "no_map",
        "the event's headers are not a map",
        400,
        event={
            "httpMethod": "POST",
            "path": ROWS,
            "headers": [1],
            "requestContext": {"requestId": "x"},
            "body": "{}",
        },
    ),
    GateCase(
        "no_base64",
        "the event's body is not base64 as it says",
        400,
        event={
            "httpMethod": "POST",
            "path": ROWS,
            "requestContext": {"requestId": "x"},
            "body": "?",
            "isBase64Encoded": True,
        },
    ),
    _get("unknown", "nobody serves this path", 404, "/probe/nothing"),
    _get("trailing_slash", "a trailing slash is another path", 404, "/probe/rows/"),
    _get("empty_segment", "an empty segment is no value of a parameter", 404, "/probe/numbers/"),
    _get("method", "the path is served, with other methods", 405, ROWS, "DELETE"),
    _get("options", "OPTIONS says what is allowed", 204, ROWS, "OPTIONS"),
    _get("head", "HEAD answers as GET without a body", 200, ROWS, "HEAD", "limit=1"),
    _get("encoded", "a segment is decoded once, after splitting", 200, "/probe/numbers/%37"),
    _get("last_wins", "the last of a repeated parameter wins", 200, ROWS, query="limit=2&limit=1"),
    _post("too_large", "the body is larger than 1 MiB", 413, b" " * 1_048_577),
    GateCase(
        "unread_too_large",
        "the body is too large even where none is read",
        413,
        HttpCall("GET", ROWS, "", (JSON_HEADER,), b" " * 1_048_577),
    ),
    _post("no_json", "the media type is not JSON", 415, ROW, "text/plain"),
    _post("vendor_json", "any media type that ends in +json is JSON", 201, ROW, "application/vnd.bellwether+json; v=1"),
    _post("no_media_type", "a body without a media type is read as JSON", 201, ROW, None),
    _post("byte_order_mark", "a byte order mark is not part of the text", 201, b"\xef\xbb\xbf" + ROW),
    _post("utf_16", "UTF-16 is text too", 201, ROW.decode().encode("utf-16")),
    _post("duplicate_keys", "the last of a repeated key wins", 201, b'{"name":"nut","name":"bolt","price":1}'),
    _post("integral_float", "an integral float is an integer", 201, b'{"name":"bolt","price":1,"quantity":3.0}'),
    _post("no_body", "an empty body is a missing one", 422, b""),
    _post("spaces", "spaces are no JSON", 422, b"  "),
    _post("nan", "NaN is no JSON; decoding stops there", 422, b'{"name":"bolt","price":NaN}'),
    _post("infinity", "Infinity is no JSON; decoding stops there", 422, b'{"name":"bolt","price":-Infinity}'),
    _post(
        "half_a_pair",
        "half a surrogate pair is no character; decoding stops there",
        422,
        b'{"name":"\\ud800","price":1}',
    ),
    _post("more_text", "there is more after the value", 422, ROW + b" {}"),
    _post("no_coercion", "a body is never coerced", 422, b'{"name":1,"price":"1.5","quantity":true}'),
    _get("every_error", "every broken value is named", 422, ROWS, query="limit=x&more=1"),
    _get("failure", "a failing handler tells the client nothing but the request's id", 500, "/probe/failure"),
    _get("huge", "the response is larger than the gateway can carry", 502, "/probe/huge"),
)


def play(case: GateCase, shape: str) -> Received:
    """What a fresh probe answers."""
    event = SHAPES[shape](case.call) if case.call else case.event
    return received(probe.gate(FixedClock(NOW))(event, None))


def gate_goldens() -> Iterator[tuple[str, bytes]]:
    """Each golden of the gate. The status is the case's, not what came."""
    for case in CASES:
        got = play(case, "v1")
        if got.status != case.status:
            raise AssertionError(f"{case.path}: expected {case.status}, got {got.status}")
        yield case.path, _written(case, got)


def _written(case: GateCase, got: Received) -> bytes:
    content = golden(case.why, Given("nobody"), case.call or HttpCall("", ""), got)
    if case.call is None:
        content["request"] = {"event": case.event}
    return written(content)
