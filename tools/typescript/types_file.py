"""`types.ts`: a type for each component, and for each operation its request, its statuses and its errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tools.openapi.schemas import BadContract, Schema, component_pointer
from tools.typescript.calls import Answer, Call, Parameter
from tools.typescript.shapes import about, is_interface, member_lines, properties, type_of
from tools.typescript.text import comment, escaped, indented, literal, union

HEADER = '// Generated from the models by "python -m tools generate". Do not edit.'
SHARED = """
/** A status of success; `status` tells several apart. */
export interface Success<Status extends number, Data> {
  readonly ok: true;
  readonly status: Status;
  readonly data: Data;
  readonly headers: Headers;
}

/** A status that refuses; `status` and `code` tell what `error` is. `code` is null where the body has none (422). */
export interface Failure<Status extends number, Code extends string | null, Body> {
  readonly ok: false;
  readonly status: Status;
  readonly code: Code;
  readonly error: Body;
  readonly headers: Headers;
}

/** What the client has is still current. Only a call with `ifNoneMatch` is answered so. */
export interface NotModified {
  readonly ok: false;
  readonly status: 304;
  readonly code: null;
  readonly error: null;
  readonly headers: Headers;
}

/** One server-sent event. `id` is a position in the stored data: a stream can be resumed from it. */
export interface Sent<Name extends string, Data> {
  readonly event: Name;
  readonly id: string;
  readonly data: Data;
}

/** The events of a stream, across reconnections. It is iterated once; leaving the loop closes it. */
export interface EventStream<Event> extends AsyncIterable<Event> {
  /** The id of the last event; give it as `last_event_id` to go on after a reload. */
  readonly position: string | undefined;
  /** Ends the connection and the iteration. */
  close(): void;
}
""".strip()
TAKEN = {"Success", "Failure", "NotModified", "Sent", "EventStream", "Operations", "OperationId"} | {
    "Record", "Partial", "AsyncIterable", "Headers", "Array", "Promise",
}  # fmt: skip
"""Names that this file gives or needs from the language."""


def types_file(document: Schema, calls: list[Call]) -> str:
    """The text of the file. Raises `BadContract`."""
    components = document["components"]["schemas"]
    _check_names([*components, *(name for call in calls for name in names(call))])
    info = document["info"]
    about_file = [
        f"{escaped(info['title'])} {info['version']}: {escaped(info['summary'])}.",
        escaped(info["description"]),
    ]
    parts = ["\n".join([HEADER, "", *comment([*about_file, "@packageDocumentation"])]), SHARED]
    parts += ["\n".join(_component(name, components[name])) for name in sorted(components)]
    parts += ["\n".join(_call_types(call, components)) for call in calls]
    parts.append("\n".join(_operations(calls)))
    return "\n\n".join(parts) + "\n"


def _check_names(given: Iterable[str]) -> None:
    seen = set(TAKEN)
    for name in given:
        if name in seen:
            message = f"two TypeScript types would be called {name}; rename the class in models/"
            raise BadContract(message, pointer=component_pointer(name))
        seen.add(name)


def names(call: Call) -> list[str]:
    """The types that an operation has, in the order of the file."""
    made = [f"{call.named}{place}" for place, _ in _groups(call)]
    made += [f"{call.named}Request"] * call.takes
    made += [f"{call.named}Event"] * bool(call.events)
    return [*made, *(f"{call.named}{part}" for part in ("Responses", "Success", "Error", "Result"))]


def _component(name: str, schema: Schema) -> Iterator[str]:
    at = component_pointer(name)
    yield from comment(about(schema))
    if is_interface(schema):
        yield f"export interface {name} {{"
        yield from indented(properties(schema, at))
        yield "}"
    else:
        yield f"export type {name} = {type_of(schema, at)};"


def _groups(call: Call) -> list[tuple[str, list[Parameter]]]:
    """The end of the type's name, the parameters in it; a place without parameters is absent."""
    ends = {"Path": "path", "Query": "query", "Headers": "header", "Cookies": "cookie"}
    return [(end, call.within(place)) for end, place in ends.items() if call.within(place)]


