"""Making things in a thread of its own while somebody else uses those that are made."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


def ahead(parts: Iterator[T]) -> Iterator[T]:
    """The same parts in the same order, made from now on, whether anybody waits for them or not.

    Raises what making them raises, after the parts before it. Whoever stops early leaves the thread to end by itself.
    """
    made: _Made[T] = _Made()
    Thread(target=made.fill, args=(parts,), daemon=True).start()
    return made.parts()


class _Made(Generic[T]):
    def __init__(self) -> None:
        self._parts: SimpleQueue[T] = SimpleQueue()
        self._steps: SimpleQueue[BaseException | bool] = SimpleQueue()
        """For each part True; in the end False, or why there are no more."""

    def fill(self, parts: Iterator[T]) -> None:
        try:
            for part in parts:
                self._parts.put(part)
                self._steps.put(True)
            self._steps.put(False)
        except BaseException as error:
            self._steps.put(error)

    def parts(self) -> Iterator[T]:
        while (step := self._steps.get()) is True:
            yield self._parts.get()
        if isinstance(step, BaseException):
            raise step
