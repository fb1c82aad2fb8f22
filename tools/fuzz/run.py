"""A whole run: operations dealt out to processes, findings and counts brought together."""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
import queue
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from hypothesis.configuration import set_hypothesis_home_dir

from tools.fuzz.driver import NO_OPERATION, PHASES, STATEFUL, Fuzzed, Fuzzer
from tools.fuzz.findings import Finding
from tools.fuzz.target import StageTarget, Target
from tools.openapi.schemas import Schema

SEED = 20241202
MAX_EXAMPLES = 250
STATEFUL_SHARE = 5
"""The stateful phase takes about a fifth of what all others take."""
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class FuzzOptions:
    """What to fuzz and how much. `max_examples` is generated for each operation, a quarter as many scenarios for all."""

    seed: int = SEED
    max_examples: int = MAX_EXAMPLES
    phases: tuple[str, ...] = PHASES
    operations: str = "*"
    """A glob over operation ids."""
    shards: int = field(default_factory=lambda: os.cpu_count() or 1)
    """Processes. The calls and the digest do not depend on it."""


@dataclass(slots=True)
class FuzzOutcome:
    """What was done and found. `rates` are cases a second of each process; `digest` is of every call in order."""

    cases: int
    seconds: float
    rates: list[float]
    statuses: dict[str, dict[int, int]]
    findings: list[Finding]
    digest: str
    digests: dict[str, str]
    """The same of each operation, and of the stateful phase."""
    unreached: list[str]
    """Operations that never answered with a success; each is a finding too."""
    notes: list[Any]
    """What the target of each process noted, where it notes something."""


def run(
    options: FuzzOptions | None = None,
    progress: Progress = lambda name, cases: None,
    make: Callable[[], Target] = StageTarget,
) -> FuzzOutcome:
    """Fuzzes our functions, each process on a target of its own, which `make` makes there."""
    options = options or FuzzOptions()
    started = time.perf_counter()
    target = StageTarget()
    unserved = dict(target.unserved())
    wanted = [name for name in operation_ids(target.document) if fnmatchcase(name, options.operations)]
    served = [name for name in wanted if name not in unserved]
    parts = _parallel(options, deal(target.document, served, options), progress, make)
    findings = [_unserved(name, unserved[name]) for name in wanted if name in unserved]
    return _joined(parts, served, findings, time.perf_counter() - started)


def run_on(target: Target, options: FuzzOptions, progress: Progress = lambda name, cases: None) -> FuzzOutcome:
    """Fuzzes a target in this process."""
    started = time.perf_counter()
    wanted = [name for name in operation_ids(target.document) if fnmatchcase(name, options.operations)]
    done = _fuzzed(target, wanted, options.phases, options, progress)
    return _joined([done], wanted, [], time.perf_counter() - started)


def operation_ids(document: Schema) -> list[str]:
    return [operation["operationId"] for path in document["paths"].values() for operation in path.values()]


@dataclass(slots=True)
class Shard:
    """The part of one process."""

    operation_ids: list[str] = field(default_factory=list)
    phases: tuple[str, ...] = ()
    weight: float = 0.0


def deal(document: Schema, wanted: Iterable[str], options: FuzzOptions) -> list[Shard]:
    """Each operation to the process with the least to do; the stateful phase, which is over all of them, to the last."""
    shards = [Shard(phases=tuple(p for p in options.phases if p != STATEFUL)) for _ in range(max(1, options.shards))]
    names = set(wanted)
    operations = [o for place in document["paths"].values() for o in place.values() if o["operationId"] in names]
    if STATEFUL in options.phases:
        shards[-1].phases = options.phases
        shards[-1].weight = sum(map(_weight, operations)) / STATEFUL_SHARE
    for operation in sorted(operations, key=lambda operation: (-_weight(operation), operation["operationId"])):
        shard = min(shards, key=lambda shard: shard.weight)
        shard.operation_ids.append(operation["operationId"])
        shard.weight += _weight(operation)
    return [shard for shard in shards if shard.operation_ids or STATEFUL in shard.phases]


def _weight(operation: Schema) -> float:
    """How long an operation takes against others: by its parameters; a body counts for several."""
    return 0.1 + len(operation.get("parameters", ())) + 4 * ("requestBody" in operation)


