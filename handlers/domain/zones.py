"""The time zones of the IANA database, as the tzdata package lists them.

Python's own list adds what the machine has, such as `localtime`: the same name would mean different zones on two machines.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def zone_names() -> frozenset[str]:
    """Every zone and alias, spelled as in the database."""
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())
