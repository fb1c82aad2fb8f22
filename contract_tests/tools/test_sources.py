"""Every place of the contract leads to the line of the models that says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contract_tests.lines import line_of
from contract_tests.lint.small import small
from models.registry import entries
from tools.findings import Subject
from tools.openapi.document import document
from tools.sources import Sources
from tools.syntax import modules

TICKERS = "models/dashboard/tickers.py"
CONFIGURATIONS = "models/dashboard/configurations.py"
TIMESERIES = "models/dashboard/timeseries.py"
CANDLES = "models/dashboard/candles.py"
ARTICLES = "models/dashboard/articles.py"
SESSIONS = "models/dashboard/sessions.py"
STREAMS = "models/stream/streams.py"
EVENTS = "models/stream/events.py"
FIELDS = "models/fields.py"
REFUSALS = "models/refusals.py"

Row = tuple[Subject, str, tuple[str, ...]]
ROWS: dict[str, Row] = {
    "a bound of a parameter is said by its named type": (
        Subject("searchTickers", "query", "/limit"), "maximum", (TICKERS, "SearchLimit =")),
    "a default is said by the field": (
        Subject("searchTickers", "query", "/limit"), "default", (TICKERS, "limit:", "class SearchTickers")),
    "a parameter as a whole is its field": (
        Subject("searchTickers", "query", "/limit"), "", (TICKERS, "limit:", "class SearchTickers")),
    "a description is the text under the field": (
        Subject("searchTickers", "query", "/limit"), "description", (TICKERS, '"""The most results', "limit:")),
    "a parameter that is no more was in the class of the request": (
        Subject("searchTickers", "query", "/gone"), "", (TICKERS, "class SearchTickers")),
    "an inherited field stands in the base": (
        Subject("getCandles", "query", "/start_date"), "", ("models/dashboard/dates.py", "start_date:")),
    "an overridden field stands in the class itself": (
        Subject("getCandles", "query", "/resolution"), "", (CANDLES, "resolution:", "class GetCandles")),
    "a header is found by its name on the wire": (
        Subject("streamMarket", "header", "/last-event-id"), "", (STREAMS, "last_event_id:", "class StreamMarket")),
    "the type of a header is found through an alternative to null": (
        Subject("streamMarket", "header", "/last-event-id"), "maxLength", (STREAMS, "EventId =")),
    "an item of a list leads to the type of the items": (
        Subject("getArticles", "query", "/tags/*"), "pattern", (ARTICLES, "NewsTag =")),
    "the length of a list is said by the type of the list": (
        Subject("getArticles", "query", "/tags"), "maxItems", (ARTICLES, "NewsTags5 =")),
    "a body is the field of the request": (
        Subject("createConfiguration", "body"), "", (CONFIGURATIONS, "draft:", "class CreateConfiguration")),
    "a key of a body is a field of its class": (
        Subject("createConfiguration", "body", "/tickers"), "", (CONFIGURATIONS, "tickers:", "class ConfigurationDraft")),
    "a bound inside a body is said by its named type": (
        Subject("createConfiguration", "body", "/name"), "maxLength", (CONFIGURATIONS, "ConfigurationName =")),
    "a type imported from another module is found there": (
        Subject("createConfiguration", "body", "/tickers/*"), "pattern", (FIELDS, "Ticker =")),
    "what a body closes is said by its class": (
        Subject("createConfiguration", "body"), "additionalProperties", (CONFIGURATIONS, "class ConfigurationDraft")),
    "a status is the Returns that declares it": (
        Subject("searchTickers", "response 200"), "", (TICKERS, "Returns(", "SEARCH =")),
    "a key of a row in a list of a response": (
        Subject("searchTickers", "response 200", "/results/*/name"), "type", (TICKERS, "name: str", "class TickerMatch")),
    "a key that is no more was in the class of the row": (
        Subject("searchTickers", "response 200", "/results/*/gone"), "", (TICKERS, "class TickerMatch")),
    "a row that is a TypedDict inherits from another": (
        Subject("getTimeseries", "response 200", "/buckets/*/count"), "", (TIMESERIES, "count:", "class Bucket")),
    "a row's own key": (
        Subject("getTimeseries", "response 200", "/partial_bucket/next_update_at"), "", (TIMESERIES, "next_update_at:")),
    "the values of a map": (
        Subject("getTimeseries", "response 200", "/buckets/*/label_counts/*"), "minimum", (FIELDS, "Positive =")),
    "a body that is no class is followed as it is written": (
        Subject("getTrends", "response 200", "/*/*/sentiment"), "", ("models/dashboard/trends.py", "sentiment:")),
    "an alternative is the one that has the key": (
        Subject("getTimeseriesBatch", "response 200", "/*/error"), "", (TIMESERIES, "error:", "class TimeseriesFailure")),
    "a link is its Link": (
        Subject("searchTickers", "response 200"), "link history", (TICKERS, "Link(", '"Price candles')),
    "a link that a function makes stands in the function": (
        Subject("createConfiguration", "response 201"), "link update", (CONFIGURATIONS, 'Link("update"')),
    "a response header is its SentHeader": (
        Subject("getCandles", "response 200 header", "/x-cache-source"), "", (CANDLES, "SentHeader(")),
    "the pattern of a header is said by its named type": (
        Subject("createConfiguration", "response 201 header", "/location"), "pattern", (CONFIGURATIONS, "Location =")),
    "a header that every cached operation has is brought by etag": (
        Subject("searchTickers", "response 200 header", "/etag"), "", (TICKERS, "etag=", "SEARCH =")),
    "a header of a rate limit is brought by limit": (
        Subject("searchTickers", "response 200 header", "/x-ratelimit-limit"), "", (TICKERS, "limit=", "SEARCH =")),
    "cookies are set where Returns says so": (
        Subject("signOut", "response 200 header", "/set-cookie"), "", (SESSIONS, "cookies=", "SIGN_OUT =")),
    "a cookie is its constant": (
        Subject("signOut", "response 200"), "cookie refresh_token", ("models/dashboard/cookies.py", "REFRESH =")),
    "a status that a handler refuses with stands among the refusals": (
        Subject("createConfiguration", "response 409"), "", (CONFIGURATIONS, "refusals=", "CREATE =")),
    "a 401 is brought by the level": (
        Subject("createConfiguration", "response 401"), "", (CONFIGURATIONS, "level=", "CREATE =")),
    "a 403 of a double submit is brought by csrf": (
        Subject("extendSession", "response 403"), "", (SESSIONS, "csrf=", "EXTEND =")),
    "a 429 is brought by limit": (
        Subject("searchTickers", "response 429"), "", (TICKERS, "limit=", "SEARCH =")),
    "a 304 is brought by etag": (
        Subject("searchTickers", "response 304"), "", (TICKERS, "etag=", "SEARCH =")),
    "a 500 is everybody's": (
        Subject("searchTickers", "response 500"), "", (REFUSALS, "class InternalServerError")),
    "the code of a refusal stands in its class": (
        Subject("createConfiguration", "response 409", "/code"), "const", (REFUSALS, "code =", "class ConfigurationLimitReached")),
    "an entry of a 422 has a class": (
        Subject("searchTickers", "response 422", "/detail/*/loc"), "", (REFUSALS, "loc:", "class BrokenValue")),
    "a status that is no more was in the operation": (
        Subject("createConfiguration", "response 404"), "", (CONFIGURATIONS, "refusals=", "CREATE =")),
    "an event is its class": (
        Subject("streamMarket", "event bucket_update"), "", (EVENTS, "class BucketEvent")),
    "a key inside an event": (
        Subject("streamMarket", "event bucket_update", "/bucket/open"), "", (EVENTS, "open:", "class StreamedBucket")),
    "an event that is no more was among the events": (
        Subject("streamMarket", "event gone"), "", (STREAMS, "events=", "MARKET_EVENTS")),
    "an operation is its constant": (
        Subject("searchTickers"), "", (TICKERS, "SEARCH =")),
    "a summary has its own line": (
        Subject("searchTickers"), "summary", (TICKERS, "summary=", "SEARCH =")),
    "a path has its own line": (
        Subject("searchTickers"), "path", (TICKERS, '"/api', "SEARCH =")),
    "security is the level": (
        Subject("getMetrics"), "security", ("models/dashboard/metrics.py", "level=", "GET_METRICS =")),
    "what an operation does not say is the operation": (
        Subject("searchTickers"), "deprecated", (TICKERS, "SEARCH =")),
    "a tag stands in the registry": (
        Subject("searchTickers"), "tags", ("models/registry.py", 'Tag("tickers"')),
    "an example is its Example": (
        Subject("searchTickers"), "example by_name", (TICKERS, 'Example("by_name"')),
    "an example that a function makes stands in the function": (
        Subject("deleteConfiguration"), "example somebody_elses", ("models/dashboard/watchlists.py", 'Example("somebody_elses"')),
    "a rule is its constant": (
        Subject("getCandles"), "span_too_long", (CANDLES, "SPAN_WITHIN_CAP =")),
    "a rule of two constants on one line": (
        Subject("createConfiguration", "body", "/tickers/*"), "ticker_repeated", (CONFIGURATIONS, "CREATE_LISTED,")),
    "a rule that another module declares": (
        Subject("getCandles"), "rule dates_reversed", ("models/dashboard/dates.py", "ORDERED_DATES =")),
    "an operation that is no more was listed beside those most like it": (
        Subject("archiveConfiguration"), "", (CONFIGURATIONS, "OPERATIONS =")),
}  # fmt: skip
POINTERS: dict[str, tuple[str, ...]] = {
    "/components/schemas/TickerMatch": (TICKERS, "class TickerMatch"),
    "/components/schemas/TickerMatch/description": (TICKERS, '"""A listed symbol', "class TickerMatch"),
    "/components/schemas/TickerMatch/properties/symbol": (TICKERS, "symbol:", "class TickerMatch"),
    "/components/schemas/TickerMatch/properties/symbol/pattern": (FIELDS, "Ticker ="),
    "/components/schemas/Timeseries/properties/buckets/items": (TIMESERIES, "buckets:"),
    "/components/schemas/ConfigurationLimitReached": (REFUSALS, "class ConfigurationLimitReached"),
    "/components/schemas/BrokenValue/properties/loc/items": (REFUSALS, "Loc ="),
    "/components/headers/ETag": ("models/dashboard/watchlist_sentiment.py", "etag=", "GET ="),
    "/paths/~1api~1v2~1tickers~1search": (TICKERS, '"/api', "SEARCH ="),
    "/paths/~1api~1v2~1tickers~1search/get": (TICKERS, "SEARCH ="),
    "/paths/~1api~1v2~1tickers~1search/get/summary": (TICKERS, "summary=", "SEARCH ="),
    "/paths/~1api~1v2~1tickers~1search/get/parameters/1": (TICKERS, "limit:", "class SearchTickers"),
    "/paths/~1api~1v2~1tickers~1search/get/parameters/1/schema/maximum": (TICKERS, "SearchLimit ="),
    "/paths/~1api~1v2~1configurations/post/requestBody/content/application~1json/schema": (CONFIGURATIONS, "draft:"),
    "/paths/~1api~1v2~1configurations/post/responses/201": (CONFIGURATIONS, "Returns(", "CREATE ="),
    "/paths/~1api~1v2~1configurations/post/responses/201/links/get": (CONFIGURATIONS, 'Link("get"'),
    "/paths/~1api~1v2~1configurations/post/responses/201/headers/Location/schema/pattern": (CONFIGURATIONS, "Location ="),
    "/paths/~1api~1v2~1configurations/post/x-constraint/0": (CONFIGURATIONS, "CREATE_LISTED,"),
    "/paths/~1api~1v2~1stream/get/responses/200/content/text~1event-stream/x-events/heartbeat/properties/uptime_seconds":
        (EVENTS, "uptime_seconds:"),
    "/tags/7/description": ("models/registry.py", 'Tag("market"'),
    "#/components/schemas/TickerMatch": (TICKERS, "class TickerMatch"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources(entries())


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


@pytest.mark.parametrize("what", ROWS)
def test_a_subject_leads_to_its_line(sources: Sources, what: str) -> None:
    subject, keyword, (path, text, *after) = ROWS[what]

    assert sources.of(subject, keyword) == line_of(path, text, *after)


@pytest.mark.parametrize("pointer", POINTERS)
def test_a_pointer_into_the_document_leads_to_its_line(sources: Sources, made: dict[str, Any], pointer: str) -> None:
    path, text, *after = POINTERS[pointer]

    assert sources.of_document_pointer(pointer, made) == line_of(path, text, *after)


def test_what_is_related_goes_from_the_operation_inwards_without_the_line_itself(sources: Sources) -> None:
    related = sources.related(Subject("createConfiguration", "body", "/tickers/*"), "pattern")

    assert [place.place for place in related] == [
        line_of(CONFIGURATIONS, "CREATE ="),
        line_of(CONFIGURATIONS, "draft:", "class CreateConfiguration"),
        line_of(CONFIGURATIONS, "tickers:", "class ConfigurationDraft"),
        line_of(CONFIGURATIONS, "WatchedSymbols ="),
    ]


def test_what_a_generic_class_holds_is_what_its_child_says(tmp_path: Path) -> None:
    head = (
        'from typing import Generic, TypeVar\n\nT = TypeVar("T")\nShort = Annotated[str, MaxLen(9)]\n\n\n'
        'class Page(Response, Generic[T]):\n    """Some."""\n\n    rows: Annotated[list[T], MaxLen(3)]\n    """All of it."""\n'
        '\n\nclass Shorts(Page[Short]):\n    """Short ones."""\n'
    )
    contract = small(tmp_path, {"head": head, "body": "Shorts", "returns": 'example={"rows": ["a"]},'})
    sources = Sources(contract.entries)
    lines = contract.text.splitlines()

    assert (
        lines[sources.of(Subject("getThing", "response 200", "/rows"), "maxItems").line - 1].strip().startswith("rows:")
    )
    assert lines[sources.of(Subject("getThing", "response 200", "/rows/*"), "maxLength").line - 1].startswith("Short =")


def test_the_path_of_an_operation_that_is_no_more_says_where_it_was(sources: Sources) -> None:
    place = sources.of(Subject("flipCoin"), path="/api/v2/timeseries/{ticker}/coin")

    assert place == line_of(TIMESERIES, "OPERATIONS =")


@pytest.mark.exhaustive
def test_every_place_of_the_document_leads_into_a_file_that_is_there(sources: Sources, made: dict[str, Any]) -> None:
    places = {pointer: sources.of_document_pointer(pointer, made) for pointer in pointers(made)}
    wrong = [pointer for pointer, place in places.items() if not place.path.startswith("models/")]

    assert len(places) > 3000
    assert wrong == []


def pointers(value: Any, pointer: str = "") -> list[str]:
    """Every pointer into a JSON value, down to where examples begin."""
    found = [pointer]
    if isinstance(value, dict):
        for name, member in value.items():
            if name not in ("example", "examples"):
                found += pointers(member, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            found += pointers(member, f"{pointer}/{index}")
    return found


def test_each_module_is_read_once_however_many_lines_are_asked_for() -> None:
    modules.module_named.cache_clear()
    for _ in range(2):
        sources = Sources(list(entries()))
        for subject, keyword, _ in ROWS.values():
            sources.of(subject, keyword)
    read = modules.module_named.cache_info()

    assert read.misses == read.currsize
    assert read.hits > read.misses
