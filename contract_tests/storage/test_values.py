"""What goes in comes out, on every engine; what one engine could not hold, none takes."""

from datetime import datetime
from enum import StrEnum

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from contract_tests.storage.world import Partitions, alike, moto_confuses
from handlers.storage.items import ConditionFailed, Equals, Item, Key, LessThan, Put, Store, Update, Value

SHARED_STORE = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAMES = TEXTS.filter(bool).filter(lambda name: name not in ("PK", "SK", "ttl"))
SCALARS: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**38) + 1, 10**38 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(bool), inner, max_size=3),
    max_leaves=8,
)
ITEMS = st.dictionaries(NAMES, VALUES, max_size=5)


@SHARED_STORE
@given(values=ITEMS)
def test_an_item_comes_back_with_equal_values_of_equal_types(
    store: Store, partitions: Partitions, values: Item
) -> None:
    key = Key("users", partitions.fresh(), "å\0🦊")
    item: Item = {"PK": key.pk, "SK": key.sk, **values}
    store.put("users", item)
    found = store.get(key)
    queried = store.query("users", key.pk)

    assert found is not None
    assert alike(found, item)
    assert alike(list(queried.items), [item])


@SHARED_STORE
@given(values=ITEMS)
def test_an_update_returns_what_a_read_finds(store: Store, partitions: Partitions, values: Item) -> None:
    key = Key("users", partitions.fresh(), "1")
    returned = store.update(key, set={**values, "set_by_update": 1.0})
    found = store.get(key)

    assert found is not None
    assert alike(returned, {"PK": key.pk, "SK": key.sk, **values, "set_by_update": 1.0})
    assert alike(found, returned)


@SHARED_STORE
@given(stored=SCALARS, demanded=SCALARS)
def test_equality_in_a_condition_is_equality_of_value_and_type(
    store: Store, engine: str, partitions: Partitions, stored: Value, demanded: Value
) -> None:
    assume(engine != "moto" or not moto_confuses(stored, demanded))
    check_equality(store, partitions.fresh(), stored, stored)
    check_equality(store, partitions.fresh(), stored, demanded)


NEAR_MISSES: list[tuple[Value, Value]] = [
    (1, 1.0),
    (1, True),
    (0, False),
    (0.0, False),
    (0, ""),
    (None, ""),
    (None, False),
    ([], {}),
    ([1], [1.0]),
    ({"a": 1}, {"a": True}),
    ("1", 1),
    (0.0, -0.0),
    ([None], [None]),
    ({"a": [0.1 + 0.2]}, {"a": [0.3]}),
]


@pytest.mark.parametrize(("stored", "demanded"), NEAR_MISSES)
def test_values_that_python_confuses_are_told_apart(
    store: Store, engine: str, pk: str, stored: Value, demanded: Value
) -> None:
    if engine == "moto" and moto_confuses(stored, demanded):
        pytest.skip("moto compares what Python makes of the values: it takes True for 1")
    check_equality(store, pk, stored, demanded)


def check_equality(store: Store, pk: str, stored: Value, demanded: Value) -> None:
    key = Key("users", pk, "1")
    store.put("users", {"PK": pk, "SK": "1", "value": stored})
    held = _accepted(store, Put("users", {"PK": pk, "SK": "1", "changed": 1}, Equals("value", demanded)))

    assert held is alike(stored, demanded)
    assert (store.get(key) == {"PK": pk, "SK": "1", "changed": 1}) is held


def _accepted(store: Store, write: Put) -> bool:
    try:
        store.transact([write])
    except ConditionFailed:
        return False
    return True


class Colour(StrEnum):
    RED = "red"


NO_VALUES: list[tuple[object, type[Exception]]] = [
    (float("nan"), ValueError),
    (float("inf"), ValueError),
    (10**38, ValueError),
    (-(10**38), ValueError),
    ("\ud800", ValueError),
    ({"": 1}, ValueError),
    ("x" * (400 * 1024), ValueError),
    (Colour.RED, TypeError),
    (b"bytes", TypeError),
    ((1, 2), TypeError),
    ({1, 2}, TypeError),
    (datetime(2026, 1, 5), TypeError),
    ({1: 2}, TypeError),
    (object(), TypeError),
]


@pytest.mark.parametrize(("value", "error"), NO_VALUES, ids=lambda part: repr(part)[:20])
def test_a_value_that_some_engine_cannot_hold_is_refused_by_all(
    store: Store, pk: str, value: Value, error: type[Exception]
) -> None:
    item: Item = {"PK": pk, "SK": "1", "value": value}
    with pytest.raises(error):
        store.put("users", item)
    with pytest.raises(error):
        store.put("users", {"PK": pk, "SK": "1", "nested": [{"value": value}]})
    with pytest.raises(error):
        store.put_many("users", [{"PK": pk, "SK": "0"}, item])
    with pytest.raises(error):
        store.update(Key("users", pk, "1"), set={"value": value})

    assert store.query("users", pk).items == []


