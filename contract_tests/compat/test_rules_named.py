"""Every rule has a test that opens with its sentence, and texts worth reading."""

from __future__ import annotations

import re

from contract_tests.compat import test_rules_operations, test_rules_requests, test_rules_responses
from tools.compat.table import RULES

NAMES = {name for module in (test_rules_operations, test_rules_requests, test_rules_responses) for name in dir(module)}


def as_test(title: str) -> str:
    return "test_" + re.sub(r"[^a-z0-9]+", "_", title.lower())


def test_every_rule_has_a_test_named_by_its_sentence() -> None:
    assert [rule.id for rule in RULES.values() if as_test(rule.title) not in NAMES] == []


def test_no_two_rules_say_the_same() -> None:
    titles = [rule.title for rule in RULES.values()]

    assert sorted(titles) == sorted(set(titles))


def test_every_rule_says_what_to_do_in_sentences() -> None:
    assert [rule.id for rule in RULES.values() if not re.fullmatch(r"[A-Z].*\.", rule.help)] == []
    assert [rule.id for rule in RULES.values() if not re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)] == []
