"""`check`: is everything fresh, valid and proved? Writes nothing. With --fuzz every operation is fuzzed too."""

from __future__ import annotations

import argparse
import time

from rich.table import Table

from tools import check, generate
from tools.constraints import UnknownType
from tools.fuzz.run import FuzzOptions, FuzzOutcome, run
from tools.goldens import golden
from tools.goldens.violations import Unbreakable
from tools.openapi.schemas import BadContract
from tools.report import FINE, NEEDS_A_PERSON, STALE, Report


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
    except (BadContract, UnknownType, Unbreakable) as error:
        return report.failed(str(error))
    fuzzed = _fuzzed(checked, report) if options.fuzz and not checked.findings else None
    seconds = time.perf_counter() - started
    if options.json:
        print(check.as_json(checked, fuzzed, seconds))
    else:
        _show(checked, fuzzed, seconds, report)
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
    counts = checked.counts
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_column(justify="right", style="bold")
    table.add_column()
    table.add_row(str(counts.operations), "operations")
    table.add_row(str(counts.statuses), "statuses declared, each shown by a golden or by the gate's own")
    table.add_row(
        str(counts.constraints),
        f"constraints proved by a 422 that breaks nothing else ({counts.excluded} cannot be broken)",
    )
    table.add_row(str(counts.rules), "rules beyond JSON Schema, each broken by a golden")
    table.add_row(str(counts.goldens), "goldens")
    table.add_row(str(counts.replayed), "replayed calls: v1, v2 and Function URL events answer alike")
    if fuzzed:
        rates = ", ".join(f"{rate:.0f}" for rate in fuzzed.rates)
        table.add_row(str(fuzzed.cases), f"cases fuzzed ({rates} a second and process), digest {fuzzed.digest[:12]}")
    table.add_row(str(len(checked.findings)), "findings", style="red" if checked.findings else "green")
    table.add_row(f"{seconds:.1f}", "seconds")
    report.line()
    report.console.print(table)
    report.line()


def _verdict(checked: check.Checked, report: Report) -> int:
    for finding in checked.findings[:30]:
        report.line(f"✗ {finding}", style="red")
    if len(checked.findings) > 30:
        report.line(f"… and {len(checked.findings) - 30} more", style="red")
    spec = report.compared(checked.stale_spec, generate.COMMAND, "spec and routing tables")
    goldens = (
        FINE
        if checked.findings and not checked.stale_goldens
        else report.compared(checked.stale_goldens, golden.COMMAND, "goldens")
    )
    if checked.findings:
        report.line("failed: a person has to look at the findings above", style="bold red")
        return NEEDS_A_PERSON
    if STALE in (spec, goldens):
        report.line("stale: run the command above, read the difference, commit it", style="bold yellow")
        return STALE
    report.line("the contract holds", style="bold green")
    return FINE
