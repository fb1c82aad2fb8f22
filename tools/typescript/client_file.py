"""`client.ts`: the fixed part of the client, which lies beside this file, and a method for each operation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.openapi.schemas import BadContract, Schema
from tools.typescript.calls import Answer, Call
from tools.typescript.text import comment, escaped, key, literal
from tools.typescript.types_file import HEADER, code_of

RUNTIME = Path(__file__).with_name("runtime.ts")
ROUTES = "// The operations stand here in the published file."
METHODS = "  // The methods stand here in the published file."
RESERVED = {"constructor"}


def client_file(document: Schema, calls: list[Call]) -> str:
    """The text of the file. Raises `BadContract`."""
    for call in calls:
        if call.id in RESERVED:
            raise BadContract(f"no method can be called {call.id}; rename the operation")
    components = document["components"]["schemas"]
    runtime = RUNTIME.read_text(encoding="utf-8")
    routes = "\n".join(_routes(calls, components))
    methods = "\n\n".join("\n".join(_method(call)) for call in calls)
    return f"{HEADER}\n\n{runtime.replace(ROUTES, routes, 1).replace(METHODS, methods, 1)}"


def _routes(calls: list[Call], components: dict[str, Schema]) -> Iterator[str]:
    yield "const ROUTES = {"
    for call in calls:
        yield f"  {call.id}: {_object(_route(call, components))},"
    yield "} as const satisfies Record<t.OperationId, Route>;"


def _route(call: Call, components: dict[str, Schema]) -> dict[str, str]:
    """Property of a `Route` → its value as text; what is empty is left out."""
    made = {"method": literal(call.method), "path": literal(call.path)}
    if query := call.within("query"):
        made["query"] = _list(p.field for p in query)
    if headers := call.within("header"):
        made["headers"] = _object({p.field: literal(p.wire) for p in headers})
    if cookies := call.within("cookie"):
        made["cookies"] = _object({p.field: literal(p.wire) for p in cookies})
    if call.secured:
        made["secured"] = "true"
    if call.csrf:
        made["csrf"] = "true"
    if call.events:
        made["events"] = _list(sorted(call.events))
    made["statuses"] = _object({str(a.status): literal(_read_as(a, components)) for a in call.answers})
    return made


def _read_as(answer: Answer, components: dict[str, Schema]) -> str:
    if answer.kind != "refused":
        return answer.kind
    coded = {code_of(schema, components) is not None for schema, _ in answer.schemas}
    if len(coded) > 1:
        raise BadContract(f"status {answer.status}: some bodies have a code and others do not")
    return "coded" if coded == {True} else "values"


def _object(members: dict[str, str]) -> str:
    return (
        "{ " + ", ".join(f"{name if name.isdigit() else key(name)}: {value}" for name, value in members.items()) + " }"
    )


def _list(members: Any) -> str:
    return "[" + ", ".join(literal(member) for member in members) + "]"


def _method(call: Call) -> Iterator[str]:
    yield from comment(_about(call), "  ")
    options = "StreamOptions" if call.events else "CallOptions"
    result = f"Promise<t.{call.named}Result>"
    if call.conditional:
        yield f"  {call.id}({_arguments(call, options)}): {result};"
        asked = _arguments(call, "ConditionalOptions", must_choose=True)
        options, result = f"{options} | ConditionalOptions", f"Promise<t.{call.named}Result | t.NotModified>"
        yield f"  {call.id}({asked}): {result};"
    request = "request" if call.takes else "{}"
    yield f"  {call.id}({_arguments(call, options, made=True)}): {result} {{"
    yield f"    return this.#{'open' if call.events else 'call'}(ROUTES.{call.id}, {request}, options);"
    yield "  }"


def _arguments(call: Call, options: str, made: bool = False, must_choose: bool = False) -> str:
    """`made` is the method itself, whose defaults stand there; `must_choose` is where the options are not optional."""
    optional, default = ("", " = {}") if made else ("?", "")
    given = [f"options: {options}" if must_choose else f"options{optional}: {options}{default}"]
    if call.takes:
        free = not call.demands and not must_choose
        given.insert(0, f"request{optional * free}: t.{call.named}Request{default * free}")
    return ", ".join(given)


def _about(call: Call) -> list[str]:
    said = call.said
    paragraphs = [f"{escaped(said['summary'])}.", escaped(said["description"])]
    level, limit = said.get("x-level"), said.get("x-rate-limit")
    if level and level != "public":
        paragraphs.append(f"For: {level}{', with a CSRF token' if call.csrf else ''}.")
    if limit:
        fewer = f", {limit['anonymous']} of an anonymous session" if "anonymous" in limit else ""
        paragraphs.append(f"At most {limit['requests']} requests in {limit['seconds']} seconds{fewer}.")
    paragraphs.append(f"`{call.method} {call.path}`")
    if said.get("deprecated"):
        end = said.get("x-sunset")
        paragraphs.append(f"@deprecated {f'It ends on {end}.' if end else ''}".rstrip())
    return paragraphs
