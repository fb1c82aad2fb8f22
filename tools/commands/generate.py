"""`generate`: writes what the models say; with --check only compares."""

from __future__ import annotations

import argparse

from tools import generate
from tools.artefacts import repair
from tools.openapi.schemas import BadContract
from tools.report import Report


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 4 if something is stale")
    options = parser.parse_args(args)
    report = Report()
    try:
        found = generate.stale_files()
    except BadContract as error:
        return report.failed(str(error))
    if options.check:
        return report.compared(found, generate.COMMAND, "spec and routing tables")
    repair(found)
    return report.wrote(found, "spec and routing tables")
