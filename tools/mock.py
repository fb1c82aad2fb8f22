"""The mock: answers that a client asks for with the header Prefer, given by the real handlers on a stage of their own.

`code` and `example` play a golden of the operation that method and path mean: its caller, its clock, its store, its earlier
requests, its request. The caller's own request is then not looked at any further and the served store is never touched, whatever
the code is: one rule, no surprise. Who wants the answer to their own request leaves both away. Where method and path mean no
operation there is nothing to play, so the request is answered as it is. A stream's golden comes whole, as it was recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial

from handlers.assembly import routes_of
from handlers.gate.response import refused
from handlers.gate.routing import Router
from models.refusals import BadRequest, Refusal
from models.registry import Entry, entries
from tools.events import HttpCall, Pairs, Received
from tools.goldens import gate
from tools.goldens.calls import call_of
from tools.goldens.cases import PROVED_BY_THE_GATE, Case, cases_of
from tools.goldens.gate import GateCase
from tools.goldens.play import played_on, with_etag
from tools.goldens.violations import bases
from tools.openapi.responses import refusals_of
from tools.openapi.schemas import BadContract
from tools.prefer import BadPrefer, preferences, word
from tools.routes import FUNCTIONS
from tools.stage import Stage

PREFER = "prefer"
LONGEST_WAIT = 60.0
VARY: Pairs = (("Vary", "Prefer"),)
"""On every response (RFC 7240, section 2): a browser's cache would answer a steered request by an earlier response."""


class UnknownPreference(BadRequest):
    code = "UNKNOWN_PREFERENCE"
    title = "There is no golden as preferred"


class Unplayable(Refusal):
    status = 501
    code = "CONTRACT_NOT_BUILT"
    title = "The goldens cannot be made from the models"


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a request's preferences is honoured here; None where nothing is said."""

    code: int | None = None
    example: str | None = None
    wait: float = 0.0
    applied: Pairs = ()
    """The preferences as they were given, in the order code, example, wait."""

    @property
    def steers(self) -> bool:
        """Whether a golden is wanted."""
        return self.code is not None or self.example is not None


@dataclass(frozen=True, slots=True)
class Steered:
    """What a wish makes of a response: a played one, or None for that of the request itself, and headers to add."""

    response: Received | None = None
    headers: Pairs = VARY


@dataclass(frozen=True, slots=True)
class Scene:
    """A golden that can be played; `play` takes the method, since HEAD is answered as GET."""

    path: str
    status: int
    play: Callable[[str], Received]

    @property
    def name(self) -> str:
        """With its status, as the file is called."""
        return self.path.rpartition("/")[2].removesuffix(".json")

    def is_called(self, name: str) -> bool:
        return name in (self.name, self.name.partition("-")[2])


@dataclass(frozen=True, slots=True)
class Mock:
    """Looks at what a call prefers. `wait` delays by seconds."""

    wait: Callable[[float], None]
    router: Router = field(default_factory=lambda: Router(route for name in FUNCTIONS for route in routes_of(name)))

    def __call__(self, call: HttpCall) -> Steered:
        """What the preferences of a call make of its response, after the wait that it prefers."""
        try:
            wish = wish_of(call)
            entry = self._entry(call) if wish.steers else None
            scene = chosen(entry, wish) if entry else None
        except Refusal as refusal:
            return Steered(_refused(refusal, call))
        if wish.wait:
            self.wait(wish.wait)
        if scene is None:
            return Steered(None, (*VARY, *_applied(wish.applied[-1:] if wish.wait else ())))
        return Steered(scene.play(call.method), (*VARY, *_applied(wish.applied), ("X-Golden", scene.path)))

    def _entry(self, call: HttpCall) -> Entry | None:
        """The operation that a call means."""
        found = self.router.find(call.path)
        if found is None:
            return None
        route = found[0].head() if call.method == "HEAD" else found[0].routes.get(call.method)
        return _by_id()[route.operation_id] if route else None


def _applied(pairs: Pairs) -> Pairs:
    text = ", ".join(f"{name}={word(value)}" for name, value in pairs)
    return (("Preference-Applied", text),) if pairs else ()


def _refused(refusal: Refusal, call: HttpCall) -> Received:
    answer = refused(refusal, call.request_id)
    headers = {name.lower(): (value,) for name, value in answer.headers.items()}
    body = answer.body if isinstance(answer.body, bytes) and call.method != "HEAD" else b""
    return Received(answer.status, headers, (), body)


