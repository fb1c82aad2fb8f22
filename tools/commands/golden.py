"""`golden`: writes what the handlers answer, where the contract agrees, and what is published of it; with --check only compares."""

from __future__ import annotations

from tools import publish
from tools.goldens import golden
from tools.writing import write


def main(args: list[str]) -> int:
    return write(args, golden.COMMAND, __doc__, "goldens and what is published of them", publish.stale_files)
