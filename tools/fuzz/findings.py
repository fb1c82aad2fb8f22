"""What went wrong, and the fewest calls that show it again from the state of the beginning."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from tools.events import Received
from tools.fuzz.calls import Bridge, Sent, packed, unpacked
from tools.fuzz.judge import Judge
from tools.fuzz.target import TRACEBACK

NEEDS_HISTORY = {"UseAfterFree", "EnsureResourceAvailability"}
"""Findings about a call after others: without them the same response is no finding."""
COMMAND = "python -m tools fuzz --replay"
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Failed:
    """A check that failed on the last of some calls, made one after the other from the state of the beginning."""

    operation_id: str
    phase: str
    check: str
    message: str
    status: int
    calls: tuple[Sent, ...]

    @property
    def token(self) -> str:
        """All of it as one word for a command line. Nothing in it is secret: the stage's key is known."""
        row = [
            self.operation_id,
            self.phase,
            self.check,
            self.message,
            self.status,
            [packed(sent) for sent in self.calls],
        ]
        data = zlib.compress(json.dumps(row, separators=(",", ":")).encode(), 9)
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    @staticmethod
    def of(token: str) -> Failed:
        """Raises `ValueError`."""
        try:
            data = zlib.decompress(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            operation_id, phase, check, message, status, rows = json.loads(data)
            return Failed(operation_id, phase, check, message, status, tuple(unpacked(row) for row in rows))
        except (ValueError, TypeError, zlib.error) as error:
            raise ValueError(f"this is no token of a failure: {error}") from error


@dataclass(frozen=True, slots=True)
class Finding:
    """A failure for people: the request and the response in short."""

    operation_id: str
    phase: str
    check: str
    message: str
    request: str
    response: str
    failed: Failed | None = None
    """None where no call was made."""

    @staticmethod
    def of(failed: Failed, sent: Sent, got: Received) -> Finding:
        response = f"{got.status} {got.body[:300].decode(errors='replace')}"
        message = f"{failed.message}\n{got.raw[TRACEBACK]}" if TRACEBACK in got.raw else failed.message
        return Finding(failed.operation_id, failed.phase, failed.check, message, sent.line, response, failed)

    @property
    def replay(self) -> str | None:
        """The command that shows it again."""
        return None if self.failed is None else f"{COMMAND} {self.failed.token}"


def kind_of(message: str) -> str:
    """What messages of one kind have in common: how they begin."""
    return message[:60]


def shown_again(failed: Failed, bridge: Bridge, judge: Judge) -> Received | None:
    """The last response of the calls from the beginning, if it fails as it did.

    A check of schemathesis needs the case that it generated: the status has to do.
    """
    bridge.reset()
    got = [bridge.play(sent) for sent in failed.calls][-1]
    if got.status != failed.status:
        return None
    problems = judge.problems(failed.calls[-1], got, valid=failed.check == "valid_data_refused")
    if failed.check in judge.CHECKS and not any(
        c == failed.check and kind_of(t) == kind_of(failed.message) for c, t in problems
    ):
        return None
    return got


def shortened(finding: Finding, bridge: Bridge, judge: Judge) -> Finding:
    """The same finding with as few calls as show it; all of them if they do not show it again."""
    failed = finding.failed
    if failed is None or failed.check in NEEDS_HISTORY:
        return finding

    def fails(calls: tuple[Sent, ...]) -> bool:
        return shown_again(replace(failed, calls=calls), bridge, judge) is not None

    return replace(finding, failed=replace(failed, calls=fewest(failed.calls, fails)))


def fewest(calls: tuple[C, ...], fails: Callable[[tuple[C, ...]], bool]) -> tuple[C, ...]:
    """The last call alone if that fails, else without each call that is not needed, tried from the newest on."""
    if fails(calls[-1:]):
        return calls[-1:]
    kept = calls
    for index in reversed(range(len(calls) - 1)):
        shorter = kept[:index] + kept[index + 1 :]
        if fails(shorter):
            kept = shorter
    return kept
