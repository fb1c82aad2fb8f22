"""The workflows and hooks run commands that exist, with the least rights, and nothing that somebody else writes."""

from __future__ import annotations

import importlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.__main__ import COMMANDS
from tools.artefacts import ROOT
from tools.reports.options import FORMS

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*"))
HOOKS = ROOT / ".pre-commit-config.yaml"
FILES = [*WORKFLOWS, HOOKS]
TOP = {"name", "on", "permissions", "concurrency", "jobs"}
JOB = {"name", "runs-on", "timeout-minutes", "permissions", "strategy", "steps"}
STEP = {"name", "id", "uses", "with", "if", "env", "run"}
TRIGGERS = {
    "contract.yml": {"pull_request": None, "push": {"branches": ["main"]}},
    "fuzz.yml": {"schedule": [{"cron": "17 2 * * *"}], "workflow_dispatch": None},
    "release.yml": {"push": {"tags": ["v*"]}},
}
TOOL = re.compile(r"-m tools ([a-z]+)((?:[^|;&\n]|\\\n)*)")
MAKE = re.compile(r"(?<![\w.-])make ([.\w/-]+)")


def read(path: Path) -> dict[str, Any]:
    """YAML 1.1 reads the key `on` as true."""
    content = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in content.items()}


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in read(path)["jobs"].values():
        yield from job["steps"]


def hooks() -> list[dict[str, Any]]:
    (repo,) = read(HOOKS)["repos"]
    listed: list[dict[str, Any]] = repo["hooks"]
    return listed


def commands(path: Path) -> list[str]:
    """What is run, as shell text."""
    if path == HOOKS:
        return [hook["entry"] for hook in hooks()]
    return [step["run"] for step in steps(path) if "run" in step]


def asked(pattern: re.Pattern[str]) -> list[tuple[str, ...]]:
    return [match.groups() for path in FILES for text in commands(path) for match in pattern.finditer(text)]


def flags(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """Every option that a command of the tools has, from its help."""
    with pytest.raises(SystemExit):
        importlib.import_module(f"tools.commands.{command}").main(["--help"])
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", capsys.readouterr().out))


@pytest.mark.parametrize(("command", "rest"), asked(TOOL))
def test_every_command_of_the_tools_exists_with_its_flags(
    command: str, rest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest))

    assert command in COMMANDS
    assert wanted <= flags(command, capsys)
    assert set(re.findall(r"--format ([a-z]+)", rest)) <= set(FORMS)


@pytest.mark.parametrize("target", [target for (target,) in asked(MAKE)])
def test_every_target_of_make_exists(target: str) -> None:
    run = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr


def test_a_target_that_does_not_exist_is_noticed() -> None:
    run = subprocess.run(["make", "--dry-run", "contarct"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode != 0


def test_the_workflows_run_what_they_are_for() -> None:
    ran = {path.name: "\n".join(commands(path)) for path in WORKFLOWS}

    assert set(ran) == set(TRIGGERS)
    assert all(command in ran["contract.yml"] for command in ("make test", "make contract", "tools check --base"))
    assert "tools fuzz --long" in ran["fuzz.yml"]
    assert "tools release --check" in ran["release.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_starts_when_it_should(path: Path) -> None:
    assert read(path)["on"] == TRIGGERS[path.name]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_unknown_keys(path: Path) -> None:
    content = read(path)

    assert set(content) == TOP
    assert all(
        set(job) <= JOB and {"runs-on", "timeout-minutes", "steps"} <= set(job) for job in content["jobs"].values()
    )
    assert all(set(step) <= STEP and ("uses" in step) != ("run" in step) for step in steps(path))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_but_for_the_alerts(path: Path) -> None:
    content = read(path)
    granted = [right for job in content["jobs"].values() for right in job.get("permissions", {}).items()]

    assert content["permissions"] == {"contents": "read"}
    assert set(granted) <= {("contents", "read"), ("security-events", "write")}
    assert all(
        step["with"]["persist-credentials"] is False for step in steps(path) if "checkout" in step.get("uses", "")
    )


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_to_a_major_version_of_a_known_owner(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]

    assert [name for name in used if not re.fullmatch(r"(?:actions|github)/[a-z/-]+@v[1-9][0-9]*", name)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_others_write_is_never_pasted_into_a_shell(path: Path) -> None:
    assert [text for text in commands(path) if "${{" in text] == []


def given(path: Path, action: str) -> list[dict[str, Any]]:
    """What an action is given, wherever a workflow uses it."""
    return [step["with"] for step in steps(path) if step.get("uses", "").startswith(f"{action}@")]


@pytest.mark.parametrize("name", ["contract.yml", "release.yml"])
def test_where_history_is_read_all_of_it_is_there(name: str) -> None:
    depths = {inputs.get("fetch-depth") for inputs in given(ROOT / ".github/workflows" / name, "actions/checkout")}

    assert depths == {0}


def test_the_tests_run_on_every_python_that_is_promised() -> None:
    path = ROOT / ".github/workflows/contract.yml"
    pythons = [inputs["python-version"] for inputs in given(path, "actions/setup-python")]

    assert pythons == ["3.11", "${{ matrix.python }}"]
    assert read(path)["jobs"]["newer"]["strategy"]["matrix"] == {"python": ["3.12", "3.13"]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_files_have_no_tabs_and_name_no_host(path: Path) -> None:
    text = path.read_text("utf-8")

    assert "\t" not in text
    assert "://" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_hooks_are_local_and_run_in_our_environment() -> None:
    (repo,) = read(HOOKS)["repos"]

    assert repo["repo"] == "local"
    assert [hook["language"] for hook in hooks()] == ["system"] * 4
    assert all(hook["entry"].startswith(".venv/bin/python -m ") for hook in hooks())
    assert len({hook["id"] for hook in hooks()}) == 4


MEANT_FOR = {
    "ruff-check": ("models/fields.py", "contract_tests/test_layers.py"),
    "ruff-format": ("models/fields.py",),
    "generated": ("models/fields.py", "spec/openapi.json", "handlers/dashboard/routes.json", "tools/generate.py"),
    "lint": ("models/dashboard/tickers.py",),
}


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_a_hook_runs_for_the_files_that_it_is_meant_for(hook: dict[str, Any]) -> None:
    """pre-commit searches for the pattern anywhere in the path."""
    pattern = re.compile(hook["files"])

    assert all(pattern.search(path) and (ROOT / path).is_file() for path in MEANT_FOR[hook["id"]])
    assert not any(pattern.search(path) for path in ("README.md", "golden/gate/x.json", "handlers/dashboard/x.json"))


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_only_hooks_that_read_files_are_given_their_names(hook: dict[str, Any]) -> None:
    assert hook.get("pass_filenames", True) is ("ruff" in hook["entry"])
