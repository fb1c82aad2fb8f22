"""The fuzzer: it finds what is broken, says nothing of what is allowed, and does the same again from the same seed."""

from __future__ import annotations

import inspect
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from schemathesis.core.version import SCHEMATHESIS_VERSION
from schemathesis.generation.drivers import CoverageGenerator
from werkzeug.test import Client

from contract_tests.tools.words import Proxy, broken, document, handler
from handlers.gate.event import HttpRequest
from handlers.runtime.clock import FixedClock
from handlers.storage.items import Delete, Key, Put, Update
from handlers.storage.sqlite import SqliteStore
from tools.commands import fuzz as command
from tools.events import HttpCall
from tools.fuzz.calls import Bridge, Sent, shape_of
from tools.fuzz.findings import Failed, Finding, fewest, shown_again
from tools.fuzz.judge import Judge
from tools.fuzz.paths import Paths
from tools.fuzz.rewinding import Rewinding
from tools.fuzz.run import FuzzOptions, FuzzOutcome, deal, run, run_on
from tools.fuzz.target import HandlerTarget, StageTarget
from tools.fuzz.text import reads_as_valid

FEW = FuzzOptions(max_examples=30, phases=("coverage", "fuzzing"))


def found(twist: Any = lambda proxy, request: proxy, made: dict[str, Any] | None = None) -> list[Finding]:
    return run_on(HandlerTarget(made or document(), handler(twist)), FEW).findings


def kinds(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.operation_id, finding.check) for finding in findings}


def on(status: int, **changed: Any) -> Any:
    """Changes the responses of one status."""

    def twist(proxy: Proxy, request: HttpRequest) -> Proxy:
        return {**proxy, **changed} if proxy["statusCode"] == status else proxy

    return twist


def with_content(status: int, **more: Any) -> Any:
    """Adds members to the bodies of one status."""

    def twist(proxy: Proxy, request: HttpRequest) -> Proxy:
        if proxy["statusCode"] != status:
            return proxy
        return {**proxy, "body": json.dumps({**json.loads(proxy["body"]), **more})}

    return twist


def test_a_handler_that_keeps_its_contract_has_no_findings() -> None:
    outcome = run_on(HandlerTarget(document(), handler()), FEW)

    assert outcome.findings == []
    assert outcome.statuses["getWord"].keys() == {200, 422}
    assert outcome.statuses["createWord"].keys() >= {201, 415, 422}
    assert outcome.cases > 100


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("twist", "operation_id", "check"),
    [
        (with_content(201, surplus=1), "createWord", "contract"),
        (on(201, statusCode=202), "createWord", "contract"),
        (on(201, headers={"Content-Type": "application/json", "X-Surplus": "1"}), "createWord", "contract"),
        (on(201, headers={"Content-Type": "text/html"}), "createWord", "contract"),
        (on(201, body='{"text":"a"}'), "createWord", "contract"),
        (on(201, statusCode=500), "createWord", "ServerError"),
        (on(422, statusCode=201, body='{"text":"a","limit":1}'), "createWord", "AcceptedNegativeData"),
        (on(422, body='{"detail":[{"type":"a","loc":["body"],"msg":"b"}]}'), "createWord", "broken_values"),
        (on(422, body='{"detail":[{"loc":["body"],"msg":"b","type":"a","input":1}]}'), "createWord", "contract"),
        (on(405, headers={"Content-Type": "application/json", "Allow": "PUT"}), "createWord", "gate"),
        (on(405, body='{"message":"no"}'), "createWord", "gate"),
        (on(405, statusCode=403), "createWord", "gate"),
        (on(200, body='event: tick\nid: 1\ndata: {"count": "one"}\n\n'), "streamTicks", "contract"),
        (on(200, body='event: tock\nid: 1\ndata: {"count": 1}\n\n'), "streamTicks", "contract"),
        (on(200, body='event: tick\nid: 1\ndata: {"count": 1}'), "streamTicks", "contract"),
        (on(200, statusCode=404, body='{"detail":"no","code":"NO"}'), "getWord", "reaches_success"),
    ],
)
def test_what_is_broken_is_found(twist: Any, operation_id: str, check: str) -> None:
    assert (operation_id, check) in kinds(found(twist))


def test_a_handler_that_raises_is_a_bad_gateway_with_its_traceback() -> None:
    def fail(proxy: Proxy, request: HttpRequest) -> Proxy:
        raise ZeroDivisionError("on purpose")

    failed = next(finding for finding in found(fail) if finding.check == "ServerError")

    assert failed.response.startswith("502")
    assert "ZeroDivisionError: on purpose" in failed.message


def long_words_refused(proxy: Proxy, request: HttpRequest) -> Proxy:
    return broken("path", "word") if proxy["statusCode"] == 200 and len(request.path) > len("/words/abc") else proxy


def test_a_valid_request_may_be_refused_only_for_a_published_reason() -> None:
    published = document()
    rules = [{"type": "wrong", "loc": ["path", "*"], "description": "Words are short"}]
    published["paths"]["/words/{word}"]["get"]["x-constraint"] = rules

    assert ("getWord", "valid_data_refused") in kinds(found(long_words_refused))
    assert ("getWord", "valid_data_refused") not in kinds(found(long_words_refused, published))


