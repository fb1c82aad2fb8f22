"""How mails leave: the port, its failures, and the recorded mailer, which keeps in the store what it would have sent.

    Exception
    └── MailNotSent
        ├── MailRefused        never again: this mail is wrong for the provider
        ├── MailUnavailable    not sent, and may be sent later: retry after the seconds it names
        └── MailUncertain      the answer was lost: it may have been accepted, so ask before sending again

No reason names an address or repeats what a provider said in its own words: providers quote addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from handlers.domain.mail import Mail as Mail

RETRY_SECONDS = 60


class MailNotSent(Exception):
    """`reason` is for logs and records."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MailRefused(MailNotSent):
    """The provider will not take this mail, however often it is asked."""


class MailUnavailable(MailNotSent):
    """The provider did not take the mail now."""

    def __init__(self, reason: str, retry_after_seconds: int = RETRY_SECONDS) -> None:
        super().__init__(reason)
        self.retry_after_seconds = retry_after_seconds


class MailUncertain(MailNotSent):
    """The provider may have taken the mail: its answer did not arrive."""


class Mailer(Protocol):
    """A provider of mail. Safe to share between threads."""

    def send(self, mail: Mail) -> None:
        """Hands a mail over; returns when it was accepted. Raises MailRefused, MailUnavailable, MailUncertain."""
        ...

    def accepted(self, mail_id: str) -> bool | None:
        """Whether a mail of this id was accepted, long enough ago to be known; None if the provider cannot tell.

        Raises MailUnavailable.
        """
        ...


class Mailbox(Protocol):
    """What the recorded mailer needs of the store."""

    def keep(self, mail: Mail) -> None:
        """Keeps a mail under its id; keeping it again changes nothing."""
        ...

    def has(self, mail_id: str) -> bool:
        """Whether a mail of this id was kept."""
        ...


@dataclass(frozen=True, slots=True)
class RecordedMailer:
    """The default: nothing leaves the house. What would have been sent is read from the mailbox."""

    mailbox: Mailbox

    def send(self, mail: Mail) -> None:
        self.mailbox.keep(mail)

    def accepted(self, mail_id: str) -> bool | None:
        return self.mailbox.has(mail_id)
