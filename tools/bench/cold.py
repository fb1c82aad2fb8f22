"""Cold starts: fresh processes up to a first answer, beside what nobody who uses Pydantic can leave out."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from tools.artefacts import ROOT
from tools.bench import starts

FLOOR = """
from pydantic import BaseModel
class Small(BaseModel):
    symbol: str
    limit: int = 10
Small.model_validate({"symbol": "AAPL"})
"""
PLAIN_FLOOR = 'import os\nos.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"' + FLOOR
FIRST_ANSWER = """
from handlers.dashboard.function import handler
event = {
    "httpMethod": "GET",
    "path": "/api/v2/tickers/validate",
    "queryStringParameters": {"symbol": "AAPL"},
    "requestContext": {"requestId": "first"},
}
answer = handler(event, None)
assert answer["statusCode"] == 200, answer
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What one program used in each of its runs."""

    cpu_ns: Sequence[int]
    peak_kib: Sequence[int]

    @property
    def ms(self) -> float:
        return statistics.median(self.cpu_ns) / 1e6

    @property
    def mib(self) -> float:
        return statistics.median(self.peak_kib) / 1024


def ratio(start: Start, floor: Start) -> float:
    """The median of the ratios within each round."""
    return statistics.median(a / b for a, b in zip(start.cpu_ns, floor.cpu_ns, strict=True))


def environment(bytecode: str) -> dict[str, str]:
    """What a deployed function finds, with bytecode kept in a folder of its own so that it is there for sure."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": bytecode,
        "POWERTOOLS_LOG_LEVEL": "WARNING",
        "BELLWETHER_SIGNING_KEY": "for the bench only; signs nothing that anybody keeps",
    }


def started(sources: Sequence[str], rounds: int) -> list[Start]:
    """Runs the programs in turn, each in a fresh interpreter. Raises `CalledProcessError` if one fails."""
    with tempfile.TemporaryDirectory() as bytecode:
        done = subprocess.run(
            [sys.executable, "-S", starts.__file__],
            input=json.dumps([rounds, sources]),
            env=environment(bytecode),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    # A measured program may print too; the last line is the measurements.
    found = json.loads(done.stdout.splitlines()[-1])
    return [Start([run[0] for run in runs], [run[1] for run in runs]) for runs in found]
