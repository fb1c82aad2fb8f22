"""What the tools tell a person: progress while they work, findings once, the next thing to do at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from tools.artefacts import Stale, described

FINE, STALE, NEEDS_A_PERSON = 0, 4, 100


class Report:
    """Writes to the terminal or, as plain lines, to a pipe. `quiet` keeps the output for machines clean."""

    def __init__(self, quiet: bool = False) -> None:
        self.console = Console(file=sys.stderr if quiet else sys.stdout, highlight=False, soft_wrap=True)
        self.quiet = quiet

    def line(self, text: str = "", style: str | None = None) -> None:
        # Texts are said as they are: `:key:` is no picture, `[red]` no colour.
        self.console.print(text, style=style, markup=False, emoji=False)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[str], None]]:
        """Gives a function to call after each step: a live count on a terminal, one line at the end in a pipe."""
        count, started = 0, time.perf_counter()
        live = self.console.is_terminal
        with self.console.status(f"{what} …") if live else _nothing() as status:

            def step(label: str) -> None:
                nonlocal count
                count += 1
                if status is not None and count % 10 == 0:
                    status.update(f"{what}: {count} · {label}")

            yield step
        self.line(f"· {what}: {count} in {time.perf_counter() - started:.1f} s", style="dim")

    def compared(self, found: list[Stale], command: str, what: str) -> int:
        """The outcome of a comparison."""
        if not found:
            self.line(f"fresh: {what}", style="green")
            return FINE
        for line in described(found, command):
            self.line(line, style=diff_style(line))
        return STALE

    def wrote(self, found: list[Stale], what: str) -> int:
        """The outcome of writing."""
        for item in found:
            self.line(f"{'removed' if item.expected is None else 'wrote'} {item.path}")
        self.line(f"fresh: {what}" + ("" if found else " (nothing to do)"), style="green")
        return FINE

    def failed(self, reason: str) -> int:
        """Something that only a person can mend."""
        self.line(reason, style="red")
        self.line("failed: mend the above and run this again", style="bold red")
        return NEEDS_A_PERSON


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


def diff_style(line: str) -> str | None:
    first = line[:1]
    return {"+": "green", "-": "red", "@": "cyan"}.get(first)
