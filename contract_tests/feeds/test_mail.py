"""Mailers: what a provider's every answer means for the mail, and that nothing personal reaches a log or an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from contract_tests.feeds.provider import KEY, Provider, Turn, provider
from contract_tests.logs import logged
from handlers.domain.mail import Mail, masked_address
from handlers.feeds.mail import MailNotSent, MailRefused, MailUnavailable, MailUncertain, RecordedMailer
from handlers.feeds.mailers import open_mailer
from handlers.feeds.sendgrid import SendGrid
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import BadSetting, Settings
from handlers.storage.mailbox import Kept, Mailbox
from handlers.storage.sqlite import SqliteStore

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
MAIL = Mail("mail-1", "reader@example.com", "A subject", "The text", "<p>The text</p>")
SHORT = httpx.Timeout(0.2, connect=1.0)


@pytest.fixture
def playing() -> Iterator[Provider]:
    with provider() as playing:
        yield playing


def sendgrid(playing: Provider, key: str | None = KEY) -> SendGrid:
    return SendGrid(lambda: key, "alerts@bellwether.example", FixedClock(NOW), playing.address, SHORT)


def failure(playing: Provider, *turns: Turn) -> MailNotSent:
    playing.turns.extend(turns)
    with pytest.raises(MailNotSent) as caught:
        sendgrid(playing).send(MAIL)
    return caught.value


def test_an_accepted_mail_went_out_as_it_is_with_its_id(playing: Provider) -> None:
    sendgrid(playing).send(MAIL)

    assert playing.credentials == {f"Bearer {KEY}"}
    assert playing.accepted == [
        {
            "personalizations": [{"to": [{"email": "reader@example.com"}], "custom_args": {"mail_id": "mail-1"}}],
            "from": {"email": "alerts@bellwether.example", "name": "Bellwether"},
            "subject": "A subject",
            "content": [
                {"type": "text/plain", "value": "The text"},
                {"type": "text/html", "value": "<p>The text</p>"},
            ],
            "headers": {"Message-ID": "<mail-1@bellwether.example>"},
        }
    ]


@pytest.mark.parametrize(
    ("stop", "named"), [("https://api.example.com/stop?token=t", True), ("http://localhost:8000/stop?token=t", False)]
)
def test_a_mail_names_its_way_out_to_mail_programs_where_they_would_follow_it(
    playing: Provider, stop: str, named: bool
) -> None:
    sendgrid(playing).send(replace(MAIL, unsubscribe=stop))
    button = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}

    assert playing.accepted[0]["headers"] == {
        "Message-ID": "<mail-1@bellwether.example>",
        **(button if named else {}),
    }


@pytest.mark.parametrize("status", [200, 201, 202])
def test_every_success_means_accepted(playing: Provider, status: int) -> None:
    playing.turns.append(Turn(status, accepts=True))
    sendgrid(playing).send(MAIL)

    assert playing.ids == ["mail-1"]


@pytest.mark.parametrize("status", [400, 404, 405, 413, 415])
def test_a_mail_that_is_wrong_for_the_provider_is_never_sent_again(playing: Provider, status: int) -> None:
    assert isinstance(failure(playing, Turn(status)), MailRefused)


def test_a_refusal_names_the_fields_and_not_what_is_in_them(playing: Provider) -> None:
    said = {"errors": [{"field": "personalizations.0.to.0.email", "message": "reader@example.com is no address"}]}
    refused = failure(playing, Turn(400, said))

    assert refused.reason == "sendgrid refuses the mail (status 400; personalizations.0.to.0.email)"


@pytest.mark.parametrize(
    "said", [{"errors": [{"field": "reader@example.com"}]}, {"errors": "x"}, {"errors": [1]}, [], "text", None]
)
def test_whatever_a_refusal_says_only_names_of_fields_are_repeated(playing: Provider, said: object) -> None:
    assert failure(playing, Turn(400, said)).reason == "sendgrid refuses the mail (status 400)"


@pytest.mark.parametrize(
    ("turn", "seconds"),
    [
        (Turn(429, headers={"Retry-After": "17"}), 17),
        (Turn(429, headers={"Retry-After": "Mon, 02 Dec 2024 15:02:00 GMT"}), 120),
        (Turn(429), 60),
        (Turn(429, headers={"Retry-After": "soon"}), 60),
        (Turn(408), 60),
        (Turn(500), 60),
        (Turn(503, headers={"Retry-After": "5"}), 5),
        (Turn(301, headers={"Location": "https://elsewhere.example/"}), 60),
        (Turn(401), 300),
        (Turn(403), 300),
    ],
)
def test_a_provider_that_does_not_take_mails_now_is_asked_again_later(
    playing: Provider, turn: Turn, seconds: int
) -> None:
    unavailable = failure(playing, turn)

    assert isinstance(unavailable, MailUnavailable)
    assert unavailable.retry_after_seconds == seconds
    assert playing.ids == []


@pytest.mark.parametrize(
    "turn",
    [Turn(hangs=True, accepts=True), Turn(cuts=True, accepts=True), Turn(502, accepts=True), Turn(504, accepts=True)],
)
def test_an_answer_that_is_lost_leaves_it_open_until_the_provider_is_asked(playing: Provider, turn: Turn) -> None:
    uncertain = failure(playing, turn)

    assert isinstance(uncertain, MailUncertain)
    assert sendgrid(playing).accepted(MAIL.id) is True


@pytest.mark.parametrize("turn", [Turn(hangs=True), Turn(cuts=True), Turn(502)])
def test_a_mail_that_was_not_accepted_is_not_listed(playing: Provider, turn: Turn) -> None:
    uncertain = failure(playing, turn)

    assert isinstance(uncertain, MailUncertain)
    assert sendgrid(playing).accepted(MAIL.id) is False


def test_a_provider_that_cannot_be_reached_took_nothing(playing: Provider) -> None:
    closed = SendGrid(lambda: KEY, "a@b.example", FixedClock(NOW), "http://127.0.0.1:9", SHORT)
    with pytest.raises(MailUnavailable):
        closed.send(MAIL)


def test_an_account_without_email_activity_cannot_tell(playing: Provider) -> None:
    playing.sells_activity = False

    assert sendgrid(playing).accepted(MAIL.id) is None


@pytest.mark.parametrize("body", [[], {"messages": None}, "text", None])
def test_an_answer_of_another_form_proves_nothing(playing: Provider, body: object) -> None:
    playing.turns.append(Turn(200, body))

    assert sendgrid(playing).accepted(MAIL.id) is None


@pytest.mark.parametrize("turn", [Turn(429), Turn(500), Turn(hangs=True), Turn(cuts=True)])
def test_a_question_that_fails_is_asked_again_later(playing: Provider, turn: Turn) -> None:
    playing.turns.append(turn)
    with pytest.raises(MailUnavailable):
        sendgrid(playing).accepted(MAIL.id)


@pytest.mark.parametrize("key", [None, "", "two words", "Ünïcode", "line\nbreak"])
def test_without_a_usable_key_nothing_is_sent_and_the_mail_waits(playing: Provider, key: str | None) -> None:
    with pytest.raises(MailUnavailable, match="no usable key"):
        sendgrid(playing, key).send(MAIL)

    assert playing.credentials == set()


def test_a_rotated_key_is_used_at_once(playing: Provider) -> None:
    keys = iter(["first", "second"])
    mailer = SendGrid(lambda: next(keys), "a@b.example", FixedClock(NOW), playing.address, SHORT)
    mailer.send(MAIL)
    mailer.send(MAIL)

    assert playing.credentials == {"Bearer first", "Bearer second"}


@pytest.mark.parametrize(
    "turn", [Turn(400, {"errors": [{"message": MAIL.to}]}), Turn(401), Turn(429), Turn(500), Turn(hangs=True)]
)
def test_no_address_text_or_key_reaches_a_log_or_an_error(playing: Provider, turn: Turn) -> None:
    with logged() as log:
        error = failure(playing, turn)
    seen = f"{error!r} {error} {error.__cause__!r} {error.__context__!r} {MAIL!r} {log.text}"

    assert [word for word in (MAIL.to, MAIL.subject, MAIL.text, KEY) if word in seen] == []
    assert "r***@example.com" in log.text


def test_the_recorded_mailer_keeps_each_mail_once_and_knows_it() -> None:
    clock = FixedClock(NOW)
    mailbox = Mailbox(SqliteStore(":memory:", clock), clock)
    mailer = open_mailer(Settings(), mailbox, clock)
    before = mailer.accepted(MAIL.id)
    mailer.send(MAIL)
    clock.sleep(1)
    mailer.send(MAIL)
    mailer.send(Mail("mail-2", "other@example.com", "s", "t", "h"))

    assert isinstance(mailer, RecordedMailer)
    assert (before, mailer.accepted(MAIL.id)) == (False, True)
    assert [(kept.mail.id, kept.kept_at.second) for kept in mailbox.all()] == [("mail-1", 0), ("mail-2", 1)]
    assert mailbox.all()[0] == Kept(MAIL, NOW)


def test_the_setting_opens_the_provider_and_needs_a_key() -> None:
    clock = FixedClock(NOW)
    mailbox = Mailbox(SqliteStore(":memory:", clock), clock)
    environ = {
        "BELLWETHER_SIGNING_KEY": "k" * 40,
        "BELLWETHER_MAIL": "sendgrid",
        "BELLWETHER_MAIL_SENDER": "alerts@example.com",
        "BELLWETHER_DASHBOARD_URL": "https://app.example.com",
        "BELLWETHER_API_URL": "https://api.example.com",
    }
    with pytest.raises(BadSetting, match="BELLWETHER_MAIL_KEY"):
        Settings.of(environ)
    settings = Settings.of({**environ, "BELLWETHER_MAIL_KEY": KEY})

    assert isinstance(open_mailer(settings, mailbox, clock), SendGrid)
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("reader@example.com", "r***@example.com"), ("r@example.com", "*@example.com"), ("nobody", "***"), ("@x", "***")],
)
def test_a_masked_address_shows_who_it_may_be_and_not_who_it_is(address: str, shown: str) -> None:
    assert masked_address(address) == shown
