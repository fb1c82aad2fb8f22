"""Each article changes each of its tickers' buckets once, by what it says, in whatever order and however often it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.jobs.world import NOW, World, records, told
from contract_tests.logs import logged
from contract_tests.storage.world import python
from handlers.domain.articles import Article
from handlers.domain.buckets import RESOLUTIONS, aggregate, to_units
from handlers.domain.labels import label_of
from handlers.domain.scoring import Lexicon, text_of
from handlers.jobs import analyze_news
from handlers.jobs._analysis import QUEUE, WORKS_PER_MESSAGE
from handlers.jobs.running import Answer, perform
from handlers.runtime.chance import CountedChance
from handlers.storage.analyses import Analyses, Judgement
from handlers.storage.articles import Articles, article_key
from handlers.storage.days import Days
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.items import Store, StoreUnavailable
from handlers.storage.journal import Journal
from handlers.storage.queues import open_queue
from handlers.storage.sqlite import SqliteStore
from handlers.storage.stories import Stories

SCORER = Lexicon()
GOOD, BAD = "Apple shares soar after record quarter", "Apple shares plunge after fraud probe"
law = settings(max_examples=20, deadline=None)


def watching() -> World:
    world = World()
    world.watch("AAPL", "MSFT")
    return world


def score_of(article: Article) -> float:
    return SCORER.score(text_of(article.headline, article.description))


def mark_of(world: World, article_id: str = "tiingo-1") -> dict[str, Any]:
    item = world.store.get(article_key(article_id))
    assert item is not None
    return item


def dead(world: World) -> list[tuple[str, str]]:
    return [(letter.reason, letter.identifier) for letter in DeadLetters(world.store).of("analyze_news")]


def entry_of(article: Article, **more: Any) -> dict[str, Any]:
    """What a message says of an article that is collected."""
    published = article.published_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {
        "article_id": article.article_id,
        "published_at": published,
        "tickers": list(article.tickers),
        "opinions": [],
        **more,
    }


def test_an_article_is_judged_by_what_it_says() -> None:
    world = watching()
    good, bad = told("tiingo-1", GOOD), told("tiingo-2", BAD)
    world.collect(good, bad)
    world.analyze()

    assert score_of(good) > 0.33
    assert score_of(bad) < -0.33
    for article in (good, bad):
        mark = mark_of(world, article.article_id)
        assert (mark["score"], mark["sentiment"]) == (score_of(article), label_of(score_of(article)))
        assert mark["model"] == SCORER.model
    (bucket,) = world.buckets("AAPL")
    assert bucket.sum == to_units(score_of(good)) + to_units(score_of(bad))
    assert bucket.label_counts == {"positive": 1, "negative": 1}
    assert bucket.sources == ("our_model",)


def test_an_article_comes_to_the_lists_when_it_is_judged() -> None:
    world = watching()
    world.collect(told("tiingo-1", tickers=("AAPL", "MSFT")))
    before = Articles(world.store).tagged(["technology"], 5)[0]
    world.analyze()

    assert before == []
    for found in (Articles(world.store).tagged(["technology"], 5), Articles(world.store).about(["MSFT"], 5)):
        assert [article.article_id for article in found[0]] == ["tiingo-1"]
    assert [mention.label for mention in Articles(world.store).mentions(NOW.replace(hour=0), NOW)] == ["positive"]


def test_a_redelivered_message_changes_nothing() -> None:
    world = watching()
    article = told("tiingo-1", tickers=("AAPL", "MSFT"))
    world.collect(article)
    world.analyze()
    before = world.everything(["AAPL", "MSFT"]), mark_of(world)
    answer = perform(analyze_news.JOB, records([{"articles": [entry_of(article)]}] * 3, received=2), world.backend)

    assert answer == {"batchItemFailures": []}
    assert (world.everything(["AAPL", "MSFT"]), mark_of(world)) == before


def test_what_is_counted_is_in_the_journal_that_streams_follow() -> None:
    world = watching()
    world.collect(told("tiingo-1", tickers=("AAPL", "MSFT")))
    world.clock.sleep(7)
    world.analyze()

    entries = list(Journal(world.store).between(NOW, world.clock.now()))
    assert sorted((entry.ticker, entry.stored_at) for entry in entries) == [
        ("AAPL", world.clock.now()),
        ("MSFT", world.clock.now()),
    ]


def test_what_a_source_says_itself_counts_in_its_day_and_in_no_bucket() -> None:
    world = watching()
    first = told("tiingo-1", sentiment=0.5)
    world.collect(first, told("finnhub-9", source="finnhub", sentiment=-0.25))
    world.analyze()

    today = NOW.date()
    means = {name: [day.mean for day in Days(world.store).of_source("AAPL", name, today, today)]
             for name in ("tiingo", "finnhub", "our_model")}  # fmt: skip
    assert means == {"tiingo": [0.5], "finnhub": [-0.25], "our_model": [score_of(first)]}
    assert [bucket.count for bucket in world.buckets("AAPL")] == [1]


def test_an_opinion_that_comes_later_is_counted_once() -> None:
    world = watching()
    world.collect(told("tiingo-1", sentiment=0.5))
    (early,) = world.queue.receive(1)
    second = told("finnhub-9", source="finnhub", sentiment=-0.25)
    world.collect(second)
    # The message that was sent before the second source spoke is delivered after it did.
    perform(analyze_news.JOB, records([early.text]), world.backend)
    world.analyze()
    perform(analyze_news.JOB, records([early.text]), world.backend)
    world.collect(second)
    world.analyze()

    today = NOW.date()
    for name in ("tiingo", "finnhub", "our_model"):
        assert [day.count for day in Days(world.store).of_source("AAPL", name, today, today)] == [1]
    assert Stories(world.store).pending(NOW.replace(year=2025), NOW - NOW, 10) == []


@pytest.mark.parametrize(
    "broken",
    [
        7,
        None,
        [],
        {},
        {"article_id": ""},
        {"article_id": "x" * 200},
        {"tickers": "AAPL"},
        {"tickers": []},
        {"tickers": [7]},
        {"tickers": ["X" * 50]},
        {"opinions": None},
        {"published_at": "yesterday"},
        {"published_at": 7},
        {"published_at": "9999-12-31T23:59:59Z"},
        {"published_at": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_an_entry_that_cannot_be_read_is_a_dead_letter_and_the_rest_of_its_message_is_judged(broken: Any) -> None:
    world = watching()
    article = told("tiingo-1")
    world.collect(article)
    good = entry_of(article)
    entry = {**good, **broken} if isinstance(broken, dict) and broken else broken
    answer = perform(analyze_news.JOB, records([{"articles": [entry, good]}]), world.backend)

    assert answer == {"batchItemFailures": []}
    assert [reason for reason, _ in dead(world)] == ["wrong_shape"]
    assert [bucket.count for bucket in world.buckets("AAPL")] == [1]


def test_the_line_of_a_message_names_it_and_its_first_article() -> None:
    world = watching()
    world.collect(told("tiingo-1"))
    with logged() as lines:
        perform(
            analyze_news.JOB, records([{"articles": [entry_of(told("tiingo-1"))]}, {"articles": [7]}]), world.backend
        )

    found = [(line["message_id"], line["item"], line["articles"]) for line in lines.lines("INFO") if "item" in line]
    assert found == [("m-0", "tiingo-1", 1), ("m-1", "no id", 0)]


def test_half_a_batch_that_is_no_json_harms_the_other_half_not() -> None:
    world = watching()
    said = [told(f"tiingo-{n}", f"{GOOD} {n}") for n in range(5)]
    world.collect(*said)
    bodies: list[object] = [{"articles": [entry_of(article)]} for article in said]
    spoilt = ["", "{", "null", '"text"', '{"articles": {}}']
    answer = perform(
        analyze_news.JOB, records([each for pair in zip(bodies, spoilt, strict=True) for each in pair]), world.backend
    )

    assert answer == {"batchItemFailures": []}
    assert sorted(dead(world)) == [
        ("not_json", "m-1"),
        ("not_json", "m-3"),
        ("wrong_shape", "m-5"),
        ("wrong_shape", "m-7"),
        ("wrong_shape", "m-9"),
    ]
    assert [bucket.count for bucket in world.buckets("AAPL")] == [5]


def test_an_article_that_is_not_stored_is_skipped() -> None:
    world = watching()
    answer = perform(analyze_news.JOB, {"items": [{"articles": [entry_of(told("tiingo-0"))]}]}, world.backend)

    assert answer["counts"] == {"TickersGone": 1}
    assert world.everything(["AAPL"]) == []


def test_a_message_that_gives_another_date_changes_no_bucket() -> None:
    world = watching()
    article = told("tiingo-1")
    world.collect(article)
    other = entry_of(replace(article, published_at=article.published_at.replace(day=1)))
    perform(analyze_news.JOB, {"items": [{"articles": [other]}]}, world.backend)

    assert world.everything(["AAPL"]) == []
    assert mark_of(world)["waiting"] == ["AAPL"]


class Moody:
    """A scorer that cannot judge some articles."""

    model = "moody-1"

    def score(self, text: str) -> float:
        if "unspeakable" in text:
            raise RuntimeError("no words")
        return float("nan") if "infinite" in text else 0.5


@pytest.mark.parametrize("word", ["unspeakable", "infinite"])
def test_an_article_that_cannot_be_judged_is_a_dead_letter_and_the_rest_is_judged(word: str) -> None:
    world = watching()
    said = [told("tiingo-1", f"An {word} story"), told("tiingo-2", "A story")]
    world.collect(*said)
    job = replace(analyze_news.JOB, do=lambda entries, run: analyze_news.analyzed(entries, run, Moody()))
    perform(job, {"items": [{"articles": [entry_of(article) for article in said]}]}, world.backend)

    assert dead(world) == [("not_judged", "tiingo-1")]
    assert [bucket.count for bucket in world.buckets("AAPL")] == [1]
    assert mark_of(world)["waiting"] == ["AAPL"]


class Throttled(SqliteStore):
    """A store that takes nothing for a while."""

    throttles = False

    def rewrite(self, *arguments: Any) -> None:
        if self.throttles:
            raise StoreUnavailable("throttled")
        super().rewrite(*arguments)


def test_a_message_comes_again_when_the_store_throttles() -> None:
    store = Throttled(":memory:", World().clock)
    world = World(store)
    world.watch("AAPL")
    article = told("tiingo-1")
    world.collect(article)
    event = records([{"articles": [entry_of(article)]}])
    store.throttles = True
    refused = perform(analyze_news.JOB, event, world.backend)
    store.throttles = False
    again = perform(analyze_news.JOB, event, world.backend)

    assert (refused, again) == ({"batchItemFailures": [{"itemIdentifier": "m-0"}]}, {"batchItemFailures": []})
    assert [bucket.count for bucket in world.buckets("AAPL")] == [1]


class Narrow:
    """A store as DynamoDB is: small transactions under conditions, and no other way to write many items together."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name == "rewrite":
            raise AttributeError(name)
        found = getattr(self._store, name)

        def counted(*arguments: Any, **more: Any) -> Any:
            self.calls.append(name)
            return found(*arguments, **more)

        return counted


