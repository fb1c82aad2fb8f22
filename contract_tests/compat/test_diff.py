"""`python -m tools diff`: the changes since a base, once per cause, the grave ones first, each with its line and its witness."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contract_tests.copies import copied, run
from models.registry import entries
from tools.artefacts import ROOT, sorted_json
from tools.base import Base
from tools.compat.change import Change, Direction, Level
from tools.diff import SHOWN, caused, compared, fingerprints
from tools.findings import Severity, Subject
from tools.importing import unimportable
from tools.openapi.document import document
from tools.sources import Sources
from tools.waivers import PATH, read_waivers

Json = Any
NEEDS_A_PERSON = 100


@pytest.fixture(scope="module")
def new() -> Json:
    return document()


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources(entries())


def base_of(contract: Json) -> Base:
    """A base with the goldens of the working tree."""
    return Base("before", contract, None, ROOT)


def parameter(contract: Json, operation_id: str, name: str) -> Json:
    said = next(o for item in contract["paths"].values() for o in item.values() if o["operationId"] == operation_id)
    return next(p for p in said["parameters"] if p["name"] == name)


def narrowed(*subject: str, rule: str = "narrowed", level: Level = Level.BREAKING) -> Change:
    old, new = {"type": "integer", "maximum": 50}, {"type": "integer", "maximum": 20}
    return Change(rule, level, Direction.REQUEST, Subject(*subject), "it was 50 and is 20", old, new, keyword="maximum")


LIMIT = narrowed("searchTickers", "query", "/limit")


def test_a_contract_that_did_not_change_has_no_findings(new: Json) -> None:
    assert compared(base_of(new), new) == []


def test_what_breaks_comes_first_then_the_order_of_the_document(new: Json, sources: Sources) -> None:
    found = [
        narrowed("searchTickers", "query", "/q", rule="safe", level=Level.SAFE),
        narrowed("searchTickers", "query", "/limit", rule="careful", level=Level.CAREFUL),
        narrowed("searchTickers", "query", "/limit", rule="first"),
        narrowed("validateTicker", "query", "/symbol", rule="second"),
    ]

    assert [c.first.rule for c in caused(found, sources, new)] == ["first", "second", "careful", "safe"]


def test_changes_that_one_line_made_are_one_finding(new: Json, sources: Sources) -> None:
    used = [("validateTicker", "query", "/symbol"), ("getCandles", "path", "/ticker")]
    ticker = [
        replace(narrowed(*place), old={"pattern": "a"}, new={"pattern": "b"}, keyword="pattern") for place in used
    ]
    one, other = caused([ticker[0], LIMIT, ticker[1]], sources, new)

    assert one.changes == ticker
    assert one.place.path == "models/fields.py"
    assert other.changes == [LIMIT]


def test_another_old_value_is_another_finding(new: Json, sources: Sources) -> None:
    other = replace(LIMIT, old={"type": "integer", "maximum": 60})

    assert len(caused([LIMIT, other, LIMIT], sources, new)) == 2


def wider(new: Json) -> Json:
    """The contract as it was when a search could ask for fifty."""
    old = copy.deepcopy(new)
    parameter(old, "searchTickers", "limit")["schema"]["maximum"] = 50
    return old


def test_a_breaking_change_says_how_bad_which_way_where_and_which_line(new: Json) -> None:
    (finding,) = compared(base_of(wider(new)), new)

    assert (finding.check, finding.severity) == ("diff", Severity.ERROR)
    assert finding.message.startswith("breaking in the request: ")
    assert finding.subject == Subject("searchTickers", "query", "/limit")
    assert finding.place is not None
    line = (ROOT / finding.place.path).read_text().splitlines()[finding.place.line - 1]
    assert line.startswith("SearchLimit = ")


def test_a_breaking_change_has_its_witness(new: Json) -> None:
    (finding,) = compared(base_of(wider(new)), new)

    assert "GET /api/v2/tickers/search?q=micro&limit=21   as nobody\nand gets now:\n  422" in finding.detail
    assert '"type": "less_than_equal"' in finding.detail


def test_witnesses_can_be_left_out_and_the_fingerprint_stays(new: Json) -> None:
    base = base_of(wider(new))
    (with_one,), (without,) = compared(base, new), compared(base, new, witnesses=False)

    assert "gets now" not in without.detail
    assert with_one.fingerprint == without.fingerprint
    assert fingerprints(base, new) == {without.fingerprint}


def test_a_fingerprint_survives_other_words_and_other_lines(new: Json) -> None:
    old, reworded = wider(new), copy.deepcopy(new)
    for contract in (old, reworded):
        parameter(contract, "searchTickers", "limit")["description"] = "Said in another way."
    before = {f.fingerprint for f in compared(base_of(wider(new)), new, witnesses=False)}
    after = {f.fingerprint for f in compared(base_of(old), reworded, witnesses=False) if f.severity is Severity.ERROR}

    assert before == after


def test_a_fingerprint_changes_with_the_values(new: Json) -> None:
    old = wider(new)
    parameter(old, "searchTickers", "limit")["schema"]["maximum"] = 60
    found = [compared(base_of(contract), new, witnesses=False)[0].fingerprint for contract in (wider(new), old)]

    assert found[0] != found[1]


def test_the_other_way_round_it_is_safe_and_has_no_witness(new: Json) -> None:
    (finding,) = compared(base_of(new), wider(new))

    assert finding.severity is Severity.NOTE
    assert finding.message.startswith("safe in the request: ")
    assert "gets now" not in finding.detail


def test_only_the_levels_asked_for_are_told(new: Json) -> None:
    assert compared(base_of(new), wider(new), levels=[Level.BREAKING, Level.CAREFUL]) == []


def test_long_values_are_cut_to_where_they_differ(new: Json) -> None:
    old, changed = copy.deepcopy(new), copy.deepcopy(new)
    for contract, word in ((old, "before"), (changed, "after")):
        parameter(contract, "searchTickers", "q")["x-constraint"] = word
        parameter(contract, "searchTickers", "q")["schema"]["description"] = "so " * 200 + word
    lines = [line for finding in compared(base_of(old), changed) for line in finding.detail.splitlines()]

    assert [line for line in lines if line.startswith("old: …") and "before" in line]
    assert [line for line in lines if line.startswith("new: …") and "after" in line]
    assert all(len(line) < SHOWN + 20 for line in lines)


# The command


def git(folder: Path, *args: str) -> None:
    told = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=A", "-c", "user.email=a@bellwether.example"]
    subprocess.run(["git", *who, *args], cwd=folder, env={**os.environ, **told}, capture_output=True, check=True)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with everything on its main branch."""
    folder = copied(tmp_path_factory.mktemp("tree"))
    (folder / "spec/openapi.json").write_bytes(sorted_json(document()))
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return folder


