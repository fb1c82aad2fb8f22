"""Coverage as a map: a row for each operation, a column for each place of the contract, each cell with its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tools.coverage.items import Coverage, Item

COLUMNS = {
    "path": "Path",
    "query": "Query",
    "header": "Header",
    "cookie": "Cookie",
    "body": "Body",
    "status": "Statuses",
    "sent": "Response headers",
    "link": "Links",
    "event": "Events",
}
KINDS = {"status": "status", "header": "sent", "link": "link", "event": "event"}
STEPS = 5
"""Shades between nothing and everything; both ends have one of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is counted of one thing: outcome → how often."""

    pointer: str
    name: str
    counts: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> bool:
        return any(not count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Cell:
    """Some things of one operation in one column."""

    column: str
    done: int
    total: int
    count: int
    """How often they are exercised, all together."""
    lines: tuple[Line, ...] = ()

    @property
    def shade(self) -> int:
        """0 nothing, `STEPS` + 1 everything; between them by share."""
        if self.done == self.total:
            return STEPS + 1
        return 0 if not self.done else 1 + (self.done * STEPS) // self.total

    @property
    def percent(self) -> str:
        return percent(self.done, self.total)


@dataclass(frozen=True, slots=True)
class Row:
    operation_id: str
    cells: Mapping[str, Cell]
    whole: Cell


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a tag."""

    tag: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    columns: Mapping[str, str]
    """Only those that some operation has, in the order of `COLUMNS`: name → heading."""
    groups: tuple[Group, ...]
    totals: Mapping[str, Cell]
    whole: Cell

    def row(self, operation_id: str) -> Row | None:
        return next((r for group in self.groups for r in group.rows if r.operation_id == operation_id), None)


def percent(done: int, total: int) -> str:
    """Rounded down, so that 100 % means everything."""
    return f"{done * 1000 // total / 10:g} %" if total else "–"


def heat_map(coverage: Coverage, tags: Mapping[str, Iterable[str]]) -> HeatMap:
    """`tags` are the operations of each tag, in order; what belongs to no operation comes last, under no tag."""
    by_operation: dict[str, dict[str, list[tuple[Item, int]]]] = {}
    for item, count in coverage.exercised.items():
        by_operation.setdefault(item.subject.operation_id, {}).setdefault(column_of(item), []).append((item, count))
    known = [operation for operations in tags.values() for operation in operations]
    rest = sorted(set(by_operation) - set(known))
    groups = [*((tag, list(operations)) for tag, operations in tags.items()), ("", rest)]
    made = [Group(tag, tuple(_row(o, by_operation[o]) for o in names if o in by_operation)) for tag, names in groups]
    rows = [row for group in made for row in group.rows]
    columns = {name: title for name, title in COLUMNS.items() if any(name in row.cells for row in rows)}
    totals = {name: _sum(name, [row.cells[name] for row in rows if name in row.cells]) for name in columns}
    return HeatMap(columns, tuple(g for g in made if g.rows), totals, _sum("", totals.values()))


def column_of(item: Item) -> str:
    """Demands on a request belong to their location, those on what is sent to the column of their kind."""
    if item.kind in KINDS:
        return KINDS[item.kind]
    if item.subject.location.startswith("event"):
        return "event"
    return item.subject.location if item.subject.location in COLUMNS else "status"


def _row(operation_id: str, columns: Mapping[str, list[tuple[Item, int]]]) -> Row:
    cells = {name: _cell(name, columns[name]) for name in COLUMNS if name in columns}
    return Row(operation_id, cells, _sum("", cells.values()))


def _cell(column: str, items: list[tuple[Item, int]]) -> Cell:
    lines: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for item, count in sorted(items, key=lambda pair: _order(pair[0])):
        lines.setdefault((_where(column, item), item.name), []).append((item.outcome, count))
    return Cell(
        column,
        sum(count > 0 for _, count in items),
        len(items),
        sum(count for _, count in items),
        tuple(Line(where, name, tuple(counts)) for (where, name), counts in lines.items()),
    )


def _order(item: Item) -> tuple[str, ...]:
    return (item.subject.location, item.subject.pointer, item.kind, item.name, item.outcome)


def _where(column: str, item: Item) -> str:
    """The place as a reader looks for it; what the column says already is left out."""
    location = "" if item.subject.location == column else item.subject.location
    return " ".join(part for part in (location, item.subject.pointer) if part)


def _sum(column: str, cells: Iterable[Cell]) -> Cell:
    found = list(cells)
    return Cell(column, sum(c.done for c in found), sum(c.total for c in found), sum(c.count for c in found))


def outcomes(cell: Cell) -> Iterator[str]:
    """The outcomes that some line of a cell has, in a fixed order."""
    seen = {outcome for line in cell.lines for outcome, _ in line.counts}
    known = [name for name in ("accepted", "refused", "shown") if name in seen]
    yield from [*known, *sorted(seen - set(known))]
