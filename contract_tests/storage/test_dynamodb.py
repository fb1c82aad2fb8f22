"""What only DynamoDB does: leftovers, conflicts, throttling, pages that end early, wrong answers."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Any

import botocore.session
import pytest

from contract_tests.storage.conftest import LOCAL_CREDENTIALS
from contract_tests.storage.scripted import Endpoint, endpoint
from contract_tests.storage.world import KEY, MIDNIGHT, OPERATIONS, StillClock
from handlers.domain.buckets import Score
from handlers.runtime.clock import FixedClock
from handlers.storage.buckets import Buckets
from handlers.storage.dynamodb import ATTEMPTS, PATIENCE, DynamoStore, Patience
from handlers.storage.items import (
    Absent,
    AllOf,
    AnyOf,
    Check,
    ConditionFailed,
    Equals,
    Exists,
    Item,
    Key,
    LessThan,
    Put,
    StoreUnavailable,
    Update,
    Write,
)
from handlers.storage.tables import TABLES

TABLE = "scripted-users"


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in LOCAL_CREDENTIALS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def remote() -> Iterator[Endpoint]:
    with endpoint() as server:
        yield server


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def dynamo(remote: Endpoint, clock: StillClock, pauses: list[float]) -> Iterator[DynamoStore]:
    store = opened(remote.url, clock, pauses.append)
    yield store
    store.close()


def opened(url: str, clock: StillClock, pause: Callable[[float], None] = lambda seconds: None) -> DynamoStore:
    return DynamoStore("scripted", clock, "us-east-1", url, lambda: 0.5, pause, lambda: 0.0, Patience(tries=1))


def raw(sk: str, **attributes: dict[str, object]) -> dict[str, dict[str, object]]:
    return {"PK": {"S": "1"}, "SK": {"S": sk}, **attributes}


def must_refuse(act: Callable[[], object]) -> StoreUnavailable:
    with pytest.raises(StoreUnavailable) as refused:
        act()
    assert refused.value.__cause__ is not None
    return refused.value


def canceled(*codes: str) -> dict[str, Any]:
    return {"CancellationReasons": [{"Code": code} for code in codes]}


def test_what_a_batch_write_left_over_is_sent_again_after_a_pause(
    remote: Endpoint, dynamo: DynamoStore, pauses: list[float]
) -> None:
    left = [{"PutRequest": {"Item": raw("7")}}]
    remote.will({"UnprocessedItems": {TABLE: left}}, times=2)
    remote.will({"UnprocessedItems": {}})
    dynamo.put_many("users", [{"PK": "1", "SK": str(number)} for number in range(25)])

    sent = [body["RequestItems"][TABLE] for _, body in remote.requests]
    assert [len(items) for items in sent] == [25, 1, 1]
    assert sent[1:] == [left, left]
    assert pauses == [0.025, 0.05]


def test_a_batch_that_is_never_finished_is_given_up(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will({"UnprocessedItems": {TABLE: [{"PutRequest": {"Item": raw("7")}}]}})
    with pytest.raises(StoreUnavailable) as refused:
        dynamo.put_many("users", [{"PK": "1", "SK": "7"}])

    assert len(remote.requests) == ATTEMPTS
    assert refused.value.retry_after_seconds == 1


def test_a_batch_names_25_writes_or_100_keys_at_most(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will({"Responses": {}})
    dynamo.put_many("users", [{"PK": "1", "SK": str(number)} for number in range(60)])
    dynamo.get_many([Key("users", "1", str(number)) for number in range(130)])

    batches = [body["RequestItems"][TABLE] for _, body in remote.requests]
    assert [len(writes) for writes in batches[:3]] == [25, 25, 10]
    assert [len(reads["Keys"]) for reads in batches[3:]] == [100, 30]
    assert all(reads["ConsistentRead"] for reads in batches[3:])


def test_an_empty_batch_or_transaction_sends_nothing(remote: Endpoint, dynamo: DynamoStore) -> None:
    dynamo.put_many("users", [])
    dynamo.transact([])

    assert dynamo.get_many([]) == []
    assert remote.requests == []


def test_keys_left_unread_are_asked_for_again(remote: Endpoint, dynamo: DynamoStore) -> None:
    keys = {TABLE: {"Keys": [raw("2")], "ConsistentRead": True}}
    remote.will({"Responses": {TABLE: [raw("1")]}, "UnprocessedKeys": keys})
    remote.will({"Responses": {TABLE: [raw("2")]}})
    found = dynamo.get_many([Key("users", "1", "1"), Key("users", "1", "2")])

    assert found == [{"PK": "1", "SK": "1"}, {"PK": "1", "SK": "2"}]
    assert remote.requests[1][1]["RequestItems"] == keys


def test_a_query_reads_on_until_the_service_says_that_nothing_is_left(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will({"Items": [raw("1")], "LastEvaluatedKey": raw("1")})
    remote.will({"Items": [], "LastEvaluatedKey": raw("2")})
    remote.will({"Items": [raw("3"), raw("4")], "LastEvaluatedKey": raw("4")})
    remote.will({"Items": []})
    whole = dynamo.query("users", "1", limit=3)

    assert whole == ([{"PK": "1", "SK": "1"}, {"PK": "1", "SK": "3"}, {"PK": "1", "SK": "4"}], None)
    starts = [body.get("ExclusiveStartKey") for _, body in remote.requests]
    assert starts == [None, raw("1"), raw("2"), raw("4")]
    assert all(body["ConsistentRead"] for _, body in remote.requests)


def test_a_query_stops_once_it_knows_of_one_item_more(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will({"Items": [raw("1"), raw("2")], "LastEvaluatedKey": raw("2")})
    page = dynamo.query("users", "1", limit=1)

    assert page == ([{"PK": "1", "SK": "1"}], "1")
    assert [body["Limit"] for _, body in remote.requests] == [3]


def test_no_bound_is_sent_that_is_longer_than_a_sort_key(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will({"Items": [raw("m" * 1024), raw("n"), raw("~")]})
    page = dynamo.query("users", "1", end="~", after="m" * 1024)
    bounds = [value["S"] for value in remote.requests[0][1]["ExpressionAttributeValues"].values()]

    assert bounds == ["1", "m" * 1024, "~"]
    assert page.items == [{"PK": "1", "SK": "n"}]


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_in_another_ones_way_is_tried_again(
    remote: Endpoint, dynamo: DynamoStore, pauses: list[float], code: str
) -> None:
    remote.will_refuse("TransactionCanceledException", times=3, **canceled("None", code))
    remote.will({})
    OPERATIONS["transact"](dynamo)

    assert len(remote.requests) == 4
    assert pauses == [0.025, 0.05, 0.1]


def test_a_transaction_that_is_always_in_the_way_is_given_up(
    remote: Endpoint, dynamo: DynamoStore, pauses: list[float]
) -> None:
    remote.will_refuse("TransactionCanceledException", **canceled("None", "TransactionConflict"))
    with pytest.raises(StoreUnavailable) as refused:
        OPERATIONS["transact"](dynamo)

    assert len(remote.requests) == ATTEMPTS
    assert max(pauses) == 0.5
    assert refused.value.retry_after_seconds == 1


@pytest.mark.parametrize("name", ["put", "put_if", "update", "delete"])
def test_a_single_write_in_a_transactions_way_is_tried_again(remote: Endpoint, dynamo: DynamoStore, name: str) -> None:
    remote.will_refuse("TransactionConflictException")
    remote.will({"Attributes": raw("1")})
    OPERATIONS[name](dynamo)

    assert len(remote.requests) == 2


def test_the_first_failed_condition_is_named_whatever_else_went_wrong(remote: Endpoint, dynamo: DynamoStore) -> None:
    reasons = canceled("None", "TransactionConflict", "ConditionalCheckFailed", "ConditionalCheckFailed")
    remote.will_refuse("TransactionCanceledException", **reasons)
    writes: list[Write] = [Check(Key("users", "1", str(number)), Exists()) for number in range(4)]
    with pytest.raises(ConditionFailed) as failed:
        dynamo.transact(writes)

    assert (failed.value.index, failed.value.key) == (2, writes[2].key)
    assert len(remote.requests) == 1


def test_an_update_that_loses_the_race_to_replace_an_expired_item_becomes_an_update_again(
    remote: Endpoint, dynamo: DynamoStore, clock: StillClock
) -> None:
    expired = raw("1", ttl={"N": str(clock.epoch())}, n={"N": "41"})
    remote.will_refuse("ConditionalCheckFailedException", Item=expired)
    remote.will_refuse("ConditionalCheckFailedException")
    remote.will({"Attributes": raw("1", n={"N": "2"})})
    updated = dynamo.update(Key("users", "1", "1"), add={"n": 1})

    assert updated == {"PK": "1", "SK": "1", "n": 2}
    assert [operation for operation, _ in remote.requests] == ["UpdateItem", "PutItem", "UpdateItem"]
    assert remote.requests[1][1]["Item"] == raw("1", n={"N": "1"})


def test_expressions_hold_placeholders_only_and_no_redundant_parentheses(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will({"Attributes": raw("1")})
    when = AllOf(AnyOf(AllOf(Absent()), AllOf(Equals("name", 1.0), LessThan("ttl", 5))))
    dynamo.update(KEY, set={"status": None}, add={"ttl": 1}, remove=["order"], when=when)
    body = remote.requests[0][1]

    assert body["UpdateExpression"] == "SET #n0 = :v0 ADD #n1 :v1 REMOVE #n2"
    assert body["ConditionExpression"] == (
        "(attribute_not_exists(#n3) OR (attribute_not_exists(#n1) OR #n1 > :v2)) AND "
        "((attribute_not_exists(#n3) OR #n1 <= :v3) OR "
        "((#n4 = :v4 AND (attribute_not_exists(#n1) OR #n1 > :v5)) AND "
        "(#n1 < :v6 AND (attribute_not_exists(#n1) OR #n1 > :v7))))"
    )
    assert body["ExpressionAttributeNames"] == {
        "#n0": "status",
        "#n1": "ttl",
        "#n2": "order",
        "#n3": "PK",
        "#n4": "name",
    }
    assert body["ExpressionAttributeValues"][":v4"] == {"SS": ["1.0"]}
    assert len(body["ExpressionAttributeValues"]) == 8


FAILURES: dict[str, Callable[[Endpoint], None]] = {
    "no table": lambda remote: remote.will_refuse("ResourceNotFoundException"),
    "no rights": lambda remote: remote.will_refuse("AccessDeniedException"),
    "broken": lambda remote: remote.will_refuse("InternalServerError", 500),
    "a page of a proxy": lambda remote: remote.will(b"<html>502</html>", 502),
    "a page of a proxy that says 200": lambda remote: remote.will(b"<html>hello</html>"),
    "half an answer": lambda remote: remote.will(b'{"Item": {"PK": {"S": "1"}'),
    "no answer": lambda remote: remote.will(b""),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_whatever_the_service_does_wrong_is_the_store_being_unavailable(
    remote: Endpoint, dynamo: DynamoStore, failure: Callable[[Endpoint], None]
) -> None:
    failure(remote)

    for operation in OPERATIONS.values():
        must_refuse(partial(operation, dynamo))


def test_a_throttled_request_is_soon_worth_another_try(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will_refuse("ProvisionedThroughputExceededException")
    with pytest.raises(StoreUnavailable) as refused:
        dynamo.get(KEY)

    assert refused.value.retry_after_seconds == 1


def test_a_transaction_that_the_service_cannot_hold_is_not_tried_again(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will_refuse("TransactionCanceledException", **canceled("ItemCollectionSizeLimitExceeded", "None"))

    must_refuse(partial(OPERATIONS["transact"], dynamo))
    assert len(remote.requests) == 1


def test_an_endpoint_that_nobody_listens_on_is_the_store_being_unavailable(clock: StillClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    store = opened(f"http://127.0.0.1:{port}", clock)

    for operation in OPERATIONS.values():
        must_refuse(partial(operation, store))


def test_tables_that_were_never_created_are_the_store_being_unavailable(moto_endpoint: str, clock: StillClock) -> None:
    store = opened(moto_endpoint, clock)

    for name in ("get", "get_many", "put", "put_many", "update", "delete", "query", "transact"):
        must_refuse(partial(OPERATIONS[name], store))


def test_tables_that_are_missing_are_created_and_the_others_left_as_they_are(
    moto_endpoint: str, clock: StillClock
) -> None:
    store = DynamoStore("prepared", clock, "us-east-1", moto_endpoint)
    service: Any = botocore.session.get_session().create_client("dynamodb", "us-east-1", endpoint_url=moto_endpoint)
    store.prepare()
    for table in TABLES:
        store.put(table, {"PK": "1", "SK": "1"})
    service.delete_table(TableName="prepared-limits")
    store.prepare()

    emptied = [table for table in TABLES if store.get(Key(table, "1", "1")) is None]
    assert emptied == ["limits"]
    ttl = service.describe_time_to_live(TableName="prepared-limits")["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"}


def test_tables_that_nobody_may_look_at_are_the_store_being_unavailable(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will_refuse("AccessDeniedException")

    assert "AccessDenied" in must_refuse(dynamo.prepare).reason
    assert [operation for operation, _ in remote.requests] == ["DescribeTable"]


def test_requests_that_were_throttled_do_not_hold_back_later_ones(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will_refuse("ThrottlingException")
    began = time.monotonic()
    for _ in range(10):
        must_refuse(lambda: dynamo.get(KEY))

    # A client that adapts its rate takes 18 s for these.
    assert time.monotonic() - began < 5


def test_a_request_is_sent_three_times_at_most(remote: Endpoint, clock: StillClock) -> None:
    remote.will_refuse("InternalServerError", 500)
    with closing(DynamoStore("scripted", clock, "us-east-1", remote.url)) as store:
        must_refuse(lambda: store.get(KEY))

    assert len(remote.requests) == 3


def test_a_conditional_write_whose_answer_was_lost_is_known_when_it_comes_again(
    remote: Endpoint, clock: StillClock
) -> None:
    store = DynamoStore("scripted", clock, "us-east-1", remote.url)
    remote.will_refuse("InternalServerError", 500)
    remote.will({})
    store.put("users", {"PK": "1", "SK": "1"}, Absent())
    remote.answers.clear()
    remote.will_refuse("InternalServerError", 500)
    remote.will({})
    store.delete(KEY, Exists())

    tokens = [body["ClientRequestToken"] for _, body in remote.requests]
    assert tokens[0] == tokens[1] != tokens[2] == tokens[3]


def test_a_score_costs_one_read_and_one_transaction(remote: Endpoint, dynamo: DynamoStore) -> None:
    score = Score("AAPL", MIDNIGHT, 5, "article", "tiingo")
    remote.will({"Responses": {}})
    remote.will({})
    counted = Buckets(dynamo, FixedClock(MIDNIGHT)).record(score)

    (read, keys), (wrote, writes) = remote.requests
    assert (counted, read, wrote) == (True, "BatchGetItem", "TransactWriteItems")
    # Eight buckets, the day and the mark of the article; what was not read is the entry in the journal.
    assert len(keys["RequestItems"]["scripted-timeseries"]["Keys"]) == 10
    assert len(writes["TransactItems"]) == 11


def test_a_score_that_comes_again_costs_one_read(remote: Endpoint, dynamo: DynamoStore) -> None:
    mark = {"PK": {"S": "AAPL#article"}, "SK": {"S": "article"}}
    remote.will({"Responses": {"scripted-timeseries": [mark]}})
    counted = Buckets(dynamo, FixedClock(MIDNIGHT)).record(Score("AAPL", MIDNIGHT, 5, "article", "tiingo"))

    assert (counted, [operation for operation, _ in remote.requests]) == (False, ["BatchGetItem"])


def test_a_service_that_never_answers_is_not_waited_for(clock: StillClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        store = DynamoStore("scripted", clock, "us-east-1", url, patience=Patience(read=0.05, tries=1))
        began = time.monotonic()
        for operation in OPERATIONS.values():
            must_refuse(partial(operation, store))

    assert time.monotonic() - began < 5


@pytest.mark.parametrize("operation", ["put_many", "get_many", "transact"])
def test_what_is_left_over_is_not_sent_again_when_its_time_is_over(
    remote: Endpoint, clock: StillClock, operation: str
) -> None:
    instants = iter((0.0, 4.0, 8.0, 12.0))
    store = DynamoStore(
        "scripted", clock, "us-east-1", remote.url, pause=lambda _: None, elapsed=lambda: next(instants)
    )
    if operation == "transact":
        remote.will_refuse("TransactionCanceledException", **canceled("TransactionConflict", "None"))
    else:
        left = {TABLE: [{"PutRequest": {"Item": raw("7")}}] if operation == "put_many" else {"Keys": [raw("7")]}}
        remote.will({"UnprocessedItems": left, "UnprocessedKeys": left, "Responses": {}})
    with pytest.raises(StoreUnavailable):
        OPERATIONS[operation](store)

    assert len(remote.requests) == 3


def test_the_gateway_is_told_before_it_stops_waiting() -> None:
    waits_of_a_throttled_request = sum(2**number for number in range(PATIENCE.tries - 1))
    longest_request = PATIENCE.tries * (PATIENCE.connect + PATIENCE.read) + waits_of_a_throttled_request

    assert longest_request + PATIENCE.repeats < 29


def test_items_that_somebody_else_wrote_are_read_or_refused_but_never_rounded(
    remote: Endpoint, dynamo: DynamoStore
) -> None:
    remote.will({"Item": raw("1", n={"N": "1E+3"})})
    remote.will({"Item": raw("1", n={"N": "1.5"})}, times=2)
    remote.will({"Item": raw("1", n={"B": "AAAA"})})
    remote.will({"Item": raw("1", n={"SS": ["1", "2"]})})

    assert dynamo.get(KEY) == {"PK": "1", "SK": "1", "n": 1000}
    for _ in range(4):
        must_refuse(lambda: dynamo.get(KEY))


def test_what_the_service_finds_wrong_with_a_request_is_the_callers_fault(
    remote: Endpoint, dynamo: DynamoStore
) -> None:
    remote.will_refuse("ValidationException")
    with pytest.raises(ValueError, match="update_item"):
        dynamo.update(KEY, add={"n": 1})

    remote.answers.clear()
    remote.will_refuse("TransactionCanceledException", **canceled("ValidationError"))
    with pytest.raises(ValueError, match="write 0"):
        dynamo.transact([Update(KEY, add={"n": 1})])


def test_a_float_is_text_and_a_number_always_whole(remote: Endpoint, dynamo: DynamoStore) -> None:
    remote.will({})
    item: Item = {"PK": "1", "SK": "1", "whole": 10**37, "float": 1.0, "tiny": 5e-324, "zero": -0.0, "yes": True}
    dynamo.transact([Put("users", item)])
    sent = remote.requests[0][1]["TransactItems"][0]["Put"]["Item"]

    assert sent["whole"] == {"N": "1" + "0" * 37}
    assert (sent["float"], sent["tiny"], sent["zero"]) == ({"SS": ["1.0"]}, {"SS": ["5e-324"]}, {"SS": ["0.0"]})
    assert sent["yes"] == {"BOOL": True}
