"""The mock: any golden's answer for the asking, by the real handlers, beside a store that stays as it is."""

from __future__ import annotations

import io
import json
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from handlers.assembly import assemble
from handlers.feeds.opening import Feeds
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.sqlite import SqliteStore
from models.registry import entries
from tools.artefacts import ROOT
from tools.events import Pairs, Received
from tools.goldens import gate
from tools.goldens.calls import call_of
from tools.goldens.files import response_of
from tools.goldens.replay import call_in, files
from tools.goldens.violations import bases
from tools.mock import Mock, Unplayable, Wish, chosen
from tools.openapi.responses import refusals_of
from tools.serve import GIVEN_HEADERS, Local, listening
from tools.stage import NOW

KEY = "a key for the tests of the mock only; never used to serve"
SEARCH = "/api/v2/tickers/search?q=app"
ADDED = {"vary", "preference-applied", "x-golden"}
OPERATIONS = {entry.operation.id: entry for entry in entries()}
GOLDENS = [file for file in files() if file.relative_to(ROOT).parts[1] != "gate"]


@dataclass
class Front:
    """The served application without a socket. `seen` has each wait and each head in order."""

    path: Path
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        clock, chance = FixedClock(NOW), CountedChance("served")
        settings = Settings(signing_key=KEY, rate_limits=False, response_check="enforce")
        store = SqliteStore(str(self.path), clock)
        functions = {name: assemble(name, settings, clock, chance, store, Feeds()) for name in ("dashboard", "stream")}
        mock = Mock(lambda seconds: self.seen.append(f"wait {seconds}"))
        self.local = Local(functions, mock, chance, lambda line: None)

    def ask(self, method: str, target: str, *prefer: str, headers: Pairs = (), body: bytes = b"") -> Received:
        """What a client receives; of a stream the first chunk."""
        given = (*headers, *(("Prefer", text) for text in prefer))
        environ = {"REQUEST_METHOD": method, "RAW_URI": target, GIVEN_HEADERS: given, "CONTENT_LENGTH": str(len(body))}
        head: list[Any] = []

        def start(status: str, pairs: list[tuple[str, str]]) -> None:
            self.seen.append(f"head {status}")
            head.extend((int(status[:3]), pairs))

        chunks = self.local({**environ, "wsgi.input": io.BytesIO(body)}, start)
        data = next(iter(chunks), b"")
        if hasattr(chunks, "close"):
            chunks.close()
        return received(head[0], head[1], data)

    def stored(self) -> str:
        """Everything that the served store holds."""
        with closing(sqlite3.connect(self.path)) as connection:
            return "\n".join(connection.iterdump())


def received(status: int, pairs: list[tuple[str, str]], body: bytes) -> Received:
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        headers[name.lower()] = (*headers.get(name.lower(), ()), value)
    cookies = headers.pop("set-cookie", ())
    return Received(status, headers, cookies, body)


@pytest.fixture
def front(tmp_path: Path) -> Front:
    return Front(tmp_path / "served.db")


def as_golden(got: Received) -> dict[str, Any]:
    """A response as goldens have it: without what only the server adds, with the headers that it leaves to the socket."""
    headers = {name: values for name, values in got.headers.items() if name not in {*ADDED, "content-length"}}
    vary = tuple(value for value in got.headers.get("vary", ()) if value != "Prefer")
    return response_of(Received(got.status, headers | ({"vary": vary} if vary else {}), got.cookies, got.body))


def without_connection(response: dict[str, Any]) -> dict[str, Any]:
    """How a connection goes on is the socket's to say."""
    headers = {name: value for name, value in response["headers"].items() if name != "connection"}
    return {**response, "headers": headers}


def target_of(content: dict[str, Any]) -> str:
    call = call_in(content)
    return f"{call.path}?{call.query}" if call.query else call.path


def detail(got: Received) -> str:
    return str(json.loads(got.body)["detail"])


