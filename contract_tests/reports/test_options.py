"""`--format`: what is printed, what is written beside it, and what is refused before the work begins."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from contract_tests.reports.outcomes import LOWERED, SAFE, STALE, outcome
from tools.findings import Finding, Outcome
from tools.reports import as_json, junit, markdown, sarif
from tools.reports.options import FORMS, add_arguments, publish, reporting


def asked(*args: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools check")
    add_arguments(parser)
    return parser.parse_args(args)


@pytest.mark.parametrize(("findings", "code"), [([], 0), ([SAFE], 0), ([STALE], 4), ([STALE, LOWERED], 100)])
@pytest.mark.parametrize("form", FORMS)
def test_the_exit_code_is_that_of_the_verdict(form: str, findings: list[Finding], code: int) -> None:
    assert publish(Outcome("check", findings), asked("--format", form)) == code


def test_without_a_form_the_terminal_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    publish(outcome(), asked())
    out, err = capsys.readouterr()

    assert out.endswith("next: mend the errors above, then python -m tools generate, then run this again\n")
    assert err == ""


def test_several_forms_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {form: tmp_path / form for form in ("sarif", "junit", "markdown", "json")}
    options = asked("--format", "terminal", *(word for form in files for word in ("--format", f"{form}={files[form]}")))
    publish(outcome(), options)

    assert files["sarif"].read_text("utf-8") == sarif.written(outcome())
    assert files["junit"].read_text("utf-8") == junit.written(outcome())
    assert files["markdown"].read_text("utf-8") == markdown.written(outcome())
    assert files["json"].read_text("utf-8") == as_json.written(outcome())
    assert "diff: 1 error" in capsys.readouterr().out


def test_a_file_is_written_beside_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(outcome(), asked("--format", f"sarif={tmp_path / 'a.sarif'}"))

    assert "diff: 1 error" in capsys.readouterr().out


def test_what_a_machine_reads_is_alone_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    options = asked("--format", "terminal", "--format", "json")
    reporting(options).line("working")
    publish(outcome(), options)
    out, err = capsys.readouterr()

    assert json.loads(out)["verdict"] == "failed"
    assert err.startswith("working\n")
    assert "diff: 1 error" in err


def test_progress_goes_where_the_terminals_text_goes(capsys: pytest.CaptureFixture[str]) -> None:
    reporting(asked()).line("working")

    assert capsys.readouterr().out == "working\n"


def test_texts_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    finding = Finding("lint", "r", LOWERED.severity, "[red]body[/red] :key: [link=x]y[/link]")
    publish(Outcome("lint", [finding]), asked())

    assert "✗ [red]body[/red] :key: [link=x]y[/link]\n" in capsys.readouterr().out


def test_half_a_surrogate_pair_stops_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finding = Finding("lint", "r", LOWERED.severity, "\udc80")
    files = [f"{form}={tmp_path / form}" for form in FORMS]
    options = asked("--format", "json", *(word for file in files for word in ("--format", file)))
    publish(Outcome("lint", [finding]), options)

    assert json.loads(capsys.readouterr().out)["findings"][0]["message"] == "\udc80"
    assert all((tmp_path / form).read_bytes() for form in FORMS)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["html"], "unknown form 'html'; valid: terminal, markdown, sarif, junit, github, json"),
        (["sarif="], "'' is no file; give the file to write"),
        (["sarif=."], "'.' is no file; give the file to write"),
        (["sarif=nowhere/a.sarif"], "there is no folder nowhere for nowhere/a.sarif; make it first"),
        (["json", "markdown"], "json is printed already; give markdown a file: --format markdown=FILE"),
        (["json=a", "sarif=./a"], "a is asked for twice; give each form a file of its own"),
    ],
)
def test_what_cannot_be_done_is_refused_before_the_work_begins(
    args: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        asked(*(word for form in args for word in ("--format", form)))
    usage, said = capsys.readouterr().err.rsplit("\n", 2)[:2]

    assert stopped.value.code == 100
    assert usage.startswith("usage: python -m tools check")
    assert said == f"python -m tools check: error: argument --format: {sentence}"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_can_no_longer_be_written_needs_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    options = asked("--format", f"sarif={folder / 'a.sarif'}")
    folder.rmdir()
    code = publish(Outcome("check"), options)
    out, err = capsys.readouterr()

    assert code == 100
    assert "the contract holds" in out
    assert "a.sarif could not be written: No such file or directory; give another file to --format sarif=FILE" in err
