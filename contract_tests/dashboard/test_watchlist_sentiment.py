"""Sentiment of a watchlist: means by source over its days, how fresh they are, and for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.watchlists import (
    FLAT,
    PARTS,
    PATH,
    SOURCES,
    OneSource,
    Said,
    Source,
    ago,
    read,
    say,
    stage_with,
    trade,
    watch,
)
from handlers.assembly import assemble
from handlers.runtime.clock import FixedClock
from handlers.storage.progress import Progress
from handlers.storage.refreshes import Refreshes
from models.fields import RefreshOutcome
from tools import identities
from tools import stage as stages
from tools.stage import NOW, Stage

CONFIG = identities.CONFIGURATION


def test_a_source_is_the_mean_of_its_scores_over_the_days_of_the_watchlist() -> None:
    stage = stage_with([Said(7, 8000), Said(1, 2000), Said(0, 2000), Said(8, -9000)])
    page = read(stage, "sentiment")
    apple, microsoft = page["tickers"]

    # 0.8, 0.2 and 0.2: mean 0.4, variance 0.08. What was said eight days ago is too old.
    assert apple["sentiment"]["tiingo"] == {
        "score": 0.4,
        "label": "positive",
        "confidence": 0.96,
        "article_count": 3,
        "newest_day": str(ago(0)),
    }
    assert (page["start_date"], page["end_date"]) == (str(ago(7)), str(ago(0)))
    assert [apple["symbol"], microsoft["symbol"]] == ["AAPL", "MSFT"]
    assert set(microsoft["sentiment"].values()) == {None}


def test_together_sources_count_by_weight_among_those_that_spoke() -> None:
    said = [Said(0, 8000, "finnhub"), Said(0, 6000, "finnhub"), Said(3, -5000, "tiingo")]
    sentiment = read(stage_with(said), "sentiment")["tickers"][0]["sentiment"]

    # (0.40 * 0.7 - 0.25 * 0.5) / 0.65; the variance of 0.7 and -0.5 is 0.36.
    assert sentiment["aggregated"]["score"] == 0.2385
    assert sentiment["aggregated"]["confidence"] == 0.82
    assert sentiment["aggregated"]["article_count"] == 3
    assert sentiment["aggregated"]["newest_day"] == str(ago(0))
    assert [(sentiment[name]["article_count"], sentiment[name]["newest_day"]) for name in ("finnhub", "tiingo")] == [
        (2, str(ago(0))),
        (1, str(ago(3))),
    ]
    assert sentiment["our_model"] is None
    assert sentiment["tiingo"]["confidence"] is None


def test_the_days_are_those_that_the_owner_chose() -> None:
    stage = stage_with([Said(0, 1000), Said(30, 3000), Said(365, 5000)])
    scores = []
    for days in (1, 30, 365):
        watch(stage, timeframe_days=days)
        scores.append(read(stage, "sentiment", sources="tiingo")["tickers"][0]["sentiment"]["tiingo"]["score"])

    assert scores == [0.1, 0.2, 0.3]


def test_only_the_sources_that_are_asked_for_are_answered() -> None:
    stage = stage_with([Said(0, 1000)])
    sentiment = read(stage, "sentiment", sources="finnhub,tiingo,finnhub")["tickers"][0]["sentiment"]

    assert sorted(sentiment) == ["finnhub", "tiingo"]
    assert sentiment["finnhub"] is None
    assert broken(Client(stage).get(f"{PATH}/sentiment", sources="ours")) == [
        (["query", "sources", 0], "literal_error")
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.builds(Said, st.integers(0, 7), st.integers(-10_000, 10_000), st.sampled_from(SOURCES)),
        min_size=1,
        max_size=15,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_articles_arrive_changes_nothing(said: list[Said], order: st.DataObject) -> None:
    shuffled = said.copy()
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    assert read(stage_with(shuffled), "sentiment") == read(stage_with(said), "sentiment")


def test_nothing_collected_is_null_and_stale() -> None:
    page = read(stage_with(), "sentiment")

    assert [set(ticker["sentiment"].values()) for ticker in page["tickers"]] == [{None}, {None}]
    assert (page["last_updated"], page["next_refresh_at"], page["cache_status"]) == (None, None, "stale")


def test_an_article_is_fresh_for_five_minutes() -> None:
    clock = FixedClock(NOW - timedelta(hours=3))
    stage = stage_with([Said(0, 1000)], clock)
    watch(stage, tickers=["AAPL"])
    at_once = read(stage, "sentiment")
    clock.at += timedelta(seconds=299)
    later = read(stage, "sentiment")
    clock.at += timedelta(seconds=1)
    too_late = read(stage, "sentiment")

    assert at_once["last_updated"] == "2024-12-02T12:00:00Z"
    assert at_once["next_refresh_at"] == "2024-12-02T12:05:00Z"
    assert [page["cache_status"] for page in (at_once, later, too_late)] == ["fresh", "fresh", "stale"]


def test_collecting_without_finding_anything_keeps_it_fresh_if_all_tickers_were_asked_about() -> None:
    stage = stage_with()
    watched = ["AAPL", "MSFT", "NVDA"]
    Progress(stage.store).reached("tiingo", NOW, ["AAPL"], watched)
    one = read(stage, "sentiment")
    Progress(stage.store).reached("finnhub", NOW - timedelta(seconds=10), watched, watched)
    both = read(stage, "sentiment")

    assert (one["last_updated"], one["cache_status"]) == (None, "stale")
    assert (both["last_updated"], both["cache_status"]) == ("2024-12-02T14:59:50Z", "fresh")


def test_a_watchlist_is_as_fresh_as_the_ticker_that_has_waited_longest() -> None:
    stage = stage_with([Said(0, 1000), Said(2, 1000, ticker="MSFT")])
    Progress(stage.store).reached("tiingo", NOW, ["AAPL"], ["AAPL"])
    old = read(stage, "sentiment")
    watch(stage, tickers=["AAPL", "XOM"])
    unknown = read(stage, "sentiment")
    watch(stage, tickers=["AAPL"])
    fresh = read(stage, "sentiment")
    watch(stage, tickers=[])
    nothing = read(stage, "sentiment")

    assert (old["last_updated"], old["cache_status"]) == ("2024-11-30T12:00:00Z", "stale")
    assert (unknown["last_updated"], unknown["next_refresh_at"], unknown["cache_status"]) == (None, None, "stale")
    assert (fresh["last_updated"], fresh["cache_status"]) == ("2024-12-02T15:00:00Z", "fresh")
    assert (nothing["last_updated"], nothing["cache_status"]) == (None, "stale")


def test_an_article_that_is_dated_ahead_is_known_now_and_no_later() -> None:
    clock = FixedClock(NOW - timedelta(hours=4))
    stage = stage_with([Said(0, 1000)], clock)
    watch(stage, tickers=["AAPL"])

    assert read(stage, "sentiment")["last_updated"] == "2024-12-02T11:00:00Z"


def test_a_history_is_as_fresh_as_its_own_ticker() -> None:
    stage = stage_with([Said(2, 1000, ticker="MSFT")])
    Progress(stage.store).reached("tiingo", NOW, ["AAPL"], ["AAPL"])

    assert read(stage, "sentiment")["cache_status"] == "stale"
    assert read(stage, "sentiment/AAPL/history")["cache_status"] == "fresh"


@pytest.mark.parametrize("outcome", ["failed", "partial", "succeeded"])
def test_that_a_refresh_has_ended_makes_nothing_fresh_by_itself(outcome: RefreshOutcome) -> None:
    stage = stage_with()
    asked = Refreshes(stage.store).ask(CONFIG, ["AAPL", "MSFT"], "1", NOW)
    got = Client(stage).get(f"{PATH}/sentiment")
    started = Refreshes(stage.store).started(asked, NOW)
    assert started is not None
    Refreshes(stage.store).ended(started, outcome, NOW)
    after = read(stage, "sentiment")

    assert value(got)["cache_status"] == "refreshing"
    assert (after["last_updated"], after["cache_status"]) == (None, "stale")


@pytest.mark.parametrize("feed", ["recorded", "live"])
def test_answers_say_whether_their_news_and_prices_are_recorded(feed: str) -> None:
    stage = stage_with()
    for ticker in ("AAPL", "MSFT"):
        trade(stage.store, ticker, FLAT)
    stage.gates["dashboard"] = assemble(
        "dashboard", stages.settings(feed=feed), stage.clock, stage.chance, stage.store, OneSource(Source())
    )
    parts = [part for part in PARTS if part != "refresh/status"]

    assert {part: read(stage, part)["provenance"] for part in parts} == dict.fromkeys(parts, feed)


def test_what_is_said_today_is_seen_at_once_and_what_comes_late_after_a_minute() -> None:
    clock = FixedClock(NOW)
    stage = stage_with([Said(0, 1000), Said(1, 1000)], clock)

    def count() -> int:
        counted: int = read(stage, "sentiment")["tickers"][0]["sentiment"]["tiingo"]["article_count"]
        return counted

    first = count()
    say(stage, [Said(0, 1000)])
    today = count()
    say(stage, [Said(1, 1000)])
    clock.at += timedelta(seconds=59)
    late = count()
    clock.at += timedelta(seconds=1)

    assert (first, today, late, count()) == (2, 3, 3, 4)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("config_id", "caller", "status"),
    [
        (identities.MEMBER_CONFIGURATION, "anonymous", 404),
        (identities.CONFIGURATION, "other", 404),
        (identities.CONFIGURATION, "operator", 404),
        ("c0ffee99-1111-4222-8333-444455556666", "anonymous", 404),
        (identities.CONFIGURATION, "nobody", 401),
        (identities.CONFIGURATION, "revoked", 401),
        (identities.CONFIGURATION, "anonymous", 200),
    ],
)
def test_only_its_owner_finds_a_watchlist(part: str, config_id: str, caller: str, status: int) -> None:
    got = Client(stage_with(), caller).get(f"/api/v2/configurations/{config_id}/{part}")

    assert got.status == status
    assert status != 404 or value(got)["code"] == "CONFIGURATION_NOT_FOUND"


@pytest.mark.parametrize("part", [part for part in PARTS if part != "refresh/status"])
def test_an_answer_is_the_callers_alone_and_not_sent_twice(part: str) -> None:
    client = Client(Stage())
    got = client.get(f"{PATH}/{part}")
    again = client.call("GET", f"{PATH}/{part}", headers=(("If-None-Match", got.header("etag") or ""),))

    # Kept for 304 only: the watchlist may change by other paths, which no browser would know about.
    assert got.header("cache-control") == "private, no-cache"
    assert got.header("vary") == "Authorization, X-User-ID"
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("part", ["sentiment", "heatmap", "volatility", "correlation"])
def test_what_was_kept_of_an_answer_does_not_hold_once_the_watchlist_has_changed(part: str) -> None:
    stage = Stage()
    client = Client(stage)
    kept = client.get(f"{PATH}/{part}").header("etag") or ""
    watch(stage, tickers=["NVDA"])
    changed = client.call("GET", f"{PATH}/{part}", headers=(("If-None-Match", kept),))
    client.call("DELETE", PATH)
    deleted = client.call("GET", f"{PATH}/{part}", headers=(("If-None-Match", kept),))

    assert (changed.status, deleted.status) == (200, 404)


def test_every_link_of_a_watchlist_leads_somewhere() -> None:
    client = Client(Stage())

    assert {part: client.get(f"{PATH}/{part}").status for part in PARTS} == dict.fromkeys(PARTS, 200)
