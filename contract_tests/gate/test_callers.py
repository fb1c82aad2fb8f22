"""Credentials: which ones speak for somebody, in which place, and until when."""

from __future__ import annotations

import json
import string
import subprocess
import sys
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.client import value
from handlers.assembly import Backend, StoredSessions
from handlers.gate.callers import Caller, Callers
from handlers.gate.event import read
from handlers.runtime.clock import FixedClock
from models.operation import Level
from models.registry import entries
from tools import identities
from tools.artefacts import ROOT
from tools.events import HttpCall, Pairs, Received, rest_event
from tools.stage import FEEDS, NOW, SIGNING_KEY, Stage

ME = "/api/v2/auth/me"
ARTICLES = "/api/v2/articles"
"""Needs a session, and its handler nothing that is kept of one."""
BASE64URL = string.ascii_letters + string.digits + "-_"
Claims = dict[str, Any]
LEEWAY = 60
"""Seconds that clocks may differ."""


def claims(**changed: Any) -> Claims:
    issued = int(NOW.timestamp())
    made: Claims = {
        "sub": identities.MEMBER, "sid": identities.SESSION, "rev": identities.REVISION, "roles": ["free"], "jti": "1",
        "iss": "bellwether", "aud": "bellwether-api", "iat": issued, "nbf": issued, "exp": issued + 900,
    }  # fmt: skip
    return {**made, **changed}


def token(key: str = SIGNING_KEY, algorithm: str = "HS256", **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm=algorithm)


def without(name: str) -> str:
    made = claims()
    del made[name]
    return jwt.encode(made, SIGNING_KEY, algorithm="HS256")


def ask(headers: Pairs, at: datetime = NOW, path: str = ME, query: str = "") -> Received:
    return Stage(clock=FixedClock(at)).call(HttpCall("GET", path, query, headers))


@cache
def stage() -> Stage:
    """For questions that change nothing."""
    return Stage()


def as_bearer(credential: str) -> Received:
    return stage().call(HttpCall("GET", ME, "", bearer(credential)))


def caller_of(credential: str) -> Caller:
    """Whom the gate takes a credential for."""
    backend = Backend(stage().settings, stage().clock, stage().chance, FEEDS, stage().store)
    callers = Callers(StoredSessions(backend), backend.settings, backend.clock)
    return callers.identify(read(rest_event(HttpCall("GET", ME, "", bearer(credential)))))


def bearer(credential: str) -> Pairs:
    return (("Authorization", f"Bearer {credential}"),)


def test_a_token_of_a_live_session_speaks_for_its_user() -> None:
    got = ask(bearer(token()))

    assert got.status == 200
    assert value(got)["auth_type"] == "google"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_compared_without_case(scheme: str) -> None:
    assert ask((("authorization", f"{scheme} {identities.ANONYMOUS}"),)).status == 200


