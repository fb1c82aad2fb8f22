"""Witnesses of breaking changes: the request that worked and what it gets now, the response that nobody could expect.

Everything is played through the handlers as they are now, on the stage of the goldens; a witness that did not show the
break is none.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.operation import Given
from tools.compat.change import Change, Direction
from tools.compat.drawing import ABSENT, fits, values
from tools.compat.placing import changed, inside, placed, steps_of, taken
from tools.compat.promises import Promises, events_in
from tools.events import HttpCall, Received
from tools.findings import Subject
from tools.goldens.play import played_on
from tools.goldens.replay import call_in, given_in
from tools.openapi.schemas import Schema, closed
from tools.reports.text import plural
from tools.stage import Stage

PLAYED = 60
"""Requests played for one change, each on a stage of its own."""
BASES = 6
"""Goldens of which one value is replaced."""
TRIED = 3
"""Changes of one cause that are tried for a witness."""
IMAGINED = 6
"""Bodies that are drawn where no golden shows the place."""
NOT_YET = "a response that a client could not have met before (no golden gives it yet, the contract allows it)"
NEVER = "the base has no golden of {} to start from"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A golden as it is used here."""

    path: str
    function: str
    operation_id: str
    given: Given
    call: HttpCall
    status: int
    body: Any
    """JSON, `ABSENT` if there is none."""
    events: tuple[tuple[str, Any], ...]

    @property
    def weight(self) -> tuple[int, int, str]:
        """What is simple comes first: nothing before it, no counting."""
        return len(self.given.after) + self.given.limits, len(self.call.query) + len(self.call.body or b""), self.path


@dataclass(frozen=True, slots=True)
class Witness:
    """What shows a break; where there is no `got`, `says` is why there is none, or `shown` a value that was drawn."""

    says: str
    """The headline, for people."""
    recorded: Recorded | None = None
    call: HttpCall | None = None
    altered: str = ""
    """How the call differs from the golden's; empty if it does not."""
    got: Received | None = None
    expected: str = ""
    """What the base says against what came."""
    shown: Any = ABSENT
    """A body that was never sent but could be."""

    @property
    def found(self) -> bool:
        return self.got is not None or self.shown is not ABSENT


@dataclass(frozen=True, slots=True)
class Sight:
    """What one play showed, or a reason why nothing could be played."""

    recorded: Recorded
    call: HttpCall
    altered: str
    got: Received


