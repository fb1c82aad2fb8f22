"""What a schema-invalid request may still say, because in path, query, header and cookie values are text.

Everything that is allowed stands here, each with its reason; a body is JSON and gets no allowance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from tools.fuzz.calls import Sent
from tools.fuzz.paths import Meant
from tools.openapi.schemas import Schema

Fits = Callable[[Schema, Any], bool]
TRUE = {"1", "on", "t", "true", "y", "yes"}
FALSE = {"0", "off", "f", "false", "n", "no"}


def reads_as_valid(meant: Meant, sent: Sent, fits: Fits) -> bool:
    """Whether every parameter, as text on the wire, can be read as a value of its schema, and none is missing."""
    assert meant.operation is not None
    given = given_text(meant, sent)
    for parameter in meant.operation.get("parameters", ()):
        text = given[parameter["in"]].get(_key(parameter))
        if text is None:
            if parameter.get("required"):
                return False
        elif not any(fits(parameter["schema"], value) for value in readings(parameter["schema"], text)):
            return False
    return True


def given_text(meant: Meant, sent: Sent) -> dict[str, Mapping[str, str]]:
    """Location → name → text. Of a repeated scalar the last wins in the query; a list is read across its repetitions."""
    query: dict[str, str] = {}
    lists = {p["name"] for p in (meant.operation or {}).get("parameters", ()) if p["schema"].get("type") == "array"}
    for name, text in parse_qsl(sent.call.query, keep_blank_values=True):
        query[name] = f"{query[name]},{text}" if name in query and name in lists else text
    headers: dict[str, str] = {}
    for name, text in sent.call.headers:
        headers.setdefault(name.lower(), text)
    pairs = (pair.partition("=") for pair in headers.get("cookie", "").split(";"))
    cookies = {name.strip(): value.strip() for name, _, value in reversed(list(pairs))}
    return {"path": meant.values, "query": query, "header": headers, "cookie": cookies}


def _key(parameter: Schema) -> str:
    name: str = parameter["name"]
    return name.lower() if parameter["in"] == "header" else name


def readings(schema: Schema, text: str) -> Iterator[Any]:
    """The values that a text can mean, the text itself first."""
    yield text
    if schema.get("type") == "array":
        # Lists are comma separated, so a number or a name alone is a list of one.
        members = [list(scalars(member)) for member in text.split(",")]
        items = schema.get("items", {})
        is_text = items.get("type", "string") == "string"
        yield [values[0] if is_text else values[-1] for values in members]
    else:
        yield from scalars(text)


def scalars(text: str) -> Iterator[Any]:
    yield text
    # Spaces around a number do not count: ` 1 ` is what a person types. Neither does a header's surrounding space.
    bare = text.strip()
    yield bare
    try:
        # `+1`, `1_000` and `007` are whole numbers to the language that reads them.
        yield int(bare)
        return
    except ValueError:
        pass
    try:
        number = float(bare)
    except ValueError:
        pass
    else:
        # `1.0` is a whole number, as in JSON Schema; `nan` and `inf` are none.
        yield int(number) if number.is_integer() else number
    # Truth has several spellings in text.
    if bare.lower() in TRUE | FALSE:
        yield bare.lower() in TRUE
