"""What a signed-in session is known by, and the secrets that pass between a page and the API."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from models.wire import Response

Jwt = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")]
"""A JSON Web Token in its compact form (RFC 7519)."""
Secret = Annotated[str, StringConstraints(max_length=128, pattern=r"^[A-Za-z0-9_-]+$")]
"""An unguessable text that we made."""
RefreshToken = Annotated[str, StringConstraints(max_length=256, pattern=r"^[A-Za-z0-9._-]+$")]
"""A refresh token: opaque, used once."""
PageAddress = Annotated[
    str,
    StringConstraints(max_length=512, pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$"),
]
"""The address of a page, without a query."""

TOKEN_EXAMPLE = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI1ZmRhOWZhNyJ9.c2lnbmF0dXJl"


class SessionTokens(Response):
    """The tokens of a signed-in session. The refresh token is never here: it is in its cookie only."""

    access_token: Jwt
    """The credential: send it as `Authorization: Bearer`."""
    id_token: Jwt
    """The same token, under the name by which older clients read it."""
    token_type: Literal["Bearer"]
    """How to send it."""
    expires_in: Literal[900]
    """Seconds until it has to be refreshed."""


TOKENS_EXAMPLE = {
    "access_token": TOKEN_EXAMPLE,
    "id_token": TOKEN_EXAMPLE,
    "token_type": "Bearer",
    "expires_in": 900,
}
