"""`check`: is everything fresh, valid and proved? Writes nothing. With --fuzz every operation is fuzzed too."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from tools import check, generate
from tools.fuzz.run import FuzzOptions, FuzzOutcome, run
from tools.goldens import golden
from tools.openapi.schemas import BadContract
from tools.report import FINE, NEEDS_A_PERSON, STALE, Report

CODES = {"fine": FINE, "stale": STALE, "failed": NEEDS_A_PERSON}
SHOWN_FINDINGS = 30


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools check", description=__doc__)
    parser.add_argument("--fuzz", action="store_true", help="fuzz every operation as well")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON, progress to standard error")
    options = parser.parse_args(args)
    report = Report(quiet=options.json)
    started = time.perf_counter()
    checked = check.Checked()
    try:
        _prove(checked, report)
    except BadContract as error:
        checked.findings.extend(str(error).splitlines())
    fuzzed = _fuzzed(checked, report) if options.fuzz and not checked.findings else None
    seconds = time.perf_counter() - started
    _show(checked, fuzzed, seconds, report)
    if options.json:
        print(check.as_json(checked, fuzzed, seconds))
    return _verdict(checked, report)


def _prove(checked: check.Checked, report: Report) -> None:
    with report.progress("document") as step:
        checked.counts = check.counted()
        made = check.check_document(checked)
        step("openapi.json")
    with report.progress("goldens in memory") as step:
        check.check_goldens(checked, step)
    with report.progress("goldens replayed, three event shapes each") as step:
        check.check_replay(checked, made, step)


def _fuzzed(checked: check.Checked, report: Report) -> FuzzOutcome:
    """Fuzzes every operation; a process of this machine's for each core."""
    with report.progress("operations fuzzed, then the stateful phase") as step:

        def progress(name: str, cases: int) -> None:
            step(name)
            report.line(f"  {name}: {cases} cases", style="dim")

        outcome = run(FuzzOptions(), progress)
    checked.findings.extend(
        f"{finding.operation_id}: {finding.check}: {finding.message} — replay: {finding.replay}"
        for finding in outcome.findings
    )
    return outcome


def _show(checked: check.Checked, fuzzed: FuzzOutcome | None, seconds: float, report: Report) -> None:
    report.line()
    for number, text in _rows(checked, fuzzed):
        report.line(f"{number:>7}  {text}")
    found = len(checked.findings)
    report.line(f"{found:>7}  findings", style="red" if found else "green")
    report.line(f"{seconds:>7.1f}  seconds")
    report.line()


def _rows(checked: check.Checked, fuzzed: FuzzOutcome | None) -> Iterator[tuple[int, str]]:
    """What was shown to hold, as far as it went."""
    counts = checked.counts
    yield counts.operations, "operations"
    yield counts.statuses, "statuses, each shown by a golden or by the gate's own"
    yield counts.constraints, f"constraints, each broken alone by a golden ({counts.excluded} no request can break)"
    yield counts.rules, "rules beyond JSON Schema, each broken by a golden"
    yield counts.goldens, "goldens"
    yield counts.replayed, "replays: v1, v2 and Function URL events are answered alike"
    if fuzzed:
        rates = ", ".join(f"{rate:.0f}" for rate in fuzzed.rates)
        yield fuzzed.cases, f"cases fuzzed, {rates} a second and process, digest {fuzzed.digest[:12]}"


def _verdict(checked: check.Checked, report: Report) -> int:
    """Every finding and every difference; the last line is the next thing to do."""
    for finding in checked.findings[:SHOWN_FINDINGS]:
        report.line(f"✗ {finding}", style="red")
    if len(checked.findings) > SHOWN_FINDINGS:
        report.line(f"… and {len(checked.findings) - SHOWN_FINDINGS} more", style="red")
    stale = {generate.COMMAND: checked.stale_spec, golden.COMMAND: checked.stale_goldens}
    for command, what in ((generate.COMMAND, "spec and routing tables"), (golden.COMMAND, "goldens")):
        if stale[command] or not checked.findings:
            report.compared(stale[command], command, what)
    if checked.findings:
        report.line("next: mend the findings above, then run this again", style="bold red")
    elif any(stale.values()):
        repairs = " && ".join(command for command, found in stale.items() if found)
        report.line(f"next: {repairs}, then read the difference and commit it", style="bold yellow")
    else:
        report.line("the contract holds", style="bold green")
    return CODES[checked.verdict]
