"""The time zones of the IANA database, as the tzdata package lists them.

Python's own list adds what the machine has, such as `localtime`: the same name would mean different zones on two machines.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

NOWHERE: Final = frozenset({"Factory"})
"""Names of the database that say of a machine that nobody has told it where it is."""


@cache
def _listed() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


@cache
def zone_names() -> frozenset[str]:
    """Every zone and alias in which somebody can be, spelled as in the database."""
    return _listed() - NOWHERE


@cache
def zone(name: str) -> ZoneInfo:
    """A zone of the database, with the rules of the tzdata package whatever the machine has. Raises KeyError."""
    if name not in _listed():
        raise KeyError(name)
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, name)