def _fuzzed(
    target: Target, wanted: list[str], phases: tuple[str, ...], options: FuzzOptions, progress: Progress
) -> Fuzzed:
    started = time.perf_counter()
    done = Fuzzer(target, options.seed, options.max_examples).run(wanted, phases, progress)
    done.seconds = time.perf_counter() - started
    return done


def _parallel(
    options: FuzzOptions, shards: list[Shard], progress: Progress, make: Callable[[], Target]
) -> list[Fuzzed]:
    """One fresh process for each shard: what this one has imported must not matter."""
    context = multiprocessing.get_context("spawn")
    messages: Any = context.Queue()
    workers = [context.Process(target=_work, args=(options, shard, messages, make), daemon=True) for shard in shards]
    with _hash_seed_zero():
        for worker in workers:
            worker.start()
    parts: list[Fuzzed] = []
    while len(parts) < len(shards):
        kind, content = _next(messages, workers)
        if kind == "progress":
            progress(*content)
        elif kind == "done":
            parts.append(content)
        else:
            raise RuntimeError(f"a process of the fuzzer failed:\n{content}")
    for worker in workers:
        worker.join()
    return parts


@contextmanager
def _hash_seed_zero() -> Iterator[None]:
    """For the processes started inside: schemathesis generates from sets in places, and the same seed is the same run."""
    before = os.environ.get("PYTHONHASHSEED")
    os.environ["PYTHONHASHSEED"] = "0"
    try:
        yield
    finally:
        os.environ.pop("PYTHONHASHSEED")
        if before is not None:
            os.environ["PYTHONHASHSEED"] = before


def _next(messages: Any, workers: list[Any]) -> tuple[str, Any]:
    while True:
        try:
            message: tuple[str, Any] = messages.get(timeout=1)
            return message
        except queue.Empty:
            if any(worker.exitcode not in (None, 0) for worker in workers):
                raise RuntimeError("a process of the fuzzer ended without a word") from None


def _work(options: FuzzOptions, shard: Shard, messages: Any, make: Callable[[], Target]) -> None:
    logging.getLogger("bellwether").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        # Hypothesis keeps what it knows of Unicode on the disk: not in the tree.
        set_hypothesis_home_dir(folder)
        try:
            target = make()
            done = _fuzzed(
                target, shard.operation_ids, shard.phases, options, lambda *at: messages.put(("progress", at))
            )
            done.notes = getattr(target, "notes", None)
            messages.put(("done", done))
        except Exception:
            messages.put(("failed", traceback.format_exc()))


def _joined(parts: list[Fuzzed], served: list[str], findings: list[Finding], seconds: float) -> FuzzOutcome:
    statuses: dict[str, Counter[int]] = {name: Counter() for name in served}
    digests: dict[str, str] = {}
    for part in parts:
        digests |= part.digests
        for name, counted in part.statuses.items():
            statuses.setdefault(name, Counter()).update(counted)
    unreached = [name for name in served if not any(200 <= status < 300 for status in statuses[name])]
    found = [*findings, *(_unreached(name, statuses[name]) for name in unreached)]
    found += sorted(
        (f for part in parts for f in part.findings), key=lambda f: (f.operation_id, f.phase, f.check, f.message)
    )
    return FuzzOutcome(
        cases=sum(part.cases for part in parts),
        seconds=seconds,
        rates=[part.cases / part.seconds for part in parts if part.seconds],
        statuses={
            name: dict(sorted(counted.items())) for name, counted in sorted(statuses.items()) if name != NO_OPERATION
        },
        findings=found,
        digest=hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest(),
        digests=dict(sorted(digests.items())),
        unreached=unreached,
        notes=[part.notes for part in parts if part.notes is not None],
    )


def _unserved(name: str, reason: str) -> Finding:
    return Finding(name, NO_OPERATION, "is_served", f"nothing answers this operation: {reason}", "", "")


def _unreached(name: str, statuses: Counter[int]) -> Finding:
    reached = ", ".join(map(str, sorted(statuses))) or "nothing"
    text = f"no call succeeded; reached: {reached}. Give it an example, or the harvest a value that leads there"
    return Finding(name, NO_OPERATION, "reaches_success", text, "", "")
