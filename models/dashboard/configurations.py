"""Watchlists of the caller."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen
from pydantic import Field, StringConstraints

from models.dashboard.watchlists import MAX_ACTIVE, MAX_SYMBOLS, ONE, RECORDED, not_found
from models.dashboard.watchlists import PATH as PATH
from models.fields import UUID4, Exchange, Id, Ticker, Timestamp
from models.operation import (
    DEFAULT_LIMIT,
    Body,
    Example,
    Given,
    Level,
    Link,
    NoContent,
    Operation,
    Path,
    RateLimit,
    Returns,
    Rule,
    SentHeader,
)
from models.refusals import ConfigurationLimitReached, ConfigurationNotFound, Invalid, broken
from models.wire import Content, Request, Response

ConfigurationName = Annotated[str, StringConstraints(max_length=50)]
WatchedSymbols = Annotated[list[Ticker], MaxLen(MAX_SYMBOLS)]
TimeframeDays = Annotated[int, Field(ge=1, le=365)]
Location = Annotated[str, StringConstraints(pattern=rf"^/api/v2/configurations/{UUID4[1:]}")]


def _listed(body: str, **more: str) -> Rule:
    return Rule(
        "ticker_not_listed",
        ("body", "tickers", "*"),
        "{ticker} is not listed on NYSE, NASDAQ or AMEX, or not any more; look the symbol up with searchTickers",
        "Every ticker is listed and not delisted",
        {**more, body: {"name": "Tech", "tickers": ["ZZZZZ"]}},
    )


def _distinct(body: str, **more: str) -> Rule:
    return Rule(
        "ticker_repeated",
        ("body", "tickers", "*"),
        "{ticker} is on the list already; name it once",
        "Every ticker is named once, whatever its case",
        {**more, body: {"name": "Tech", "tickers": ["AAPL", "aapl"]}},
    )


CREATE_LISTED, CREATE_DISTINCT = _listed("draft"), _distinct("draft")
REPLACE_LISTED, REPLACE_DISTINCT = _listed("draft", config_id=RECORDED), _distinct("draft", config_id=RECORDED)
UPDATE_LISTED, UPDATE_DISTINCT = _listed("changes", config_id=RECORDED), _distinct("changes", config_id=RECORDED)


def check_distinct(tickers: list[str], rule: Rule) -> None:
    """Raises `Invalid` at each ticker that was named before."""
    found = [i for i, ticker in enumerate(tickers) if ticker in tickers[:i]]
    if found:
        raise Invalid([item for i in found for item in broken(rule, i, ticker=tickers[i]).items])


class ConfigurationDraft(Content):
    """A watchlist as its owner decides it."""

    name: ConfigurationName
    """What the owner calls it; may be empty."""
    tickers: WatchedSymbols
    """Listed symbols, in the owner's order."""
    timeframe_days: TimeframeDays = 7
    """Days that its sentiment looks back."""
    include_extended_hours: bool = False
    """Whether trading before and after the session counts."""


class ConfigurationChanges(Content):
    """What to change of a watchlist; what is absent or null stays."""

    name: ConfigurationName | None = None
    """The new name."""
    tickers: WatchedSymbols | None = None
    """The new symbols, all of them."""
    timeframe_days: TimeframeDays | None = None
    """The new number of days."""
    include_extended_hours: bool | None = None
    """Whether trading before and after the session counts from now on."""


class CreateConfiguration(Request):
    draft: Annotated[ConfigurationDraft, Body()]
    """The watchlist."""

    def check(self) -> None:
        check_distinct(self.draft.tickers, CREATE_DISTINCT)


class ListConfigurations(Request):
    pass


