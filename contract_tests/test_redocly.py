"""The document lints clean with redocly's recommended rules, where redocly is at hand."""

from __future__ import annotations

import os
import subprocess

import pytest

from tools.artefacts import ROOT

REDOCLY = os.environ.get("BELLWETHER_REDOCLY")


@pytest.mark.skipif(not REDOCLY, reason="set BELLWETHER_REDOCLY to the redocly command to lint the document")
def test_the_document_lints_clean() -> None:
    assert REDOCLY is not None
    run = subprocess.run(
        [REDOCLY, "lint", "--extends", "recommended", "--format", "json", "--max-problems", "20", "spec/openapi.json"],
        cwd=ROOT,
        env={**os.environ, "REDOCLY_TELEMETRY": "off"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert '"totals": {\n    "errors": 0,\n    "warnings": 0' in run.stdout, run.stdout[-3000:]