def test_values_nest_32_levels_and_no_deeper(store: Store, pk: str) -> None:
    deepest: Value = "leaf"
    for _ in range(32):
        deepest = [deepest]
    item: Item = {"PK": pk, "SK": "1", "value": deepest}
    store.put("users", item)

    assert store.get(Key("users", pk, "1")) == item
    with pytest.raises(ValueError, match="deeper than 32"):
        store.put("users", {"PK": pk, "SK": "1", "value": [deepest]})


@pytest.mark.parametrize("sk", ["1", "x" * 1024, "é" * 512])
def test_keys_reach_their_limits(store: Store, pk: str, sk: str) -> None:
    long = pk + "x" * (2048 - len(pk))
    store.put("users", {"PK": long, "SK": sk})

    assert store.get(Key("users", long, sk)) == {"PK": long, "SK": sk}


NO_KEYS: list[tuple[tuple[object, object, object], type[Exception]]] = [
    (("users", "", "1"), ValueError),
    (("users", "1", ""), ValueError),
    (("users", "1", "x" * 1025), ValueError),
    (("users", "1", "é" * 513), ValueError),
    (("users", "x" * 2049, "1"), ValueError),
    (("users", "\udfff", "1"), ValueError),
    (("users", 1, "1"), TypeError),
    (("users", "1", None), TypeError),
    (("users", b"1", "1"), TypeError),
    (("Users", "1", "1"), ValueError),
    (("", "1", "1"), ValueError),
    (("us'ers", "1", "1"), ValueError),
    (("users\n", "1", "1"), ValueError),
    ((None, "1", "1"), TypeError),
]


@pytest.mark.parametrize(("parts", "error"), NO_KEYS, ids=lambda part: repr(part)[:30])
def test_a_key_that_some_engine_cannot_hold_is_refused_by_all(
    store: Store, parts: tuple[str, str, str], error: type[Exception]
) -> None:
    key = Key(*parts)
    with pytest.raises(error):
        store.get(key)
    with pytest.raises(error):
        store.get_many([key])
    with pytest.raises(error):
        store.put(key.table, {"PK": key.pk, "SK": key.sk})
    with pytest.raises(error):
        store.update(key, add={"n": 1})
    with pytest.raises(error):
        store.delete(key)


@pytest.mark.parametrize("item", [{}, {"PK": "1"}, {"SK": "1"}])
def test_an_item_has_both_keys(store: Store, item: Item) -> None:
    with pytest.raises(TypeError):
        store.put("users", item)


@pytest.mark.parametrize("ttl", ["1", 1.0, True, None])
def test_an_expiry_that_is_no_whole_number_is_refused(store: Store, pk: str, ttl: Value) -> None:
    with pytest.raises(TypeError, match="ttl"):
        store.put("users", {"PK": pk, "SK": "1", "ttl": ttl})
    with pytest.raises(TypeError, match="ttl"):
        store.update(Key("users", pk, "1"), set={"ttl": ttl})


def test_an_item_may_not_outgrow_its_limit_by_an_update(store: Store, engine: str, pk: str) -> None:
    if engine == "moto":
        pytest.skip("moto does not limit what an update makes of an item")
    key = Key("users", pk, "1")
    store.put("users", {"PK": pk, "SK": "1", "first": "x" * 300_000})

    with pytest.raises(ValueError, match=r"(?i)item"):
        store.update(key, set={"second": "x" * 300_000})
    assert store.get(key) == {"PK": pk, "SK": "1", "first": "x" * 300_000}


def test_an_update_that_contradicts_itself_cannot_be_made() -> None:
    key = Key("users", "1", "1")
    with pytest.raises(ValueError, match="at least one"):
        Update(key)
    with pytest.raises(ValueError, match="once"):
        Update(key, set={"n": 1}, add={"n": 1})
    with pytest.raises(ValueError, match="once"):
        Update(key, add={"n": 1}, remove=["n"])
    with pytest.raises(ValueError, match="PK and SK"):
        Update(key, set={"SK": "2"})
    with pytest.raises(TypeError):
        Update(key, add={"n": 1.5})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        Update(key, add={"n": True})
    with pytest.raises(TypeError):
        LessThan("n", 1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("present", ["1", 1.0, True, None, [1]])
def test_only_whole_numbers_can_be_added_to(store: Store, pk: str, present: Value) -> None:
    key = Key("users", pk, "1")
    store.put("users", {"PK": pk, "SK": "1", "n": present})

    with pytest.raises(ValueError, match=r"number|incorrect data type"):
        store.update(key, add={"n": 1})
    with pytest.raises(ValueError, match=r"number|incorrect data type"):
        store.transact([Update(key, add={"n": 1})])
    assert alike(store.get(key), {"PK": pk, "SK": "1", "n": present})


def test_sums_are_exact_beyond_64_bits(store: Store, pk: str) -> None:
    key = Key("users", pk, "1")
    store.update(key, add={"n": 2**63})
    store.update(key, add={"n": 10**37})
    found = store.update(key, add={"n": -1})

    assert found == {"PK": pk, "SK": "1", "n": 2**63 + 10**37 - 1}
