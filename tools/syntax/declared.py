"""An operation as it is written: the lines that say each of its places."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.operation import Body, Cookie, Header, Operation, Returns, Streams
from models.refusals import BrokenValue, CsrfMismatch, Invalid, Refusal
from tools.findings import Place, Subject
from tools.openapi.responses import refusals_of
from tools.syntax.modules import Definition, Written, argument, call_behind, elements, module_named
from tools.syntax.pointers import tokens
from tools.syntax.types import Mark, Trail, bases, class_mark, follow, said

DECLARED = {
    "operationId": "id",
    "x-level": "level",
    "security": "level",
    "x-rate-limit": "limit",
    "x-deprecated-since": "deprecated",
    "x-sunset": "sunset",
    "x-constraint": "rules",
    "requestBody": "request",
    "parameters": "request",
}
"""A key of an operation in the document → the argument of `Operation` that says it."""
OF_OPERATION = {"id": 0, "method": 1, "path": 2, "request": 3, "responses": 4}
OF_RETURNS = {"status": 0, "body": 1, "description": 2, "example": 3, "headers": 4, "cookies": 5, "links": 6}
OF_SENT_HEADER = {"name": 0, "type": 1, "description": 2, "required": 3, "example": 4}
ADDED = {
    "etag": "etag",
    "vary": "etag",
    "if-none-match": "etag",
    "cache-control": "cache",
    "deprecation": "deprecated",
    "sunset": "sunset",
    "www-authenticate": "level",
    "authorization": "level",
    "x-user-id": "level",
    "user_token": "level",
    "x-csrf-token": "csrf",
    "csrf_token": "csrf",
    "retry-after": "limit",
    "x-ratelimit-limit": "limit",
    "x-ratelimit-remaining": "limit",
    "x-ratelimit-reset": "limit",
}
"""A header, cookie or parameter that no model declares → the argument of `Operation` that brings it."""
OF_STATUS = {"304": "etag", "401": "level", "403": "level", "429": "limit", "503": "stored"}
"""A status that the gate adds → the argument of `Operation` that brings it."""


@dataclass(frozen=True, slots=True)
class Declared:
    """An operation and the call that makes it; `tag` is the line of its tag."""

    operation: Operation[Any, Any]
    call: Written
    tag: Place

    def trail(self, subject: Subject, keyword: str) -> Trail:
        """The lines on the way from the operation to a place of it."""
        kind, _, name = keyword.partition(" ")
        if name and kind in NAMED:
            return Trail([self._whole], [NAMED[kind](self, name)])
        part, _, rest = subject.location.partition(" ")
        names = tokens(subject.pointer)
        if part == "response":
            status, _, header = rest.partition(" ")
            return self._header(status, names, keyword) if header else self._response(status, names, keyword)
        if part == "event":
            return self._event(rest, names)
        return self._request(part, names, keyword) if part else Trail([], [self._said(keyword)])

    @property
    def _whole(self) -> Mark:
        return Mark(self.call.place, f"the operation {self.operation.id}", kind="operation")

    def _argument(self, name: str) -> Written | None:
        return argument(self.call, name, OF_OPERATION.get(name))

    def _said(self, keyword: str) -> Mark:
        """The line of an argument; that of the operation if it is not given."""
        if keyword == "tags":
            return Mark(self.tag, f"the tag of {self.operation.id}")
        if any(rule.type == keyword for rule in self.operation.rules):
            return self.rule(keyword)
        name = DECLARED.get(keyword, keyword)
        text = self._argument(name)
        return Mark(text.place, f"{name} of {self.operation.id}") if text else self._whole

    def rule(self, type_: str) -> Mark:
        found = self._items(self._argument("rules"), self.operation.rules)
        for rule, text in found:
            if rule.type == type_:
                return Mark(call_behind(text).place, f"the rule {type_}")
        return self._whole if type_ != "extra_forbidden" else self._said("open_query")

    def example(self, name: str) -> Mark:
        for example, text in self._items(self._argument("examples"), self.operation.examples):
            if example.name == name:
                return Mark(call_behind(text).place, f"the example {name}")
        return self._said("examples")

    def link(self, name: str) -> Mark:
        for returns, text in self._returns():
            for link, written in self._items(_of_returns(text, "links"), returns.links):
                if link.name == name:
                    return Mark(call_behind(written).place, f"the link {name}")
        return self._of_some_returns("links")

    def cookie(self, name: str) -> Mark:
        for returns, text in self._returns():
            for cookie, written in self._items(_of_returns(text, "cookies"), returns.cookies):
                if cookie.name == name:
                    return Mark(call_behind(written).place, f"the cookie {name}")
        return self._of_some_returns("cookies")

    def _of_some_returns(self, name: str) -> Mark:
        for _, text in self._returns():
            if found := _of_returns(text, name):
                return Mark(found.place, f"{name} of {self.operation.id}")
        return self._said("responses")

    def _items(self, text: Written | None, values: Sequence[Any]) -> Iterator[tuple[Any, Written]]:
        """Each value with its text; without texts of all of them, with that of the whole."""
        texts = elements(text) if text else []
        if len(texts) != len(values):
            texts = [text or self.call] * len(values)
        return zip(values, texts, strict=True)

    def _request(self, location: str, names: list[str], keyword: str) -> Trail:
        whole = Trail([self._whole])
        loc = (location, *names)
        for rule in self.operation.rules:
            if rule.loc == loc and keyword in (rule.type, "x-constraint"):
                return Trail([self._whole], [self.rule(rule.type)])
        known = class_of(self.operation.request)
        if known is None:
            return Trail([self._whole], [self._said("request")])
        name = self._field(location, names)
        if name:
            return follow(named(known), [name, *(names if location == "body" else names[1:])], whole)
        added = ADDED.get(names[0].lower(), "") if names else ""
        if added and self._argument(added):
            return Trail([self._whole, class_mark(known)], [self._said(added)])
        return Trail([self._whole], [class_mark(known)], complete=not names)

    def _field(self, location: str, names: list[str]) -> str:
        """The field of the request that is at a place; empty if there is none."""
        for name, place in self.operation.places().items():
            if type(place).__name__.lower() == location and (
                isinstance(place, Body) or (names and _wire(name, place).lower() == names[0].lower())
            ):
                return name
        return ""

    def _returns(self) -> list[tuple[Returns[Any], Written]]:
        text = self._argument("responses")
        return [(returns, call_behind(found)) for returns, found in self._items(text, self.operation.responses)]

    def _success(self, status: str) -> tuple[Returns[Any], Written] | None:
        return next((found for found in self._returns() if str(found[0].status) == status), None)

    def _response(self, status: str, names: list[str], keyword: str) -> Trail:
        found = self._success(status)
        if found is None:
            return self._refused(status, names, keyword)
        returns, text = found
        body = _of_returns(text, "body")
        mark = Mark(text.place, f"the status {status}", said(body) if body else frozenset())
        if any(link.name == keyword for link in returns.links):
            return Trail([self._whole], [self.link(keyword)])
        asked = (
            _of_returns(text, "example" if keyword == "examples" else keyword)
            if keyword not in ("status", "body")
            else None
        )
        if asked and not names:
            return Trail([self._whole, mark], [Mark(asked.place, f"{keyword} of the status {status}")])
        if isinstance(returns, Streams):
            return self._of_events(returns, names, mark)
        return follow(body, names, Trail([self._whole], [mark])) if body else Trail([self._whole], [mark])

    def _of_events(self, returns: Streams[Any], names: list[str], mark: Mark) -> Trail:
        for event in returns.events if names else ():
            known = class_of(event)
            trail = follow(named(known), names, Trail([self._whole, mark])) if known else None
            if trail and trail.complete:
                return trail
        return Trail([self._whole], [mark], complete=not names)

    def _event(self, name: str, names: list[str]) -> Trail:
        for returns, text in self._returns():
            for event in getattr(returns, "events", ()):
                known = class_of(event)
                if event.event == name and known:
                    mark = Mark(text.place, f"the status {returns.status}")
                    return follow(named(known), names, Trail([self._whole, mark]))
            if events := argument(text, "events"):
                return Trail([self._whole], [Mark(events.place, f"the events of {self.operation.id}")], complete=False)
        return Trail([self._whole], [self._said("responses")], complete=False)

    def _header(self, status: str, names: list[str], keyword: str) -> Trail:
        found = self._success("200" if status == "304" else status)
        if found is None:
            mark = self._added_header(names, None) or self._refused(status, [], "").here[0]
            return Trail([self._whole], [mark])
        returns, text = found
        whole = Mark(text.place, f"the status {status}")
        for sent, item in self._items(_of_returns(text, "headers"), returns.headers):
            if names and sent.name.lower() == names[0].lower():
                return self._sent_header(call_behind(item), names[1:], keyword, whole)
        return Trail([self._whole, whole], [self._added_header(names, text) or whole])

    def _sent_header(self, text: Written, names: list[str], keyword: str, whole: Mark) -> Trail:
        kind = argument(text, "type", OF_SENT_HEADER["type"])
        mark = Mark(text.place, "the header", (said(kind) if kind else frozenset()) | {"required"})
        way = [self._whole, whole]
        asked = argument(text, keyword, OF_SENT_HEADER.get(keyword))
        if asked and keyword != "type":
            return Trail([*way, mark], [Mark(asked.place, f"{keyword} of the header")])
        return follow(kind, names, Trail(way, [mark])) if kind else Trail(way, [mark])

    def _added_header(self, names: list[str], returns: Written | None) -> Mark | None:
        """The line that brings a header which no model declares."""
        name = names[0].lower() if names else ""
        if name == "set-cookie" and returns and (cookies := _of_returns(returns, "cookies")):
            return Mark(cookies.place, "the cookies")
        added = self._argument(ADDED[name]) if name in ADDED else None
        return Mark(added.place, f"{ADDED[name]} of {self.operation.id}") if added else None

    def _refused(self, status: str, names: list[str], keyword: str) -> Trail:
        refusals = [refusal for refusal in refusals_of(self.operation) if str(refusal.status) == status]
        if not refusals:
            return Trail([self._whole], [self._added_status(status) or self._said("refusals")], complete=False)
        declared = [found for found in self._declared() if found[0] in refusals]
        refusal = declared[0][0] if declared else refusals[0]
        known = class_of(refusal)
        assert known is not None
        brings = Mark(declared[0][1].place, f"the refusal {refusal.__name__}") if declared else self._gate(refusal)
        inner = _in_refusal(refusal, known, names, keyword == "description")
        if inner:
            return Trail([self._whole, *([brings] if brings else [])], [inner])
        return Trail([self._whole], [brings or class_mark(known)])

    def _declared(self) -> Iterator[tuple[type[Refusal], Written]]:
        return self._items(self._argument("refusals"), self.operation.refusals)

    def _gate(self, refusal: type[Refusal]) -> Mark | None:
        """What makes the gate refuse so."""
        if refusal is CsrfMismatch:
            return self._said("csrf")
        if refusal.status in (400, 415) and (body := self._field("body", [])):
            known = class_of(self.operation.request)
            return follow(named(known), [body], Trail()).here[0] if known else None
        return self._added_status(str(refusal.status))

    def _added_status(self, status: str) -> Mark | None:
        name = OF_STATUS.get(status, "")
        text = self._argument(name) if name else None
        return Mark(text.place, f"{name} of {self.operation.id}") if text else None


NAMED: dict[str, Callable[[Declared, str], Mark]] = {
    "rule": Declared.rule,
    "link": Declared.link,
    "example": Declared.example,
    "cookie": Declared.cookie,
}


def _of_returns(text: Written, name: str) -> Written | None:
    return argument(text, name, OF_RETURNS[name]) if name in OF_RETURNS else None


def _wire(name: str, place: Any) -> str:
    return place.name if isinstance(place, Header | Cookie) else name


def _in_refusal(refusal: type[Refusal], known: Definition, names: list[str], described: bool) -> Mark | None:
    """The line of a key of an error's body; None for the error as a whole."""
    if refusal is Invalid and len(names) > 2:
        value = class_of(BrokenValue)
        return follow(named(value), names[2:], Trail()).here[0] if value else None
    if described and not names:
        return _class_constant(known, "title")
    if names:
        return _class_constant(known, names[0]) or class_mark(known)
    return None


def _class_constant(known: Definition, name: str) -> Mark | None:
    assert isinstance(known.node, ast.ClassDef)
    for statement in known.node.body:
        if isinstance(statement, ast.Assign) and any(ast.unparse(target) == name for target in statement.targets):
            return Mark(known.text.part(statement).place, f"{name} of {known.name}")
    return next((found for base, _ in bases(known) if (found := _class_constant(base, name))), None)


def class_of(kind: Any) -> Definition | None:
    """Where a class of the contract is written."""
    module = module_named(kind.__module__)
    known = module.definitions.get(kind.__name__) if module else None
    return known if known and isinstance(known.node, ast.ClassDef) else None


def named(known: Definition) -> Written:
    """A class as a type names it."""
    return Written(known.module, ast.Name(id=known.name, lineno=known.line), known.line)
