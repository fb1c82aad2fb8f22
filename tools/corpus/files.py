"""The corpus as files: one for each operation, a line for each entry, in an order that does not depend on how they were found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.artefacts import ROOT
from tools.corpus.entries import BadEntry, Entry, read, written
from tools.findings import Place

FOLDER = "golden/corpus"
OWNED = (f"{FOLDER}/*.jsonl",)
GATE = "gate"
"""Calls that mean no operation: unknown paths, other methods."""


def committed(root: Path = ROOT) -> dict[str, bytes]:
    """Path → bytes of the corpus as it lies there."""
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted((root / FOLDER).glob("*.jsonl"))}


def path_of(name: str) -> str:
    """The file of an operation, or of `GATE`."""
    return f"{FOLDER}/{name}.jsonl"


def name_in(path: str) -> str:
    """The operation whose file it is, or `GATE`."""
    return path.rpartition("/")[2].removesuffix(".jsonl")


def entries_in(files: Mapping[str, bytes]) -> dict[Place, Entry]:
    """Every entry by its line. Raises `BadEntry` naming the line of one that is none."""
    found: dict[Place, Entry] = {}
    for path, data in sorted(files.items()):
        for number, line in enumerate(_split(data), 1):
            try:
                found[Place(path, number)] = read(line)
            except BadEntry as error:
                raise _at(Place(path, number), error) from None
    return found


def _split(data: bytes) -> list[str]:
    """The lines of a file. JSON may hold what else counts as the end of a line, such as U+2028."""
    return data.decode(errors="replace").removesuffix("\n").split("\n") if data else []


def _at(place: Place, error: BadEntry) -> BadEntry:
    said = BadEntry(f"{place}: {error}; put the line right, or take it out")
    said.place = place
    return said


def files_of(entries: Iterable[tuple[str, Entry]]) -> dict[str, bytes]:
    """The files of entries, each given with the name of its file: failures first, then by status, then by what is asked."""
    rows: dict[str, list[Entry]] = {}
    for name, entry in entries:
        rows.setdefault(name, []).append(entry)
    return {path_of(name): _lines(there) for name, there in sorted(rows.items())}


def _lines(entries: list[Entry]) -> bytes:
    ordered = sorted(entries, key=lambda entry: (entry.found is None, entry.last.status, written(entry)))
    return "".join(f"{written(entry)}\n" for entry in ordered).encode()
