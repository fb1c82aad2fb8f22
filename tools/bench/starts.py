"""Starts fresh interpreters in turn and prints what each used: CPU time (user and system, ns) and peak memory (KiB).

A program of its own that imports next to nothing: Linux counts the memory of the process that starts another one as the
other's, so whoever starts must be smaller than what is measured. Reads `[rounds, [source, …]]`, writes `[[[ns, KiB], …], …]`.
"""

from __future__ import annotations

import json
import os
import sys


def used(source: str) -> tuple[int, int]:
    """What one run of a program used. Raises `SystemExit` if it fails."""
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", source], os.environ)
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"a measured program failed with status {os.waitstatus_to_exitcode(status)}:\n{source}")
    return round((usage.ru_utime + usage.ru_stime) * 1e9), usage.ru_maxrss


def main() -> None:
    rounds, sources = json.loads(sys.stdin.read())
    for source in sources:
        used(source)  # writes the bytecode
    found: list[list[tuple[int, int]]] = [[] for _ in sources]
    for _ in range(rounds):
        for runs, source in zip(found, sources, strict=True):
            runs.append(used(source))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
