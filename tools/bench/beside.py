"""What the warm targets leave out: the store, rate limits, credentials, tags of entities, checks of responses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from handlers.assembly import assemble
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import ResponseCheck
from tools.bench import warm
from tools.bench.measure import Budget, Costs, Subject, costs
from tools.events import HttpCall
from tools.identities import credentials_of
from tools.stage import FEEDS, Stage

TICKER = HttpCall("GET", "/api/v2/tickers/validate", "symbol=AAPL")
SERIES = HttpCall("GET", "/api/v2/timeseries/AAPL", "resolution=1h")
WHO = HttpCall("GET", "/api/v2/auth/validate")


def measured(budget: Budget) -> Costs:
    """Real operations over the recorded market in a store in memory."""
    stage = Stage()
    etag = stage.call(TICKER).header("etag") or ""
    call = partial(_subject, stage)
    return costs(
        {
            "ticker": call(TICKER),
            "ticker, limits": call(TICKER, limits=True),
            "ticker, 304": call(replace(TICKER, headers=(("If-None-Match", etag),)), expected=304),
            "ticker, enforce": call(TICKER, check="enforce"),
            "series": call(SERIES),
            "series, enforce": call(SERIES, check="enforce"),
            "anonymous": call(WHO, caller="anonymous"),
            "member": call(WHO, caller="member"),
        },
        budget,
    )


class _Striding(FixedClock):
    """Every look at it is three seconds later, so that thirty requests a minute are never used up."""

    def now(self) -> datetime:
        self.at += timedelta(seconds=3)
        return self.at


def _subject(
    stage: Stage,
    call: HttpCall,
    caller: str = "nobody",
    check: ResponseCheck = "off",
    limits: bool = False,
    expected: int = 200,
) -> Subject:
    settings = replace(stage.settings, rate_limits=limits, response_check=check)
    clock = _Striding(stage.clock.now()) if limits else stage.clock
    gate = assemble("dashboard", settings, clock, stage.chance, stage.store, FEEDS)
    headers = call.headers + credentials_of(caller, settings, stage.clock.now())
    return warm.subject(gate, replace(call, headers=headers), expected)
