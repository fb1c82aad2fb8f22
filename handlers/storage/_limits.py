"""What every store can hold: DynamoDB's limits, kept by every adapter so that moving between engines is a setting.

All checks raise TypeError for a wrong type and ValueError for a wrong value.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Final

from handlers.storage.tables import TABLES

ITEM_BYTES: Final = 400 * 1024
PK_BYTES: Final = 2048
SK_BYTES: Final = 1024
NESTING: Final = 32
WHOLE_NUMBERS: Final = 10**38
TTL_END: Final = 2**63
SMALL: Final = 2**31
SMALL_BYTES: Final = 7


def check_key(table: object, pk: object, sk: object) -> None:
    check_table(table)
    check_text("PK", pk, 1, PK_BYTES)
    check_text("SK", sk, 1, SK_BYTES)


def check_item(item: Mapping[str, object]) -> None:
    check_text("PK", item.get("PK"), 1, PK_BYTES)
    check_text("SK", item.get("SK"), 1, SK_BYTES)
    if "ttl" in item:
        check_ttl(item["ttl"])
    size = _members_size(item, 0)
    if size > ITEM_BYTES:
        raise ValueError(f"item {item['PK']} {item['SK']} is {size} bytes; at most {ITEM_BYTES}")


def check_table(table: object) -> None:
    if type(table) is not str:
        raise TypeError(f"a table's name is text, not {type(table).__name__}")
    if table not in TABLES:
        raise ValueError(f"no table is named {table!r}; valid: {', '.join(TABLES)}")


def check_text(what: str, text: object, least: int, most: int) -> None:
    """`least` and `most` count UTF-8 bytes."""
    if type(text) is not str:
        raise TypeError(f"{what} is text, not {type(text).__name__}")
    size = len(text) if text.isascii() else _text_size(text)
    if not least <= size <= most:
        raise ValueError(f"{what} has {size} bytes; from {least} to {most} are allowed")


def check_ttl(ttl: object) -> None:
    if not isinstance(ttl, int) or type(ttl) is not int:
        raise TypeError(f"ttl is whole epoch seconds, not {type(ttl).__name__}")
    if not -TTL_END <= ttl < TTL_END:
        raise ValueError(f"ttl {ttl} is no epoch second")


def check_whole_number(number: object) -> None:
    if not isinstance(number, int) or type(number) is not int:
        raise TypeError(f"expected a whole number, not {type(number).__name__}")
    _whole_number_size(number)


def check_name(name: object) -> int:
    """The name's size in bytes."""
    if type(name) is not str:
        raise TypeError(f"an attribute's name is text, not {type(name).__name__}")
    if not name:
        raise ValueError("an attribute's name is empty")
    return len(name) if name.isascii() else len(name.encode())


def check_value(value: object, depth: int = 0) -> int:
    """The value's size in bytes as DynamoDB counts them, numbers rounded up."""
    # Exact types: a subclass is another value.
    if value is None or type(value) is bool:
        return 1
    if type(value) is str:
        return _text_size(value)
    if type(value) is int:
        return _whole_number_size(value)
    if type(value) is float:
        return _float_size(value)
    return _collection_size(value, depth)


def _collection_size(value: object, depth: int) -> int:
    if depth >= NESTING:
        raise ValueError(f"values nest deeper than {NESTING} levels")
    if type(value) is list:
        return 3 + len(value) + _values_size(value, depth + 1)
    if type(value) is dict:
        return 3 + len(value) + _members_size(value, depth + 1)
    kind = type(value).__name__
    raise TypeError(f"{kind} cannot be stored; valid: None, bool, int, float, str, list, dict")


def _members_size(members: Mapping[str, object], depth: int) -> int:
    size = _values_size(members.values(), depth)
    for name in members:
        size += len(name) if type(name) is str and name and name.isascii() else check_name(name)
    return size


def _values_size(values: Iterable[object], depth: int) -> int:
    size = 0
    # Every value of every write passes here: what comes most often comes first and without a call.
    for value in values:
        if type(value) is str and value.isascii():
            size += len(value)
        elif type(value) is int and 0 <= value < SMALL:
            size += SMALL_BYTES
        else:
            size += check_value(value, depth)
    return size


def _text_size(text: str) -> int:
    """A lone surrogate has no UTF-8 form: UnicodeEncodeError, which is a ValueError."""
    return len(text) if text.isascii() else len(text.encode())


def _whole_number_size(number: int) -> int:
    if not -WHOLE_NUMBERS < number < WHOLE_NUMBERS:
        raise ValueError("a whole number has at most 38 digits")
    return SMALL_BYTES if -SMALL < number < SMALL else 21


def _float_size(number: float) -> int:
    if not math.isfinite(number):
        raise ValueError(f"{number} cannot be stored; numbers are finite")
    return 24
