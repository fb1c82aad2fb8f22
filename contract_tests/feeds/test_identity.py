"""Identities as Google and GitHub document them, over the loopback; and the recorded provider's people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest

from contract_tests.feeds.source import Answer, Asked, Source, source, told
from contract_tests.logs import logged
from handlers.domain.linking import Identity
from handlers.domain.oauth import challenge
from handlers.feeds._exchanges import Patience
from handlers.feeds.github_identity import GitHub
from handlers.feeds.google_identity import Google
from handlers.feeds.identities import open_providers
from handlers.feeds.identity import PEOPLE, CodeRefused, IdentityProvider, RecordedProvider
from handlers.feeds.port import FeedUnavailable
from handlers.runtime.clock import FixedClock
from handlers.runtime.secrets import SecretUnavailable
from handlers.runtime.settings import Settings

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
CLOCK = FixedClock(NOW)
SHORT = Patience(connect=1.0, read=0.1)
MARK = "MARKED-secret"
CODE, VERIFIER, CLIENT_SECRET = f"4/{MARK}-code", f"{MARK}-verifier-0123456789-0123456789-01234", f"{MARK}-client"
PAGE = "https://app.example.com/auth/callback"
AT = int(NOW.timestamp())
CLAIMS: dict[str, Any] = {
    "iss": "https://accounts.google.com",
    "aud": "client",
    "azp": "client",
    "sub": "110169484474386276334",
    "email": "Reader@Example.com",
    "email_verified": True,
    "iat": AT,
    "exp": AT + 3600,
}


def granted(**claims: Any) -> Answer:
    """What Google's token endpoint answers, with an id token of these claims."""
    made = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    token = jwt.encode(made, "a key that only Google has, long enough", "HS256")
    return told({"access_token": f"{MARK}-token", "expires_in": 3599, "scope": "openid", "id_token": token})


@pytest.fixture
def provider() -> Iterator[Source]:
    with source() as playing:
        yield playing


def secret() -> str | None:
    return CLIENT_SECRET


def google(provider: Source, secret: Callable[[], str | None] = secret) -> Google:
    return Google("client", secret, CLOCK, f"{provider.address}/token", SHORT)


def github(provider: Source, secret: Callable[[], str | None] = secret) -> GitHub:
    return GitHub("client", secret, CLOCK, f"{provider.address}/token", provider.address, SHORT)


USER = {"id": 583231, "login": "octocat", "email": None, "name": "The Octocat"}
EMAILS = [
    {"email": "noreply@users.example.com", "primary": False, "verified": True, "visibility": None},
    {"email": "Octocat@Example.com", "primary": True, "verified": True, "visibility": "public"},
]


def octocat(changed: dict[str, Answer] | None = None) -> Callable[[Asked], Answer]:
    """GitHub's answers by path, some of them changed."""
    usual = {
        "/token": told({"access_token": f"{MARK}-token", "scope": "read:user,user:email", "token_type": "bearer"}),
        "/user": told(USER),
        "/user/emails": told(EMAILS),
    }
    return lambda asked: {**usual, **(changed or {})}[asked.path]


def exchanged(asked: IdentityProvider) -> Identity:
    return asked.exchange(CODE, VERIFIER, PAGE)


def test_google_s_id_token_becomes_an_identity(provider: Source) -> None:
    provider.answers = lambda asked: granted()
    found = exchanged(google(provider))

    assert found == Identity("google", "110169484474386276334", "reader@example.com", True)


def test_google_is_asked_as_documented(provider: Source) -> None:
    provider.answers = lambda asked: granted()
    exchanged(google(provider))

    (asked,) = provider.asked
    assert asked.query == {}
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.form == {
        "grant_type": "authorization_code",
        "code": CODE,
        "client_id": "client",
        "client_secret": CLIENT_SECRET,
        "redirect_uri": PAGE,
        "code_verifier": VERIFIER,
    }


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_only_google_s_plain_yes_verifies_an_address(provider: Source, verified: object) -> None:
    provider.answers = lambda asked: granted(email_verified=verified)

    assert not exchanged(google(provider)).email_verified


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another client"},
        {"aud": ["client", "another"]},
        {"aud": None},
        {"iss": "https://accounts.example.com"},
        {"iss": None},
        {"exp": AT - 60},
        {"exp": None},
        {"exp": "soon"},
        {"sub": ""},
        {"sub": None},
        {"sub": 110},
        {"sub": "1" * 256},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_for_us_and_now_says_nothing(provider: Source, claims: dict[str, Any]) -> None:
    provider.answers = lambda asked: granted(**claims)
    with pytest.raises(FeedUnavailable) as refused:
        exchanged(google(provider))

    assert refused.value.source == "google"