class GetConfiguration(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist."""


class ReplaceConfiguration(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist."""
    draft: Annotated[ConfigurationDraft, Body()]
    """What it is from now on; what is not given gets its default."""

    def check(self) -> None:
        check_distinct(self.draft.tickers, REPLACE_DISTINCT)


class UpdateConfiguration(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist."""
    changes: Annotated[ConfigurationChanges, Body()]
    """What to change."""

    def check(self) -> None:
        check_distinct(self.changes.tickers or [], UPDATE_DISTINCT)


class DeleteConfiguration(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist."""


class WatchedTicker(Response):
    """A symbol on a watchlist."""

    symbol: Ticker
    """The symbol in upper case."""
    name: str
    """The company's name when it was added."""
    exchange: Exchange
    """Where it trades."""
    added_at: Timestamp
    """When it came onto this watchlist."""


class Configuration(Response):
    """A watchlist."""

    config_id: Id
    """Names it."""
    name: ConfigurationName
    """What its owner calls it."""
    tickers: Annotated[list[WatchedTicker], MaxLen(MAX_SYMBOLS)]
    """Its symbols, in the owner's order."""
    timeframe_days: TimeframeDays
    """Days that its sentiment looks back."""
    include_extended_hours: bool
    """Whether trading before and after the session counts."""
    created_at: Timestamp
    """When it was made."""
    updated_at: Timestamp
    """When it was changed last; at first when it was made."""


class ConfigurationList(Response):
    """All active watchlists of the caller."""

    configurations: Annotated[list[Configuration], MaxLen(MAX_ACTIVE)]
    """Newest first."""
    max_allowed: Literal[2]
    """How many may be active at a time."""


EXAMPLE = {
    "config_id": RECORDED,
    "name": "Big tech",
    "tickers": [
        {"symbol": "AAPL", "name": "Apple Inc.", "exchange": "NASDAQ", "added_at": "2024-12-01T15:00:00Z"},
        {"symbol": "MSFT", "name": "Microsoft Corporation", "exchange": "NASDAQ", "added_at": "2024-12-01T15:00:00Z"},
    ],
    "timeframe_days": 7,
    "include_extended_hours": False,
    "created_at": "2024-12-01T15:00:00Z",
    "updated_at": "2024-12-01T15:00:00Z",
}
FULL_DRAFT = {"name": "Chips", "tickers": ["NVDA", "amd"], "timeframe_days": 30, "include_extended_hours": True}


def _links(source: str) -> tuple[Link, ...]:
    parameters = {"config_id": source}
    return (
        Link("get", "getConfiguration", parameters, "Read this watchlist"),
        Link("replace", "replaceConfiguration", parameters, "Replace it"),
        Link("update", "updateConfiguration", parameters, "Change parts of it"),
        Link("delete", "deleteConfiguration", parameters, "Delete it"),
        Link("alerts", "listConfigurationAlerts", parameters, "List its alerts"),
        Link("alert", "createConfigurationAlert", parameters, "Create an alert on one of its symbols"),
        Link("stream", "streamConfiguration", parameters, "Follow its tickers live"),
    )


ANALYTICS = (
    ("sentiment", "getConfigurationSentiment", "What each source says about its tickers"),
    ("heatmap", "getConfigurationHeatmap", "Its sentiment as colours"),
    ("volatility", "getConfigurationVolatility", "How far its prices range"),
    ("correlation", "getConfigurationCorrelation", "Whether sentiment and volatility move together"),
    ("premarket", "getConfigurationPremarket", "What prices outside of the session suggest"),
    ("refresh", "refreshConfiguration", "Collect its news and prices anew"),
    ("refreshStatus", "getRefreshStatus", "Whether it is being refreshed"),
)
PARTS = (
    *(Link(name, operation, {"config_id": "$response.body#/config_id"}, text) for name, operation, text in ANALYTICS),
    Link(
        "history",
        "getConfigurationTickerHistory",
        {"config_id": "$response.body#/config_id", "ticker": "$response.body#/tickers/0/symbol"},
        "Sentiment of its first ticker day by day",
    ),
)


CREATE = Operation(
    "createConfiguration",
    "POST",
    PATH,
    CreateConfiguration,
    (
        Returns(
            201,
            Configuration,
            "The watchlist",
            example=EXAMPLE,
            headers=(SentHeader("Location", Location, "Path of the watchlist", example=f"{PATH}/{RECORDED}"),),
            links=_links("$response.body#/config_id"),
        ),
    ),
    summary="Create a watchlist",
    description="At most two are active at a time, however many requests race; deleting one makes room.",
    level=Level.SESSION,
    refusals=(ConfigurationLimitReached,),
    rules=(CREATE_LISTED, CREATE_DISTINCT),
    limit=RateLimit(10, 3600, anonymous=5),
    examples=(
        Example("full", "with everything said", 201, {"draft": FULL_DRAFT}),
        Example("least", "with a name and no tickers", 201, {"draft": {"name": "", "tickers": []}}),
        Example("third", "a third watchlist is one too many", 409, {"draft": FULL_DRAFT}, Given("full")),
        Example(
            "room_again",
            "deleting one makes room",
            201,
            {"draft": {"name": "Again", "tickers": ["AAPL"]}},
            Given("full", after=({"method": "DELETE", "path": f"{PATH}/c0ffee03-1111-4222-8333-444455556666"},)),
        ),
        Example(
            "counted",
            "a counted answer says what is left",
            201,
            {"draft": {"name": "Counted", "tickers": []}},
            Given(limits=True),
        ),
    ),
)

LIST = Operation(
    "listConfigurations",
    "GET",
    PATH,
    ListConfigurations,
    (
        Returns(
            200,
            ConfigurationList,
            "The watchlists",
            example={"configurations": [EXAMPLE], "max_allowed": 2},
            links=_links("$response.body#/configurations/0/config_id"),
        ),
    ),
    summary="The caller's watchlists",
    description="All of them: there are at most two.",
    level=Level.SESSION,
    examples=(
        Example("one", "a caller with one", 200),
        Example("two", "a caller with two, newest first", 200, given=Given("full")),
        Example("none", "a caller without any", 200, given=Given("other")),
    ),
)

GET = Operation(
    "getConfiguration",
    "GET",
    ONE,
    GetConfiguration,
    (Returns(200, Configuration, "The watchlist", example=EXAMPLE, links=PARTS),),
    summary="One watchlist",
    description="The watchlist of somebody else is not found, like one that never was.",
    level=Level.SESSION,
    refusals=(ConfigurationNotFound,),
    examples=(Example("own", "the caller's own", 200, {"config_id": RECORDED}), *not_found()),
)

REPLACE = Operation(
    "replaceConfiguration",
    "PUT",
    ONE,
    ReplaceConfiguration,
    (Returns(200, Configuration, "The watchlist as it is now", example=EXAMPLE),),
    summary="Replace a watchlist",
    description=(
        "What is not given gets its default. A symbol that stays keeps the instant when it was added, and its alerts; the "
        "alerts on a symbol that leaves are deleted. The last writer wins: If-Match is not looked at."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound,),
    rules=(REPLACE_LISTED, REPLACE_DISTINCT),
    limit=DEFAULT_LIMIT,
    examples=(
        Example("full", "everything is said", 200, {"config_id": RECORDED, "draft": FULL_DRAFT}),
        Example(
            "defaults",
            "what is not said gets its default",
            200,
            {
                "config_id": RECORDED,
                "draft": {"name": "Apple only", "tickers": ["AAPL"]},
            },
        ),
        *not_found(draft={"name": "Apple only", "tickers": ["AAPL"]}),
    ),
)

UPDATE = Operation(
    "updateConfiguration",
    "PATCH",
    ONE,
    UpdateConfiguration,
    (Returns(200, Configuration, "The watchlist as it is now", example=EXAMPLE),),
    summary="Change parts of a watchlist",
    description=(
        "What is absent or null stays as it is; an empty object only renews updated_at. The alerts on a symbol that leaves "
        "are deleted. Of two writers who change different fields both are kept, of the same field the last one: If-Match is "
        "not looked at."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound,),
    rules=(UPDATE_LISTED, UPDATE_DISTINCT),
    limit=DEFAULT_LIMIT,
    examples=(
        Example("all", "everything changes", 200, {"config_id": RECORDED, "changes": FULL_DRAFT}),
        Example("name", "only the name changes", 200, {"config_id": RECORDED, "changes": {"name": "Renamed"}}),
        Example("nothing", "nothing changes but updated_at", 200, {"config_id": RECORDED, "changes": {}}),
        Example("null", "null leaves as it is", 200, {"config_id": RECORDED, "changes": {"tickers": None}}),
        *not_found(changes={"name": "Renamed"}),
    ),
)

DELETE = Operation(
    "deleteConfiguration",
    "DELETE",
    ONE,
    DeleteConfiguration,
    (Returns(204, NoContent, "The watchlist is gone and its place free"),),
    summary="Delete a watchlist",
    description="Its alerts are deleted with it. Deleting it again is 404.",
    level=Level.SESSION,
    refusals=(ConfigurationNotFound,),
    limit=DEFAULT_LIMIT,
    examples=(Example("own", "the caller's own", 204, {"config_id": RECORDED}), *not_found()),
)

OPERATIONS = (CREATE, LIST, GET, REPLACE, UPDATE, DELETE)
