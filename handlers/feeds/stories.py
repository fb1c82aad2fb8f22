"""What the recorded press writes: a few stories per company and day, more when prices move, some about several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import copysign
from random import Random

from handlers.domain.articles import Article
from handlers.domain.calendar import NEW_YORK
from handlers.feeds import headlines
from handlers.feeds.chance import bell, between, identity, stream
from handlers.feeds.companies import Company, peers, share_classes
from handlers.feeds.headlines import Templates, Tone
from handlers.feeds.history import FIRST_DAY, LAST_DAY, Day, History, month_of, sessions_of
from models.fields import NewsSource

SOURCES: tuple[NewsSource, NewsSource] = ("tiingo", "finnhub")

_USUAL_STORIES = {1: 0.9, 2: 2.4, 3: 5.0}
_MOVE_WORTH_A_STORY = 0.02
_NO_MOVE = 0.003
_CLAUSE = re.compile(r": |, (?=[a-z])")
_MINUTES_BEFORE_COPY = 25


@dataclass(frozen=True, slots=True)
class Draft:
    """A story before a source carries it. `tone` is how good the news is, -1..1."""

    published_at: datetime
    tickers: tuple[str, ...]
    headline: str
    description: str
    tags: tuple[str, ...]
    tone: float


class Press:
    """Every article of both sources. Days are dates in New York; no article crosses midnight there, nor in UTC."""

    def __init__(self, seed: str, history: History) -> None:
        self._seed = seed
        self._history = history
        self.about_company = lru_cache(maxsize=2048)(self._about_company)
        self.about_sector = lru_cache(maxsize=512)(self._about_sector)

    def _about_company(self, brand: str, day: date) -> tuple[Article, ...]:
        """The day's articles about one company, in no particular order."""
        if not FIRST_DAY <= day <= LAST_DAY:
            return ()
        company, draws = share_classes(brand)[0], stream(self._seed, "news", brand, day)
        traded = self._history.day(company, day)
        drafts = CompanyDay(company, day, traded, draws).drafts()
        return _carried(drafts, identity(self._seed, brand, day), draws)

    def _about_sector(self, sector: str, day: date) -> tuple[Article, ...]:
        """The day's articles about several companies of a sector at once, in no particular order."""
        if not FIRST_DAY <= day <= LAST_DAY:
            return ()
        draws = stream(self._seed, "sector news", sector, day)
        drafts = _sector_drafts(sector, day, self._sector_tone(sector, day), draws)
        return _carried(drafts, identity(self._seed, sector, day), draws)

    def _sector_tone(self, sector: str, day: date) -> float | None:
        """How the sector and the market did; None when the market is closed."""
        month = month_of(day)
        for index, session in enumerate(sessions_of(month)):
            if session.day == day:
                moved = self._history.sector_returns(sector, month)[index] + self._history.factors(month).returns[index]
                return between(-1.0, moved * 40, 1.0)
        return None


class CompanyDay:
    """One company's day as the press sees it."""

    def __init__(self, company: Company, day: date, traded: Day | None, draws: Random) -> None:
        """`traded` is None on days without a session."""
        self._company = company
        self._day = day
        self._traded = traded
        self._surprise = traded.surprise if traded else 0.0
        self._draws = draws
        self._told: set[str] = set()

    def drafts(self) -> Iterator[Draft]:
        moment = _moment(self._day, 5 * 60 + 30, 15 * 60, self._draws)
        for _ in range(self._how_many()):
            tone = self._tone()
            kind, templates = self._kind()
            yield from self._draft(kind, templates, tone, self._time(moment))
        if self._traded and (move := self._move_tone(self._traded)) is not None:
            yield from self._draft("moves", headlines.MOVES, move, self._after(self._traded))
        if self._traded and self._traded.is_earnings:
            at = _moment(self._day, 6 * 60, 8 * 60 + 30, self._draws)
            yield from self._draft("earnings", headlines.EARNINGS, self._tone(), at)

    def _how_many(self) -> int:
        usual = _USUAL_STORIES[self._company.prominence]
        interest = 0.6 + 0.4 * min(abs(self._surprise), 4.0) if self._traded else 0.25
        return int(usual * interest + self._draws.random())

    def _kind(self) -> tuple[str, Templates]:
        if self._traded and self._traded.is_earnings and self._draws.random() < 0.6:
            return "earnings", headlines.EARNINGS
        return self._draws.choice(tuple(headlines.KINDS.items()))

    def _tone(self) -> float:
        """News leans the way the price goes, but does not always agree with it."""
        return between(-1.0, 0.28 * self._surprise + 0.33 * bell(self._draws), 1.0)

    def _time(self, moment: datetime) -> datetime:
        """Great moves have one cause: most of their stories follow the moment it became known."""
        if self._draws.random() < between(0.1, abs(self._surprise) / 3, 0.75):
            return moment + timedelta(seconds=int(90 * 60 * self._draws.random() * self._draws.random()))
        return self._ordinary_time()

    def _ordinary_time(self) -> datetime:
        """Before the open, while the market trades, or after the close."""
        level = self._draws.random()
        if self._traded is None:
            return _moment(self._day, 8 * 60, 18 * 60, self._draws)
        if level < 0.35:
            return _moment(self._day, 5 * 60 + 30, 9 * 60 + 30, self._draws)
        first, last = (9 * 60 + 30, 16 * 60) if level < 0.85 else (16 * 60, 18 * 60)
        return _moment(self._day, first, last, self._draws)

    def _move_tone(self, traded: Day) -> float | None:
        """How the day's move itself reads; None when it is no story."""
        if abs(traded.change) >= _MOVE_WORTH_A_STORY:
            return copysign(between(0.3, 0.4 * abs(traded.surprise), 1.0), traded.change)
        return 0.0 if abs(traded.change) < _NO_MOVE and self._draws.random() < 1 / 3 else None

    def _after(self, traded: Day) -> datetime:
        """Once the close is known."""
        return traded.session.closes + timedelta(seconds=self._draws.randrange(4 * 60, 70 * 60))

    def _draft(self, kind: str, templates: Templates, tone: float, at: datetime) -> Iterator[Draft]:
        """A story in words the day has not yet used; none when they are used up."""
        fresh = [template for template in templates[_voice(tone)] if template not in self._told]
        if not fresh:
            return
        template = self._draws.choice(fresh)
        self._told.add(template)
        words = self._words(at)
        headline = template.format_map(words)
        description = f"{headline}. {headlines.CONTEXT[kind].format_map(words)}"
        yield Draft(at, _symbols(self._company.brand), headline, description, (kind, self._company.sector), tone)

    def _words(self, at: datetime) -> dict[str, str]:
        brand = self._company.brand
        words = _words(self._company.sector, at, self._draws) | {"brand": brand, "owner": _owner(brand)}
        if self._traded:
            words |= {"move": f"{abs(self._traded.change) * 100:.1f}", "price": f"{self._traded.candle.close:,.2f}"}
        return words


