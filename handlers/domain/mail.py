"""A mail: whom it goes to and what it says. Its repr, and so every log, shows neither the address nor the text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mail:
    """`id` says which mail this is: two with the same id are one mail, and only one of them is ever sent."""

    id: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    unsubscribe: str | None = field(default=None, repr=False)
    """The address that stops all mails, for mail programs; None where a mail is no list's, as a sign-in link."""


def masked_address(address: str) -> str:
    """First character and domain; only the domain where the name has one character; stars for what is no address."""
    name, at, domain = address.partition("@")
    if not (name and at and domain):
        return "***"
    return f"*@{domain}" if len(name) == 1 else f"{name[0]}***@{domain}"
