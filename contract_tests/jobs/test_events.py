"""What AWS sends is read, and what no job can read is refused with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.jobs.world import SCHEDULED, record, records
from handlers.jobs.events import Batch, Delivery, Direct, Refused, Scheduled, Warmup, read

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    ["Records", "source", "detail-type", "items", "warmup", "id", "eventSource", "body", "messageId"]
)


def test_a_scheduled_event_of_either_service_is_read() -> None:
    by_scheduler = {**SCHEDULED, "source": "aws.scheduler", "detail": "{}"}

    assert read(dict(SCHEDULED)) == Scheduled(SCHEDULED["id"])
    assert read(by_scheduler) == Scheduled(SCHEDULED["id"])


def test_a_batch_of_a_queue_is_read() -> None:
    event = {"Records": [record("m-0", {"n": 1}), record("m-1", "no json", 3, AWSTraceHeader="Root=1-2-3;Sampled=1")]}

    assert read(event) == Batch([Delivery("m-0", '{"n": 1}', 1), Delivery("m-1", "no json", 3, "Root=1-2-3;Sampled=1")])


def test_an_empty_batch_is_read() -> None:
    assert read({"Records": []}) == Batch([])


def test_a_direct_call_names_items_or_asks_to_look_for_them() -> None:
    assert read({}) == Scheduled("")
    assert read({"items": [1, {"a": 2}]}) == Direct([1, {"a": 2}])
    assert read({"warmup": True}) == Warmup()


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (None, "the event is null"),
        ([], "the event is a list"),
        ("{}", "the event is a str"),
        ({"Records": {}}, "Records is a dict"),
        ({"Records": [{"eventSource": "aws:sns"}]}, "records come from 'aws:sns'"),
        ({"Records": [{"EventSource": "aws:sqs"}]}, "records come from 'None'"),
        ({"source": "aws.s3", "detail-type": "Object Created"}, "'Object Created' of 'aws.s3' is no scheduled event"),
        ({"source": "aws.events"}, "is no scheduled event"),
        ({"detail-type": "Scheduled Event"}, "is no scheduled event"),
        ({"items": {}}, "items is a dict"),
        ({"warmup": 1.5}, "a call that warms up is"),
        ({"warmup": 1}, "a call that warms up is"),
        ({"warmup": True, "items": []}, "a call that warms up is"),
        ({"httpMethod": "GET", "path": "/"}, "unknown key 'httpMethod'"),
        ({"x" * 1000: 1}, "unknown key 'xxx"),
    ],
)
def test_what_is_no_event_of_a_job_is_refused_with_the_reason(event: object, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(event)

    assert reason in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ("text", "the record is a str"),
        ({**record("m", {}), "eventSource": "aws:sns"}, "the record comes from 'aws:sns'"),
        ({**record("m", {}), "messageId": None}, "the record has no messageId"),
        ({**record("m", {}), "messageId": ""}, "the record has no messageId"),
    ],
)
def test_one_broken_record_leaves_the_others_of_its_batch_readable(broken: Any, problem: str) -> None:
    order = read({"Records": [record("m-0", {}), broken, record("m-2", {})]})

    assert isinstance(order, Batch)
    assert [delivery.problem for delivery in order.deliveries] == [None, problem, None]


@pytest.mark.parametrize("count", [None, "", "x", "-1", "0", "9" * 40, 7, "²"])
def test_a_count_of_deliveries_that_cannot_be_read_is_the_first(count: Any) -> None:
    event = records(["{}"])
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = count

    order = read(event)

    assert isinstance(order, Batch)
    assert order.deliveries[0].received == 1


@settings(max_examples=200, deadline=None)
@given(json_values | st.dictionaries(names, json_values, max_size=4))
def test_any_event_is_read_or_refused(event: object) -> None:
    assert isinstance(outcome(event), (Batch, Direct, Scheduled, Warmup, Refused))


def outcome(event: object) -> object:
    try:
        return read(event)
    except Refused as refused:
        return refused
