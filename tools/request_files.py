"""`spec/requests/<tag>.http`: requests from the goldens, ready to be sent from VS Code and JetBrains."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tools.findings import Subject
from tools.identities import ANONYMOUS_IDS, CONFIGURATION, EMPTY_CONFIGURATION, FULL_CONFIGURATION
from tools.openapi.schemas import BadContract, Schema

Headers = tuple[tuple[str, str], ...]
Asked = tuple[int | None, str, str, Headers, str]

HOST = "http://localhost:8080"
SESSION = "createAnonymousSession"
MINT = "createConfiguration"
"""Gives out the ids that the paths of other operations name."""
OWN_IDS = (CONFIGURATION, EMPTY_CONFIGURATION, FULL_CONFIGURATION)
"""Watchlists that only the stage has: a request names one that the file has made instead."""
ENDS_SESSION = {"signOut"}
"""What comes after these needs another session, so they get one of their own."""
CREDENTIALS = {"anonymous": "token", "anonymous_without_csrf": "token", "other": "token", "full": "token"} | {
    "member": "member_token",
    "operator": "operator_token",
}
"""Recorded caller → the variable with its credential. The others cannot be reproduced: their sessions are over."""
PASTED = {"member_token": "a session token of a signed-in user", "operator_token": "a session token of an operator"}
WORTH_TRYING = {"401", "403", "404", "409"}

GUIDE = """
# Generated from the goldens by "python -m tools golden". Do not edit.
#
# Start the service with `make serve`, then send the requests from above to below: some use what others were answered.
#
# VS Code with REST Client does so as it stands: {{name.response.body.$.token}} is the token in the last response to
# the request `name`.
# JetBrains does not read responses that way. Delete the line `@token = …`, put this line below the request `session`,
# after an empty one, and do the same wherever a response is named:
#     > {% client.global.set("token", response.body.token) %}
# Headers are read so: response.headers.valueOf("ETag").
""".strip()


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it stands in a file; `status` is None where it only prepares or cleans up."""

    name: str
    why: str
    method: str
    target: str
    headers: Headers = ()
    body: str = ""
    status: int | None = None

    def asked(self, status: int | None) -> Asked:
        """What makes it the same as another, whoever sends it."""
        headers = tuple((name, "" if name == "Authorization" else value) for name, value in self.headers)
        return status, self.method, self.target, headers, self.body


@dataclass(frozen=True)
class Recorded:
    """A golden of an operation."""

    operation_id: str
    case: str
    content: Any

    @property
    def status(self) -> str:
        return self.case[:3]

    @property
    def name(self) -> str:
        # On which day it was recorded cannot be sent.
        case = self.status if "at" in self.content["given"] else self.case
        return re.sub(r"\W+", "_", f"{self.operation_id}_{case}")

    @property
    def caller(self) -> str:
        return str(self.content["given"]["caller"])

    @property
    def after(self) -> list[Any]:
        return list(self.content["given"].get("after", ()))

    @property
    def own_session(self) -> bool:
        """Whether its session is not the one of the file: it ends, or has to be somebody else's."""
        return self.caller in CREDENTIALS and (self.operation_id in ENDS_SESSION or self.caller == "other")

    @cached_property
    def deletes(self) -> bool:
        """Whether the watchlist that it names is gone afterwards."""
        steps = [*self.after, self.content["request"]] if self.status < "300" else self.after
        return any(step["method"] == "DELETE" and _names_own(step["path"]) for step in steps)


def _names_own(path: str) -> bool:
    return any(own in path for own in OWN_IDS)


