"""The table of mutations of our contract: every row is called what a person calls it, in both directions."""

from __future__ import annotations

from collections import Counter

import pytest

from contract_tests.compat.mutations import EQUIVALENT, TODAY, Mutation, mutations, said
from tools.compat.change import Change
from tools.compat.comparing import changes
from tools.compat.json_text import canonical
from tools.compat.table import RULES

ROWS = {mutation.name: mutation for mutation in mutations()}


@pytest.mark.exhaustive
@pytest.mark.parametrize("mutation", ROWS.values(), ids=list(ROWS))
def test_a_mutation_is_called_what_a_person_calls_it(mutation: Mutation) -> None:
    before, after = mutation.contracts()
    forward, backward = changes(before, after, TODAY), changes(after, before, TODAY)

    assert (said(forward), said(backward)) == (mutation.forward, mutation.backward), (forward, backward)
    assert_told_by(forward, mutation.forward_rule)
    assert_told_by(backward, mutation.backward_rule)
    assert_told_once(forward)
    assert_told_once(backward)


def assert_told_by(found: list[Change], rule: str | None) -> None:
    """The rule is among those that tell the worst changes."""
    assert rule is None or rule in {change.rule for change in found if change.level.value == said(found)}


def assert_told_once(found: list[Change]) -> None:
    seen = Counter((change.rule, change.subject, canonical([change.old, change.new])) for change in found)

    assert {key: times for key, times in seen.items() if times > 1} == {}


@pytest.mark.exhaustive
def test_every_rule_is_told_by_some_mutation() -> None:
    told = {rule for row in ROWS.values() for rule in (row.forward_rule, row.backward_rule)}

    assert set(RULES) - told == set()


def test_the_table_has_every_class_of_change_in_both_directions() -> None:
    classes = Counter(outcome for row in ROWS.values() for outcome in (row.forward, row.backward))

    assert len(ROWS) - sum(row.rewrite for row in ROWS.values()) >= 70
    assert sum(row.rewrite for row in ROWS.values()) >= 14
    assert all(row.backward == EQUIVALENT for row in ROWS.values() if row.rewrite)
    assert min(classes.values()) >= 10
