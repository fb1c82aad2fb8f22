"""`python -m tools serve` over real loopback HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse

from handlers.assembly import routes_of
from handlers.feeds.opening import Feeds
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import Clock, FixedClock, SystemClock
from handlers.runtime.settings import BadSetting, Settings
from handlers.storage.sqlite import SqliteStore
from tools.commands.serve import banner, is_seeded, main, settings_of
from tools.events import HttpCall, http_event, rest_event
from tools.serve import call_of, cors, listening

ROOT = Path(__file__).parents[2]
WAIT_SECONDS = 20.0
KEY = "a key for the tests of serving only; never used to serve"


class Served:
    """A server with an empty store in this process."""

    def __init__(self, clock: Clock | None = None) -> None:
        clock = clock or SystemClock()
        self.lines: SimpleQueue[str] = SimpleQueue()
        settings = Settings(signing_key=KEY, rate_limits=False, max_connections=2, response_check="enforce")
        store = SqliteStore(":memory:", clock)
        self.server = listening(0, settings, clock, CountedChance("serve"), store, Feeds(), self.lines.put)
        self.url = f"http://{self.server.host}:{self.server.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def line(self) -> str:
        return self.lines.get(timeout=WAIT_SECONDS)

    def raw(self, request: bytes) -> bytes:
        """What comes back for bytes on the socket: for what a client library would tidy up."""
        with socket.create_connection(("127.0.0.1", self.server.port), WAIT_SECONDS) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served()
    yield served
    served.server.shutdown()
    served.thread.join(WAIT_SECONDS)


def test_it_answers_on_loopback_only(served: Served) -> None:
    assert served.server.server_address[0] == "127.0.0.1"
    assert httpx.get(f"{served.url}/health").json()["status"] == "healthy"


def test_both_functions_answer(served: Served) -> None:
    paths = ("/api/v2/market/status", "/api/v2/stream/status")

    assert [httpx.get(served.url + path).status_code for path in paths] == [200, 200]


def test_a_percent_encoded_path_reaches_the_function_as_it_was_sent(served: Served) -> None:
    # A dot that is encoded is part of a symbol, a slash that is encoded no separator.
    response = served.raw(b"GET /api/v2/tickers/BRK%2EB/ohlc HTTP/1.1\r\nHost: x\r\n\r\n")
    slash = served.raw(b"GET /api/v2/market%2Fstatus HTTP/1.1\r\nHost: x\r\n\r\n")

    assert response.startswith(b"HTTP/1.1 401 ")
    assert slash.startswith(b"HTTP/1.1 404 ")
    assert served.line().startswith("GET /api/v2/tickers/BRK%2EB/ohlc 401 ")


def test_repeated_query_keys_arrive_in_order(served: Served) -> None:
    last = httpx.get(f"{served.url}/api/v2/tickers/validate?symbol=MSFT&symbol=AAPL")

    assert last.json()["symbol"] == "AAPL"


def test_repeated_headers_arrive_apart(served: Served) -> None:
    asked = b"GET /api/v2/market/status HTTP/1.1\r\nHost: x\r\nIf-None-Match: %s\r\nIf-None-Match: %s\r\n\r\n"

    # The first of repeated headers counts.
    assert served.raw(asked % (b"*", b'"other"')).startswith(b"HTTP/1.1 304 ")
    assert served.raw(asked % (b'"other"', b"*")).startswith(b"HTTP/1.1 200 ")


def test_a_body_that_is_no_text_arrives_in_base64() -> None:
    environ = {"RAW_URI": "/p%2Fq?a=1&a=2", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": "2", "bellwether.headers": ()}
    call = call_of({**environ, "wsgi.input": Bytes(b"\xff\x00")}, "id")

    assert (call.path, call.query, call.body) == ("/p%2Fq", "a=1&a=2", b"\xff\x00")
    assert (rest_event(call)["body"], rest_event(call)["isBase64Encoded"]) == ("/wA=", True)
    assert http_event(call)["isBase64Encoded"] is True


class Bytes:
    """A request's body as WSGI gives it."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int = -1) -> bytes:
        return self._data[:size]


def test_a_body_that_is_no_text_does_not_break_anything(served: Served) -> None:
    response = httpx.post(f"{served.url}/api/v2/market/status", content=b"\xff\xfe\x00")

    assert response.status_code == 405


