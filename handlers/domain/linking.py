"""Whose account a provider's identity opens: the rules by which a sign-in finds, makes, joins or refuses one.

An address proves nothing unless the provider has verified it; the subject is the identity, the address only leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from models.fields import EMAIL, OAuthProvider, Provider

GMAIL = "@gmail.com"
OAUTH: frozenset[Provider] = frozenset(("google", "github"))
Step = Literal["open", "make", "join", "ask", "unverified", "taken"]
"""Open the owner's account · make one · join the holder's · ask the holder first · refuse: AUTH_022 · refuse: AUTH_023."""

_address = re.compile(EMAIL[:-1] + r"\Z")


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as a provider knows them. `subject` never changes; the address may, and counts only if it is verified."""

    provider: OAuthProvider
    subject: str = field(repr=False)
    email: str | None = field(repr=False)
    email_verified: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """The user who has an identity's address, as far as linking depends on it."""

    user_id: str
    providers: Collection[Provider]
    is_verified: bool


def known_address(text: object) -> str | None:
    """An address as we write it; None for what a provider gives that is none."""
    if not isinstance(text, str) or len(text) > 254 or not _address.match(text):
        return None
    return text.lower()


def step(identity: Identity, owner_id: str | None, holder: Holder | None) -> Step:
    """What a sign-in does. `owner_id` is whose the identity is already, `holder` who has its address."""
    if owner_id is not None:
        elsewhere = identity.email_verified and holder is not None and holder.user_id != owner_id
        return "taken" if elsewhere else "open"
    if identity.email is None or not identity.email_verified:
        return "unverified"
    if holder is None:
        return "make"
    return "join" if _trusts(identity, identity.email, holder) else "ask"


def _trusts(identity: Identity, email: str, holder: Holder) -> bool:
    """Whether the address alone proves that the holder is meant.

    Google is the mail provider of gmail.com; Google and GitHub have each verified the address. An account of the same
    provider under another subject is somebody to be asked: providers give addresses away again.
    """
    if not holder.is_verified or identity.provider in holder.providers:
        return False
    return bool(OAUTH.intersection(holder.providers)) or (identity.provider == "google" and email.endswith(GMAIL))
