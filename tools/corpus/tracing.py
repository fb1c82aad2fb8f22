"""Which branches of the handlers a call takes: pairs of lines that were run one after the other in one frame.

`sys.settrace` with a tracer that looks at handlers only: 1.2 ms a call. A measurement of coverage.py is faster while it
lasts, but to ask it what one call did takes 9 ms.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import handlers

ROOT = Path(next(iter(handlers.__path__))).parent
Arc = tuple[str, int, int]
"""File from the root of the repository, line, the line after it; 0 where a frame begins or goes on."""


class Tracer:
    """Collects arcs while it is on. Files are known by where their code says that it is."""

    def __init__(self, root: Path = ROOT, folder: str = "handlers") -> None:
        self._root = root
        self._inside = str(root / folder) + "/"
        self._files: dict[CodeType, str | None] = {}

    @contextmanager
    def arcs(self) -> Iterator[set[Arc]]:
        """A set that is filled by what is run inside."""
        found: set[Arc] = set()
        sys.settrace(self._entering(found))
        try:
            yield found
        finally:
            sys.settrace(None)

    def _entering(self, found: set[Arc]) -> Any:
        files = self._files

        def enter(frame: FrameType, event: str, argument: Any) -> Any:
            code = frame.f_code
            file = files[code] if code in files else self._file(code)
            return None if file is None else _following(file, found)

        return enter

    def _file(self, code: CodeType) -> str | None:
        """The file of code that is to be followed; what a module runs when it is imported is not."""
        inside = code.co_filename.startswith(self._inside) and code.co_name != "<module>"
        self._files[code] = str(Path(code.co_filename).relative_to(self._root)) if inside else None
        return self._files[code]


def _following(file: str, found: set[Arc]) -> Any:
    last = 0

    def follow(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal last
        if event == "line":
            found.add((file, last, frame.f_lineno))
            last = frame.f_lineno
        return follow

    return follow
