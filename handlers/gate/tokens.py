"""Session tokens: JSON Web Tokens (RFC 7519), HS256, verified against the given clock instead of the machine's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import jwt

from handlers.gate.callers import Claims
from models.refusals import Unauthenticated

ISSUER = "bellwether"
LIFETIME = timedelta(seconds=900)
LEEWAY_SECONDS = 60
REQUIRED = ["sub", "sid", "exp", "iat", "nbf", "iss", "aud", "roles", "jti", "rev"]


def verified(token: str, keys: Iterator[str], audience: str, now: datetime) -> Claims:
    """The claims of a token that one of the keys has signed. Raises `Unauthenticated` with the reason, never with the token."""
    try:
        claims = _signed_claims(token, keys, audience)
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise Unauthenticated(
            "The credential is neither a valid session token nor an anonymous session's id"
        ) from error
    _check_times(claims, now.timestamp())
    user_id, session_id, revision, roles = (claims[name] for name in ("sub", "sid", "rev", "roles"))
    if not (isinstance(session_id, str) and type(revision) is int and isinstance(roles, list)):
        raise Unauthenticated("The session token has claims of a wrong type")
    return Claims(user_id, session_id, revision, tuple(role for role in roles if isinstance(role, str)))


def _signed_claims(token: str, keys: Iterator[str], audience: str) -> dict[str, Any]:
    options: Any = {"require": REQUIRED, "verify_exp": False, "verify_nbf": False, "verify_iat": False}
    for key in keys:
        try:
            return jwt.decode(token, key, algorithms=["HS256"], audience=audience, issuer=ISSUER, options=options)
        except jwt.InvalidSignatureError:
            continue
    raise jwt.InvalidSignatureError("no key has signed this")


def _check_times(claims: dict[str, Any], now: float) -> None:
    """Both ends are inclusive of the leeway; RFC 7519, 4.1.4 to 4.1.6."""
    times = [claims[name] for name in ("exp", "nbf", "iat")]
    if not all(type(value) in (int, float) for value in times):
        raise Unauthenticated("The session token has times that are not numbers")
    expires, not_before, issued = times
    if now >= expires + LEEWAY_SECONDS:
        raise Unauthenticated("The session token has expired; refresh it")
    if now < max(not_before, issued) - LEEWAY_SECONDS:
        raise Unauthenticated("The session token is not valid yet; check the clock that issued it")


def minted(claims: Claims, jti: str, key: str, audience: str, now: datetime) -> str:
    """A token for a live session, valid for 900 seconds from `now`."""
    issued = int(now.timestamp())
    body = {
        "sub": claims.user_id,
        "sid": claims.session_id,
        "rev": claims.revision,
        "roles": list(claims.roles),
        "jti": jti,
        "iss": ISSUER,
        "aud": audience,
        "iat": issued,
        "nbf": issued,
        "exp": issued + int(LIFETIME.total_seconds()),
    }
    return jwt.encode(body, key, algorithm="HS256")
