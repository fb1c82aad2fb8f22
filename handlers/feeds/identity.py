"""Who somebody is at a provider: the port through which a code becomes an identity, and the recorded provider behind it.

The recorded provider knows a few people, all at example.com, whom nobody else can be taken for. Their codes:

    recorded-reader        reader@example.com, verified
    recorded-newcomer      newcomer@example.com, verified
    recorded-subscriber    subscriber@example.com, verified
    recorded-moved         reader@example.com, verified, under a subject that is not the reader's
    recorded-unverified    unverified@example.com, not verified
    recorded-hidden        no address at all

A code may go on with a dot and a code challenge, as if the sign-in had begun with it: then the verifier is checked against it.
The subject of a person is `recorded-{provider}-{person}`. Every other code is refused.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import Final, Protocol

from handlers.domain.linking import Identity
from handlers.domain.oauth import challenge
from models.fields import OAuthProvider

RECORDED: Final = "recorded-"
PEOPLE: Final[dict[str, tuple[str | None, bool]]] = {
    "reader": ("reader@example.com", True),
    "newcomer": ("newcomer@example.com", True),
    "subscriber": ("subscriber@example.com", True),
    "moved": ("reader@example.com", True),
    "unverified": ("unverified@example.com", False),
    "hidden": (None, False),
}
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class CodeRefused(Exception):
    """The provider does not accept the code: it is unknown, used, too old, or belongs to another sign-in."""


class IdentityProvider(Protocol):
    """Safe to share between threads."""

    @property
    def client_id(self) -> str:
        """How the provider knows this service."""
        ...

    def exchange(self, code: str, verifier: str, redirect_uri: str) -> Identity:
        """Who a code was given to. Raises CodeRefused, FeedUnavailable; neither names the code or the verifier."""
        ...


@dataclass(frozen=True, slots=True)
class RecordedProvider:
    """The default: nobody is asked."""

    provider: OAuthProvider
    client_id: str = "recorded"

    def exchange(self, code: str, verifier: str, redirect_uri: str) -> Identity:
        name, _, challenged = code.removeprefix(RECORDED).partition(".")
        if not code.startswith(RECORDED) or name not in PEOPLE or not _VERIFIER.fullmatch(verifier):
            raise CodeRefused
        if challenged and not hmac.compare_digest(challenged.encode(), challenge(verifier).encode()):
            raise CodeRefused
        email, verified = PEOPLE[name]
        return Identity(self.provider, recorded_subject(self.provider, name), email, verified)


def recorded_subject(provider: OAuthProvider, name: str) -> str:
    """Under what the recorded provider knows one of its people."""
    return f"{RECORDED}{provider}-{name}"
