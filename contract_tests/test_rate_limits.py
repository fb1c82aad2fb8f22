"""Rate limits of the contract: what has one, what has none, and who counts together."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from contract_tests.client import Client
from handlers.gate.serving import served_by
from models.operation import DEFAULT_LIMIT, Given, Level, RateLimit
from models.registry import TAGS, entries
from tools import identities
from tools.artefacts import ROOT
from tools.stage import Stage

OPERATIONS = {entry.operation.id: entry.operation for entry in entries()}
LIMITS = {id: operation.limit for id, operation in OPERATIONS.items() if operation.limit}
ASKING = {
    "getCandles",
    "getConfigurationVolatility",
    "getConfigurationCorrelation",
    "getConfigurationPremarket",
}
"""Reads that ask a source of prices while the client waits."""
LOOKING_UP = {"validateTicker", "searchTickers"}
"""Reads that are asked at every key that is pressed, and have numbers of their own."""
SOURCES = {"prices", "price_sources", "news"}
"""What of the feeds is outside of the process; its listings are a table."""
OWN = {
    "createConfiguration": RateLimit(10, 3600, anonymous=5),
    "validateTicker": RateLimit(30, 60),
    "searchTickers": RateLimit(20, 60),
    "createAnonymousSession": RateLimit(10, 3600),
    "createAlert": RateLimit(20, 3600, bucket="alert_create"),
    "createConfigurationAlert": RateLimit(20, 3600, bucket="alert_create"),
    "requestMagicLink": RateLimit(5, 300),
}
"""What clients were promised."""
WATCHLISTS = "/api/v2/configurations"
NESTED = f"{WATCHLISTS}/{identities.MEMBER_CONFIGURATION}/alerts"


def asks(tree: ast.Module) -> bool:
    """Whether a module asks a source."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in SOURCES
        and getattr(node.value, "attr", getattr(node.value, "id", "")) == "feeds"
        for node in ast.walk(tree)
    )


def imported(tree: ast.Module) -> set[str]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {str(node.module) for node in found} | {
        f"{node.module}.{name.name}" for node in found for name in node.names
    }


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def asking_modules() -> set[str]:
    """The modules of functions that ask a source, themselves or through another one."""
    folders = sorted({tag.function for tag in TAGS})
    paths = [path for folder in folders for path in sorted((ROOT / "handlers" / folder).glob("*.py"))]
    trees = {module_of(path): ast.parse(path.read_text("utf-8")) for path in paths}
    found: set[str] = set()
    more = {name for name, tree in trees.items() if asks(tree)}
    while more:
        found |= more
        more = {name for name, tree in trees.items() if imported(tree) & found} - found
    return found


def test_whatever_writes_has_a_limit() -> None:
    writes = {id for id, operation in OPERATIONS.items() if not operation.safe}

    assert {id for id, operation in OPERATIONS.items() if operation.method != "GET"} < writes
    assert writes - LIMITS.keys() == set()


def test_a_read_that_asks_a_source_while_the_client_waits_has_a_limit_and_no_plain_read_has_one() -> None:
    tags = [f"handlers.{tag.function}.{name}" for tag in TAGS for name in tag.modules]
    served = {id for name in sorted(asking_modules() & set(tags)) for id in served_by(import_module(name))}
    reads = {id for id, operation in OPERATIONS.items() if operation.safe}

    assert served & reads == ASKING
    assert LIMITS.keys() & reads == ASKING | LOOKING_UP


def test_the_promised_numbers_stand_and_most_others_are_the_default() -> None:
    others = [limit for id, limit in LIMITS.items() if id not in OWN]

    assert {id: LIMITS[id] for id in OWN} == OWN
    assert others.count(DEFAULT_LIMIT) > len(others) / 2


def test_whoever_shares_a_bucket_has_the_same_numbers_and_a_name_that_no_operation_has() -> None:
    shared = {limit.bucket: limit for limit in LIMITS.values() if limit.bucket}

    assert all(limit == shared[limit.bucket] for limit in LIMITS.values() if limit.bucket)
    assert shared.keys() & OPERATIONS.keys() == set()


def test_anonymous_sessions_have_fewer_requests_only_where_they_can_call() -> None:
    fewer = {id: limit for id, limit in LIMITS.items() if limit.anonymous is not None}

    assert {OPERATIONS[id].level for id in fewer} <= {Level.SESSION}
    assert all(0 < (limit.anonymous or 0) < limit.requests for limit in fewer.values())


def test_both_ways_to_create_an_alert_use_up_one_budget() -> None:
    member = Client(Stage(Given(limits=True)), "member")
    got = [member.post(path).status for _ in range(10) for path in ("/api/v2/alerts", NESTED)]

    assert set(got) == {422}
    assert [member.post(path).status for path in ("/api/v2/alerts", NESTED)] == [429, 429]


@pytest.mark.parametrize(("caller", "allowed"), [("anonymous", 5), ("member", 10)])
def test_an_anonymous_session_may_create_half_as_many_watchlists_as_a_member(caller: str, allowed: int) -> None:
    client = Client(Stage(Given(limits=True)), caller)
    got = [client.post(WATCHLISTS) for _ in range(allowed + 1)]

    assert [answer.status for answer in got] == [422] * allowed + [429]
    assert got[-1].header("X-RateLimit-Limit") == str(allowed)
