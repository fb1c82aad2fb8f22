"""How the value of a parameter is written into text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.compat.change import Change, Direction, breaking
from tools.compat.json_text import shown
from tools.compat.pairs import Pair
from tools.compat.parameters import form_of, parameters, schema_of
from tools.compat.shape import Definitions, pure
from tools.compat.unfolding import alternatives

CHANGED = breaking(
    "parameter-form-changed",
    Direction.REQUEST,
    "Lists and objects in a parameter are written as they were",
    "What clients write is read as something else. Take the new form under a new name.",
)
RULES = (CHANGED,)
SCALARS = {"null", "boolean", "integer", "number", "string"}


def check(pair: Pair) -> Iterator[Change]:
    for parameter in parameters(pair):
        old, new = parameter.old, parameter.new
        if old is None or new is None or form_of(old) == form_of(new):
            continue
        contracts = pair.contracts
        plain = _plain(schema_of(old), contracts.old.definitions) and _plain(schema_of(new), contracts.new.definitions)
        same = {**form_of(old), "explode": None} == {**form_of(new), "explode": None}
        # Whether a list is exploded makes no difference to what is no list.
        if not (plain and same):
            said = f"{shown(form_of(old))} is now {shown(form_of(new))}"
            yield CHANGED.at(parameter.subject, said, form_of(old), form_of(new), keyword=_keyword(old, new))


def _plain(schema: Any, definitions: Definitions) -> bool:
    """Whether every value is a scalar."""
    return all(alternative.get("type") in SCALARS for alternative in alternatives(pure(schema), definitions))


def _keyword(old: dict[str, Any], new: dict[str, Any]) -> str:
    was, is_ = form_of(old), form_of(new)
    return next(name for name in sorted({*was, *is_}) if was.get(name) != is_.get(name))
