"""`golden`: writes what the handlers answer, where the contract agrees; with --check only compares."""

from __future__ import annotations

from tools.goldens import golden
from tools.writing import write


def main(args: list[str]) -> int:
    return write(args, golden.COMMAND, __doc__, "goldens", golden.stale_files)
