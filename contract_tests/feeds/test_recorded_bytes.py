"""Is the recorded market the same in every process, byte for byte?"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# What the default seed plays is part of every golden: this changes only when the market is changed on purpose.
EXPECTED = "aaabbb557ed0d2a122f6cd5d617c6e9b1ba438800754ffa283effb9c95873360"

PROGRAM = """
from datetime import UTC, datetime, timedelta
from handlers.feeds.recorded import RecordedMarket
market, start = RecordedMarket(), datetime(2025, 6, 2, tzinfo=UTC)
tickers = {"AAPL", "BRK.A", "KO", "DNN"}
for source in ("tiingo", "finnhub"):
    print(market.news(source).articles(list(tickers), start, start + timedelta(days=7)))
for symbol in sorted(tickers):
    print(market.prices("tiingo").candles(symbol, "D", start - timedelta(days=365), start))
    print(market.prices("tiingo").candles(symbol, "1", start, start + timedelta(days=1)))
    print(market.prices("tiingo").quote(symbol, start + timedelta(hours=10)))
"""


def digest(hash_seed: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
    )
    return hashlib.sha256(ran.stdout).hexdigest()


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_the_recorded_market_does_not_depend_on_the_process(hash_seed: str) -> None:
    assert digest(hash_seed) == EXPECTED, (
        "the recorded market changed: if that is meant, update EXPECTED and the goldens"
    )
