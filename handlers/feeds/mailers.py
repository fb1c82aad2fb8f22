"""Opens the mail provider that a setting names."""

from __future__ import annotations

from handlers.feeds.mail import Mailbox, Mailer, MailUnavailable, RecordedMailer
from handlers.runtime.clock import Clock
from handlers.runtime.secrets import Secret, SecretUnavailable
from handlers.runtime.settings import Settings


def open_mailer(settings: Settings, mailbox: Mailbox, clock: Clock) -> Mailer:
    """The mailer of a process; `mailbox` is where the recorded one keeps mails."""
    if settings.mail == "recorded":
        return RecordedMailer(mailbox)
    from handlers.feeds.sendgrid import SendGrid

    secret = Secret(settings.secrets) if settings.secrets else None

    def key() -> str | None:
        try:
            return settings.mail_key or (secret.texts().get("mail_key") if secret else None)
        except SecretUnavailable as error:
            raise MailUnavailable(error.reason) from None

    return SendGrid(key, settings.mail_sender, clock)