@pytest.mark.exhaustive
@pytest.mark.parametrize("operation_id", sorted(OPERATIONS))
def test_every_golden_of_an_operation_is_answered_for_its_name(operation_id: str, front: Front) -> None:
    goldens = [file for file in GOLDENS if file.parent.name == operation_id]
    before = front.stored()
    for file in goldens:
        content = json.loads(file.read_bytes())
        got = front.ask(content["request"]["method"], content["request"]["path"], f"example={file.stem}")

        assert as_golden(got) == without_connection(content["response"]), file
        assert got.header("x-golden") == str(file.relative_to(ROOT))
        assert got.header("preference-applied") == f"example={file.stem}"
    assert goldens
    assert front.stored() == before


def statuses_of(operation_id: str) -> set[int]:
    operation = OPERATIONS[operation_id].operation
    own = {returns.status for returns in operation.responses} | {refusal.status for refusal in refusals_of(operation)}
    return own | {304} if operation.etag else own


@pytest.mark.parametrize("operation_id", sorted(OPERATIONS))
def test_every_status_that_an_operation_declares_is_answered_for_its_code(operation_id: str, front: Front) -> None:
    operation = OPERATIONS[operation_id].operation
    call = call_of(operation, bases(operation)[0].request)
    before = front.stored()
    answers = {code: front.ask(call.method, call.path, f"code={code}") for code in statuses_of(operation_id)}

    assert {code: got.status for code, got in answers.items()} == {code: code for code in answers}
    assert {got.header("preference-applied") for got in answers.values()} == {f"code={code}" for code in answers}
    assert front.stored() == before


@pytest.mark.parametrize("case", [case for case in gate.CASES if case.call and case.status in (400, 413, 415)])
def test_what_the_gate_refuses_is_refused_by_the_operation_itself(case: gate.GateCase, front: Front) -> None:
    name = Path(case.path).stem
    got = front.ask("POST", "/api/v2/configurations", f"example={name}")

    expected = json.loads((ROOT / case.path).read_bytes())["response"]
    assert as_golden(got) == expected
    assert got.header("x-golden") == case.path


def test_a_500_is_the_answer_of_the_gate_around_a_handler_that_fails(front: Front) -> None:
    got = front.ask("GET", "/api/v2/market/status", "code=500")

    assert as_golden(got) == json.loads((ROOT / "golden/gate/500-failure.json").read_bytes())["response"]


def test_a_preferred_422_is_the_one_that_the_request_itself_gets(front: Front) -> None:
    steered = front.ask("GET", "/api/v2/tickers/search", "code=422, example=query-q-missing")
    content = json.loads((ROOT / steered.header("x-golden")).read_bytes())  # type: ignore[operator]
    own = front.ask("GET", target_of(content))

    assert (steered.status, steered.body) == (own.status, own.body)
    assert json.loads(own.body)["detail"][0]["type"] == "missing"


def test_without_prefer_the_store_is_real(front: Front) -> None:
    before = front.stored()
    token = json.loads(front.ask("POST", "/api/v2/auth/anonymous").body)["token"]
    mine = front.ask("GET", "/api/v2/configurations", headers=(("Authorization", f"Bearer {token}"),))

    assert mine.status == 200
    assert mine.header("x-golden") is None
    assert front.stored() != before


def test_a_code_of_success_plays_a_golden_too_and_creates_nothing(front: Front) -> None:
    before = front.stored()
    got = front.ask("POST", "/api/v2/auth/anonymous", "code=201")

    assert (got.status, got.header("preference-applied")) == (201, "code=201")
    assert front.stored() == before


def test_a_golden_is_played_anew_each_time_and_gives_the_same_bytes(front: Front) -> None:
    first, second = (front.ask("POST", "/api/v2/configurations", "code=201") for _ in range(2))

    assert first == second


