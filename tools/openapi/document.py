"""The OpenAPI 3.1 document, cut as the standard is cut: info, tags, paths, components."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from models.operation import Body, Cookie, Header, Level, Operation, Path, Query, RateLimit
from models.refusals import Refusal
from models.registry import TAGS, Entry, entries
from models.version import VERSION
from tools.constraints import field_subject
from tools.findings import Subject
from tools.openapi.docstrings import field_docstrings
from tools.openapi.examples import check_fitting, check_shown
from tools.openapi.responses import (
    BROKEN_VALUE,
    HEADERS,
    not_modified,
    refusal_response,
    refusal_schema,
    refusals_of,
    success_response,
)
from tools.openapi.schemas import (
    BadContract,
    Schema,
    Schemas,
    component_pointer,
    generated,
    references,
    without_null,
)

INFO = {
    "title": "Bellwether",
    "version": VERSION,
    "summary": "News sentiment, prices, watchlists and live streams for US equities",
    "description": (
        "Every validation failure, wherever it sits, is a 422 with one entry for each broken value. Every other refusal has "
        "a `detail` for people and a `code` for programs. A known path with a method it does not serve is 405 with `Allow`; "
        "`HEAD` answers as `GET` without a body; `OPTIONS` is 204 with `Allow`. A response too large for the gateway is 502. "
        "What JSON Schema cannot say of a request stands beside its operation as `x-constraint`: a 422 of one of these types "
        "can meet a request that fits its schema. Whatever changes something, sends a mail, signs in or asks a source while "
        "you wait has an `x-rate-limit` for each user, or for each address where nobody has to say who is calling; beyond it "
        "comes a 429 with `Retry-After`, and operations that name the same `bucket` count together. Plain reads have none: "
        "only the gateway bounds them."
    ),
    "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
}
SECURITY_SCHEMES = {
    "session": {
        "type": "http",
        "scheme": "bearer",
        "description": (
            "A session token of a signed-in user (JWT, 15 minutes), or the id of an anonymous session. The roles beside it "
            "say who is served: session is anyone with a live session, member who has signed in, operator who runs the service."
        ),
    },
    "userId": {
        "type": "apiKey",
        "in": "header",
        "name": "X-User-ID",
        "description": "The same credential where Authorization cannot be set. Authorization wins.",
    },
    "userToken": {
        "type": "apiKey",
        "in": "query",
        "name": "user_token",
        "description": "The same credential on streams, for clients that cannot set headers. A header wins.",
    },
    "csrfCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "csrf_token",
        "description": "Set when a session starts; must equal X-CSRF-Token.",
    },
    "csrfHeader": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "The value of the csrf_token cookie, which only pages of this origin can read.",
    },
}


def document(contract: Iterable[Entry] | None = None) -> Schema:
    """The whole document of a contract, of the one as it stands if not said. Raises `BadContract`."""
    everything = list(entries() if contract is None else contract)
    schemas = generated(everything)
    paths: Schema = {}
    used: set[type[Refusal]] = set()
    for entry in everything:
        check_shown(entry.operation)
        place = paths.setdefault(entry.operation.path, {})
        method = entry.operation.method.lower()
        if method in place:
            raise BadContract(f"{entry.operation!r} is declared twice", Subject(entry.operation.id))
        place[method] = _operation(entry, schemas)
        used.update(refusals_of(entry.operation))
    components = {**schemas.components, **_refusal_components(used)}
    _check_described(components)
    made = {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": "/", "description": "The origin that serves this document's operations"}],
        "tags": [{"name": tag.name, "description": tag.description} for tag in TAGS],
        "paths": paths,
        "components": {"schemas": components, "headers": _used_headers(paths), "securitySchemes": SECURITY_SCHEMES},
    }
    check_fitting(made)
    return made


def _check_described(components: Schema) -> None:
    if found := list(_undescribed(components)):
        raise BadContract.several(found)


def _undescribed(components: Schema) -> Iterator[BadContract]:
    for name, schema in components.items():
        if not schema.get("description"):
            yield BadContract(f"{name} has no docstring; say what it is", pointer=component_pointer(name))
        for field, member in schema.get("properties", {}).items():
            if not member.get("description"):
                text = f"{name}.{field} has no docstring; say under the field what it is"
                yield BadContract(text, pointer=component_pointer(name, field))


def _used_headers(paths: Schema) -> Schema:
    """The shared headers that some response has."""
    used = set(references(paths))
    return {name: header for name, header in HEADERS.items() if name in used}


def _refusal_components(refusals: set[type[Refusal]]) -> Schema:
    made: Schema = {refusal.__name__: refusal_schema(refusal) for refusal in refusals}
    return {**made, "BrokenValue": BROKEN_VALUE}


def _operation(entry: Entry, schemas: Schemas) -> Schema:
    operation = entry.operation
    made: Schema = {
        "operationId": operation.id,
        "tags": [entry.tag.name],
        "summary": operation.summary,
        "description": operation.description,
        "security": _security(operation),
        "x-level": operation.level.value,
        "responses": _responses(operation, schemas),
    }
    parameters = _parameters(operation, schemas)
    if parameters:
        made["parameters"] = parameters
    if body := _body(operation, schemas):
        made["requestBody"] = body
    if constraints := _constraints(operation):
        made["x-constraint"] = constraints
    if operation.limit:
        made["x-rate-limit"] = _rate_limit(operation.limit)
    if operation.deprecated:
        made["deprecated"] = True
        made["x-deprecated-since"] = operation.deprecated.isoformat()
    if operation.sunset:
        made["x-sunset"] = operation.sunset.isoformat()
    return made


def _rate_limit(limit: RateLimit) -> Schema:
    """What is not said is absent."""
    return {name: value for name, value in asdict(limit).items() if value not in (None, "")}


def _security(operation: Operation[Any, Any]) -> list[Schema]:
    csrf: Schema = {"csrfCookie": [], "csrfHeader": []} if operation.csrf else {}
    if operation.level is Level.PUBLIC:
        if operation.recognises:
            return [csrf, {"session": [], **csrf}, {"userId": [], **csrf}]
        return [csrf] if csrf else []
    roles = [operation.level.value]
    token: list[Schema] = [{"userToken": roles}] if operation.takes_user_token else []
    return [{"session": roles, **csrf}, {"userId": roles, **csrf}, *token]


def _constraints(operation: Operation[Any, Any]) -> list[Schema]:
    made = [{"type": r.type, "loc": list(r.loc), "description": r.description} for r in operation.rules]
    if not operation.open_query:
        made.append(
            {
                "type": "extra_forbidden",
                "loc": ["query", "*"],
                "description": "The query has only the parameters named here",
            }
        )
    return made


def _parameters(operation: Operation[Any, Any], schemas: Schemas) -> list[Schema]:
    made = []
    for name, place in operation.places(Path, Query, Header, Cookie).items():
        field = operation.request.model_fields[name]
        schema = without_null(schemas.fields[operation.id, name])
        schema.pop("description", None)
        made.append(_parameter(operation, name, place, field, schema, _field_text(operation, name)))
    return made


def _field_text(operation: Operation[Any, Any], name: str) -> str:
    text = field_docstrings(operation.request).get(name)
    if not text:
        message = f"{operation.request.__name__}.{name} has no docstring; say under the field what it is"
        raise BadContract(message, field_subject(operation, name))
    return text


def _parameter(operation: Operation[Any, Any], name: str, place: Any, field: Any, schema: Schema, text: str) -> Schema:
    wire = place.name if isinstance(place, Header | Cookie) else name
    made: Schema = {
        "name": wire,
        "in": type(place).__name__.lower(),
        "required": field.is_required(),
        "description": text,
        "schema": schema,
    }
    if schema.get("type") == "array":
        made |= {"style": "form", "explode": False} if isinstance(place, Query) else {}
    if examples := _field_examples(operation, name):
        made["examples"] = examples
    return made


def _field_examples(operation: Operation[Any, Any], name: str) -> Schema:
    """The values of a field in the operation's successful examples, each value once."""
    found: Schema = {}
    seen: list[Any] = []
    for example in operation.examples:
        if example.status < 300 and name in example.request and example.request[name] not in seen:
            seen.append(example.request[name])
            found[example.name] = {"summary": example.why, "value": example.request[name]}
    return found


def _body(operation: Operation[Any, Any], schemas: Schemas) -> Schema | None:
    for name in operation.places(Body):
        schema = {k: v for k, v in schemas.fields[operation.id, name].items() if k not in ("default", "description")}
        content: Schema = {"schema": schema}
        if examples := _field_examples(operation, name):
            content["examples"] = examples
        text = _field_text(operation, name)
        required = operation.request.model_fields[name].is_required()
        return {"required": required, "description": text, "content": {"application/json": content}}
    return None


def _responses(operation: Operation[Any, Any], schemas: Schemas) -> Schema:
    made: Schema = {
        str(returns.status): success_response(operation, returns, schemas) for returns in operation.responses
    }
    if operation.etag:
        made["304"] = not_modified(operation, schemas)
    for status, refusals in groupby(refusals_of(operation), key=lambda refusal: refusal.status):
        made[str(status)] = refusal_response(status, list(refusals), operation.limit is not None)
    return made
