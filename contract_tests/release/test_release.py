"""`python -m tools release`, end to end on copies that have their own git repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tests.copies import copied, run
from models.version import VERSION
from tools.artefacts import ROOT

pytestmark = pytest.mark.exhaustive

FINE, STALE, NEEDS_A_PERSON = 0, 4, 100
DAY = "2026-11-21"
CHANGELOG = "spec/CHANGELOG.md"
LIMIT = ("models/dashboard/tickers.py", "Field(ge=1, le=20)]", "Field(ge=1, le=25)]")
NARROWER = ("models/dashboard/tickers.py", "Field(ge=1, le=20)]", "Field(ge=1, le=10)]")
TEXT = ("models/dashboard/market.py", 'summary="Whether the exchange is open"', 'summary="Is the exchange open"')


@dataclass(frozen=True)
class Copy:
    """A copy of the project in a repository of its own."""

    folder: Path

    def git(self, *args: str) -> str:
        identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@bellwether.example", "-c", "gc.auto=0")
        environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "-C", str(self.folder), *identity, *args]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout

    def commit(self, tag: str = "") -> None:
        self.git("add", "-A")
        self.git("commit", "--quiet", "--allow-empty", "-m", "a change")
        if tag:
            self.git("tag", tag)

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")

    def declare(self, version: str) -> None:
        self.change("models/version.py", f'"{VERSION}"', f'"{version}"')

    def tool(self, *args: str) -> subprocess.CompletedProcess[str]:
        return run(self.folder, *args)

    def release(self, *args: str) -> tuple[int, str]:
        """The exit code and everything that was printed."""
        ran = self.tool("release", *args)
        assert "Traceback" not in ran.stdout + ran.stderr, ran.stderr
        return ran.returncode, " ".join((ran.stdout + ran.stderr).split())

    def regenerate(self) -> None:
        """Writes everything that the models and handlers say."""
        for command in ("generate", "golden"):
            ran = self.tool(command)
            assert ran.returncode == FINE, ran.stdout + ran.stderr

    @property
    def changelog(self) -> str:
        return (self.folder / CHANGELOG).read_text("utf-8")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Fresh and committed, and nothing tagged yet."""
    template = Copy(copied(tmp_path_factory.mktemp("template") / "copy"))
    shutil.copy(ROOT / "LICENSE", template.folder)
    template.regenerate()
    template.git("init", "--quiet", "--initial-branch", "main")
    (template.folder / ".gitignore").write_text("__pycache__\ndist/\n")
    template.commit()
    return template


@pytest.fixture
def copy(template: Copy, tmp_path: Path) -> Copy:
    return Copy(shutil.copytree(template.folder, tmp_path / "copy"))


@pytest.fixture
def released(copy: Copy) -> Copy:
    """The version that is declared has been released as it is."""
    copy.git("tag", f"v{VERSION}")
    return copy


def names_in(file: Path) -> list[str]:
    with tarfile.open(file) as tar:
        return tar.getnames()


def test_the_committed_changelog_is_what_the_contract_says(copy: Copy) -> None:
    code, text = copy.release("--check")

    assert (code, "no release has been tagged yet" in text) == (FINE, True)


def test_the_first_release_is_archived_twice_with_the_same_bytes(copy: Copy, tmp_path: Path) -> None:
    code, text = copy.release()
    again, _ = copy.release("--to", str(tmp_path / "elsewhere"))
    name = f"bellwether-contract-{VERSION}.tar"

    assert (code, again) == (FINE, FINE), text
    assert (copy.folder / "dist" / name).read_bytes() == (tmp_path / "elsewhere" / name).read_bytes()
    assert f"bellwether-contract-{VERSION}/CHANGELOG.md" in names_in(copy.folder / "dist" / name)
    assert f"git tag v{VERSION}" in text


def test_the_section_is_written_on_the_day_that_is_given_and_only_once(copy: Copy) -> None:
    (copy.folder / CHANGELOG).unlink()
    missing, _ = copy.release("--check")
    copy.release("--write", "--date", DAY)
    first = copy.changelog
    (copy.folder / CHANGELOG).write_text(first + "\nA word of thanks.\n")
    copy.release("--write", "--date", DAY)
    code, _ = copy.release("--check")

    assert missing == STALE
    assert copy.changelog == first + "\nA word of thanks.\n"
    assert f"## [{VERSION}] - {DAY}" in first
    assert code == FINE


def test_a_changelog_that_is_stale_is_refused_with_the_command_that_mends_it(copy: Copy) -> None:
    copy.change(CHANGELOG, "**getMarketStatus**", "**getTheMarketStatus**")
    checked, text = copy.release("--check")
    archived, _ = copy.release()

    assert (checked, archived) == (STALE, STALE)
    assert "repair with: python -m tools release --write" in text
    assert not (copy.folder / "dist").exists()


def test_a_released_contract_that_has_not_changed_is_archived_again(released: Copy) -> None:
    before = released.changelog
    written, _ = released.release("--write")
    code, text = released.release()

    assert (written, code, released.changelog) == (FINE, FINE, before)
    assert "nothing changed" in text
    assert "next: publish it" in text


