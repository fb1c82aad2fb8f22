"""Does the recorded press read like two news sources, and does it say the same however it is asked?"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain import calendar
from handlers.domain.articles import Article
from handlers.feeds.companies import companies
from handlers.feeds.port import NewsFeed
from handlers.feeds.recorded import RecordedMarket
from models.fields import NewsSource

MARKET = RecordedMarket("a market for tests")
FEEDS: dict[NewsSource, NewsFeed] = {"tiingo": MARKET.news("tiingo"), "finnhub": MARKET.news("finnhub")}
law = settings(max_examples=25, deadline=None)

SYMBOLS = sorted(companies())
symbols = st.sampled_from(SYMBOLS)
portfolios = st.lists(symbols, min_size=1, max_size=6)
sources = st.sampled_from(sorted(FEEDS))
instants = st.datetimes(datetime(2015, 1, 10), datetime(2035, 12, 20), timezones=st.just(UTC))


def everything(source: NewsSource, tickers: list[str], first: date, days: int) -> list[Article]:
    start = datetime.combine(first, datetime.min.time(), UTC)
    return FEEDS[source].articles(tickers, start, start + timedelta(days=days))


def both(tickers: list[str], first: date, days: int) -> list[Article]:
    return [article for source in FEEDS for article in everything(source, tickers, first, days)]


def normalised(headline: str) -> str:
    """Lower case, words and single spaces only: by this and the day, copies of one story are told from others."""
    return " ".join(re.sub(r"[^\w\s]", "", headline.lower()).split())


@given(sources, portfolios, instants, st.lists(st.integers(0, 4 * 24 * 60), min_size=2, max_size=5))
@law
def test_a_range_in_pieces_is_the_range_in_one(
    source: NewsSource, tickers: list[str], start: datetime, offsets: list[int]
) -> None:
    cuts = [start + timedelta(minutes=offset) for offset in sorted(offsets)]
    pieces = [article for a, b in pairwise(cuts) for article in FEEDS[source].articles(tickers, a, b)]

    assert pieces == FEEDS[source].articles(tickers, cuts[0], cuts[-1])


def test_an_article_belongs_to_the_range_that_starts_with_it() -> None:
    for article in everything("tiingo", ["AAPL"], date(2025, 6, 2), 5):
        at = article.published_at

        assert article in FEEDS["tiingo"].articles(["AAPL"], at, at + timedelta(seconds=1))
        assert article not in FEEDS["tiingo"].articles(["AAPL"], at - timedelta(days=1), at)


@given(sources, portfolios, instants)
@law
def test_tickers_asked_together_bring_what_each_brings_once(
    source: NewsSource, tickers: list[str], start: datetime
) -> None:
    until = start + timedelta(days=2)
    together = FEEDS[source].articles(tickers, start, until)
    alone = {
        article.article_id: article for ticker in tickers for article in FEEDS[source].articles([ticker], start, until)
    }

    assert together == sorted(alone.values(), key=lambda article: (article.published_at, article.article_id))


@given(sources, portfolios, instants)
@law
def test_what_was_asked_before_changes_no_answer(source: NewsSource, tickers: list[str], start: datetime) -> None:
    fresh = RecordedMarket("a market for tests").news(source)
    until = start + timedelta(days=2)

    assert fresh.articles(tickers, start, until) == FEEDS[source].articles(tickers, start, until)


@given(sources, portfolios, instants, st.integers(1, 4 * 24 * 60))
@law
def test_an_article_is_what_its_fields_promise(
    source: NewsSource, tickers: list[str], start: datetime, span: int
) -> None:
    until = start + timedelta(minutes=span)
    for article in FEEDS[source].articles(tickers, start, until):
        assert start <= article.published_at < until
        assert (article.source, article.provenance) == (source, "recorded")
        assert set(article.tickers) & set(tickers)
        assert set(article.tickers) <= set(SYMBOLS)
        assert list(article.tickers) == sorted(set(article.tickers))
        assert 1 <= len(article.headline) <= 500
        assert len(article.description) <= 2000
        assert "{" not in article.headline + article.description
        assert article.url.startswith("https://")
        assert article.sentiment is None or -1 <= article.sentiment <= 1
        assert article.tags
        assert article.source_name


@given(st.dates(date(2015, 1, 5), date(2035, 12, 20)))
@settings(max_examples=12, deadline=None)
def test_an_article_stays_on_its_day_in_new_york_and_in_utc(day: date) -> None:
    for article in both(SYMBOLS[::9], day, 1):
        assert calendar.local_date(article.published_at) == article.published_at.date() == day


def test_both_sources_report_every_week() -> None:
    for week in range(0, 364, 28):
        reported = Counter(
            article.source for article in both(["AAPL", "XOM"], date(2025, 1, 1) + timedelta(days=week), 7)
        )

        assert min(reported["tiingo"], reported["finnhub"]) > 0


def test_article_ids_are_unique_across_sources() -> None:
    found = both(SYMBOLS, date(2025, 6, 2), 5)

    assert len(found) > 500
    assert len({article.article_id for article in found}) == len(found)


def test_some_stories_appear_in_both_sources_minutes_apart() -> None:
    copies: dict[tuple[str, date], list[Article]] = {}
    for article in both(SYMBOLS, date(2025, 6, 2), 5):
        copies.setdefault((normalised(article.headline), article.published_at.date()), []).append(article)
    pairs = [pair for pair in copies.values() if len(pair) == 2]

    assert 0.15 < len(pairs) / len(copies) < 0.4
    assert all({pair[0].source, pair[1].source} == {"tiingo", "finnhub"} for pair in pairs)
    assert all(pair[0].tickers == pair[1].tickers for pair in pairs)
    assert all(timedelta(0) < abs(a.published_at - b.published_at) < timedelta(minutes=25) for a, b in pairs)
    assert any(a.headline != b.headline for a, b in pairs)


def test_no_source_runs_a_headline_twice_a_day() -> None:
    for source in FEEDS:
        found = everything(source, ["TSLA", "NVDA", "AAPL"], date(2025, 1, 1), 365)
        headlines = [(normalised(article.headline), article.published_at.date()) for article in found]

        assert len(set(headlines)) == len(headlines)


def test_some_stories_are_about_several_companies() -> None:
    found = both(SYMBOLS, date(2025, 6, 2), 5)
    several = [article for article in found if len({companies()[ticker].brand for ticker in article.tickers}) > 1]

    assert 10 < len(several) < len(found) / 2


def test_share_classes_share_their_stories() -> None:
    week = date(2025, 6, 2)

    assert both(["GOOG"], week, 7) == both(["GOOGL"], week, 7)


def test_much_is_written_about_great_names_and_a_little_about_all() -> None:
    counts = Counter(ticker for article in both(SYMBOLS, date(2025, 6, 2), 28) for ticker in article.tickers)

    assert set(counts) == set(SYMBOLS)
    assert min(counts["AAPL"], counts["TSLA"]) > 2 * statistics.median(counts.values())


def test_weekends_and_holidays_are_quiet() -> None:
    friday, saturday = (len(both(SYMBOLS, day, 1)) for day in (date(2025, 6, 6), date(2025, 6, 7)))

    assert 0 < saturday < friday / 2


def test_headlines_vary() -> None:
    headlines = [article.headline for article in everything("tiingo", ["AAPL"], date(2025, 1, 1), 365)]

    assert len(set(headlines)) > 0.9 * len(headlines) > 100


def month_of_moves() -> list[tuple[float, int, float]]:
    """Per large company and session: the day's return, how many articles, their mean sentiment."""
    rows = []
    for symbol in ("AAPL", "MSFT", "NVDA", "TSLA", "AMZN", "BA", "DIS", "JPM"):
        closes = {
            candle.start.date(): candle.close
            for candle in MARKET.prices("tiingo").candles(
                symbol, "D", datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 9, 1, tzinfo=UTC)
            )
        }
        for before, day in pairwise(closes):
            found = both([symbol], day, 1)
            scores = [article.sentiment for article in found if article.sentiment is not None]
            if scores:
                rows.append((closes[day] / closes[before] - 1, len(found), statistics.mean(scores)))
    return rows


