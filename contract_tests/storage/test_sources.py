"""What processes know together of the sources comes back as it was, from every engine."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.domain.circuits import CLOSED, Circuit
from handlers.storage.items import Store
from handlers.storage.opening import open_store
from handlers.storage.sources import Circuits, Quotas

instants = st.integers(0, 10**12).map(lambda microseconds: MIDNIGHT + timedelta(microseconds=microseconds))
circuits = st.builds(
    Circuit,
    version=st.integers(1, 10**9),
    failures=st.lists(instants, max_size=5).map(tuple),
    opened_at=instants | st.none(),
    trial_until=instants | st.none(),
)


@given(circuits)
@settings(max_examples=50, deadline=None)
def test_a_circuit_comes_back_as_it_was(circuit: Circuit) -> None:
    kept = Circuits(open_store("sqlite://:memory:", StillClock()))

    assert kept.replace("tiingo", CLOSED, circuit)
    assert kept.read("tiingo") == circuit


def test_a_circuit_is_replaced_only_where_nobody_was_faster(store: Store, pk: str) -> None:
    kept, first, second = Circuits(store), Circuit(1, (MIDNIGHT,)), Circuit(2, (), MIDNIGHT)

    assert kept.read(pk) == CLOSED
    assert kept.replace(pk, CLOSED, first)
    assert not kept.replace(pk, CLOSED, second)
    assert kept.replace(pk, first, second)
    assert not kept.replace(pk, first, Circuit(2))
    assert kept.read(pk) == second


def test_a_quota_is_taken_one_by_one_to_its_end(store: Store, pk: str) -> None:
    kept, end = Quotas(store), MIDNIGHT + timedelta(minutes=1)

    assert kept.used(pk, MIDNIGHT) == 0
    assert [kept.take(pk, MIDNIGHT, end, 3) for _ in range(5)] == [1, 2, 3, None, None]
    assert kept.used(pk, MIDNIGHT) == 3
    assert kept.take(pk, end, end + timedelta(minutes=1), 3) == 1


def test_a_lower_limit_holds_at_once(store: Store, pk: str) -> None:
    kept, end = Quotas(store), MIDNIGHT + timedelta(minutes=1)
    for _ in range(3):
        kept.take(pk, MIDNIGHT, end, 5)

    assert kept.take(pk, MIDNIGHT, end, 3) is None
