"""The floor: what nobody can leave out. Decode, validate by the same model, call the same function, write with orjson.

No routing, no rules, no headers, no request id, no shape of event but one: it is no gate, and cannot be deployed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import ValidationError

from handlers.gate.callers import NOBODY
from tools import probe

Event = Mapping[str, Any]


def list_rows(event: Event) -> bytes:
    request = probe.ListRows.__pydantic_validator__.validate_python(event["queryStringParameters"])
    return orjson.dumps(probe.list_rows.answer(request, NOBODY, None).__dict__)


def create_row(event: Event) -> bytes:
    """The answer, or the errors of a body that does not fit, as a client gets them."""
    try:
        request = probe.CreateRow.__pydantic_validator__.validate_python({"row": orjson.loads(event["body"])})
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        detail = [{"loc": ("body", *item["loc"][1:]), "msg": item["msg"], "type": item["type"]} for item in found]
        return orjson.dumps({"detail": detail})
    return orjson.dumps(probe.create_row.answer(request, NOBODY, None).__dict__)


def candles() -> bytes:
    """Only the writing of the rows."""
    return orjson.dumps(probe.CANDLES)


def ready() -> None:
    """Models are built on first use; the floor's are built before it is measured."""
    for model in (probe.ListRows, probe.CreateRow, probe.Created):
        model.model_rebuild()
