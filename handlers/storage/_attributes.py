"""Items as DynamoDB attribute values and back.

A float travels as a string set of one, its shortest text: DynamoDB's numbers drop the trailing zero that tells 1.0
from 1, end at 9.99e125 and start at 1e-130. A number is therefore always whole, and no float is refused or rounded.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from handlers.storage.items import Item, Key, Value

Attribute: TypeAlias = dict[str, Any]
"""One type letter → content: `{"S": "text"}`."""


def encoded_item(item: Mapping[str, Value]) -> dict[str, Attribute]:
    return {name: encoded(value) for name, value in item.items()}


def encoded_key(key: Key) -> dict[str, Attribute]:
    return {"PK": {"S": key.pk}, "SK": {"S": key.sk}}


def encoded(value: Value) -> Attribute:
    if value is None:
        return {"NULL": True}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, float):
        # Adding 0.0 makes -0.0 equal to 0.0 here too, where equality is that of the text.
        return {"SS": [repr(value + 0.0)]}
    if isinstance(value, list):
        return {"L": [encoded(member) for member in value]}
    return {"M": encoded_item(value)}


def decoded_item(attributes: Mapping[str, Attribute]) -> Item:
    """Names sorted: DynamoDB keeps no order."""
    return {name: decoded(attributes[name]) for name in sorted(attributes)}


def decoded(attribute: Attribute) -> Value:
    """Raises ValueError for what `encoded` does not make."""
    ((kind, content),) = attribute.items()
    if kind == "NULL":
        return None
    if kind == "S":
        return str(content)
    if kind == "BOOL":
        return bool(content)
    if kind == "N":
        return _whole_number(content)
    if kind == "SS":
        (text,) = content
        return float(text)
    if kind == "L":
        return [decoded(member) for member in content]
    if kind == "M":
        return decoded_item(content)
    raise ValueError(f"an attribute of type {kind}")


def _whole_number(text: str) -> int:
    number = Decimal(text)
    whole = int(number)
    if whole != number:
        raise ValueError(f"{text} is no whole number")
    return whole