class Witnesses:
    """Finds witnesses between two contracts: goldens of the old one, or of the new where the old has none."""

    def __init__(self, old: Schema, new: Schema, goldens: Mapping[str, bytes], own: Mapping[str, bytes]) -> None:
        """`goldens` are those of the base; `own` are the working tree's, which the base's requests are found in too."""
        self._old, self._new = Promises(old), Promises(new, closes=True)
        self._recorded = _by_operation(recorded(goldens))
        self._own = _by_operation(recorded(own))
        self._seen: dict[tuple[str, HttpCall], Received] = {}

    def witness(self, change: Change) -> Witness:
        """The witness of one change, or why there is none."""
        if change.direction is Direction.RESPONSE:
            return self._response(change)
        found = self._request(change)
        if found.found or change.direction is Direction.REQUEST:
            return found
        other = self._response(change)
        return other if other.found else found

    def best(self, changes: Sequence[Change]) -> tuple[Change, Witness]:
        """The first change that has a witness, of the few that are tried: all have one cause."""
        tried = []
        for change in changes[:TRIED]:
            tried.append((change, self.witness(change)))
            if tried[-1][1].found:
                return tried[-1]
        return tried[0]

    # Requests

    def _request(self, change: Change) -> Witness:
        subject = self._in_old(change.subject)
        goldens = self._worked(subject.operation_id)
        if not goldens:
            return Witness(f"no witness: {NEVER.format(subject.operation_id or 'the contract')}")
        count = 0
        for sight in self._sights(change, subject, goldens):
            count += 1
            if self._refuses(change, subject, sight):
                worked = sight.recorded.path in self._paths() and sight.recorded.status < 300 and not sight.altered
                verb = "worked before" if worked else "was valid before"
                return Witness(f"this request {verb}", sight.recorded, sight.call, sight.altered, sight.got)
        return Witness(
            f"no witness found: of {plural(count, 'request')} that the base takes none is refused for this now"
        )

    def _in_old(self, subject: Subject) -> Subject:
        return replace(subject, operation_id=self._old.known_as(subject.operation_id, self._new))

    def _in_new(self, subject: Subject) -> Subject:
        return replace(subject, operation_id=self._new.known_as(subject.operation_id, self._old))

    def _goldens(self, operation_id: str) -> list[Recorded]:
        """The goldens of the base; where it has none, the calls of our own that the base promises to take."""
        if self._recorded:
            return self._recorded.get(operation_id, [])
        known = self._new.known_as(operation_id, self._old)
        return [golden for golden in self._own.get(known, []) if self._old.takes(operation_id, golden.call)]

    def _worked(self, operation_id: str) -> list[Recorded]:
        return [golden for golden in self._goldens(operation_id) if golden.status < 300]

    def _sights(self, change: Change, subject: Subject, goldens: list[Recorded]) -> Iterator[Sight]:
        """The goldens as they are, then those of today's refusals, then with the value replaced: what the base takes."""
        whole = ((golden, golden.call, "") for golden in [*goldens, *self._refused(subject)])
        replaced = self._altered(change, subject, goldens[:BASES])
        for golden, call, altered in itertools.chain(whole, itertools.islice(replaced, PLAYED)):
            got = self._play(golden, call)
            if got is not None:
                yield Sight(golden, call, altered, got)

    def _refused(self, subject: Subject) -> list[Recorded]:
        """Requests that are refused today and that the base takes: each constraint of today has its golden."""
        before = {_sent(golden) for golden in self._recorded.get(subject.operation_id, []) if golden.status == 422}
        own = self._own.get(self._in_new(subject).operation_id, [])
        new = (golden for golden in own if golden.status == 422 and _sent(golden) not in before)
        return [golden for golden in new if self._old.takes(subject.operation_id, golden.call)]

    def _altered(
        self, change: Change, subject: Subject, goldens: list[Recorded]
    ) -> Iterator[tuple[Recorded, HttpCall, str]]:
        template = self._old.template(subject.operation_id)
        seen = set()
        # All goldens get their best value before any gets its second.
        for golden, value in _in_turn([(g, self._offered(change, g, template, subject)) for g in goldens]):
            call = placed(golden.call, template, subject, value)
            if call is None or (golden.given.caller, call) in seen or not self._old.takes(subject.operation_id, call):
                continue
            seen.add((golden.given.caller, call))
            yield golden, call, _alteration(subject, value)

    def _offered(self, change: Change, golden: Recorded, template: str, subject: Subject) -> list[Any]:
        """Values to put at the subject: of the difference; without one, none at all or what the base takes there."""
        if not subject.pointer and subject.location != "body":
            return []
        real = taken(golden.call, template, subject)
        if change.difference is not None:
            return values(change.difference, real)
        schema = self._old.schema(subject)
        return [ABSENT, *(values(schema, real)[:4] if schema else [])]

    def _play(self, golden: Recorded, call: HttpCall) -> Received | None:
        """None if the stage of today does not know what the golden was given."""
        key = (golden.path, call)
        if key not in self._seen:
            try:
                self._seen[key] = played_on(Stage(golden.given), golden.given, call, golden.function, "v1")
            except ValueError:  # a caller that is recorded no more
                return None
        return self._seen[key]

    def _refuses(self, change: Change, subject: Subject, sight: Sight) -> bool:
        if not 400 <= sight.got.status < 500:
            return False
        if sight.got.status != 422:
            # A value is refused by a 422; what is gone, closed or of another form by any other 4xx, where it was served.
            return change.difference is None and not sight.altered and sight.recorded.status < 300
        known = self._old.rules(subject.operation_id)
        items = json.loads(sight.got.body)["detail"]
        return any(_names(item, subject) and not _is_known(item, known) for item in items)

    # Responses

    def _response(self, change: Change) -> Witness:
        subject = self._in_old(change.subject)
        if subject.location.partition(" ")[0] not in ("response", "event"):
            return Witness("no witness: no single response shows it")
        goldens = [g for g in self._goldens(subject.operation_id) if _speaks(g, subject)]
        own = [g for g in self._own.get(self._in_new(subject).operation_id, []) if _speaks(g, subject)]
        seen = []
        for golden in [*goldens, *own]:
            got = self._play(golden, golden.call)
            if got is None:
                continue
            seen.append(golden)
            if expected := self._surprise(change, subject, golden, got):
                says = "a response that a client could not have met before"
                return Witness(says, golden, golden.call, "", got, expected)
        drawn = self._drawn(change, subject, [*goldens, *own])
        if not seen and not drawn:
            return Witness(f"no witness: no golden is a {subject.location} of {subject.operation_id}")
        return drawn or Witness(
            f"no witness found: {plural(len(seen), 'golden')} played, each response could have come before"
        )

    def _surprise(self, change: Change, subject: Subject, golden: Recorded, got: Received) -> str | None:
        """What the base says against a response, as far as it is about the subject."""
        kind, _, name = subject.location.partition(" ")
        if kind == "event":
            return self._event_surprise(subject, name, got)
        status, _, header = name.partition(" ")
        if str(got.status) != status:
            gone = golden.status == int(status) and change.difference is None and not subject.pointer
            return f"the status was {status}" if gone and golden.path in self._paths() else None
        if self._old.response(subject.operation_id, status) is None:
            return f"the status {status} was never sent"
        if header:
            return self._old.header_misfit(subject, got)
        return self._body_surprise(subject, status, got)

    def _paths(self) -> set[str]:
        return {golden.path for goldens in self._recorded.values() for golden in goldens}

    def _body_surprise(self, subject: Subject, status: str, got: Received) -> str | None:
        content = (self._old.response(subject.operation_id, status) or {}).get("content", {})
        media = (got.header("content-type") or "").partition(";")[0]
        if not subject.pointer and media not in content:
            return f"the body was {' or '.join(content) or 'empty'}, never {media or 'empty'}"
        value = _json(got.body)
        return None if value is ABSENT else self._old.misfit(subject, value)

    def _event_surprise(self, subject: Subject, name: str, got: Received) -> str | None:
        for event, data in events_in(got.body.decode("utf-8", "replace")):
            if event == name and self._old.body_schema(subject.operation_id, subject.location) is None:
                return f"the event {name} was never sent"
            if event == name and (misfit := self._old.misfit(subject, data)):
                return misfit
        return None

    def _drawn(self, change: Change, subject: Subject, goldens: list[Recorded]) -> Witness | None:
        """A value of the difference inside a real response, else a drawn one: it fits the new contract and not the old."""
        in_new, steps = self._in_new(subject), steps_of(subject.pointer)
        for golden, body in [*self._bodies(subject, goldens), *self._imagined(in_new)]:
            for made, altered in _made(change, body, steps, subject):
                if made is ABSENT or self._new.misfit(replace(in_new, pointer=""), made):
                    continue
                if expected := self._old.misfit(subject, made):
                    call = golden.call if golden else None
                    return Witness(NOT_YET, golden, call, altered, None, expected, made)
        return self._alone(change, subject, in_new) if change.difference is not None else None

    def _imagined(self, subject: Subject) -> Iterator[tuple[None, Any]]:
        """Bodies that the new contract allows where none is recorded: its examples, then small ones."""
        if subject.location.endswith(" header"):
            return
        yield from ((None, body) for body in self._new.examples(subject))
        schema = self._new.schema(replace(subject, pointer=""))
        yield from ((None, body) for body in (values(closed(schema))[:IMAGINED] if schema else ()))

    def _bodies(self, subject: Subject, goldens: list[Recorded]) -> Iterator[tuple[Recorded | None, Any]]:
        """Real bodies or event data of the subject's kind: as answered now, else as recorded."""
        kind, _, name = subject.location.partition(" ")
        for golden in goldens:
            got = self._play(golden, golden.call)
            now = got.body.decode("utf-8", "replace") if got else ""
            if kind == "event":
                there = [*events_in(now), *golden.events]
                yield from ((golden, data) for event, data in there if event == name)
            else:
                same = got is not None and str(got.status) == name
                yield from (
                    (golden, body) for body in (_json(now) if same else ABSENT, golden.body) if body is not ABSENT
                )

    def _alone(self, change: Change, old: Subject, new: Subject) -> Witness | None:
        """A value of the difference by itself, if the place allows it today and did not before."""
        allowed, before = self._new.schema(new), self._old.schema(old)
        if allowed is None or before is None or old.location.endswith(" header"):
            return None
        now, then = fits(closed(allowed)), fits(before)
        for value in values(change.difference or {}):
            if now(value) and not then(value):
                return Witness("a value that could not come before (no golden fills this place)", shown=value)
        return None


