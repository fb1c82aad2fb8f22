"""Patterns: regular expressions that a client runs as well."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lint.contract import Contract, Position
from tools.lint.patterns import anchored, differences
from tools.lint.rule import Found, rule


@rule(
    "pattern-anchored",
    "A pattern is about the whole text: it begins with ^ and ends with $.",
    'JSON Schema finds a pattern anywhere in a text, other engines match from the start: "xAAPLx" passes one and not the other.',
)
def pattern_anchored(contract: Contract) -> Iterator[Found]:
    for position, pattern in _patterns(contract):
        if not anchored(pattern):
            yield Found(
                f"the pattern {pattern} of {position} is not anchored at both ends", position.subject, "pattern"
            )


@rule(
    "pattern-portable",
    "A pattern means the same in JavaScript, in Python and to the types.",
    "Front ends check forms with it, Python clients too, and the types with a third engine. Write classes out, and use nothing "
    "that one of them lacks.",
)
def pattern_portable(contract: Contract) -> Iterator[Found]:
    for position, pattern in _patterns(contract):
        for difference in differences(pattern):
            yield Found(f"in the pattern of {position}, {difference}", position.subject, "pattern", key=difference)


def _patterns(contract: Contract) -> Iterator[tuple[Position, str]]:
    for position in contract.positions:
        for kind in position.kinds:
            if "pattern" in kind:
                yield position, kind["pattern"]
