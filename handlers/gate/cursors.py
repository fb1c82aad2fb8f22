"""Cursors: positions in a list, signed so that only ours come back, and only to the list they were made for."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence

from models.operation import Rule
from models.refusals import broken

# A session token is signed with the same key, but over text without NUL: neither can be taken for the other.
DOMAIN = b"bellwether cursor 1\0"
MAC_BYTES = 16

ListId = Sequence[str | None]
"""Which list a cursor belongs to: the operation and every filter, for personal lists the caller too. Never the limit."""


def sign(position: str, of: ListId, key: str) -> str:
    """A cursor for a position in a list."""
    data = position.encode()
    return base64.urlsafe_b64encode(_mac(data, of, key) + data).rstrip(b"=").decode()


def read(cursor: str, of: ListId, keys: Iterator[str], rule: Rule) -> str:
    """The position that one of the keys signed for the same list. Refuses by `rule` what is broken, forged or another list's."""
    raw = _decoded(cursor)
    mac, data = raw[:MAC_BYTES], raw[MAC_BYTES:]
    if not any(hmac.compare_digest(mac, _mac(data, of, key)) for key in keys):
        raise broken(rule)
    return data.decode()


def _decoded(cursor: str) -> bytes:
    """The bytes of a cursor; none of one that is not written exactly as `sign` writes."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
    # The last character has bits that decoding drops: only one spelling of a cursor is a cursor.
    return raw if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() == cursor else b""


def _mac(data: bytes, of: ListId, key: str) -> bytes:
    """Over the list and the position; as JSON, no two lists are written alike."""
    message = DOMAIN + json.dumps(list(of)).encode() + b"\0" + data
    return hmac.digest(key.encode(), message, hashlib.sha256)[:MAC_BYTES]
