"""The item port over DynamoDB; on botocore, since boto3 adds resources nobody uses here to every cold start."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeAlias

import botocore.session
import orjson
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from handlers.storage._attributes import Attribute, decoded_item, encoded_item, encoded_key
from handlers.storage._expressions import Request, query_request, write_request
from handlers.storage._limits import check_key
from handlers.storage._spans import Query, checked_query
from handlers.storage.items import (
    ALWAYS,
    NOTHING,
    Absent,
    Clock,
    Condition,
    ConditionFailed,
    Delete,
    Item,
    Key,
    Page,
    Put,
    StoreUnavailable,
    Update,
    Value,
    Write,
    alive,
    check_transaction,
    epoch_seconds,
)
from handlers.storage.tables import TABLES

BATCH_READS: Final = 100
BATCH_WRITES: Final = 25
ATTEMPTS: Final = 8
FIRST_BACKOFF_SECONDS: Final = 0.05
LONGEST_BACKOFF_SECONDS: Final = 1.0
WAITING: Final = {"Delay": 2, "MaxAttempts": 60}
"""Seconds between looks at a table that is being made, and how many."""

FAILED: Final = "ConditionalCheckFailed"
PASSING: Final = frozenset(("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"))
THROTTLED: Final = frozenset(
    ("ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "InternalServerError")
)
OPERATIONS: Final = {"Put": "put_item", "Update": "update_item", "Delete": "delete_item"}

Response: TypeAlias = dict[str, Any]
Reason: TypeAlias = dict[str, Any]
"""`Code` and, where one was asked for, the `Item` that a condition met: one element of CancellationReasons."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the service may take, in seconds.

    A request is over after `tries` times (`connect` + `read`) and two pauses, of 3 s together if it was throttled: 15 s. Repeats of
    it begin within `repeats`. Both together stay below the 29 s that API Gateway waits.
    """

    connect: float = 1.0
    read: float = 3.0
    tries: int = 3
    repeats: float = 10.0


PATIENCE: Final = Patience()


class DynamoStore:
    def __init__(
        self,
        prefix: str,
        clock: Clock,
        region: str | None = None,
        endpoint: str | None = None,
        jitter: Callable[[], float] = random.random,
        pause: Callable[[float], None] = time.sleep,
        elapsed: Callable[[], float] = time.monotonic,
        patience: Patience = PATIENCE,
    ) -> None:
        """Tables are `{prefix}-{table}`; credentials come from botocore's chain. Opening sends nothing."""
        self._prefix = prefix
        self._clock = clock
        self._jitter = jitter
        self._pause = pause
        self._elapsed = elapsed
        self._patience = patience
        self._service = _Service(region, endpoint, patience)

    def get(self, key: Key) -> Item | None:
        check_key(*key)
        found = self._service.call(
            "get_item", TableName=self._table(key.table), Key=encoded_key(key), ConsistentRead=True
        )
        return alive(_item(found["Item"]), epoch_seconds(self._clock)) if "Item" in found else None

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        wanted = list(keys)
        for key in wanted:
            check_key(*key)
        found: dict[Key, Item | None] = {}
        for chunk in _chunks(list(dict.fromkeys(wanted)), BATCH_READS):
            found.update(self._get_chunk(chunk))
        return [found.get(key) for key in wanted]

    def put(self, table: str, item: Item, when: Condition = ALWAYS) -> None:
        self._write_one(Put(table, item, when))

    def put_many(self, table: str, items: Iterable[Item]) -> None:
        newest = {write.key: write for write in [Put(table, item) for item in items]}
        for chunk in _chunks(list(newest.values()), BATCH_WRITES):
            puts = [{"PutRequest": {"Item": encoded_item(write.item)}} for write in chunk]
            for _ in self._until_processed("batch_write_item", "UnprocessedItems", {self._table(table): puts}):
                pass

    def update(
        self,
        key: Key,
        set: Mapping[str, Value] = NOTHING,
        add: Mapping[str, int] = NOTHING,
        remove: Sequence[str] = (),
        when: Condition = ALWAYS,
    ) -> Item:
        write = Update(key, set, add, remove, when)
        response = self._persist([write], self._send_alone)
        # A replaced item comes without attributes: it is what the update makes of nothing.
        return _item(response["Attributes"]) if "Attributes" in response else write.applied_to(None)

    def delete(self, key: Key, when: Condition = ALWAYS) -> None:
        self._write_one(Delete(key, when))

    def query(
        self,
        table: str,
        pk: str,
        start: str | None = None,
        end: str | None = None,
        prefix: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
        after: str | None = None,
    ) -> Page:
        query = checked_query(table, pk, start, end, prefix, limit, newest_first, after)
        if query.span.empty:
            return Page([], None)
        return query.page(list(islice(self._found(query), None if limit is None else limit + 1)))

    def transact(self, writes: Sequence[Write]) -> None:
        check_transaction(writes)
        if writes:
            self._persist(writes, self._send_together)

    def purge(self) -> int:
        """Nothing to do: DynamoDB removes expired items itself, some time later."""
        return 0

    def ping(self) -> None:
        """Asks for one table's name: needs the permission dynamodb:ListTables."""
        self._service.call("list_tables", Limit=1)

    def close(self) -> None:
        self._service.close()

    def prepare(self) -> None:
        """Creates the tables that are missing, billed per request, expiring on `ttl`; returns when they can be used."""
        tables = [self._table(name) for name in TABLES]
        for table in tables:
            self._service.create_table(table)
        for table in tables:
            self._service.make_ready(table)

    def _table(self, name: str) -> str:
        return f"{self._prefix}-{name}"

    def _get_chunk(self, keys: Sequence[Key]) -> Iterator[tuple[Key, Item | None]]:
        now = epoch_seconds(self._clock)
        names = {self._table(key.table): key.table for key in keys}
        requests: Request = {name: {"Keys": [], "ConsistentRead": True} for name in names}
        for key in keys:
            requests[self._table(key.table)]["Keys"].append(encoded_key(key))
        for response in self._until_processed("batch_get_item", "UnprocessedKeys", requests):
            for name, found in response["Responses"].items():
                for item in map(_item, found):
                    yield Key(names[name], str(item["PK"]), str(item["SK"])), alive(item, now)

    def _until_processed(self, operation: str, unprocessed: str, requests: Request) -> Iterator[Response]:
        """One response per request, sending again what the service left over."""
        for _ in self._attempts():
            response = self._service.call(operation, RequestItems=requests)
            yield response
            requests = response.get(unprocessed) or {}
            if not requests:
                return
        raise StoreUnavailable(f"DynamoDB {operation}: some items stayed unprocessed", 1)

    def _found(self, query: Query) -> Iterator[Item]:
        now = epoch_seconds(self._clock)
        request = query_request(query, self._table(query.table))
        while True:
            response = self._service.call("query", **request)
            for item in map(_item, response["Items"]):
                if item["SK"] in query.span and alive(item, now):
                    yield item
            if not response.get("LastEvaluatedKey"):
                return
            request["ExclusiveStartKey"] = response["LastEvaluatedKey"]

    def _write_one(self, write: Put | Delete) -> None:
        # A transaction bears a token: sent again after a lost answer, it is not refused for what it has done itself.
        self._persist([write], self._send_alone if write.when == ALWAYS else self._send_together)

    def _send_alone(self, requests: list[tuple[str, Request]]) -> Response:
        ((action, request),) = requests
        wanted = {"ReturnValues": "ALL_NEW"} if action == "Update" else {}
        return self._service.call(OPERATIONS[action], **request, **wanted)

    def _send_together(self, requests: list[tuple[str, Request]]) -> Response:
        return self._service.call("transact_write_items", TransactItems=[{action: body} for action, body in requests])

    def _persist(self, writes: Sequence[Write], send: Callable[[list[tuple[str, Request]]], Response]) -> Response:
        """Sends until accepted or refused for good. An update that meets an expired item becomes a replacement."""
        replacing: set[int] = set()
        last: BaseException | None = None
        for _ in self._attempts():
            now = epoch_seconds(self._clock)
            try:
                return send([self._request(write, index in replacing, now) for index, write in enumerate(writes)])
            except _Refused as refused:
                replacing = _reconsidered(writes, refused, replacing, now)
                last = refused.__cause__
        raise StoreUnavailable("DynamoDB: other writers were always first", 1) from last

    def _request(self, write: Write, replacing: bool, now: int) -> tuple[str, Request]:
        if replacing and isinstance(write, Update):
            write = Put(write.key.table, write.applied_to(None), Absent())
        return write_request(write, self._table(write.key.table), now)

    def _attempts(self) -> Iterator[None]:
        """One at once and others after a pause each, until they are enough or too late."""
        began = self._elapsed()
        yield
        for retry in range(ATTEMPTS - 1):
            # Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
            self._pause(self._jitter() * min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2**retry))
            if self._elapsed() - began > self._patience.repeats:
                return
            yield