def test_an_unknown_query_key_is_refused_by_who_says_so() -> None:
    strict = document()
    rules = [{"type": "extra_forbidden", "loc": ["query", "*"], "description": "Nothing else"}]
    strict["paths"]["/words/{word}"]["get"]["x-constraint"] = rules
    sent = Sent(HttpCall("GET", "/words/abc", "surplus=1"), "v1")
    got = HandlerTarget(strict, handler()).call(sent.call, sent.shape)

    assert [check for check, _ in Judge(strict).problems(sent, got)] == ["unknown_query_key"]
    assert list(Judge(document()).problems(sent, got)) == []


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("", True),
        ("limit=3", True),
        ("limit=%203%20", True),
        ("limit=%2B3", True),
        ("limit=3.0", True),
        ("limit=1_0", False),
        ("limit=three", False),
        ("limit=", False),
        ("limit=3.5", False),
        ("limit=10", False),
        ("limit=nan", False),
        ("limit=10&limit=3", True),
        ("limit=3&limit=10", False),
        ("surplus=1", True),
    ],
)
def test_text_is_valid_if_it_can_be_read_as_something_valid(query: str, fits: bool) -> None:
    judge = Judge(document())
    sent = Sent(HttpCall("GET", "/words/abc", query), "v1")

    assert reads_as_valid(judge.meant(sent), sent, judge.fits) is fits


def test_a_list_in_text_is_comma_separated() -> None:
    schema = {"type": "array", "items": {"enum": ["a", "b"], "type": "string"}, "minItems": 1, "maxItems": 2}
    made = document()
    made["paths"]["/words/{word}"]["get"]["parameters"].append({"name": "of", "in": "query", "schema": schema})
    judge = Judge(made)
    verdicts = {}
    for query in ("of=a", "of=a,b", "of=b&of=a", "of=a,c", "of=a,b,a", "of="):
        sent = Sent(HttpCall("GET", "/words/abc", query), "url")
        verdicts[query] = reads_as_valid(judge.meant(sent), sent, judge.fits)

    assert [query for query, fits in verdicts.items() if fits] == ["of=a", "of=a,b", "of=b&of=a"]


@pytest.mark.parametrize(
    ("path", "shape", "word"),
    [
        ("/words/a%2Fb", "v1", "a/b"),
        ("/words/a%2Fb", "url", "a/b"),
        ("/words/a%2Fb", "v2", None),
        ("/words/a%2525", "v1", "a%25"),
        ("/words/a%2525", "v2", "a%25"),
        ("/words/", "v1", None),
        ("/words/a/", "v1", None),
    ],
)
def test_an_encoded_slash_separates_nothing_but_where_the_gateway_decodes(
    path: str, shape: str, word: str | None
) -> None:
    meant = Paths(document()).meant(Sent(HttpCall("GET", path), shape))

    assert meant.values.get("word") == word


def test_the_path_reaches_the_handler_as_it_was_sent() -> None:
    bridge = Bridge(HandlerTarget(document(), handler()))
    Client(bridge).open("/words/a%2Fb%25%C3%A9?x=%2C&y=1", method="POST", data=b"\xff", headers={"X-A": "b"})
    sent = bridge.journal[0].call

    assert (sent.method, sent.path, sent.query, sent.body) == ("POST", "/words/a%2Fb%25%C3%A9", "x=%2C&y=1", b"\xff")
    assert ("x-a", "b") in sent.headers


def test_the_shape_of_the_event_depends_on_the_request_alone() -> None:
    calls = [HttpCall("GET", f"/words/{n}", headers=(("x-n", str(n)),)) for n in range(60)]

    assert {shape_of(call) for call in calls} == {"v1", "v2", "url"}
    assert shape_of(calls[0]) == shape_of(HttpCall("GET", "/words/0"))


def test_a_failure_is_replayed_from_its_token_until_it_is_mended() -> None:
    finding = next(finding for finding in found(with_content(201, surplus=1)) if finding.check == "contract")
    assert finding.replay is not None
    failed = Failed.of(finding.replay.split()[-1])
    broken_again = Bridge(HandlerTarget(document(), handler(with_content(201, surplus=1))))
    mended = Bridge(HandlerTarget(document(), handler()))

    assert failed == finding.failed
    assert len(failed.calls) == 1
    assert shown_again(failed, broken_again, Judge(document())) is not None
    assert shown_again(failed, mended, Judge(document())) is None


class Forgetful:
    """Fails on every call after a certain one."""

    def __init__(self) -> None:
        self.spoiled = False

    def __call__(self, proxy: Proxy, request: HttpRequest) -> Proxy:
        self.spoiled = self.spoiled or (request.method == "POST" and proxy["statusCode"] == 201)
        return {**proxy, "statusCode": 500} if self.spoiled and proxy["statusCode"] == 200 else proxy


