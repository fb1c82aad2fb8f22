"""A golden as a file: why, given, request, response. Bodies keep the order of their keys, since clients receive that order."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from typing import Any

from handlers.gate.response import SECURITY
from models.operation import Given
from tools.events import HttpCall, Received

DEFAULTS = asdict(Given())
EVERYWHERE = {name.lower(): value for name, value in SECURITY.items()}
"""Headers of every response: compared with these values, not repeated in each golden."""


def golden(why: str, given: Given, call: HttpCall, got: Received) -> dict[str, Any]:
    """The content of a golden."""
    return {
        "why": why,
        "given": {name: value for name, value in asdict(given).items() if name == "caller" or value != DEFAULTS[name]},
        "request": request_of(call),
        "response": response_of(got),
    }


def written(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def request_of(call: HttpCall) -> dict[str, Any]:
    """What is kept of a call: what it does not say is not repeated."""
    made: dict[str, Any] = {"method": call.method, "path": call.path, "id": call.request_id}
    if call.query:
        made["query"] = call.query
    if call.headers:
        made["headers"] = [list(pair) for pair in call.headers]
    if call.body is not None:
        made |= _body(call.body)
    return made


def _body(data: bytes) -> dict[str, Any]:
    """JSON as JSON where that gives the same bytes back; else text, else base64. One byte over and over is counted."""
    if len(data) > 1 and len(set(data)) == 1 and data.isascii():
        return {"body_repeated": {"text": chr(data[0]), "times": len(data)}}
    try:
        text = data.decode()
        value = json.loads(text)
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(data).decode()}
    except ValueError:
        return {"body_text": text} if "\n" not in text else {"body_lines": text.split("\n")}
    return {"body": value} if json.dumps(value, ensure_ascii=False) == text else {"body_text": text}


def response_of(got: Received) -> dict[str, Any]:
    """What is kept of a response. A security header that is not as everywhere is kept too, so that it shows."""
    headers = {name: ", ".join(values) for name, values in sorted(got.headers.items())}
    made: dict[str, Any] = {"status": got.status}
    made["headers"] = {name: value for name, value in headers.items() if EVERYWHERE.get(name) != value}
    missing = [name for name in EVERYWHERE if name not in headers]
    if missing:
        made["missing_headers"] = missing
    if got.cookies:
        made["cookies"] = list(got.cookies)
    if got.body:
        made |= _response_body(got.body)
    return made


def _response_body(data: bytes) -> dict[str, Any]:
    text = data.decode()
    try:
        value = json.loads(text)
    except ValueError:
        return {"body_lines": text.split("\n")}
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return {"body": value} if _same_json(compact, text) else {"body_text": text}


def _same_json(compact: str, text: str) -> bool:
    """Equal bytes but for the spelling of floats, which the two writers differ in (`1e-07`, `1e-7`)."""
    return compact == text or compact.replace("e-0", "e-") == text
