"""`check`: is everything fresh, valid, linted, proved, covered and compatible? Writes nothing. With --fuzz all is fuzzed too."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, date, datetime

from tools.checking.compatibility import base_of, check_changes, check_coverage, check_lint, waive
from tools.checking.documents import check_document
from tools.checking.fuzzing import fuzzed
from tools.checking.playing import check_corpus, check_goldens, check_published, check_replay
from tools.checking.run import Run
from tools.fuzz.run import FuzzOptions
from tools.fuzz.run import run as fuzz
from tools.report import Report
from tools.reports.options import add_arguments, publish, reporting


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools check", description=__doc__)
    parser.add_argument("--fuzz", action="store_true", help="fuzz every operation as well")
    parser.add_argument(
        "--base",
        metavar="BASE",
        help="what the contract is compared with: a git revision, `release`, a file, or `none` "
        "(default: origin/main, else the newest release, else HEAD)",
    )
    add_arguments(parser)
    options = parser.parse_args(args)
    report = reporting(options)
    started = time.perf_counter()
    today = datetime.now(UTC).date()
    run = Run()
    _check(run, options.base, today, report)
    if options.fuzz and run.outcome.verdict != "failed":
        _fuzz(run, report)
    waive(run, today)
    run.outcome.counts = run.counts
    run.outcome.seconds = time.perf_counter() - started
    return publish(run.outcome, options)


def _check(run: Run, asked: str | None, today: date, report: Report) -> None:
    """Each step, as far as those before it allow."""
    with report.progress("document") as step:
        check_document(run)
        step("openapi.json")
    base = base_of(run, asked)
    if not run.document:
        return
    with report.progress("lint") as step:
        check_lint(run)
        step("models")
    with report.progress("goldens in memory") as step:
        check_goldens(run, step)
    if run.goldens:
        with report.progress("published files and coverage") as step:
            check_coverage(run, check_published(run), base)
            step("spec")
    with report.progress("goldens replayed, three event shapes each") as step:
        check_replay(run, step)
    with report.progress("corpus replayed") as step:
        check_corpus(run, step)
    with report.progress("differences from the base, with witnesses") as step:
        check_changes(run, base, today)
        step("diff")


def _fuzz(run: Run, report: Report) -> None:
    """Fuzzes every operation; a process of this machine's for each core."""
    with report.progress("operations fuzzed, then the stateful phase") as step:

        def progress(name: str, cases: int) -> None:
            step(name)
            report.line(f"  {name}: {cases} cases", style="dim")

        fuzzed(run, fuzz(FuzzOptions(), progress))
