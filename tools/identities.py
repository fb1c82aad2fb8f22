"""The recorded callers: who they are in the store, and what they send to be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.gate import tokens
from handlers.gate.callers import Claims
from handlers.runtime.settings import Settings
from handlers.storage.configurations import Configurations, Draft, WatchedTicker
from handlers.storage.items import Store
from handlers.storage.sessions import Sessions
from handlers.storage.users import User, Users, profile_key
from models.fields import Role
from tools.events import Pairs

ANONYMOUS = "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01"
OTHER = "1b9c5b63-6c1a-4d8f-8e66-1e2a7a3a9b02"
FULL = "2cad6c74-7d2b-4e9a-9f77-2f3b8b4b9c03"
EXPIRED = "3dbe7d85-8e3c-4fab-8a88-3a4c9c5c9d04"
REVOKED = "4ecf8e96-9f4d-4abc-9b99-4b5dad6d9e05"
MEMBER = "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9f06"
OPERATOR = "6aebaab8-bb6f-4cde-9dbb-6d7fcf8fa007"
CONFIGURATION = "c0ffee00-1111-4222-8333-444455556666"
"""The anonymous caller's only watchlist: AAPL and MSFT."""
MEMBER_CONFIGURATION = "c0ffee01-1111-4222-8333-444455556666"
EMPTY_CONFIGURATION = "c0ffee02-1111-4222-8333-444455556666"
"""The full caller's first watchlist, without tickers; the second one watches NVDA."""
FULL_CONFIGURATION = "c0ffee03-1111-4222-8333-444455556666"
SESSION = "5e550000-1111-4222-8333-444455556666"
OPERATOR_SESSION = "5e550001-1111-4222-8333-444455556666"
REVISION = 1
"""Revocation id of the signed-in callers: their sessions were revoked once before."""
TOKEN_ID = "70ce0000-1111-4222-8333-444455556666"
CSRF = "csrf-token-of-the-recorded-callers-0123456789"

ANONYMOUS_IDS = {
    "anonymous": ANONYMOUS,
    "anonymous_without_csrf": ANONYMOUS,
    "other": OTHER,
    "full": FULL,
    "expired": EXPIRED,
    "revoked": REVOKED,
}
MEMBERS = {
    "member": Claims(MEMBER, SESSION, REVISION, ("free",)),
    "operator": Claims(OPERATOR, OPERATOR_SESSION, REVISION, ("free", "paid", "operator")),
    "stale": Claims(MEMBER, SESSION, REVISION - 1, ("free",)),
    "forged": Claims(MEMBER, SESSION, REVISION, ("free",)),
}
NAMES = ("nobody", *ANONYMOUS_IDS, *MEMBERS)


def enrol(store: Store, now: datetime) -> None:
    """Writes the recorded callers, their sessions and their watchlists, as of a day before `now`."""
    then = now - timedelta(days=1)
    users = Users(store)
    for user_id in (ANONYMOUS, OTHER, FULL):
        users.start_anonymous(user_id, "America/New_York", then)
    users.start_anonymous(EXPIRED, "America/New_York", now - timedelta(days=31))
    users.start_anonymous(REVOKED, "UTC", then)
    store.update(profile_key(REVOKED), set={"revoked": True})
    _enrol_member(store, MEMBER, SESSION, "reader@example.com", "free", then)
    _enrol_member(store, OPERATOR, OPERATOR_SESSION, "operator@example.com", "operator", then)
    _enrol_watchlists(store, then)


def _enrol_member(store: Store, user_id: str, session_id: str, email: str, role: Role, then: datetime) -> None:
    user = User(
        user_id=user_id,
        auth_type="google",
        role=role,
        verification="verified",
        email=email,
        linked_providers=("google",),
        last_provider_used="google",
        timezone="America/New_York",
        created_at=then,
        last_active_at=then,
        session_expires_at=then + timedelta(days=30),
        revoked=False,
        revocation_id=REVISION,
        merged_to=None,
    )
    Users(store).add(user)
    Sessions(store).start(user_id, session_id, then)


def _enrol_watchlists(store: Store, then: datetime) -> None:
    apple = WatchedTicker("AAPL", "Apple Inc.", "NASDAQ", then)
    microsoft = WatchedTicker("MSFT", "Microsoft Corporation", "NASDAQ", then)
    nvidia = WatchedTicker("NVDA", "NVIDIA Corporation", "NASDAQ", then)
    configurations = Configurations(store)
    for user_id, config_id, name, tickers in (
        (ANONYMOUS, CONFIGURATION, "Big tech", (apple, microsoft)),
        (MEMBER, MEMBER_CONFIGURATION, "Mine", (microsoft,)),
        (FULL, EMPTY_CONFIGURATION, "Nothing yet", ()),
        (FULL, FULL_CONFIGURATION, "Chips", (nvidia,)),
    ):
        configurations.create(user_id, config_id, Draft(name, tickers, 7, False), then)


def credentials_of(name: str, settings: Settings, now: datetime) -> Pairs:
    """The headers by which a recorded caller is known. Raises `ValueError` for a name that is none."""
    if name == "nobody":
        return ()
    csrf: Pairs = () if name == "anonymous_without_csrf" else (("Cookie", f"csrf_token={CSRF}"), ("X-CSRF-Token", CSRF))
    return (("Authorization", f"Bearer {_credential(name, settings, now)}"), *csrf)


def _credential(name: str, settings: Settings, now: datetime) -> str:
    if name in ANONYMOUS_IDS:
        return ANONYMOUS_IDS[name]
    if name not in MEMBERS:
        raise ValueError(f"no recorded caller is called {name!r}; valid: {', '.join(NAMES)}")
    signing = (
        replace(settings, signing_key="another key of another service, long enough") if name == "forged" else settings
    )
    return tokens.minted(MEMBERS[name], TOKEN_ID, signing, now)
