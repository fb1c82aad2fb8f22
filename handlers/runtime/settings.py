"""Settings, read once from the environment. Every name starts with `BELLWETHER_`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

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
        key = environ.get("BELLWETHER_SIGNING_KEY", "")
        if not key:
            raise BadSetting("BELLWETHER_SIGNING_KEY is not set; give at least 32 random characters")
        if len(key) < 32:
            raise BadSetting("BELLWETHER_SIGNING_KEY is shorter than 32 characters; give at least 32 random ones")
        return cls(
            store=environ.get("BELLWETHER_STORE", "sqlite://:memory:"),
            signing_key=key,
            audience=environ.get("BELLWETHER_AUDIENCE", "bellwether-api"),
            environment=environ.get("BELLWETHER_ENVIRONMENT", "local"),
            stream_url=environ.get("BELLWETHER_STREAM_URL") or None,
            rate_limits=_switch(environ, "BELLWETHER_RATE_LIMITS", True),
            response_check=cast(ResponseCheck, _choice(environ, "BELLWETHER_RESPONSE_CHECK", get_args(ResponseCheck))),
            feed=_choice(environ, "BELLWETHER_FEED", ("recorded",)),
            max_connections=_count(environ, "BELLWETHER_MAX_CONNECTIONS", 100),
        )


def _choice(environ: Mapping[str, str], name: str, valid: tuple[str, ...]) -> str:
    value = environ.get(name, valid[0])
    if value not in valid:
        raise BadSetting(f"{name} is {value!r}; valid: {', '.join(valid)}")
    return value


def _switch(environ: Mapping[str, str], name: str, default: bool) -> bool:
    if name not in environ:
        return default
    return _choice(environ, name, ("on", "off")) == "on"


def _count(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, str(default))
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise BadSetting(f"{name} is {value!r}; give a whole number above 0")
    return int(value)
