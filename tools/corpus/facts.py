"""What a call reaches, as facts: items of the contract, statuses, errors, shapes of events and branches of the handlers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tools.corpus.files import GATE
from tools.corpus.tracing import Arc
from tools.coverage.exercising import Exercise
from tools.coverage.keywords import ADDITIONAL
from tools.coverage.recorded import Exchange
from tools.coverage.universe import subject_of_loc
from tools.events import HttpCall, Received
from tools.fuzz.calls import Sent
from tools.fuzz.paths import Paths
from tools.openapi.schemas import Schema

Fact = tuple[str, ...]
"""Kind, operation, and what of it. Facts have an order, and the kinds that say most to a person come first."""
ITEM, ERROR, STATUS, SHAPE, BRANCH = "1 item", "2 error", "3 status", "4 shape", "5 branch"


class Facts:
    """Knows what calls reach in one document."""

    def __init__(self, document: Schema) -> None:
        self._exercise = Exercise(document)
        self._paths = Paths(document)

    def name(self, call: HttpCall, shape: str) -> str:
        """The operation that a call means, or `GATE`."""
        operation = self._paths.meant(Sent(call, shape)).operation
        return GATE if operation is None else str(operation["operationId"])

    def of(self, call: HttpCall, shape: str, got: Received, arcs: Iterable[Arc]) -> set[Fact]:
        """Everything that one call reached."""
        return set(self._all(call, shape, got, arcs))

    def _all(self, call: HttpCall, shape: str, got: Received, arcs: Iterable[Arc]) -> Iterator[Fact]:
        name = self.name(call, shape)
        exchange = Exchange.of(call, shape, got)
        for item in self._exercise.items(exchange):
            yield ITEM, name, item.subject.location, item.subject.pointer, item.name, item.outcome
        for loc, kind in exchange.errors:
            subject = subject_of_loc(name, loc)
            yield ERROR, name, subject.location, _known(subject.pointer, kind), kind
        yield STATUS, name, str(got.status)
        yield SHAPE, name, shape
        for file, before, after in arcs:
            yield BRANCH, name, str(got.status), file, str(before), str(after)


def _known(pointer: str, kind: str) -> str:
    """The pointer with a star for a name that a client made up."""
    return f"{pointer.rpartition('/')[0]}/*" if kind in ADDITIONAL.errors else pointer


def said(fact: Fact) -> str:
    """A fact for the line of an entry: no numbers of lines, which move."""
    kind, _, *rest = fact
    match kind:
        case "1 item" if rest[-1] == "shown":
            return rest[0] if rest[2] in rest[0] else f"{rest[0]} {rest[2]}"
        case "3 status":
            return f"status {rest[0]}"
        case "4 shape":
            return f"a {rest[0]} event"
        case "5 branch":
            return f"status {rest[0]} by a branch of {rest[1]}"
    return " ".join(part for part in rest if part)
