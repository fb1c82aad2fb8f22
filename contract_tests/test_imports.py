"""What a first request loads, by the names of modules in a fresh interpreter: a budget that no machine makes slower."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
START = """
import json, sys
from handlers.dashboard.function import handler
event = {{"httpMethod": "GET", "path": {path!r}, "queryStringParameters": {query!r}, "requestContext": {{"requestId": "1"}}}}
answer = handler(event, None)
print(json.dumps([answer["statusCode"], sorted(sys.modules)]))
"""
NEVER = (
    "boto3", "botocore.session", "aws_xray_sdk", "jsonschema", "schemathesis", "hypothesis", "moto", "pandas",
    "handlers.storage.dynamodb", "handlers.gate.checking", "models.registry", "asyncio", "unittest",
    "tools",
)  # fmt: skip
RECORDED = "handlers.feeds.recorded"
TOKENS = ("jwt", "handlers.gate.tokens")


def printed(source: str) -> Any:
    """The JSON that a program prints in a fresh interpreter."""
    environ = {"BELLWETHER_SIGNING_KEY": "k" * 40, "POWERTOOLS_LOG_LEVEL": "CRITICAL", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, env=environ, capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def loaded(path: str, query: dict[str, str] | None = None, source: str = START) -> tuple[int, frozenset[str]]:
    """The status of a first request and everything that was imported for it."""
    status, names = printed(source.format(path=path, query=query))
    return status, frozenset(names)


def within(names: frozenset[str], *roots: str) -> list[str]:
    return sorted(name for name in names for root in roots if name == root or name.startswith(f"{root}."))


FIRST = {
    "tickers": ("/api/v2/tickers/validate", {"symbol": "AAPL"}),
    "market": ("/api/v2/market/status", None),
    "system": ("/api", None),
    "not_found": ("/api/v2/nothing", None),
}


@pytest.mark.parametrize("entry", FIRST)
def test_a_first_request_loads_no_engine_tracer_or_tool_that_it_does_not_use(entry: str) -> None:
    status, names = loaded(*FIRST[entry])

    assert status == (404 if entry == "not_found" else 200)
    assert within(names, *NEVER, *TOKENS) == []


def test_a_first_request_to_tickers_loads_its_own_tag_only() -> None:
    _, names = loaded(*FIRST["tickers"])

    ours = within(names, "handlers.dashboard", "models.dashboard", "handlers.stream", "models.stream", "handlers.jobs")
    assert ours == [
        "handlers.dashboard",
        "handlers.dashboard.function",
        "handlers.dashboard.tickers",
        "models.dashboard",
        "models.dashboard.tickers",
    ]


def test_a_first_request_to_tickers_needs_no_recorded_market() -> None:
    _, names = loaded(*FIRST["tickers"])

    assert within(names, RECORDED, "handlers.domain") == []


def test_routing_imports_no_model_and_no_handler() -> None:
    _, names = loaded(*FIRST["not_found"])

    assert within(names, "models.dashboard", "handlers.dashboard") == [
        "handlers.dashboard",
        "handlers.dashboard.function",
    ]


def test_the_budget_sees_what_a_request_loads() -> None:
    status, names = loaded("/api/v2/auth/validate")

    assert status == 401
    assert "handlers.dashboard.tickers" not in names
    assert within(names, "sqlite3") == []


def test_a_session_token_is_what_loads_the_token_library() -> None:
    source = START.replace('"requestContext"', '"headers": {{"Authorization": "Bearer not-a-uuid"}}, "requestContext"')
    status, names = loaded("/api/v2/auth/validate", source=source)

    assert status == 401
    assert within(names, *TOKENS)


def test_a_started_function_collects_garbage_and_looks_for_none_in_what_its_start_made() -> None:
    source = "import gc, json, handlers.dashboard.function; print(json.dumps([gc.isenabled(), gc.get_freeze_count()]))"
    collects, spared = printed(source)

    assert collects
    assert spared > 0