def test_an_id_token_expires_a_minute_late_as_clocks_differ(provider: Source) -> None:
    provider.answers = lambda asked: granted(exp=AT - 59)

    assert exchanged(google(provider)).subject == CLAIMS["sub"]


@pytest.mark.parametrize("issuer", ["https://accounts.google.com", "accounts.google.com"])
def test_google_calls_itself_by_two_names(provider: Source, issuer: str) -> None:
    provider.answers = lambda asked: granted(iss=issuer)

    assert exchanged(google(provider)).email == "reader@example.com"


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "e30.W10.e30", 7, None, "\u00e9.\u00e9.\u00e9"])
def test_an_id_token_that_cannot_be_read_is_the_provider_s_failure(provider: Source, token: object) -> None:
    provider.answers = lambda asked: told({"id_token": token})
    with pytest.raises(FeedUnavailable):
        exchanged(google(provider))


def test_github_s_user_and_primary_address_become_an_identity(provider: Source) -> None:
    provider.answers = octocat()
    found = exchanged(github(provider))

    assert found == Identity("github", "583231", "octocat@example.com", True)


def test_github_is_asked_as_documented(provider: Source) -> None:
    provider.answers = octocat()
    exchanged(github(provider))

    exchange, user, emails = provider.asked
    assert exchange.form == {
        "code": CODE,
        "client_id": "client",
        "client_secret": CLIENT_SECRET,
        "redirect_uri": PAGE,
        "code_verifier": VERIFIER,
    }
    assert exchange.headers["accept"] == "application/json"
    assert [asked.headers["authorization"] for asked in (user, emails)] == [f"Bearer {MARK}-token"] * 2
    assert [asked.path for asked in provider.asked] == ["/token", "/user", "/user/emails"]


@pytest.mark.parametrize(
    ("answer", "email", "verified"),
    [
        (told([{**EMAILS[1], "verified": False}]), "octocat@example.com", False),
        (told([EMAILS[0]]), None, False),
        (told([]), None, False),
        (told([{"email": 7, "primary": True, "verified": True}]), None, True),
        (told([None, "x", EMAILS[1]]), "octocat@example.com", True),
        (told({"message": "Not Found"}, status=404), None, False),
        (told({"message": "Resource not accessible"}, status=403), None, False),
    ],
)
def test_github_s_primary_address_counts_as_far_as_it_is_told_and_verified(
    provider: Source, answer: Answer, email: str | None, verified: bool
) -> None:
    provider.answers = octocat({"/user/emails": answer})
    found = exchanged(github(provider))

    assert (found.email, found.email_verified) == (email, verified)


REFUSALS = {
    "google": told({"error": "invalid_grant", "error_description": f"{MARK} Bad Request"}, status=400),
    "github": told({"error": "bad_verification_code", "error_description": f"{MARK} is incorrect or expired."}),
}


def opened(name: str, provider: Source, secret: Callable[[], str | None] = secret) -> IdentityProvider:
    return google(provider, secret) if name == "google" else github(provider, secret)


@pytest.mark.parametrize("name", REFUSALS)
def test_a_code_that_the_provider_refuses_is_no_failure_of_the_provider(provider: Source, name: str) -> None:
    provider.answers = lambda asked: REFUSALS[name]
    with pytest.raises(CodeRefused):
        exchanged(opened(name, provider))

    assert len(provider.asked) == 1


WRONG = {
    "our secret is wrong": told({"error": "invalid_client", "error_description": MARK}, status=401),
    "our page is unknown": told({"error": "redirect_uri_mismatch", "error_description": MARK}),
    "our page is unknown at google": told({"error": "redirect_uri_mismatch"}, status=400),
    "no json": Answer(f"<html>{MARK}".encode()),
    "truncated": Answer(f'{{"access_token": "{MARK}"'.encode(), announced=400),
    "not an object": told([MARK]),
    "empty": Answer(b""),
    "null": told(None),
    "no text": Answer(b"\xff\xfe\xfd"),
    "deep": Answer(b"[" * 100_000),
    "wrong types": told({"access_token": 7, "id_token": {"a": 1}}),
    "moved": Answer(status=302, headers={"Location": f"/{MARK}"}),
    "limited": told({"message": MARK}, status=429, headers={"Retry-After": "30"}),
    "broken": told({"message": MARK}, status=503),
    "slow": Answer(held=True),
    "huge": Answer(b" " * (1024 * 1024 + 1)),
}


