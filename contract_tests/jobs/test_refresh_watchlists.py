"""A refresh that an owner asked for is done by a job, once, and its end is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from contract_tests.jobs.world import NOW, SCHEDULED, SaidPrices, World, told
from handlers.domain.candles import Candle
from handlers.jobs import refresh_watchlists
from handlers.jobs.running import MOST_FAILURES, Answer, Invocation, perform
from handlers.storage.progress import Progress
from handlers.storage.refreshes import LEASE, LeftOut, Refresh, Refreshes
from models.fields import CandleResolution


def asked(*tickers: str) -> World:
    world = World()
    Refreshes(world.store).ask("watchlist", list(tickers), "refresh-1", NOW)
    return world


def refreshed(world: World) -> Answer:
    return perform(refresh_watchlists.JOB, {}, world.backend)


def ended(world: World) -> Refresh:
    refresh = Refreshes(world.store).of("watchlist")
    assert refresh is not None
    return refresh


def outcome(world: World) -> tuple[str, str | None]:
    refresh = ended(world)
    return refresh.state, refresh.last_outcome


def test_what_is_asked_for_is_collected_and_its_end_is_told() -> None:
    world = asked("AAPL")
    world.said.say(told("tiingo-1"))
    answer = refreshed(world)
    world.analyze()

    assert answer["outcomes"] == {"refreshed": 1}
    assert outcome(world) == ("idle", "succeeded")
    assert [bucket.count for bucket in world.buckets("AAPL")] == [1]
    assert {ticker for ticker, _ in world.said.priced.asked} == {"AAPL"}
    assert refreshed(world)["items"] == 0


def test_a_source_that_does_not_answer_keeps_nobody_from_the_other_nor_from_prices() -> None:
    world = asked("AAPL")
    world.said.told["tiingo"].fails = True
    world.said.say(told("finnhub-1", source="finnhub"))
    answer = refreshed(world)
    world.analyze()

    assert (answer["outcomes"], answer["failures"]) == ({"partly": 1}, [])
    assert outcome(world) == ("idle", "partial")
    assert ended(world).last_left_out == (LeftOut("news", "tiingo", ("AAPL",)),)
    assert [bucket.count for bucket in world.buckets("AAPL")] == [1]
    assert {ticker for ticker, _ in world.said.priced.asked} == {"AAPL"}


def test_a_symbol_that_a_source_chokes_on_keeps_no_other_one_out() -> None:
    world = asked("AAPL", "MSFT", "XOM")
    world.said.told["finnhub"].tickers_a_call = 1
    world.said.told["finnhub"].chokes_on = "AAPL"
    world.said.priced.failing = frozenset({"AAPL", "XOM"})
    refreshed(world)

    assert outcome(world) == ("idle", "partial")
    assert ended(world).last_left_out == (
        LeftOut("news", "finnhub", ("AAPL",)),
        LeftOut("prices", None, ("AAPL", "XOM")),
    )
    assert {ticker for ticker, _ in world.said.priced.asked} == {"AAPL", "MSFT", "XOM"}


def test_a_refresh_fails_if_nothing_could_be_asked() -> None:
    world = asked("AAPL", "MSFT")
    for feed in world.said.told.values():
        feed.fails = True
    world.said.priced.failing = frozenset({"AAPL", "MSFT"})
    answer = refreshed(world)

    assert answer["failures"] == [{"item": "watchlis", "reason": "tiingo: does not answer"}]
    assert outcome(world) == ("idle", "failed")
    assert [(each.what, each.source) for each in ended(world).last_left_out] == [
        ("news", "tiingo"),
        ("news", "finnhub"),
        ("prices", None),
    ]


def test_what_a_refresh_collected_is_known_up_to_then_and_the_rest_as_far_as_it_was() -> None:
    world = asked("AAPL", "MSFT")
    before = NOW - timedelta(hours=1)
    Progress(world.store).reached("finnhub", before, ["MSFT", "NVDA"], ["MSFT", "NVDA"])
    world.said.told["tiingo"].fails = True
    world.said.told["finnhub"].chokes_on = "MSFT"
    refreshed(world)

    assert Progress(world.store).of("tiingo").untils == {}
    assert Progress(world.store).of("finnhub").untils == {"AAPL": NOW, "MSFT": before, "NVDA": before}


def test_a_watchlist_without_symbols_has_nothing_to_leave_out() -> None:
    world = asked()

    assert refreshed(world)["outcomes"] == {"refreshed": 1}
    assert outcome(world) == ("idle", "succeeded")


def test_a_refresh_whose_job_died_is_done_by_the_next() -> None:
    world = asked("AAPL")
    refreshes = Refreshes(world.store)
    (due,) = refreshes.due(NOW)
    refreshes.started(due, NOW)
    waiting = refreshed(world)["items"]
    world.clock.sleep(LEASE.total_seconds())

    assert waiting == 0
    assert refreshed(world)["outcomes"] == {"refreshed": 1}


class BrokenPrices(SaidPrices):
    """Raises what nobody has thought of."""

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        raise AssertionError("not thought of")


def test_a_refresh_that_cannot_be_done_is_given_up_so_that_its_owner_may_ask_again() -> None:
    world = asked("AAPL")
    world.said.priced = BrokenPrices()
    for _ in range(MOST_FAILURES):
        refreshed(world)
        world.clock.sleep(LEASE.total_seconds())

    assert outcome(world) == ("idle", "failed")
    assert {(each.what, each.source) for each in ended(world).last_left_out} == {
        ("news", "tiingo"),
        ("news", "finnhub"),
        ("prices", None),
    }
    assert refreshed(world)["items"] == 0


def test_what_would_outlast_the_function_is_left_out_and_said() -> None:
    world = asked("AAPL")
    left = iter([200.0, 200.0, 200.0, refresh_watchlists.JOB.margin_seconds - 1])
    perform(
        refresh_watchlists.JOB, dict(SCHEDULED), world.backend, Invocation("request-1", "trace-1", lambda: next(left))
    )

    assert outcome(world) == ("idle", "partial")
    assert ended(world).last_left_out == (LeftOut("prices", None, ("AAPL",)),)
