"""How long the tools themselves take: what they cost is what people wait for."""

from __future__ import annotations

import copy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tools.artefacts import ROOT
from tools.base import Base
from tools.bench.cold import Start, environment, started
from tools.corpus import files
from tools.corpus.replay import replay as corpus_replay
from tools.diff import compared
from tools.fuzz.run import FuzzOptions, run_on
from tools.fuzz.target import StageTarget
from tools.goldens.replay import replay
from tools.openapi.document import document
from tools.openapi.schemas import Schema

DOCUMENT = """
import time
from tools.openapi.document import document
started = time.process_time()
document()
print(time.process_time() - started)
"""
COMMAND = """
import contextlib, os, runpy, sys
sys.argv = ["tools", *{args!r}]
with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
    try:
        runpy.run_module("tools", run_name="__main__")
    except SystemExit as end:
        assert end.code in (0, 4, 100), end.code
"""
CHANGES = 30
LOOSER: dict[str, Callable[[Any], Any]] = {
    "maximum": lambda bound: bound + 5,
    "minimum": lambda bound: bound - 5,
    "maxLength": lambda bound: bound + 5,
    "maxItems": lambda bound: bound + 5,
    "enum": lambda members: [*members, "another"],
    "pattern": lambda pattern: "",
}


def document_seconds() -> float:
    """CPU time of one whole document in a fresh process, models and all."""
    with tempfile.TemporaryDirectory() as bytecode:
        command = [sys.executable, "-c", DOCUMENT]
        for _ in range(2):  # the first one writes the bytecode
            done = subprocess.run(
                command, env=environment(bytecode), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
            )
    return float(done.stdout)


def commands(rounds: int, asked: Sequence[str]) -> list[Start]:
    """The whole process of each command of the tools, its output thrown away."""
    return started([COMMAND.format(args=line.split()) for line in asked], rounds)


def diff_seconds(count: int = CHANGES) -> tuple[int, float]:
    """How many changes were found between a looser contract and ours, and the CPU time with a witness for each."""
    made = document()
    base = Base("a looser contract", looser(made, count), None, ROOT)
    begun = time.process_time()
    found = compared(base, made)
    return len(found), time.process_time() - begun


def looser(made: Schema, count: int) -> Schema:
    """The same contract, but for the first constraints of its parameters, which allow more: ours breaks their clients."""
    loose = copy.deepcopy(made)
    loosened = 0
    for parameter in _parameters(loose):
        schema = parameter["schema"] = dict(parameter["schema"])
        for keyword in sorted(LOOSER.keys() & schema.keys()):
            if loosened == count:
                return loose
            schema[keyword] = LOOSER[keyword](schema[keyword])
            loosened += 1
    return loose


def _parameters(made: Schema) -> Iterator[Schema]:
    for path in made["paths"].values():
        for operation in path.values():
            yield from operation.get("parameters", ())


def replay_rate() -> tuple[int, float]:
    """Calls that the committed goldens make, and how many of them one core plays in a second."""
    begun = time.process_time()
    outcome = replay()
    return outcome.calls, outcome.calls / (time.process_time() - begun)


def corpus_rate() -> tuple[int, float]:
    """Requests of the corpus, and how many of them one core plays and judges in a second."""
    outcome = corpus_replay(files.committed(), document())
    return outcome.calls, outcome.rate


def fuzz_rate(operations: str, max_examples: int) -> tuple[int, float]:
    """Cases of a small run, and how many one process makes, plays and judges in a second."""
    outcome = run_on(StageTarget(), FuzzOptions(max_examples=max_examples, operations=operations, shards=1))
    return outcome.cases, outcome.rates[0]
