"""`lint` asks the rules that it is told, explains them, and puts redocly's findings at lines of the models."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from contract_tests.lines import line_of
from models.registry import entries
from tools.commands import lint
from tools.findings import Severity
from tools.lint import redocly
from tools.lint.table import RULES
from tools.openapi.document import document
from tools.sources import Sources

STANDIN = """#!{python}
import json, sys
print("validating ...", file=sys.stderr)
found = json.load(open("openapi.json"))
assert found["openapi"] == "3.1.0" and sys.argv[1:4] == ["lint", "--extends", "recommended"]
print(json.dumps({{"problems": [
    {{"ruleId": "operation-summary", "severity": "error", "message": "No summary.\\nIt helps.",
      "location": [{{"pointer": "#/paths/~1api~1v2~1tickers~1search/get/summary"}}]}},
    {{"ruleId": "spec", "severity": "warn", "message": "Odd bound.",
      "location": [{{"pointer": "#/components/schemas/TickerMatches/properties/results/maxItems"}}]}},
]}}) + "openapi.json: validated")
"""
"""What redocly prints, for machines without it."""


def asked(monkeypatch: pytest.MonkeyPatch, command: str | None, made: dict[str, Any] | None = None) -> redocly.Redocly:
    if command is None:
        monkeypatch.delenv(redocly.COMMAND, raising=False)
    else:
        monkeypatch.setenv(redocly.COMMAND, command)
    return redocly.asked(made or document(), Sources(entries()))


def test_a_run_of_one_rule_asks_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint.main(["text-bounded", "--format", "json"])
    outcome = json.loads(capsys.readouterr().out)

    assert code == 0
    assert set(outcome["rules"]) & set(RULES) == {"text-bounded"}
    assert outcome["findings"] == []


def test_a_rule_is_explained_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint.main(["--explain", "text-bounded"])
    text = capsys.readouterr().out

    assert code == 0
    assert text.startswith("text-bounded (error)\n" + RULES["text-bounded"].title)
    assert "".join(RULES["text-bounded"].help.split()) in "".join(text.split())


@pytest.mark.parametrize("args", [["no-such-rule"], ["--explain", "no-such-rule"]])
def test_an_unknown_rule_is_refused_with_the_known_ones(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = lint.main(args)

    assert code == 100
    assert "unknown rule 'no-such-rule'; valid: operation-id-form, " in capsys.readouterr().err


def test_without_redocly_a_note_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    told = asked(monkeypatch, None)

    assert (told.findings, told.note) == ([], "redocly's rules were not asked; BELLWETHER_REDOCLY names its command")


@pytest.mark.parametrize("command", ["/no/such/redocly", "/bin/false"])
def test_a_redocly_that_does_not_answer_is_a_note(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    told = asked(monkeypatch, command)

    assert told.findings == []
    assert told.note.startswith(f"redocly's rules were not asked: BELLWETHER_REDOCLY={command} did not answer")


def test_what_redocly_finds_opens_at_a_line_of_the_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    command = tmp_path / "redocly"
    command.write_text(STANDIN.format(python=sys.executable))
    command.chmod(0o755)
    told = asked(monkeypatch, str(command))

    assert [(f.rule, f.severity, f.message, f.place) for f in told.findings] == [
        (
            "redocly-operation-summary",
            Severity.ERROR,
            "No summary.",
            line_of("models/dashboard/tickers.py", "summary=", "SEARCH ="),
        ),
        ("redocly-spec", Severity.WARNING, "Odd bound.", line_of("models/dashboard/tickers.py", "results:")),
    ]
    assert set(told.rules) == {"redocly-operation-summary", "redocly-spec"}


@pytest.mark.skipif(not os.environ.get(redocly.COMMAND), reason=f"set {redocly.COMMAND} to redocly's command")
def test_the_real_redocly_finds_what_is_broken_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    made = document()
    made["paths"]["/api/v2/tickers/search"]["get"]["parameters"][1]["schema"]["maximum"] = "many"
    del made["paths"]["/api/v2/market/status"]["get"]["summary"]
    places = {str(finding.place) for finding in asked(monkeypatch, os.environ[redocly.COMMAND], made).findings}

    assert places >= {
        str(line_of("models/dashboard/tickers.py", "SearchLimit =")),
        str(line_of("models/dashboard/market.py", "summary=")),
    }


@pytest.mark.skipif(not os.environ.get(redocly.COMMAND), reason=f"set {redocly.COMMAND} to redocly's command")
def test_the_real_redocly_finds_nothing_in_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    told = asked(monkeypatch, os.environ[redocly.COMMAND])

    assert (told.findings, told.note) == ([], "")
