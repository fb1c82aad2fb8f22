"""Settings, read once from the environment. Every name starts with `BELLWETHER_`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

ResponseCheck = Literal["off", "log", "enforce"]
Feed = Literal["recorded", "live"]
MailProvider = Literal["recorded", "sendgrid"]
IdentityProviders = Literal["recorded", "live"]


class BadSetting(ValueError):
    """A setting has no usable value. The message names the setting and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    store: str = "sqlite://:memory:"
    """Where items are kept: `sqlite:///path`, `sqlite://:memory:` or `dynamodb://prefix?region=…&endpoint=…`."""
    signing_key: str = field(default="", repr=False)
    """Signs session tokens, cursors and unsubscribe links; the secret's member `signing_key` stands in for it.

    A deployed function refuses to start without either.
    """
    previous_signing_key: str = field(default="", repr=False)
    """What it signed is still good. Beside a key from the secret, the secret's member of the same name counts."""
    audience: str = "bellwether-api"
    """The `aud` that session tokens must carry."""
    environment: str = "local"
    stream_url: str | None = None
    """Where the stream function answers, for front ends."""
    rate_limits: bool = True
    response_check: ResponseCheck = "off"
    """Whether each response is validated against its type before it leaves."""
    feed: Feed = "recorded"
    """`recorded` plays a market; `live` asks Tiingo and Finnhub, of which one is enough."""
    tiingo_key: str = field(default="", repr=False)
    finnhub_key: str = field(default="", repr=False)
    tiingo_quota: tuple[int, int] | None = None
    """Requests and in how many seconds, as the plan of the key allows them; None for the free plan, 500 a month."""
    finnhub_quota: tuple[int, int] | None = None
    """The same; None for the free plan, 60 a minute."""
    secrets: str | None = None
    """Name or ARN of a secret, a JSON object, whose members stand in for the keys and client secrets that are not set."""
    queue: str = "store"
    """Where jobs send messages: `store`, the embedded queue, or `sqs://name-prefix?region=…&endpoint=…`."""
    scorer: str = "lexicon"
    """What judges articles: `lexicon`, or the path of a folder that holds a transformer."""
    dashboard_url: str = "http://localhost:8000"
    """Where the pages are to which mails lead."""
    api_url: str = "http://localhost:8000"
    """Where clients reach this API, for links in mails."""
    mail: MailProvider = "recorded"
    """`recorded` keeps mails in the store; `sendgrid` sends them, and needs both addresses and the sender to be set."""
    mail_key: str = field(default="", repr=False)
    """The key of the mail provider; the secret's member `mail_key` stands in for it."""
    mail_sender: str = "bellwether@localhost"
    """The address that mails come from; the provider has to know it."""
    identity: IdentityProviders = "recorded"
    """`recorded` knows a few people at example.com; `live` asks Google and GitHub, each where its client id is set.

    With `recorded` anybody can sign in as one of these people: a deployed function warns of it when it starts.
    """
    google_client_id: str = ""
    google_client_secret: str = field(default="", repr=False)
    """The secret's member of the same name stands in for it, as for GitHub's."""
    github_client_id: str = ""
    github_client_secret: str = field(default="", repr=False)
    redirect_uris: tuple[str, ...] = ()
    """Pages that sign-ins may lead to, the usual one first; `/auth/callback` of the dashboard if there is none."""
    max_connections: int = 100
    """Streams that one process keeps open."""

    @property
    def sign_in_pages(self) -> tuple[str, ...]:
        """Where sign-ins may lead to, the usual page first."""
        return self.redirect_uris or (f"{self.dashboard_url}/auth/callback",)

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Settings:
        """The settings that `environ` holds; the defaults for the rest. Raises `BadSetting`."""
        if not (environ.get("BELLWETHER_SIGNING_KEY") or environ.get("BELLWETHER_SECRETS")):
            raise BadSetting(
                "BELLWETHER_SIGNING_KEY is not set; give at least 32 random characters, "
                "or set BELLWETHER_SECRETS to the name of a secret that holds signing_key"
            )
        if environ.get("BELLWETHER_PREVIOUS_SIGNING_KEY") and not environ.get("BELLWETHER_SIGNING_KEY"):
            raise BadSetting(
                "BELLWETHER_PREVIOUS_SIGNING_KEY is set without BELLWETHER_SIGNING_KEY; put both into the environment "
                "or both into the secret"
            )
        given = {name: f"BELLWETHER_{name.upper()}" for name in _READERS}
        settings = cls(**{name: _READERS[name](at, environ[at]) for name, at in given.items() if at in environ})
        if settings.feed == "live" and not (settings.tiingo_key or settings.finnhub_key or settings.secrets):
            raise BadSetting(
                "BELLWETHER_FEED is 'live' without a key; set BELLWETHER_TIINGO_KEY, BELLWETHER_FINNHUB_KEY or both, "
                "or BELLWETHER_SECRETS to the name of a secret that holds them"
            )
        if settings.mail == "sendgrid" and not (settings.mail_key or settings.secrets):
            raise BadSetting(
                "BELLWETHER_MAIL is 'sendgrid' without a key; set BELLWETHER_MAIL_KEY, "
                "or BELLWETHER_SECRETS to the name of a secret that holds mail_key"
            )
        _check_mails(settings)
        if settings.identity == "live" and not (settings.google_client_id or settings.github_client_id):
            raise BadSetting(
                "BELLWETHER_IDENTITY is 'live' without a provider; set BELLWETHER_GOOGLE_CLIENT_ID, "
                "BELLWETHER_GITHUB_CLIENT_ID or both"
            )
        return settings


