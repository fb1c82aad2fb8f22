"""A filled store is the same every time, and filling it again changes nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from handlers.domain.buckets import RESOLUTIONS
from handlers.runtime.clock import FixedClock
from handlers.storage.articles import Articles
from handlers.storage.buckets import Buckets
from handlers.storage.days import Days
from handlers.storage.items import Item, Store
from handlers.storage.sqlite import SqliteStore
from tools import seed
from tools.stage import FEEDS, NOW


def filled() -> SqliteStore:
    store = SqliteStore(":memory:", FixedClock(NOW))
    seed.fill(store, FEEDS, NOW)
    return store


def contents(store: Store) -> list[Item]:
    partitions = [
        f"{ticker}#{name}" for ticker in seed.STAGE_TICKERS for name in (*RESOLUTIONS, "article", "day#tiingo")
    ]
    return [item for pk in partitions for item in store.query("timeseries", pk).items]


def test_filling_is_deterministic_and_repeatable() -> None:
    one, other = filled(), filled()
    again = seed.fill(other, FEEDS, NOW)

    assert contents(one)
    assert contents(other) == contents(one)
    assert again.scores == 0


def test_what_is_filled_is_what_collecting_each_article_would_leave() -> None:
    collected = SqliteStore(":memory:", FixedClock(NOW))
    since = NOW - timedelta(days=seed.HISTORY_DAYS)
    for article in seed.played(FEEDS, seed.STAGE_TICKERS, since, NOW):
        for score in seed.scores_of(article):
            Buckets(collected, FixedClock(NOW)).record(score)

    assert contents(filled()) == contents(collected)


def test_every_ticker_has_articles_buckets_and_days_of_both_sources() -> None:
    store = filled()

    for ticker in seed.STAGE_TICKERS:
        assert Articles(store).about([ticker], 1)[0]
        assert len(Buckets(store, FixedClock(NOW)).newest(ticker, "24h", 7).complete) == 7
        for source in ("tiingo", "finnhub"):
            assert Days(store).of_source(ticker, source, NOW.date() - timedelta(days=40), NOW.date())


def test_the_command_fills_a_file_and_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    arguments = ["--store", url, "--days", "2", "--tickers", "aapl,MSFT", "--until", "2024-12-02T15:00:00Z"]
    code = seed.main(arguments)
    said = capsys.readouterr()
    clock = FixedClock(NOW)

    assert code == 0
    assert said.out.startswith(f"seeded {url}: ")
    assert "articles of 2 tickers" in said.err
    assert Buckets(SqliteStore(str(tmp_path / "store.db"), clock), clock).newest("MSFT", "24h", 1).complete


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--tickers", "AAPL,ZZZZZ"], "'ZZZZZ' not listed"),
        (["--days", "0"], "from 1 to 365"),
        (["--until", "2024-12-02"], "one looks like"),
    ],
)
def test_a_wrong_argument_is_refused_with_advice(
    arguments: list[str], advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        seed.main(["--store", "sqlite://:memory:", *arguments])

    assert advice in capsys.readouterr().err
