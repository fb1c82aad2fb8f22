"""Generated files: what they should be, what they are, the difference, and writing only what changed.

An artefact is fresh or stale. Writing replaces a file whole (write beside, then rename) and leaves equal bytes alone.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHOWN_LINES = 40
SHOWN_FILES = 10
COMPARED_LINES = 60_000
"""The document has 35,000 and takes a second."""


def sorted_json(value: Any) -> bytes:
    """JSON as generated files have it: sorted keys, two spaces, LF, one final newline."""
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Stale:
    """A generated file that is not what it should be; None stands for no file."""

    path: str
    expected: bytes | None
    found: bytes | None

    @property
    def state(self) -> str:
        if self.found is None:
            return "missing"
        return "left over" if self.expected is None else "changed"

    def diff(self) -> str:
        """A unified diff from what is there to what should be, cut to a readable length."""
        old = (self.found or b"").decode(errors="replace").splitlines()
        new = (self.expected or b"").decode(errors="replace").splitlines()
        if max(len(old), len(new)) > COMPARED_LINES:
            return f"{len(old)} lines are there, {len(new)} should be"
        lines = list(
            difflib.unified_diff(old, new, f"committed/{self.path}", f"generated/{self.path}", lineterm="", n=2)
        )
        more = [f"… {len(lines) - SHOWN_LINES} more lines"] if len(lines) > SHOWN_LINES else []
        return "\n".join(lines[:SHOWN_LINES] + more)


def stale(expected: Mapping[str, bytes], owned: Iterable[str] = (), root: Path = ROOT) -> list[Stale]:
    """What differs between the files that should be (path from the root → bytes) and those that are there, by path.

    `owned` are globs of files that are there for no other reason: one that should not be is left over.
    """
    there = {str(path.relative_to(root)) for glob in owned for path in root.glob(glob) if path.is_file()}
    found = []
    for path in sorted(there | set(expected)):
        file = root / path
        bytes_there = file.read_bytes() if file.is_file() else None
        if bytes_there != expected.get(path):
            found.append(Stale(path, expected.get(path), bytes_there))
    return found


def repair(items: list[Stale], root: Path = ROOT) -> None:
    """Makes the files what they should be."""
    for item in items:
        file = root / item.path
        if item.expected is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(file.suffix + ".new")
        beside.write_bytes(item.expected)
        os.replace(beside, file)


def described(items: list[Stale], command: str) -> Iterator[str]:
    """Lines for a person: what is stale, how it differs, what to run."""
    for item in items[:SHOWN_FILES]:
        yield f"{item.path}: {item.state}"
        yield from item.diff().splitlines()
    if len(items) > SHOWN_FILES:
        yield f"… and {len(items) - SHOWN_FILES} more files"
    yield f"{len(items)} stale; repair with: {command}"
