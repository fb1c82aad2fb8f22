"""Both sources are collected at once; each story is stored once, whoever tells it in whatever minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.jobs.test_analyze_news import STORES, Narrow
from contract_tests.jobs.world import NOW, SCHEDULED, SaidNews, World, told
from contract_tests.logs import logged
from handlers.domain.articles import Article
from handlers.domain.headlines import story_key
from handlers.feeds.port import Paced
from handlers.jobs import _news, collect_news
from handlers.jobs._analysis import STUCK
from handlers.jobs._news import LOOK_BACK, OVERLAP
from handlers.jobs.running import Answer, Invocation, Run, perform
from handlers.storage.articles import Articles, article_key
from handlers.storage.configurations import Configurations
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.items import Item, StoreUnavailable, Value
from handlers.storage.progress import Progress
from handlers.storage.sqlite import SqliteStore
from handlers.storage.stories import AT_ONCE, TOGETHER, Pending, Stories
from models.fields import NewsSource

HEADLINES = ("Apple shares soar", "Apple shares, soar!", "APPLE  shares soar", "Apple slips", "Apple slips again")


def watching() -> World:
    world = World()
    world.watch("AAPL", "MSFT")
    return world


def waiting(world: World) -> list[Pending]:
    """What is collected and not judged."""
    return Stories(world.store).pending(world.clock.now() + STUCK, STUCK, 1000)


def rejected(world: World) -> list[tuple[str, str]]:
    return [(letter.reason, letter.identifier) for letter in DeadLetters(world.store).of("collect_news")]


def stored(world: World, article_id: str) -> dict[str, Any]:
    item = world.store.get(article_key(article_id))
    assert item is not None
    return item


def test_both_sources_are_asked_for_what_all_watchlists_watch() -> None:
    world = watching()
    world.watch("XOM", "AAPL", user_id="another", config_id="another")
    answer = world.collect()

    assert answer["status"] == "done"
    asked = {source: feed.asked for source, feed in world.said.told.items()}
    once = [(("AAPL", "MSFT", "XOM"), NOW - LOOK_BACK, NOW)]
    assert asked == {"tiingo": once, "finnhub": once}


def test_a_story_of_both_sources_is_one_article_whatever_the_minute() -> None:
    world = watching()
    first = told("tiingo-1", "Apple Shares Soar – again", minutes_ago=90)
    second = told("finnhub-9", "apple shares soar, again!", "finnhub", minutes_ago=3, tickers=("AAPL", "MSFT"))
    answer = world.collect(first, second)

    assert answer["counts"] == {
        "ArticlesFetched": 2,
        "ArticlesMerged": 1,
        "ArticlesNew": 1,
        "ArticlesRejected": 0,
        "MessagesNotTaken": 0,
    }
    article = stored(world, "tiingo-1")
    assert article["tickers"] == ["AAPL", "MSFT"]
    assert {source: told["article_id"] for source, told in article["attribution"].items()} == {
        "tiingo": "tiingo-1",
        "finnhub": "finnhub-9",
    }
    assert article["attribution"]["finnhub"]["headline"] == "apple shares soar, again!"
    assert Articles(world.store).get("finnhub-9") is None


def test_the_same_headline_on_another_day_is_another_story() -> None:
    world = watching()
    world.collect(told("tiingo-1", minutes_ago=5), told("tiingo-2", minutes_ago=5 + 24 * 60))

    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1", "tiingo-2"]


def test_collecting_again_finds_nothing_new() -> None:
    world = watching()
    said = [told("tiingo-1"), told("finnhub-9", source="finnhub"), told("tiingo-2", "Apple slips")]
    world.collect(*said)
    world.analyze()
    answer = world.collect(*said)

    assert answer["counts"]["ArticlesKnown"] == 3
    assert "ArticlesNew" not in answer["counts"]
    assert world.analyze() == 0


def test_a_new_ticker_of_a_known_article_is_judged_as_well() -> None:
    world = watching()
    world.collect(told("tiingo-1"))
    world.analyze()
    world.clock.sleep(60)
    answer = world.collect(told("tiingo-1", tickers=("AAPL", "MSFT")))
    world.analyze()

    assert answer["counts"]["ArticlesMerged"] == 1
    assert [bucket.count for bucket in world.buckets("AAPL") + world.buckets("MSFT")] == [1, 1]
    assert world.buckets("AAPL")[0].sum == world.buckets("MSFT")[0].sum
    assert waiting(world) == []


def test_a_ticker_that_the_second_source_adds_later_is_judged_as_well() -> None:
    world = watching()
    world.collect(told("tiingo-1"))
    world.analyze()
    world.collect(told("finnhub-9", source="finnhub", tickers=("MSFT",)))
    world.analyze()
    world.collect(told("finnhub-9", source="finnhub", tickers=("MSFT",)))

    assert [bucket.count for bucket in world.buckets("AAPL") + world.buckets("MSFT")] == [1, 1]
    assert [article.article_id for article in Articles(world.store).about(["MSFT"], 5)[0]] == ["tiingo-1"]
    assert world.analyze() == 0


def test_a_source_that_does_not_answer_leaves_the_other_alone() -> None:
    world = watching()
    world.said.told["tiingo"].fails = True
    with logged() as lines:
        answer = world.collect(told("finnhub-9", source="finnhub"))

    assert answer["status"] == "partial"
    assert answer["failures"] == [{"item": "tiingo", "reason": "tiingo: does not answer"}]
    assert [each.work.article_id for each in waiting(world)] == ["finnhub-9"]
    assert lines.lines("ERROR") == []


def test_a_run_looks_back_to_the_last_one_that_worked() -> None:
    world = watching()
    world.collect()
    world.clock.sleep(300)
    world.said.told["tiingo"].fails = True
    world.collect()
    world.clock.sleep(300)
    world.said.told["tiingo"].fails = False
    world.collect()

    now = NOW + timedelta(seconds=600)
    everything = ("AAPL", "MSFT")
    assert world.said.told["tiingo"].asked[-1] == (everything, NOW - OVERLAP, now)
    assert world.said.told["finnhub"].asked[-1] == (everything, NOW + timedelta(seconds=300) - OVERLAP, now)


def test_a_run_never_looks_back_further_than_a_week() -> None:
    world = watching()
    world.collect()
    world.clock.sleep(timedelta(days=20).total_seconds())
    world.collect()

    assert world.said.told["tiingo"].asked[-1][1] == world.clock.now() - LOOK_BACK


def test_a_ticker_that_is_newly_watched_is_asked_for_the_whole_week() -> None:
    world = watching()
    world.collect()
    world.watch("XOM", config_id="another")
    world.clock.sleep(301)
    world.collect()

    now = world.clock.now()
    assert world.said.told["tiingo"].asked[1:] == [
        (("XOM",), now - LOOK_BACK, now),
        (("AAPL", "MSFT"), NOW - OVERLAP, now),
    ]


def test_what_was_told_before_a_source_failed_is_kept_and_the_others_come_first_the_next_time() -> None:
    world = watching()
    tiingo = world.said.told["tiingo"]
    tiingo.tickers_a_call, tiingo.chokes_on = 1, "AAPL"
    answer = world.collect(told("tiingo-1", tickers=("MSFT",)))
    before = len(tiingo.asked)
    world.clock.sleep(300)
    tiingo.chokes_on = ""
    world.collect()

    now = NOW + timedelta(seconds=300)
    assert (answer["status"], answer["outcomes"]) == ("done", {"collected": 1, "partly": 1})
    assert answer["counts"]["TickersLeft"] == 1
    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1"]
    assert tiingo.asked[before:] == [(("AAPL",), now - LOOK_BACK, now), (("MSFT",), NOW - OVERLAP, now)]


def test_a_ticker_that_a_source_always_chokes_on_keeps_no_other_from_it() -> None:
    world = watching()
    tiingo = world.said.told["tiingo"]
    tiingo.tickers_a_call, tiingo.chokes_on = 1, "AAPL"
    for _ in range(3):
        world.collect()
        world.clock.sleep(300)

    asked = [since for (ticker,), since, _ in tiingo.asked if ticker == "MSFT"]
    assert asked == [NOW - LOOK_BACK, NOW - OVERLAP, NOW + timedelta(seconds=300) - OVERLAP]


SHORTEST = collect_news.JOB.margin_seconds + _news.CALL_SECONDS + _news.STORING_SECONDS
"""Seconds that a function needs at least to ask anything."""


class Killed(BaseException):
    """What ends a process; nobody catches it."""


@dataclass
class SlowNews(SaidNews):
    """Answers a second later, and to the deadly question never."""

    world: World | None = None
    deadly: int = 0

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        assert self.world is not None
        self.world.clock.sleep(1)
        if len(self.asked) + 1 == self.deadly:
            raise Killed
        return super().articles(tickers, start, until)

    @property
    def named(self) -> list[str]:
        return [ticker for (ticker,), _, _ in self.asked]


def slow(world: World, source: NewsSource) -> SlowNews:
    world.said.told[source] = found = SlowNews(source, tickers_a_call=1, world=world)
    return found


def watching_many(count: int) -> World:
    world = World()
    found = [each.symbol for each in world.feeds.listings.all()][:count]
    for first in range(0, count, 5):
        world.watch(*found[first : first + 5], user_id=f"user-{first}", config_id=f"watchlist-{first}")
    return world


def hurried(world: World, seconds: float) -> Answer:
    """What collecting answers in a function that has so much time; the next run is five minutes later."""
    end = world.clock.now() + timedelta(seconds=seconds)
    left = Invocation("request-1", "trace-1", lambda: (end - world.clock.now()).total_seconds())
    answer = perform(collect_news.JOB, dict(SCHEDULED), world.backend, left)
    world.clock.sleep(300)
    return answer


def test_where_time_does_not_suffice_what_was_told_is_kept_and_the_next_run_goes_on() -> None:
    world = watching_many(50)
    finnhub = slow(world, "finnhub")
    world.said.say(told("tiingo-1"), told("finnhub-1", "Apple slips", source="finnhub"))
    answers = [hurried(world, SHORTEST + 19.5) for _ in range(3)]

    # One second after another, until less is left than a call may take.
    assert [answer["counts"]["TickersLeft"] for answer in answers] == [30, 30, 30]
    assert [answer["outcomes"] for answer in answers] == [{"collected": 1, "partly": 1}] * 3
    assert set(finnhub.named[:20]).isdisjoint(finnhub.named[20:40])
    assert len({*finnhub.named}) == 50
    assert sorted(each.work.article_id for each in waiting(world)) == ["finnhub-1", "tiingo-1"]


@dataclass
class MeetingNews(SaidNews):
    """Answers when the other one is asked as well."""

    other: Barrier = field(default_factory=lambda: Barrier(1))

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        self.other.wait(timeout=10)
        return super().articles(tickers, start, until)


def test_both_sources_are_asked_at_the_same_time() -> None:
    world, both = watching(), Barrier(2)
    for source in world.said.told:
        world.said.told[source] = MeetingNews(source, other=both)

    assert world.collect()["outcomes"] == {"collected": 2}


def test_who_dies_in_the_middle_loses_one_call() -> None:
    world = watching_many(5)
    tiingo = slow(world, "tiingo")
    tiingo.deadly = 4
    world.said.say(told("tiingo-1"))
    with pytest.raises(Killed):
        hurried(world, 600)
    tiingo.deadly = 0
    before = tiingo.named
    hurried(world, 600)

    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1"]
    assert set(tiingo.named[3:5]).isdisjoint(before)
    assert tiingo.named[5:8] == before


def test_who_collects_for_some_leaves_how_far_the_rest_was_collected_as_it_is() -> None:
    world = watching()
    before = NOW - timedelta(hours=1)
    Progress(world.store).reached("tiingo", before, ["MSFT", "XOM"], ["MSFT", "XOM"])
    run = Run(world.backend, "trial", "trace", "request")
    found = _news.gathered("tiingo", _news.answers("tiingo", ["AAPL", "MSFT"], run), run)

    assert (set(found.tickers), found.failure) == ({"AAPL", "MSFT"}, None)
    assert Progress(world.store).of("tiingo").untils == {"AAPL": NOW, "MSFT": NOW, "XOM": before}


class Broken(SaidNews):
    """A source whose answer about AAPL is nothing that anybody has thought of."""

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        if "AAPL" in tickers:
            raise AssertionError("unknown status keyword")
        return super().articles(tickers, start, until)


def test_an_answer_that_breaks_us_keeps_nobody_else_from_being_collected() -> None:
    world = watching()
    world.said.told["tiingo"] = Broken("tiingo", tickers_a_call=1)
    with logged() as lines:
        answer = world.collect(told("tiingo-1", tickers=("MSFT",)))

    assert (answer["outcomes"], answer["counts"]["TickersLeft"]) == ({"collected": 1, "partly": 1}, 1)
    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1"]
    assert "Traceback" in lines.lines("ERROR")[0]["exception"]


def test_watched_tickers_are_remembered_for_five_minutes_but_never_that_there_are_none() -> None:
    world = World()
    assert world.collect()["items"] == 0

    world.watch("AAPL")
    assert world.collect()["items"] == 2
    Configurations(world.store).delete("somebody", "watchlist", NOW)
    world.clock.sleep(299)
    assert world.collect()["items"] == 2
    world.clock.sleep(1)
    assert world.collect()["items"] == 0


def test_changing_a_watchlist_changes_what_is_collected() -> None:
    world = World()
    world.watch("AAPL", "MSFT")
    changed: list[Value] = [
        {"symbol": s, "name": s, "exchange": "NASDAQ", "added_at": "2024-12-02T15:00:00.000000Z"}
        for s in ("MSFT", "XOM")
    ]
    Configurations(world.store).change("somebody", "watchlist", {"tickers": changed}, NOW)
    world.collect()

    assert world.said.told["tiingo"].asked[0][0] == ("MSFT", "XOM")


MARKUP = "<p>Apple <b>beats</b></p><script>alert('x')</script> &amp; raises\x00 its\u202e outlook"


def test_markup_and_control_characters_are_not_stored() -> None:
    world = watching()
    world.collect(
        told("tiingo-1", MARKUP, description=MARKUP * 2, tags=("<i>Tech</i>", "tech", ""), url="javascript:alert(1)")
    )

    article = Articles(world.store).get("tiingo-1")
    assert article is not None
    assert article.headline == "Apple beats & raises its outlook"
    assert "<" not in article.description
    assert (article.tags, article.url) == (("tech",), "")


@pytest.mark.parametrize("where", ["headline", "description", "source_name"])
@pytest.mark.parametrize("markup", ["Apple <![foo bar]]> soars", "Apple <![if x", "Apple &#" + "9" * 5000])
def test_markup_that_parsers_choke_on_harms_neither_its_article_nor_another(where: str, markup: str) -> None:
    world = watching()
    marked: dict[str, Any] = {where: markup}
    answer = world.collect(replace(told("tiingo-1"), **marked), told("tiingo-2", "Apple slips"))

    assert answer["outcomes"] == {"collected": 2}
    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1", "tiingo-2"]
    assert rejected(world) == []


@pytest.mark.parametrize("change", [{"headline": 7}, {"tickers": 7}, {"tags": 7}, {"sentiment": "good"}, {"url": 7}])
def test_an_article_that_breaks_us_is_a_dead_letter_and_harms_no_other(change: dict[str, Any]) -> None:
    world = watching()
    bad = replace(told("tiingo-bad", "Something else"), **change)
    answer = world.collect(told("tiingo-1"), bad, told("tiingo-2", "Apple slips"))

    assert answer["outcomes"] == {"collected": 2}
    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1", "tiingo-2"]
    assert rejected(world) == [("not_readable", "tiingo-bad")]


def test_a_megabyte_of_text_is_cut() -> None:
    world = watching()
    world.collect(told("tiingo-1", "x" * 1_000_000, description="<div>" * 200_000 + "y" * 1_000_000))
    world.collect(told("tiingo-2", "word " * 200_000, description="y" * 1_000_000))
    world.analyze()

    article = Articles(world.store).get("tiingo-2")
    assert article is not None
    assert (len(article.headline), len(article.description)) == (499, 2000)
    assert waiting(world) == []


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("no_title", {"headline": ""}),
        ("no_title", {"headline": " <b></b>\x00 "}),
        ("no_title", {"headline": None}),
        ("no_date", {"published_at": None}),
        ("no_date", {"published_at": datetime(2024, 12, 2, 14)}),
        ("too_old", {"published_at": NOW.replace(year=1970)}),
        ("too_old", {"published_at": NOW - timedelta(days=30)}),
        ("in_the_future", {"published_at": NOW + timedelta(minutes=11)}),
        ("in_the_future", {"published_at": NOW.replace(year=2999)}),
        ("no_tickers", {"tickers": ()}),
        ("no_tickers", {"tickers": None}),
        ("unknown_tickers", {"tickers": ("ZZZZZ", "not a ticker", "")}),
        ("no_id", {"article_id": ""}),
        ("no_id", {"article_id": "x" * 129}),
        ("no_id", {"article_id": "line\nbreak"}),
    ],
)
def test_an_article_that_cannot_be_taken_is_a_dead_letter_and_harms_no_other(
    reason: str, change: dict[str, Any]
) -> None:
    world = watching()
    bad = replace(told("tiingo-bad", "Something else"), **change)
    answer = world.collect(told("tiingo-1"), bad, told("tiingo-2", "Apple slips"))

    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1", "tiingo-2"]
    assert [found for found, _ in rejected(world)] == [reason]
    assert answer["counts"]["ArticlesRejected"] == 1
    assert answer["outcomes"] == {"collected": 2}


def test_an_article_that_is_refused_in_every_run_is_one_dead_letter_and_calls_nobody() -> None:
    world = watching()
    bad = told("tiingo-bad", "")
    with logged() as lines:
        counts = [world.collect(bad)["counts"] for _ in range(3)]

    assert rejected(world) == [("no_title", "tiingo-bad")]
    assert [each.get("DeadLetters", 0) for each in counts] == [1, 0, 0]
    assert [line["message"] for line in lines.lines("WARNING")] == ["dead letter"]
    assert lines.lines("ERROR") == []


def test_unknown_tickers_beside_known_ones_are_left_out() -> None:
    world = watching()
    world.collect(told("tiingo-1", tickers=("ZZZZZ", "aapl", "AAPL", " msft ")))

    assert stored(world, "tiingo-1")["tickers"] == ["AAPL", "MSFT"]


def test_a_clock_that_is_a_little_ahead_is_no_reason_to_refuse() -> None:
    world = watching()
    world.collect(told("tiingo-1", minutes_ago=-9))
    world.analyze()

    assert [bucket.count for bucket in world.buckets("AAPL", "24h")] == [1]


def test_an_id_that_comes_twice_in_one_answer_is_stored_once() -> None:
    world = watching()
    world.collect(told("tiingo-1"), told("tiingo-1", "Another headline of the same article"))
    world.analyze()

    assert [bucket.count for bucket in world.buckets("AAPL")] == [1]


def test_an_opinion_that_is_no_score_is_none() -> None:
    world = watching()
    world.collect(told("tiingo-1", sentiment=float("nan")), told("tiingo-2", "Apple slips", sentiment=7.0))
    world.analyze()

    assert [bucket.count for bucket in world.buckets("AAPL")] == [2]


def test_the_trace_of_a_run_is_written_with_the_article() -> None:
    world = watching()
    world.said.say(told("tiingo-1"))
    perform(collect_news.JOB, dict(SCHEDULED), world.backend, Invocation("request-1", "1-a-b"))

    assert stored(world, "tiingo-1")["trace_id"] == "1-a-b"
    (message,) = world.queue.receive(10)
    assert '"trace_id":"1-a-b"' in message.text


class Deaf(SqliteStore):
    """A store whose queue takes nothing."""

    def put_many(self, table: str, items: Any) -> None:
        if table == "queues":
            raise StoreUnavailable("throttled")
        super().put_many(table, items)


def test_what_the_queue_does_not_take_is_stored_nevertheless() -> None:
    world = World(Deaf(":memory:", World().clock))
    world.watch("AAPL")
    answer = world.collect(told("tiingo-1"))

    assert answer["counts"]["MessagesNotTaken"] == 1
    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1"]


class Dying(SqliteStore):
    """A store that is throttled at the n-th transaction."""

    left = 1_000_000

    def _live(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise StoreUnavailable("throttled")

    def transact(self, writes: Any) -> None:
        self._live()
        super().transact(writes)

    def rewrite(self, keys: Any, change: Any) -> None:
        self._live()
        super().rewrite(keys, change)


@pytest.mark.parametrize(("store_of", "at_once"), [(lambda store: store, TOGETHER), (Narrow, AT_ONCE)])
def test_a_store_that_throttles_half_way_loses_nothing(store_of: Callable[[Any], Any], at_once: int) -> None:
    dying = Dying(":memory:", World().clock)
    world = World(store_of(dying))
    world.watch("AAPL")
    said = [told(f"tiingo-{n}", f"Apple story {n}") for n in range(at_once + 10)]
    dying.left = 1
    assert world.collect(*said)["outcomes"] == {"failed": 2}
    assert len(waiting(world)) == at_once

    dying.left = 1_000_000
    assert world.collect(*said)["outcomes"] == {"collected": 2}
    assert len(waiting(world)) == at_once + 10
    assert world.said.told["tiingo"].asked[-1][1] == NOW - LOOK_BACK


class Overtaken(SqliteStore):
    """A store in which another collector tells its stories each time somebody has read what there is."""

    rivals: Sequence[Article] = ()

    def get_many(self, keys: Any) -> list[Item | None]:
        found = super().get_many(keys)
        if self.rivals:
            rivals, self.rivals = self.rivals, ()
            Stories(self).collect(rivals, NOW, "rival")
        return found


def test_a_collector_that_is_overtaken_merges_into_what_the_other_stored() -> None:
    overtaken = Overtaken(":memory:", World().clock)
    overtaken.rivals = [told("tiingo-1"), told("tiingo-2", "Apple slips")]
    world = World(Narrow(overtaken))
    said = [told("finnhub-9", source="finnhub", sentiment=0.5), told("tiingo-2", "Apple slips", tickers=("MSFT",))]
    found = Stories(world.store).collect([*said, told("tiingo-3", "Apple opens a shop")], NOW, "trace")

    assert [each.outcome for each in found] == ["merged", "merged", "new"]
    assert [each.work.article_id for each in waiting(world)] == ["tiingo-1", "tiingo-2", "tiingo-3"]
    assert set(stored(world, "tiingo-1")["attribution"]) == {"tiingo", "finnhub"}
    assert stored(world, "tiingo-2")["waiting"] == ["AAPL", "MSFT"]


def test_a_collector_that_is_overtaken_while_it_merges_loses_nothing_of_the_other() -> None:
    overtaken = Overtaken(":memory:", World().clock)
    world = World(Narrow(overtaken))
    Stories(world.store).collect([told("tiingo-1")], NOW, "trace")
    overtaken.rivals = [told("finnhub-9", source="finnhub", sentiment=0.5)]
    Stories(world.store).collect([told("tiingo-1", tickers=("MSFT",))], NOW, "trace")

    assert set(stored(world, "tiingo-1")["attribution"]) == {"tiingo", "finnhub"}
    assert stored(world, "tiingo-1")["waiting"] == ["AAPL", "MSFT"]


@pytest.mark.parametrize("store_of", STORES)
def test_two_articles_of_one_run_merge_into_a_third(store_of: Callable[[Any], Any]) -> None:
    world = World(store_of(SqliteStore(":memory:", World().clock)))
    Stories(world.store).collect([told("tiingo-1"), told("finnhub-9", source="finnhub")], NOW, "trace")
    renamed = told("finnhub-9", "Apple soars", "finnhub", tickers=("MSFT",))
    copied = told("finnhub-8", source="finnhub", tickers=("XOM",))
    found = Stories(world.store).collect([renamed, copied], NOW, "trace")

    assert [each.outcome for each in found] == ["merged", "merged"]
    assert stored(world, "tiingo-1")["waiting"] == ["AAPL", "MSFT", "XOM"]


articles = st.builds(
    lambda n, headline, source, minutes, tickers: told(f"{source}-{n}", headline, source, minutes, tickers),
    st.integers(0, 5),
    st.sampled_from(HEADLINES),
    st.sampled_from(["tiingo", "finnhub"]),
    st.integers(0, 1500),
    st.lists(st.sampled_from(["AAPL", "MSFT", "XOM"]), min_size=1, max_size=3, unique=True),
)
said = st.lists(articles, max_size=10, unique_by=lambda article: article.article_id)


@pytest.mark.parametrize("store_of", STORES)
@settings(max_examples=40, deadline=None)
@given(said, st.randoms(use_true_random=False), st.integers(1, 4))
def test_in_any_order_and_in_any_parts_the_same_stories_are_stored_with_the_same_tickers(
    store_of: Callable[[Any], Any], told_articles: list[Article], order: Any, parts: int
) -> None:
    def stories(deliver: Callable[[World], object]) -> dict[str, set[str]]:
        world = World(store_of(SqliteStore(":memory:", World().clock)))
        world.watch("AAPL", "MSFT")
        deliver(world)
        found = [stored(world, each.work.article_id) for each in waiting(world)]
        return {key_of(each): set(each["tickers"]) for each in found}

    def in_parts(world: World) -> None:
        shuffled = [*told_articles, *told_articles[::2]]
        order.shuffle(shuffled)
        for part in range(parts):
            world.collect(*shuffled[part::parts])

    expected: dict[str, set[str]] = {}
    for article in told_articles:
        expected.setdefault(story_key(article.headline, article.published_at), set()).update(article.tickers)

    assert stories(lambda world: world.collect(*told_articles)) == expected
    assert stories(in_parts) == expected


def key_of(item: Item) -> str:
    return story_key(str(item["headline"]), datetime.fromisoformat(str(item["published_at"])))


def test_of_two_copies_in_one_run_the_same_one_is_always_the_first() -> None:
    firsts = set()
    for _ in range(5):
        world = watching()
        world.collect(told("finnhub-9", source="finnhub", minutes_ago=60), told("tiingo-1", minutes_ago=1))
        firsts |= {each.work.article_id for each in waiting(world)}

    assert firsts == {"tiingo-1"}


class PacedNews(SaidNews):
    """Has no turn yet."""

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        raise Paced(self.source, 600, "its next turn is yet to come", counts=False)


def test_a_source_whose_turn_is_yet_to_come_waits_and_has_not_failed() -> None:
    world = watching()
    world.said.told["tiingo"] = PacedNews("tiingo")
    answer = world.collect()

    assert (answer["status"], answer["outcomes"], answer["failures"]) == ("done", {"collected": 1, "waits": 1}, [])
