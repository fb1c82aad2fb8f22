"""What the recorded feed knows about each company: name in the press, sector, prominence, price of a share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Company:
    """The company behind a symbol; share classes of one company are several of these with one brand.

    `prominence` runs from 1 to 3, `price` is what a share cost in the middle of 2025.
    """

    symbol: str
    brand: str
    sector: str
    prominence: int
    price: float


@cache
def companies() -> dict[str, Company]:
    """Every company that can be played, by symbol."""
    rows = json.loads((Path(__file__).parent / "companies.json").read_bytes())
    return {row["symbol"]: Company(**row) for row in rows}


@cache
def share_classes(brand: str) -> tuple[Company, ...]:
    """The symbols of a company, ordered; the first speaks for it."""
    return tuple(company for company in companies().values() if company.brand == brand)


@cache
def peers(sector: str) -> tuple[str, ...]:
    """The brands of a sector, ordered by symbol, each once."""
    return tuple(dict.fromkeys(company.brand for company in companies().values() if company.sector == sector))