class _Refused(Exception):
    """The service refused the writes: one reason each, in their order."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = reasons


class _Service:
    """The client, speaking the port's errors."""

    def __init__(self, region: str | None, endpoint: str | None, patience: Patience) -> None:
        config = Config(
            connect_timeout=patience.connect,
            read_timeout=patience.read,
            # Adaptive mode would hold back every later request too, of other callers and keys, by seconds each.
            retries={"mode": "standard", "total_max_attempts": patience.tries},
        )
        try:
            session = botocore.session.get_session()
            self._client: Any = session.create_client(
                "dynamodb", region_name=region, endpoint_url=endpoint, config=config
            )
        except (BotoCoreError, ValueError) as error:
            raise ValueError(f"DynamoDB cannot be opened with these settings: {error}") from error
        self._client.meta.events.register("before-parse.dynamodb", _check_body)

    def call(self, operation: str, **parameters: Any) -> Response:
        with _translating(operation):
            response: Response = getattr(self._client, operation)(**parameters)
            return response

    def create_table(self, table: str) -> None:
        """Unless it is there. Returns before the table can be used."""
        if not self._exists(table):
            self.call("create_table", TableName=table, **_layout())

    def make_ready(self, table: str) -> None:
        """Waits until a table can be used, and lets its items expire."""
        with _translating("describe_table"):
            self._client.get_waiter("table_exists").wait(TableName=table, WaiterConfig=WAITING)
        described = self.call("describe_time_to_live", TableName=table)["TimeToLiveDescription"]
        if described["TimeToLiveStatus"] == "DISABLED":
            ttl = {"Enabled": True, "AttributeName": "ttl"}
            self.call("update_time_to_live", TableName=table, TimeToLiveSpecification=ttl)

    def close(self) -> None:
        self._client.close()

    def _exists(self, table: str) -> bool:
        try:
            self.call("describe_table", TableName=table)
        except StoreUnavailable as error:
            if not isinstance(error.__cause__, self._client.exceptions.ResourceNotFoundException):
                raise
            return False
        return True