def test_a_code_takes_the_first_example_of_its_status_and_only_then_other_goldens_by_name(front: Front) -> None:
    operation = OPERATIONS["validateSession"].operation
    first = next(example.name for example in operation.examples if example.status == 401)
    broken = sorted(file.name for file in GOLDENS if file.parent.name == "searchTickers" and file.name[:3] == "422")

    assert path_of(front.ask("GET", "/api/v2/auth/validate", "code=401")) == f"401-{first}.json"
    assert path_of(front.ask("GET", SEARCH, "code=422")) == broken[0]


def path_of(got: Received) -> str:
    return Path(got.header("x-golden") or "").name


def test_an_example_is_found_with_and_without_its_status(front: Front) -> None:
    found = {
        path_of(front.ask("GET", SEARCH, f"example={name}")) for name in ("422-query-q-missing", "query-q-missing")
    }

    assert found == {"422-query-q-missing.json"}


def test_code_and_example_together_mean_the_golden_that_is_both(front: Front) -> None:
    both = front.ask("GET", SEARCH, "code=422", 'Example = "query-q-missing"')
    neither = front.ask("GET", SEARCH, "code=200, example=query-q-missing")

    assert both.header("preference-applied") == "code=422, example=query-q-missing"
    assert neither.status == 400


def test_an_unknown_code_names_those_that_there_are(front: Front) -> None:
    got = front.ask("GET", SEARCH, "code=418")

    assert (got.status, json.loads(got.body)["code"]) == (400, "UNKNOWN_PREFERENCE")
    assert detail(got).startswith("searchTickers has no golden of code=418; there are 200, 304, 413, 422, ")
    assert got.header("preference-applied") is None


def test_an_unknown_example_names_those_that_there_are(front: Front) -> None:
    got = front.ask("GET", SEARCH, "code=422, example=nope")

    assert got.status == 400
    assert "no golden of code=422 called 'nope'; there are 422-" in detail(got)
    assert "200-" not in detail(got)


@pytest.mark.parametrize(
    "prefer", ["code=", "code=abc", "code", "code=4222", "code=٤٢٢".encode().decode("latin-1"), "example", "wait=x",
               "wait=-1", "wait=60.5", "wait=1e1", "wait", "wait=nan", 'code="422']
)  # fmt: skip
def test_a_slip_of_the_pen_becomes_no_real_request(prefer: str, front: Front) -> None:
    before = front.stored()
    got = front.ask("POST", "/api/v2/auth/anonymous", prefer)

    assert got.status == 400
    assert front.stored() == before


def test_unknown_preferences_are_ignored(front: Front) -> None:
    got = front.ask("GET", SEARCH, "respond-async, return=minimal; foo=bar")

    assert got.status == 200
    assert got.header("preference-applied") is None


def test_wait_delays_before_the_head(front: Front) -> None:
    got = front.ask("GET", SEARCH, "wait=2.5")

    assert front.seen == ["wait 2.5", "head 200 OK"]
    assert got.header("preference-applied") == "wait=2.5"
    assert json.loads(got.body)["results"]


def test_wait_delays_a_stream_before_its_head(front: Front) -> None:
    got = front.ask("GET", "/api/v2/stream", "wait=60")

    assert front.seen == ["wait 60.0", "head 200 OK"]
    assert got.body.startswith(b"event: heartbeat\n")
    assert got.header("preference-applied") == "wait=60"


def test_wait_and_code_go_together(front: Front) -> None:
    got = front.ask("GET", SEARCH, "wait=1", "code=503")

    assert front.seen == ["wait 1.0", "head 503 Service Unavailable"]
    assert got.header("preference-applied") == "code=503, wait=1"


def test_nobody_waits_for_nothing_or_for_a_mistake(front: Front) -> None:
    front.ask("GET", SEARCH, "wait=0")
    front.ask("GET", SEARCH, "wait=5, code=418")

    assert front.seen == ["head 200 OK", "head 400 Bad Request"]