def recorded(goldens: Mapping[str, bytes]) -> Iterator[Recorded]:
    """The goldens of operations, those of the gate apart; what cannot be read any more is left out."""
    for path, data in goldens.items():
        parts = path.split("/")
        if len(parts) != 5 or parts[1] == "gate":
            continue
        try:
            content = json.loads(data)
            response = content["response"]
            made = Recorded(
                path,
                parts[1],
                parts[3],
                given_in(content),
                call_in(content),
                int(response["status"]),
                response.get("body", ABSENT),
                tuple(events_in("\n".join(response.get("body_lines", ())))),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        yield made


def _sent(golden: Recorded) -> HttpCall:
    """The call without the number that its golden has."""
    return replace(golden.call, request_id="")


def _by_operation(goldens: Iterable[Recorded]) -> dict[str, list[Recorded]]:
    found: dict[str, list[Recorded]] = {}
    for golden in sorted(goldens, key=lambda golden: golden.weight):
        found.setdefault(golden.operation_id, []).append(golden)
    return found


def _made(change: Change, body: Any, steps: list[str], subject: Subject) -> Iterator[tuple[Any, str]]:
    """The body itself, which may lack what is gone, then with each value of the difference, and how they differ."""
    yield body, ""
    for value in values(change.difference, inside(body, steps)) if change.difference is not None else ():
        yield changed(body, steps, value), _alteration(subject, value)


def _in_turn(offers: list[tuple[Recorded, list[Any]]]) -> Iterator[tuple[Recorded, Any]]:
    for rank in range(max((len(offered) for _, offered in offers), default=0)):
        yield from ((golden, offered[rank]) for golden, offered in offers if rank < len(offered))


def _alteration(subject: Subject, value: Any) -> str:
    where = f"{subject.location} {subject.pointer}".strip()
    if value is ABSENT:
        return f"without {where}"
    text = json.dumps(value, ensure_ascii=False)
    return f"with {where} = {text if len(text) <= 120 else f'{text[:120]}…'}"


def _names(item: Any, subject: Subject) -> bool:
    """Whether an error is at the subject or inside it; the labels of a union's branches in between do not count."""
    location, *loc = map(str, item["loc"])
    if location != (subject.location or location):
        return False
    steps = iter(loc)
    return all(any(wanted in (step, "*") for step in steps) for wanted in steps_of(subject.pointer))


def _is_known(item: Any, rules: set[tuple[str, tuple[str, ...]]]) -> bool:
    """Whether the base lets a valid request get this error. A request that it takes has no name that it does not know."""
    loc = [str(step) for step in item["loc"]]
    same = [where for type_, where in rules if item["type"] == type_ != "extra_forbidden" and len(where) == len(loc)]
    return any(all(a in (b, "*") for a, b in zip(where, loc, strict=True)) for where in same)


def _speaks(golden: Recorded, subject: Subject) -> bool:
    """Whether a golden may show the subject: it has its status, or events if it is about one."""
    kind, _, name = subject.location.partition(" ")
    return bool(golden.events) if kind == "event" else str(golden.status) == name.partition(" ")[0]


def _json(data: bytes | str) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return ABSENT
