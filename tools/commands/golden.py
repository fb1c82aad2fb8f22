"""`golden`: writes what the handlers answer, where the contract agrees; with --check only compares."""

from __future__ import annotations

import argparse

from tools.artefacts import repair
from tools.constraints import UnknownType
from tools.goldens import golden
from tools.goldens.violations import Unbreakable
from tools.report import Report


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools golden", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 4 if something is stale")
    options = parser.parse_args(args)
    report = Report()
    try:
        with report.progress("goldens") as step:
            found = golden.stale_files(step)
    except (golden.Unproved, Unbreakable, UnknownType) as error:
        return report.failed(str(error))
    if options.check:
        return report.compared(found, golden.COMMAND, "goldens")
    repair(found)
    return report.wrote(found, "goldens")
