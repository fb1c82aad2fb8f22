"""Mails through SendGrid's Web API v3: `POST /v3/mail/send`, and its Email Activity to learn what became of a lost answer.

SendGrid knows no idempotency key. The mail's id goes along as a custom argument, by which it can be asked for, and as the
Message-ID, by which mailboxes recognise a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

import httpx

from handlers.domain.mail import Mail, masked_address
from handlers.feeds._failures import waiting
from handlers.feeds.mail import RETRY_SECONDS, MailNotSent, MailRefused, MailUnavailable, MailUncertain
from handlers.runtime.clock import Clock
from handlers.runtime.log import log, masked

BASE_URL: Final = "https://api.sendgrid.com"
NO_KEY_SECONDS: Final = 300
TIMEOUT: Final = httpx.Timeout(10.0, connect=2.0)
NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
LOST_BY_A_GATEWAY: Final = (502, 504)
CANNOT_TELL: Final = (400, 401, 403, 404)
"""Statuses of Email Activity where the account has not bought it or the key may not read it."""


class SendGrid:
    """Safe to share between threads. `key` is asked for each time, so that a rotated one is used at once."""

    def __init__(
        self,
        key: Callable[[], str | None],
        sender: str,
        clock: Clock,
        base_url: str = BASE_URL,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        self._key = key
        self._sender = sender
        self._clock = clock
        self._base_url = base_url
        self._timeout = timeout

    def send(self, mail: Mail) -> None:
        """Hands a mail over; returns when it was accepted. Raises MailRefused, MailUnavailable, MailUncertain."""
        failure = self._sent(mail)
        if failure is not None:
            log.warning("mail not sent", mail=masked(mail.id), to=masked_address(mail.to), reason=failure.reason)
            raise failure

    def accepted(self, mail_id: str) -> bool | None:
        """Whether Email Activity lists a mail with this id; None where it may not be read. Raises MailUnavailable."""
        query = {"limit": "1", "query": f"(unique_args['mail_id']=\"{mail_id}\")"}
        failure: MailNotSent
        try:
            got = self._client.get("/v3/messages", params=query, headers=self._headers())
        except httpx.HTTPError as error:
            failure = MailUnavailable(f"sendgrid could not be asked ({type(error).__name__})")
        else:
            if got.status_code == 200:
                return _listed(got)
            if got.status_code in CANNOT_TELL:
                return None
            failure = self._unavailable(got)
        raise failure

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.close()

    def _sent(self, mail: Mail) -> MailNotSent | None:
        """What httpx raises holds the request, and that the key and the address: it goes no further than this."""
        try:
            got = self._client.post("/v3/mail/send", json=self._message(mail), headers=self._headers())
        except NOT_SENT as error:
            return MailUnavailable(f"sendgrid cannot be reached ({type(error).__name__})")
        except httpx.HTTPError as error:
            return MailUncertain(f"sendgrid did not answer ({type(error).__name__})")
        if got.is_success:
            return None
        if got.status_code in LOST_BY_A_GATEWAY:
            return MailUncertain(f"sendgrid's answer was lost (status {got.status_code})")
        if got.status_code in (401, 403, 408, 429) or not got.is_client_error:
            return self._unavailable(got)
        return MailRefused(f"sendgrid refuses the mail (status {got.status_code}{_fields(got)})")

    def _unavailable(self, got: httpx.Response) -> MailUnavailable:
        """401 and 403 are about the key or the sender: the mail waits until somebody has mended that."""
        said = waiting(got.headers.get("retry-after"), self._clock.now())
        usual = NO_KEY_SECONDS if got.status_code in (401, 403) else RETRY_SECONDS
        return MailUnavailable(f"sendgrid does not take mails now (status {got.status_code})", said or usual)

    def _headers(self) -> dict[str, str]:
        key = self._key()
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            raise MailUnavailable("no usable key of sendgrid is set", NO_KEY_SECONDS)
        return {"Authorization": f"Bearer {key}"}

    def _message(self, mail: Mail) -> dict[str, Any]:
        return {
            "personalizations": [{"to": [{"email": mail.to}], "custom_args": {"mail_id": mail.id}}],
            "from": {"email": self._sender, "name": "Bellwether"},
            "subject": mail.subject,
            # In the order of RFC 2046, 5.1.4: plain first, the richest last.
            "content": [{"type": "text/plain", "value": mail.text}, {"type": "text/html", "value": mail.html}],
            "headers": {"Message-ID": f"<{mail.id}@{self._sender.partition('@')[2]}>", **_way_out(mail)},
        }

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=self._base_url, timeout=self._timeout, follow_redirects=False, trust_env=False)


def _way_out(mail: Mail) -> dict[str, str]:
    """What lets mail programs show a button that stops all mails: RFC 8058 has it over https only."""
    if mail.unsubscribe is None or not mail.unsubscribe.startswith("https://"):
        return {}
    return {"List-Unsubscribe": f"<{mail.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _json(got: httpx.Response) -> Mapping[str, Any]:
    try:
        found = got.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _listed(got: httpx.Response) -> bool | None:
    """None where the answer is not of the documented form: no proof of anything."""
    messages = _json(got).get("messages")
    return bool(messages) if isinstance(messages, list) else None


def _fields(got: httpx.Response) -> str:
    """The names of the fields that the provider objects to; never its messages, which quote addresses."""
    errors = _json(got).get("errors")
    names = [error.get("field") for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    plain = [name for name in names if isinstance(name, str) and name.replace(".", "").replace("_", "").isalnum()]
    return f"; {', '.join(plain)}" if plain else ""
