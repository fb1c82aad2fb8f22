"""Sessions in the store: five a user at most, whatever races, and never at the cost of what else is known of the user."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from contract_tests.storage.world import MIDNIGHT, Partitions, StillClock
from handlers.storage.items import ConditionFailed, Store
from handlers.storage.sessions import Sessions
from handlers.storage.sqlite import SqliteStore
from handlers.storage.users import User, Users, profile_key, user_key

THREADS = 8
MOST = 5
"""Sessions of a user."""
LENGTH = timedelta(days=30)
"""Of a session."""


@pytest.fixture
def user(store: Store, partitions: Partitions) -> User:
    """A signed-in user without a session."""
    return signed_in(store, partitions.fresh())


def signed_in(store: Store, user_id: str) -> User:
    user = User(
        user_id=user_id,
        auth_type="github",
        role="free",
        verification="verified",
        email=f"{user_id}@example.com",
        linked_providers=("github", "email"),
        last_provider_used="github",
        timezone="Europe/Berlin",
        created_at=MIDNIGHT,
        last_active_at=MIDNIGHT,
        session_expires_at=MIDNIGHT + LENGTH,
        revoked=False,
        revocation_id=3,
        merged_to=None,
    )
    Users(store).add(user)
    return user


def begun(store: Store, user_id: str, kind: str, clock: StillClock) -> tuple[User, str | None]:
    """A user with one session, and its id if it has one."""
    if kind == "anonymous":
        return Users(store).start_anonymous(user_id, "UTC", clock.now()), None
    user = signed_in(store, user_id)
    Sessions(store).start(user_id, "first", clock.now())
    return user, "first"


def alive(store: Store, user: User, clock: StillClock, ids: list[str]) -> list[str]:
    return [each for each in ids if Sessions(store).member(user.user_id, each, clock.now())]


def together(*works: Callable[[], None]) -> None:
    """Runs each work in a thread of its own, all from the same moment."""
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        barrier.wait()
        work()

    with ThreadPoolExecutor(len(works)) as threads:
        for done in [threads.submit(run, work) for work in works]:
            done.result()


def test_a_user_is_read_as_it_was_written(store: Store, user: User) -> None:
    assert Users(store).get(user.user_id) == user


def test_an_id_is_taken_once(store: Store, user: User) -> None:
    with pytest.raises(ConditionFailed):
        Users(store).add(replace(user, email=None))

    assert Users(store).get(user.user_id) == user


def test_a_session_is_found_with_its_user_until_it_expires(store: Store, user: User, clock: StillClock) -> None:
    expires = Sessions(store).start(user.user_id, "first", clock.now())
    clock.advance(LENGTH.total_seconds() - 1)
    before = Sessions(store).member(user.user_id, "first", clock.now())
    clock.advance(1)

    assert before is not None
    assert (before.user, before.session_id, before.expires_at) == (user, "first", expires)
    assert Sessions(store).member(user.user_id, "first", clock.now()) is None
    assert store.query("users", user_key(user.user_id), prefix="SESSION#").items == []


@pytest.mark.parametrize("kind", ["anonymous", "member"])
def test_a_session_that_began_within_a_second_ends_within_a_second(
    store: Store, partitions: Partitions, clock: StillClock, kind: str
) -> None:
    clock.advance(0.5)
    user, session_id = begun(store, partitions.fresh(), kind, clock)
    clock.advance(LENGTH.total_seconds() - 0.25)
    before = Sessions(store).of(user.user_id, session_id, clock.now())
    clock.advance(0.25)

    assert before is not None
    assert before.expires_at == clock.now()
    assert Sessions(store).of(user.user_id, session_id, clock.now()) is None


def test_a_sixth_session_ends_the_oldest(store: Store, user: User, clock: StillClock) -> None:
    ids = [str(number) for number in range(MOST + 2)]
    for session_id in reversed(ids):
        Sessions(store).start(user.user_id, session_id, clock.now())
        clock.advance(1)

    assert alive(store, user, clock, ids) == ids[:MOST]


def test_an_expired_session_makes_room(store: Store, user: User, clock: StillClock) -> None:
    ids = [str(number) for number in range(MOST)]
    for session_id in ids:
        Sessions(store).start(user.user_id, session_id, clock.now())
        clock.advance(LENGTH.total_seconds() / MOST)
    Sessions(store).start(user.user_id, "new", clock.now())

    assert alive(store, user, clock, [*ids, "new"]) == [*ids[1:], "new"]


@pytest.mark.parametrize("who", ["a user", "nobody"])
def test_a_session_is_started_for_a_known_user_under_an_id_of_its_own(
    store: Store, user: User, clock: StillClock, who: str
) -> None:
    user_id = user.user_id if who == "a user" else f"not {user.user_id}"
    first = Sessions(store).start(user.user_id, "taken", clock.now())
    clock.advance(60)
    with pytest.raises(ConditionFailed):
        Sessions(store).start(user_id, "taken", clock.now())
    found = Sessions(store).member(user.user_id, "taken", clock.now())

    assert found is not None
    assert found.expires_at == first
    assert store.query("users", user_key(f"not {user.user_id}")).items == []


def test_five_are_the_limit_however_many_threads_sign_in_at_once(
    store: Store, engine: str, user: User, clock: StillClock
) -> None:
    if engine == "moto":
        pytest.skip("moto restores whole tables when a transaction fails, other writers' work included")
    most: list[int] = []

    def sign_in(thread: int) -> None:
        for number in range(3):
            Sessions(store).start(user.user_id, f"{thread}-{number}", clock.now())
            most.append(len(store.query("users", user_key(user.user_id), prefix="SESSION#").items))

    together(*[partial(sign_in, thread) for thread in range(THREADS)])
    left = store.query("users", user_key(user.user_id), prefix="SESSION#").items

    assert len(left) == MOST
    assert max(most) <= MOST


def test_signing_in_loses_no_revocation_that_happens_meanwhile(
    store: Store, engine: str, user: User, clock: StillClock
) -> None:
    if engine == "moto":
        pytest.skip("moto restores whole tables when a transaction fails, other writers' work included")
    ids, times = count(), 40

    def sign_in() -> None:
        for _ in range(times):
            Sessions(store).start(user.user_id, str(next(ids)), clock.now())

    def revoke() -> None:
        for _ in range(times):
            store.update(profile_key(user.user_id), add={"revocation_id": 1})

    together(sign_in, revoke, revoke)
    found = Users(store).get(user.user_id)

    assert found == replace(user, revocation_id=user.revocation_id + 2 * times)


@pytest.mark.parametrize("change", [{"revoked": True}, {"merged_to": "another"}, {"auth_type": "anonymous"}])
def test_a_session_of_a_user_who_may_not_sign_in_is_none(
    store: Store, user: User, clock: StillClock, change: dict[str, bool | str]
) -> None:
    Sessions(store).start(user.user_id, "first", clock.now())
    store.update(profile_key(user.user_id), set=change)

    assert Sessions(store).member(user.user_id, "first", clock.now()) is None


@pytest.mark.parametrize("change", [{"revoked": True}, {"merged_to": "another"}, {"auth_type": "email"}])
def test_an_id_of_a_user_who_is_not_anonymous_any_more_is_no_session(
    store: Store, partitions: Partitions, clock: StillClock, change: dict[str, bool | str]
) -> None:
    user = Users(store).start_anonymous(partitions.fresh(), "UTC", clock.now())
    before = Sessions(store).anonymous(user.user_id, clock.now())
    store.update(profile_key(user.user_id), set=change)

    assert before is not None
    assert Sessions(store).anonymous(user.user_id, clock.now()) is None


@pytest.mark.parametrize("kind", ["anonymous", "member"])
def test_of_ending_and_prolonging_a_session_at_once_ending_wins(
    store: Store, partitions: Partitions, clock: StillClock, kind: str
) -> None:
    user, session_id = begun(store, partitions.fresh(), kind, clock)
    clock.advance(60)
    seen = Sessions(store).of(user.user_id, session_id, clock.now())
    assert seen is not None
    Sessions(store).extend(seen, clock.now())
    Sessions(store).end(seen, clock.now())
    Sessions(store).end(seen, clock.now())

    assert Sessions(store).extend(seen, clock.now()) is None
    assert Sessions(store).of(user.user_id, session_id, clock.now()) is None


@pytest.mark.parametrize("kind", ["anonymous", "member"])
@pytest.mark.parametrize("behind_seconds", [-60, 60])
def test_a_session_that_was_ended_has_ended_where_the_clock_differs(
    tmp_path: Path, clock: StillClock, kind: str, behind_seconds: int
) -> None:
    path = str(tmp_path / "store.db")
    here = SqliteStore(path, clock)
    user, session_id = begun(here, "somebody", kind, clock)
    clock.advance(3600)
    there = clock.now() - timedelta(seconds=behind_seconds)
    seen = Sessions(here).of(user.user_id, session_id, clock.now())
    assert seen is not None
    Sessions(here).end(seen, clock.now())
    elsewhere = SqliteStore(path, StillClock(there))

    assert Sessions(elsewhere).of(user.user_id, session_id, there) is None
    assert Sessions(elsewhere).extend(seen, there) is None


@pytest.mark.parametrize("what", ["extend", "end"])
def test_a_user_who_signs_in_meanwhile_keeps_their_profile(
    store: Store, partitions: Partitions, clock: StillClock, what: str
) -> None:
    user, _ = begun(store, partitions.fresh(), "anonymous", clock)
    seen = Sessions(store).anonymous(user.user_id, clock.now())
    assert seen is not None
    signed_in = store.update(profile_key(user.user_id), set={"auth_type": "email"}, remove=["ttl"])
    getattr(Sessions(store), what)(seen, clock.now())

    assert store.get(profile_key(user.user_id)) == signed_in


def test_activity_is_noted_of_users_who_exist_only(store: Store, user: User, clock: StillClock) -> None:
    clock.advance(60)
    for user_id in (user.user_id, f"not {user.user_id}"):
        Users(store).touch(user_id, clock.now())

    assert Users(store).get(user.user_id) == replace(user, last_active_at=clock.now())
    assert Users(store).get(f"not {user.user_id}") is None
