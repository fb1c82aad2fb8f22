"""The published contract as one file that anybody can check: the same content, the same bytes.

An uncompressed ustar: the bytes of a compressed one depend on the version of the compressor.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path

from tools.artefacts import ROOT, sorted_json
from tools.release.version import Version

NAME = "bellwether-contract"
SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
DOCUMENT = "openapi.json"
EPOCH = 315_532_800
"""1980-01-01T00:00:00Z, the first instant that every archiver can say."""
MADE_BY_NAME = frozenset({SUMS, MANIFEST})


class BadArchive(Exception):
    """There is no archive to be made. The message is a sentence that says what to do."""


def epoch_of(environ: Mapping[str, str]) -> int:
    """The instant of every file: that of SOURCE_DATE_EPOCH if it is set. Raises `BadArchive`."""
    said = environ.get("SOURCE_DATE_EPOCH", str(EPOCH))
    # Eleven octal digits are what ustar has for an instant.
    if not (said.isascii() and said.isdigit() and len(said) <= 11 and int(said) < 8**11):
        raise BadArchive(f"SOURCE_DATE_EPOCH is {said!r}; set it to seconds since 1970, or do not set it")
    return int(said)


def contents(version: Version, root: Path = ROOT) -> dict[str, bytes]:
    """Path in the archive → bytes of everything published: `spec/` at the top, `golden/`, the licence, and what proves them.

    Hidden files are left out. Raises `BadArchive`.
    """
    files = {**_below(root / "spec", root / "spec"), **_below(root / "golden", root)}
    files["LICENSE"] = _licence(root)
    for name in sorted(MADE_BY_NAME & files.keys()):
        raise BadArchive(f"spec/{name} has the name of a file that the archive adds; rename it")
    if DOCUMENT not in files:
        raise BadArchive(f"spec/{DOCUMENT} is not there; write it with python -m tools generate")
    files[MANIFEST] = sorted_json(manifest(version, files))
    files[SUMS] = sums(files)
    return dict(sorted(files.items()))


def _below(folder: Path, top: Path) -> dict[str, bytes]:
    """Path from `top` → bytes of every file below a folder."""
    paths = {path.relative_to(top): path for path in folder.rglob("*") if path.is_file()}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in paths.items()
        if not any(part.startswith(".") for part in name.parts)
    }


def _licence(root: Path) -> bytes:
    file = root / "LICENSE"
    if not file.is_file():
        raise BadArchive("LICENSE is not there; nobody may use a contract without one, so put it back")
    return file.read_bytes()


def manifest(version: Version, files: Mapping[str, bytes]) -> dict[str, object]:
    """What the archive is, for programs; counts are of what it holds."""
    document = json.loads(files[DOCUMENT])
    return {
        "name": NAME,
        "version": str(version),
        "openapi": document["openapi"],
        "document": {"path": DOCUMENT, "sha256": hashlib.sha256(files[DOCUMENT]).hexdigest()},
        "counts": {
            "files": len(files),
            "goldens": sum(_is_golden(name) for name in files),
            "operations": sum(len(item) for item in document["paths"].values()),
            "schemas": len(document["components"]["schemas"]),
        },
    }


def _is_golden(name: str) -> bool:
    return name.startswith("golden/") and name.endswith(".json")


def sums(files: Mapping[str, bytes]) -> bytes:
    """What `sha256sum -c` reads in the folder of the archive."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    return "".join(lines).encode()


def archive(version: Version, files: Mapping[str, bytes], epoch: int = EPOCH) -> bytes:
    """The archive of files, in one folder. Raises `BadArchive` for a path that ustar cannot say."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT, encoding="utf-8") as tar:
        for name, data in sorted(files.items()):
            entry = tarfile.TarInfo(f"{NAME}-{version}/{name}")
            entry.size, entry.mtime, entry.mode = len(data), epoch, 0o644
            try:
                tar.addfile(entry, io.BytesIO(data))
            except ValueError as error:
                raise BadArchive(f"{name} cannot be archived ({error}); shorten its path") from None
    return stream.getvalue()


def path_of(version: Version, folder: Path) -> Path:
    return folder / f"{NAME}-{version}.tar"


def keep(file: Path, data: bytes) -> bool:
    """Writes the archive, whole or not at all; False if it was there already. Raises `BadArchive`."""
    beside = file.with_name(f"{file.name}.new")
    try:
        if file.is_file() and file.read_bytes() == data:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        os.replace(beside, file)
    except OSError as error:
        raise BadArchive(f"{file} cannot be written ({error.strerror}); give another folder with --to") from None
    return True
