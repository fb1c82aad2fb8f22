"""Settings, read once from the environment. Every name starts with `BELLWETHER_`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

ResponseCheck = Literal["off", "log", "enforce"]


class BadSetting(ValueError):
    """A setting has no usable value. The message names the setting and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    store: str = "sqlite://:memory:"
    """Where items are kept: `sqlite:///path`, `sqlite://:memory:` or `dynamodb://prefix?region=…&endpoint=…`."""
    signing_key: str = ""
    """Signs session tokens and cursors. A deployed function refuses to start without one."""
    audience: str = "bellwether-api"
    """The `aud` that session tokens must carry."""
    environment: str = "local"
    stream_url: str | None = None
    """Where the stream function answers, for front ends."""
    rate_limits: bool = True
    response_check: ResponseCheck = "off"
    """Whether each response is validated against its type before it leaves."""
    feed: str = "recorded"
    max_connections: int = 100
    """Streams that one process keeps open."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Settings:
        """The settings that `environ` holds; the defaults for the rest. Raises `BadSetting`."""
        if not environ.get("BELLWETHER_SIGNING_KEY"):
            raise BadSetting("BELLWETHER_SIGNING_KEY is not set; give at least 32 random characters")
        given = {name: f"BELLWETHER_{name.upper()}" for name in _READERS}
        return cls(**{name: _READERS[name](at, environ[at]) for name, at in given.items() if at in environ})


def _key(name: str, value: str) -> str:
    if len(value) < 32 or not value.isprintable():
        raise BadSetting(f"{name} is shorter than 32 characters or not text; give at least 32 random ones")
    return value


def _text(name: str, value: str) -> str:
    # Bytes of the environment that are no text are not printable either.
    if not value.strip() or not value.isprintable():
        raise BadSetting(f"{name} is {value!r}; give printable text or leave it out")
    return value


def _address(name: str, value: str) -> str | None:
    if value and not (value.startswith(("https://", "http://")) and value.isprintable() and " " not in value):
        raise BadSetting(f"{name} is {value!r}; give an address that starts with https:// or http://, or leave it out")
    return value or None


def _one_of(*valid: str) -> Callable[[str, str], str]:
    def read(name: str, value: str) -> str:
        if value not in valid:
            raise BadSetting(f"{name} is {value!r}; valid: {', '.join(valid)}")
        return value

    return read


def _switch(name: str, value: str) -> bool:
    return _one_of("on", "off")(name, value) == "on"


def _count(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 5 and int(value) > 0):
        raise BadSetting(f"{name} is {value!r}; give a whole number from 1 to 99999")
    return int(value)


_READERS: dict[str, Callable[[str, str], Any]] = {
    "store": _text,
    "signing_key": _key,
    "audience": _text,
    "environment": _text,
    "stream_url": _address,
    "rate_limits": _switch,
    "response_check": _one_of(*get_args(ResponseCheck)),
    "feed": _one_of("recorded"),
    "max_connections": _count,
}
"""How the text of each setting becomes its value."""
