"""First answers of every tag and first imports of every job, each in fresh processes, beside the floor of the cold start."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.opening import open_store
from models.registry import Entry, entries
from tools.artefacts import ROOT
from tools.bench.cold import FLOOR, PLAIN_FLOOR, Start, environment, ratio, started
from tools.events import rest_event
from tools.goldens.calls import call_of
from tools.identities import credentials_of, enrol
from tools.seed import fill
from tools.stage import FEEDS

BEGIN = """
import json, os, sys
# Not deployed: only moto brings it along, and PyJWT loads it where it is found.
sys.modules["cryptography"] = None
os.environ["BELLWETHER_STORE"] = {store!r}
"""
ANSWER = (
    BEGIN
    + """from handlers.dashboard.function import handler
answer = handler(json.loads({event!r}), None)
assert answer["statusCode"] == {status}, answer
"""
)
STREAM = (
    BEGIN
    + """from handlers.stream.function import assembled
_, answer = assembled("stream", os.environ).open(json.loads({event!r}))
assert answer.status == {status}, answer
assert next(answer.body)
"""
)
IMPORT = 'import os\nos.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"\nimport handlers.jobs.{job}'
JOBS = tuple(
    sorted(path.stem for path in (ROOT / "handlers" / "jobs").glob("[a-z]*.py") if "\nhandler = " in path.read_text())
)


@dataclass(frozen=True, slots=True)
class First:
    """A start, as a multiple of the floor and of the floor that is spared the search for plugins."""

    name: str
    start: Start
    ratio: float
    plain_ratio: float
    memory_ratio: float


def tags(rounds: int) -> list[First]:
    """The first answer of a function, to one operation of each tag, over a SQLite file with a recorded market."""
    with tempfile.TemporaryDirectory() as folder:
        path, now = Path(folder) / "first.db", datetime.now(UTC)
        with closing(open_store(f"sqlite:///{path}", FixedClock(now))) as store:
            fill(store, FEEDS, now)
            enrol(store, now)
        shown = list(chosen())
        # What one of them ends is another one's session.
        paths = [Path(shutil.copy(path, f"{path}.{entry.tag.name}")) for entry in shown]
        names = [f"{entry.tag.name}: {entry.operation.id}" for entry in shown]
        programs = [_program(entry, own, now) for entry, own in zip(shown, paths, strict=True)]
        return _measured(names, programs, rounds)


def jobs(rounds: int) -> list[First]:
    """The imports of each job's module."""
    return _measured(JOBS, [IMPORT.format(job=job) for job in JOBS], rounds)


def _measured(names: Sequence[str], programs: Sequence[str], rounds: int) -> list[First]:
    floor, plain, *starts = started([FLOOR, PLAIN_FLOOR, *programs], rounds)
    return [
        First(name, start, ratio(start, floor), ratio(start, plain), start.mib / floor.mib)
        for name, start in zip(names, starts, strict=True)
    ]


def chosen() -> Iterator[Entry]:
    """Of each tag the first operation that reads, or the first one."""
    for _, group in groupby(entries(), lambda entry: (entry.tag.function, entry.tag.name)):
        found = list(group)
        yield next((entry for entry in found if entry.operation.method == "GET"), found[0])


def _program(entry: Entry, path: Path, now: datetime) -> str:
    """A function's start and its answer to an example."""
    example = next(each for each in entry.operation.examples if each.status < 300 and not each.given.after)
    settings = Settings(signing_key=environment("")["BELLWETHER_SIGNING_KEY"])
    call = call_of(entry.operation, example.request)
    known = credentials_of(example.given.caller, settings, now)
    event = json.dumps(rest_event(replace(call, headers=call.headers + known)))
    form = STREAM if entry.tag.function == "stream" else ANSWER
    return form.format(store=f"sqlite:///{path}", event=event, status=example.status)