def wish_of(call: HttpCall) -> Wish:
    """Raises `UnknownPreference`: a slip of the pen is not to become a real request."""
    try:
        given = preferences(value for name, value in call.headers if name.lower() == PREFER)
    except BadPrefer as error:
        raise UnknownPreference(str(error)) from None
    said = {name: given[name].value for name in ("code", "example", "wait") if name in given}
    wait = _seconds(said.get("wait", "0"))
    return Wish(_code(said.get("code")), said.get("example"), wait, tuple(said.items()))


def _code(text: str | None) -> int | None:
    if text is not None and not re.fullmatch("[1-5][0-9][0-9]", text):
        raise UnknownPreference(f"code={text!r} is no status; say code=422, for example")
    return int(text) if text is not None else None


def _seconds(text: str) -> float:
    seconds = float(text) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text) else -1.0
    if not 0 <= seconds <= LONGEST_WAIT:
        raise UnknownPreference(f"wait={text!r} is no number of seconds from 0 to {LONGEST_WAIT:.0f}")
    return seconds


@cache
def _by_id() -> dict[str, Entry]:
    return {entry.operation.id: entry for entry in entries()}


def chosen(entry: Entry, wish: Wish) -> Scene:
    """The first golden of an operation that is as wished. Raises `UnknownPreference`, which names what there is."""
    scenes = [scene for scene in scenes_of(entry) if wish.code in (None, scene.status)]
    fitting = [scene for scene in scenes if wish.example is None or scene.is_called(wish.example)]
    if fitting:
        return fitting[0]
    if not scenes:
        statuses = _listed(str(scene.status) for scene in scenes_of(entry))
        raise UnknownPreference(f"{entry.operation.id} has no golden of code={wish.code}; there are {statuses}")
    of_code = f" of code={wish.code}" if wish.code else ""
    names = _listed(scene.name for scene in scenes)
    raise UnknownPreference(f"{entry.operation.id} has no golden{of_code} called {wish.example!r}; there are {names}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names)))


@cache
def scenes_of(entry: Entry) -> tuple[Scene, ...]:
    """Every golden of an operation: its examples as they are declared, then the others by name, the gate's last.

    Raises `Unplayable` where a case cannot be built from the models.
    """
    try:
        made = list(cases_of(entry))
    except BadContract as error:
        raise Unplayable(str(error)) from None
    shown = len(entry.operation.examples)
    cases = [*made[:shown], *sorted(made[shown:], key=lambda case: case.path)]
    return (*(Scene(case.path, case.status, partial(_played, case)) for case in cases), *_scenes_of_the_gate(entry))


def _played(case: Case, method: str) -> Received:
    """What the handlers answer on a fresh stage."""
    call = case.call
    if case.conditional:
        call = with_etag(call, played_on(Stage(case.given), case.given, call, case.function, "v1"))
    return played_on(Stage(case.given), case.given, replace(call, method=method), case.function, "v1")


def _scenes_of_the_gate(entry: Entry) -> Iterator[Scene]:
    """What the gate answers for every operation alike, of the statuses that this one declares."""
    declared = {refusal.status for refusal in refusals_of(entry.operation)} & PROVED_BY_THE_GATE
    for case in gate.CASES:
        if case.status in declared and case.call is not None:
            play = partial(_failed, case) if case.status == 500 else partial(_provoked, entry, case, case.call)
            yield Scene(case.path, case.status, play)


def _provoked(entry: Entry, case: GateCase, example: HttpCall, method: str) -> Received:
    """The body and media type of the gate's golden, sent to the operation itself."""
    base = bases(entry.operation)[0]
    call = call_of(entry.operation, base.request)
    headers = tuple(pair for pair in call.headers if pair[0] != "content-type") + example.headers
    sent = replace(call, method=method, headers=headers, body=example.body, request_id=example.request_id)
    return played_on(Stage(base.given), base.given, sent, entry.tag.function, "v1")


def _failed(case: GateCase, method: str) -> Received:
    """No operation fails on demand: this is the gate around a handler that does."""
    assert case.call is not None
    sent = replace(case.call, method="HEAD" if method == "HEAD" else case.call.method)
    return gate.play(replace(case, call=sent), "v1")