STORES = [pytest.param(lambda store: store, id="together"), pytest.param(Narrow, id="apart")]


@pytest.mark.parametrize("store_of", STORES)
def test_an_opinion_that_comes_after_its_article_was_judged_counts_and_the_article_not_again(
    store_of: Callable[[Any], Any],
) -> None:
    world = World(store_of(SqliteStore(":memory:", World().clock)))
    world.watch("AAPL")
    world.collect(told("tiingo-1", sentiment=0.5))
    world.analyze()
    world.collect(told("finnhub-9", source="finnhub", sentiment=-0.25, tickers=("MSFT", "AAPL")))
    world.analyze()

    today = NOW.date()
    for ticker in ("AAPL", "MSFT"):
        for name in ("tiingo", "finnhub", "our_model"):
            assert [day.count for day in Days(world.store).of_source(ticker, name, today, today)] == [1]
        assert [bucket.count for bucket in world.buckets(ticker, "24h")] == [1]
    assert mark_of(world)["waiting"] == []


class Overtaken(SqliteStore):
    """A store in which somebody else records an article each time that others have been read."""

    rival: Callable[[], object] | None = None

    def get_many(self, keys: Any) -> list[Any]:
        found = super().get_many(keys)
        if self.rival:
            rival, self.rival = self.rival, None
            rival()
        return found


