"""What the tools write, and what they do not: only what changed, whole, and nothing at all when they only compare."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.copies import copied, repository, run

pytestmark = pytest.mark.exhaustive

FINE, STALE, NEEDS_A_PERSON = 0, 4, 100
CHANGED = "golden/dashboard/market/getMarketStatus/200-weekend.json"
MISSING = "golden/dashboard/market/getMarketStatus/200-open.json"
STALE_ENDS = "next: python -m tools generate && python -m tools golden, then read the difference and commit it"
LEFT_OVER = "golden/dashboard/market/getMarketStatus/200-eclipse.json"
SPEC = "spec/openapi.json"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(copied(tmp_path_factory.mktemp("writing")))


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file: when it was written, and its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@pytest.fixture
def before(copy: Path) -> Iterator[dict[str, tuple[int, bytes]]]:
    """The state of the copy, which is brought back afterwards."""
    whole = state(copy)
    yield whole
    for name in state(copy).keys() - whole.keys():
        (copy / name).unlink()
    for name, (written, data) in whole.items():
        (copy / name).write_bytes(data)
        os.utime(copy / name, ns=(written, written))


@pytest.fixture
def spoiled(copy: Path, before: dict[str, tuple[int, bytes]]) -> Path:
    """The copy with one golden changed, one removed, one that no case has, and a changed document."""
    for name, word in ((CHANGED, '"weekend"'), (SPEC, '"Bellwether"')):
        (copy / name).write_text((copy / name).read_text().replace(word, '"spoiled"'))
    (copy / MISSING).unlink()
    (copy / LEFT_OVER).write_text("{}\n")
    return copy


@pytest.fixture
def broken(copy: Path, before: dict[str, tuple[int, bytes]]) -> Path:
    """The copy with a field that nobody describes."""
    model = copy / "models/dashboard/system.py"
    model.write_text(model.read_text() + '\n\nRuntime.__doc__ = ""\n')
    return copy


def test_what_is_fresh_is_not_touched(copy: Path) -> None:
    before = state(copy)
    codes = [run(copy, command).returncode for command in ("generate", "golden")]

    assert codes == [FINE, FINE]
    assert state(copy) == before


def test_only_what_is_stale_is_written_whole_and_what_is_left_over_is_removed(
    spoiled: Path, before: dict[str, tuple[int, bytes]]
) -> None:
    reader = spoiled / "reader.json"
    os.link(spoiled / CHANGED, reader)
    codes = [run(spoiled, command).returncode for command in ("generate", "golden")]
    seen = reader.read_text()
    reader.unlink()
    after = state(spoiled)

    assert codes == [FINE, FINE]
    assert {name: data for name, (_, data) in after.items()} == {name: data for name, (_, data) in before.items()}
    assert {name for name in after if after[name] != before[name]} == {CHANGED, MISSING, SPEC}
    assert '"spoiled"' in seen, "who reads a file while it is replaced reads the old one to its end"


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("golden", (f"{CHANGED}: changed", f"{MISSING}: missing", f"{LEFT_OVER}: left over")),
        ("generate", (f"{SPEC}: changed",)),
    ],
)
def test_comparing_writes_nothing_and_shows_what_differs(spoiled: Path, command: str, names: tuple[str, ...]) -> None:
    there = state(spoiled)
    compared = run(spoiled, command, "--check")

    assert state(spoiled) == there
    assert compared.returncode == STALE
    assert [name for name in names if name not in compared.stdout] == []
    assert '"spoiled"' in compared.stdout
    assert compared.stdout.endswith(f"stale; repair with: python -m tools {command}\n")


@pytest.mark.parametrize("args", [("generate",), ("golden",), ("golden", "--check")], ids=" ".join)
def test_a_contract_that_cannot_be_built_needs_a_person_and_nothing_is_written(
    broken: Path, args: tuple[str, ...]
) -> None:
    there = state(broken)
    ran = run(broken, *args)

    assert ran.returncode == NEEDS_A_PERSON
    assert ran.stdout == "Runtime has no docstring; say what it is\nfailed: mend the above and run this again\n"
    assert ran.stderr == ""
    assert state(broken) == there


def test_the_outcome_for_machines_is_json_and_nothing_else_and_people_read_what_repairs_it(spoiled: Path) -> None:
    ran = run(spoiled, "check", "--json", "--format", "terminal")
    outcome = json.loads(ran.stdout)

    assert ran.returncode == STALE
    assert ran.stderr.splitlines()[-1] == STALE_ENDS
    assert outcome["verdict"] == "stale"
    assert {finding["message"] for finding in outcome["findings"] if finding["severity"] == "error"} == {
        f"{SPEC}: changed",
        f"{CHANGED}: changed",
        f"{MISSING}: missing",
        f"{LEFT_OVER}: left over",
    }


def test_a_failure_for_machines_is_json_too(broken: Path) -> None:
    ran = run(broken, "check", "--json")
    outcome = json.loads(ran.stdout)

    assert ran.returncode == NEEDS_A_PERSON
    assert outcome["verdict"] == "failed"
    assert [finding["message"] for finding in outcome["findings"]] == ["Runtime has no docstring; say what it is"]
    assert [finding["place"]["path"] for finding in outcome["findings"]] == ["models/dashboard/system.py"]


def test_the_report_of_what_holds_is_plain_lines_counts_first_the_verdict_last(copy: Path) -> None:
    ran = run(copy, "check")
    _, summary, *_ = ran.stdout.split("\n\n")

    assert "\x1b" not in ran.stdout
    assert all(line.split()[0].replace(".", "").replace(",", "").isdigit() for line in summary.splitlines())
    assert ran.stdout.endswith("\nthe contract holds\n")
