"""Any sequence of operations does on every engine what it does on a plain dictionary."""

from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from contract_tests.storage.world import MIDNIGHT, TABLES, Partitions, StillClock, alike
from handlers.storage.items import (
    ALWAYS,
    Absent,
    AllOf,
    AnyOf,
    Check,
    Condition,
    ConditionFailed,
    Delete,
    Equals,
    Exists,
    Item,
    Key,
    LessThan,
    Page,
    Put,
    Store,
    Update,
    Value,
    Write,
)

EXAMPLES = {"memory": 60, "file": 25, "moto": 8, "external": 8}
SORT_KEYS = ["a", "b", "é", "🦊"]

keys = st.builds(Key, st.sampled_from(TABLES), st.sampled_from(["0", "1"]), st.sampled_from(SORT_KEYS))
# No booleans: moto takes True for 1 in conditions.
values: st.SearchStrategy[Value] = st.sampled_from([1, 1.0, -0.0, "", "é", [], [1, [2.5]], {}, {"a": {"b": 1}}])
lifetimes = st.integers(-1, 8)
attributes = st.fixed_dictionaries({}, optional={"n": st.integers(-2, 3), "x": values})
leaves: st.SearchStrategy[Condition] = st.one_of(
    st.just(ALWAYS),
    st.just(Absent()),
    st.just(Exists()),
    st.builds(Equals, st.just("n"), st.integers(-2, 3)),
    st.builds(Equals, st.just("x"), values),
    st.builds(LessThan, st.just("n"), st.integers(-2, 3)),
)
conditions: st.SearchStrategy[Condition] = st.one_of(
    st.just(ALWAYS), leaves, st.builds(AllOf, leaves, leaves), st.builds(AnyOf, leaves, leaves, leaves)
)
bounds = st.none() | st.sampled_from(["", *SORT_KEYS])


def holds(condition: Condition, item: Item | None) -> bool:
    match condition:
        case Absent():
            return item is None
        case Exists():
            return item is not None
        case Equals(name, value):
            return bool(item) and name in (item or {}) and alike((item or {})[name], value)
        case LessThan(name, bound):
            found = (item or {}).get(name)
            return isinstance(found, int) and found < bound
        case AllOf(parts=parts):
            return all(holds(part, item) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, item) for part in parts)
    return True


class Dictionary:
    """The model: what is alive, by key."""

    def __init__(self, clock: StillClock) -> None:
        self._clock = clock
        self._items: dict[Key, Item] = {}

    def get(self, key: Key) -> Item | None:
        item = self._items.get(key, {})
        ttl = item.get("ttl", self._clock.epoch() + 1)
        return item if item and isinstance(ttl, int) and ttl > self._clock.epoch() else None

    def transact(self, writes: list[Write]) -> None:
        for index, write in enumerate(writes):
            if not holds(write.when, self.get(write.key)):
                raise ConditionFailed(write.key, index)
        for write in writes:
            self._apply(write)

    def query(
        self,
        table: str,
        pk: str,
        start: str | None,
        end: str | None,
        limit: int | None,
        newest: bool,
        after: str | None,
    ) -> Page:
        found = sorted((key.sk for key in self._items if key[:2] == (table, pk) and self.get(key)), reverse=newest)
        found = [sk for sk in found if (start or "") <= sk and (end is None or sk < end)]
        found = [sk for sk in found if after is None or (sk < after if newest else sk > after)]
        more = limit is not None and len(found) > limit
        items = [self._items[Key(table, pk, sk)] for sk in found[:limit]]
        return Page(items, str(items[-1]["SK"]) if more else None)

    def _apply(self, write: Write) -> None:
        if isinstance(write, Put):
            self._items[write.key] = dict(write.item)
        elif isinstance(write, Delete):
            self._items.pop(write.key, None)
        elif isinstance(write, Update):
            self._items[write.key] = self.updated(write)

    def updated(self, write: Update) -> Item:
        item = dict(self.get(write.key) or {"PK": write.key.pk, "SK": write.key.sk}) | dict(write.set)
        for name, step in write.add.items():
            present = item.get(name, 0)
            assert isinstance(present, int)
            item[name] = present + step
        return {name: value for name, value in item.items() if name not in write.remove}


