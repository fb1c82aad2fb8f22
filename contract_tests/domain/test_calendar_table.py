"""Is the committed table of sessions the one that its generator writes?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import calendar

ROOT = Path(__file__).parents[2]


# exchange_calendars reads its schedule in a way that pandas is about to change.
@pytest.mark.filterwarnings("ignore:Series.values returning an ndarray")
def test_the_committed_table_is_fresh() -> None:
    pytest.importorskip(
        "exchange_calendars", reason="exchange_calendars is not installed: the table cannot be generated"
    )

    assert calendar.TABLE.read_bytes() == calendar.build(), "stale: run python -m tools.calendar"


def test_without_exchange_calendars_the_generator_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "exchange_calendars.py").write_text("raise ImportError('absent')\n")
    ran = subprocess.run(
        [sys.executable, "-m", "tools.calendar"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode != 0
    assert "pip install exchange_calendars" in ran.stderr
    assert "Traceback" not in ran.stderr
