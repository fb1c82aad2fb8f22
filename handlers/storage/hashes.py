"""Secrets as they are stored: who reads the store cannot use them."""

from __future__ import annotations

import hashlib


def hashed(secret: str) -> str:
    """SHA-256 in hexadecimal. Without a salt: what is hashed here has 256 bits of chance, which no table covers."""
    return hashlib.sha256(secret.encode()).hexdigest()