class Edited:
    """A file of the tree with other content, for a while."""

    def __init__(self, file: Path, old: str, new: str) -> None:
        self.file, self.whole = file, file.read_text()
        assert old in self.whole
        self.text = self.whole.replace(old, new)

    def __enter__(self) -> None:
        self.file.write_text(self.text)

    def __exit__(self, *_: object) -> None:
        self.file.write_text(self.whole)


def tightened(tree: Path) -> Edited:
    """Classes of shares have one letter."""
    return Edited(tree / "models/fields.py", r'"^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$"', r'"^[A-Za-z]{1,5}(\.[A-Za-z])?$"')


@pytest.mark.exhaustive
def test_a_pull_request_that_tightens_a_pattern_is_told_with_its_witness(tree: Path) -> None:
    with tightened(tree):
        ran = run(tree, "diff", "--format", "json")
        findings = [f for f in json.loads(ran.stdout)["findings"] if f["severity"] == "error"]

    assert ran.returncode == NEEDS_A_PERSON, ran.stderr
    assert len(findings) == 1, ran.stdout
    line = (tree / "models/fields.py").read_text().splitlines()[findings[0]["place"]["line"] - 1]
    assert line.strip().startswith(("Ticker = ", "StringConstraints(pattern="))
    assert "string_pattern_mismatch" in findings[0]["detail"]
    assert "createConfiguration body" in findings[0]["detail"]


