"""The confusion matrix of the table of mutations, in Markdown; beside it that of redocly's diff, where it is installed.

`python -m contract_tests.compat.matrix [--redocly PATH]`
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from contract_tests.compat.mutations import CLASSES, TODAY, mutations, said
from tools.compat.comparing import changes
from tools.openapi.schemas import Schema

IMPACTS = ("major", "minor", "patch", "none")
"""What redocly says of a change, worst first."""
Compare = Callable[[Schema, Schema], str]
Judged = tuple[str, str, str]
"""A mutation and its direction, what is expected, what was said."""


def judged(compare: Compare) -> Iterator[Judged]:
    """Every mutation in both directions."""
    for mutation in mutations():
        before, after = mutation.contracts()
        yield mutation.name, mutation.forward, compare(before, after)
        yield f"{mutation.name}, backwards", mutation.backward, compare(after, before)


def ours(before: Schema, after: Schema) -> str:
    return said(changes(before, after, TODAY))


def redocly(binary: Path, folder: Path) -> Compare:
    """What redocly's diff says of two contracts, written to a folder for it."""
    environment = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}

    def compare(before: Schema, after: Schema) -> str:
        for name, contract in (("before.json", before), ("after.json", after)):
            (folder / name).write_text(json.dumps(contract), "utf-8")
        asked = [str(binary), "diff", "before.json", "after.json", "--format", "json", "--fail-on", "none"]
        ran = subprocess.run(asked, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        return str(json.loads(ran.stdout).get("bump", "none"))

    return compare


def table(found: Sequence[Judged], columns: Sequence[str]) -> str:
    """Rows are what is expected, columns what was said."""
    counts = Counter((expected, answer) for _, expected, answer in found)
    lines = [f"| expected | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    lines += [f"| {row} | {' | '.join(str(counts[row, column]) for column in columns)} |" for row in CLASSES]
    return "\n".join(lines)


def wrong(found: Sequence[Judged], breaking: str, harmless: Sequence[str]) -> list[str]:
    """The mutations that would hurt: breaking ones that pass for harmless, equivalent ones that stop a release."""
    missed = [name for name, expected, answer in found if expected == "breaking" and answer in harmless]
    alarms = [name for name, expected, answer in found if expected == "equivalent" and answer == breaking]
    return [f"- breaking, called harmless: {name}" for name in missed] + [
        f"- equivalent, called breaking: {name}" for name in alarms
    ]


def main(args: Sequence[str]) -> int:
    """Prints the matrices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--redocly", type=Path, help="the binary of @redocly/cli")
    asked = parser.parse_args(args)
    own = list(judged(ours))
    print(
        "\n".join(
            ("### tools diff", "", table(own, CLASSES), "", *wrong(own, "breaking", ("careful", "safe", "equivalent")))
        )
    )
    if asked.redocly:
        with TemporaryDirectory() as folder:
            other = list(judged(redocly(asked.redocly.resolve(), Path(folder))))
        print(
            "\n".join(
                ("### redocly diff", "", table(other, IMPACTS), "", *wrong(other, "major", ("minor", "patch", "none")))
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
