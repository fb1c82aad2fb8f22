"""`corpus`: replays golden/corpus and writes what its requests are answered now; with --check only compares.

An answer that breaks the contract is never written down: that needs a person.
"""

from __future__ import annotations

import argparse

from tools.artefacts import repair, stale
from tools.corpus import files
from tools.corpus.entries import BadEntry
from tools.corpus.findings import COMMAND
from tools.corpus.replay import Kind, Replayed, replay
from tools.openapi.document import document
from tools.openapi.schemas import BadContract
from tools.report import FINE, STALE, Report

SHOWN = 20


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 4 if something is stale")
    options = parser.parse_args(args)
    report = Report()
    try:
        there = files.committed()
        with report.progress("entries of the corpus replayed") as step:
            done = replay(there, document(), step)
    except (BadContract, BadEntry) as error:
        return report.failed(str(error))
    return reported(done, report, options.check)


def reported(done: Replayed, report: Report, check: bool) -> int:
    """Says what differs and, unless only asked to compare, writes what is stale."""
    for difference in done.differences[:SHOWN]:
        report.line(f"{difference.place}: {difference.kind.value}: {difference.text}")
    if len(done.differences) > SHOWN:
        report.line(f"… and {len(done.differences) - SHOWN} more")
    report.line(f"{done.entries} entries, {done.calls} requests, {done.rate:,.0f} requests/s on one core")
    defects = sum(difference.kind is Kind.DEFECT for difference in done.differences)
    if defects:
        return report.failed(f"{defects} entries are answered against the contract")
    found = stale(done.files, files.OWNED)
    if not check:
        repair(found)
        return report.wrote(found, "corpus")
    if not found:
        report.line("fresh: corpus", style="green")
        return FINE
    report.line(f"{len(found)} files are stale; repair with: {COMMAND}", style="yellow")
    return STALE
