"""Analysed articles by tag."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import ConfigDict, StringConstraints, with_config
from typing_extensions import TypedDict

from models.fields import Cursor, NewsSource, Provenance, Score, Sent, SentimentLabel, Stamp, Ticker
from models.operation import Example, Level, Link, Operation, Query, Returns
from models.paging import Limit100, cursor_rule
from models.refusals import ServiceUnavailable
from models.wire import Request, Response

NewsTag = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._&/+'()-]{0,49}$", to_lower=True),
    Sent(r"^[a-z0-9][a-z0-9 ._&/+'()-]{0,49}$"),
]
"""What an article is about, as sources tag it. Read in any case, sent in lower case."""
NewsTags5 = Annotated[list[NewsTag], MinLen(1), MaxLen(5)]

CURSOR = cursor_rule({"tags": ["technology"]})


class GetArticles(Request):
    tags: Annotated[NewsTags5, Query()]
    """One to five tags; articles with any of them are found."""
    sentiment: Annotated[SentimentLabel | None, Query()] = None
    """Only articles with this label."""
    limit: Annotated[Limit100, Query()] = 20
    """The most articles wanted."""
    cursor: Annotated[Cursor | None, Query()] = None
    """`next_cursor` of the page before, with the same tags and sentiment."""


@with_config(ConfigDict(extra="forbid", allow_inf_nan=False))
class NewsArticle(TypedDict):
    """One story as one source carries it."""

    source_id: str
    """Names the article; each source's copy of a story has its own."""
    timestamp: Stamp
    """When it was published."""
    title: str
    """Its headline."""
    snippet: Annotated[str, MaxLen(200)]
    """What it says in short, at most 200 characters."""
    url: str
    """Where it can be read."""
    source: NewsSource
    """Which source carries it."""
    source_name: str
    """The publisher that the source names."""
    tickers: list[Ticker]
    """The symbols it is about."""
    tags: list[str]
    """What it is about, as its source says, in lower case."""
    sentiment: SentimentLabel | None
    """positive from 0.33 up, negative from −0.33 down, else neutral; null if nobody has judged it."""
    score: Score | None
    """How it was judged, with four decimals; null if nobody has."""
    provenance: Provenance
    """recorded for the built-in market, live for a real source."""


class ArticlePage(Response):
    """Articles with any of some tags."""

    articles: Annotated[list[NewsArticle], MaxLen(100)]
    """Newest first, each once."""
    next_cursor: Cursor | None
    """Where the next page starts; null on the last one."""


PRICE_TARGET = {
    "source_id": "finnhub-c6bfa2f7ef2e",
    "timestamp": "2024-12-02T14:41:37Z",
    "title": "Dunmore Capital raises its Apple price target by 28%",
    "snippet": "Dunmore Capital raises its Apple price target by 28%. The note looks at cybersecurity.",
    "url": "https://news.example.com/2024/12/02/c6bfa2f7ef2e",
    "source": "finnhub",
    "source_name": "Ticker & Tape",
    "tickers": ["AAPL"],
    "tags": ["analyst", "technology"],
    "sentiment": "positive",
    "score": 0.5017,
    "provenance": "recorded",
}

GET = Operation(
    "getArticles",
    "GET",
    "/api/v2/articles",
    GetArticles,
    (
        Returns(
            200,
            ArticlePage,
            "The articles, possibly none",
            example={"articles": [PRICE_TARGET], "next_cursor": None},
            links=(
                Link(
                    "next",
                    "getArticles",
                    {"cursor": "$response.body#/next_cursor"},
                    "The next page, with the same filters",
                ),
            ),
        ),
    ),
    summary="Articles by tag",
    description="Articles of the last 30 days with any of the tags, newest first. A tag that nothing carries finds nothing.",
    level=Level.SESSION,
    refusals=(ServiceUnavailable,),
    rules=(CURSOR,),
    # Nobody's own data, but only for callers with a session: a shared cache would answer those without one.
    cache="private, max-age=60",
    etag=True,
    examples=(
        Example("first_page", "articles come in pages", 200, {"tags": ["technology"], "limit": 2}),
        Example(
            "several_tags",
            "an article with two of the tags comes once",
            200,
            {"tags": ["analyst", "Technology"], "limit": 3},
        ),
        Example(
            "one_label",
            "only the negative ones",
            200,
            {"tags": ["technology", "internet"], "sentiment": "negative", "limit": 2},
        ),
        Example("unknown_tag", "a tag that nothing carries finds nothing", 200, {"tags": ["astrology"]}),
    ),
)

OPERATIONS = (GET,)
