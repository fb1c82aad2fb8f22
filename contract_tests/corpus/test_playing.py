"""The player answers as the stage does, and every entry of the corpus begins where all others begin."""

from __future__ import annotations

import functools

import pytest

from tools.artefacts import ROOT
from tools.corpus import files
from tools.corpus.entries import Entry, Step, digest_of
from tools.corpus.files import entries_in
from tools.corpus.playing import Player
from tools.events import SHAPES, HttpCall
from tools.fuzz.target import StageTarget
from tools.goldens import replay
from tools.identities import CONFIGURATION

GETS = Step("anonymous", "v1", HttpCall("GET", f"/api/v2/configurations/{CONFIGURATION}"), 200)
DELETES = Step("anonymous", "v1", HttpCall("DELETE", f"/api/v2/configurations/{CONFIGURATION}"), 204)
STARTS = Step("nobody", "v1", HttpCall("POST", "/api/v2/auth/anonymous"), 201)
CANDLES = Step("anonymous", "v1", HttpCall("GET", "/api/v2/tickers/AAPL/ohlc"), 200)
METRICS = Step("anonymous", "v1", HttpCall("GET", "/api/v2/metrics"), 200)


@functools.cache
def player() -> Player:
    return Player()


@functools.cache
def stage() -> StageTarget:
    return StageTarget()


def golden_calls() -> list[tuple[str, HttpCall]]:
    found = []
    for file in replay.files():
        path = file.relative_to(ROOT).as_posix()
        content = replay._content(file)
        if content is not None and not path.startswith("golden/gate/"):
            found.append((content["given"]["caller"], replay.call_in(content)))
    return found


@pytest.mark.exhaustive
@pytest.mark.parametrize("shape", SHAPES)
def test_the_player_answers_every_golden_call_as_the_stage_does(shape: str) -> None:
    different = []
    for caller, call in golden_calls():
        stage().reset()
        player().start()
        sent = player().callers.given_to(call, caller)
        if digest_of(stage().call(sent, shape)) != digest_of(player().call(sent, shape)):
            different.append(call)

    assert different == []


def digests(steps: list[Step]) -> list[str]:
    return [digest_of(got) for got in player().play(steps)]


@pytest.mark.parametrize("step", [STARTS, CANDLES, METRICS, GETS], ids=["ids", "stored cache", "kept cache", "store"])
def test_what_a_call_leaves_behind_is_gone_at_the_next_beginning(step: Step) -> None:
    first = digests([step])
    digests([step, step, DELETES])

    assert digests([step]) == first


def test_calls_of_one_entry_meet_what_those_before_them_left() -> None:
    first, again = player().play([STARTS, STARTS])

    assert digest_of(first) != digest_of(again)
    assert [got.status for got in player().play([GETS, DELETES, GETS])] == [200, 204, 404]


def test_the_entries_are_answered_alike_in_any_order() -> None:
    entries = list(entries_in(files.committed()).values())

    def last(entry: Entry) -> str:
        return digest_of(player().play(entry.steps)[-1])

    backwards = [last(entry) for entry in reversed(entries)]
    assert backwards[::-1] == [last(entry) for entry in entries]
