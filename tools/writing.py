"""A command that writes generated files: writes what is stale, or with --check compares only."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tools.artefacts import Stale, repair
from tools.openapi.schemas import BadContract
from tools.report import Report

Step = Callable[[str], None]


def write(
    args: list[str], command: str, description: str | None, what: str, stale: Callable[[Step], list[Stale]]
) -> int:
    """Brings the files up to date; 4 with --check if something is stale, 100 if the contract cannot be built."""
    parser = argparse.ArgumentParser(prog=command, description=description)
    parser.add_argument("--check", action="store_true", help="compare only; exit 4 if something is stale")
    options = parser.parse_args(args)
    report = Report()
    try:
        with report.progress(what) as step:
            found = stale(step)
    except BadContract as error:
        return report.failed(str(error))
    if options.check:
        return report.compared(found, command, what)
    repair(found)
    return report.wrote(found, what)
