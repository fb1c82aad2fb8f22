"""What stands between a queue and a job where no AWS does: takes messages, gives them as SQS would, deletes the done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.backend import Backend
from handlers.jobs.running import Job, perform
from handlers.storage.queues import Queue, Received

BATCH = 10


def pump(job: Job[Any], queue: Queue, backend: Backend, limit: int = BATCH) -> int:
    """Delivers at most `limit` messages; how many there were. What failed comes again when its time to hide is over."""
    received = queue.receive(limit)
    if received:
        answer = perform(job, event_of(received), backend)
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        queue.delete([each for each in received if each.identifier not in failed])
    return len(received)


def event_of(received: Sequence[Received]) -> dict[str, Any]:
    """The event that Lambda makes of messages, as far as jobs read it."""
    return {"Records": [_record(each) for each in received]}


def _record(received: Received) -> dict[str, Any]:
    return {
        "messageId": received.identifier,
        "receiptHandle": received.receipt,
        "body": received.text,
        "attributes": {"ApproximateReceiveCount": str(received.deliveries)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
    }
