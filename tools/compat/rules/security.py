"""Which credentials are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.operation import Level as Access
from tools.compat.change import Change, Direction, breaking, safe
from tools.compat.json_text import shown
from tools.compat.pairs import Pair
from tools.compat.rules.levels import explains

IN = Direction.REQUEST
Alternative = dict[str, Any]
REMOVED = breaking(
    "credential-removed",
    IN,
    "A credential that was accepted is accepted",
    "Callers that use it get a 401 or 403. Keep accepting it.",
)
DEMANDED = breaking(
    "credential-demanded",
    IN,
    "What was public stays public",
    "Callers without a credential get a 401. Offer the new demand elsewhere.",
)
ADDED = safe("credential-added", IN, "Another credential may be accepted", "Callers use the old ones.")
FREED = safe("credential-freed", IN, "What needed a credential may become public", "Callers may still send theirs.")
RULES = (REMOVED, DEMANDED, ADDED, FREED)
LEVELS = [level.value for level in Access]


def check(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.security or [{}], pair.new.security or [{}]
    if explains(pair):
        old, new = _without_levels(old), _without_levels(new)
        if [{}] in (old, new):
            return
    for was in old:
        if not any(_serves(now, was) for now in new):
            rule, said = (
                (REMOVED, f"{_named(was)} is no longer enough") if was else (DEMANDED, "a credential is demanded now")
            )
            yield rule.at(pair.subject(), said, _plain(was), [_plain(now) for now in new], keyword="security")
    for now in new:
        if not any(_serves(was, now) for was in old):
            rule, said = (
                (ADDED, f"{_named(now)} is enough now") if now else (FREED, "no credential is demanded any more")
            )
            yield rule.at(pair.subject(), said, [_plain(was) for was in old], _plain(now), keyword="security")


def _serves(demanded: Alternative, held: Alternative) -> bool:
    """Whether a caller with these credentials meets a demand: no scheme and no scope is asked beyond them."""
    return all(scheme in held and _held(held[scheme]).issuperset(scopes) for scheme, scopes in demanded.items())


def _held(scopes: list[str]) -> set[str]:
    """Scopes that a caller with these has: whoever is of a level is of all weaker ones."""
    weaker = {LEVELS[index] for scope in scopes if scope in LEVELS for index in range(LEVELS.index(scope))}
    return {*scopes, *weaker}


def _without_levels(alternatives: list[Alternative]) -> list[Alternative]:
    return [
        {scheme: [scope for scope in scopes if scope not in LEVELS] for scheme, scopes in alternative.items()}
        for alternative in alternatives
    ]


def _plain(alternative: Alternative) -> Alternative:
    return dict(sorted(alternative.items()))


def _named(alternative: Alternative) -> str:
    return " and ".join(
        f"{shown(scheme)}{' as ' + ', '.join(scopes) if scopes else ''}" for scheme, scopes in alternative.items()
    )
