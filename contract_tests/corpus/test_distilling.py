"""Distilling: the fewest entries that reach what was reached, alone or after as few calls as it takes."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.corpus.distilling import Distilled, distilled
from tools.corpus.entries import Entry, Step
from tools.corpus.facts import STATUS, Facts
from tools.corpus.files import files_of
from tools.corpus.playing import Player, quiet
from tools.corpus.trying import TOO_LONG, Trial
from tools.corpus.watching import Noted, Notes, Watched, together
from tools.events import HttpCall
from tools.fuzz.calls import Sent
from tools.fuzz.findings import Failed
from tools.openapi.document import document

CONFIGURATIONS = "/api/v2/configurations"
JSON = (("content-type", "application/json"),)
WATCHES = b'{"name":"","tickers":[]}'


@functools.cache
def trial() -> Trial:
    return Trial(Player(), Facts(document()))


@functools.cache
def target() -> Watched:
    return Watched()


def asked(method: str, path: str, query: str = "", body: bytes | None = None, caller: str = "anonymous") -> Sent:
    credentials = tuple((name.lower(), value) for name, value in target().credentials(caller))
    return Sent(HttpCall(method, path, query, (*credentials, *(JSON if body else ())), body), "v1")


def noted(*rounds: list[Sent]) -> Notes:
    """What a watched stage notes of calls; each list begins anew."""
    target().notes.calls.clear()
    for sents in rounds:
        target().reset()
        for sent in sents:
            target().call(sent.call, sent.shape)
    return target().notes


SEARCHES = [asked("GET", "/api/v2/tickers/search", query) for query in ("q=ms", "q=apple", "q=micro", "q=", "limit=x")]
CREATES = [asked("POST", CONFIGURATIONS, body=WATCHES) for _ in range(3)]


@pytest.fixture(autouse=True)
def nothing_is_logged() -> Iterator[None]:
    with quiet():
        yield


def made_of(*rounds: list[Sent], existing: tuple[Entry, ...] = (), failures: tuple[Failed, ...] = ()) -> Distilled:
    return distilled(existing, [noted(*rounds)], failures, trial())


def test_the_entries_reach_everything_that_the_run_reached() -> None:
    made = made_of(SEARCHES, CREATES)

    assert made.lost == []
    assert made.reached == made.run > 100


def test_calls_that_reach_nothing_new_leave_no_entry() -> None:
    made = made_of([*SEARCHES, *SEARCHES, asked("GET", "/api/v2/tickers/search", "q=microsoft")])

    assert len(made.entries) <= len(SEARCHES)


def test_what_needs_calls_before_it_keeps_as_few_as_lead_there() -> None:
    noise = [asked("GET", CONFIGURATIONS), *SEARCHES]
    made = made_of([*noise, CREATES[0], *noise, CREATES[1], *noise])

    conflict = next(entry for name, entry in made.entries if entry.last.status == 409)
    assert [step.status for step in conflict.steps] == [201, 409]


def test_a_call_is_kept_with_what_it_is_answered_alone() -> None:
    made = made_of([asked("GET", CONFIGURATIONS)])

    ((name, entry),) = made.entries
    assert name == "listConfigurations"
    assert entry.last == Step("anonymous", "v1", HttpCall("GET", CONFIGURATIONS), 200)


def test_an_entry_that_is_there_stays_where_a_new_one_would_do_as_well() -> None:
    first = made_of(SEARCHES).entries
    again = made_of([*reversed(SEARCHES)], existing=tuple(entry for _, entry in first))

    assert files_of(again.entries).keys() == files_of(first).keys()
    assert {entry.steps for _, entry in again.entries} == {entry.steps for _, entry in first}


def test_an_entry_that_reaches_nothing_of_its_own_goes() -> None:
    twice = Entry("", (trial().step_of(asked("GET", "/health", caller="nobody")),), "")
    longer = replace(twice, steps=(replace(twice.last, call=replace(twice.last.call, headers=(("a", "b"),))),))

    made = made_of([], existing=(twice, longer))

    assert [entry.steps[0].call for _, entry in made.entries] == [twice.last.call]


def test_what_once_failed_is_never_dropped() -> None:
    once = Entry("", (trial().step_of(asked("GET", "/health")),), "", "contract: status 500 is not declared")
    longer = replace(once, steps=(once.last, *once.steps), found="again")

    made = made_of([asked("GET", "/health")], existing=(once, longer))

    assert {entry.found for _, entry in made.entries} >= {once.found, longer.found}


def test_a_failure_that_was_found_becomes_an_entry_that_says_so() -> None:
    calls = (asked("DELETE", f"{CONFIGURATIONS}/x"),)
    failed = Failed("deleteConfiguration", "fuzzing", "contract", "status 500 is not declared\nmore", 500, calls)

    made = made_of([], failures=(failed,))

    ((name, entry),) = made.entries
    assert (name, entry.found) == ("deleteConfiguration", "contract: status 500 is not declared")
    assert entry.last.status == 422


def test_what_nobody_would_read_is_not_kept() -> None:
    made = made_of([asked("GET", "/api/v2/tickers/search", f"q={'a' * TOO_LONG}")])

    assert made.entries == []
    assert made.lost


def test_broken_json_that_python_versions_place_differently_is_not_kept() -> None:
    bodies = [b'{"name":"","tickers":[],}', b'{"name":"","tickers":[1, ]}', b'{"name":"'][:2]

    made = made_of([asked("POST", CONFIGURATIONS, body=body) for body in bodies])

    assert made.entries == []


def test_each_entry_says_first_what_it_alone_brought() -> None:
    made = made_of(CREATES[:2])

    assert [entry.why for _, entry in made.entries][-1].startswith("response 409")
    assert all(any(fact[0] == STATUS for fact in trial().tried(e.steps).facts) for _, e in made.entries)


facts = st.frozensets(st.sampled_from([("fact", str(n)) for n in range(6)]), min_size=1, max_size=3)
sents = st.sampled_from([Sent(HttpCall("GET", f"/{n}"), shape) for n in (1, 2, 10) for shape in ("v1", "v2")])
notings = st.lists(st.tuples(facts, sents, st.integers(0, 2)), max_size=12)


def notes_of(rows: list[tuple[frozenset[tuple[str, ...]], Sent, int]]) -> Notes:
    """As a watched stage would have noted the rows in their order."""
    notes = Notes()
    for found, sent, before in rows:
        for fact in sorted(found):
            if fact not in notes.facts:
                notes.facts.append(fact)
        mask = sum(1 << notes.facts.index(fact) for fact in found)
        one = Noted(sent, (sent,) * before)
        if mask not in notes.calls or one.comes_before(notes.calls[mask]):
            notes.calls[mask] = one
    return notes


@settings(max_examples=100)
@given(notings, st.integers(0, 12), st.permutations(range(2)))
def test_it_does_not_matter_how_calls_were_dealt_out_to_processes(
    rows: list[tuple[frozenset[tuple[str, ...]], Sent, int]], at: int, order: list[int]
) -> None:
    parts = [notes_of(rows[:at]), notes_of(rows[at:])]

    whole, dealt = together([notes_of(rows)]), together([parts[index] for index in order])

    assert list(whole.items()) == list(dealt.items())
