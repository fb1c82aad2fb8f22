"""What DynamoDB would charge is counted as its adapter asks; moving to another engine must not change what is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.runtime.clock import FixedClock
from handlers.storage.items import Absent, ConditionFailed, Exists, Item, Key, Put
from handlers.storage.sqlite import SqliteStore
from tools.bench.bill import DOLLARS_PER_READ, DOLLARS_PER_WRITE, Bill, bill_of, entries
from tools.bench.load import JOBS, POLLS, STREAMS, VISITS, Played
from tools.bench.metering import Charge, Meter, Metered, size_of
from tools.bench.operations import percentile
from tools.bench.watchers import USERS

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
TABLE = "users"


@dataclass(frozen=True, slots=True)
class World:
    store: Metered
    meter: Meter

    def spent(self) -> dict[tuple[str, bool], int]:
        """Units since the last time, by kind and whether it writes."""
        found = {(charge.kind, charge.is_write): units for charge, units in self.meter.units.items()}
        self.meter.units.clear()
        return found


@pytest.fixture
def world() -> Iterator[World]:
    meter = Meter()
    with closing(SqliteStore(":memory:", FixedClock(NOW))) as store:
        yield World(Metered(store, meter), meter)


def item(sk: str = "one", size: int = 100) -> Item:
    """An item of so many bytes."""
    bare: Item = {"PK": "pk", "SK": sk, "text": ""}
    return {**bare, "text": "x" * (size - size_of(bare))}


def test_the_size_of_an_item_is_that_of_its_names_and_values() -> None:
    sized: Item = {"PK": "é", "SK": "s", "n": 12345, "minus": -1, "f": 0.5, "b": True, "l": [None], "m": {"k": "v"}}

    assert size_of(sized) == (2 + 2) + (2 + 1) + (1 + 4) + (5 + 3) + (1 + 6) + (1 + 1) + (1 + 5) + (1 + 6)
    assert size_of(None) == 0


@pytest.mark.parametrize(("size", "units"), [(100, 1), (4096, 1), (4097, 2), (9000, 3)])
def test_a_read_costs_a_unit_for_each_four_kibibytes(world: World, size: int, units: int) -> None:
    world.store.put(TABLE, item(size=size))
    world.spent()
    world.store.get(Key(TABLE, "pk", "one"))

    assert world.spent() == {("get", False): units}


def test_what_is_absent_costs_a_read_too_and_a_key_that_is_asked_for_twice_costs_one(world: World) -> None:
    keys = [Key(TABLE, "pk", "a"), Key(TABLE, "pk", "b"), Key(TABLE, "pk", "a")]

    assert world.store.get_many(keys) == [None, None, None]
    assert world.spent() == {("get", False): 2}


def test_a_query_costs_what_it_reads_together_and_two_items_more_than_it_gives(world: World) -> None:
    world.store.put_many(TABLE, [item(str(n), 2000) for n in range(9)])
    world.spent()

    page = world.store.query(TABLE, "pk", limit=3)
    assert ([each["SK"] for each in page.items], page.next) == (["0", "1", "2"], "2")
    assert world.spent() == {("query", False): 3}  # 5 × 2,000 bytes


@pytest.mark.parametrize(("before", "after", "units"), [(100, 1024, 1), (100, 1025, 2), (3000, 100, 3)])
def test_a_write_costs_a_unit_for_each_kibibyte_of_the_larger_item(
    world: World, before: int, after: int, units: int
) -> None:
    world.store.put(TABLE, item(size=before))
    world.spent()
    world.store.put(TABLE, item(size=after))

    assert world.spent() == {("put", True): units}


def test_a_conditional_put_and_a_transaction_cost_twice_as_much(world: World) -> None:
    world.store.put(TABLE, item(), Absent())

    assert world.spent() == {("transact", True): 2}
    world.store.transact([Put(TABLE, item()), Put(TABLE, item("two", 1500))])
    assert world.spent() == {("transact", True): 2 + 4}


def test_a_conditional_update_costs_as_a_plain_one(world: World) -> None:
    world.store.update(Key(TABLE, "pk", "one"), set={"a": 1}, when=Absent())

    assert world.spent() == {("update", True): 1}


def test_a_write_whose_condition_fails_is_charged(world: World) -> None:
    with pytest.raises(ConditionFailed):
        world.store.delete(Key(TABLE, "pk", "one"), Exists())
    with pytest.raises(ConditionFailed):
        world.store.update(Key(TABLE, "pk", "one"), set={"a": 1}, when=Exists())

    assert world.spent() == {("transact", True): 2, ("update", True): 1}


def test_a_charge_bears_the_name_of_who_asks(world: World) -> None:
    with world.meter.told("jobs: one"):
        with world.meter.told("jobs: two"):
            world.store.get(Key(TABLE, "pk", "a"))
        world.store.get(Key(TABLE, "pk", "a"))

    assert {charge.part for charge in world.meter.units} == {"jobs: one", "jobs: two"}


@settings(max_examples=40)
@given(st.integers(0, 12), st.integers(1, 14), st.booleans())
def test_a_metered_query_gives_the_pages_of_the_store(stored: int, limit: int, newest_first: bool) -> None:
    with closing(SqliteStore(":memory:", FixedClock(NOW))) as store:
        store.put_many(TABLE, [item(f"{n:02}") for n in range(stored)])
        metered = Metered(store, Meter())
        after = None
        while True:
            own = metered.query(TABLE, "pk", limit=limit, newest_first=newest_first, after=after)

            assert own == store.query(TABLE, "pk", limit=limit, newest_first=newest_first, after=after)
            after = own.next
            if after is None:
                break


def played(**units: int) -> Played:
    """A tenth of a day and of a session, with read units by group."""
    found = Played(Meter(), day_minutes=144, polled_minutes=39, stored_bytes=2_000_000_000)
    found.meter.units.update({Charge(f"{group}: it", TABLE, "get", False): count for group, count in units.items()})
    return found


def test_a_month_has_thirty_days_of_jobs_and_twenty_one_of_everything_else() -> None:
    bill = bill_of(played(jobs=1_000_000, visits=1_000_000, polls=1_000_000, streams=1_000_000))

    reads = {entry.what.partition(":")[0]: entry.reads / 1e6 for entry in bill.requests}
    assert reads == pytest.approx({JOBS: 300, VISITS: 21, POLLS: 210, STREAMS: 210 * USERS})
    assert bill.storage_dollars == pytest.approx(0.50)
    assert bill.dollars == pytest.approx(sum(reads.values()) * 0.125 + 0.50)


def test_a_bill_is_the_same_by_request_and_by_table() -> None:
    read, write = Charge("jobs: a", "users", "get", False), Charge("jobs: b", "mails", "put", True)
    charges = [(read, 5.0), (write, 7.0), (read, 2.0)]
    expected = 7 * DOLLARS_PER_READ + 7 * DOLLARS_PER_WRITE
    for found in (entries(charges, lambda each: each.part), entries(charges, lambda each: each.table)):
        bill = Bill(found, found, 0.0)

        assert bill.dollars == pytest.approx(expected)
        assert found[0].writes == 7.0


@pytest.mark.parametrize(("percent", "value"), [(50, 10), (95, 19), (96, 20), (100, 20)])
def test_a_percentile_is_a_measured_value_that_so_many_do_not_exceed(percent: int, value: int) -> None:
    assert percentile(range(20, 0, -1), percent) == value
