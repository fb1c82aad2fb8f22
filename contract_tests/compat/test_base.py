"""A base is read from git without checking it out, or from a file; whatever cannot be one is told in a sentence."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools.base import BadBase, read_base, releases

CONTRACT: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}}


def git(folder: Path, *args: str) -> str:
    told = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=A", "-c", "user.email=a@bellwether.example", "-c", "init.defaultBranch=main"]
    ran = subprocess.run(
        ["git", *who, *args], cwd=folder, env={**os.environ, **told}, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def committed(folder: Path, title: str, *tags: str) -> str:
    """The commit of a contract with this title, tagged."""
    (folder / "spec").mkdir(exist_ok=True)
    said = {**CONTRACT, "info": {"title": title, "version": "1"}}
    (folder / "spec/openapi.json").write_text(json.dumps(said))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", title)
    for tag in tags:
        git(folder, "tag", tag)
    return git(folder, "rev-parse", "HEAD")


def title_of(folder: Path, asked: str | None = None) -> str:
    title: str = read_base(asked, folder).document["info"]["title"]
    return title


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def test_a_revision_is_read_without_being_checked_out(tree: Path) -> None:
    (tree / "golden/dashboard/a/getA").mkdir(parents=True)
    (tree / "golden/dashboard/a/getA/200-é.json").write_bytes(b'{"old": "\xc3\xa9"}\n')
    (tree / "golden/notes.txt").write_text("no golden")
    first = committed(tree, "old")
    (tree / "golden/dashboard/a/getA/200-é.json").unlink()
    committed(tree, "new")
    (tree / "spec/openapi.json").write_text("not even saved")
    base = read_base(first, tree)

    assert (base.document["info"]["title"], base.revision) == ("old", first)
    assert base.goldens() == {"golden/dashboard/a/getA/200-é.json": b'{"old": "\xc3\xa9"}\n'}
    assert base.file("golden/notes.txt") == b"no golden"
    assert base.file("golden") is None
    assert base.file("nowhere") is None
    assert (tree / "spec/openapi.json").read_text() == "not even saved"


def test_a_branch_a_tag_and_a_short_id_are_revisions(tree: Path) -> None:
    first = committed(tree, "first", "v1.0.0")
    git(tree, "branch", "side")
    committed(tree, "second")

    assert {title_of(tree, asked) for asked in ("side", "v1.0.0", first[:8], "HEAD~1", "refs/tags/v1.0.0")} == {"first"}


def test_the_release_is_the_newest_tag_by_semantic_version(tree: Path) -> None:
    committed(tree, "ten", "v1.10.0")
    committed(tree, "nine", "v1.9.0", "v1.10.0-rc.11", "v1.10.0-rc.2", "version", "v2", "v1.x.0")

    assert title_of(tree, "release") == "ten"
    assert releases(tree) == ["v1.10.0", "v1.10.0-rc.11", "v1.10.0-rc.2", "v1.9.0"]


def test_without_a_wish_it_is_the_main_branch_else_the_release_else_the_head(tree: Path) -> None:
    committed(tree, "released", "v1.0.0")
    main = committed(tree, "main")
    committed(tree, "head")
    with_release = title_of(tree)
    git(tree, "update-ref", "refs/remotes/origin/main", main)
    with_main = title_of(tree)
    git(tree, "update-ref", "-d", "refs/remotes/origin/main")
    git(tree, "tag", "-d", "v1.0.0")

    assert (with_main, with_release, title_of(tree)) == ("main", "released", "head")


def test_a_file_is_a_base_with_the_goldens_beside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "old/spec").mkdir(parents=True)
    (tmp_path / "old/golden/a").mkdir(parents=True)
    (tmp_path / "old/spec/openapi.json").write_text(json.dumps(CONTRACT))
    (tmp_path / "old/golden/a/one.json").write_text("{}")
    (tmp_path / "alone.json").write_text(json.dumps(CONTRACT))
    base = read_base(str(tmp_path / "old/spec/openapi.json"), tmp_path)

    assert base.revision is None
    assert base.goldens() == {"golden/a/one.json": b"{}"}
    assert base.file("golden/a/one.json") == b"{}"
    assert read_base(str(tmp_path / "alone.json"), tmp_path).goldens() == {}


def test_what_is_a_revision_and_a_file_is_the_revision(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(tree, "committed", "v1.0.0")
    (tree / "v1.0.0").write_text(json.dumps({**CONTRACT, "info": {"title": "a file"}}))
    monkeypatch.chdir(tree)

    assert title_of(tree, "v1.0.0") == "committed"
    assert title_of(tree, "./v1.0.0") == "a file"


def bad(asked: str | None, root: Path) -> str:
    with pytest.raises(BadBase) as caught:
        read_base(asked, root)
    text = str(caught.value)
    assert "\n" not in text
    assert len(text) < 500
    return text


@pytest.mark.parametrize("asked", ["nowhere", "HEAD:spec/openapi.json", "a..b", "", "-n", "--all", "a\0b", "v9", "é"])
def test_what_is_neither_a_revision_nor_a_file_is_told(tree: Path, asked: str) -> None:
    committed(tree, "one")

    assert "is neither a revision of git nor a file" in bad(asked, tree)


def test_a_tree_without_git_is_told_unless_a_file_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(CONTRACT))

    assert "not a git repository" in bad(None, tmp_path)
    assert "not a git repository" in bad("release", tmp_path)
    assert "name a file as the base" in bad("main", tmp_path)
    assert read_base(str(tmp_path / "a.json"), tmp_path).document == CONTRACT


def test_a_machine_without_git_is_told_unless_a_file_is_asked_for(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(tree, "one")
    monkeypatch.setenv("PATH", str(tree))

    assert "git is not installed; install it, or name a file" in bad(None, tree)
    assert read_base(str(tree / "spec/openapi.json"), tree).document["info"]["title"] == "one"


def test_a_repository_without_a_commit_or_a_release_is_told(tree: Path) -> None:
    assert "no commit yet" in bad(None, tree)
    assert "no release has been tagged" in bad("release", tree)


def test_a_revision_older_than_the_contract_is_told(tree: Path) -> None:
    (tree / "README").write_text("nothing yet")
    git(tree, "add", "-A")
    git(tree, "commit", "-qm", "before")

    assert "HEAD has no spec/openapi.json" in bad("HEAD", tree)


def test_a_folder_in_place_of_the_document_is_told(tree: Path) -> None:
    (tree / "spec/openapi.json").mkdir(parents=True)
    (tree / "spec/openapi.json/a").write_text("{}")
    git(tree, "add", "-A")
    git(tree, "commit", "-qm", "a folder")

    assert "HEAD has no spec/openapi.json" in bad("HEAD", tree)
    assert "is not a file" in bad(str(tree / "spec"), tree)


REF = {"$ref": "#/components/schemas/A"}
BODY = {"content": {"application/json": {"schema": REF}}}
USING = {**CONTRACT, "paths": {"/a": {"post": {"operationId": "a", "requestBody": BODY, "responses": {}}}}}
NO_CONTRACTS: dict[str, tuple[bytes, str]] = {
    "truncated": (json.dumps(CONTRACT).encode()[:-9], "is no JSON or has been cut off"),
    "empty": (b"", "is no JSON or has been cut off"),
    "text": (b"openapi: 3.1.0\n", "is no JSON or has been cut off"),
    "binary": (bytes(range(256)) * 9, "is no JSON or has been cut off"),
    "bytes that are no text": (b'{"openapi": "\xff"}', "holds bytes that are no text"),
    "a list": (b"[]", "is JSON but no object"),
    "null": (b"null", "is JSON but no object"),
    "no version": (b"{}", "says no version of OpenAPI"),
    "OpenAPI 3.0": (json.dumps({**CONTRACT, "openapi": "3.0.3"}).encode(), "is OpenAPI 3.0.3; only 3.1 is compared"),
    "OpenAPI 2.0": (b'{"swagger": "2.0", "paths": {}}', "is OpenAPI 2.0; only 3.1 is compared"),
    "a later OpenAPI": (json.dumps({**CONTRACT, "openapi": "4.0.0"}).encode(), "is OpenAPI 4.0.0"),
    "a number for a version": (b'{"openapi": 3.1, "paths": {}}', "is OpenAPI 3.1"),
    "no paths": (b'{"openapi": "3.1.0"}', "paths"),
    "paths of another kind": (b'{"openapi": "3.1.0", "paths": []}', "paths"),
    "a path of another kind": (b'{"openapi": "3.1.0", "paths": {"/a": 3}}', "/a"),
    "nested without end": (b'{"openapi": "3.1.0", "paths": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001, "deep"),
    "nested too deeply": (b'{"openapi": "3.1.0", "paths": {"/a":' + b'{"get":' * 900 + b"1" + b"}" * 902, "deep"),
    "an unresolved $ref": (json.dumps(USING).encode(), "which is not there"),
    "a circular $ref": (
        json.dumps({**USING, "components": {"schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": REF}}}).encode(),
        "leads back to itself",
    ),
    "a $ref out of the document": (
        json.dumps({**USING, "components": {"schemas": {"A": {"$ref": "other.json#/A"}}}}).encode(),
        "outside itself",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NO_CONTRACTS)
def test_what_is_no_contract_is_told_from_a_file_and_from_a_revision(tree: Path, what: str) -> None:
    data, says = NO_CONTRACTS[what]
    (tree / "spec").mkdir()
    (tree / "spec/openapi.json").write_bytes(data)
    git(tree, "add", "-A")
    git(tree, "commit", "-qm", "broken")

    assert says in bad(str(tree / "spec/openapi.json"), tree)
    assert says in bad("HEAD", tree)
