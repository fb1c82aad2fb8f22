"""Whose account a provider's identity opens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.linking import Holder, Identity, known_address, step
from models.fields import OAuthProvider, Provider

GOOGLE = Identity("google", "110", "reader@example.com", True)
GITHUB = Identity("github", "4711", "reader@example.com", True)
GMAIL = replace(GOOGLE, email="reader@gmail.com")


def holder(*providers: Provider, is_verified: bool = True) -> Holder:
    return Holder("holder", providers, is_verified)


@pytest.mark.parametrize(
    ("identity", "held_by", "expected"),
    [
        (GOOGLE, None, "make"),
        (GITHUB, None, "make"),
        (GITHUB, holder("google"), "join"),
        (GOOGLE, holder("github"), "join"),
        (GOOGLE, holder("email", "github"), "join"),
        (GMAIL, holder("email"), "join"),
        (GOOGLE, holder("email"), "ask"),
        (GITHUB, holder("email"), "ask"),
        (replace(GITHUB, email="reader@gmail.com"), holder("email"), "ask"),
        (replace(GOOGLE, email="reader@gmail.com.example.com"), holder("email"), "ask"),
        (GOOGLE, holder("google"), "ask"),
        (GOOGLE, holder("google", "github"), "ask"),
        (GMAIL, holder("email", is_verified=False), "ask"),
        (GITHUB, holder("google", is_verified=False), "ask"),
    ],
)
def test_a_new_identity_with_a_verified_address_opens_makes_or_asks(
    identity: Identity, held_by: Holder | None, expected: str
) -> None:
    assert step(identity, None, held_by) == expected


@pytest.mark.parametrize("email", ["reader@example.com", None])
def test_an_identity_that_is_somebody_s_opens_their_account_whatever_became_of_its_address(email: str | None) -> None:
    unverified = replace(GITHUB, email=email, email_verified=False)

    assert step(unverified, "owner", None) == "open"
    assert step(unverified, "owner", holder("google")) == "open"
    assert step(GITHUB, "holder", holder("google")) == "open"


def test_an_identity_of_one_account_under_the_verified_address_of_another_is_refused() -> None:
    assert step(GITHUB, "owner", holder("google")) == "taken"


PROVIDERS = st.sampled_from(["email", "google", "github"])
HOLDERS = st.none() | st.builds(Holder, st.just("holder"), st.sets(PROVIDERS, min_size=1), st.booleans())
OAUTH: list[OAuthProvider] = ["google", "github"]


@given(st.sampled_from(OAUTH), st.sampled_from(["reader@example.com", "reader@gmail.com", None]), HOLDERS)
def test_an_unverified_address_never_makes_joins_or_asks(
    provider: OAuthProvider, email: str | None, held_by: Holder | None
) -> None:
    assert step(Identity(provider, "110", email, False), None, held_by) == "unverified"


@given(st.sampled_from(OAUTH), st.sampled_from(["reader@example.com", "reader@gmail.com"]), HOLDERS)
def test_an_account_is_made_exactly_where_nobody_has_the_address(
    provider: OAuthProvider, email: str, held_by: Holder | None
) -> None:
    assert (step(Identity(provider, "110", email, True), None, held_by) == "make") == (held_by is None)


@pytest.mark.parametrize(
    ("given_text", "address"),
    [
        ("Reader@Example.COM", "reader@example.com"),
        ("reader@example.com\n", None),
        ("reader@@example.com", None),
        ("レ@example.com", None),
        ("a" * 250 + "@example.com", None),
        (None, None),
        (1, None),
        ("", None),
    ],
)
def test_what_a_provider_gives_is_an_address_or_none(given_text: object, address: str | None) -> None:
    assert known_address(given_text) == address


def test_nothing_of_an_identity_but_its_provider_shows() -> None:
    assert repr(GOOGLE) == "Identity(provider='google', email_verified=True)"