@pytest.mark.parametrize(
    ("edit", "demanded", "group"),
    [(LIMIT, "2.1.0", "### Changed"), (NARROWER, "3.0.0", "### Breaking"), (TEXT, "2.0.1", "### Documentation")],
)
def test_the_changes_demand_their_version(
    edit: tuple[str, str, str], demanded: str, group: str, released: Copy
) -> None:
    released.change(*edit)
    low, text = released.release("--check")
    released.declare(demanded)
    released.release("--write", "--date", "2027-01-02")
    enough, _ = released.release("--check")

    assert low == NEEDS_A_PERSON
    assert f"set VERSION in models/version.py and version in pyproject.toml to {demanded} at least" in text
    assert enough == FINE
    assert f"## [{demanded}] - 2027-01-02\n\nSince {VERSION}.\n\n{group}\n" in released.changelog
    assert released.changelog.index(f"[{demanded}]") < released.changelog.index(f"## [{VERSION}] - ")


def test_a_version_may_be_higher_than_it_has_to_be(released: Copy) -> None:
    released.change(*TEXT)
    released.declare("4.0.0")
    released.release("--write")
    code, text = released.release("--check")

    assert code == FINE
    assert "4.0.0 is higher than it has to be" in text
    assert "2.0.1 would do" in text


def test_a_version_below_the_last_release_is_too_low_even_if_nothing_changed(released: Copy) -> None:
    released.declare("1.9.9")
    code, text = released.release("--check")

    assert code == NEEDS_A_PERSON
    assert f"to {VERSION} at least" in text


def test_a_pre_release_is_enough_and_is_no_base(released: Copy) -> None:
    released.change(*NARROWER)
    released.declare("3.0.0-rc.1")
    released.release("--write")
    early, _ = released.release("--check")
    released.regenerate()
    released.commit("v3.0.0-rc.1")
    released.change("models/version.py", "3.0.0-rc.1", "3.0.0")
    _, text = released.release("--check")

    assert early == FINE
    assert f"since {VERSION}:" in text
    assert "demanded 3.0.0, declared 3.0.0" in text


def test_a_spec_that_is_stale_is_refused_with_the_command_that_mends_it(released: Copy) -> None:
    released.change(*LIMIT)
    released.declare("2.1.0")
    released.release("--write")
    code, text = released.release()

    assert code == STALE
    assert "repair with: python -m tools generate" in text
    assert not (released.folder / "dist").exists()


def test_a_waived_change_carries_its_reason_and_its_waiver_is_named_for_removal(released: Copy) -> None:
    released.change(*NARROWER)
    released.declare("3.0.0")
    fingerprint = fingerprint_of_the_change(released)
    waivers = released.folder / "tools/waivers.toml"
    waiver = f'[[waiver]]\nfingerprint = "{fingerprint}"\nreason = "nobody asks for more than ten"\n'
    waivers.write_text(f'{waiver}owner = "api@bellwether.example"\nexpires = 2030-01-31\n')
    code, text = released.release("--write", "--date", DAY)

    assert code == FINE, text
    assert "Borne because nobody asks for more than ten." in released.changelog
    assert f"tools/waivers.toml:2: {fingerprint} is used up by this release" in text


def fingerprint_of_the_change(copy: Copy) -> str:
    script = """
from tools.base import read_base
from tools.diff import compared
from tools.findings import Severity
from tools.openapi.document import document

found = compared(read_base("release"), document(), witnesses=False)
print(*(finding.fingerprint for finding in found if finding.severity is Severity.ERROR))
"""
    environ = {**os.environ, "PYTHONPATH": str(copy.folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", script]
    return subprocess.run(
        command, cwd=copy.folder, env=environ, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_tag_without_a_contract_is_refused(copy: Copy) -> None:
    copy.git("checkout", "--quiet", "--orphan", "old")
    copy.git("rm", "-r", "--quiet", "--cached", ".")
    copy.git("commit", "--quiet", "--allow-empty", "-m", "before the contract")
    copy.git("tag", "v1.0.0")
    code, text = copy.release("--check")

    assert code == NEEDS_A_PERSON
    assert "v1.0.0 has no spec/openapi.json" in text


def test_a_tag_on_a_contract_of_another_version_is_refused(copy: Copy) -> None:
    copy.git("tag", "v9.0.0")
    code, text = copy.release("--check")

    assert code == NEEDS_A_PERSON
    assert f"the tag v9.0.0 is on a contract that says {VERSION}" in text


def test_a_tag_that_is_no_version_is_refused(copy: Copy) -> None:
    copy.git("tag", "v02.0.0")
    code, text = copy.release("--check")

    assert code == NEEDS_A_PERSON
    assert "the tag v02.0.0 is '02.0.0', which is no semantic version" in text


def test_a_declared_version_that_is_none_is_refused(copy: Copy) -> None:
    copy.declare("two")
    code, text = copy.release("--check")

    assert code == NEEDS_A_PERSON
    assert "VERSION in models/version.py is 'two', which is no semantic version" in text


def test_without_git_there_is_a_sentence(copy: Copy) -> None:
    shutil.rmtree(copy.folder / ".git")
    code, text = copy.release("--check")

    assert code == NEEDS_A_PERSON
    assert "git cannot be asked here" in text


def test_a_base_that_does_not_exist_is_refused_and_a_file_is_a_base(copy: Copy) -> None:
    missing, text = copy.release("--check", "--base", "v0.0.1")
    of_file, _ = copy.release("--check", "--base", "spec/openapi.json")

    assert (missing, of_file) == (NEEDS_A_PERSON, FINE)
    assert "'v0.0.1' is neither a revision of git nor a file" in text


def test_a_day_that_is_none_is_refused(copy: Copy) -> None:
    code, text = copy.release("--write", "--date", "tomorrow")

    assert code == NEEDS_A_PERSON
    assert "'tomorrow' is no day" in text
