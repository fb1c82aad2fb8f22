"""Every rule of compatibility, in the order in which changes are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tools.compat.change import Change, Rule
from tools.compat.pairs import Contracts, Pair
from tools.compat.rules import (
    constraints,
    deprecation,
    documentation,
    events,
    levels,
    links,
    names,
    operations,
    parameter_forms,
    parameter_presence,
    parameter_schemas,
    path_names,
    rate_limits,
    request_bodies,
    request_schemas,
    response_bodies,
    response_headers,
    response_schemas,
    security,
    servers,
    statuses,
    tags,
)
from tools.findings import RuleText

WHOLE: tuple[Callable[[Contracts], Iterator[Change]], ...] = (
    servers.check,
    documentation.check_contracts,
    operations.check,
)
"""Rules over two whole contracts."""
PAIRED: tuple[Callable[[Pair], Iterator[Change]], ...] = (
    names.check,
    tags.check,
    deprecation.check,
    levels.check,
    security.check,
    rate_limits.check,
    constraints.check,
    path_names.check,
    parameter_presence.check,
    parameter_forms.check,
    parameter_schemas.check,
    request_bodies.check,
    statuses.check,
    response_headers.check,
    response_bodies.check,
    events.check,
    links.check,
    documentation.check,
)
"""Rules over an operation that both contracts have."""
_ALL: tuple[Rule, ...] = (
    *servers.RULES,
    *operations.RULES,
    *names.RULES,
    *tags.RULES,
    *deprecation.RULES,
    *levels.RULES,
    *security.RULES,
    *rate_limits.RULES,
    *constraints.RULES,
    *path_names.RULES,
    *parameter_presence.RULES,
    *parameter_forms.RULES,
    *parameter_schemas.RULES,
    *request_bodies.RULES,
    *request_schemas.RULES.values(),
    *statuses.RULES,
    *response_headers.RULES,
    *response_bodies.RULES,
    *response_schemas.RULES.values(),
    *events.RULES,
    *links.RULES,
    *documentation.RULES,
)
LEVELS: Mapping[str, Rule] = {rule.id: rule for rule in _ALL}
"""Rule by id."""
RULES: Mapping[str, RuleText] = {rule.id: rule.text for rule in _ALL}
"""What every rule demands, by id."""