@pytest.mark.exhaustive
def test_the_waiver_that_is_printed_makes_it_pass(tree: Path) -> None:
    with tightened(tree):
        first = run(tree, "diff")
        pasted = first.stdout[first.stdout.index("[[waiver]]") :]
        waiver = "\n".join(line for line in pasted.splitlines() if not line.startswith("#"))
        with Edited(tree / PATH, "# Findings", f"{waiver}\n# Findings"):
            second = run(tree, "diff")
            waivers = read_waivers(tree)

    assert first.returncode == NEEDS_A_PERSON
    assert len(waivers) == 1
    assert second.returncode == 0, second.stdout
    assert "WHO answers for it" in second.stdout


def test_nothing_changed_is_fine_and_loads_nothing_that_draws(tree: Path) -> None:
    program = (
        "import sys; from tools.__main__ import main; code = main(['diff']);"
        "print(code, {'hypothesis', 'schemathesis', 'handlers.assembly'} & set(sys.modules))"
    )
    environ = {**os.environ, "PYTHONPATH": str(tree)}
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tree, env=environ, capture_output=True, text=True, check=True
    )

    assert ran.stdout.splitlines()[-1] == "0 set()"
    assert "origin/main (" in ran.stdout


def test_a_file_is_compared_with_a_file_without_witnesses(tree: Path, new: Json, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes(sorted_json(wider(new)))
    (tmp_path / "new.json").write_bytes(sorted_json(new))
    ran = run(tree, "diff", str(tmp_path / "old.json"), "--against", str(tmp_path / "new.json"))

    assert ran.returncode == NEEDS_A_PERSON
    assert "breaking in the request" in ran.stdout
    assert "no witness sought" in ran.stdout
    assert "gets now" not in ran.stdout


def told(ran: subprocess.CompletedProcess[str]) -> str:
    """What a run says that a person is needed for, without a traceback."""
    output = ran.stdout + ran.stderr
    assert ran.returncode == NEEDS_A_PERSON, output
    assert "Traceback" not in output
    return output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["v99"], "is neither a revision of git nor a file"),
        (["release"], "no release has been tagged"),
        (["models/fields.py"], "is no JSON"),
        (["spec"], "is not a file"),
        (["--against", "nowhere.json"], "there is no file nowhere.json"),
    ],
)
def test_a_base_that_is_none_is_told_in_a_sentence(tree: Path, args: list[str], says: str) -> None:
    assert says in told(run(tree, "diff", *args))


BROKEN = {
    "a syntax error": ("models/dashboard/tickers.py", "SearchLimit = ", "SearchLimit = = "),
    "a name that is not there": ("models/dashboard/tickers.py", "SearchLimit = ", "SearchLimit = Nothing or "),
    "an import that is not there": ("models/fields.py", "import re\n", "import re\nimport nothing_of_this_name\n"),
    "a field that has no schema": ("models/dashboard/tickers.py", "    name: str\n", "    name: Nothing\n"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_model_that_does_not_import_is_told_with_its_line(tree: Path, what: str) -> None:
    file, old, new = BROKEN[what]
    with Edited(tree / file, old, new):
        assert f"{file}:" in told(run(tree, "diff"))


def test_an_error_that_no_model_made_is_not_explained_away() -> None:
    with pytest.raises(ValueError, match="elsewhere") as caught:
        raise ValueError("elsewhere")

    assert unimportable(caught.value) is None


def test_broken_waivers_are_told_in_a_sentence(tree: Path) -> None:
    with Edited(tree / PATH, "# Findings", 'until = "never"\n# Findings'):
        assert "has 'until' at its top" in told(run(tree, "diff"))


def test_a_tree_without_git_is_told_and_a_file_still_serves(tree: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "spec/openapi.json").write_bytes(sorted_json(document()))

    assert "name a file as the base" in told(run(folder, "diff"))
    assert run(folder, "diff", "spec/openapi.json").returncode == 0