def files(document: Schema, goldens: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path → bytes: a file for each tag that has operations. Raises `BadContract`."""
    made, recorded = {}, _recorded(goldens)
    for tag in document["tags"]:
        operations = {o["operationId"]: o for o in _operations(document) if tag["name"] in o["tags"]}
        if operations:
            chapter = _Chapter(document, recorded, operations)
            title = f"# {document['info']['title']} {document['info']['version']}, {tag['name']}: {tag['description']}."
            text = "\n".join([title, *chapter.lines()])
            made[f"spec/requests/{tag['name']}.http"] = f"{text.rstrip()}\n".encode()
    return made


def _operations(document: Schema) -> Iterator[Schema]:
    """By path and method."""
    for _, place in sorted(document["paths"].items()):
        yield from (operation for _, operation in sorted(place.items()))


def _recorded(goldens: Mapping[str, bytes]) -> dict[str, list[Recorded]]:
    """Operation → its goldens, by case."""
    found: dict[str, list[Recorded]] = {}
    for path in sorted(goldens):
        parts = path.removesuffix(".json").split("/")
        if len(parts) == 5:
            found.setdefault(parts[3], []).append(Recorded(parts[3], parts[4], json.loads(goldens[path])))
    return found


@dataclass
class _Chapter:
    """The requests of one tag."""

    document: Schema
    recorded: Mapping[str, list[Recorded]]
    operations: Mapping[str, Schema]
    sent: list[Sent] = field(default_factory=list)
    known: dict[Asked, str] = field(default_factory=dict)
    """What stands in the file already → its name."""

    def lines(self) -> Iterator[str]:
        for operation_id, operation in self.operations.items():
            for recorded in chosen(operation, self.recorded.get(operation_id, ())):
                self._add(operation, recorded)
        text = "\n".join(line for sent in self.sent for line in written(sent))
        yield from ("#", *GUIDE.split("\n"), "", f"@host = {HOST}", *self._head(text), "", text)

    def _head(self, text: str) -> Iterator[str]:
        """Variables and what gives them their values, as far as the requests use them."""
        for variable, what in PASTED.items():
            if f"{{{{{variable}}}}}" in text:
                yield f"# {what[0].upper()}{what[1:]}: nobody else can send the requests that name it."
                yield f"@{variable} ="
        if "{{csrf}}" in text:
            yield "# Cookie and header have to agree; what they say is free."
            yield "@csrf = any-text"
        if "{{token}}" in text or "{{config_id}}" in text:
            yield from (
                "",
                *written(self._session("session", "an anonymous session, whose token the requests below send")),
            )
            yield from ("###", "@token = {{session.response.body.$.token}}")
        if "{{config_id}}" in text:
            yield from ("", *written(self._minted("watchlist", "a watchlist, which the requests below name")))
            yield from ("###", "@config_id = {{watchlist.response.body.$.config_id}}")

    def _add(self, operation: Schema, recorded: Recorded) -> None:
        """A golden with what comes before and after it, unless the same request stands there already."""
        sent = self._request(operation, recorded)
        if sent is None or sent.asked(sent.status) in self.known:
            return
        before, after = self._around(recorded, sent)
        self.known[sent.asked(sent.status)] = sent.name
        self.sent += [*before, sent, *after]

    def _around(self, recorded: Recorded, sent: Sent) -> tuple[list[Sent], list[Sent]]:
        before, made = [], []
        if recorded.own_session:
            before.append(self._session(f"{recorded.name}_session", "a session of its own"))
        is_mint = recorded.operation_id == MINT
        if recorded.deletes or (is_mint and recorded.caller == "full"):
            before.append(self._minted(f"{recorded.name}_given", "a watchlist of its own"))
            made = [] if recorded.deletes else [before[-1].name]
        before += self._steps(recorded)
        if is_mint and sent.status == 201:
            made.append(sent.name)
        return before, [self._deleted(name) for name in made]

    def _steps(self, recorded: Recorded) -> Iterator[Sent]:
        """What the same caller did before."""
        for number, step in enumerate(recorded.after, 1):
            query = f"?{step['query']}" if step.get("query") else ""
            body, headers = _body(step), self._credential(recorded)
            headers += (("Content-Type", "application/json"),) if body else ()
            target = f"{{{{host}}}}{self._with_variables(step['path'] + query, recorded)}"
            name = f"{recorded.name}_before{number}"
            yield Sent(name, "what has been done before", step["method"], target, headers, body)

    def _request(self, operation: Schema, recorded: Recorded) -> Sent | None:
        """The request of a golden; None if nobody but the stage can send it."""
        if recorded.caller != "nobody" and recorded.caller not in CREDENTIALS:
            return None
        request = recorded.content["request"]
        query = f"?{request['query']}" if request.get("query") else ""
        target = f"{{{{host}}}}{self._with_variables(request['path'] + query, recorded)}"
        headers = self._credential(recorded) if operation.get("security") else ()
        if _repeats_token(operation) and recorded.caller != "anonymous_without_csrf" and headers:
            headers += (("X-CSRF-Token", "{{csrf}}"), ("Cookie", "csrf_token={{csrf}}"))
        given = tuple((_capitalised(name), value) for name, value in request.get("headers", ()))
        why = operation["summary"] if "at" in recorded.content["given"] else recorded.content["why"]
        sent = Sent(recorded.name, why, request["method"], target, headers + given, _body(request))
        return self._conditional(sent) if recorded.status == "304" else replace(sent, status=int(recorded.status))

    def _conditional(self, sent: Sent) -> Sent | None:
        """The same request by a client that was answered before."""
        headers = tuple(pair for pair in sent.headers if pair[0] != "If-None-Match")
        first = self.known.get(replace(sent, headers=headers).asked(200))
        if first is None:
            return None
        condition = ("If-None-Match", f"{{{{{first}.response.headers.ETag}}}}")
        return replace(sent, headers=(*headers, condition), status=304)

    def _with_variables(self, text: str, recorded: Recorded) -> str:
        own = f"{recorded.name}_given.response.body.$.config_id" if recorded.deletes else "config_id"
        for known in OWN_IDS:
            text = text.replace(known, f"{{{{{own}}}}}")
        for known in ANONYMOUS_IDS.values():
            text = text.replace(known, "{{token}}")
        return text

    def _credential(self, recorded: Recorded) -> Headers:
        variable = CREDENTIALS.get(recorded.caller)
        if recorded.own_session:
            variable = f"{recorded.name}_session.response.body.$.token"
        return (("Authorization", f"Bearer {{{{{variable}}}}}"),) if variable else ()

    def _session(self, name: str, why: str) -> Sent:
        method, path = self._place(SESSION)
        return Sent(name, why, method, f"{{{{host}}}}{path}")

    def _minted(self, name: str, why: str) -> Sent:
        """Makes a watchlist, as the golden of its operation does that says most."""
        method, path = self._place(MINT)
        bodies = [_body(one.content["request"]) for one in self.recorded.get(MINT, ()) if one.status == "201"]
        headers = (("Authorization", "Bearer {{token}}"), ("Content-Type", "application/json"))
        return Sent(name, why, method, f"{{{{host}}}}{path}", headers, max(bodies, key=len))

    def _deleted(self, name: str) -> Sent:
        target = f"{{{{host}}}}{self._place(MINT)[1]}/{{{{{name}.response.body.$.config_id}}}}"
        authorization = ("Authorization", "Bearer {{token}}")
        return Sent(f"{name}_cleaned", "makes room again", "DELETE", target, (authorization,))

    def _place(self, operation_id: str) -> tuple[str, str]:
        """Method and path of an operation that the files rely on."""
        for path, place in self.document["paths"].items():
            for method, operation in place.items():
                if operation["operationId"] == operation_id:
                    return method.upper(), path
        raise BadContract(f"{operation_id} is no more; tools/request_files.py begins with it", Subject(operation_id))


def chosen(operation: Schema, recorded: Iterable[Recorded]) -> list[Recorded]:
    """What is worth sending: every success, what is new to a client that has it, then errors, those of rules first."""
    by_status: dict[str, list[Recorded]] = {}
    for one in recorded:
        by_status.setdefault(one.status, []).append(one)
    # The usual callers first: of equal requests the first one stays.
    successes = [
        one for status, some in sorted(by_status.items()) if status < "300" for one in sorted(some, key=_unusual)
    ]
    errors = [one for status, some in sorted(by_status.items()) if status in WORTH_TRYING for one in some]
    broken = list(_broken(operation, by_status.get("422", [])))
    return [*successes, *by_status.get("304", ()), *broken, *errors]


def _unusual(recorded: Recorded) -> bool:
    return recorded.caller not in ("anonymous", "nobody")


def _broken(operation: Schema, recorded: list[Recorded]) -> Iterator[Recorded]:
    """One that breaks each published rule, and the shortest one that breaks its schema."""
    rules = {said["type"] for said in operation.get("x-constraint", ())} - {"extra_forbidden"}
    types = {one.name: {item["type"] for item in one.content["response"]["body"]["detail"]} for one in recorded}
    yield from (one for one in recorded if types[one.name] & rules)
    others = [one for one in recorded if not types[one.name] & (rules | {"extra_forbidden", "json_invalid"})]
    if others:
        yield min(others, key=lambda one: (len(json.dumps(one.content["request"])), one.name))


def _repeats_token(operation: Schema) -> bool:
    return any("csrfHeader" in demand for demand in operation.get("security", ()))


def _capitalised(header: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in header.split("-"))


def _body(request: Any) -> str:
    """The body as text; a body that a file cannot hold stops the build."""
    if "body" in request:
        return json.dumps(request["body"], indent=2, ensure_ascii=False)
    if more := sorted(name for name in request if name.startswith("body_")):
        raise BadContract(f"{request['path']}: a request with {more[0]} cannot stand in a file")
    return ""


def written(sent: Sent) -> Iterator[str]:
    """The lines of a request, the line that separates it first."""
    yield f"### {sent.name}: {sent.why}"
    yield f"# @name {sent.name}"
    if sent.status is not None:
        yield f"# Answered by {sent.status}."
    yield f"{sent.method} {sent.target}"
    yield from (f"{name}: {value}" for name, value in sent.headers)
    if sent.body:
        yield from ("", *sent.body.split("\n"))
    yield ""
