"""The tracer sees branches of the handlers, and of nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.corpus.playing import Player
from tools.corpus.tracing import Arc, Tracer
from tools.events import HttpCall


def arcs_of(query: str) -> set[Arc]:
    player = Player()
    with Tracer().arcs() as arcs:
        player.call(HttpCall("GET", "/api/v2/tickers/search", query), "v1")
    return arcs


def test_only_handlers_are_followed() -> None:
    arcs = arcs_of("q=apple")

    assert arcs
    assert all(file.startswith("handlers/") for file, _, _ in arcs)


def test_the_same_call_takes_the_same_branches() -> None:
    assert arcs_of("q=apple") == arcs_of("q=apple")


def test_another_branch_is_another_arc() -> None:
    found, refused = arcs_of("q=apple"), arcs_of("q=")

    assert found - refused
    assert refused - found


def test_what_is_run_afterwards_is_not_traced() -> None:
    arcs_of("q=apple")

    assert sys.gettrace() is None


def test_branches_are_told_apart_by_the_line_before(tmp_path: Path) -> None:
    (tmp_path / "seen").mkdir()
    file = tmp_path / "seen" / "branching.py"
    file.write_text("def f(x):\n    if x:\n        x = 0\n    return x\n")
    names: dict[str, object] = {}
    exec(compile(file.read_text(), str(file), "exec"), names)
    tracer = Tracer(tmp_path, "seen")

    with tracer.arcs() as taken:
        names["f"](1)  # type: ignore[operator]
    with tracer.arcs() as skipped:
        names["f"](0)  # type: ignore[operator]

    assert taken == {("seen/branching.py", 0, 2), ("seen/branching.py", 2, 3), ("seen/branching.py", 3, 4)}
    assert skipped == {("seen/branching.py", 0, 2), ("seen/branching.py", 2, 4)}
