"""The outcome as JUnit XML in the form that Jenkins reads (its junit-10.xsd): a suite for each check, a test case for each rule.

An error is a failure of its rule, however often it is broken; warnings and notes are its output. A rule of which everything that
was found is waived is skipped, one without findings passes. Rules that found nothing are listed under the command: which check
asked them is not known then. `classname` is the command for all, so that the history of a rule stays one.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from tools.findings import Finding, Outcome, Severity, Waived
from tools.reports import reading
from tools.reports.text import visible

Found = tuple[list[Finding], list[Waived]]


def written(outcome: Outcome) -> str:
    root = Element("testsuites", name=visible(f"bellwether {outcome.command}"))
    for check, by_rule in _by_check(outcome).items():
        _suite(root, check, by_rule, outcome)
    _total(root, root.iter("testcase"))
    root.attrib.pop("skipped")  # the schema has it for suites only
    root.set("time", f"{outcome.seconds:.3f}")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _by_check(outcome: Outcome) -> dict[str, dict[str, Found]]:
    """Check → rule → what was found, in the order of reading."""
    by_check: dict[str, dict[str, Found]] = {}
    for finding in reading.ordered(outcome.findings):
        _of(by_check, finding)[0].append(finding)
    for item in reading.waived(outcome):
        _of(by_check, item.finding)[1].append(item)
    broken = {rule for by_rule in by_check.values() for rule in by_rule}
    passed: dict[str, Found] = {rule: ([], []) for rule in reading.rules(outcome) if rule not in broken}
    if passed or not by_check:
        by_check.setdefault(outcome.command, {}).update(passed)
    return by_check


def _of(by_check: dict[str, dict[str, Found]], finding: Finding) -> Found:
    return by_check.setdefault(finding.check, {}).setdefault(finding.rule, ([], []))


def _suite(root: Element, check: str, by_rule: dict[str, Found], outcome: Outcome) -> None:
    suite = SubElement(root, "testsuite", name=visible(check))
    for rule in sorted(by_rule):
        case = SubElement(suite, "testcase", classname=visible(f"bellwether.{outcome.command}"), name=visible(rule))
        _case(case, *by_rule[rule])
    _total(suite, suite)
    if outcome.notes and suite is root[0]:
        SubElement(suite, "system-out").text = visible("\n".join(outcome.notes))


def _case(case: Element, findings: list[Finding], waived: list[Waived]) -> None:
    """Skipped, failures and output: the schema wants them in this order."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    said = [_text(finding) for finding in findings if finding.severity is not Severity.ERROR]
    reasons = [_waived(item) for item in waived]
    if reasons and not errors:
        SubElement(case, "skipped", message=f"{len(reasons)} waived").text = "\n\n".join(reasons)
    for finding in errors:
        kind = "stale" if finding.repair else "failed"
        SubElement(case, "failure", message=_said(finding), type=kind).text = _facts(finding)
    output = [*said, *(reasons if errors else [])]
    if output:
        SubElement(case, "system-out").text = "\n\n".join(output)


def _total(element: Element, cases: Iterable[Element]) -> None:
    each = list(cases)
    element.set("tests", str(len(each)))
    element.set("failures", str(sum(case.find("failure") is not None for case in each)))
    element.set("errors", "0")
    element.set("skipped", str(sum(case.find("skipped") is not None for case in each)))


def _said(finding: Finding) -> str:
    return visible(f"{finding.place}: {finding.message}" if finding.place else finding.message)


def _facts(finding: Finding) -> str:
    parts = [str(finding.subject), finding.detail]
    parts += [f"see {item.place}: {item.text}" for item in reading.related(finding)]
    parts += [f"repair with: {finding.repair}"] if finding.repair else []
    parts += [f"fingerprint {finding.fingerprint}"]
    return visible("\n".join(part for part in parts if part))


def _text(finding: Finding) -> str:
    return f"{_said(finding)}\n{_facts(finding)}"


def _waived(item: Waived) -> str:
    return f"{_text(item.finding)}\n{visible(f'{item.reason} ({item.owner}, until {item.expires})')}"
