"""The journal: in which order scores were stored, and event ids as positions in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.buckets import Score
from handlers.runtime.clock import FixedClock
from handlers.storage.buckets import Buckets
from handlers.storage.items import ConditionFailed, StoreUnavailable
from handlers.storage.journal import KEPT, Entry, Journal
from handlers.storage.sqlite import SqliteStore
from handlers.storage.stamps import stamp
from handlers.stream.positions import event_id, oldest, position_of

NOW = datetime(2024, 12, 2, 15, 0, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))


def score(number: int, at: datetime) -> Score:
    return Score("AAPL", at, 100 * number, f"article-{number}", "tiingo")


def test_a_stored_score_is_in_the_journal_at_the_instant_of_storing() -> None:
    clock = FixedClock(NOW)
    store = SqliteStore(":memory:", clock)
    for number in range(3):
        Buckets(store, clock).record(score(number, NOW - HOUR))
        clock.sleep(3600)

    entries = list(Journal(store).between(NOW, NOW + HOUR))
    assert entries == [Entry(NOW, "AAPL", NOW - HOUR), Entry(NOW + HOUR, "AAPL", NOW - HOUR)]


def test_both_ends_of_a_stretch_belong_to_it() -> None:
    at = NOW.replace(minute=0, second=0)
    store = SqliteStore(":memory:", FixedClock(at))
    Buckets(store, FixedClock(at)).record(score(1, at))
    found = [len(list(Journal(store).between(*ends))) for ends in ((at - HOUR, at), (at, at + HOUR))]

    assert found == [1, 1]


def test_a_score_that_is_delivered_twice_is_in_the_journal_once() -> None:
    clock = FixedClock(NOW)
    store = SqliteStore(":memory:", clock)
    counted = [Buckets(store, clock).record(score(1, NOW)) for _ in range(2)]

    assert counted == [True, False]
    assert len(list(Journal(store).between(NOW, NOW))) == 1


class Refusing(SqliteStore):
    """A store in which every transaction meets another writer."""

    def transact(self, writes: object) -> None:
        raise ConditionFailed(writes[0].key)  # type: ignore[index]


def test_what_is_not_stored_is_not_in_the_journal() -> None:
    clock = FixedClock(NOW)
    store = Refusing(":memory:", clock)
    with pytest.raises(StoreUnavailable):
        Buckets(store, clock, lambda: 0.0).record(score(1, NOW))

    assert list(Journal(store).between(NOW - HOUR, NOW + HOUR)) == []


def test_a_filled_store_reads_as_if_scores_had_been_stored_when_their_articles_appeared() -> None:
    clock = FixedClock(NOW)
    store = SqliteStore(":memory:", clock)
    ages = (timedelta(days=3), KEPT, HOUR, timedelta(0))
    Buckets(store, clock).record_many(score(number, NOW - age) for number, age in enumerate(ages))

    entries = list(Journal(store).between(NOW - timedelta(days=4), NOW))
    assert [entry.stored_at for entry in entries] == [NOW - HOUR, NOW]


def test_the_journal_forgets_what_no_stream_can_go_back_to() -> None:
    clock = FixedClock(NOW)
    store = SqliteStore(":memory:", clock)
    Buckets(store, clock).record(score(1, NOW))
    clock.sleep(KEPT.total_seconds())
    at_the_edge = list(Journal(store).between(oldest(clock.now()), clock.now()))
    clock.sleep(2 * 3600)

    assert len(at_the_edge) == 1
    assert list(Journal(store).between(NOW, clock.now())) == []


@settings(max_examples=60)
@given(instants, instants)
def test_event_ids_are_ordered_as_their_positions_and_read_back(a: datetime, b: datetime) -> None:
    assert (event_id(a) < event_id(b)) == (a < b)
    assert position_of(event_id(a)) == a
    assert stamp(a) == event_id(a)


@pytest.mark.parametrize(
    "text", ["", "evt_1", "2024-12-02T15:00:00Z", "2024-12-02T25:00:00.000000Z", "2024-12-02T15:00:00.000000Z\n"]
)
def test_other_texts_are_no_positions(text: str) -> None:
    assert position_of(text) is None