def _call_types(call: Call, components: dict[str, Schema]) -> Iterator[str]:
    for end, parameters in _groups(call):
        yield from comment([f"{_ENDS[end]} of `{call.id}`."])
        yield f"export interface {call.named}{end} {{"
        for parameter in parameters:
            yield from indented(_parameter(parameter))
        yield from ("}", "")
    if call.takes:
        yield from (*_request(call), "")
    if call.events:
        yield from (*_event_types(call), "")
    yield from (*_responses(call), "")
    yield from comment([f"How `{call.id}` succeeds."])
    yield f"export type {call.named}Success = {union(_successes(call))};"
    yield from ("", *_error_types(call, components), "")
    yield from comment([f"What `{call.id}` answers."])
    yield f"export type {call.named}Result = {call.named}Success | {call.named}Error;"


_ENDS = {
    "Path": "The path parameters",
    "Query": "The query parameters",
    "Headers": "The headers",
    "Cookies": "The cookies",
}
_SENT_AS = {
    "header": "Sent as the header `{}`.",
    "cookie": "Sent as the cookie `{}`. A browser sends its own, whatever stands here: for Node and its like.",
}


def _parameter(parameter: Parameter) -> Iterator[str]:
    wire = _SENT_AS.get(parameter.place, "").format(parameter.wire)
    said = {**parameter.schema, "description": parameter.description}
    yield from member_lines(parameter.field, said, parameter.required, f"{parameter.at}/schema", wire)


def _request(call: Call) -> Iterator[str]:
    """Everything a client says, in one object."""
    bases = [f"{call.named}{end}" for end, _ in _groups(call)]
    yield from comment([f"Everything that `{call.id}` is told."])
    extends = f" extends {', '.join(bases)}" if bases else ""
    if call.body is None:
        yield f"export interface {call.named}Request{extends} {{}}"
        return
    schema, at, required = call.body
    yield f"export interface {call.named}Request{extends} {{"
    described = {**schema, "description": call.said["requestBody"].get("description", "")}
    yield from indented(member_lines("body", described, required, at))
    yield "}"


def _event_types(call: Call) -> Iterator[str]:
    yield from comment([f"The events of `{call.id}`, told apart by `event`."])
    yield f"export type {call.named}Event ="
    at = f"{call.at}/responses/200/content/text~1event-stream/x-events"
    for name, schema in sorted(call.events.items()):
        yield f"  | Sent<{literal(name)}, {type_of(schema, f'{at}/{name}')}>"
    # The semicolon stands alone so that a new event changes one line.
    yield ";"


def body_type(call: Call, answer: Answer) -> str:
    """The type of the body of a status."""
    if answer.kind == "events":
        return f"EventStream<{call.named}Event>"
    return union(type_of(schema, at) for schema, at in answer.schemas) or "null"


def _responses(call: Call) -> Iterator[str]:
    yield from comment([f"The bodies of `{call.id}` by status."])
    yield f"export interface {call.named}Responses {{"
    for answer in call.answers:
        yield from comment([escaped(answer.description)], "  ")
        yield f"  {answer.status}: {body_type(call, answer)};"
    yield "}"


def _successes(call: Call) -> Iterator[str]:
    for answer in call.answers:
        if answer.status < 300:
            yield f"Success<{answer.status}, {body_type(call, answer)}>"


def _error_types(call: Call, components: dict[str, Schema]) -> Iterator[str]:
    yield from comment([f"How `{call.id}` is refused, told apart by `status` and `code`."])
    yield f"export type {call.named}Error ="
    for answer in call.answers:
        for schema, at in answer.schemas if answer.kind == "refused" else ():
            code = code_of(schema, components)
            yield f"  | Failure<{answer.status}, {literal(code)}, {type_of(schema, at)}>"
    yield ";"


def code_of(schema: Schema, components: dict[str, Schema]) -> str | None:
    """The machine code of a refusal; None for a body without one."""
    name = schema.get("$ref", "").rpartition("/")[2]
    code = components.get(name, schema).get("properties", {}).get("code", {}).get("const")
    return str(code) if code is not None else None


def _operations(calls: list[Call]) -> Iterator[str]:
    yield from comment(["Every operation by its id, for code that is about operations in general."])
    yield "export interface Operations {"
    for call in calls:
        yield f"  {call.id}: {{"
        yield f"    method: {literal(call.method)};"
        yield f"    path: {literal(call.path)};"
        yield f"    request: {f'{call.named}Request' if call.takes else 'undefined'};"
        yield f"    responses: {call.named}Responses;"
        yield f"    result: {call.named}Result;"
        yield "  };"
    yield "}"
    yield ""
    yield "export type OperationId = keyof Operations;"
