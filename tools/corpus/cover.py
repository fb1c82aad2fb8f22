"""The fewest candidates that reach together what all reach: set cover, greedily, and nothing in it that the rest covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from heapq import heapify, heappop, heappush


def smallest(reached: Sequence[Collection[Hashable]], costs: Sequence[int], kept: Collection[int] = ()) -> list[int]:
    """Indices in the order in which they were chosen, `kept` ones first and always.

    Greedy is within a factor of the logarithm of the best; where one pass over the candidates in their order does better,
    its choice is taken. Of equal gain, the cheaper; of equal cost, the earlier.
    """
    masks = _masks(reached)
    choices = [_without_redundant(choose(masks, costs, list(kept)), reached, costs, set(kept)) for choose in CHOICES]
    return min(choices, key=len)


def _masks(reached: Sequence[Collection[Hashable]]) -> list[int]:
    """Each set as an integer with a bit for each member."""
    bits: dict[Hashable, int] = {}
    return [sum(1 << bits.setdefault(fact, len(bits)) for fact in set(facts)) for facts in reached]


def _greedy(masks: Sequence[int], costs: Sequence[int], kept: list[int]) -> list[int]:
    """Always the one that adds most. A gain only ever falls, so the heap's old gains are upper bounds."""
    chosen, covered = list(kept), 0
    for index in kept:
        covered |= masks[index]
    waiting = [(-mask.bit_count(), costs[index], index) for index, mask in enumerate(masks)]
    heapify(waiting)
    while waiting:
        _, cost, index = heappop(waiting)
        gain = (masks[index] & ~covered).bit_count()
        if waiting and gain and (-gain, cost, index) > waiting[0]:
            heappush(waiting, (-gain, cost, index))
        elif gain:
            chosen.append(index)
            covered |= masks[index]
    return chosen


def _one_pass(masks: Sequence[int], costs: Sequence[int], kept: list[int]) -> list[int]:
    """Each that adds something to those before it."""
    chosen, covered = list(kept), 0
    for index in kept:
        covered |= masks[index]
    for index, mask in enumerate(masks):
        if mask & ~covered:
            chosen.append(index)
            covered |= mask
    return chosen


Choice = Callable[[Sequence[int], Sequence[int], list[int]], list[int]]
CHOICES: tuple[Choice, ...] = (_greedy, _one_pass)


def _without_redundant(
    chosen: list[int], reached: Sequence[Collection[Hashable]], costs: Sequence[int], kept: Collection[int]
) -> list[int]:
    """Without those, the dearest first, whose every fact another one reaches too."""
    times = Counter(fact for index in chosen for fact in set(reached[index]))
    left = set(chosen)
    for index in sorted(chosen, key=lambda index: (-costs[index], -index)):
        facts = set(reached[index])
        if index not in kept and all(times[fact] > 1 for fact in facts):
            times.subtract(facts)
            left.remove(index)
    return [index for index in chosen if index in left]
