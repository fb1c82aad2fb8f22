"""`bench`: what the gate, a cold start and the tools cost, as ratios to a floor of the same run."""

from __future__ import annotations

import argparse

from rich.table import Table

from tools.bench.measure import Budget
from tools.bench.rows import Results, as_json, as_markdown
from tools.bench.run import GROUPS, run
from tools.report import FINE, Report

WIDTH = 190
QUICK = Budget(
    rounds=3,
    round_ns=100_000,
    starts=1,
    examples=1,
    fuzzed="validateTicker",
    calls=1,
    day_minutes=2,
    polled_minutes=1,
)


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools bench", description=__doc__)
    parser.add_argument("--only", choices=tuple(GROUPS), action="append", default=[], help="measure this group only")
    parser.add_argument("--quick", action="store_true", help="a few rounds: shows the rows, proves nothing")
    parser.add_argument("--gate", action="store_true", help="exit 100 if a target is missed")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="a table for a README")
    form.add_argument("--json", action="store_true", help="for a machine")
    options = parser.parse_args(args)
    report = Report(quiet=options.markdown or options.json)
    with report.progress("measured groups") as step:
        results = run(QUICK if options.quick else Budget(), tuple(options.only), step)
    if options.markdown or options.json:
        print(as_json(results) if options.json else as_markdown(results))
    else:
        show(report, results)
    return outcome(report, results, options.gate)


def show(report: Report, results: Results) -> None:
    """The table on a terminal."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", no_wrap=True)
    table.add_column("what", no_wrap=True)
    table.add_column("measured", justify="right", no_wrap=True)
    table.add_column("target", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("", style="dim", no_wrap=True)
    group = ""
    for row in results.shown:
        style = "red" if row.holds is False else None
        table.add_row(
            row.group if row.group != group else "",
            row.what,
            row.measured,
            row.promised,
            row.verdict,
            row.note,
            style=style,
        )
        group = row.group
    report.console.width = max(report.console.width, WIDTH)
    report.console.print(table)
    for note in results.notes:
        report.line(note, style="dim")


def outcome(report: Report, results: Results, gate: bool) -> int:
    """Over a target is a finding only where it was asked for: a busy machine is no defect."""
    over = ", ".join(f"{row.group}: {row.what}" for row in results.over)
    if over and gate:
        return report.failed(f"over the target: {over}")
    report.line(f"over the target: {over}" if over else "every target is met", style="yellow" if over else "green")
    return FINE
