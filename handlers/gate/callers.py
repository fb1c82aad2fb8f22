"""Who is calling: the credential of a request, and what the store says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from handlers.gate.event import HttpRequest
from handlers.runtime.clock import Clock
from handlers.runtime.settings import Settings
from handlers.runtime.signing import SigningKeys, set_keys
from models.fields import UUID4
from models.operation import Level
from models.refusals import Forbidden, Unauthenticated

_uuid4 = re.compile(UUID4[:-1] + r"\Z")
RANK = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with a live session; `session_id` is None for anonymous users, whose id is their session."""

    user_id: str
    level: Level
    session_id: str | None = None


NOBODY = Caller("", Level.PUBLIC)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified session token says. `revision` must equal the user's revocation id."""

    user_id: str
    session_id: str
    revision: int
    roles: tuple[str, ...]


class Sessions(Protocol):
    """What the gate needs of the store to know a caller."""

    def anonymous(self, user_id: str) -> Caller | None:
        """The anonymous user with this id, if it exists and is not expired, revoked or merged."""

    def member(self, claims: Claims) -> Caller | None:
        """The user of a token, if its session lives and its revision is current."""


class Callers:
    """Credentials into callers."""

    def __init__(
        self, sessions: Sessions, settings: Settings, clock: Clock, signing: SigningKeys | None = None
    ) -> None:
        """Without `signing`, the keys of the settings count."""
        self._sessions = sessions
        self._signing = signing or set_keys(settings)
        self._audience = settings.audience
        self._clock = clock

    def identify(self, http: HttpRequest, in_query: bool = False) -> Caller:
        """The caller of a request, known by its query too if `in_query`. Raises `Unauthenticated` if there is none."""
        credential = credential_of(http, in_query)
        if credential is None:
            raise Unauthenticated(
                "No credential; send Authorization: Bearer with a session token or an anonymous session's id"
            )
        if _uuid4.match(credential):
            caller = self._sessions.anonymous(credential)
        else:
            caller = self._sessions.member(self._claims(credential))
        if caller is None:
            raise Unauthenticated("The session of this credential has ended; start a new one")
        return caller

    def recognise(self, http: HttpRequest) -> Caller:
        """The caller of a request that anybody may send: nobody, where a credential speaks for nobody."""
        try:
            return self.identify(http)
        except Unauthenticated:
            return NOBODY

    def _claims(self, token: str) -> Claims:
        # The token library loads only for callers who have a token: anonymous traffic never pays for it.
        from handlers.gate import tokens

        return tokens.verified(token, self._signing.accepted(), self._audience, self._clock.now())


def credential_of(http: HttpRequest, in_query: bool) -> str | None:
    """The credential in order of precedence: Authorization, X-User-ID, `user_token`. Blank ones do not count."""
    authorization = (http.header("authorization") or "").strip()
    if authorization:
        scheme, _, value = authorization.partition(" ")
        if scheme.lower() != "bearer":
            # Without a scheme the first word is the credential itself: it is not repeated.
            raise Unauthenticated("Authorization has another scheme or none; send Bearer")
        return value.strip()
    user_id = (http.header("x-user-id") or "").strip()
    if user_id or not in_query:
        return user_id or None
    return next((value for name, value in reversed(http.query()) if name == "user_token" and value), None)


def check_level(caller: Caller, level: Level) -> None:
    """Raises `Forbidden` if the caller's level is below."""
    if RANK[caller.level] < RANK[level]:
        raise Forbidden(f"This needs the level {level.value}; the caller has the level {caller.level.value}")


def roles_level(roles: Any) -> Level:
    """The level that a token's roles give."""
    return Level.OPERATOR if "operator" in roles else Level.MEMBER
