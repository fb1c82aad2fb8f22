"""Where a sign-in at a provider begins, and its proof key: RFC 6749, 4.1.1 and RFC 7636, 4.2."""

from __future__ import annotations

import base64
import hashlib
from typing import Final
from urllib.parse import urlencode

from models.fields import OAuthProvider

AUTHORIZE: Final[dict[OAuthProvider, str]] = {
    "google": "https://accounts.google.com/o/oauth2/v2/auth",
    "github": "https://github.com/login/oauth/authorize",
}
SCOPES: Final[dict[OAuthProvider, str]] = {"google": "openid email profile", "github": "read:user user:email"}
PROVIDERS: Final[tuple[OAuthProvider, ...]] = ("google", "github")


def challenge(verifier: str) -> str:
    """The S256 code challenge of a verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorize_url(provider: OAuthProvider, client_id: str, redirect_uri: str, state: str, verifier: str) -> str:
    """The address to send a browser to. It carries the challenge, never the verifier."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "scope": SCOPES[provider],
        "state": state,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
    }
    return f"{AUTHORIZE[provider]}?{urlencode(asked)}"