@pytest.mark.parametrize(("other", "count"), [("tiingo-1", 1), ("tiingo-2", 2)])
def test_who_is_overtaken_while_counting_counts_on_top_of_the_other(other: str, count: int) -> None:
    overtaken = Overtaken(":memory:", World().clock)
    world = World(overtaken)
    world.watch("AAPL")
    world.collect(told("tiingo-1", GOOD), told("tiingo-2", BAD))
    works = {each.work.article_id: each.work for each in Stories(overtaken).pending(NOW, NOW - NOW, 10)}
    analyses = Analyses(Narrow(overtaken), world.clock)

    def judge(article: Article) -> Judgement:
        return Judgement(score_of(article), "model")

    overtaken.rival = lambda: analyses.record(works[other], judge)
    analyses.record(works["tiingo-1"], judge)

    assert [bucket.count for bucket in world.buckets("AAPL", "24h")] == [count]
    assert [bucket.sum for bucket in world.buckets("AAPL")] == [bucket.sum for bucket in world.buckets("AAPL", "24h")]
    assert mark_of(world, other)["waiting"] == mark_of(world)["waiting"] == []


articles = st.builds(
    lambda n, words, minutes, tickers: told(f"tiingo-{n}", f"{words} {n}", "tiingo", minutes, tickers),
    st.integers(0, 99),
    st.sampled_from([GOOD, BAD, "Apple opens a shop", "Microsoft slips on weak outlook"]),
    st.integers(0, 1400),
    st.lists(st.sampled_from(["AAPL", "MSFT"]), min_size=1, max_size=2, unique=True),
)
said = st.lists(articles, min_size=1, max_size=8, unique_by=lambda article: article.article_id)


