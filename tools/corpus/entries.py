"""An entry of the corpus: one or more calls from the state of the beginning, and what each is answered, as a line of JSON."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from tools.events import REQUEST_ID, SHAPES, HttpCall, Received
from tools.findings import Place
from tools.goldens.files import EVERYWHERE, request_of
from tools.goldens.replay import call_in
from tools.identities import NAMES
from tools.openapi.schemas import BadContract

Errors = tuple[tuple[tuple[str | int, ...], str], ...]
"""(loc, error type) of each entry of a 422."""
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One call of a recorded caller, whose credentials it does not repeat, and what it is answered."""

    caller: str
    shape: str
    call: HttpCall
    status: int
    errors: Errors = ()

    def asks_as(self, other: Step) -> bool:
        """Whether the two are the same call, whatever they are answered."""
        return (self.caller, self.shape, self.call) == (other.caller, other.shape, other.call)


@dataclass(frozen=True, slots=True)
class Entry:
    """Calls made one after the other on a fresh stage. The last one is what the entry is about; the others lead there."""

    why: str
    """The first thing that it reached and no entry before it."""
    steps: tuple[Step, ...]
    digest: str
    """Of the last response."""
    found: str | None = None
    """The failure that it once was. Such an entry stays for good."""

    @property
    def last(self) -> Step:
        return self.steps[-1]

    def asks_as(self, other: Entry) -> bool:
        """Whether the two make the same calls."""
        same = (one.asks_as(another) for one, another in zip(self.steps, other.steps, strict=False))
        return len(self.steps) == len(other.steps) and all(same)

    @property
    def cost(self) -> int:
        """How much there is to read and to play: bytes of the line."""
        return len(written(self))


class BadEntry(BadContract):
    """A line that is no entry. The message says which, why, and what to do; `place` is the line, once it is known."""

    place: Place | None = None


def written(entry: Entry) -> str:
    """The entry as one line, without its end."""
    row: dict[str, Any] = {"why": entry.why, "calls": [_row(step) for step in entry.steps], "digest": entry.digest}
    if entry.found is not None:
        row["found"] = entry.found
    # In ASCII: what generators like to send turns the direction of a line or ends it, in editors and in reviews.
    return json.dumps(row)


def _row(step: Step) -> dict[str, Any]:
    call = {name: value for name, value in request_of(step.call).items() if name != "id"}
    row = {"as": step.caller, "shape": step.shape, **call, "status": step.status}
    return {**row, "errors": [[list(loc), kind] for loc, kind in step.errors]} if step.errors else row


def read(line: str) -> Entry:
    """The entry of a line. Raises `BadEntry`."""
    try:
        row = json.loads(line)
        steps = tuple(_step(step) for step in row["calls"])
        entry = Entry(row["why"], steps, row["digest"], row.get("found"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadEntry(f"this is no entry of the corpus: {type(error).__name__}: {error}") from None
    if not steps:
        raise BadEntry("an entry of the corpus makes at least one call")
    return entry


def _step(row: dict[str, Any]) -> Step:
    if row["as"] not in NAMES or row["shape"] not in SHAPES:
        raise ValueError(f"{row['as']!r} is no recorded caller or {row['shape']!r} no shape of event")
    call = call_in({"request": {**row, "id": REQUEST_ID}})
    errors = tuple((tuple(loc), kind) for loc, kind in row.get("errors", ()))
    return Step(row["as"], row["shape"], call, row["status"], errors)


def digest_of(got: Received) -> str:
    """Of what a client can see: status, body, cookies and headers but those that are the same everywhere."""
    seen = hashlib.sha256(got.body)
    headers = [pair for pair in sorted(got.headers.items()) if EVERYWHERE.get(pair[0]) != pair[1][0]]
    missing = EVERYWHERE.keys() - got.headers.keys()
    seen.update(repr((got.status, headers, sorted(missing), got.cookies)).encode())
    return seen.hexdigest()[:DIGITS]


def errors_in(got: Received) -> Errors:
    """(loc, type) of each entry of a 422 as it is promised; nothing if it is not."""
    if got.status != 422:
        return ()
    try:
        return tuple((tuple(item["loc"]), item["type"]) for item in json.loads(got.body)["detail"])
    except (ValueError, KeyError, TypeError):
        return ()
