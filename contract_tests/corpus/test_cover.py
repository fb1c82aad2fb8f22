"""The laws of the set cover."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.corpus.cover import smallest

facts = st.frozensets(st.integers(0, 25), max_size=8)
candidates = st.lists(facts, max_size=25)


def union(sets: list[frozenset[int]], indices: list[int] | range) -> set[int]:
    return {fact for index in indices for fact in sets[index]}


def costs_of(sets: list[frozenset[int]]) -> list[int]:
    return [len(one) * 7 % 5 for one in sets]


@settings(max_examples=200)
@given(candidates)
def test_the_chosen_reach_what_all_reach(sets: list[frozenset[int]]) -> None:
    chosen = smallest(sets, costs_of(sets))

    assert union(sets, chosen) == union(sets, range(len(sets)))


@settings(max_examples=200)
@given(candidates)
def test_none_of_the_chosen_can_be_left_out(sets: list[frozenset[int]]) -> None:
    chosen = smallest(sets, costs_of(sets))

    assert all(union(sets, [i for i in chosen if i != left]) != union(sets, chosen) for left in chosen)


@settings(max_examples=200)
@given(candidates)
def test_one_pass_in_the_given_order_is_never_smaller(sets: list[frozenset[int]]) -> None:
    covered: set[int] = set()
    one_pass = []
    for index, reached in enumerate(sets):
        if reached - covered:
            one_pass.append(index)
            covered |= reached

    assert len(smallest(sets, costs_of(sets))) <= len(one_pass)


@settings(max_examples=200)
@given(candidates, st.data())
def test_what_is_kept_is_always_chosen(sets: list[frozenset[int]], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(sets))), unique=True)) if sets else []

    chosen = smallest(sets, costs_of(sets), kept)

    assert chosen[: len(kept)] == kept
    assert union(sets, chosen) == union(sets, range(len(sets)))


@given(candidates)
def test_no_candidate_is_chosen_twice(sets: list[frozenset[int]]) -> None:
    chosen = smallest(sets, costs_of(sets))

    assert len(set(chosen)) == len(chosen)


def test_of_two_that_reach_the_same_the_cheaper_is_chosen() -> None:
    same = frozenset({1, 2})

    assert smallest([same, same], [2, 1]) == [1]
    assert smallest([same, same], [1, 1]) == [0]


def test_greed_is_not_followed_where_one_pass_does_better() -> None:
    sets = [frozenset({1, 2, 3, 7}), frozenset({4, 5, 6, 8}), frozenset({1, 2, 3, 4, 5, 6})]

    assert sorted(smallest(sets, [1, 1, 1])) == [0, 1]
