"""Keys made of what clients send: every legal text has a place in the store, and no two questions share one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from handlers.runtime.clock import FixedClock
from handlers.storage.articles import Articles
from handlers.storage.buckets import Buckets
from handlers.storage.candles import Candles, Series
from handlers.storage.configurations import Configurations
from handlers.storage.days import Days
from handlers.storage.items import Page
from handlers.storage.sqlite import SqliteStore
from models.dashboard.articles import NewsTag
from models.fields import Id, NewsSource, Resolution, Ticker

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
DAY = NOW.date()
Question = tuple[str, tuple[Hashable, ...]]

QUESTIONS: dict[str, Callable[..., object]] = {
    "buckets": lambda store, ticker, resolution: Buckets(store, FixedClock(NOW)).newest(ticker, resolution, 1),
    "days": lambda store, ticker, source: Days(store).of_source(ticker, source, DAY, DAY),
    "candles": lambda store, ticker, source: Candles(store).read(Series(ticker, source, "D", "recorded"), [NOW]),
    "about": lambda store, ticker: Articles(store).about([ticker], 1),
    "tagged": lambda store, tag: Articles(store).tagged([tag], 1),
    "configurations": lambda store, user: Configurations(store).all(user),
}


def texts(kind: Any) -> st.SearchStrategy[str]:
    """What the handlers get of a field whose text fits its published pattern."""
    adapter = TypeAdapter(kind)
    return st.from_regex(adapter.json_schema()["pattern"].replace("$", r"\Z")).map(adapter.validate_python)


few = st.sampled_from(["A", "AAPL", "BRK.B"])
tickers = few | texts(Ticker)
sources = st.sampled_from(get_args(NewsSource))
questions: st.SearchStrategy[Question] = st.one_of(
    st.tuples(st.just("buckets"), st.tuples(tickers, st.sampled_from(get_args(Resolution)))),
    st.tuples(st.sampled_from(["days", "candles"]), st.tuples(tickers, sources)),
    st.tuples(st.just("about"), st.tuples(tickers)),
    st.tuples(st.just("tagged"), st.tuples(texts(NewsTag) | few.map(str.lower))),
    st.tuples(st.just("configurations"), st.tuples(texts(Id))),
)


class Noting(SqliteStore):
    """Remembers which partition it was asked for last."""

    asked: tuple[str, str] | None = None

    def query(self, table: str, pk: str, *bounds: Any, **named: Any) -> Page:
        self.asked = (table, pk)
        return super().query(table, pk, *bounds, **named)


def place(question: Question) -> tuple[str, str] | None:
    kind, values = question
    store = Noting(":memory:", FixedClock(NOW))
    ask: Callable[..., object] = QUESTIONS[kind]
    ask(store, *values)
    store.close()
    return store.asked


@settings(max_examples=60, deadline=None)
@given(st.lists(questions, min_size=2, max_size=8, unique=True))
def test_different_questions_are_answered_from_different_places(asked: list[Question]) -> None:
    places = [place(question) for question in asked]

    assert None not in places
    assert len(set(places)) == len(asked)
