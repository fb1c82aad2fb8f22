"""The words that names are made of."""

from __future__ import annotations

import re

VERBS = frozenset((
    "add", "cancel", "change", "check", "confirm", "connect", "count", "create", "delete", "disable",
    "disconnect", "dismiss", "enable", "end", "export", "extend", "find", "follow", "get", "import", "link",
    "list", "merge", "mark", "preview", "put", "read", "refresh", "remove", "replace", "request", "reset",
    "restore", "resubscribe", "resume", "revoke", "run", "search", "send", "set", "sign", "start", "stop", "stream", "submit",
    "subscribe", "test", "toggle", "undo", "unlink", "unsubscribe", "update", "upgrade", "upload", "validate",
    "verify",
))  # fmt: skip
"""What an operation can do, as the first word of its id."""
SECRETS = frozenset(("token", "secret", "password", "passphrase", "credential", "apikey"))
"""Words for what speaks for a person."""


def words(name: str) -> list[str]:
    """The words of a name in any case form, in lower case: `createAlert`, `next_cursor`, `X-Cache-Age`."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)]


def secret(name: str) -> bool:
    """Whether a name says that its value speaks for a person. A cursor or a hint about a token does not."""
    found = words(name)
    return bool(found) and (found[-1] in SECRETS or "".join(found[-2:]) == "apikey")
