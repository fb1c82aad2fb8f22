"""Messages are delivered at least once, to one receiver at a time, until somebody says that they are done."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contract_tests.jobs.world import NOW, World, records
from contract_tests.logs import logged
from contract_tests.storage.conftest import LOCAL_CREDENTIALS
from contract_tests.storage.scripted import endpoint
from contract_tests.storage.world import moto
from handlers.jobs.pumping import event_of, pump
from handlers.jobs.running import Done, Job, Run
from handlers.runtime.chance import CountedChance, SystemChance
from handlers.runtime.clock import FixedClock, SystemClock
from handlers.storage.queues import Message, Queue, check_setting, open_queue, open_sender
from handlers.storage.sqlite import SqliteStore
from handlers.storage.sqs import SqsSender
from handlers.storage.stored_queue import HIDDEN


def queue_of(clock: FixedClock, seed: str = "queue") -> Queue:
    return open_queue("trial", SqliteStore(":memory:", clock), clock, CountedChance(seed))


def messages(*numbers: int) -> list[Message]:
    return [Message({"n": number}, f"trace-{number}") for number in numbers]


def test_a_message_is_delivered_with_its_trace_and_hidden_from_others() -> None:
    queue = queue_of(FixedClock(NOW))

    assert queue.send(messages(7)) == 1
    (received,) = queue.receive(10)
    assert json.loads(received.text) == {"n": 7, "trace_id": "trace-7"}
    assert received.deliveries == 1
    assert queue.receive(10) == []


def test_a_message_that_nobody_deleted_comes_again_with_its_count() -> None:
    clock = FixedClock(NOW)
    queue = queue_of(clock)
    queue.send(messages(1))
    (first,) = queue.receive(10)
    clock.sleep(HIDDEN.total_seconds() - 1)
    too_early = queue.receive(10)
    clock.sleep(1)
    (second,) = queue.receive(10)

    assert too_early == []
    assert (second.identifier, second.deliveries) == (first.identifier, 2)


def test_who_comes_too_late_deletes_nothing_of_another_receiver() -> None:
    clock = FixedClock(NOW)
    queue = queue_of(clock)
    queue.send(messages(1))
    first = queue.receive(10)
    clock.sleep(HIDDEN.total_seconds())
    second = queue.receive(10)
    queue.delete(first)
    clock.sleep(HIDDEN.total_seconds())
    third = queue.receive(10)
    queue.delete(third)
    clock.sleep(HIDDEN.total_seconds())

    assert [each.deliveries for each in (*second, *third)] == [2, 3]
    assert queue.receive(10) == []


def test_those_that_wait_longest_come_first() -> None:
    clock = FixedClock(NOW)
    queue = queue_of(clock)
    for number in range(3):
        queue.send(messages(number))
        clock.sleep(1)

    assert [json.loads(each.text)["n"] for each in queue.receive(2)] == [0, 1]


def test_queues_of_other_names_are_other_queues() -> None:
    clock = FixedClock(NOW)
    store = SqliteStore(":memory:", clock)
    open_queue("one", store, clock, CountedChance("a")).send(messages(1))

    assert open_queue("another", store, clock, CountedChance("b")).receive(10) == []


def test_receivers_at_the_same_time_never_get_the_same_message(tmp_path: Path) -> None:
    clock = SystemClock()
    store = SqliteStore(str(tmp_path / "store.db"), clock, busy_timeout_seconds=30)
    queue = open_queue("trial", store, clock, SystemChance())
    queue.send(messages(*range(120)))

    def take(receiver: int) -> list[int]:
        return [json.loads(each.text)["n"] for _ in range(8) for each in queue.receive(5)]

    with ThreadPoolExecutor(4) as threads:
        taken = [number for numbers in threads.map(take, range(4)) for number in numbers]

    assert len(taken) == len(set(taken)) >= 60


class Deliveries(RuleBasedStateMachine):
    """A queue against what a queue promises."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(NOW)
        self.queue = queue_of(self.clock)
        self.hidden: dict[int, Any] = {}
        self.until: dict[int, Any] = {}
        self.undone: set[int] = set()
        self.sent = 0

    @rule(count=st.integers(1, 4))
    def send(self, count: int) -> None:
        numbers = range(self.sent, self.sent + count)
        assert self.queue.send(messages(*numbers)) == count
        self.sent += count
        self.undone.update(numbers)

    @rule(limit=st.integers(1, 5))
    def receive(self, limit: int) -> None:
        now = self.clock.now()
        seen = {number for number in self.undone if self.until.get(number, now) <= now}
        received = self.queue.receive(limit)
        numbers = {json.loads(each.text)["n"]: each for each in received}
        assert len(numbers) == len(received) == min(limit, len(seen))
        assert numbers.keys() <= seen
        for number, each in numbers.items():
            self.hidden[number], self.until[number] = each, now + HIDDEN

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if self.hidden:
            number = data.draw(st.sampled_from(sorted(self.hidden)))
            self.queue.delete([self.hidden.pop(number)])
            self.undone.discard(number)

    @rule(seconds=st.sampled_from([1, 60, 120]))
    def wait(self, seconds: int) -> None:
        self.clock.sleep(seconds)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert len(self.undone) <= self.sent


Deliveries.TestCase.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
TestDeliveries = Deliveries.TestCase


