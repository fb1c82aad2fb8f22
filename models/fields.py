"""Named field types. A constraint on a kind of value stands here, once, for requests and responses alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

Resolution = Literal["1m", "5m", "10m", "1h", "3h", "6h", "12h", "24h"]
CandleResolution = Literal["1", "5", "15", "30", "60", "D"]
HistoryRange = Literal["1W", "1M", "3M", "6M", "1Y"]
SentimentLabel = Literal["positive", "neutral", "negative"]
NewsSource = Literal["tiingo", "finnhub"]
SentimentSource = Literal["tiingo", "finnhub", "our_model", "aggregated"]
Exchange = Literal["NYSE", "NASDAQ", "AMEX"]
Provenance = Literal["recorded", "live"]
Trend = Literal["increasing", "decreasing", "stable"]
Arrow = Literal["↑", "↓", "→"]
Interpretation = Literal[
    "positive_divergence", "negative_divergence", "positive_convergence", "negative_convergence", "stable"
]
HeatmapPeriod = Literal["today", "1w", "1m", "3m"]
Color = Literal["#22c55e", "#eab308", "#ef4444"]
CacheStatus = Literal["fresh", "stale", "refreshing"]
RefreshState = Literal["idle", "queued", "running"]
RefreshOutcome = Literal["succeeded", "partial", "failed"]
Collected = Literal["news", "prices"]
Provider = Literal["email", "google", "github"]
OAuthProvider = Literal["google", "github"]
AuthType = Literal["anonymous", "email", "google", "github"]
Role = Literal["anonymous", "free", "paid", "operator"]
Verification = Literal["none", "pending", "verified"]
AlertType = Literal["sentiment_threshold", "volatility_threshold"]
Direction = Literal["above", "below"]
NotificationStatus = Literal["pending", "sent", "failed", "bounced"]


class Sent:
    """The pattern of a text as we write it, where it is narrower than what we read."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        made = handler(schema)
        return {**made, "pattern": self.pattern} if handler.mode == "serialization" else made


Ticker = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$", to_upper=True),
    Sent(r"^[A-Z]{1,5}(\.[A-Z]{1,2})?$"),
]
"""A symbol as listed: one to five letters, a class of one or two letters after a dot. Read in any case, sent in upper case."""

UUID4 = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
Id = Annotated[
    str, StringConstraints(pattern=UUID4), WithJsonSchema({"type": "string", "format": "uuid", "pattern": UUID4})
]
"""An identifier that we mint: a UUID of version 4, lower case, hyphenated."""

EMAIL = (
    r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-](\.?[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]){0,63}"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$"
)
# Without `format: email`: validators differ in what they make of it, and the pattern says what is accepted.
Email = Annotated[str, StringConstraints(max_length=254, pattern=EMAIL, to_lower=True)]
"""An address as RFC 5321 writes it without quotes, ASCII. Case says nothing about whose it is: it is read in lower case."""

Score = Annotated[float, Ge(-1), Le(1)]
"""Signed sentiment: −1 is wholly negative, 1 wholly positive."""
Threshold = Annotated[float, Ge(-1), Le(100)]
"""A sentiment in −1..1 or a volatility in 0..100 percent, whichever an alert looks at."""
Fraction = Annotated[float, Ge(0), Le(1)]
Percent = Annotated[float, Ge(0), Le(100)]
Count = Annotated[int, Ge(0)]
Positive = Annotated[int, Ge(1)]
Price = Annotated[float, Ge(0)]
Seconds = Annotated[int, Ge(0)]
TimeZoneName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]
"""A name of the IANA time zone database."""
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time that clocks show, HH:MM of 24 hours."""
Cursor = Annotated[str, StringConstraints(min_length=16, max_length=512, pattern=r"^[A-Za-z0-9_-]+$")]
"""Where the next page starts. Opaque: take it from `next_cursor` of the page before."""


class TextFormat:
    """A scalar with one accepted spelling. Anything but text is refused as `{kind}_type`, other text as `{kind}_parsing`."""

    def __init__(self, kind: Literal["date", "datetime"], parse: Callable[[str], Any], schema: dict[str, Any]) -> None:
        self.kind = kind
        self.parse = parse
        self.schema = schema

    def read(self, value: Any) -> Any:
        if type(value) is not str:
            if isinstance(value, date):
                return value
            raise PydanticKnownError(f"{self.kind}_type")  # type: ignore[arg-type]
        try:
            return self.parse(value)
        except ValueError as error:
            raise PydanticKnownError(f"{self.kind}_parsing", {"error": str(error)}) from None  # type: ignore[arg-type]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read, metadata={"text_format": self})

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(self.schema)


DAY = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
INSTANT = (
    r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
STAMP = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$"
_day = re.compile(DAY[:-1] + r"\Z")
_instant = re.compile(INSTANT[:-1] + r"\Z")


def _parse_day(text: str) -> date:
    if not _day.match(text):
        raise ValueError("a day of 1900 to 2099 looks like 2024-01-31")
    return date.fromisoformat(text)


def _parse_instant(text: str) -> datetime:
    if not _instant.match(text):
        raise ValueError("an instant of 1900 to 2099 looks like 2024-01-31T14:30:00Z")
    return datetime.fromisoformat(text).astimezone(UTC)


Day = Annotated[
    date,
    TextFormat("date", _parse_day, {"type": "string", "format": "date", "pattern": DAY, "examples": ["2024-01-31"]}),
]
"""A calendar day, YYYY-MM-DD."""
Instant = Annotated[
    datetime,
    TextFormat(
        "datetime",
        _parse_instant,
        {"type": "string", "format": "date-time", "pattern": INSTANT, "examples": ["2024-01-31T14:30:00Z"]},
    ),
]
"""A point in time as a client writes it: RFC 3339 with an offset."""
Timestamp = Annotated[
    datetime,
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": STAMP, "examples": ["2024-01-31T14:30:00Z"]}),
]
"""A point in time as we write it: RFC 3339 in UTC, ending in Z."""
Stamp = Annotated[
    str,
    StringConstraints(pattern=STAMP),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": STAMP, "examples": ["2024-01-31T14:30:00Z"]}),
]
"""A `Timestamp` already written: for rows that go out in bulk."""
DayText = Annotated[
    str,
    StringConstraints(pattern=DAY),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DAY, "examples": ["2024-01-31"]}),
]
"""A `Day` already written: for rows that go out in bulk."""

Tickers20 = Annotated[list[Ticker], MinLen(1), MaxLen(20)]
