"""Which articles are taken, and in what form: sources send what they like."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handlers.domain.articles import Article
from handlers.domain.symbols import SYMBOL
from handlers.domain.texts import cleaned

OLDEST = timedelta(days=30)
"""What is older would be forgotten at once."""
AHEAD = timedelta(minutes=10)
"""How far the clock of a publisher may be ahead of ours."""
HEADLINE_CHARACTERS = 500
DESCRIPTION_CHARACTERS = 2000
NAME_CHARACTERS = 100
TAG_CHARACTERS = 50
URL_CHARACTERS = 2000
MOST_TAGS = 20
MOST_TICKERS = 20

_ID = re.compile(r"[!-~]{1,128}")
_URL = re.compile(r"https?://[!-~]+")


class Unfit(ValueError):
    """An article that cannot be taken. `reason` is one of few words to search for, `detail` says it to a person."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def admitted(article: Article, now: datetime, is_listed: Callable[[str], bool]) -> Article:
    """The article in the form in which it is stored. Raises Unfit."""
    if not _ID.fullmatch(article.article_id or ""):
        raise Unfit("no_id", "the article has no id of at most 128 printable characters")
    headline = cleaned(article.headline or "", HEADLINE_CHARACTERS)
    if not headline:
        raise Unfit("no_title", "the article has no title")
    return replace(
        article,
        headline=headline,
        description=cleaned(article.description or "", DESCRIPTION_CHARACTERS),
        url=_url(article.url or ""),
        source_name=cleaned(article.source_name or "", NAME_CHARACTERS),
        published_at=_published(article.published_at, now),
        tickers=_tickers(article, is_listed),
        tags=_tags(article),
        sentiment=_opinion(article.sentiment),
    )


def _published(at: datetime | None, now: datetime) -> datetime:
    if at is None or at.tzinfo is None:
        raise Unfit("no_date", "the article has no date with a time zone")
    if at <= now - OLDEST:
        raise Unfit("too_old", f"the article is of {at.date()}; articles of the last {OLDEST.days} days are kept")
    if at > now + AHEAD:
        raise Unfit("in_the_future", f"the article is of {at.isoformat()}, which is yet to come")
    return at.astimezone(UTC)


def _tickers(article: Article, is_listed: Callable[[str], bool]) -> tuple[str, ...]:
    """Those that are listed, each once, in the order of the source."""
    named = dict.fromkeys(str(ticker).strip().upper() for ticker in article.tickers or ())
    if not named:
        raise Unfit("no_tickers", "the article names no ticker")
    known = [ticker for ticker in named if SYMBOL.fullmatch(ticker) and is_listed(ticker)]
    if not known:
        raise Unfit("unknown_tickers", f"none of the {len(named)} tickers is listed")
    return tuple(known[:MOST_TICKERS])


def _tags(article: Article) -> tuple[str, ...]:
    tags = (cleaned(str(tag), TAG_CHARACTERS).lower() for tag in article.tags or ())
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]


def _url(url: str) -> str:
    """Empty where the source gives no address that a page may link to."""
    return url if len(url) <= URL_CHARACTERS and _URL.fullmatch(url) else ""


def _opinion(score: float | None) -> float | None:
    """What the source says, if it is a score: NaN is none."""
    return score if score is not None and -1 <= score <= 1 else None
