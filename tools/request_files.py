"""`spec/requests/<tag>.http`: requests from the goldens, ready to be sent from VS Code and JetBrains."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tools.findings import Subject
from tools.openapi.schemas import BadContract, Schema
from tools.recorded_requests import CREDENTIALS, Recorded
from tools.request_variables import ALERTS, PASTED, with_pasted

Headers = tuple[tuple[str, str], ...]
Asked = tuple[int | None, str, str, Headers, str]

HOST = "http://localhost:8080"
SESSION = "createAnonymousSession"
MINT = "createConfiguration"
"""Gives out the ids that the paths of other operations name."""
MINT_ALERT = "createAlert"
MEMBERS = "members_watchlist"
"""The request that makes the watchlist of a signed-in user."""
WATCHLIST = {"name": "For these requests", "tickers": ["AAPL", "MSFT"]}
"""What the recorded callers watch."""
BEGIN = "getOauthUrls"
"""Gives out the states of sign-ins at providers."""
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

    @property
    def succeeds(self) -> bool:
        return self.status is not None and self.status < 300

    @property
    def uses_up(self) -> set[str]:
        """The variables in it that can be used once."""
        text = "\n".join((self.target, self.body, *(value for _, value in self.headers)))
        return {name for name, pasted in PASTED.items() if pasted.once and f"{{{{{name}}}}}" in text}


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
    spent: set[str] = field(default_factory=set)
    """Variables that have been used up."""

    def lines(self) -> Iterator[str]:
        for operation_id, operation in self.operations.items():
            for recorded in chosen(operation, self.recorded.get(operation_id, ())):
                self._add(operation, recorded)
        text = self._text()
        if "{{member_config_id}}" in text or "{{alert_id}}" in text:
            self.sent.append(self._deleted(MEMBERS, "member_token"))
            text = self._text()
        yield from ("#", *GUIDE.split("\n"), "", f"@host = {HOST}", *self._head(text), "", text)

    def _text(self) -> str:
        return "\n".join(line for sent in self.sent for line in written(sent))

    def _head(self, text: str) -> Iterator[str]:
        """Variables and what gives them their values, as far as the requests use them."""
        for variable, pasted in PASTED.items():
            if f"{{{{{variable}}}}}" in text:
                once = " It works once." if pasted.once else ""
                yield f"# {pasted.what[0].upper()}{pasted.what[1:]}: nobody else can send the requests that name it.{once}"
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
        if f"{{{{{MEMBERS}.response" in text:
            yield from ("", *written(self._members_watchlist()))
            yield from ("###", f"@member_config_id = {{{{{MEMBERS}.response.body.$.config_id}}}}")
        if "{{alert_id}}" in text:
            yield from ("", *written(self._alert("alert", "an alert on it, which the requests below name")))
            yield from ("###", "@alert_id = {{alert.response.body.$.alert_id}}")

    def _add(self, operation: Schema, recorded: Recorded) -> None:
        """A golden with what comes before and after it, unless the same request stands there already."""
        sent = self._request(operation, recorded)
        if sent is None or sent.asked(sent.status) in self.known or (sent.succeeds and sent.uses_up & self.spent):
            return
        before, after = self._around(recorded, sent)
        if sent.succeeds:
            self.spent |= sent.uses_up
        self.known[sent.asked(sent.status)] = sent.name
        self.sent += [*before, sent, *after]

    def _around(self, recorded: Recorded, sent: Sent) -> tuple[list[Sent], list[Sent]]:
        before, made = [], []
        if recorded.own_session:
            before.append(self._session(f"{recorded.name}_session", "a session of its own"))
        if recorded.begins:
            method, path = self._place(BEGIN)
            before.append(Sent(f"{recorded.name}_begun", "begins a sign-in", method, f"{{{{host}}}}{path}"))
        is_mint = recorded.operation_id == MINT
        if recorded.deletes in ALERTS:
            before.append(self._alert(f"{recorded.name}_given", "an alert of its own"))
        elif recorded.deletes or recorded.changes or (is_mint and recorded.caller == "full"):
            before.append(self._minted(f"{recorded.name}_given", "a watchlist of its own"))
            made = [] if recorded.deletes else [before[-1].name]
        before += self._steps(recorded)
        if is_mint and sent.status == 201:
            made.append(sent.name)
        return before, [self._deleted(name) for name in made]

    def _steps(self, recorded: Recorded) -> Iterator[Sent]:
        """What the same caller did before, as far as they may and it is not done."""
        for number, step in enumerate(recorded.after, 1):
            body, operation = self._filled(_body(step), recorded), self._operation_at(step)
            if recorded.speaks_as_session and operation["x-level"] not in ("public", "session"):
                continue
            headers = self._credentials(operation, recorded)
            headers += (("Content-Type", "application/json"),) if body else ()
            name, target = f"{recorded.name}_before{number}", self._target(step, recorded)
            sent = Sent(name, "what has been done before", step["method"], target, headers, body)
            if not sent.uses_up & self.spent:
                yield sent

    def _request(self, operation: Schema, recorded: Recorded) -> Sent | None:
        """The request of a golden; None if nobody but the stage can send it."""
        if not recorded.can_be_sent:
            return None
        request = recorded.content["request"]
        headers = self._credentials(operation, recorded)
        headers += tuple((_capitalised(name), self._filled(v, recorded)) for name, v in request.get("headers", ()))
        why = operation["summary"] if "at" in recorded.content["given"] else recorded.content["why"]
        body = self._filled(_body(request), recorded)
        sent = Sent(recorded.name, why, request["method"], self._target(request, recorded), headers, body)
        made = self._next_page(sent) if recorded.status < "400" and "cursor=" in sent.target else sent
        if made is None or recorded.status == "304":
            return made and self._conditional(made)
        return replace(made, status=int(recorded.status))

    def _next_page(self, sent: Sent) -> Sent | None:
        """The same request by a client that has the page before: a cursor belongs to who was given it."""
        before = self.known.get(replace(sent, target=re.sub(r"[?&]cursor=[^&]*$", "", sent.target)).asked(200))
        cursor = f"cursor={{{{{before}.response.body.$.next_cursor}}}}"
        return replace(sent, target=re.sub(r"cursor=[^&]*$", cursor, sent.target)) if before else None

    def _conditional(self, sent: Sent) -> Sent | None:
        """The same request by a client that was answered before."""
        headers = tuple(pair for pair in sent.headers if pair[0] != "If-None-Match")
        first = self.known.get(replace(sent, headers=headers).asked(200))
        if first is None:
            return None
        condition = ("If-None-Match", f"{{{{{first}.response.headers.ETag}}}}")
        return replace(sent, headers=(*headers, condition), status=304)

    def _target(self, request: Any, recorded: Recorded) -> str:
        query = f"?{request['query']}" if request.get("query") else ""
        return f"{{{{host}}}}{self._filled(request['path'] + query, recorded)}"

    def _filled(self, text: str, recorded: Recorded) -> str:
        """What only the stage has by the variables that stand for it."""
        for known, variable in recorded.variables.items():
            text = text.replace(known, f"{{{{{variable}}}}}")
        return with_pasted(text)

    def _credentials(self, operation: Schema, recorded: Recorded) -> Headers:
        """The credential, and the CSRF pair where it is asked for."""
        variable = recorded.session if recorded.speaks_as_session else CREDENTIALS.get(recorded.caller)
        if not variable:
            return ()
        headers: Headers = (("Authorization", f"Bearer {{{{{variable}}}}}"),) * _asks_who(operation)
        if _repeats_token(operation) and not recorded.caller.endswith("_without_csrf"):
            headers += (("X-CSRF-Token", "{{csrf}}"), ("Cookie", "csrf_token={{csrf}}"))
        return headers

    def _operation_at(self, step: Any) -> Schema:
        """What a step calls; a path without parameters wins."""
        for path, place in sorted(self.document["paths"].items(), key=lambda item: "{" in item[0]):
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), step["path"]):
                operation: Schema = place[step["method"].lower()]
                return operation
        raise BadContract(f"a golden comes after {step['method']} {step['path']}, which is no operation")

    def _session(self, name: str, why: str) -> Sent:
        method, path = self._place(SESSION)
        return Sent(name, why, method, f"{{{{host}}}}{path}")

    def _minted(self, name: str, why: str, credential: str = "token") -> Sent:
        """Makes a watchlist."""
        method, path = self._place(MINT)
        headers = (("Authorization", f"Bearer {{{{{credential}}}}}"), ("Content-Type", "application/json"))
        return Sent(name, why, method, f"{{{{host}}}}{path}", headers, json.dumps(WATCHLIST, indent=2))

    def _members_watchlist(self) -> Sent:
        return self._minted(MEMBERS, "a watchlist of the signed-in user, gone at the end of the file", "member_token")

    def _alert(self, name: str, why: str) -> Sent:
        """Makes an alert on the member's watchlist, as the first golden of its operation does."""
        method, path = self._place(MINT_ALERT)
        first = next(one for one in self.recorded.get(MINT_ALERT, ()) if one.status == "201")
        headers = (("Authorization", "Bearer {{member_token}}"), ("Content-Type", "application/json"))
        body = self._filled(_body(first.content["request"]), first)
        return Sent(name, why, method, f"{{{{host}}}}{path}", headers, body)

    def _deleted(self, name: str, credential: str = "token") -> Sent:
        target = f"{{{{host}}}}{self._place(MINT)[1]}/{{{{{name}.response.body.$.config_id}}}}"
        authorization = ("Authorization", f"Bearer {{{{{credential}}}}}")
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


def _asks_who(operation: Schema) -> bool:
    return any("session" in demand for demand in operation.get("security", ()))


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
