"""Writes and queries as DynamoDB requests.

Expressions hold placeholders only: `ttl`, `name` and some 570 other words are reserved.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from handlers.storage._attributes import Attribute, encoded, encoded_item, encoded_key
from handlers.storage._limits import SK_BYTES
from handlers.storage._spans import Query, Span
from handlers.storage.items import (
    ALWAYS,
    Absent,
    AllOf,
    Always,
    AnyOf,
    Check,
    Condition,
    Delete,
    Equals,
    Exists,
    LessThan,
    Put,
    Update,
    Value,
    Write,
)

Request: TypeAlias = dict[str, Any]


class _Placeholders:
    """Names and values met while an expression is written."""

    def __init__(self, now: int) -> None:
        self._now = now
        self._names: dict[str, str] = {}
        self._values: list[Attribute] = []

    def name(self, attribute: str) -> str:
        return self._names.setdefault(attribute, f"#n{len(self._names)}")

    def value(self, value: Value) -> str:
        self._values.append(encoded(value))
        return f":v{len(self._values) - 1}"

    def now(self) -> str:
        return self.value(self._now)

    def request(self) -> Request:
        names = {placeholder: attribute for attribute, placeholder in self._names.items()}
        values = {f":v{index}": value for index, value in enumerate(self._values)}
        return _present(ExpressionAttributeNames=names, ExpressionAttributeValues=values)


def write_request(write: Write, table: str, now: int) -> tuple[str, Request]:
    """(action as TransactWriteItems names it, its parameters); an expired item counts as absent."""
    placeholders = _Placeholders(now)
    action, request = _action(write, placeholders)
    condition = _write_condition(write, placeholders)
    return action, {"TableName": table} | request | _present(ConditionExpression=condition) | placeholders.request()


def query_request(query: Query, table: str) -> Request:
    """May find one item at each end of the span that is not in it."""
    placeholders = _Placeholders(0)
    partition = f"{placeholders.name('PK')} = {placeholders.value(query.pk)}"
    request = {
        "TableName": table,
        "KeyConditionExpression": partition + _within(query.span, placeholders),
        "ScanIndexForward": not query.newest_first,
        "ConsistentRead": True,
    }
    # One more item shows that there is a next page, one may fall out at the end of the span.
    limit = {} if query.limit is None else {"Limit": query.limit + 2}
    return request | limit | placeholders.request()


def _action(write: Write, placeholders: _Placeholders) -> tuple[str, Request]:
    if isinstance(write, Put):
        return "Put", {"Item": encoded_item(write.item)}
    key = {"Key": encoded_key(write.key)}
    if isinstance(write, Update):
        changes = {"UpdateExpression": _changes(write, placeholders), "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
        return "Update", key | changes
    return ("Delete" if isinstance(write, Delete) else "ConditionCheck"), key


def _changes(write: Update, placeholders: _Placeholders) -> str:
    name, value = placeholders.name, placeholders.value
    clauses = {
        "SET": [f"{name(attribute)} = {value(new)}" for attribute, new in write.set.items()],
        "ADD": [f"{name(attribute)} {value(step)}" for attribute, step in write.add.items()],
        "REMOVE": [name(attribute) for attribute in write.remove],
    }
    return " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses.items() if parts)


def _write_condition(write: Write, placeholders: _Placeholders) -> str:
    """Empty if nothing is demanded."""
    demands = []
    if isinstance(write, Update):
        # Changing an expired item would revive its other attributes: the adapter replaces it instead.
        demands.append(f"({_gone(placeholders)} OR {_alive(placeholders)})")
    if write.when != ALWAYS or isinstance(write, Check):
        demands.append(_condition(write.when, placeholders))
    return " AND ".join(demands)


def _condition(condition: Condition, placeholders: _Placeholders) -> str:
    if isinstance(condition, AllOf):
        return _joined(" AND ", condition.parts, placeholders)
    if isinstance(condition, AnyOf):
        return _joined(" OR ", condition.parts, placeholders)
    if isinstance(condition, Always):
        return f"({_gone(placeholders)} OR {_there(placeholders)})"
    if isinstance(condition, Absent):
        return f"({_gone(placeholders)} OR {placeholders.name('ttl')} <= {placeholders.now()})"
    return f"({_demand(condition, placeholders)} AND {_alive(placeholders)})"


def _joined(word: str, parts: Sequence[Condition], placeholders: _Placeholders) -> str:
    # DynamoDB refuses redundant parentheses.
    if len(parts) == 1:
        return _condition(parts[0], placeholders)
    return f"({word.join(_condition(part, placeholders) for part in parts)})"


def _demand(condition: Condition, placeholders: _Placeholders) -> str:
    if isinstance(condition, Exists):
        return _there(placeholders)
    if isinstance(condition, Equals):
        return f"{placeholders.name(condition.name)} = {placeholders.value(condition.value)}"
    if isinstance(condition, LessThan):
        return f"{placeholders.name(condition.name)} < {placeholders.value(condition.bound)}"
    raise TypeError(f"{type(condition).__name__} is no condition")


def _gone(placeholders: _Placeholders) -> str:
    return f"attribute_not_exists({placeholders.name('PK')})"


def _there(placeholders: _Placeholders) -> str:
    return f"attribute_exists({placeholders.name('PK')})"


def _alive(placeholders: _Placeholders) -> str:
    ttl = placeholders.name("ttl")
    return f"(attribute_not_exists({ttl}) OR {ttl} > {placeholders.now()})"


def _within(span: Span, placeholders: _Placeholders) -> str:
    """One demand on the sort key is all that DynamoDB takes, and its only two-sided one includes both ends."""
    sort_key = placeholders.name("SK") if span != Span() else ""
    if span.high is None:
        return f" AND {sort_key} >= {placeholders.value(_legal(span.low))}" if span.low else ""
    if not span.low:
        return f" AND {sort_key} < {placeholders.value(span.high)}"
    return f" AND {sort_key} BETWEEN {placeholders.value(_legal(span.low))} AND {placeholders.value(span.high)}"


def _legal(low: str) -> str:
    # Just beyond a cursor of full length there is no legal sort key: start at the cursor.
    return low if len(low.encode()) <= SK_BYTES else low[:-1]


def _present(**parameters: Any) -> Request:
    """Without the empty ones, which DynamoDB refuses."""
    return {name: value for name, value in parameters.items() if value}