def _check_body(response_dict: Mapping[str, Any], **_: object) -> None:
    # botocore takes a page of a proxy, or half an answer, for an empty one: a write would count as acknowledged.
    if response_dict["status_code"] < 300:
        orjson.loads(response_dict["body"])


def _layout() -> Request:
    keys = (("PK", "HASH"), ("SK", "RANGE"))
    return {
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
        "KeySchema": [{"AttributeName": name, "KeyType": role} for name, role in keys],
        "BillingMode": "PAY_PER_REQUEST",
    }


@contextmanager
def _translating(operation: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        raise _translated(operation, error) from error
    except Exception as error:
        # Every parameter was checked before: what fails here is the way to the service, or what came back from it.
        raise StoreUnavailable(f"DynamoDB {operation}: {error}") from error


def _translated(operation: str, error: ClientError) -> Exception:
    response: Response = dict(error.response)
    code, message = response["Error"]["Code"], response["Error"].get("Message", "")
    if code == "TransactionCanceledException":
        return _Refused(response.get("CancellationReasons", []))
    if code == "ConditionalCheckFailedException":
        return _Refused([{"Code": FAILED, "Item": response.get("Item")}])
    if code == "TransactionConflictException":
        return _Refused([{"Code": "TransactionConflict"}])
    if code == "ValidationException":
        return ValueError(f"DynamoDB {operation}: {message}")
    return StoreUnavailable(f"DynamoDB {operation}: {code}: {message}", 1 if code in THROTTLED else 30)


def _reconsidered(writes: Sequence[Write], refused: _Refused, replacing: set[int], now: int) -> set[int]:
    """Which updates to send as replacements next time; raises if trying again cannot help."""
    next_time = set(replacing)
    for index, (write, reason) in enumerate(zip(writes, refused.reasons, strict=True)):
        if reason["Code"] == FAILED:
            if index not in replacing and not _replaceable(write, reason, now):
                raise ConditionFailed(write.key, index)
            next_time ^= {index}
        elif reason["Code"] == "ValidationError":
            raise ValueError(f"DynamoDB: write {index}: {reason.get('Message')}") from refused.__cause__
        elif reason["Code"] not in PASSING | {"None"}:
            detail = f"DynamoDB: write {index}: {reason['Code']}: {reason.get('Message')}"
            raise StoreUnavailable(detail) from refused.__cause__
    return next_time


def _replaceable(write: Write, reason: Reason, now: int) -> bool:
    """An update that failed only because an expired item is still there."""
    found: Mapping[str, Attribute] = reason.get("Item") or {}
    return isinstance(write, Update) and bool(found) and not alive(_item(found), now) and write.when.holds(None)


def _item(attributes: Mapping[str, Attribute]) -> Item:
    try:
        return decoded_item(attributes)
    except (ValueError, ArithmeticError) as error:
        raise StoreUnavailable(f"DynamoDB: an item was not written by this store: {error}") from error


def _chunks(things: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for first in range(0, len(things), size):
        yield things[first : first + size]
