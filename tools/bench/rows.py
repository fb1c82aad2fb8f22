"""What was measured, against what was promised: one row each, for a terminal, for a README, for a machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Kind = Literal["most", "least", "between"]


@dataclass(frozen=True, slots=True)
class Row:
    """A measured value. `unit` is `×` for a ratio to a floor of the same run; without a target it is only shown."""

    group: str
    what: str
    value: float
    unit: str
    target: float | None = None
    kind: Kind = "most"
    """`between` means within `target` of 1, on both sides."""
    note: str = ""
    detail: bool = False
    """One of many: told to machines only."""

    @property
    def holds(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        if self.kind == "between":
            return abs(self.value - 1) <= self.target
        return self.value <= self.target if self.kind == "most" else self.value >= self.target

    @property
    def measured(self) -> str:
        return _text(self.value, self.unit)

    @property
    def promised(self) -> str:
        if self.target is None:
            return ""
        if self.kind == "between":
            return f"1 ± {self.target:g}"
        return f"{'≤' if self.kind == 'most' else '≥'} {_text(self.target, self.unit)}"

    @property
    def verdict(self) -> str:
        return {True: "ok", False: "over", None: ""}[self.holds]


@dataclass(frozen=True, slots=True)
class Results:
    """All rows, and what is to be known of the machine."""

    rows: Sequence[Row]
    notes: Sequence[str]

    @property
    def shown(self) -> list[Row]:
        """What a person is told."""
        return [row for row in self.rows if not row.detail]

    @property
    def over(self) -> list[Row]:
        return [row for row in self.rows if row.holds is False]


def _text(value: float, unit: str) -> str:
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}{'' if unit == '×' else ' '}{unit}"


def as_markdown(results: Results) -> str:
    """A table for a README."""
    lines = ["| what | measured | target | |", "|---|---:|---:|---|"]
    for row in results.shown:
        what = f"{row.group}: {row.what}" + (f" ({row.note})" if row.note else "")
        lines.append(f"| {what} | {row.measured} | {row.promised} | {row.verdict} |")
    return "\n".join([*lines, "", *results.notes])


def as_json(results: Results) -> str:
    rows = [{**asdict(row), "holds": row.holds} for row in results.rows]
    return json.dumps({"rows": rows, "notes": list(results.notes)}, ensure_ascii=False, indent=2)
