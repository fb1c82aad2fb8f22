"""Credentials leave a call under the name of their caller and come back with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tools.corpus import files
from tools.corpus.callers import Callers, credentials
from tools.events import HttpCall
from tools.fuzz.target import StageTarget
from tools.identities import NAMES

CALL = HttpCall("POST", "/api/v2/auth/extend", "a=1", (("content-type", "application/json"), ("cookie", "theme=dark")))


@pytest.mark.parametrize("caller", NAMES)
def test_a_callers_credentials_are_taken_out_and_put_back(caller: str) -> None:
    callers = Callers()
    sent = callers.given_to(CALL, caller)

    assert callers.taken_from(sent)[0] == caller
    assert sorted(callers.taken_from(sent)[1].headers) == sorted(CALL.headers)


@pytest.mark.parametrize("caller", NAMES)
def test_there_is_one_cookie_header_for_all_cookies(caller: str) -> None:
    sent = Callers().given_to(CALL, caller)

    assert [name.lower() for name, _ in sent.headers].count("cookie") == 1


def test_what_the_fuzzer_sends_is_known_by_its_caller() -> None:
    target = StageTarget()
    sent = tuple(sorted((name.lower(), value) for name, value in target.credentials("member")))

    assert Callers().taken_from(HttpCall("GET", "/", "", sent)) == ("member", HttpCall("GET", "/"))


def test_half_of_a_callers_credentials_are_nobodys() -> None:
    pairs = [pair for pair in credentials()["operator"] if pair[0] != "x-csrf-token"]
    sent = replace(CALL, headers=tuple(pairs))

    assert Callers().taken_from(sent) == ("nobody", sent)


def test_a_caller_whose_pair_is_halved_is_the_one_without_it() -> None:
    authorization, cookie = (pair for pair in credentials()["member"] if pair[0] != "x-csrf-token")
    sent = replace(CALL, headers=(authorization, cookie))

    assert Callers().taken_from(sent) == ("member_without_csrf", replace(CALL, headers=(cookie,)))


def test_the_corpus_repeats_no_credential_of_a_recorded_caller() -> None:
    tokens = {value for pairs in credentials().values() for name, value in pairs if name == "authorization"}
    text = b"".join(files.committed().values()).decode()

    assert [token for token in tokens if token in text] == []
