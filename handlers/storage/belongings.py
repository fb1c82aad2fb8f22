"""What is kept under a user, by how its sort key begins, and what becomes of each kind when the user is merged into another.

Every repository that writes under `USER#{id}` is named here: what is not would be left behind unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from handlers.storage import configurations, notifications, preferences
from handlers.storage.items import Item, Store, Write
from handlers.storage.ownership import moved

Moving = Callable[[Store, Item, str], list[Write]]
"""The writes that make a record another user's."""
Counted = Literal["configurations", "preferences"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record. Without `moving` it stays where it is, for the reason that `fate` gives."""

    prefix: str
    fate: str
    moving: Moving | None = None
    counted: Counted | None = None
    place: str | None = None
    """The sort key under the other user whose condition fails where there is no room."""
    superseding: Moving | None = None
    """What is written instead where the other user has a record of their own, which counts from then on."""


def _as_it_is(store: Store, item: Item, user_id: str) -> list[Write]:
    return moved(item, user_id)


KINDS: Final = (
    Kind(
        "CONFIG#",
        "moves where a place is free, its alerts with it",
        configurations.moving,
        "configurations",
        place=configurations.COUNT,
    ),
    Kind("ALERT#", "moves with its watchlist"),
    Kind("ALERTS#", "moves with its watchlist, whose alerts it counts"),
    Kind("DELETED#", "moves: what a user deleted is kept for them", _as_it_is),
    Kind(
        "PREFERENCES",
        "moves, unless the other user has said what they want",
        preferences.moving,
        "preferences",
        superseding=preferences.superseding,
    ),
    Kind("NOTIFICATION#", "moves: the history of the alerts", notifications.moving),
    Kind("MERGE#", "stays: only anonymous users are merged, into whom nobody is"),
    Kind(configurations.COUNT, "stays: counts the watchlists that found no place"),
    Kind("PROFILE", "stays: says where everything is now"),
    Kind("SESSION#", "stays until it expires: a merged user's session speaks for nobody"),
    Kind("SESSIONS", "stays: orders the sessions of this user"),
)


def kind_of(item: Item) -> Kind | None:
    """The kind of a record; None if no repository has named it."""
    return next((kind for kind in KINDS if str(item["SK"]).startswith(kind.prefix)), None)
