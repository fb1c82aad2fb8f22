"""Ten alert mails a user and UTC day, and no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.storage.items import ConditionFailed, Key, Put, Store
from handlers.storage.mail_quota import MAILS_PER_DAY, MailQuota, quota_key, resets_at

TODAY = MIDNIGHT.date()
THREADS = 8


def test_ten_are_given_and_the_eleventh_is_not(store: Store, pk: str) -> None:
    quota = MailQuota(store)
    taken = [(quota.take(pk, TODAY), quota.used(pk, TODAY)) for _ in range(12)]

    assert taken == [(True, number + 1) for number in range(10)] + [(False, 10)] * 2


def test_each_user_and_each_day_has_ten_of_its_own(store: Store, pk: str) -> None:
    quota, tomorrow = MailQuota(store), TODAY + timedelta(days=1)
    for _ in range(MAILS_PER_DAY):
        quota.take(pk, TODAY)

    assert not quota.take(pk, TODAY)
    assert quota.take(pk, tomorrow)
    assert quota.take(f"not {pk}", TODAY)
    assert [quota.used(pk, TODAY), quota.used(pk, tomorrow), quota.used(f"nor {pk}", TODAY)] == [10, 1, 0]


def test_a_day_ends_at_midnight_in_utc() -> None:
    assert resets_at(date(2024, 12, 31)) == datetime.fromisoformat("2025-01-01T00:00:00Z")


def test_a_count_outlives_its_day_and_is_gone_after_a_month(store: Store, pk: str, clock: StillClock) -> None:
    quota = MailQuota(store)
    quota.take(pk, TODAY)
    clock.advance(31 * 86_400 - 1)
    kept = quota.used(pk, TODAY)
    clock.advance(1)

    assert kept == 1
    assert store.get(quota_key(pk, TODAY)) is None


def test_what_joins_a_transaction_is_not_written_when_no_mail_is_left(store: Store, pk: str) -> None:
    quota, mail = MailQuota(store), Put("users", {"PK": pk, "SK": "MAIL"})
    store.transact([quota.taking(pk, TODAY), mail])
    for _ in range(MAILS_PER_DAY - 1):
        quota.take(pk, TODAY)
    store.delete(Key("users", pk, "MAIL"))
    with pytest.raises(ConditionFailed) as raised:
        store.transact([quota.taking(pk, TODAY), mail])

    assert raised.value.key == quota_key(pk, TODAY)
    assert store.get(Key("users", pk, "MAIL")) is None


def test_however_many_threads_take_at_once_ten_are_given(store: Store, engine: str, pk: str) -> None:
    if engine == "moto":
        pytest.skip("moto restores whole tables when a transaction fails, other writers' work included")
    with ThreadPoolExecutor(THREADS) as threads:
        taken = list(threads.map(lambda _: MailQuota(store).take(pk, TODAY), range(4 * THREADS)))

    assert taken.count(True) == MailQuota(store).used(pk, TODAY) == MAILS_PER_DAY
