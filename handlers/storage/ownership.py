"""A user's record becomes another user's: the writes that move it, as long as it is what was read."""

from __future__ import annotations

from handlers.storage.items import Absent, AllOf, Condition, Delete, Equals, Item, Key, Put, Write
from handlers.storage.users import TABLE, user_key


def owner_of(item: Item) -> str:
    """The user under whom a record is kept."""
    return str(item["PK"]).removeprefix("USER#")


def key_of(item: Item) -> Key:
    return Key(TABLE, str(item["PK"]), str(item["SK"]))


def unchanged(item: Item) -> Condition:
    """The record is as it was read, in every attribute."""
    return AllOf(*(Equals(name, value) for name, value in sorted(item.items()) if name not in ("PK", "SK")))


def owned_by(user_id: str, item: Item) -> Item:
    """The same record under another user, whom it names if it named one."""
    named: Item = {"user_id": user_id} if "user_id" in item else {}
    return {**item, **named, "PK": user_key(user_id)}


def moved(item: Item, user_id: str) -> list[Write]:
    """The writes that move a record to a user who has none under its sort key."""
    return [Delete(key_of(item), unchanged(item)), Put(TABLE, owned_by(user_id, item), Absent())]
