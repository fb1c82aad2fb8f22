"""`spec/validation-errors.json`: what a 422 says at each place of a form, from the goldens, which are what the handlers answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from models.registry import entries
from tools.artefacts import sorted_json
from tools.findings import Subject
from tools.openapi.schemas import BadContract, Schema
from tools.typescript.text import comment, key, literal, union

HEADER = '// Generated from the contract and the goldens by "python -m tools golden". Do not edit.'
TABLE, TYPES = "spec/validation-errors.json", "spec/validation-errors.ts"
Rows = dict[str, Any]

KNOWN: dict[str, tuple[str | None, str]] = {
    "missing": ("required", "Field required"),
    "extra_forbidden": ("additionalProperties", "Extra inputs are not permitted"),
    "json_invalid": (None, "JSON decode error"),
    "model_attributes_type": ("type", "Input should be a valid dictionary or object to extract fields from"),
    "list_type": ("type", "Input should be a valid list"),
    "string_type": ("type", "Input should be a valid string"),
    "int_type": ("type", "Input should be a valid integer"),
    "float_type": ("type", "Input should be a valid number"),
    "bool_type": ("type", "Input should be a valid boolean"),
    "date_type": ("type", "Input should be a valid date"),
    "datetime_type": ("type", "Input should be a valid datetime"),
    "int_parsing": ("type", "Input should be a valid integer, unable to parse string as an integer"),
    "int_parsing_size": (None, "Unable to parse input string as an integer, exceeded maximum size"),
    "float_parsing": ("type", "Input should be a valid number, unable to parse string as a number"),
    "bool_parsing": ("type", "Input should be a valid boolean, unable to interpret input"),
    "finite_number": ("type", "Input should be a finite number"),
    "date_parsing": ("format", "Input should be a valid date in the format YYYY-MM-DD, {reason}"),
    "datetime_parsing": ("format", "Input should be a valid datetime, {reason}"),
    "string_too_short": ("minLength", "String should have at least {minLength} character(s)"),
    "string_too_long": ("maxLength", "String should have at most {maxLength} character(s)"),
    "string_pattern_mismatch": ("pattern", "String should match pattern '{pattern}'"),
    "greater_than_equal": ("minimum", "Input should be greater than or equal to {minimum}"),
    "greater_than": ("exclusiveMinimum", "Input should be greater than {exclusiveMinimum}"),
    "less_than_equal": ("maximum", "Input should be less than or equal to {maximum}"),
    "less_than": ("exclusiveMaximum", "Input should be less than {exclusiveMaximum}"),
    "too_short": ("minItems", "List should have at least {minItems} item(s) after validation, not {actual}"),
    "too_long": ("maxItems", "List should have at most {maxItems} item(s) after validation, not {actual}"),
    "literal_error": ("enum", "Input should be {enum}"),
}
"""Error type → the keyword whose breach it is, the message: values in braces, `(s)` is there for some numbers only."""

ABOUT = {
    "what": "For each operation, location and pointer: every entry that `detail` of a 422 can have there.",
    "how to find an entry": (
        "The first part of its `loc` is the location. The pointer is made of the rest: every index and every name that the "
        "contract does not know is `*`. `['body', 'tickers', 0]` is found under `body`, `/tickers/*`."
    ),
    "type": "What programs compare.",
    "message": "`msg` with names in braces for what differs: the limit, under the name of its keyword, and what `varies`.",
    "limit": "The value of the keyword, where the message names it; else null.",
    "varies": "The names in the message that depend on the request.",
    "keyword": "The keyword of JSON Schema that is broken; null where no keyword can say it.",
    "schema": "Where `spec/openapi.json` says it, as a URI fragment.",
    "example": "A message as the service answered it.",
    "golden": "The recorded request that was answered so.",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A schema with its JSON pointer; `declared` is where it is said whether a value has to be there."""

    schema: Schema
    at: str
    declared: str = ""