def test_a_job_deletes_what_it_did_and_what_it_buried_and_leaves_what_failed() -> None:
    world = World()
    queue = open_queue("trial", world.store, world.clock, world.backend.chance)
    queue.send(messages(0, 1, 2))

    def do(number: int, run: Run) -> Done:
        if number == 1 and run.now() == NOW:
            raise RuntimeError("not yet")
        return Done("done")

    job: Job[int] = Job("trial", do, str, read=lambda body: int(body["n"]))
    first = pump(job, queue, world.backend)
    world.clock.sleep(timedelta(minutes=5).total_seconds())
    second = pump(job, queue, world.backend)
    world.clock.sleep(timedelta(minutes=5).total_seconds())

    assert (first, second, pump(job, queue, world.backend)) == (3, 1, 0)


def test_what_stands_for_sqs_gives_what_sqs_gives_as_far_as_jobs_read_it() -> None:
    queue = queue_of(FixedClock(NOW))
    queue.send(messages(1))
    (mine,), (theirs,) = event_of(queue.receive(1))["Records"], records(["{}"])["Records"]

    assert mine.keys() <= theirs.keys()
    assert mine["eventSource"] == theirs["eventSource"]


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "sqs",
        "sqs://",
        "sqs://a b",
        "sqs://a?region=",
        "sqs://a?zone=b",
        "sqs://a?region=b&region=c",
        "Store",
        "sqs://a?endpoint=not a url",
        "sqs://a?endpoint=http://",
        "sqs://a?endpoint=ftp://b",
    ],
)
def test_a_setting_that_names_no_queues_is_refused_with_the_forms(setting: str) -> None:
    with pytest.raises(ValueError, match=re.escape("valid: store | sqs://")):
        check_setting(setting)


@pytest.fixture(scope="module")
def sqs() -> Iterator[tuple[str, Any]]:
    with pytest.MonkeyPatch.context() as environment, moto() as url:
        for name, value in LOCAL_CREDENTIALS.items():
            environment.setenv(name, value)
        client: Any = botocore.session.get_session().create_client("sqs", "us-east-1", endpoint_url=url)
        client.create_queue(QueueName="trial-analysis")
        yield url, client


def received(client: Any) -> list[dict[str, Any]]:
    url = client.get_queue_url(QueueName="trial-analysis")["QueueUrl"]
    found: list[dict[str, Any]] = []
    while part := client.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["AWSTraceHeader"]
    ).get("Messages", []):
        found += part
    return found


def test_sqs_gets_every_message_in_batches_with_its_trace(sqs: tuple[str, Any]) -> None:
    url, client = sqs
    world = World()
    sender = open_sender(
        f"sqs://trial?region=us-east-1&endpoint={url}", "analysis", world.store, world.clock, world.backend.chance
    )
    sent = [Message({"n": number}, "1-67891233-abcdef012345678912345678") for number in range(23)]

    assert sender.send(sent) == 23
    found = received(client)
    bodies = [json.loads(each["Body"]) for each in found]
    assert sorted(body["n"] for body in bodies) == list(range(23))
    assert {body["trace_id"] for body in bodies} == {"1-67891233-abcdef012345678912345678"}


def test_a_trace_of_aws_goes_along_in_the_header_that_aws_reads(sqs: tuple[str, Any]) -> None:
    with endpoint() as server:
        server.will({"QueueUrl": f"{server.url}/1/trial-analysis"})
        server.will({"Successful": [{"Id": "0", "MessageId": "m", "MD5OfMessageBody": "x"}], "Failed": []})
        sender = SqsSender("trial-analysis", "us-east-1", server.url)
        sender.send([Message({}, "1-a-b")])
        sender.send([Message({}, "a-uuid")])

    sent = [parameters["Entries"][0] for operation, parameters in server.requests if operation == "SendMessageBatch"]
    header = {"DataType": "String", "StringValue": "Root=1-a-b"}
    assert [each.get("MessageSystemAttributes") for each in sent] == [{"AWSTraceHeader": header}, None]


def test_a_queue_that_answers_nonsense_takes_nothing_and_raises_nothing(sqs: tuple[str, Any]) -> None:
    with endpoint() as server:
        server.will({"nothing": "of the kind"})
        taken = SqsSender("trial-analysis", "us-east-1", server.url).send(messages(1))

    assert taken == 0


def test_of_a_batch_what_was_taken_is_counted_and_the_rest_is_logged(sqs: tuple[str, Any]) -> None:
    with endpoint() as server, logged() as lines:
        server.will({"QueueUrl": f"{server.url}/1/trial-analysis"})
        failed = {"Id": "1", "Code": "InternalError", "SenderFault": False}
        server.will({"Successful": [{"Id": "0", "MessageId": "m", "MD5OfMessageBody": "x"}], "Failed": [failed]})
        taken = SqsSender("trial-analysis", "us-east-1", server.url).send(messages(1, 2))

    assert taken == 1
    assert [line["reason"] for line in lines.lines("ERROR")] == ["InternalError"]


def test_a_queue_that_does_not_answer_takes_nothing_and_raises_nothing(sqs: tuple[str, Any]) -> None:
    url, _ = sqs
    world = World()
    sender = open_sender(
        f"sqs://absent?region=us-east-1&endpoint={url}", "analysis", world.store, world.clock, world.backend.chance
    )

    assert sender.send(messages(1, 2)) == 0