def test_head_has_the_head_of_the_golden_and_no_body(front: Front) -> None:
    head, get = (front.ask(method, SEARCH, "code=422") for method in ("HEAD", "GET"))
    unknown = front.ask("HEAD", SEARCH, "code=418")
    failure = front.ask("HEAD", SEARCH, "code=500")

    assert (head.status, head.body, head.header("x-golden")) == (422, b"", get.header("x-golden"))
    assert (unknown.status, unknown.body) == (400, b"")
    assert (failure.status, failure.body) == (500, b"")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("DELETE", "/api/v2/market/status", 405), ("OPTIONS", "/api/v2/market/status", 204)],
)
def test_where_there_is_no_operation_the_request_is_answered_as_it_is(
    method: str, path: str, status: int, front: Front
) -> None:
    got = front.ask(method, path, "code=422")

    assert got.status == status
    assert got.header("preference-applied") is None


def test_a_steered_request_is_never_answered_from_a_cache_of_others(front: Front) -> None:
    answers = [front.ask("GET", SEARCH), front.ask("GET", SEARCH, "code=422"), front.ask("GET", SEARCH, "code=418")]

    assert all("Prefer" in got.headers["vary"] for got in answers)


def test_a_page_of_another_origin_may_steer_and_read_what_was_played(front: Front) -> None:
    origin = (("Origin", "http://localhost:3000"),)
    asked = (*origin, ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "prefer"))
    preflight = front.ask("OPTIONS", SEARCH, headers=asked)
    got = front.ask("GET", SEARCH, "code=422", headers=origin)

    assert preflight.header("access-control-allow-headers") == "prefer"
    assert {"Preference-Applied", "X-Golden"} <= set((got.header("access-control-expose-headers") or "").split(", "))


def test_a_stream_is_played_too(front: Front) -> None:
    got = front.ask("GET", "/api/v2/stream", "example=200-position_expired")

    assert got.body.startswith(b"event: reset\n")
    assert got.header("content-length") == str(len(got.body))


def test_goldens_that_cannot_be_made_are_a_sentence() -> None:
    entry = OPERATIONS["getMarketStatus"]
    operation = copy(entry.operation)
    operation.examples = ()

    with pytest.raises(Unplayable, match="getMarketStatus: no example succeeds; give one"):
        chosen(replace(entry, operation=operation), Wish(code=200))


def test_many_clients_may_steer_at_the_same_time(front: Front) -> None:
    codes = [201, 400, 413, 415, 422, 500] * 4
    with ThreadPoolExecutor(8) as threads:
        got = threads.map(lambda code: front.ask("POST", "/api/v2/configurations", f"code={code}").status, codes)

    assert list(got) == codes


@pytest.fixture
def url() -> Iterator[str]:
    clock, store = FixedClock(NOW), SqliteStore(":memory:", FixedClock(NOW))
    settings = Settings(signing_key=KEY, rate_limits=False)
    waited: list[float] = []
    server = listening(0, settings, clock, CountedChance("served"), store, Feeds(), lambda line: None, waited.append)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://{server.host}:{server.port}"
    server.shutdown()
    thread.join(20)
    assert waited == [30.0]


def test_the_server_on_loopback_can_be_steered(url: str) -> None:
    got = httpx.get(url + SEARCH, headers=[("Prefer", "code=422"), ("prefer", "wait=30")])

    assert got.status_code == 422
    assert got.headers["preference-applied"] == "code=422, wait=30"
    assert got.headers["x-golden"].startswith("golden/dashboard/tickers/searchTickers/422-")


def test_a_request_that_would_succeed_can_prefer_to_fail(front: Front) -> None:
    content = json.loads((ROOT / "golden/dashboard/configurations/createConfiguration/201-full.json").read_bytes())
    call = call_in(content)
    got = front.ask(call.method, call.path, "code=409", headers=call.headers, body=call.body or b"")

    assert got.status == 409
