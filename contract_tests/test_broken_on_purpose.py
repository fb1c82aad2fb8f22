"""The contract check fails when something is broken on purpose, with the right code and naming what was broken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tests.copies import copied, repository, run

pytestmark = pytest.mark.exhaustive

STALE, NEEDS_A_PERSON = 4, 100


@dataclass(frozen=True, slots=True)
class Breakage:
    """A change to one file, and what the check has to say of it."""

    file: str
    old: str
    new: str
    code: int
    says: tuple[str, ...]


BREAKAGES = {
    "a constraint is changed": Breakage(
        "models/dashboard/tickers.py",
        "SearchText = Annotated[str, StringConstraints(min_length=1, max_length=50)]",
        "SearchText = Annotated[str, StringConstraints(min_length=1, max_length=60)]",
        STALE,
        (
            '"maxLength": 50,',
            '"maxLength": 60,',
            "422-query-q-string_too_long.json",
            "tools generate",
            "tools golden",
        ),
    ),
    "a status is removed": Breakage(
        "models/dashboard/configurations.py",
        "refusals=(ConfigurationLimitReached,),",
        "refusals=(),",
        NEEDS_A_PERSON,
        ("createConfiguration/409-third.json", "status 409 is not declared"),
    ),
    "a handler returns an extra field": Breakage(
        "handlers/dashboard/system.py",
        "return api.Runtime(sse_url=backend.settings.stream_url, environment=backend.settings.environment)",
        'return {"sse_url": None, "environment": backend.settings.environment, "debug": True}',
        NEEDS_A_PERSON,
        ("getRuntime/200-local.json", "expected 200, got 500"),
    ),
    "a handler returns the wrong status": Breakage(
        "handlers/dashboard/configurations.py",
        "return Reply(_shown(made), headers=",
        "return Reply(_shown(made), status=200, headers=",
        NEEDS_A_PERSON,
        ("createConfiguration/201-full.json", "expected 201, got"),
    ),
    "an operation has no handler": Breakage(
        "handlers/dashboard/market.py",
        "@serves(api.GET_STATUS)\n",
        "",
        NEEDS_A_PERSON,
        ("getMarketStatus/200-open.json", "expected 200, got 500"),
    ),
    "a golden is edited by hand": Breakage(
        "golden/dashboard/market/getMarketStatus/200-weekend.json",
        '"weekend"',
        '"weekday"',
        STALE,
        ("golden/dashboard/market/getMarketStatus/200-weekend.json: changed", "tools golden"),
    ),
    "the document is edited by hand": Breakage(
        "spec/openapi.json",
        '"title": "Bellwether"',
        '"title": "Other"',
        STALE,
        ("spec/openapi.json: changed", "tools generate"),
    ),
    "a response model gets a field that no handler fills": Breakage(
        "models/dashboard/system.py",
        "    sse_url: str | None\n",
        '    region: str\n    """Where it runs."""\n    sse_url: str | None\n',
        NEEDS_A_PERSON,
        ("getRuntime: status 200: the example does not fit", '"region" is a required property'),
    ),
    "a golden is no golden": Breakage(
        "golden/dashboard/market/getMarketStatus/200-open.json",
        '"why":',
        '"reason":',
        STALE,
        ("golden/dashboard/market/getMarketStatus/200-open.json: changed", "tools golden"),
    ),
    "a field is not described": Breakage(
        "models/dashboard/system.py",
        '    """Base URL of the stream function; null if streams are served at the same origin."""\n',
        "",
        NEEDS_A_PERSON,
        ("Runtime.sse_url has no docstring; say under the field what it is",),
    ),
    "a header is sent that is not declared": Breakage(
        "handlers/gate/gate.py",
        'self.headers = {**base, "Cache-Control": served.operation.cache, **lifetime(served.operation)}',
        'self.headers = {**base, "Cache-Control": served.operation.cache, "X-Powered-By": "us"}',
        NEEDS_A_PERSON,
        ("createAnonymousSession/201-default.json", "the header x-powered-by is not declared"),
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(copied(tmp_path_factory.mktemp("broken")))


def checked(folder: Path) -> tuple[int, str]:
    ran = run(folder, "check")
    return ran.returncode, ran.stdout + ran.stderr


def test_what_is_whole_passes(copy: Path) -> None:
    code, output = checked(copy)

    assert code == 0, output


TOGETHER = (
    (
        "a constraint is changed",
        "a golden is edited by hand",
        "the document is edited by hand",
        "a golden is no golden",
    ),
    (
        "a status is removed",
        "a handler returns an extra field",
        "a handler returns the wrong status",
        "an operation has no handler",
    ),
)
"""Breakages that do not hide each other are looked for in one run."""
ALONE = tuple((what,) for what in BREAKAGES if not any(what in group for group in TOGETHER))


@pytest.mark.parametrize("group", [*TOGETHER, *ALONE], ids=", ".join)
def test_what_is_broken_is_caught(copy: Path, group: tuple[str, ...]) -> None:
    breakages = [BREAKAGES[what] for what in group]
    whole = {breakage.file: (copy / breakage.file).read_text() for breakage in breakages}
    try:
        for breakage in breakages:
            text = (copy / breakage.file).read_text()
            assert text.count(breakage.old) == 1
            (copy / breakage.file).write_text(text.replace(breakage.old, breakage.new))
        code, output = checked(copy)
    finally:
        for file, text in whole.items():
            (copy / file).write_text(text)

    assert {breakage.code for breakage in breakages} == {code}, output
    assert [text for breakage in breakages for text in breakage.says if text not in output] == [], output
