"""`coverage`: how much of the contract goldens and corpus exercise, operation by operation, and what they do not."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from fnmatch import fnmatchcase

from models.registry import entries
from tools.artefacts import ROOT
from tools.corpus import files
from tools.corpus.entries import BadEntry
from tools.coverage.findings import RULES, findings
from tools.coverage.items import Coverage
from tools.coverage.measuring import by_kind, measured
from tools.findings import Outcome
from tools.goldens import replay
from tools.openapi.document import document
from tools.report import Report
from tools.reports.options import add_arguments, publish
from tools.sources import Sources

COLUMNS = {
    ("keyword", "accepted"): "accepted",
    ("keyword", "refused"): "refused",
    ("status", "shown"): "statuses",
    ("header", "shown"): "headers",
    ("link", "shown"): "links",
    ("event", "shown"): "events",
}


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools coverage", description=__doc__)
    parser.add_argument("--operation", default="*", metavar="GLOB", help="operation ids, such as 'get*' (default: all)")
    parser.add_argument("--missing", action="store_true", help="show operations that lack something only")
    add_arguments(parser)
    options = parser.parse_args(args)
    started = time.perf_counter()
    report = Report(quiet=True)
    goldens = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in replay.files()}
    try:
        coverage = measured(document(), goldens, files.committed())
    except BadEntry as error:
        return report.failed(str(error))
    wanted = _of(coverage, options.operation)
    if not wanted.exercised:
        return report.failed(
            f"no operation is called {options.operation!r}; there are {', '.join(coverage.operation_ids)}"
        )
    for line in table(wanted, options.missing):
        report.line(line)
    outcome = Outcome("coverage", list(findings(wanted, Sources(entries()), None)), rules=RULES, counts=_counts(wanted))
    outcome.seconds = time.perf_counter() - started
    return publish(outcome, options)


def _of(coverage: Coverage, glob: str) -> Coverage:
    return Coverage({i: n for i, n in coverage.exercised.items() if fnmatchcase(i.subject.operation_id, glob)})


def _counts(coverage: Coverage) -> dict[str, int]:
    exercised = len(coverage.exercised) - len(coverage.missing)
    return {f"items exercised by goldens and corpus, of {len(coverage.exercised):,}": exercised}


def table(coverage: Coverage, missing: bool = False) -> Iterator[str]:
    """A line for each operation: exercised of all, by kind; those that lack something only, if asked for."""
    yield f"{'operation':<30}{'share':>9}  " + "".join(f"{name:>10}" for name in COLUMNS.values())
    for name in coverage.operation_ids:
        part = coverage.of(name)
        if part.missing or not missing:
            yield _row(name, part)
    yield _row("all", coverage)


def _row(name: str, coverage: Coverage) -> str:
    kinds = by_kind(coverage)
    cells = (kinds.get(column) for column in COLUMNS)
    texts = (f"{cell['exercised']}/{cell['total']}" if cell else "-" for cell in cells)
    return f"{name:<30}{float(coverage.share):>9.2%}  " + "".join(f"{text:>10}" for text in texts)
