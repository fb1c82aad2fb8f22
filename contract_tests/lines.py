"""Lines of files by what stands on them, so that no test counts lines."""

from __future__ import annotations

from pathlib import Path

from tools.artefacts import ROOT
from tools.findings import Place


def line_of(path: str, text: str, after: str = "", *, root: Path = ROOT) -> Place:
    """The first line that begins with a text, apart from its indentation, below the first one that begins with `after`."""
    seen = not after
    for number, line in enumerate((root / path).read_text("utf-8").splitlines(), 1):
        if seen and line.strip().startswith(text):
            return Place(path, number)
        seen = seen or line.strip().startswith(after)
    raise AssertionError(f"no line of {path} begins with {text!r} below {after!r}")
