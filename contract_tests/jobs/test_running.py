"""Each item runs alone: what one of them does harms no other, and what became of it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.jobs.world import NOW, SCHEDULED, World, printed, record, records
from contract_tests.logs import logged
from handlers.feeds import sendgrid
from handlers.feeds.http import Patience
from handlers.feeds.port import FeedUnavailable
from handlers.jobs import _news
from handlers.jobs.running import (
    MARGIN_SECONDS,
    MOST_DEATHS,
    MOST_DELIVERIES,
    MOST_FAILURES,
    Done,
    Invocation,
    Job,
    Poison,
    Run,
    perform,
)
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.dynamodb import PATIENCE
from handlers.storage.items import Item, Key, StoreUnavailable
from handlers.storage.sqlite import SqliteStore

THROTTLED_SECONDS = 3
"""The pauses of a request to the store that is throttled, together."""
INVOCATION = Invocation("request-1", "1-67891233-abcdef012345678912345678")


def do(item: str, run: Run) -> Done:
    """Items say themselves what becomes of them."""
    if item.startswith("poison"):
        raise Poison("spoilt", f"{item} cannot be done")
    if item.startswith("fails"):
        raise RuntimeError(f"{item} failed")
    if item.startswith("unavailable"):
        raise FeedUnavailable("tiingo", 60, "does not answer")
    run.count("Things", 2)
    return Done("done", {"length": len(item)})


def named(body: Mapping[str, Any]) -> str:
    name = body["name"]
    if not isinstance(name, str):
        raise TypeError("name is no text")
    return name


JOB: Job[str] = Job("trial", do, str, lambda run: ["one", "poison", "fails", "two"], named)


def deliver(world: World, *bodies: object, received: int = 1) -> list[str]:
    """The messages that are to be delivered again."""
    answer = perform(JOB, records(bodies, received), world.backend, INVOCATION)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def reasons(world: World) -> dict[str, str]:
    return {letter.identifier: letter.reason for letter in DeadLetters(world.store).of("trial")}


def test_a_failed_message_is_delivered_again_and_no_other() -> None:
    world = World()

    assert deliver(world, {"name": "one"}, {"name": "fails"}, {"name": "two"}, {"name": "unavailable"}) == [
        "m-1",
        "m-3",
    ]
    assert reasons(world) == {}


def test_a_poison_message_becomes_a_dead_letter_and_is_not_delivered_again() -> None:
    world = World()
    failed = deliver(
        world, "no json", [1], {"nothing": 1}, {"name": 7}, {"name": "poison"}, "", '{"name": NaN}', {"name": "a"}
    )

    assert failed == []
    assert reasons(world) == {
        "m-0": "not_json",
        "m-1": "wrong_shape",
        "m-2": "wrong_shape",
        "m-3": "wrong_shape",
        "m-4": "spoilt",
        "m-5": "not_json",
        "m-6": "not_json",
    }


def test_a_dead_letter_can_be_searched_by_its_reason_and_keeps_what_was_sent() -> None:
    world = World()
    deliver(world, {"name": "poison", "trace_id": "trace-7"}, "no json")

    (letter,) = DeadLetters(world.store).of("trial", "spoilt")
    assert letter.detail == "poison cannot be done"
    assert letter.body == '{"name": "poison", "trace_id": "trace-7"}'
    assert (letter.identifier, letter.received, letter.trace_id, letter.buried_at) == ("m-0", 1, "trace-7", NOW)
    assert DeadLetters(world.store).of("trial", "spoil") == []


def test_a_message_that_fails_too_often_becomes_a_dead_letter_with_what_it_failed_of() -> None:
    world = World()

    assert deliver(world, {"name": "fails"}, received=MOST_DELIVERIES - 1) == ["m-0"]
    assert deliver(world, {"name": "fails"}, {"name": "one"}, received=MOST_DELIVERIES) == []
    (letter,) = DeadLetters(world.store).of("trial")
    assert (letter.reason, letter.detail) == ("failed_too_often", "RuntimeError: fails failed")


class Killed(BaseException):
    """What ends a process; nobody catches it."""


def attempt(world: World, outcome: Exception | Killed | Done, received: int, seconds: float = 60.0) -> list[str]:
    """Delivers one message, of which that becomes; the messages that are to be delivered again."""

    def become(item: str, run: Run) -> Done:
        if isinstance(outcome, Done):
            return outcome
        raise outcome

    job: Job[str] = Job("trial", become, str, read=named)
    hurried = Invocation("request-1", "trace-1", lambda: seconds)
    try:
        answer = perform(job, records([{"name": "one"}], received), world.backend, hurried)
    except Killed:
        return ["m-0"]
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_a_message_that_ends_its_process_each_time_is_not_tried_for_ever() -> None:
    world = World()
    most = MOST_DELIVERIES + MOST_DEATHS
    deadly = [attempt(world, Killed(), received) for received in range(1, most + 1)]
    alive = attempt(world, Done("done"), most + 1)

    assert deadly == [["m-0"]] * most
    assert (alive, reasons(world)) == ([], {"m-0": "received_too_often"})


class Forgetful(SqliteStore):
    """A store that takes no deletion."""

    def delete(self, key: Key, *conditions: Any) -> None:
        raise StoreUnavailable("throttled")


def test_an_end_that_could_not_be_noted_is_no_reason_to_give_up() -> None:
    world = World(Forgetful(":memory:", World().clock))
    waited = [attempt(world, StoreUnavailable("throttled"), MOST_DELIVERIES + n) for n in range(1, MOST_DEATHS)]

    assert waited == [["m-0"]] * (MOST_DEATHS - 1)
    assert attempt(world, Done("done"), MOST_DELIVERIES + MOST_DEATHS) == []
    assert reasons(world) == {}


@pytest.mark.parametrize(
    ("met", "seconds"), [(StoreUnavailable("throttled"), 60.0), (Done("never"), MARGIN_SECONDS - 1)]
)
def test_what_was_not_served_or_left_for_want_of_time_is_no_dead_letter_however_often(met: Any, seconds: float) -> None:
    world = World()
    waited = [attempt(world, met, received, seconds) for received in range(1, 3 * MOST_DELIVERIES)]

    assert waited == [["m-0"]] * (3 * MOST_DELIVERIES - 1)
    assert attempt(world, Done("done"), 3 * MOST_DELIVERIES) == []
    assert reasons(world) == {}


def test_a_message_that_waited_and_then_fails_is_a_dead_letter_with_what_it_failed_of() -> None:
    world = World()
    attempt(world, StoreUnavailable("throttled"), MOST_DELIVERIES + 1)

    assert attempt(world, RuntimeError("broken"), MOST_DELIVERIES + 2) == []
    assert reasons(world) == {"m-0": "failed_too_often"}


@pytest.mark.parametrize(
    "hostile", ["\ud800", "\x00", "x" * 2_000_000, "[" * 100_000, '{"name": "' + "9" * 10_000 + "\ud800"]
)
def test_any_text_can_be_buried(hostile: str) -> None:
    world = World()

    assert deliver(world, hostile, {"name": "one"}) == []
    assert reasons(world) == {"m-0": "not_json"}


def test_a_record_without_an_id_is_buried_and_the_others_are_done() -> None:
    world = World()
    event = records([{"name": "one"}, {"name": "fails"}])
    event["Records"][0]["messageId"] = None

    answer = perform(JOB, event, world.backend, INVOCATION)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    assert reasons(world) == {"request-1#unreadable": "no_record"}


class Broken(SqliteStore):
    """A store that takes no dead letters."""

    def put(self, table: str, item: Item, *conditions: Any, **more: Any) -> None:
        if table == "deadletters":
            raise StoreUnavailable("throttled")
        super().put(table, item, *conditions, **more)


def test_a_poison_message_that_cannot_be_buried_is_delivered_again() -> None:
    world = World(Broken(":memory:", World().clock))

    assert deliver(world, "no json", {"name": "one"}) == ["m-0"]


def test_a_scheduled_run_tells_what_became_of_its_items() -> None:
    answer = perform(JOB, dict(SCHEDULED), World().backend, INVOCATION)

    assert answer == {
        "job": "trial",
        "status": "partial",
        "items": 4,
        "outcomes": {"dead": 1, "done": 2, "failed": 1},
        "counts": {"DeadLetters": 1, "Things": 4},
        "failures": [{"item": "fails", "reason": "RuntimeError: fails failed"}],
    }


def test_a_direct_call_may_name_items() -> None:
    answer = perform(JOB, {"items": [{"name": "three"}, 7]}, World().backend, INVOCATION)

    assert (answer["status"], answer["outcomes"]) == ("done", {"dead": 1, "done": 1})


def test_a_call_that_warms_up_does_nothing() -> None:
    world = World()

    assert perform(JOB, {"warmup": True}, world.backend) == {"job": "trial", "status": "warmed"}


def test_an_event_that_cannot_be_read_is_refused_aloud() -> None:
    with logged() as lines, printed() as metrics:
        answer = perform(JOB, {"Records": [{"eventSource": "aws:s3"}]}, World().backend, INVOCATION)

    assert answer["status"] == "refused"
    assert "aws:s3" in answer["reason"]
    assert [line["message"] for line in lines.lines("ERROR")] == ["event refused"]
    assert metrics()[0]["EventsRefused"] == [1.0]


def test_a_job_refuses_what_it_has_no_use_for() -> None:
    only_messages: Job[str] = Job("messages", do, str, read=named)
    only_schedule: Job[str] = Job("schedule", do, str, find=lambda run: [])

    assert perform(only_messages, {}, World().backend)["status"] == "refused"
    assert perform(only_schedule, {"items": [{}]}, World().backend)["status"] == "refused"
    assert perform(only_schedule, {}, World().backend)["status"] == "done"


def test_what_cannot_be_found_fails_the_call_aloud_so_that_it_is_made_again() -> None:
    def find(run: Run) -> list[str]:
        raise StoreUnavailable("throttled")

    with logged() as lines, printed() as metrics, pytest.raises(StoreUnavailable):
        perform(Job("lost", do, str, find), {}, World().backend, INVOCATION)

    (line,) = lines.lines("ERROR")
    told = {name: line[name] for name in ("message", "job", "reason", "trace_id", "request_id")}
    assert told == {
        "message": "a run failed",
        "job": "lost",
        "reason": "throttled",
        "trace_id": INVOCATION.trace_id,
        "request_id": "request-1",
    }
    assert metrics()[0]["RunsFailed"] == [1.0]


def test_items_that_would_begin_too_late_are_left_for_the_next_time() -> None:
    left = iter([100.0, MARGIN_SECONDS, 1.0, 1.0])
    hurried = Invocation("request-1", "trace-1", lambda: next(left))
    answer = perform(JOB, records([{"name": str(n)} for n in range(4)]), World().backend, hurried)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-2"}, {"itemIdentifier": "m-3"}]}


def test_no_step_may_take_longer_than_the_time_that_is_left_when_it_begins() -> None:
    store = PATIENCE.tries * (PATIENCE.connect + PATIENCE.read) + THROTTLED_SECONDS
    mail = (sendgrid.TIMEOUT.connect or 0) + (sendgrid.TIMEOUT.read or 0)

    assert max(store, mail) <= MARGIN_SECONDS
    assert Patience().whole <= _news.CALL_SECONDS
    assert store <= _news.STORING_SECONDS


def failing(given_up: list[str] | None, error: Exception) -> Job[str]:
    """A job that finds one item again and again, which fails."""

    def fail(item: str, run: Run) -> Done:
        raise error

    give_up = None if given_up is None else lambda item, run: given_up.append(item)
    return Job("trial", fail, str, lambda run: ["one"], give_up=give_up)


def test_what_is_found_and_fails_each_time_is_a_dead_letter_and_given_up() -> None:
    world, given_up = World(), list[str]()
    job = failing(given_up, RuntimeError("broken"))
    answers = [perform(job, {}, world.backend)["outcomes"] for _ in range(MOST_FAILURES + 1)]

    assert answers == [{"failed": 1}] * (MOST_FAILURES - 1) + [{"dead": 1}, {"failed": 1}]
    assert (given_up, reasons(world)) == (["one"], {"one": "failed_too_often"})


def test_what_is_found_and_spoilt_is_given_up_at_once() -> None:
    world, given_up = World(), list[str]()
    answer = perform(failing(given_up, Poison("spoilt", "one cannot be done")), {}, world.backend)

    assert (answer["outcomes"], given_up, reasons(world)) == ({"dead": 1}, ["one"], {"one": "spoilt"})


@pytest.mark.parametrize("error", [StoreUnavailable("throttled"), FeedUnavailable("tiingo", 60, "does not answer")])
def test_what_is_found_and_not_served_is_never_given_up(error: Exception) -> None:
    world, given_up = World(), list[str]()
    answers = [perform(failing(given_up, error), {}, world.backend)["outcomes"] for _ in range(2 * MOST_FAILURES)]

    assert answers == [{"failed": 1}] * (2 * MOST_FAILURES)
    assert (given_up, reasons(world)) == ([], {})


def test_failures_that_lie_more_than_a_day_apart_give_up_nothing() -> None:
    world, given_up = World(), list[str]()
    for _ in range(2 * MOST_FAILURES):
        perform(failing(given_up, RuntimeError("broken")), {}, world.backend)
        world.clock.sleep(24 * 3600 + 1)

    assert (given_up, reasons(world)) == ([], {})


def test_what_is_buried_again_is_counted_once() -> None:
    world = World()
    job: Job[str] = Job("trial", do, str, lambda run: ["poison"])
    with logged() as lines:
        counts = [perform(job, {}, world.backend)["counts"] for _ in range(3)]

    assert counts == [{"DeadLetters": 1}, {}, {}]
    assert [line["message"] for line in lines.lines("ERROR")] == ["dead letter"]
    assert reasons(world) == {"poison": "spoilt"}


@pytest.mark.parametrize("item", [{"name": "\ud800"}, 2**70, {1: 2}, {(1, 2): 3}, float("nan"), object()])
def test_whatever_a_direct_call_names_is_done_or_buried(item: object) -> None:
    world = World()
    answer = perform(JOB, {"items": [item, {"name": "one"}]}, world.backend, INVOCATION)

    assert answer["status"] == "done"
    assert answer["outcomes"].get("done", 0) + answer["outcomes"].get("dead", 0) == 2


def test_each_item_has_one_line_that_names_job_outcome_and_trace() -> None:
    with logged() as lines:
        deliver(World(), {"name": "a-very-long-identifier", "trace_id": "trace-1"}, {"name": "poison"})

    items = [line for line in lines.lines("INFO") if line["message"] == "item"]
    assert [(line["item"], line["outcome"]) for line in items] == [("a-very-l", "done"), ("poison", "dead")]
    assert [line["message_id"] for line in items] == ["m-0", "m-1"]
    assert [line["trace_id"] for line in items] == ["trace-1", INVOCATION.trace_id]
    assert {line["request_id"] for line in items} == {"request-1"}
    assert "identifier" not in "".join(line["item"] for line in items)
    assert items[0]["length"] == 22


def test_an_unexpected_failure_is_logged_with_its_traceback_and_an_expected_one_without() -> None:
    with logged() as lines:
        deliver(World(), {"name": "fails"}, {"name": "unavailable"})

    assert [line["item"] for line in lines.lines("ERROR")] == ["fails"]
    assert "Traceback" in lines.lines("ERROR")[0]["exception"]
    told = [line for line in lines.lines("WARNING") if line["message"] == "item"]
    assert [line["reason"] for line in told] == ["RuntimeError: fails failed", "tiingo: does not answer"]


def test_metrics_are_one_line_in_the_embedded_format() -> None:
    with printed() as metrics:
        deliver(World(), {"name": "one"}, {"name": "fails"}, "no json")

    (line,) = metrics()
    declared = line["_aws"]["CloudWatchMetrics"][0]
    assert declared["Namespace"] == "Bellwether/Jobs"
    assert line["Job"] == "trial"
    assert {
        name: line[name] for name in ("Items", "ItemsDone", "ItemsFailed", "ItemsDead", "Things", "DeadLetters")
    } == {
        "Items": [3.0],
        "ItemsDone": [1.0],
        "ItemsFailed": [1.0],
        "ItemsDead": [1.0],
        "Things": [2.0],
        "DeadLetters": [1.0],
    }
    assert {metric["Name"]: metric["Unit"] for metric in declared["Metrics"]}["Milliseconds"] == "Milliseconds"


@pytest.mark.parametrize(
    ("carried", "header", "expected"),
    [
        ("trace-1", "Root=1-a-b;Parent=c;Sampled=1", "trace-1"),
        (None, "Root=1-a-b;Parent=c;Sampled=1", "1-a-b"),
        (None, None, INVOCATION.trace_id),
        ("x" * 500, None, INVOCATION.trace_id),
        ("line\nbreak", None, INVOCATION.trace_id),
        (7, None, INVOCATION.trace_id),
    ],
)
def test_the_trace_comes_from_the_message_its_header_or_the_call(
    carried: Any, header: str | None, expected: str
) -> None:
    seen: list[str] = []

    def note(item: str, run: Run) -> Done:
        seen.append(run.trace_id)
        return Done("done")

    more: dict[str, Any] = {"AWSTraceHeader": header} if header else {}
    event = {"Records": [record("m-0", {"name": "a", "trace_id": carried}, **more)]}
    perform(Job("trace", note, str, read=named), event, World().backend, INVOCATION)

    assert seen == [expected]


def test_items_may_run_at_the_same_time() -> None:
    together: Job[str] = Job("together", do, str, lambda run: ["one", "fails", "two", "poison"], threads=4)
    answer = perform(together, {}, World().backend)

    assert answer["outcomes"] == {"dead": 1, "done": 2, "failed": 1}


bodies = st.one_of(
    st.sampled_from(["no json", "", "{", "[]", "null", '{"name":', "\x00"]),
    st.sampled_from(["one", "poison", "fails", "unavailable"]).map(lambda name: {"name": name}),
    st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(max_size=5), max_size=2),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(bodies, max_size=8))
def test_whatever_is_in_a_batch_each_message_fares_as_it_would_alone(batch: list[object]) -> None:
    def fares(send: Callable[[World], list[str]]) -> tuple[list[str], list[str]]:
        world = World()
        return send(world), [letter.reason for letter in DeadLetters(world.store).of("trial")]

    failed, dead = fares(lambda world: deliver(world, *batch))
    alone = [fares(lambda world, body=body: deliver(world, body)) for body in batch]  # type: ignore[misc]

    assert failed == [f"m-{place}" for place, (again, _) in enumerate(alone) if again]
    assert sorted(dead) == sorted(reason for _, buried in alone for reason in buried)
