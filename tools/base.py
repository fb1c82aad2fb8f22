"""The contract that a change is compared with: read from git without checking it out, or from a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.artefacts import ROOT
from tools.compat.document import Document, NotAContract

Schema = dict[str, Any]
DOCUMENT = "spec/openapi.json"
GOLDENS = "golden"
MAIN = "origin/main"
RELEASE = "release"
DEPTH = 200
"""Levels of JSON that a document may have; ours has fewer than twenty."""
_version = re.compile(r"v([0-9]+)\.([0-9]+)\.([0-9]+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")


class BadBase(Exception):
    """There is nothing to compare with. The message is one sentence that says what to do."""


class NoGit(BadBase):
    """No git, or no repository: a file can still be a base."""


@dataclass(frozen=True, slots=True)
class Base:
    """A contract as it was. `revision` is the commit, None where the base is a file."""

    label: str
    document: Schema
    revision: str | None
    root: Path
    """The project's folder in the repository, or the folder in which `golden/` lies beside that of a file."""

    def file(self, path: str) -> bytes | None:
        """What a file of the base holds, by its path from the project's folder; None if the base has no such file."""
        if self.revision is None:
            return _bytes_at(self.root / path)
        names = _listed(self.root, self.revision, path)
        return _blobs(self.root, list(names.values()))[0] if list(names) == [path] else None

    def goldens(self) -> dict[str, bytes]:
        """Path → bytes of every golden of the base, by path; empty if there is none."""
        if self.revision is None:
            files = sorted((self.root / GOLDENS).rglob("*.json"))
            return {file.relative_to(self.root).as_posix(): file.read_bytes() for file in files if file.is_file()}
        names = {n: b for n, b in _listed(self.root, self.revision, GOLDENS).items() if n.endswith(".json")}
        return dict(zip(names, _blobs(self.root, list(names.values())), strict=True))


def read_base(asked: str | None = None, root: Path = ROOT) -> Base:
    """The base that is asked for. Raises `BadBase`.

    `asked` is `release` (the newest tag v* by semantic version; a branch of that name is `refs/heads/release`), a revision
    of git, or a file that holds an OpenAPI document. A text that is both is the revision; write `./name` for the file.
    Not said, it is `origin/main`, else the newest release, else `HEAD`.
    """
    if asked is None:
        return _revision(*_usual(root), root)
    if asked == RELEASE:
        return _revision(*_release(root), root)
    try:
        commit = _commit(asked, root)
    except NoGit:
        if not Path(asked).exists():
            raise
        commit = None
    if commit is not None:
        return _revision(asked, commit, root)
    return _from_file(asked)


def _usual(root: Path) -> tuple[str, str]:
    """(label, commit) of what a change is compared with if nothing is said."""
    commit = _commit(MAIN, root)
    if commit is not None:
        return MAIN, commit
    if releases(root):
        return _release(root)
    commit = _commit("HEAD", root)
    if commit is None:
        raise BadBase("the repository has no commit yet, so there is nothing to compare with; commit, or name a file")
    return "HEAD", commit


def _release(root: Path) -> tuple[str, str]:
    tags = releases(root)
    if not tags:
        raise BadBase("no release has been tagged (v1.2.3); fetch the tags (git fetch --tags), or name another base")
    commit = _commit(f"refs/tags/{tags[0]}", root)
    if commit is None:
        raise BadBase(f"the tag {tags[0]} names no commit; delete it or name another base")
    return tags[0], commit


def releases(root: Path = ROOT) -> list[str]:
    """The tags of releases, newest first by semantic version: a pre-release comes before its release. Raises `NoGit`."""
    tags = _git(root, "tag", "--list", "v*").decode().split()
    return sorted((tag for tag in tags if _version.fullmatch(tag)), key=_precedence, reverse=True)


def _precedence(tag: str) -> tuple[Any, ...]:
    """Semantic Versioning 2.0.0, section 11."""
    found = _version.fullmatch(tag)
    assert found is not None
    early = found[4]
    parts = [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in early.split(".")] if early else []
    return int(found[1]), int(found[2]), int(found[3]), early is None, parts, tag


def _commit(asked: str, root: Path) -> str | None:
    """The commit that a text names; None if it names none. Raises `NoGit`."""
    _git(root, "rev-parse", "--git-dir")
    if not asked or "\0" in asked:
        return None
    found = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{asked}^{{commit}}")
    return found.stdout.decode().strip() if found.returncode == 0 else None


