"""How long the tools themselves take: what they cost is what people wait for."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time

from tools.artefacts import ROOT
from tools.bench.cold import Start, environment, started
from tools.fuzz.run import FuzzOptions, run_on
from tools.fuzz.target import StageTarget
from tools.goldens.replay import replay

DOCUMENT = """
import time
from tools.openapi.document import document
started = time.process_time()
document()
print(time.process_time() - started)
"""
CHECK = """
import contextlib, os, runpy, sys
sys.argv = ["tools", "generate", "--check"]
with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
    try:
        runpy.run_module("tools", run_name="__main__")
    except SystemExit as end:
        assert end.code in (0, 4), end.code
"""


def document_seconds() -> float:
    """CPU time of one whole document in a fresh process, models and all."""
    with tempfile.TemporaryDirectory() as bytecode:
        command = [sys.executable, "-c", DOCUMENT]
        for _ in range(2):  # the first one writes the bytecode
            done = subprocess.run(
                command, env=environment(bytecode), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
            )
    return float(done.stdout)


def generate_check(rounds: int) -> Start:
    """The whole process of `generate --check`."""
    return started([CHECK], rounds)[0]


def replay_rate() -> tuple[int, float]:
    """Calls that the committed goldens make, and how many of them one core plays in a second."""
    begun = time.process_time()
    outcome = replay()
    return outcome.calls, outcome.calls / (time.process_time() - begun)


def fuzz_rate(operations: str, max_examples: int) -> tuple[int, float]:
    """Cases of a small run, and how many one process makes, plays and judges in a second."""
    outcome = run_on(StageTarget(), FuzzOptions(max_examples=max_examples, operations=operations, shards=1))
    return outcome.cases, outcome.rates[0]