class Equivalence(RuleBasedStateMachine):
    """Runs each operation on the store and on the dictionary; both answer, or both refuse for the same write."""

    def __init__(self, store: Store, clock: StillClock, partitions: Partitions) -> None:
        super().__init__()
        self.store, self.clock, self.partitions = store, clock, partitions

    @initialize()
    def start(self) -> None:
        self.clock.instant = MIDNIGHT
        self.model = Dictionary(self.clock)
        self.own = {name: self.partitions.fresh() for name in ("0", "1")}
        self.touched: set[Key] = set()

    def key(self, key: Key) -> Key:
        own = key._replace(pk=self.own[key.pk])
        self.touched.add(own)
        return own

    def item(self, key: Key, values: dict[str, Value], lifetime: int | None) -> Item:
        ttl: Item = {} if lifetime is None else {"ttl": self.clock.epoch() + lifetime}
        return {"PK": key.pk, "SK": key.sk, **values, **ttl}

    def write(self, kind: str, key: Key, values: dict[str, Value], lifetime: int | None, when: Condition) -> Write:
        key = self.key(key)
        if kind == "put":
            return Put(key.table, self.item(key, values, lifetime), when)
        if kind == "delete":
            return Delete(key, when)
        if kind == "check":
            return Check(key, when)
        expiry: dict[str, Value] = {} if lifetime is None else {"ttl": self.clock.epoch() + lifetime}
        removed = ["y"] if "x" in values else ["x"]
        kept = {name: value for name, value in values.items() if name != "n"}
        return Update(key, set=expiry | kept, add={"n": 1}, remove=removed, when=when)

    def agree(self, on_store: Callable[[], object], writes: list[Write]) -> None:
        def outcome(act: Callable[[], object]) -> tuple[Key, int] | None:
            try:
                act()
            except ConditionFailed as failed:
                return (failed.key, failed.index)
            return None

        assert outcome(on_store) == outcome(lambda: self.model.transact(writes))

    kinds = st.sampled_from(["put", "put", "update", "update", "delete", "check"])
    changes = st.tuples(kinds, keys, attributes, st.none() | lifetimes, conditions)

    @rule(change=changes)
    def write_one(self, change: tuple[str, Key, dict[str, Value], int | None, Condition]) -> None:
        write = self.write(*change)
        self.agree(lambda: self.send(write), [write])

    def send(self, write: Write) -> None:
        if isinstance(write, Put):
            self.store.put(write.table, write.item, write.when)
        elif isinstance(write, Update):
            returned = self.store.update(write.key, write.set, write.add, write.remove, write.when)
            assert alike(returned, self.model.updated(write))
        elif isinstance(write, Delete):
            self.store.delete(write.key, write.when)
        else:
            self.store.transact([write])

    @rule(changes=st.lists(changes, min_size=2, max_size=5, unique_by=lambda change: change[1]))
    def transact(self, changes: list[tuple[str, Key, dict[str, Value], int | None, Condition]]) -> None:
        writes = [self.write(*change) for change in changes]
        self.agree(lambda: self.store.transact(writes), writes)

    @rule(table=st.sampled_from(TABLES), batch=st.lists(st.tuples(keys, attributes, st.none() | lifetimes), max_size=6))
    def put_many(self, table: str, batch: list[tuple[Key, dict[str, Value], int | None]]) -> None:
        items = [self.item(self.key(key._replace(table=table)), values, lifetime) for key, values, lifetime in batch]
        self.store.put_many(table, items)
        for item in items:
            self.model.transact([Put(table, item)])

    @rule(
        key=keys,
        start=bounds,
        end=bounds,
        limit=st.none() | st.integers(1, 4),
        newest_first=st.booleans(),
        after=bounds,
    )
    def query(
        self, key: Key, start: str | None, end: str | None, limit: int | None, newest_first: bool, after: str | None
    ) -> None:
        pk = self.own[key.pk]
        found = self.store.query(key.table, pk, start, end, None, limit, newest_first, after)
        expected = self.model.query(key.table, pk, start, end, limit, newest_first, after)

        assert alike(found.items, expected.items)  # type: ignore[arg-type]
        assert found.next == expected.next

    @rule(seconds=st.sampled_from([0.5, 1, 3]))
    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule()
    def purge(self) -> None:
        self.store.purge()

    def teardown(self) -> None:
        wanted = sorted(self.touched) if hasattr(self, "touched") else []
        for found, key in zip(self.store.get_many(wanted), wanted, strict=True):
            assert alike(found, self.model.get(key))
            assert alike(self.store.get(key), found)


def test_every_engine_behaves_as_a_dictionary_with_conditions_and_expiry(
    store: Store, engine: str, clock: StillClock, partitions: Partitions
) -> None:
    class OnThisStore(Equivalence):
        def __init__(self) -> None:
            super().__init__(store, clock, partitions)

    run_state_machine_as_test(
        OnThisStore,
        settings=settings(
            max_examples=EXAMPLES[engine],
            stateful_step_count=25,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
