"""What the functions log, as operators receive it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from handlers.runtime.log import log

Line = dict[str, Any]


class Logged:
    """The lines written since the beginning, of every logger of the process."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self, level: str) -> list[Line]:
        """Our own lines of a level."""
        read = [json.loads(line) for line in self.text.splitlines() if line.startswith("{")]
        return [line for line in read if line["level"] == level]


@contextmanager
def logged(level: int = logging.DEBUG) -> Iterator[Logged]:
    """Everything that is logged inside the block, from a level on."""
    found = Logged()
    ours, others = logging.StreamHandler(found.stream), logging.StreamHandler(found.stream)
    ours.setFormatter(log.registered_formatter)
    product, root = logging.getLogger("bellwether"), logging.getLogger()
    before = product.level, root.level
    product.addHandler(ours)
    root.addHandler(others)
    product.setLevel(level)
    root.setLevel(level)
    try:
        yield found
    finally:
        product.removeHandler(ours)
        root.removeHandler(others)
        product.setLevel(before[0])
        root.setLevel(before[1])
