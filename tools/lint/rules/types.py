"""Types: what a client can rely on, and what a server can be made to swallow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tools.findings import Severity, Subject
from tools.lint.contract import Contract, Position, items
from tools.lint.patterns import bounded
from tools.lint.rule import Found, rule
from tools.openapi.schemas import Schema

SAFE = 2**53 - 1
"""The largest integer that JavaScript reads exactly (Number.MAX_SAFE_INTEGER)."""


@rule(
    "text-bounded",
    "Text that a client sends has a longest length.",
    "What has no bound is a way to fill memory, log and store. Use a named type with max_length or with a pattern that ends.",
)
def text_bounded(contract: Contract) -> Iterator[Found]:
    for position in contract.asked:
        for kind in position.of_type("string"):
            short = {"maxLength", "enum", "const"} & kind.keys() or bounded(kind.get("pattern", "^.*$"))
            if not short and not _credential(position, contract):
                yield Found(f"{position} may be of any length", position.subject, "maxLength")


def _credential(position: Position, contract: Contract) -> bool:
    """Whether the gate reads it before any validation: what is no credential is refused as such, however long."""
    schemes = contract.document.get("components", {}).get("securitySchemes", {}).values()
    return any((scheme.get("in"), scheme.get("name")) == (position.location, position.name) for scheme in schemes)


@rule(
    "list-bounded",
    "A list that a client sends has a greatest length.",
    "Every item costs work before anything else can refuse it. Say MaxLen(…) on a named type.",
)
def list_bounded(contract: Contract) -> Iterator[Found]:
    for position in contract.asked:
        if any("maxItems" not in kind for kind in position.of_type("array")):
            yield Found(f"{position} may have any number of items", position.subject, "maxItems")


@rule(
    "sent-list-bounded",
    "A list at the top of a response has a greatest length or comes in pages.",
    "A list that grows with the data outgrows the gateway one day, and a screen before that. Say MaxLen(…), or add limit, "
    "cursor and next_cursor.",
)
def sent_list_bounded(contract: Contract) -> Iterator[Found]:
    for position in contract.sent:
        if position.subject.pointer.count("/") == 1 and position.location.startswith("response"):
            for kind in position.of_type("array"):
                closed = "enum" in contract.resolved(kind.get("items", {}))
                if "maxItems" not in kind and not closed:
                    yield Found(f"{position} can grow without end", position.subject, "maxItems")


@rule(
    "number-bounded",
    "A number that a client sends has a least and a greatest value.",
    "Someone will send 1e308 and -1. Say Field(ge=…, le=…) on a named type.",
)
def number_bounded(contract: Contract) -> Iterator[Found]:
    for position in contract.asked:
        for kind in position.of_type("integer", "number"):
            least = {"minimum", "exclusiveMinimum", "const", "enum"} & kind.keys()
            most = {"maximum", "exclusiveMaximum", "const", "enum"} & kind.keys()
            if not least or not most:
                bound = "maximum" if least else "minimum"
                yield Found(f"{position} has no {bound}", position.subject, bound)


@rule(
    "integer-exact",
    "An integer stays where JavaScript reads it exactly: within 2⁵³ − 1.",
    "A browser rounds 9007199254740993 to …992 without a word. Bound it, or send it as text.",
)
def integer_exact(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        for kind in position.of_type("integer"):
            for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const"):
                if abs(kind.get(keyword, 0)) > SAFE:
                    yield Found(
                        f"the {keyword} of {position} is beyond what JavaScript reads exactly",
                        position.subject,
                        keyword,
                    )


@rule(
    "value-typed",
    "Every value has a type.",
    "A value that may be anything cannot be checked, shown or generated a type for. Name its type; an object of unknown "
    "names says the type of its values.",
)
def value_typed(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        for kind in position.kinds:
            free = kind.get("type") in ("object", "array") and "properties" not in kind and not any(items(kind))
            if free or not {"type", "enum", "const"} & kind.keys():
                yield Found(f"{position} may be anything", position.subject)


@rule(
    "union-told-apart",
    "The alternatives of an object are told apart by a property.",
    "A client has to know which one it got before it reads it. Give each a Literal of the same name and other value, or a "
    "required property that the others do not have.",
)
def union_told_apart(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        objects = list(position.of_type("object"))
        if any(not _told_apart(one, other) for one, other in combinations(objects, 2)):
            yield Found(f"the alternatives of {position} cannot be told apart", position.subject, "anyOf")


def _told_apart(one: Schema, other: Schema) -> bool:
    mine, theirs = one.get("properties", {}), other.get("properties", {})
    tagged = any("const" in mine[name] and "const" in theirs[name] and mine[name]["const"] != theirs[name]["const"]
                 for name in mine.keys() & theirs.keys())  # fmt: skip
    own = any(name not in theirs for name in one.get("required", ())) or any(
        name not in mine for name in other.get("required", ())
    )
    return tagged or own


@rule(
    "union-apart",
    "The alternatives of a value do not overlap.",
    "Text or other text, a whole number or a number: what a value is read as then depends on who reads it. Make one type of them.",
)
def union_apart(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        for one, other in combinations(position.kinds, 2):
            kinds = {one.get("type"), other.get("type")}
            closed = "enum" in one or "const" in one
            both = closed and ("enum" in other or "const" in other)
            if kinds != {"object"} and not both and (len(kinds) == 1 or kinds == {"integer", "number"}):
                yield Found(f"two alternatives of {position} overlap", position.subject, "anyOf")
                break


@rule(
    "enum-case",
    "The values of one enumeration are written in one way.",
    "in_memory beside live-api is a mistake that a client makes once a week. Choose one of snake_case, kebab-case and UPPER_CASE.",
)
def enum_case(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        for kind in position.kinds:
            forms = {form for value in kind.get("enum", ()) if (form := _case(value))}
            if len(forms) > 1:
                yield Found(f"{position} mixes {' and '.join(sorted(forms))}", position.subject, "enum")


def _case(value: object) -> str:
    """How a text is written; empty for a single word or letter, which fit several."""
    if not isinstance(value, str) or sum(sign.isalpha() for sign in value) < 2:
        return ""
    if "_" in value or "-" in value:
        return "snake_case" if "_" in value else "kebab-case"
    return "UPPER_CASE" if value.isupper() else "camelCase" if value != value.lower() else ""


@rule(
    "null-explained",
    "What null means is said beside it.",
    "Unknown, none, not yet and does not apply are four different screens. Say in the field's docstring when it is null; where "
    "null means the same for every field of a class, its docstring may say it once.",
)
def null_explained(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        in_body = position.sent or position.location == "body"
        said = f"{position.described} {position.holder}".lower()
        if in_body and position.name and position.nullable and "null" not in said:
            yield Found(f"{position} may be null and does not say what that means", position.subject, "description")


@rule(
    "name-means-one-type",
    "A name has one type in all responses.",
    "People learn what `tags` is once. Rename one of them, or give both the same type.",
    Severity.WARNING,
)
def name_means_one_type(contract: Contract) -> Iterator[Found]:
    first: dict[str, tuple[frozenset[str], Subject]] = {}
    for position in contract.sent:
        types = frozenset(str(kind.get("type")).replace("integer", "number") for kind in position.kinds)
        if position.name and position.location.startswith("response") and "header" not in position.location:
            known, other = first.setdefault(position.name, (types, position.subject))
            if types != known:
                said = f"{' or '.join(sorted(types))} here and {' or '.join(sorted(known))} in {other}"
                place = contract.sources.of(other)
                yield Found(f"{position.name} is {said}", position.subject, key=sorted(types), other=place)
