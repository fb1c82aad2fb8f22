"""A stage of its own for every test, whose clock the test may set."""

from __future__ import annotations

import pytest

from handlers.runtime.clock import FixedClock
from tools.stage import NOW, Stage


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def stage(clock: FixedClock) -> Stage:
    return Stage(clock=clock)
