"""Collecting from the live feed: quotas that do not suffice, tickers that a source refuses, and no key at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise

from contract_tests.feeds.conftest import KEYS, World
from contract_tests.feeds.source import Answer, Asked, told
from contract_tests.feeds.test_live import asked_for_candles
from contract_tests.jobs.world import SCHEDULED
from contract_tests.jobs.world import World as Jobs
from contract_tests.logs import logged
from handlers.feeds.live import LiveFeeds
from handlers.jobs import collect_news, collect_prices
from handlers.jobs.running import Answer as Answered
from handlers.jobs.running import Run, perform
from models.fields import NewsSource
from tools.identities import enrol

FINNHUB: Mapping[NewsSource, str] = {"finnhub": KEYS["finnhub"]}


def jobs(world: World, feeds: LiveFeeds, watched: int) -> Jobs:
    """Jobs over the live feed, and so many symbols on watchlists."""
    found = Jobs(world.store, feeds)
    found.clock = world.clock
    found.backend.clock = world.clock
    listed = [each.symbol for each in feeds.listings.all() if each.status == "valid"]
    found.watch(*listed[:watched])
    return found


def run(world: Jobs) -> Answered:
    """What collecting answers; the next run is five minutes later."""
    answer = perform(collect_news.JOB, dict(SCHEDULED), world.backend)
    world.clock.sleep(300)
    return answer


def test_more_tickers_than_a_quota_allows_take_turns_over_the_runs(world: World) -> None:
    watching = jobs(world, world.feeds(keys=FINNHUB), 66)
    answers = [run(watching) for _ in range(3)]
    symbols = [asked.query["symbol"] for asked in world.finnhub.asked]

    assert [(answer["status"], answer["outcomes"]) for answer in answers] == [("done", {"partly": 1})] * 3
    assert [answer["counts"]["TickersLeft"] for answer in answers] == [6] * 3
    by_run = [set(symbols[first : first + 60]) for first in range(0, len(symbols), 60)]
    assert [len(each) for each in by_run] == [60] * 3
    # Two runs have room for all of them, and so nobody waits longer.
    assert [len(one | next) for one, next in pairwise(by_run)] == [66] * 2


def test_a_ticker_that_a_plan_does_not_allow_keeps_no_other_from_being_collected(world: World) -> None:
    def premium(asked: Asked) -> Answer:
        return Answer(status=403) if asked.query["symbol"] == refused else told([])

    watching = jobs(world, world.feeds(keys=FINNHUB), 3)
    refused = watching.backend.feeds.listings.all()[0].symbol
    world.finnhub.answers = premium
    answers = [run(watching) for _ in range(2)]

    assert [answer["counts"]["TickersLeft"] for answer in answers] == [1, 1]
    assert [asked.query["symbol"] for asked in world.finnhub.asked].count(refused) == 2
    assert len(world.finnhub.asked) == 6


def test_a_source_that_is_down_is_left_alone_by_its_circuit_however_many_tickers_are_watched(world: World) -> None:
    world.finnhub.answers = lambda asked: Answer(status=400)
    answer = run(jobs(world, world.feeds(keys=FINNHUB), 30))

    assert answer["status"] == "failed"
    assert len(world.finnhub.asked) == 5


def test_without_any_key_collecting_fails_by_source_clients_get_503_and_one_line_says_why(world: World) -> None:
    enrol(world.store, world.clock.now())
    feeds = world.feeds(keys={})
    watching = jobs(world, feeds, 2)
    with logged() as lines:
        answers = [run(watching) for _ in range(2)]
        got = asked_for_candles(world, feeds)

    assert [answer["status"] for answer in answers] == ["failed", "failed"]
    assert answers[0]["failures"] == [
        {"item": source, "reason": f"{source}: no key is set"} for source in ("tiingo", "finnhub")
    ]
    assert (got.status, json.loads(got.body)["code"]) == (503, "SERVICE_UNAVAILABLE")
    errors = [line["message"] for line in lines.lines("ERROR")]
    assert errors.count("no source has a key; news and prices answer 503") == 1
    assert len([line for line in lines.lines("WARNING") if line["message"].startswith("degraded")]) == 2


def test_on_a_free_plan_two_hours_of_runs_spend_two_hours_of_a_month(world: World) -> None:
    watching = jobs(world, world.feeds(keys={"tiingo": KEYS["tiingo"]}), 13)
    world.clock.at = datetime(2024, 12, 1, tzinfo=UTC)
    answers = []
    for _ in range(24):
        answers.append(perform(collect_prices.JOB, dict(SCHEDULED), watching.backend))
        run(watching)

    # News, daily candles and those within the day once each; of the daily ones the next would come half an hour later.
    assert len(world.tiingo.asked) == 3
    assert answers[-1]["status"] == "done"
    assert answers[-1]["outcomes"] == {"collected": 1, "waits": 12}


def test_prices_are_collected_from_another_ticker_on_in_each_turn(world: World) -> None:
    watching = jobs(world, world.feeds(), 20)
    turns = []
    for _ in range(20):
        turns.append(collect_prices.tickers(Run(watching.backend, "collect_prices", "trace", "request")))
        watching.clock.sleep(300)

    assert len({turn[0] for turn in turns}) == 20
    assert {tuple(sorted(turn)) for turn in turns} == {tuple(sorted(turns[0]))}
