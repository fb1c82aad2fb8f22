"""Revoking users in the store: a session that is opened meanwhile ends as well, or begins after the revocation."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contract_tests.storage.interrupted import Interrupted
from contract_tests.storage.test_users import account
from contract_tests.storage.world import StillClock
from handlers.storage.items import Store
from handlers.storage.revocations import Revocations
from handlers.storage.sessions import Sessions
from handlers.storage.sqlite import SqliteStore
from handlers.storage.users import TABLE, Users, profile_key, user_key


@pytest.mark.parametrize("sessions", [0, 1, 5])
def test_a_revoked_account_has_no_session_and_a_higher_revision(
    store: Store, pk: str, clock: StillClock, sessions: int
) -> None:
    Users(store).add(account(pk, None))
    for number in range(sessions):
        Sessions(store).start(pk, str(number), clock.now())
    outcomes = [Revocations(store).revoke(pk, "leaked", clock.now()) for _ in range(2)]
    user, profile = Users(store).get(pk), store.get(profile_key(pk))

    assert outcomes == ["revoked", "already_revoked"]
    assert user is not None
    assert profile is not None
    assert (user.revoked, user.revocation_id, profile["revoked_reason"]) == (True, 1, "leaked")
    assert store.query(TABLE, user_key(pk), prefix="SESSION#").items == []


def test_a_session_that_is_opened_just_before_the_revocation_ends_with_the_others(
    store: Store, pk: str, clock: StillClock
) -> None:
    Users(store).add(account(pk, None))
    Sessions(store).start(pk, "before", clock.now())
    racing = Interrupted(store)
    racing.meanwhile[1] = lambda: Sessions(store).start(pk, "meanwhile", clock.now())
    outcome = Revocations(racing).revoke(pk, "leaked", clock.now())

    assert (outcome, racing.writes) == ("revoked", 2)
    assert store.query(TABLE, user_key(pk), prefix="SESSION#").items == []


def test_sessions_that_are_opened_at_once_never_outlive_their_revocation(tmp_path: Path, clock: StillClock) -> None:
    store = SqliteStore(str(tmp_path / "store.db"), clock, busy_timeout_seconds=30)
    for attempt in range(5):
        user_id, together = str(attempt), threading.Barrier(4)
        Users(store).add(account(user_id, None))

        def start(number: int, user_id: str = user_id, together: threading.Barrier = together) -> None:
            together.wait()
            Sessions(store).start(user_id, str(number), clock.now())

        def revoke(user_id: str = user_id, together: threading.Barrier = together) -> str:
            together.wait()
            return Revocations(store).revoke(user_id, "leaked", clock.now())

        with ThreadPoolExecutor(4) as threads:
            started = [threads.submit(start, number) for number in range(3)]
            outcome = threads.submit(revoke)
        alive = [number for number in range(3) if Sessions(store).member(user_id, str(number), clock.now())]

        assert outcome.result() == "revoked"
        assert [each.result() for each in started] == [None] * 3
        assert alive == []
    store.close()