def _check_mails(settings: Settings) -> None:
    """Raises `BadSetting` if mails that are really sent would come from this machine or lead to it by default."""
    default = Settings()
    unset = [
        name
        for name in ("dashboard_url", "api_url", "mail_sender")
        if getattr(settings, name) == getattr(default, name)
    ]
    if settings.mail == "sendgrid" and unset:
        names = ", ".join(f"BELLWETHER_{name.upper()}" for name in unset)
        raise BadSetting(
            f"BELLWETHER_MAIL is 'sendgrid', and {names} would be this machine's: its mails would lead nowhere or come "
            "from nobody; set what their readers can reach, or leave BELLWETHER_MAIL out"
        )


def is_signing_key(text: str) -> bool:
    """Whether a text is long enough to sign with."""
    return len(text) >= 32 and text.isprintable()


def _key(name: str, value: str) -> str:
    if not is_signing_key(value):
        raise BadSetting(f"{name} is shorter than 32 characters or not text; give at least 32 random ones")
    return value


def _api_key(name: str, value: str) -> str:
    if not value.isascii() or not value.isprintable() or " " in value:
        raise BadSetting(f"{name} is not printable ASCII without spaces; give the key as its source shows it")
    return value


def _text(name: str, value: str) -> str:
    # Bytes of the environment that are no text are not printable either.
    if not value.strip() or not value.isprintable():
        raise BadSetting(f"{name} is {value!r}; give printable text or leave it out")
    return value


def _address(name: str, value: str) -> str | None:
    # ASCII, as mails and answers carry addresses: a host with other letters is written in Punycode.
    if value and not re.fullmatch(r"https?://[A-Za-z0-9\[][!-~]*", value):
        raise BadSetting(f"{name} is {value!r}; give an address that starts with https:// or http://, or leave it out")
    return value or None


def _origin(name: str, value: str) -> str:
    """Paths are put after it."""
    found = _address(name, value)
    if found is None:
        raise BadSetting(f"{name} is {value!r}; give an address that starts with https:// or http://, or leave it out")
    return found.rstrip("/")


def _mail_address(name: str, value: str) -> str:
    user, at, domain = value.partition("@")
    if not (user and at and domain and value.isascii() and value.isprintable() and " " not in value):
        raise BadSetting(f"{name} is {value!r}; give a mail address such as alerts@example.com")
    return value


def _pages(name: str, value: str) -> tuple[str, ...]:
    found = tuple(_address(name, part.strip()) for part in value.split(","))
    pages = tuple(page for page in found if page)
    if len(pages) < len(found) or any("?" in page or "#" in page for page in pages):
        raise BadSetting(f"{name} is {value!r}; give addresses of pages without ? and #, separated by commas")
    return pages


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


def _quota(name: str, value: str) -> tuple[int, int]:
    found = re.fullmatch("([1-9][0-9]{0,8})/([1-9][0-9]{0,6})", value)
    if found is None:
        raise BadSetting(f"{name} is {value!r}; give requests/seconds, such as 10000/3600")
    return int(found[1]), int(found[2])


_READERS: dict[str, Callable[[str, str], Any]] = {
    "store": _text,
    "signing_key": _key,
    "previous_signing_key": _key,
    "audience": _text,
    "environment": _text,
    "stream_url": _address,
    "rate_limits": _switch,
    "response_check": _one_of(*get_args(ResponseCheck)),
    "feed": _one_of(*get_args(Feed)),
    "tiingo_key": _api_key,
    "finnhub_key": _api_key,
    "tiingo_quota": _quota,
    "finnhub_quota": _quota,
    "secrets": _text,
    "queue": _text,
    "scorer": _text,
    "dashboard_url": _origin,
    "api_url": _origin,
    "mail": _one_of(*get_args(MailProvider)),
    "mail_key": _api_key,
    "mail_sender": _mail_address,
    "identity": _one_of(*get_args(IdentityProviders)),
    "google_client_id": _api_key,
    "google_client_secret": _api_key,
    "github_client_id": _api_key,
    "github_client_secret": _api_key,
    "redirect_uris": _pages,
    "max_connections": _count,
}
"""How the text of each setting becomes its value."""