BAD_TOKENS = {
    "another key": token(key="x" * 40),
    "no signature": jwt.encode(claims(), "", algorithm="none"),
    "another algorithm": token(algorithm="HS512"),
    "another issuer": token(iss="somebody"),
    "another audience": token(aud="somebody"),
    "several audiences, none ours": token(aud=["a", "b"]),
    "a stale revision": token(rev=identities.REVISION - 1),
    "a revision to come": token(rev=identities.REVISION + 1),
    "a revision that is text": token(rev=str(identities.REVISION)),
    "a revision that is true": token(rev=True),
    "a session that never was": token(sid="5e55ffff-1111-4222-8333-444455556666"),
    "a session of somebody else": token(sid=identities.OPERATOR_SESSION),
    "a session that is no text": token(sid=1),
    "an anonymous user": token(sub=identities.ANONYMOUS),
    "a user that never was": token(sub="5fdaffff-aa5e-4bcd-8caa-5c6ebe7e9f06"),
    "a subject that is no text": token(sub=1),
    "roles that are no list": token(roles="operator"),
    "times that are text": token(exp="tomorrow"),
    "times that are true": token(nbf=True),
    "an end that has passed": token(exp=int(NOW.timestamp()) - LEEWAY),
    "a beginning to come": token(nbf=int(NOW.timestamp()) + LEEWAY + 1),
    "an issue to come": token(iat=int(NOW.timestamp()) + LEEWAY + 1),
    "times that are huge": token(nbf=10**30),
    "half a token": token()[: len(token()) // 2],
    "rubbish": "a.b.c",
    **{f"no {name}": without(name) for name in claims()},
}


@pytest.mark.parametrize("why", BAD_TOKENS)
def test_a_token_with_a_flaw_speaks_for_nobody(why: str) -> None:
    got = ask(bearer(BAD_TOKENS[why]))

    assert got.status == 401, why
    assert value(got)["code"] == "UNAUTHENTICATED"
    assert BAD_TOKENS[why].encode() not in got.body


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        (0, 200),
        (899, 200),
        (900 + LEEWAY - 1, 200),
        (900 + LEEWAY, 401),
        (-LEEWAY, 200),
        (-LEEWAY - 1, 401),
    ],
)
def test_clocks_may_differ_by_the_leeway(seconds: int, status: int) -> None:
    assert ask(bearer(token()), NOW + timedelta(seconds=seconds)).status == status


def test_a_token_that_we_mint_lives_for_fifteen_minutes() -> None:
    minted = identities.credentials_of("member", stage().settings, NOW)
    statuses = [ask(minted, NOW + timedelta(seconds=900 + LEEWAY + later)).status for later in (-1, 0)]

    assert statuses == [200, 401]


def test_a_token_of_a_session_that_has_expired_speaks_for_nobody() -> None:
    # It began a day ago.
    ends = NOW + timedelta(days=29)
    issued = int(ends.timestamp()) - 60
    fresh = bearer(token(iat=issued, nbf=issued, exp=issued + 900))

    assert ask(fresh, ends - timedelta(seconds=1)).status == 200
    assert ask(fresh, ends).status == 401


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_token_that_was_tampered_with_speaks_for_nobody(data: st.DataObject) -> None:
    good = token()
    # The last character of a signature has two bits that mean nothing (RFC 4648, 3.5).
    place = data.draw(st.integers(0, len(good) - 2))
    other = data.draw(st.sampled_from(BASE64URL.replace(good[place], "")))

    assert as_bearer(good[:place] + other + good[place + 1 :]).status == 401


@settings(max_examples=100, deadline=None)
@given(st.text() | st.lists(st.text(BASE64URL), min_size=3, max_size=3).map(".".join))
def test_whatever_is_sent_as_a_credential_is_answered(text: str) -> None:
    got = as_bearer(text)

    assert got.status == 401
    assert value(got)["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    ("roles", "level"),
    [
        ([], Level.MEMBER),
        (["free"], Level.MEMBER),
        (["free", "paid"], Level.MEMBER),
        (["free", "paid", "operator"], Level.OPERATOR),
        (["operators", 1, None, ["operator"], {"operator": True}], Level.MEMBER),
    ],
)
def test_the_roles_of_a_token_give_its_level(roles: list[Any], level: Level) -> None:
    assert caller_of(token(roles=roles)) == Caller(identities.MEMBER, level, identities.SESSION)


def test_an_anonymous_caller_has_the_lowest_level_and_no_session_but_themselves() -> None:
    assert caller_of(identities.ANONYMOUS) == Caller(identities.ANONYMOUS, Level.SESSION)


BAD_IDS = {
    "an id that nobody has": "0a8bffff-5b0f-4c7e-9d55-0d1f6f2f9a01",
    "a user who has signed in": identities.MEMBER,
    "an expired session": identities.EXPIRED,
    "a revoked session": identities.REVOKED,
    "an id without hyphens": identities.ANONYMOUS.replace("-", ""),
    "an id in upper case": identities.ANONYMOUS.upper(),
    "an id of version 1": "0a8b4a52-5b0f-1c7e-9d55-0d1f6f2f9a01",
    "an id with a line break": identities.ANONYMOUS + "\n1",
    "nothing": "",
}


