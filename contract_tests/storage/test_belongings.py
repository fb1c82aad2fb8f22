"""Nothing that is kept of a user can be forgotten when the user is merged: every kind is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract_tests.storage.interrupted import Interrupted
from handlers.runtime.clock import FixedClock
from handlers.storage.belongings import KINDS, kind_of
from handlers.storage.items import Key
from handlers.storage.sqlite import SqliteStore
from tools import identities
from tools.goldens.cases import cases
from tools.goldens.play import played_on
from tools.stage import NOW, Stage

OWNED = "USER#"


def seeded() -> set[Key]:
    """What the recorded callers have."""
    store = Interrupted(SqliteStore(":memory:", FixedClock(NOW)))
    identities.enrol(store, NOW)
    return store.written


def written() -> Iterator[Key]:
    """Every key that any example of any operation writes which changes something."""
    for case in cases():
        if case.call.method != "GET" and case.status < 300 and case.given.store == "seeded":
            stage = Stage(case.given)
            store = Interrupted(stage.store)
            played_on(Stage(case.given, store=store), case.given, case.call, case.function, "v1")
            yield from store.written


@pytest.fixture(scope="module")
def owned() -> set[str]:
    """The sort keys of everything that is kept under a user."""
    return {key.sk for key in (*seeded(), *written()) if key.pk.startswith(OWNED)}


def test_what_becomes_of_every_kind_of_record_is_named(owned: set[str]) -> None:
    forgotten = sorted(sk for sk in owned if kind_of({"PK": OWNED, "SK": sk}) is None)

    assert forgotten == []


def test_no_kind_is_named_that_nothing_writes(owned: set[str]) -> None:
    idle = [kind.prefix for kind in KINDS if not any(sk.startswith(kind.prefix) for sk in owned)]

    assert idle == []
    assert len(owned) > 30


def test_a_kind_that_nobody_named_would_be_seen() -> None:
    assert kind_of({"PK": OWNED, "SK": "SOMETHING#new"}) is None