def test_head_has_the_head_of_get_and_no_body(served: Served) -> None:
    path = f"{served.url}/api/v2/tickers/validate?symbol=AAPL"
    head, get = httpx.head(path), httpx.get(path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]


def test_a_conditional_request_is_answered_by_304(served: Served) -> None:
    path = f"{served.url}/api/v2/tickers/validate?symbol=AAPL"
    etag = httpx.get(path).headers["etag"]
    response = httpx.get(path, headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_a_preflight_is_answered_for_the_origin_that_asks(served: Served) -> None:
    asked = {
        "Origin": "http://localhost:3000",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization,x-csrf-token",
    }
    response = httpx.options(f"{served.url}/api/v2/market/status", headers=asked)

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["access-control-allow-headers"] == "authorization,x-csrf-token"
    assert response.headers["access-control-allow-credentials"] == "true"


def test_an_answer_names_the_origin_and_none_where_none_asked(served: Served) -> None:
    with_origin = httpx.get(f"{served.url}/health", headers={"Origin": "http://localhost:3000"})
    without = httpx.get(f"{served.url}/health")

    assert with_origin.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert "X-Request-Id" in with_origin.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in without.headers
    assert cors(HttpCall("GET", "/health"), {}) == []


def test_each_request_has_an_id_of_its_own(served: Served) -> None:
    ids = {httpx.get(f"{served.url}/health").headers["x-request-id"] for _ in range(3)}

    assert len(ids) == 3


def test_a_request_leaves_one_line_without_its_query(served: Served) -> None:
    response = httpx.get(f"{served.url}/api/v2/tickers/validate?symbol=AAPL")

    expected = rf"GET /api/v2/tickers/validate 200 [0-9.]+ ms {len(response.content)} B"
    assert re.fullmatch(expected, served.line())


def test_a_stream_can_be_read_while_it_goes_on(served: Served) -> None:
    with (
        httpx.Client(timeout=WAIT_SECONDS) as client,
        connect_sse(client, "GET", f"{served.url}/api/v2/stream") as source,
    ):
        events = source.iter_sse()
        first, second = next(events), next(events)
        open_meanwhile = httpx.get(f"{served.url}/api/v2/stream/status").json()["connections"]

    assert source.response.headers["transfer-encoding"] == "chunked"
    assert (first.event, first.retry, second.event) == ("heartbeat", 3000, "metrics")
    assert json.loads(first.data)["connections"] == 1
    assert open_meanwhile == 1


def test_a_client_that_goes_frees_its_connection_at_the_next_write() -> None:
    # On this clock waiting takes no time: heartbeats come as fast as they can be written.
    served = Served(FixedClock(datetime(2024, 12, 2, 15, tzinfo=UTC)))
    with httpx.stream("GET", f"{served.url}/api/v2/stream", timeout=WAIT_SECONDS) as response:
        next(response.iter_lines())
    line = served.line()
    status = httpx.get(f"{served.url}/api/v2/stream/status").json()
    served.server.shutdown()

    assert line.startswith("GET /api/v2/stream 200 ")
    assert status["connections"] == 0


def test_what_a_terminal_would_obey_is_not_printed(served: Served) -> None:
    served.raw(b"GET /\x1b[2J HTTP/1.1\r\nHost: x\r\n\r\n")

    assert served.line().startswith("GET /\\x1b[2J 404 ")


def test_the_head_of_a_stream_holds_no_connection(served: Served) -> None:
    heads = [httpx.head(f"{served.url}/api/v2/stream").status_code for _ in range(5)]

    assert heads == [200] * 5
    assert httpx.get(f"{served.url}/api/v2/stream/status").json()["connections"] == 0


def test_requests_are_answered_at_the_same_time(served: Served) -> None:
    def ask(number: int) -> tuple[int, Any]:
        response = httpx.get(
            f"{served.url}/api/v2/tickers/search", params={"q": "ap", "limit": number % 20 + 1}, timeout=WAIT_SECONDS
        )
        return response.status_code, len(response.json()["results"]) <= number % 20 + 1

    with (
        httpx.Client(timeout=WAIT_SECONDS) as client,
        client.stream("GET", f"{served.url}/api/v2/stream"),
        ThreadPoolExecutor(8) as threads,
    ):
        answers = list(threads.map(ask, range(40)))

    assert answers == [(200, True)] * 40


def test_after_a_shutdown_nobody_answers() -> None:
    served = Served()
    served.server.shutdown()
    served.thread.join(WAIT_SECONDS)

    assert not served.thread.is_alive()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{served.url}/health")


def test_the_command_serves_until_it_is_interrupted() -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    environ.pop("BELLWETHER_SIGNING_KEY", None)
    command = [sys.executable, "-m", "tools", "serve", "--port", "0", "--no-seed"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        status = httpx.get(f"{url}/api/v2/runtime").json()
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=WAIT_SECONDS)

    assert status == {"sse_url": None, "environment": "local"}
    assert "GET /api/v2/runtime 200 " in out
    assert out.endswith("stopped\n")
    assert (process.returncode, errors) == (0, "")


def test_a_live_feed_is_opened_as_in_a_deployed_function_and_never_beside_a_recorded_market() -> None:
    # What goes out ends at a proxy that is not there; no packet leaves the loopback.
    environ = {
        **os.environ,
        "BELLWETHER_FEED": "live",
        "BELLWETHER_TIINGO_KEY": "k",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }
    command = [sys.executable, "-m", "tools", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        # Below the warning that one key is missing.
        said = [process.stdout.readline().split() for _ in range(4)]
        token = httpx.post(f"{said[1][-1]}/api/v2/auth/anonymous").json()["token"]
        path = f"{said[1][-1]}/api/v2/tickers/AAPL/ohlc?range=1W"
        prices = httpx.get(path, headers={"Authorization": f"Bearer {token}"}, timeout=WAIT_SECONDS)
    finally:
        process.kill()
        process.communicate()

    assert said[2:] == [["store", "sqlite://:memory:", "(as", "it", "is)"], ["feed", "live"]]
    assert (prices.status_code, prices.json()["detail"][:24]) == (503, "tiingo does not answer; ")
    with pytest.raises(BadSetting, match="leave one of them out"):
        is_seeded(Settings(feed="live"), True)


def test_a_port_that_is_taken_needs_a_person(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--port", str(served.server.port), "--no-seed"])

    assert code == 100
    assert str(served.server.port) in capsys.readouterr().err


def test_a_store_that_cannot_be_opened_needs_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--store", "redis://x"])

    assert code == 100
    assert "unknown store 'redis://x'" in capsys.readouterr().err


def test_a_key_is_made_only_where_none_is_given() -> None:
    assert settings_of({}, None, KEY).signing_key == KEY
    assert settings_of({"BELLWETHER_SIGNING_KEY": "x" * 40}, None, KEY).signing_key == "x" * 40
    assert settings_of({"BELLWETHER_SECRETS": "name"}, None, KEY).signing_key == ""
    with pytest.raises(BadSetting):
        settings_of({"BELLWETHER_SIGNING_KEY": "short"}, None, KEY)


def test_links_in_mails_lead_to_the_port_unless_the_environment_says_where() -> None:
    elsewhere = {"BELLWETHER_API_URL": "https://api.example.com"}

    assert settings_of({}, None, KEY, 8081).api_url == "http://127.0.0.1:8081"
    assert settings_of(elsewhere, None, KEY, 8081).api_url == "https://api.example.com"
    assert settings_of({}, None, KEY).api_url == Settings().api_url


def test_the_banner_tells_how_to_begin() -> None:
    text = banner("http://127.0.0.1:8080", Settings(), "as it is", made_key=True)

    assert "curl -s -X POST http://127.0.0.1:8080/api/v2/auth/anonymous" in text
    assert "made for this process" in text
    given, named = Settings(signing_key=KEY), Settings(secrets="bellwether/keys")
    assert "from BELLWETHER_SIGNING_KEY" in banner("http://x", given, "as it is", made_key=False)
    assert "of the secret bellwether/keys" in banner("http://x", named, "as it is", made_key=False)
    assert f"{datetime.now(UTC).year}" not in text


def test_every_stream_route_is_served_by_the_stream_function(served: Served) -> None:
    for route in routes_of("stream"):
        path = route.path.replace("{config_id}", "11111111-1111-4111-8111-111111111111")
        assert httpx.head(served.url + path).status_code in (200, 401)
