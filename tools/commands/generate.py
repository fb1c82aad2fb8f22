"""`generate`: writes what the models say; with --check only compares."""

from __future__ import annotations

from tools import generate
from tools.writing import write


def main(args: list[str]) -> int:
    return write(args, generate.COMMAND, __doc__, "spec and routing tables", generate.stale_files)
