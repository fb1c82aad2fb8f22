"""Users and their addresses: one user for each verified address, whatever races, found by it in any case."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.storage.items import ConditionFailed, Store
from handlers.storage.sqlite import SqliteStore
from handlers.storage.users import EmailTaken, User, Users, normalised, profile_key, unmerged

THREADS = 8


def account(user_id: str, email: str | None) -> User:
    return User(
        user_id=user_id,
        auth_type="email",
        role="free",
        verification="verified",
        email=email,
        linked_providers=("email",),
        last_provider_used="email",
        timezone="UTC",
        created_at=MIDNIGHT,
        last_active_at=MIDNIGHT,
        session_expires_at=MIDNIGHT,
        revoked=False,
        revocation_id=0,
        merged_to=None,
    )


def test_a_user_is_found_by_the_verified_address_whatever_its_case(store: Store, pk: str) -> None:
    user = account(pk, f"Reader.{pk}@Example.com")
    Users(store).add(user)

    assert Users(store).by_email(f" rEADER.{pk}@EXAMPLE.com ") == user
    assert Users(store).by_email(f"reader{pk}@example.com") is None
    assert Users(store).by_email(f"reader.{pk}+tag@example.com") is None


def test_an_address_has_one_user_and_a_second_one_is_not_written(store: Store, pk: str) -> None:
    Users(store).add(account(pk, f"{pk}@example.com"))
    with pytest.raises(EmailTaken):
        Users(store).add(account(f"{pk}-second", f"{pk.upper()}@example.com"))
    with pytest.raises(EmailTaken):
        Users(store).claim_email(_added(store, f"{pk}-third"), f"{pk}@example.com")

    assert Users(store).get(f"{pk}-second") is None
    assert Users(store).by_email(f"{pk}@example.com") == account(pk, f"{pk}@example.com")


def _added(store: Store, user_id: str) -> str:
    Users(store).add(account(user_id, None))
    return user_id


def test_an_unverified_address_leads_to_nobody_and_keeps_nobody_out(store: Store, pk: str) -> None:
    Users(store).add(replace(account(pk, f"{pk}@example.com"), verification="pending"))
    before = Users(store).by_email(f"{pk}@example.com")
    Users(store).add(account(f"{pk}-owner", f"{pk}@example.com"))
    after = Users(store).by_email(f"{pk}@example.com")

    assert before is None
    assert after is not None
    assert after.user_id == f"{pk}-owner"


def test_a_user_may_have_several_addresses_and_claiming_one_again_changes_nothing(store: Store, pk: str) -> None:
    user = account(pk, f"{pk}@example.com")
    Users(store).add(user)
    for _ in range(2):
        Users(store).claim_email(pk, f"{pk}@example.org")

    assert Users(store).by_email(f"{pk}@example.com") == Users(store).by_email(f"{pk}@example.org") == user


def test_an_id_that_is_taken_is_not_mistaken_for_an_address(store: Store, pk: str) -> None:
    Users(store).add(account(pk, f"{pk}@example.com"))
    with pytest.raises(ConditionFailed):
        Users(store).add(account(pk, f"{pk}@example.org"))

    assert Users(store).by_email(f"{pk}@example.org") is None


def test_nobody_who_is_not_there_gets_an_address(store: Store, pk: str) -> None:
    with pytest.raises(ConditionFailed):
        Users(store).claim_email(pk, f"{pk}@example.com")

    assert Users(store).by_email(f"{pk}@example.com") is None


def test_a_merged_user_leads_to_the_one_it_became(store: Store, pk: str) -> None:
    user = account(f"{pk}-last", None)
    Users(store).add(user)
    Users(store).add(replace(account(f"{pk}-middle", f"{pk}@example.com"), merged_to=user.user_id))
    Users(store).add(replace(account(f"{pk}-first", None), merged_to=f"{pk}-middle"))

    assert Users(store).standing(f"{pk}-first") == Users(store).by_email(f"{pk}@example.com") == user
    assert Users(store).standing(f"{pk}-nobody") is None


def test_nothing_new_is_written_under_a_merged_user(store: Store, pk: str) -> None:
    Users(store).add(account(pk, None))
    store.transact([unmerged(pk), unmerged(f"{pk}-nobody")])
    store.update(profile_key(pk), set={"merged_to": "somebody"})
    with pytest.raises(ConditionFailed) as failed:
        store.transact([unmerged(pk)])

    assert failed.value.key == profile_key(pk)


def test_of_threads_that_sign_up_with_one_address_one_gets_it(tmp_path: Path, clock: StillClock) -> None:
    store, together = (
        SqliteStore(str(tmp_path / "store.db"), clock, busy_timeout_seconds=30),
        threading.Barrier(THREADS),
    )

    def sign_up(number: int) -> bool:
        together.wait()
        try:
            Users(store).add(account(str(number), "one@example.com"))
        except EmailTaken:
            return False
        return True

    with ThreadPoolExecutor(THREADS) as threads:
        won = list(threads.map(sign_up, range(THREADS)))
    user = Users(store).by_email("one@example.com")
    there = [number for number in range(THREADS) if Users(store).get(str(number))]
    store.close()

    assert user is not None
    assert there == [int(user.user_id)] == [number for number in range(THREADS) if won[number]]


@settings(max_examples=50)
@given(st.emails())
def test_an_address_has_one_spelling(email: str) -> None:
    spelled = normalised(email)

    assert normalised(spelled) == normalised(f"  {email} ") == normalised(email.upper().lower()) == spelled
