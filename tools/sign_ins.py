"""Recorded ways in: links, states and refresh tokens whose secrets examples can name, and who is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.domain.linking import Identity
from handlers.feeds.identity import recorded_subject
from handlers.storage.identities import identity_claim
from handlers.storage.items import Store, Write
from handlers.storage.magic_links import MagicLinks
from handlers.storage.oauth_states import Begun, OAuthStates
from handlers.storage.refresh_tokens import RefreshTokens
from handlers.storage.users import User, Users
from models.dashboard import magic_links, oauth, refresh
from models.fields import OAuthProvider

SUBSCRIBER = "9d1dddeb-ee92-4f01-8aee-90a2cad2d30a"
"""Has an account that only mailed links open."""
VERIFIER = "verifier-of-the-recorded-sign-ins-012345678"
HOUR = timedelta(hours=1)
STATES: Sequence[tuple[OAuthProvider, str]] = (
    ("google", oauth.RECORDED_GOOGLE_STATE),
    ("github", oauth.RECORDED_GITHUB_STATE),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The recorded member, as far as sign-ins know them, and who has the identity that is not theirs."""

    user_id: str
    session_id: str
    anonymous_id: str
    somebody_else: str


def enrol_sign_ins(store: Store, reader: Reader, now: datetime) -> None:
    """Writes every recorded way in; the reader signed in at Google, and refreshed their tokens once, an hour ago."""
    _enrol_subscriber(store, now - timedelta(days=1))
    known = Identity("google", recorded_subject("google", "reader"), "reader@example.com", True)
    moved = Identity("github", recorded_subject("github", "moved"), "reader@example.com", True)
    store.transact([identity_claim(known, reader.user_id, now), identity_claim(moved, reader.somebody_else, now)])
    _enrol_magic_links(store, reader, now)
    begun = {state: Begun(provider, oauth.REDIRECT, VERIFIER, reader.anonymous_id) for provider, state in STATES}
    OAuthStates(store).begin(begun, now)
    _enrol_family(store, reader, now)


def _enrol_magic_links(store: Store, reader: Reader, now: datetime) -> None:
    """In the order in which they were asked for: of two to one address the later counts."""
    links = MagicLinks(store)
    for token, email, anonymous_id, ago in (
        (magic_links.RECORDED_EXPIRED, "subscriber@example.com", None, 2 * HOUR),
        (magic_links.RECORDED_SUPERSEDED, "reader@example.com", None, HOUR / 2),
        (magic_links.RECORDED, "reader@example.com", reader.anonymous_id, HOUR / 4),
        (magic_links.RECORDED_NEWCOMER, "newcomer@example.com", None, HOUR / 4),
    ):
        store.transact(links.making(token, email, anonymous_id, now - ago))


def _enrol_family(store: Store, reader: Reader, now: datetime) -> None:
    user = Users(store).get(reader.user_id)
    assert user is not None
    tokens = RefreshTokens(store)
    issued: list[Write] = [tokens.issuing(refresh.RECORDED_OLDER, user, reader.session_id, now - 2 * HOUR)]
    store.transact(issued)
    tokens.rotate(refresh.RECORDED_OLDER, refresh.RECORDED.split(".")[1], now - HOUR)


def _enrol_subscriber(store: Store, then: datetime) -> None:
    Users(store).add(
        User(
            user_id=SUBSCRIBER,
            auth_type="email",
            role="free",
            verification="verified",
            email="subscriber@example.com",
            linked_providers=("email",),
            last_provider_used="email",
            timezone="America/New_York",
            created_at=then,
            last_active_at=then,
            session_expires_at=then + timedelta(days=30),
            revoked=False,
            revocation_id=0,
            merged_to=None,
        )
    )