class ForgetfulTarget(HandlerTarget):
    def __init__(self) -> None:
        self._twist = Forgetful()
        super().__init__(document(), handler(self._twist))

    def reset(self) -> None:
        self._twist.spoiled = False


def test_a_replay_has_the_calls_before_that_it_needs_and_no_others() -> None:
    bridge = Bridge(ForgetfulTarget())
    word = Sent(HttpCall("GET", "/words/abc"), "v1")
    made = Sent(
        HttpCall("POST", "/words", headers=(("content-type", "application/json"),), body=b'{"text":"a"}'), "url"
    )
    failed = Failed("getWord", "stateful", "ServerError", "", 500, (word, made, word, word, word))

    def fails(calls: tuple[Sent, ...]) -> bool:
        attempt = Failed("getWord", "stateful", "ServerError", "", 500, calls)
        return shown_again(attempt, bridge, Judge(document())) is not None

    assert fewest(failed.calls, fails) == (made, word)


@settings(max_examples=60)
@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_the_fewest_calls_are_those_that_are_needed_and_the_last(needed: list[bool]) -> None:
    calls = tuple(Sent(HttpCall("GET", f"/{n}"), "v1") for n in range(len(needed)))
    wanted = [call for call, is_needed in zip(calls, needed, strict=True) if is_needed and call != calls[-1]]
    kept = fewest(calls, lambda some: some[-1] == calls[-1] and all(call in some for call in wanted))

    assert list(kept) == [*wanted, calls[-1]]


def test_a_word_that_is_no_token_needs_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--replay", "abc"]) == 100
    assert "no token" in capsys.readouterr().out


@pytest.mark.exhaustive
def test_two_runs_with_one_seed_send_the_same_requests_in_the_same_order() -> None:
    def outcome(seed: int) -> FuzzOutcome:
        phases = ("coverage", "fuzzing", "stateful")
        return run_on(StageTarget(), FuzzOptions(seed, max_examples=8, phases=phases, operations="*Configuration*"))

    first, second, other = outcome(1), outcome(1), outcome(2)

    assert (first.digest, first.cases, first.statuses) == (second.digest, second.cases, second.statuses)
    assert first.digest != other.digest


@pytest.mark.exhaustive
def test_a_run_in_processes_writes_no_file_and_does_not_depend_on_how_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcomes = [run(FuzzOptions(max_examples=5, operations="*Tickers", shards=shards)) for shards in (1, 2)]

    assert outcomes[0].digest == outcomes[1].digest
    assert outcomes[0].findings == []
    assert list(tmp_path.iterdir()) == []


def test_every_operation_is_dealt_out_once() -> None:
    made = StageTarget().document
    wanted = [operation["operationId"] for path in made["paths"].values() for operation in path.values()]
    shards = deal(made, wanted, FuzzOptions(shards=3))

    assert sorted(name for shard in shards for name in shard.operation_ids) == sorted(wanted)
    assert ["stateful" in shard.phases for shard in shards] == [False, False, True]


KEYS = [Key("users", pk, sk) for pk in "ab" for sk in "xyz"]
WRITES = st.one_of(
    st.builds(
        lambda key, n: Put("users", {"PK": key.pk, "SK": key.sk, "n": n}), st.sampled_from(KEYS), st.integers(0, 9)
    ),
    st.builds(lambda key, n: Update(key, set={"n": n}), st.sampled_from(KEYS), st.integers(0, 9)),
    st.builds(Delete, st.sampled_from(KEYS)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WRITES, max_size=6), st.lists(WRITES, max_size=8))
def test_a_rewound_store_is_as_it_was(before: list[Any], after: list[Any]) -> None:
    plain = SqliteStore(":memory:", FixedClock(datetime(2024, 12, 2, tzinfo=UTC)))
    for write in before:
        plain.transact([write])
    kept = plain.get_many(KEYS)
    store = Rewinding(plain)
    for write in after:
        store.transact([write])
    seen = store.get_many(KEYS)
    store.rewind()

    assert store.get_many(KEYS) == kept
    store.rewind()
    for write in after:
        store.transact([write])
    assert store.get_many(KEYS) == seen


def test_the_parts_of_schemathesis_and_hypothesis_that_are_not_public_are_as_they_were() -> None:
    """When this fails, read tools/fuzz/driver.py against the new version before you raise the bound in pyproject.toml."""
    wanted = {"operation", "generation_modes", "generation_config", "auth_storage", "override", "feedback"}
    config = schemathesis.Config.from_dict({"analysis": {"constants": {"enabled": False}}})

    assert SCHEMATHESIS_VERSION.startswith("4.32.")
    assert wanted <= set(inspect.signature(CoverageGenerator.__init__).parameters)
    assert "keep_auth" in inspect.signature(schemathesis.Case.derive).parameters
    assert {"excluded_checks", "recorder"} <= set(inspect.signature(schemathesis.Case.validate_response).parameters)
    assert callable(schemathesis.checks.ignored_auth)
    assert callable(providers._get_local_constants)
    assert providers._local_constants is not None
    assert hasattr(providers, "CONSTANTS_CACHE")
    assert config is not None
