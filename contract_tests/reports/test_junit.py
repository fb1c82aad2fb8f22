"""JUnit XML: well-formed whatever is said, in the structure that Jenkins' schema allows, and with counts that are right."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from contract_tests.reports.outcomes import CAREFUL, LOWERED, STALE, UNREVIEWED, WAIVED, outcome, outcomes
from tools.findings import Outcome, RuleText, Severity
from tools.reports import reading
from tools.reports.junit import written

COUNTS = {"tests", "failures", "errors", "skipped"}
# What junit-10.xsd of Jenkins' xUnit plugin allows, as far as we use it.
# element → (attributes that it has to have, further ones, children in order); a star: any number of them
STRUCTURE: dict[str, tuple[set[str], set[str], list[str]]] = {
    "testsuites": ({"name"}, COUNTS - {"skipped"} | {"time"}, ["testsuite*"]),
    "testsuite": ({"name"} | COUNTS - {"skipped"}, {"skipped", "time"}, ["testcase*", "system-out"]),
    "testcase": ({"name", "classname"}, {"time"}, ["skipped", "failure*", "system-out"]),
    "skipped": (set(), {"message"}, []),
    "failure": (set(), {"message", "type"}, []),
    "system-out": (set(), set(), []),
}


def misplaced(element: Element) -> list[str]:
    """What the structure does not allow, at and below the element."""
    needed, allowed, children = STRUCTURE[element.tag]
    problems = [f"{element.tag}: {name}" for name in needed - set(element.attrib)]
    problems += [f"{element.tag}: {name}" for name in set(element.attrib) - needed - allowed]
    order = [name.rstrip("*") for name in children]
    tags = [child.tag for child in element]
    problems += [f"{element.tag}: order {tags}"] if tags != sorted(tags, key=order.index) else []
    problems += [f"{element.tag}: two {name}" for name in children if tags.count(name) > 1]
    return problems + [problem for child in element for problem in misplaced(child)]


def root_of(outcome: Outcome) -> Element:
    return ElementTree.fromstring(written(outcome).encode())


@settings(max_examples=60)
@given(outcome=outcomes())
def test_every_outcome_is_well_formed_and_in_the_structure_of_the_schema(outcome: Outcome) -> None:
    assert misplaced(root_of(outcome)) == []


@settings(max_examples=60)
@given(outcome=outcomes())
def test_the_counts_are_those_of_the_cases(outcome: Outcome) -> None:
    root = root_of(outcome)
    errors = sum(finding.severity is Severity.ERROR for finding in outcome.findings)

    assert len(root.findall(".//failure")) == errors
    for element in (root, *root):
        assert int(element.get("tests", "")) == len(list(element.iter("testcase")))
        assert int(element.get("failures", "")) == sum(c.find("failure") is not None for c in element.iter("testcase"))
    for suite in root:
        assert int(suite.get("skipped", "")) == len(list(suite.iter("skipped")))


@settings(max_examples=60)
@given(outcome=outcomes())
def test_every_rule_is_a_case(outcome: Outcome) -> None:
    names = {case.get("name") for case in root_of(outcome).iter("testcase")}

    assert len(names) <= len(reading.rules(outcome))
    assert not reading.rules(outcome) or names


def test_a_rule_without_findings_passes() -> None:
    rule = RuleText("named-in-order", "Names are in order.", "")
    (case,) = root_of(Outcome("lint", rules={rule.id: rule})).iter("testcase")

    assert (case.get("name"), case.get("classname"), list(case)) == ("named-in-order", "bellwether.lint", [])


def test_each_check_is_a_suite_and_each_error_a_failure_of_its_rule() -> None:
    root = root_of(outcome())
    case = root.find("testsuite[@name='diff']/testcase[@name='request-maximum-lowered']")

    assert [suite.get("name") for suite in root] == ["diff", "fresh", "lint", "check"]
    assert case is not None
    assert [failure.get("message") for failure in case] == [f"models/fields.py:12: {LOWERED.message}"]
    assert [failure.get("type") for failure in root.iter("failure")] == ["failed", "stale"]
    assert f"fingerprint {LOWERED.fingerprint}" in str(case[0].text)


def test_a_warning_is_output_and_no_failure() -> None:
    (case,) = root_of(Outcome("diff", [CAREFUL])).iter("testcase")

    assert [child.tag for child in case] == ["system-out"]
    assert CAREFUL.message in str(case[0].text)


def test_a_rule_is_skipped_only_if_all_of_it_is_waived() -> None:
    (waived,) = root_of(Outcome("lint", [], [WAIVED])).iter("testcase")
    (broken,) = root_of(Outcome("lint", [UNREVIEWED], [WAIVED])).iter("testcase")

    assert [child.tag for child in waived] == ["skipped"]
    assert WAIVED.reason in str(waived[0].text)
    assert [child.tag for child in broken] == ["failure", "system-out"]


def test_what_is_stale_names_its_command() -> None:
    (failure,) = root_of(Outcome("check", [STALE])).iter("failure")

    assert "repair with: python -m tools generate" in str(failure.text)


@pytest.mark.parametrize("spoiled", ["<testsuites name='x'><testcase/></testsuites>", "<testsuites/>"])
def test_the_structure_refuses_what_is_no_junit(spoiled: str) -> None:
    root = ElementTree.fromstring(spoiled)
    try:
        problems = misplaced(root)
    except ValueError:
        problems = ["order"]

    assert problems