@pytest.mark.parametrize("why", BAD_IDS)
def test_an_id_that_is_no_live_anonymous_session_speaks_for_nobody(why: str) -> None:
    assert ask(bearer(BAD_IDS[why])).status == 401


@pytest.mark.parametrize("scheme", ["Basic", "Digest", "Token", identities.ANONYMOUS])
def test_other_schemes_are_refused_even_beside_a_good_credential(scheme: str) -> None:
    headers = (("Authorization", f"{scheme} {identities.ANONYMOUS}"), ("X-User-ID", identities.ANONYMOUS))

    assert ask(headers).status == 401


def test_the_user_id_header_is_another_place_for_the_same_credential() -> None:
    assert ask((("X-User-ID", identities.ANONYMOUS),)).status == 200
    assert ask((("x-user-id", token()),)).status == 200
    assert ask((("X-User-ID", "somebody"),)).status == 401


def test_authorization_wins_over_the_user_id_header() -> None:
    got = ask((("Authorization", f"Bearer {token()}"), ("X-User-ID", identities.ANONYMOUS)))

    assert value(got)["auth_type"] == "google"


def test_of_two_authorizations_the_first_speaks() -> None:
    two = (*bearer(token()), *bearer("rubbish"))

    assert ask(two).status == 200
    assert ask(two[::-1]).status == 401


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_blank_authorization_does_not_count(blank: str) -> None:
    assert ask((("Authorization", blank), ("X-User-ID", identities.ANONYMOUS))).status == 200


def test_the_query_is_no_place_for_a_credential_but_where_an_operation_declares_it() -> None:
    query = f"user_token={identities.ANONYMOUS}"

    assert ask((), query=query).status == 401
    assert ask(bearer(identities.ANONYMOUS), query=query).status == 422


def test_only_the_stream_of_a_configuration_declares_it() -> None:
    assert [entry.operation.id for entry in entries() if entry.operation.takes_user_token] == ["streamConfiguration"]


@pytest.mark.parametrize("header", ["Authorization", "X-User-ID"])
def test_a_refused_credential_is_not_repeated(header: str) -> None:
    got = ask(((header, identities.REVOKED),))

    assert got.status == 401
    assert identities.REVOKED[:8].encode() not in got.body


def test_a_public_operation_ignores_credentials_altogether() -> None:
    got = ask((("Authorization", "Basic rubbish"), ("X-User-ID", "?")), path="/api/v2/market/status")

    assert got.status == 200


def test_a_credential_is_looked_at_before_the_request_is_validated() -> None:
    path = "/api/v2/configurations/not-an-id"

    assert ask((), path=path).status == 401
    assert ask(bearer(identities.ANONYMOUS), path=path).status == 422


LOADED = """
import json, sys
from handlers.assembly import assemble
from handlers.runtime.settings import Settings
event, wanted = json.load(sys.stdin)
status = assemble("dashboard", Settings(signing_key="k" * 32))(event)["statusCode"]
print(status, *[name for name in wanted if name in sys.modules])
"""
COSTLY = ("handlers.storage.users", "handlers.storage.sessions", "handlers.storage.configurations", "sqlite3", "jwt")


@pytest.mark.parametrize(
    ("path", "headers", "loaded"),
    [
        ("/api/v2/market/status", (), "200"),
        (ARTICLES, (), "401"),
        (ARTICLES, bearer(identities.ANONYMOUS), "401 handlers.storage.users handlers.storage.sessions sqlite3"),
        (ARTICLES, bearer("a.b.c"), "401 jwt"),
    ],
)
def test_a_first_request_loads_what_knowing_its_caller_takes(path: str, headers: Pairs, loaded: str) -> None:
    sent = json.dumps([rest_event(HttpCall("GET", path, "", headers)), COSTLY])
    got = subprocess.run([sys.executable, "-c", LOADED], input=sent, capture_output=True, text=True, cwd=ROOT)

    assert got.stdout.splitlines()[-1:] == [loaded], got
