"""Binding a wrong request or response type is an error of the type checker, line by line."""

from __future__ import annotations

import re
from pathlib import Path

from mypy import api

ROOT = Path(__file__).resolve().parent.parent
FILE = "contract_tests/typing/wrong_bindings.py"


def test_every_wrong_binding_is_refused_where_it_stands_and_no_right_one(tmp_path: Path) -> None:
    output, _, _ = api.run(
        ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path), str(ROOT / FILE)]
    )
    refused = {int(line) for line in re.findall(r"wrong_bindings\.py:(\d+): error", output)}
    lines = (ROOT / FILE).read_text().splitlines()
    marked = {number for number, line in enumerate(lines, 1) if "# WRONG" in line}

    assert len(marked) >= 7
    assert refused == marked, output