@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.parametrize("wrong", WRONG)
def test_any_other_answer_is_a_failure_that_names_the_provider_and_no_secret(
    provider: Source, name: str, wrong: str
) -> None:
    provider.answers = lambda asked: WRONG[wrong]
    with logged() as log, pytest.raises(FeedUnavailable) as failed:
        exchanged(opened(name, provider))
    told_of_it = f"{failed.value.detail} {failed.value.reason} {failed.value!r} {log.text}"

    assert failed.value.detail.startswith(name)
    assert failed.value.retry_after_seconds == {"limited": 30}.get(wrong, failed.value.retry_after_seconds)
    assert len(provider.asked) == 1
    assert [line["provider"] for line in log.lines("WARNING")] == [name]
    assert MARK not in told_of_it
    assert failed.value.__context__ is None


@pytest.mark.parametrize("path", ["/user", "/user/emails"])
@pytest.mark.parametrize(
    "answer",
    [
        told({"message": MARK}, status=401),
        told({"message": MARK}, status=500),
        told("text"),
        Answer(b"{"),
        told({"id": True}),
    ],
    ids=["401", "500", "text", "cut", "no id"],
)
def test_github_s_later_answers_fail_alike(provider: Source, path: str, answer: Answer) -> None:
    provider.answers = octocat({path: answer})
    with logged() as log, pytest.raises(FeedUnavailable) as failed:
        exchanged(github(provider))

    assert MARK not in f"{failed.value.reason} {log.text}"


def test_an_answer_that_is_too_large_is_not_read_to_its_end(provider: Source) -> None:
    provider.answers = lambda asked: WRONG["huge"]
    with pytest.raises(FeedUnavailable) as failed:
        exchanged(google(provider))

    assert failed.value.reason == "google: its body is larger than 1048576 bytes"


def test_an_answer_that_takes_too_long_in_all_is_given_up(provider: Source) -> None:
    provider.answers = lambda asked: granted()
    hurried = Google("client", secret, CLOCK, f"{provider.address}/token", replace(SHORT, whole=0.0))
    with pytest.raises(FeedUnavailable) as failed:
        exchanged(hurried)

    assert failed.value.reason == "google: it took too long (the whole call)"


@pytest.mark.parametrize("name", REFUSALS)
def test_a_provider_that_cannot_be_reached_is_a_failure(provider: Source, name: str) -> None:
    nowhere = replace(provider, address="http://127.0.0.1:9")
    with pytest.raises(FeedUnavailable, match="does not answer"):
        exchanged(opened(name, nowhere))


def unreadable() -> str | None:
    raise SecretUnavailable("sign-ins", "no such secret")


@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.parametrize("missing", [lambda: None, lambda: "", unreadable])
def test_without_our_secret_nobody_is_asked(provider: Source, name: str, missing: Callable[[], str | None]) -> None:
    with pytest.raises(FeedUnavailable) as failed:
        exchanged(opened(name, provider, missing))

    assert failed.value.retry_after_seconds == 300
    assert provider.asked == []


@pytest.mark.parametrize("name", PEOPLE)
def test_the_recorded_provider_knows_its_people(name: str) -> None:
    found = RecordedProvider("github").exchange(f"recorded-{name}", VERIFIER, PAGE)

    assert found == Identity("github", f"recorded-github-{name}", *PEOPLE[name])
    assert found.email is None or found.email.endswith("@example.com")


@pytest.mark.parametrize(
    "code", ["reader", "recorded-", "recorded-operator", "recorded-reader.", "recorded-reader.x", ""]
)
def test_the_recorded_provider_refuses_every_other_code(code: str) -> None:
    provider = RecordedProvider("google")
    if code == "recorded-reader.":
        assert provider.exchange(code, VERIFIER, PAGE).email == "reader@example.com"
        return

    with pytest.raises(CodeRefused):
        provider.exchange(code, VERIFIER, PAGE)


def test_the_recorded_provider_checks_the_verifier_against_the_challenge_that_its_code_goes_on_with() -> None:
    provider, code = RecordedProvider("google"), f"recorded-reader.{challenge(VERIFIER)}"

    assert provider.exchange(code, VERIFIER, PAGE).email == "reader@example.com"
    for wrong in (VERIFIER + "x", "too-short", "é" * 43):
        with pytest.raises(CodeRefused):
            provider.exchange(code, wrong, PAGE)


def test_the_providers_are_those_that_are_set_up() -> None:
    live = Settings(identity="live", google_client_id="g", github_client_id="h")

    assert {type(each) for each in open_providers(Settings(), CLOCK).values()} == {RecordedProvider}
    assert {name: each.client_id for name, each in open_providers(live, CLOCK).items()} == {
        "google": "g",
        "github": "h",
    }
    assert list(open_providers(replace(live, github_client_id=""), CLOCK)) == ["google"]


def test_no_secret_shows_in_the_settings() -> None:
    settings = Settings(google_client_secret=MARK, github_client_secret=MARK)

    assert MARK not in repr(settings)
    assert MARK not in json.dumps(repr(open_providers(settings, CLOCK)))