def _moment(day: date, first_minute: int, last_minute: int, draws: Random) -> datetime:
    """An instant between two minutes of a day in New York."""
    seconds = draws.randrange(first_minute * 60, last_minute * 60)
    local = datetime.combine(day, time(seconds // 3600, seconds // 60 % 60, seconds % 60), NEW_YORK)
    return local.astimezone(UTC)


def _sector_drafts(sector: str, day: date, moved: float | None, draws: Random) -> Iterator[Draft]:
    for _ in range(int((0.2 if moved is None else 0.5 + abs(moved)) + draws.random())):
        brands = draws.sample(peers(sector), draws.randrange(2, 4))
        tone = between(-1.0, 0.6 * (moved or 0.0) + 0.25 * bell(draws), 1.0)
        at = _moment(day, 6 * 60, 18 * 60, draws)
        name = headlines.SECTOR_NAMES[sector]
        words = _words(sector, at, draws) | {"Sector": name, "sector": name.lower(), "brands": _enumerated(brands)}
        headline = draws.choice(headlines.SECTOR[_voice(tone)]).format_map(words)
        description = f"{headline}. {headlines.CONTEXT['sector'].format_map(words)}"
        yield Draft(at, _symbols(*brands), headline, description, ("sector", sector), tone)


def _words(sector: str, at: datetime, draws: Random) -> dict[str, str]:
    return {
        "product": draws.choice(headlines.PRODUCTS[sector]),
        "firm": draws.choice(headlines.FIRMS),
        "region": draws.choice(headlines.REGIONS),
        "percent": str(draws.randrange(3, 31)),
        "amount": str(draws.randrange(4, 96) * 10),
        "quarter": f"Q{(at.month + 8) // 3 % 4 + 1}",
    }


def _symbols(*brands: str) -> tuple[str, ...]:
    return tuple(sorted(share.symbol for brand in brands for share in share_classes(brand)))


def _voice(tone: float) -> Tone:
    if tone > 0.2:
        return "good"
    return "bad" if tone < -0.2 else "plain"


def _owner(brand: str) -> str:
    """The brand as an owner: Apple's, Lowe's, Airlines'."""
    if brand.endswith("'s"):
        return brand
    return f"{brand}'" if brand.endswith("s") else f"{brand}'s"


def _enumerated(brands: list[str]) -> str:
    return f"{', '.join(brands[:-1])} and {brands[-1]}"


def _carried(drafts: Iterable[Draft], subject: str, draws: Random) -> tuple[Article, ...]:
    return tuple(article for draft in drafts for article in _copies(draft, subject, draws))


def _copies(draft: Draft, subject: str, draws: Random) -> Iterator[Article]:
    """The story in one source, or in both some minutes apart."""
    first, second = SOURCES if draws.random() < 0.55 else SOURCES[::-1]
    yield _article(draft, first, draft.published_at, draft.headline, subject, draws)
    if draws.random() < 0.3:
        later = draft.published_at + timedelta(seconds=draws.randrange(60, _MINUTES_BEFORE_COPY * 60))
        yield _article(draft, second, later, _restyled(draft.headline), subject, draws)


def _restyled(headline: str) -> str:
    """The same headline as another desk sets it: other punctuation, same words."""
    return _CLAUSE.sub(" \u2013 ", headline.replace("'", "\u2019"))


def _article(draft: Draft, source: NewsSource, at: datetime, headline: str, subject: str, draws: Random) -> Article:
    name = identity(source, subject, draft.headline)
    score = round(between(-1.0, draft.tone + 0.12 * bell(draws), 1.0), 4)
    return Article(
        article_id=f"{source}-{name}",
        source=source,
        headline=headline,
        description=draft.description,
        url=f"https://news.example.com/{at:%Y/%m/%d}/{name}",
        source_name=draws.choice(headlines.PUBLISHERS),
        published_at=at,
        tickers=draft.tickers,
        tags=draft.tags,
        sentiment=None if draws.random() < 0.06 else score,
        provenance="recorded",
    )