def analysed(world: World, told_articles: Sequence[Article], messages: Sequence[Sequence[Article]]) -> list[Any]:
    """Everything that is stored of the articles and their buckets once messages about them were delivered."""
    world.collect(*told_articles)
    for part in messages:
        perform(analyze_news.JOB, {"items": [{"articles": [entry_of(article) for article in part]}]}, world.backend)
    marks = [mark_of(world, article.article_id) for article in told_articles]
    entries = list(Journal(world.store).between(NOW, world.clock.now()))
    return [world.everything(["AAPL", "MSFT"]), Articles(world.store).about(["AAPL", "MSFT"], 100), marks, entries]


@law
@given(said, st.randoms(use_true_random=False), st.integers(1, 3))
def test_any_order_and_any_redelivery_of_messages_leave_the_same_items(
    told_articles: list[Article], order: Any, size: int
) -> None:
    shuffled = [*told_articles, *told_articles[::2]]
    order.shuffle(shuffled)
    parts = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    tickers = [replace(article, tickers=(ticker,)) for article in shuffled for ticker in article.tickers]

    expected = analysed(watching(), told_articles, [told_articles])
    assert analysed(watching(), told_articles, parts)[:2] == expected[:2]
    assert analysed(watching(), told_articles, [tickers])[:2] == expected[:2]


@law
@given(said, st.randoms(use_true_random=False))
def test_small_transactions_leave_the_items_that_one_large_one_leaves(told_articles: list[Article], order: Any) -> None:
    shuffled = [*told_articles, *told_articles[::2]]
    order.shuffle(shuffled)
    store: Any = Narrow(SqliteStore(":memory:", World().clock))
    narrow = World(store)
    narrow.watch("AAPL", "MSFT")

    assert analysed(narrow, told_articles, [shuffled]) == analysed(watching(), told_articles, [shuffled])


@law
@given(said)
def test_coarse_buckets_are_the_aggregation_of_the_finer_ones(told_articles: list[Article]) -> None:
    world = watching()
    analysed(world, told_articles, [told_articles])

    for ticker in ("AAPL", "MSFT"):
        counted = sum(bucket.count for bucket in world.buckets(ticker, "1m"))
        assert counted == sum(ticker in article.tickers for article in told_articles)
        for resolution in RESOLUTIONS[1:]:
            assert world.buckets(ticker, resolution) == aggregate(world.buckets(ticker, "1m"), resolution)


