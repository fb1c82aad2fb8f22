"""The contract check fails when something is broken on purpose, with the right code and naming what was broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.artefacts import ROOT

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
        "SearchLimit = Annotated[int, Field(ge=1, le=20)]",
        "SearchLimit = Annotated[int, Field(ge=1, le=25)]",
        STALE,
        (
            '"maximum": 20,',
            '"maximum": 25,',
            "422-query-limit-less_than_equal.json",
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
        "class Runtime(Response):\n",
        "class Runtime(Response):\n    region: str\n",
        NEEDS_A_PERSON,
        ("getRuntime",),
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
    """The parts of the project that the check reads, to be broken."""
    folder = tmp_path_factory.mktemp("broken")
    for name in ("models", "handlers", "tools", "golden", "spec"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def checked(folder: Path) -> tuple[int, str]:
    environ = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    run = subprocess.run(
        [sys.executable, "-m", "tools", "check"], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    return run.returncode, run.stdout + run.stderr


def test_what_is_whole_passes(copy: Path) -> None:
    code, output = checked(copy)

    assert code == 0, output


@pytest.mark.parametrize("what", BREAKAGES)
def test_what_is_broken_is_caught(copy: Path, what: str) -> None:
    breakage = BREAKAGES[what]
    file = copy / breakage.file
    whole = file.read_text()
    assert whole.count(breakage.old) == 1
    try:
        file.write_text(whole.replace(breakage.old, breakage.new))
        code, output = checked(copy)
    finally:
        file.write_text(whole)

    assert code == breakage.code, output
    assert [text for text in breakage.says if text not in output] == [], output
