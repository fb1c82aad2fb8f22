"""A circuit breaker as a value: when a source may be asked, and what its answers and failures change. No I/O.

    closed ── 5 failures within 300 s ──▶ open ── after 60 s ──▶ half_open ── the trial succeeds ──▶ closed
                                           ▲                         │
                                           └──── the trial fails ────┘

M. Nygard, Release It! (2007), chapter 5.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

FAILURES: Final = 5
WINDOW: Final = timedelta(seconds=300)
OPEN: Final = timedelta(seconds=60)
TRIAL: Final = timedelta(seconds=30)
"""How long one trial keeps others out: longer than a call may take, so that a crashed one blocks nobody for good."""

CircuitState = Literal["closed", "open", "half_open"]


@dataclass(frozen=True, slots=True)
class Circuit:
    """What is remembered of a source. `version` counts its changes; `failures` are those that still matter, oldest first."""

    version: int = 0
    failures: tuple[datetime, ...] = ()
    opened_at: datetime | None = None
    trial_until: datetime | None = None

    @property
    def state(self) -> CircuitState:
        if self.opened_at is None:
            return "closed"
        return "open" if self.trial_until is None else "half_open"


CLOSED: Final = Circuit()


def retry_at(circuit: Circuit) -> datetime | None:
    """From when on a call, or the next trial, is let through; None if one is now."""
    if circuit.opened_at is None:
        return None
    return circuit.trial_until or circuit.opened_at + OPEN


def tried(circuit: Circuit, now: datetime) -> Circuit:
    """The circuit while a trial runs that begins now. ValueError while none may."""
    at = retry_at(circuit)
    if at is None or now < at:
        raise ValueError(f"a {circuit.state} circuit takes no trial at {now.isoformat()}")
    return _changed(circuit, trial_until=now + TRIAL)


def failed(circuit: Circuit, trial: int | None, now: datetime) -> Circuit:
    """After a failure of a call that was let through as `trial` (the version it made), or without one.

    Only the running trial moves a circuit that is not closed: calls from before say nothing new.
    """
    if circuit.opened_at is not None:
        mine = trial is not None and trial == circuit.version
        return _changed(circuit, opened_at=now, trial_until=None) if mine else circuit
    recent = (*(at for at in circuit.failures if now - at < WINDOW), now)
    if len(recent) < FAILURES:
        return _changed(circuit, failures=recent)
    return _changed(circuit, failures=(), opened_at=now)


def succeeded(circuit: Circuit, trial: int | None) -> Circuit:
    """After a success: the running trial closes the circuit; on a closed one it ends a row of failures."""
    if circuit.opened_at is not None:
        mine = trial is not None and trial == circuit.version
        return _changed(circuit, opened_at=None, trial_until=None) if mine else circuit
    return _changed(circuit, failures=()) if circuit.failures else circuit


def released(circuit: Circuit, trial: int | None) -> Circuit:
    """After a call that told nothing about the source: another may be the trial at once."""
    mine = trial is not None and trial == circuit.version
    return _changed(circuit, trial_until=None) if mine else circuit


def _changed(circuit: Circuit, **changes: object) -> Circuit:
    return replace(circuit, version=circuit.version + 1, **changes)  # type: ignore[arg-type]