def test_in_small_transactions_each_ticker_costs_one_read_and_one_transaction() -> None:
    store: Any = Narrow(SqliteStore(":memory:", World().clock))
    world = World(store)
    world.watch("AAPL", "MSFT")
    said = [told("tiingo-1", tickers=("AAPL", "MSFT"), sentiment=0.1), told("tiingo-2", BAD)]
    world.collect(*said)
    store.calls.clear()
    message = [entry_of(said[0], opinions=["tiingo"]), entry_of(said[1])]
    answer = perform(analyze_news.JOB, {"items": [{"articles": message}]}, world.backend)

    assert answer["counts"]["TickersAnalysed"] == 3
    # The last one tells alerts what changed.
    assert store.calls == [*["get_many", "transact"] * 3, "put_many"]


DIES = """
import os, sys
from contract_tests.jobs.test_analyze_news import Mortal, analyse_all
store = Mortal(sys.argv[1], int(sys.argv[2]))
analyse_all(store)
"""


class Draining(dict[Any, Any]):
    """Changes that are asked for one by one within the transaction: what was written before must be gone."""

    def __init__(self, changes: Any, live: Callable[[], None]) -> None:
        super().__init__(changes)
        self._live = live

    def items(self) -> Any:
        for pair in super().items():
            self._live()
            yield pair


class Mortal(SqliteStore):
    """A store whose process ends, without a word, at its n-th write."""

    def __init__(self, path: str, left: int) -> None:
        super().__init__(path, World().clock)
        self.left = left

    def _live(self) -> None:
        import os

        self.left -= 1
        if self.left < 0:
            os._exit(9)

    def transact(self, writes: Any) -> None:
        self._live()
        super().transact(writes)

    def rewrite(self, keys: Any, change: Any) -> None:
        super().rewrite(keys, lambda known: Draining(change(known), self._live))


def analyse_all(store: Store) -> Answer:
    """Delivers one message with all the articles that wait."""
    world = World(store, seed="analysis")
    found = Stories(store).pending(NOW.replace(year=2025), NOW - NOW, 100)
    entries = [
        {
            "article_id": each.work.article_id,
            "published_at": each.work.published_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "tickers": list(each.work.tickers),
            "opinions": list(each.work.opinions),
        }
        for each in found
    ]
    return perform(analyze_news.JOB, {"items": [{"articles": [entry]} for entry in entries]}, world.backend)


@pytest.mark.parametrize("write", [0, 1, 7, 13, 40])
def test_a_process_that_dies_anywhere_leaves_each_ticker_waiting_or_done(tmp_path: Path, write: int) -> None:
    path = str(tmp_path / "store.db")
    world = World(SqliteStore(path, World().clock))
    world.watch("AAPL", "MSFT")
    said = [told(f"tiingo-{n}", f"{GOOD} {n}", tickers=("AAPL", "MSFT"), minutes_ago=n) for n in range(4)]
    world.collect(*said)
    with python("-c", DIES, path, str(write)) as process:
        process.communicate(timeout=60)
    died = process.returncode

    done = {
        ticker: sum(ticker not in mark_of(world, a.article_id)["waiting"] for a in said) for ticker in ("AAPL", "MSFT")
    }
    counted = {ticker: sum(bucket.count for bucket in world.buckets(ticker)) for ticker in ("AAPL", "MSFT")}
    analyse_all(world.store)

    assert died == 9
    assert counted == done
    assert [bucket.count for bucket in world.buckets("AAPL", "24h") + world.buckets("MSFT", "24h")] == [4, 4]


def test_the_queue_of_the_store_feeds_the_job_that_the_queue_of_aws_feeds(tmp_path: Path) -> None:
    clock = World().clock
    world = World(SqliteStore(str(tmp_path / "store.db"), clock))
    world.watch("AAPL")
    world.collect(*(told(f"tiingo-{n}", f"{GOOD} {n}") for n in range(WORKS_PER_MESSAGE + 10)))
    waiting = open_queue(QUEUE, world.store, world.clock, CountedChance("another")).receive(100)

    assert len(waiting) == 2
    assert world.analyze() == 0
    world.clock.sleep(200)
    assert world.analyze() == 2
    assert [bucket.count for bucket in world.buckets("AAPL", "24h")] == [WORKS_PER_MESSAGE + 10]
