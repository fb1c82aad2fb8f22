"""Google's identities: the token endpoint of its OAuth 2.0 for web servers, and the id token that comes with its answer.

The id token comes straight from Google over TLS, which stands for checking its signature (OpenID Connect Core 1.0, 3.1.3.7,
6); issuer, audience and expiry are checked all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import jwt

from handlers.domain.linking import Identity, known_address
from handlers.feeds._exchanges import NOT_SET_UP_SECONDS, Answer, Exchanges, Patience
from handlers.feeds.identity import CodeRefused
from handlers.runtime.clock import Clock

TOKEN_URL: Final = "https://oauth2.googleapis.com/token"
ISSUERS: Final = ("https://accounts.google.com", "accounts.google.com")
LEEWAY_SECONDS: Final = 60


class Google:
    """Safe to share between threads."""

    def __init__(
        self,
        client_id: str,
        secret: Callable[[], str | None],
        clock: Clock,
        token_url: str = TOKEN_URL,
        patience: Patience | None = None,
    ) -> None:
        self.client_id = client_id
        self._secret = secret
        self._clock = clock
        self._token_url = token_url
        self._exchanges = Exchanges("google", clock, patience)

    def exchange(self, code: str, verifier: str, redirect_uri: str) -> Identity:
        """Who a code was given to. Raises CodeRefused, FeedUnavailable."""
        answer = self._exchanges.post(
            self._token_url,
            {
                "grant_type": "authorization_code",
                "code": code,
                "client_id": self.client_id,
                "client_secret": self._exchanges.secret(self._secret),
                "redirect_uri": redirect_uri,
                "code_verifier": verifier,
            },
        )
        return self._identity(self._claims(answer))

    def close(self) -> None:
        self._exchanges.close()

    def _claims(self, answer: Answer) -> dict[str, Any]:
        if answer.status == 400 and answer.text("error") == "invalid_grant":
            raise CodeRefused
        token = answer.text("id_token")
        if answer.status != 200 or token is None:
            raise self._wrong(f"its answer has no id token (status {answer.status})", NOT_SET_UP_SECONDS)
        claims = _decoded(token)
        if claims is None:
            raise self._wrong("its id token cannot be read")
        return claims

    def _identity(self, claims: dict[str, Any]) -> Identity:
        """Who the claims are about. Raises FeedUnavailable where they are not for us, or not of now."""
        expires, subject = claims.get("exp"), claims.get("sub")
        if claims.get("iss") not in ISSUERS:
            raise self._wrong("its id token has another issuer")
        if claims.get("aud") != self.client_id:
            raise self._wrong("its id token is for another audience")
        if not isinstance(expires, int | float) or self._clock.now().timestamp() >= expires + LEEWAY_SECONDS:
            raise self._wrong("its id token has expired")
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise self._wrong("its id token has no subject")
        return Identity("google", subject, known_address(claims.get("email")), claims.get("email_verified") is True)

    def _wrong(self, detail: str, retry_after_seconds: int = 5) -> Exception:
        return self._exchanges.unavailable(detail, retry_after_seconds)


def _decoded(token: str) -> dict[str, Any] | None:
    """The claims, unchecked; None of what is no token."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None
    return claims