def _revision(label: str, commit: str, root: Path) -> Base:
    found = _listed(root, commit, DOCUMENT)
    if list(found) != [DOCUMENT]:
        raise BadBase(f"{label} has no {DOCUMENT}: it is older than the contract; name a newer revision or a file")
    data = _blobs(root, list(found.values()))[0]
    return Base(f"{label} ({commit[:7]})" if label != commit else label, _contract(data, label), commit, root)


def _from_file(asked: str) -> Base:
    file = Path(asked)
    if not asked or "\0" in asked or not file.exists():
        raise BadBase(
            f"{asked!r} is neither a revision of git nor a file; fetch it (git fetch origin {asked or 'main'}), "
            f"or name a branch, a tag, a file or {RELEASE!r}"
        )
    if not file.is_file():
        raise BadBase(f"{asked} is not a file; name the document itself, {asked.rstrip('/')}/openapi.json for instance")
    data = _bytes_at(file)
    if data is None:
        raise BadBase(f"{asked} cannot be read; make it readable or name another base")
    return Base(asked, _contract(data, asked), None, file.absolute().parent.parent)


def read_document(asked: str) -> Schema:
    """An OpenAPI document in a file. Raises `BadBase`."""
    if not Path(asked).exists():
        raise BadBase(f"there is no file {asked}; name an OpenAPI 3.1 document")
    return _from_file(asked).document


def _bytes_at(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _contract(data: bytes, label: str) -> Schema:
    """The document in a file. Raises `BadBase` for whatever is no contract."""
    other = "name a base whose spec/openapi.json is whole"
    try:
        made = json.loads(data)
    except UnicodeDecodeError:
        raise BadBase(f"{label} holds bytes that are no text, so no contract; {other}") from None
    except RecursionError:
        raise BadBase(f"{label} is nested too deeply to be a contract; {other}") from None
    except ValueError as error:
        raise BadBase(f"{label} is no JSON or has been cut off ({error}); {other}") from None
    if _is_deep(made):
        raise BadBase(f"{label} is nested too deeply to be a contract; {other}")
    if not isinstance(made, dict):
        raise BadBase(f"{label} is JSON but no object, so no contract; {other}")
    _check_version(made, label)
    try:
        Document(made, label)
    except NotAContract as error:
        raise BadBase(str(error)) from None
    return made


def _is_deep(value: Any) -> bool:
    """Whether a value is nested deeper than what walks it may go."""
    layer = [value]
    for _ in range(DEPTH):
        layer = [inner for outer in layer for inner in _members(outer)]
        if not layer:
            return False
    return True


def _members(value: Any) -> Collection[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _check_version(made: Schema, label: str) -> None:
    said = made.get("openapi", made.get("swagger"))
    if said is None:
        raise BadBase(f"{label} is JSON but says no version of OpenAPI, so no contract; name an OpenAPI 3.1 document")
    if not (isinstance(said, str) and re.match(r"3\.1(\.|$)", said) and "openapi" in made):
        raise BadBase(f"{label} is OpenAPI {said}; only 3.1 is compared, so convert it to 3.1 or name another base")


def _listed(root: Path, commit: str, path: str) -> dict[str, str]:
    """Path from the project's folder → id of each file at or below `path` in a commit."""
    lines = _git(root, "ls-tree", "-r", "-z", commit, "--", path).decode("utf-8", "surrogateescape").split("\0")
    found = (line.partition("\t") for line in lines if line)
    return {name: info.split()[2] for info, _, name in found if info.split()[1] == "blob"}


def _blobs(root: Path, ids: list[str]) -> list[bytes]:
    """The bytes of each object, all from one process."""
    if not ids:
        return []
    data = _git(root, "cat-file", "--batch", stdin="".join(f"{id_}\n" for id_ in ids).encode())
    made, at = [], 0
    for id_ in ids:
        end = data.index(b"\n", at)
        head = data[at:end].split()
        if head[-1] == b"missing":
            raise BadBase(f"the repository lacks the object {id_[:7]}; fetch the whole history (git fetch --unshallow)")
        size = int(head[2])
        made.append(data[end + 1 : end + 1 + size])
        at = end + size + 2
    return made


def _git(root: Path, *args: str, stdin: bytes = b"") -> bytes:
    """What git prints. Raises `NoGit` with its own reason."""
    ran = _run(root, *args, stdin=stdin)
    if ran.returncode:
        reason = ran.stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
        raise NoGit(f"git cannot be asked here ({reason or f'exit code {ran.returncode}'}); name a file as the base")
    return ran.stdout


def _run(root: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        environ = {**os.environ, "LC_ALL": "C"}
        command = ["git", "-C", str(root), *args]
        return subprocess.run(command, input=stdin, env=environ, capture_output=True, check=False)
    except FileNotFoundError:
        raise NoGit("git is not installed; install it, or name a file as the base") from None
