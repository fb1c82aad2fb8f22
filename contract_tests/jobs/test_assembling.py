"""A job's entry point is what Lambda calls: settings from the environment, ids from the call."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.jobs.world import SCHEDULED, World
from handlers.jobs.assembling import entry, invocation
from handlers.jobs.running import Done, Job, Run
from handlers.runtime.settings import BadSetting

ENVIRON = {"BELLWETHER_SIGNING_KEY": "k" * 40}


class Context:
    """What Lambda gives beside an event."""

    aws_request_id = "request-1"

    def get_remaining_time_in_millis(self) -> int:
        return 42_345


def noting(seen: list[Run]) -> Job[str]:
    def do(item: str, run: Run) -> Done:
        seen.append(run)
        return Done("done")

    return Job("noting", do, str, lambda run: ["item"])


def test_the_ids_of_a_call_come_from_lambda() -> None:
    environ = {"_X_AMZN_TRACE_ID": "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1"}
    found = invocation(Context(), environ, World().backend)

    assert (found.request_id, found.trace_id) == ("request-1", "1-67891233-abcdef012345678912345678")
    assert found.remaining_seconds is not None
    assert found.remaining_seconds() == 42.345


def test_where_lambda_says_nothing_ids_are_made() -> None:
    found = invocation(None, {}, World().backend)

    assert found.request_id != found.trace_id
    assert found.remaining_seconds is None


def test_one_backend_serves_all_events_of_a_process() -> None:
    seen: list[Run] = []
    handler = entry(noting(seen), ENVIRON)
    for _ in range(2):
        handler(dict(SCHEDULED), Context())

    assert seen[0].backend is seen[1].backend
    assert [run.request_id for run in seen] == ["request-1"] * 2


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"BELLWETHER_SIGNING_KEY": ""}, "BELLWETHER_SIGNING_KEY"),
        ({"BELLWETHER_STORE": "mysql://"}, "BELLWETHER_STORE"),
        ({"BELLWETHER_QUEUE": "sqs://a b"}, "BELLWETHER_QUEUE"),
        ({"BELLWETHER_QUEUE": "rabbit"}, "BELLWETHER_QUEUE"),
        ({"BELLWETHER_SCORER": " "}, "BELLWETHER_SCORER"),
    ],
)
def test_a_badly_set_job_does_not_start_and_says_which_setting_it_is(wrong: dict[str, Any], name: str) -> None:
    handler = entry(noting([]), {**ENVIRON, **wrong})

    for _ in range(2):
        with pytest.raises(BadSetting, match=name):
            handler({"warmup": True}, Context())
