"""The way from a value to a mail on DynamoDB, and what the jobs on it load."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from contract_tests.jobs.delivery import MEMBER, Delivery
from contract_tests.jobs.test_imports import GATE, SCORERS, loaded
from contract_tests.jobs.world import NOW
from contract_tests.storage.conftest import LOCAL_CREDENTIALS
from contract_tests.storage.interrupted import Interrupted
from contract_tests.storage.world import moto
from contract_tests.test_imports import NEVER, RECORDED, TOKENS, within
from handlers.runtime.clock import FixedClock
from handlers.storage.dynamodb import DynamoStore
from handlers.storage.items import Store
from handlers.storage.opening import open_store
from handlers.storage.outbox import LEASE
from handlers.storage.preferences import PreferenceBook
from handlers.storage.sqlite import SqliteStore

MINUTE = timedelta(minutes=1)
JOBS = ("evaluate_alerts", "send_notifications", "send_digests")


@pytest.fixture(scope="module")
def dynamo() -> Iterator[DynamoStore]:
    with pytest.MonkeyPatch.context() as environment, moto() as url:
        for name, value in LOCAL_CREDENTIALS.items():
            environment.setenv(name, value)
        store = open_store(f"dynamodb://delivery?region=us-east-1&endpoint={url}", FixedClock(NOW))
        assert isinstance(store, DynamoStore)
        store.prepare()
        yield store
        store.close()


def delivered(store: Store | None) -> Delivery:
    """Two evaluations of eleven alerts, a digest an hour later, and all the mails of that sent."""
    world = Delivery(store)
    world.join()
    world.watchlist("AAPL")
    world.watchlist("AAPL", config_id="other")
    world.hear(0.5)
    for number in range(11):
        world.alert(number / 100, config_id="other" if number else "mine")
    PreferenceBook(world.store).change(
        MEMBER, "UTC", {"digest_enabled": True, "timezone": "UTC", "digest_time": "16:00"}, NOW
    )
    for _ in range(2):
        world.evaluate()
    world.clock.sleep(timedelta(hours=1).total_seconds())
    world.digest()
    world.send()
    return world


@pytest.mark.exhaustive
def test_on_dynamodb_it_ends_as_in_the_embedded_store(dynamo: DynamoStore) -> None:
    far, embedded = delivered(dynamo), delivered(None)

    assert len(embedded.mailbox()) == 11
    assert far.mailbox() == embedded.mailbox()
    assert far.notifications() == embedded.notifications()
    assert {each.status for each in far.notifications()} == {"sent"}
    assert far.waiting() == embedded.waiting() == []


@pytest.mark.parametrize("answer_lost", [False, True])
def test_whichever_write_fails_each_alert_and_digest_is_mailed_once(answer_lost: bool) -> None:
    def played(fails_at: int | None) -> tuple[int, list[str], list[str]]:
        """How many writes there were, the subjects of the mails that left, and what became of the notifications."""
        store = Interrupted(SqliteStore(":memory:", FixedClock(NOW)))
        world = Delivery(store)
        world.join()
        world.watchlist("AAPL")
        world.hear(0.5)
        for number in range(2):
            world.alert(number / 10)
        PreferenceBook(store).change(MEMBER, "UTC", {"digest_enabled": True, "digest_time": "15:00"}, NOW - MINUTE)
        store.writes, store.fails_at, store.answer_lost = 0, fails_at, answer_lost
        for _ in range(3):
            world.evaluate()
            world.digest()
            world.send()
            world.clock.sleep(LEASE.total_seconds())
        subjects = sorted(kept.mail.subject for kept in world.mailbox())
        return store.writes, subjects, [each.status for each in world.notifications()]

    writes, *whole = played(None)
    broken = [list(played(fails_at)[1:]) for fails_at in range(1, writes + 1)]

    assert len(whole[0]) == 3
    assert whole[1] == ["sent", "sent"]
    assert broken == [whole] * writes


@pytest.mark.parametrize("job", JOBS)
def test_a_job_that_is_warmed_loads_no_engine_feed_or_other_job(job: str) -> None:
    answer, names = loaded(job, {"warmup": True})

    assert answer == {"job": job, "status": "warmed"}
    assert within(names, *NEVER, *TOKENS, *GATE, *SCORERS, RECORDED, "sqlite3", "httpx") == []
    assert within(names, *(f"handlers.jobs.{other}" for other in JOBS)) == [f"handlers.jobs.{job}"]


@pytest.mark.parametrize("job", JOBS)
def test_a_job_that_finds_nothing_to_do_loads_no_market_no_provider_and_no_driver_of_aws(job: str) -> None:
    answer, names = loaded(job, {})

    assert (answer["status"], answer["items"]) == ("done", 0)
    assert within(names, RECORDED, "handlers.feeds.live", "handlers.feeds.sendgrid", *SCORERS, *GATE, "httpx") == []
    assert within(names, "botocore.session", "boto3") == []
