"""The tokens of unsubscribe links: whose mails to stop, signed, good for 30 days after the mail was written."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

# Session tokens and cursors are signed with the same key, over text that begins otherwise.
DOMAIN: Final = b"bellwether unsubscribe 1\0"
MAC_BYTES: Final = 16
TOKEN_BYTES: Final = MAC_BYTES + 16 + 4
"""A multiple of three: in base64 every token has one spelling, of 48 characters."""
VALID_FOR: Final = timedelta(days=30)
"""Mail programs show their button as long as they show the mail; laws on mails ask for about this long."""


def token_of(user_id: str, now: datetime, key: str) -> str:
    """A token that stops the mails of a user, made at `now`."""
    data = UUID(user_id).bytes + int(now.timestamp()).to_bytes(4, "big")
    return base64.urlsafe_b64encode(_mac(data, key) + data).decode()


def user_of(token: str, now: datetime, keys: Iterator[str]) -> str | None:
    """Whose mails a token stops; None for one that none of our keys has signed or was made 30 days ago or earlier."""
    raw = _decoded(token)
    mac, data = raw[:MAC_BYTES], raw[MAC_BYTES:]
    if len(raw) != TOKEN_BYTES or not any(hmac.compare_digest(mac, _mac(data, key)) for key in keys):
        return None
    made = datetime.fromtimestamp(int.from_bytes(data[16:], "big"), UTC)
    return str(UUID(bytes=data[:16])) if now < made + VALID_FOR else None


def _decoded(token: str) -> bytes:
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _mac(data: bytes, key: str) -> bytes:
    return hmac.digest(key.encode(), DOMAIN + data, hashlib.sha256)[:MAC_BYTES]
