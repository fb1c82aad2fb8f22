"""Sending to SQS, on botocore. Receiving is what Lambda does for a job."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from handlers.runtime.log import log
from handlers.storage.queues import Message

AT_ONCE: Final = 10
CONNECT_SECONDS: Final = 1
READ_SECONDS: Final = 3


class SqsSender:
    """The queue of a name, in the account of the credentials that botocore finds. Opening sends nothing."""

    def __init__(self, name: str, region: str | None = None, endpoint: str | None = None) -> None:
        self._name = name
        self._region = region
        self._endpoint = endpoint

    def send(self, messages: Sequence[Message]) -> int:
        return sum(self._send(messages[start : start + AT_ONCE]) for start in range(0, len(messages), AT_ONCE))

    def _send(self, messages: Sequence[Message]) -> int:
        entries = [_entry(str(number), message) for number, message in enumerate(messages)]
        try:
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
        except (BotoCoreError, ClientError, KeyError, ValueError) as error:
            log.error("messages were not taken", queue=self._name, messages=len(messages), reason=repr(error))
            return 0
        for failed in answer.get("Failed", []):
            log.error("a message was not taken", queue=self._name, reason=failed.get("Code"))
        return len(answer.get("Successful", []))

    @cached_property
    def _client(self) -> Any:
        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": 3},
        )
        session = botocore.session.Session()
        return session.create_client("sqs", self._region, endpoint_url=self._endpoint, config=config)

    @cached_property
    def _url(self) -> str:
        return str(self._client.get_queue_url(QueueName=self._name)["QueueUrl"])


def _entry(number: str, message: Message) -> dict[str, Any]:
    entry: dict[str, Any] = {"Id": number, "MessageBody": message.text()}
    if message.trace_id.startswith("1-"):
        trace = {"DataType": "String", "StringValue": f"Root={message.trace_id}"}
        entry["MessageSystemAttributes"] = {"AWSTraceHeader": trace}
    return entry