def files(document: Schema, goldens: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path → bytes: the table, and its error types for TypeScript. Raises `BadContract` for a 422 that it cannot explain."""
    table = rows(document, goldens)
    return {
        TABLE: sorted_json({"about": ABOUT, "operations": table}),
        TYPES: ("\n".join(_types(table)) + "\n").encode(),
    }


def rows(document: Schema, goldens: Mapping[str, bytes]) -> Rows:
    """Operation → location → pointer → rows, by type."""
    operations = {
        operation["operationId"]: (operation, f"/paths/{_escaped(path)}/{method}")
        for path, place in document["paths"].items()
        for method, operation in place.items()
    }
    messages = _rule_messages()
    found: dict[tuple[Subject, str], Rows] = {}
    for path, item in _items(goldens, set(operations)):
        operation, at = operations[path.split("/")[3]]
        subject = subject_of(operation["operationId"], item["loc"], item["type"])
        row = _row(path, item, _Sought(document, operation, at, subject), messages)
        known = found.setdefault((subject, item["type"]), row)
        if known["message"] != row["message"]:
            raise BadContract(
                f"{path}: {item['msg']!r} is said in other words elsewhere: {known['message']!r}", subject
            )
    table: Rows = {name: {} for name in sorted(operations)}
    for (subject, _), row in sorted(found.items()):
        table[subject.operation_id].setdefault(subject.location, {}).setdefault(subject.pointer, []).append(row)
    return table


def _rule_messages() -> dict[tuple[Subject, str], str]:
    """Place and error type of each rule → how its message is made; a type may say another thing at each place."""
    return {
        (subject_of(entry.operation.id, rule.loc, rule.type), rule.type): rule.message
        for entry in entries()
        for rule in entry.operation.rules
    }


def _items(goldens: Mapping[str, bytes], operation_ids: set[str]) -> Iterator[tuple[str, Any]]:
    """Path of the golden and each entry of its `detail`, for every 422 of an operation."""
    for path in sorted(goldens):
        parts = path.split("/")
        if len(parts) == 5 and parts[3] in operation_ids and parts[4].startswith("422"):
            for item in json.loads(goldens[path])["response"]["body"]["detail"]:
                yield path, item


def subject_of(operation_id: str, loc: Sequence[str | int], type_: str) -> Subject:
    """The place that an entry of a 422 is about."""
    subject = Subject(operation_id, str(loc[0]))
    parts = [*loc[1:-1], "*"] if type_ == "extra_forbidden" else loc[1:]
    for part in parts:
        subject = subject.inside("*" if isinstance(part, int) else part)
    return subject


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a row is about: where to look for its schema."""

    document: Schema
    operation: Schema
    at: str
    subject: Subject

    @property
    def steps(self) -> list[str]:
        return [part.replace("~1", "/").replace("~0", "~") for part in self.subject.pointer.split("/")[1:]]

    def rule(self, type_: str) -> str | None:
        """Where a published rule says it, if one does."""
        for index, said in enumerate(self.operation.get("x-constraint", ())):
            if said["type"] == type_ and subject_of(self.operation["operationId"], said["loc"], type_) == self.subject:
                return f"{self.at}/x-constraint/{index}"
        return None

    def unexplained(self, text: str) -> BadContract:
        return BadContract(f"{self.subject}: {text}; teach tools/form_errors.py", self.subject)


def _row(path: str, item: Any, sought: _Sought, messages: Mapping[tuple[Subject, str], str]) -> Rows:
    type_, text = item["type"], item["msg"]
    keyword, place, template = _explained(sought, type_, messages)
    shape = _shape(template, known=type_ in KNOWN).fullmatch(text)
    if shape is None:
        raise sought.unexplained(f"{text!r} is not said as {template!r}")
    limit = _limit(sought, keyword, place, shape)
    return {
        "type": type_,
        "message": _with_names(text, shape),
        "keyword": keyword,
        "limit": limit,
        "varies": sorted(name for name in shape.groupdict() if limit is None or name != keyword),
        "schema": f"#{place.at}",
        "example": text,
        "golden": path,
    }


def _explained(
    sought: _Sought, type_: str, messages: Mapping[tuple[Subject, str], str]
) -> tuple[str | None, Place, str]:
    """The keyword, where it is said, how its message is made."""
    rule = sought.rule(type_)
    said = messages.get((sought.subject, type_)) if rule else None
    keyword, template = KNOWN.get(type_, (None, said))
    if template is None:
        raise sought.unexplained(f"nobody knows how the message of {type_} is made")
    if rule:
        return None, Place({}, rule), template
    keyword, place = _said(sought, keyword, type_)
    return keyword, place, template.replace("{enum}", "{const}") if keyword == "const" else template


def _shape(template: str, known: bool) -> re.Pattern[str]:
    """What fits a template: a group for each name, which a name that comes again has to repeat."""
    made, seen = "", set()
    for text, name, _, _ in Formatter().parse(template):
        fixed = re.escape(text)
        made += fixed.replace(r"\(s\)", "s?") if known else fixed
        if name is not None:
            made += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
    return re.compile(made, re.S)


def _with_names(text: str, shape: re.Match[str]) -> str:
    """The message with the names of its groups for what they hold."""
    made, end = "", 0
    for name, (start, stop) in sorted(((n, shape.span(n)) for n in shape.groupdict()), key=lambda found: found[1]):
        made += text[end:start] + f"{{{name}}}"
        end = stop
    return made + text[end:]


def _limit(sought: _Sought, keyword: str | None, place: Place, shape: re.Match[str]) -> Any:
    """The value of the keyword if the message names it; it has to be the one that the schema says."""
    if keyword is None or keyword not in shape.groupdict():
        return None
    value = place.schema[keyword]
    shown = _shown([value] if keyword == "const" else value)
    if shape[keyword] != shown:
        raise sought.unexplained(f"the message says {shape[keyword]}, the schema {shown}")
    return value


def _shown(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    *first, last = (f"'{member}'" for member in value)
    return f"{', '.join(first)} or {last}" if first else last


def _said(sought: _Sought, keyword: str | None, type_: str) -> tuple[str | None, Place]:
    """The keyword as the document has it, and where."""
    if type_ == "json_invalid":
        return None, Place({}, f"{sought.at}/requestBody/content/application~1json")
    steps = sought.steps[:-1] if keyword == "additionalProperties" else sought.steps
    found = _places(sought, steps)
    if keyword == "required":
        return keyword, Place({}, next(place.declared for place in found if place.declared))
    if keyword is None:
        return None, found[0]
    for name in (keyword, "const") if keyword == "enum" else (keyword,):
        for place in found:
            if name in place.schema:
                return name, Place(place.schema, f"{place.at}/{name}")
    raise sought.unexplained(f"its schema says nothing of {keyword}, whose breach {type_} is")


def _places(sought: _Sought, steps: list[str]) -> list[Place]:
    """Every schema that a value at the steps has to fit, or one of which it has to; the outermost first."""
    found, rest = _start(sought, steps)
    for step in rest:
        inside = [_inside(place, step) for outer in found for place in _unwrapped(sought.document, outer)]
        found = [place for place in inside if place is not None]
    if not found:
        raise sought.unexplained("the document has no such place")
    return [place for outer in found for place in _unwrapped(sought.document, outer)]


def _start(sought: _Sought, steps: list[str]) -> tuple[list[Place], list[str]]:
    """The schema of a parameter or of the body, and the steps that are left."""
    if sought.subject.location == "body":
        content = sought.operation["requestBody"]["content"]["application/json"]
        at = f"{sought.at}/requestBody"
        return [Place(content["schema"], f"{at}/content/application~1json/schema", f"{at}/required")], steps
    for index, said in enumerate(sought.operation.get("parameters", ())):
        wire = said["name"].lower() if said["in"] == "header" else said["name"]
        if steps and (said["in"], wire) == (sought.subject.location, steps[0]):
            at = f"{sought.at}/parameters/{index}"
            return [Place(said["schema"], f"{at}/schema", f"{at}/required")], steps[1:]
    return [], []


def _unwrapped(document: Schema, place: Place) -> Iterator[Place]:
    """The schema itself, what it refers to, its branches."""
    yield place
    if "$ref" in place.schema:
        name = place.schema["$ref"].rpartition("/")[2]
        target = Place(document["components"]["schemas"][name], f"/components/schemas/{name}", place.declared)
        yield from _unwrapped(document, target)
    for index, branch in enumerate(place.schema.get("anyOf", ())):
        if branch != {"type": "null"}:
            yield from _unwrapped(document, Place(branch, f"{place.at}/anyOf/{index}", place.declared))


def _inside(place: Place, step: str) -> Place | None:
    schema = place.schema
    if step == "*" and "items" in schema:
        return Place(schema["items"], f"{place.at}/items")
    if step in schema.get("properties", {}):
        return Place(schema["properties"][step], f"{place.at}/properties/{_escaped(step)}", f"{place.at}/required")
    return None


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _types(table: Rows) -> Iterator[str]:
    """The same for TypeScript, as far as types and messages go: a translation can be checked for completeness."""
    every = [row for _, _, row in _each(table)]
    names = sorted({row["type"] for row in every})
    yield HEADER
    yield from ("", *comment(["Every `type` that an entry of a 422 can have."]))
    yield "export type ValidationErrorType ="
    yield from (f"  | {literal(name)}" for name in names)
    yield ";"
    yield from ("", *comment(["Operation → location and pointer → the types that an entry there can have."]))
    yield "export interface ValidationErrors {"
    for operation_id in table:
        yield f"  {operation_id}: {{"
        places: dict[str, list[str]] = {}
        for _, place, row in _each({operation_id: table[operation_id]}):
            places.setdefault(place, []).append(literal(row["type"]))
        yield from (f"    {key(place)}: {union(types)};" for place, types in places.items())
        yield "  };"
    yield "}"
    yield from ("", *comment(["Every message of a type, with names in braces for what differs."]))
    yield "export const VALIDATION_MESSAGES: Readonly<Record<ValidationErrorType, readonly string[]>> = {"
    for name in names:
        texts = sorted({row["message"] for row in every if row["type"] == name})
        yield f"  {name}: [{', '.join(map(literal, texts))}],"
    yield "};"


def _each(table: Rows) -> Iterator[tuple[str, str, Rows]]:
    """Operation, place, row."""
    for operation_id, locations in table.items():
        for location, pointers in locations.items():
            for pointer, found in pointers.items():
                for row in found:
                    yield operation_id, f"{location} {pointer}".strip(), row
