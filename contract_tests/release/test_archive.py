"""The archive of the published contract: the same content, the same bytes, and anybody can check it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tools.artefacts import ROOT
from tools.release.archive import EPOCH, BadArchive, archive, contents, epoch_of, keep, path_of
from tools.release.version import Version

TWO = Version(2, 0, 0)
TOP = "bellwether-contract-2.0.0"
SCRIPT = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[2], 8))
from tools.release.archive import archive, contents, keep, path_of
from tools.release.version import Version
version = Version(2, 0, 0)
keep(path_of(version, Path(sys.argv[1])), archive(version, contents(version)))
"""
MACHINES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC"},
    {"PYTHONHASHSEED": "7", "TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return archive(TWO, contents(TWO))


def names_in(data: bytes) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return tar.getnames()


def test_everything_published_is_in_it(made: bytes) -> None:
    spec = {path.relative_to(ROOT / "spec") for path in (ROOT / "spec").rglob("*") if path.is_file()}
    golden = {path.relative_to(ROOT) for path in (ROOT / "golden").rglob("*") if path.is_file()}
    added = {Path(name) for name in ("LICENSE", "SHA256SUMS", "manifest.json")}

    assert {Path(name) for name in names_in(made)} == {Path(TOP) / name for name in spec | golden | added}
    assert Path("openapi.json") in spec


def test_nothing_of_the_machine_is_in_it(made: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(made)) as tar:
        entries = tar.getmembers()

    assert [entry.name for entry in entries] == sorted(entry.name for entry in entries)
    assert {(e.mtime, e.uid, e.gid, e.uname, e.gname, e.mode, e.type) for e in entries} == {
        (EPOCH, 0, 0, "", "", 0o644, tarfile.REGTYPE)
    }


def test_its_bytes_are_the_same_in_another_folder_time_zone_locale_umask_and_hash_seed(
    made: bytes, tmp_path: Path
) -> None:
    for index, (machine, umask) in enumerate(zip(MACHINES, ("000", "077"), strict=True)):
        folder = copied(tmp_path / str(index))
        environ = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **machine}
        command = [sys.executable, "-c", SCRIPT, str(folder / "to"), umask]
        subprocess.run(command, env=environ, cwd="/", check=True)

        assert path_of(TWO, folder / "to").read_bytes() == made


def copied(folder: Path) -> Path:
    """What the archive is made from, as new files with new times and other modes."""
    for name in ("tools/release", "tools", "spec", "golden"):
        files = [path for path in (ROOT / name).glob("*.py" if "tools" in name else "**/*") if path.is_file()]
        for file in sorted(files, reverse=True):
            target = folder / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
            target.chmod(0o600)
    (folder / "LICENSE").write_bytes((ROOT / "LICENSE").read_bytes())
    return folder


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_its_sums_can_be_checked_and_a_changed_file_does_not_pass(made: bytes, tmp_path: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(made)) as tar:
        tar.extractall(tmp_path, filter="data")
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    whole = subprocess.run(command, cwd=tmp_path / TOP, capture_output=True, text=True, check=False)
    (tmp_path / TOP / "openapi.json").write_text("{}")
    changed = subprocess.run(command, cwd=tmp_path / TOP, capture_output=True, text=True, check=False)

    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "", "")
    assert changed.returncode == 1
    assert "openapi.json: FAILED" in changed.stdout


def test_every_file_but_the_sums_has_a_sum() -> None:
    files = contents(TWO)
    lines = files["SHA256SUMS"].decode().splitlines()

    assert {line.partition("  ")[2] for line in lines} == files.keys() - {"SHA256SUMS"}
    assert all(
        hashlib.sha256(files[name]).hexdigest() == digest for digest, name in (line.split("  ") for line in lines)
    )


def test_the_manifest_says_what_it_holds() -> None:
    files = contents(TWO)
    said = json.loads(files["manifest.json"])
    document = json.loads(files["openapi.json"])

    assert (said["name"], said["version"], said["openapi"]) == ("bellwether-contract", "2.0.0", "3.1.0")
    assert said["document"]["sha256"] == hashlib.sha256((ROOT / "spec/openapi.json").read_bytes()).hexdigest()
    assert said["counts"]["operations"] == len([o for path in document["paths"].values() for o in path.values()])
    assert said["counts"]["files"] == len(files) - 2
    assert said["counts"]["goldens"] == len(list((ROOT / "golden").rglob("*.json")))


def small(folder: Path) -> Path:
    (folder / "spec").mkdir(parents=True)
    (folder / "spec/openapi.json").write_text('{"openapi": "3.1.0", "paths": {}, "components": {"schemas": {}}}')
    (folder / "LICENSE").write_text("Do as you like.\n")
    return folder


def test_hidden_files_stay_at_home(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "spec/.openapi.json.swp").write_text("")
    (root / "golden/.cache").mkdir(parents=True)
    (root / "golden/.cache/x.json").write_text("{}")

    assert contents(TWO, root).keys() == {"LICENSE", "SHA256SUMS", "manifest.json", "openapi.json"}


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda root: (root / "LICENSE").unlink(), "LICENSE is not there"),
        (lambda root: (root / "spec/openapi.json").unlink(), "python -m tools generate"),
        (lambda root: (root / "spec/manifest.json").write_text(""), "spec/manifest.json has the name of a file"),
    ],
)
def test_what_cannot_be_archived_is_refused_by_a_sentence(spoil, says: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    root = small(tmp_path)
    spoil(root)

    with pytest.raises(BadArchive, match=says):
        contents(TWO, root)


def test_a_path_that_ustar_cannot_say_is_named() -> None:
    with pytest.raises(BadArchive, match=r"cannot be archived .*shorten its path"):
        archive(TWO, {"x" * 200: b""})


def test_source_date_epoch_is_the_instant_of_every_file() -> None:
    made = archive(TWO, {"a": b"1", "b": b"2"}, epoch_of({"SOURCE_DATE_EPOCH": "1700000000"}))
    with tarfile.open(fileobj=io.BytesIO(made)) as tar:
        times = [entry.mtime for entry in tar.getmembers()]

    assert times == [1_700_000_000] * 2
    assert epoch_of({}) == EPOCH


@pytest.mark.parametrize("text", ["", "yesterday", "-1", "1.5", "9" * 30, "8589934592"])
def test_an_instant_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadArchive, match="SOURCE_DATE_EPOCH"):
        epoch_of({"SOURCE_DATE_EPOCH": text})


def test_an_archive_that_is_there_is_left_alone_and_another_is_replaced(tmp_path: Path) -> None:
    file = path_of(TWO, tmp_path / "to")

    assert keep(file, b"1")
    assert not keep(file, b"1")
    assert keep(file, b"2")
    assert [path.name for path in file.parent.iterdir()] == ["bellwether-contract-2.0.0.tar"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "to").write_text("a file, not a folder")

    with pytest.raises(BadArchive, match="--to"):
        keep(path_of(TWO, tmp_path / "to"), b"1")
