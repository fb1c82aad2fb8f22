"""Chance that can be repeated: independent streams of draws, each found by name alone.

A draw uses nothing but + - * / and square roots of what Mersenne Twister yields: IEEE 754 fixes their last bit on every
machine, which it does not for exp, log and cos, and so not for `random.gauss`.
"""

from __future__ import annotations

from hashlib import blake2b
from math import sqrt
from random import Random

_SQRT_3 = sqrt(3)


def stream(*name: object) -> Random:
    """A fresh stream of draws; the same name always yields the same draws."""
    return Random(":".join(map(str, name)))


def bell(draws: Random) -> float:
    """A draw from a bell curve of mean 0 and variance 1, within ±3.47."""
    draw = draws.random
    return (draw() + draw() + draw() + draw() - 2) * _SQRT_3


def tailed(draws: Random) -> float:
    """A bell-curve draw with the fat tails of returns: one in thirty is three times as far out."""
    far = 3.0 if draws.random() < 1 / 30 else 1.0
    return bell(draws) * far


def identity(*name: object) -> str:
    """Twelve hex digits that stand for a name."""
    return blake2b(":".join(map(str, name)).encode(), digest_size=6).hexdigest()


def between(low: float, value: float, high: float) -> float:
    """The value, or the end of low..high that it overshoots."""
    return min(max(value, low), high)
