"""Generates handlers/domain/sessions.json, the days and hours on which the NYSE closes, from exchange_calendars."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent.parent / "handlers" / "domain" / "sessions.json"
FIRST, LAST = "2000-01-01", "2035-12-31"
# One session beyond each end, so that the neighbours of the first and last covered session are known.
MARGIN_FIRST, MARGIN_LAST = "1999-12-20", "2036-01-10"

# The exchange's own names, where exchange_calendars abbreviates.
NAMES = {
    "Dr. Martin Luther King Jr. Day": "Martin Luther King, Jr. Day",
    "President's Day": "Washington's Birthday",
    "July 4th": "Independence Day",
    "Thanksgiving": "Thanksgiving Day",
    "Christmas": "Christmas Day",
}

# Closings by decree rather than by rule: exchange_calendars knows their dates, not their reasons.
# Reasons as the exchange announced them.
DECREED = {
    "2001-09-11": "Attacks on the World Trade Center",
    "2001-09-12": "Attacks on the World Trade Center",
    "2001-09-13": "Attacks on the World Trade Center",
    "2001-09-14": "Attacks on the World Trade Center",
    "2004-06-11": "National Day of Mourning for Ronald Reagan",
    "2007-01-02": "National Day of Mourning for Gerald Ford",
    "2012-10-29": "Hurricane Sandy",
    "2012-10-30": "Hurricane Sandy",
    "2018-12-05": "National Day of Mourning for George H. W. Bush",
    "2025-01-09": "National Day of Mourning for Jimmy Carter",
}


def build() -> bytes:
    """The table as it should stand in the repository. SystemExit with advice without exchange_calendars."""
    exchange = _exchange()
    table = {"covers": [FIRST, LAST], "early_closes": _early_closes(exchange), "holidays": _holidays(exchange)}
    return (json.dumps(table, indent=2, sort_keys=True) + "\n").encode()


def main() -> int:
    content = build()
    if TABLE.exists() and TABLE.read_bytes() == content:
        print(f"fresh: {TABLE.name}")
        return 0
    TABLE.write_bytes(content)
    print(f"written: {TABLE.name}; review the difference and commit it")
    return 0


def _exchange() -> Any:
    try:
        import exchange_calendars  # heavy (pandas), and needed by this generator alone
    except ImportError:
        sys.exit(
            "the market calendar is generated with exchange_calendars: pip install exchange_calendars, then try again"
        )
    return exchange_calendars.get_calendar("XNYS", start=MARGIN_FIRST, end=MARGIN_LAST)


def _early_closes(exchange: Any) -> dict[str, str]:
    closes = exchange.schedule.loc[exchange.early_closes, "close"].dt.tz_convert(exchange.tz)
    return {str(day.date()): close.strftime("%H:%M") for day, close in closes.items()}


def _holidays(exchange: Any) -> dict[str, str]:
    """Every closed weekday with its name, and holidays on a weekend that are observed on no other day."""
    ruled = exchange.regular_holidays.holidays(MARGIN_FIRST, MARGIN_LAST, return_name=True)
    names = {str(day.date()): NAMES.get(name, name) for day, name in ruled.items()}
    return names | {day: _decreed(day) for day in _closed_weekdays(exchange) if day not in names}


def _closed_weekdays(exchange: Any) -> list[str]:
    sessions = {day.date() for day in exchange.sessions}
    days = range(date.fromisoformat(MARGIN_FIRST).toordinal(), date.fromisoformat(MARGIN_LAST).toordinal() + 1)
    weekdays = (day for day in map(date.fromordinal, days) if day.weekday() < 5)
    return [day.isoformat() for day in weekdays if day not in sessions]


def _decreed(day: str) -> str:
    if day not in DECREED:
        raise LookupError(f"the exchange is closed on {day}, by no rule; say why in DECREED of {__name__}")
    return DECREED[day]


if __name__ == "__main__":
    raise SystemExit(main())