def test_sentiment_leans_the_way_the_price_goes_without_always_agreeing() -> None:
    rows = month_of_moves()
    moves, _, scores = zip(*rows, strict=True)

    assert 0.4 < statistics.correlation(moves, scores) < 0.95
    assert any(move * score < 0 for move, _, score in rows)


def test_great_moves_are_written_about_more() -> None:
    rows = sorted(month_of_moves(), key=lambda row: abs(row[0]))
    quiet, loud = rows[: len(rows) // 4], rows[-len(rows) // 4 :]

    assert statistics.mean(row[1] for row in loud) > 1.4 * statistics.mean(row[1] for row in quiet)


def test_all_labels_occur() -> None:
    scores = [article.sentiment for article in both(SYMBOLS[::5], date(2025, 6, 2), 5) if article.sentiment is not None]
    shares = [sum(test) / len(scores) for test in ([s >= 0.33 for s in scores], [s <= -0.33 for s in scores])]

    assert all(0.05 < share < 0.6 for share in shares)


def test_a_story_about_the_days_move_appears_after_the_close_with_the_true_figure() -> None:
    seen = 0
    for article in everything("tiingo", ["TSLA", "NVDA"], date(2024, 1, 1), 366):
        figure = re.search(r"(\d+\.\d)%", article.headline)
        if "moves" in article.tags and figure:
            session = calendar.session_on(article.published_at.date())
            assert session is not None
            assert article.published_at > session.closes
            assert abs(_change(article.tickers[0], session) * 100) == pytest.approx(float(figure[1]), abs=0.051)
            seen += 1

    assert seen > 5


def _change(symbol: str, session: calendar.Session) -> float:
    quote = MARKET.prices("tiingo").quote(symbol, session.closes)
    assert quote is not None
    assert quote.previous_close is not None
    return quote.last / quote.previous_close - 1


@pytest.mark.parametrize("tickers", [[], ["ZZZZZ"], ["TWTR"]])
def test_there_is_no_news_about_symbols_that_do_not_trade(tickers: list[str]) -> None:
    assert both(tickers, date(2025, 6, 2), 5) == []


def test_years_that_are_not_played_have_no_news() -> None:
    assert both(["AAPL"], date(2014, 12, 1), 30) == []
    assert both(["AAPL"], date(2036, 1, 1), 30) == []


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        FEEDS["tiingo"].articles(["AAPL"], datetime(2025, 1, 1), datetime(2025, 1, 2))
