"""Parameters that are new, gone, required or no longer required."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, Rule, breaking, careful, safe
from tools.compat.pairs import Pair
from tools.compat.parameters import Parameter, parameters
from tools.openapi.schemas import Schema

IN = Direction.REQUEST
ADDED = safe("parameter-added", IN, "An optional parameter may be added", "Requests without it work as before.")
REQUIRED_ADDED = breaking(
    "required-parameter-added",
    IN,
    "A new parameter is optional",
    "No request of today has it. Make it optional with a default that does what was done before.",
)
REMOVED = breaking(
    "parameter-removed",
    IN,
    "A parameter is not removed where unknown ones are refused",
    "Requests that send it get a 422. Keep accepting it, deprecated and without effect if need be.",
)
IGNORED = careful(
    "parameter-ignored",
    IN,
    "A parameter that is no longer read is announced",
    "Requests that send it are served as if they had not. Tell clients.",
)
REQUIRED = breaking(
    "parameter-required",
    IN,
    "An optional parameter stays optional",
    "Requests that leave it out are refused. Keep it optional with a default.",
)
OPTIONAL = safe("parameter-optional", IN, "A required parameter may become optional", "All who send it still may.")
RULES = (ADDED, REQUIRED_ADDED, REMOVED, IGNORED, REQUIRED, OPTIONAL)


def check(pair: Pair) -> Iterator[Change]:
    for parameter in parameters(pair):
        if parameter.old is None and parameter.new is not None:
            yield _added(parameter, parameter.new)
        elif parameter.new is None and parameter.old is not None:
            yield _removed(pair, parameter, parameter.old)
        else:
            yield from _requirement(parameter)


def _added(parameter: Parameter, new: Schema) -> Change:
    needed = _required(new)
    rule = REQUIRED_ADDED if needed else ADDED
    return rule.at(
        parameter.subject, f"{_called(parameter)} is new{' and required' if needed else ''}", None, _shape(new)
    )


def _removed(pair: Pair, parameter: Parameter, old: Schema) -> Change:
    refused = parameter.location == "query" and refuses_unknown(pair.new.said)
    rule: Rule = REMOVED if refused or parameter.location not in ("query", "header", "cookie") else IGNORED
    return rule.at(parameter.subject, f"{_called(parameter)} is gone", _shape(old), None)


def _requirement(parameter: Parameter) -> Iterator[Change]:
    was, is_ = _required(parameter.old or {}), _required(parameter.new or {})
    if is_ and not was:
        yield REQUIRED.at(parameter.subject, f"{_called(parameter)} is required now", False, True, keyword="required")
    elif was and not is_:
        yield OPTIONAL.at(parameter.subject, f"{_called(parameter)} is optional now", True, False, keyword="required")


def refuses_unknown(said: Schema) -> bool:
    """Whether an operation refuses parameters of the query that it does not name."""
    return any(
        constraint.get("type") == "extra_forbidden" and constraint.get("loc") == ["query", "*"]
        for constraint in said.get("x-constraint", ())
    )


def _required(parameter: Schema) -> bool:
    return parameter.get("required") is True


def _shape(parameter: Schema) -> Schema:
    """What tells one parameter from another of the same name; its texts do not."""
    return {name: parameter[name] for name in ("in", "name", "required") if name in parameter}


def _called(parameter: Parameter) -> str:
    return f"the {parameter.location} parameter {parameter.name}"
