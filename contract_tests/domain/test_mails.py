"""What mails say, and what a text from outside cannot make of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.mail import Mail
from handlers.domain.mails import (
    alert_link,
    alert_mail,
    alert_subject,
    digest_mail,
    magic_link,
    magic_link_mail,
    one_line,
    preview,
    unsubscribe_link,
)
from handlers.domain.summaries import Summary, Watched
from handlers.domain.triggers import Alert
from models.fields import AlertType, Direction

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
STOP = "https://api.example.com/api/v2/notifications/unsubscribe?token=abc"
UP = Summary("AAPL", 0.4, 0.15, 0.25, "positive", 12)
QUIET = Summary("XOM", None, None, None, None, 0)
NEW = Summary("BRK.B", -0.5, None, None, "negative", 1)


def alert(threshold: float, direction: Direction = "above", alert_type: AlertType = "sentiment_threshold") -> Alert:
    return Alert("a", "u", "c", "AAPL", alert_type, threshold, direction, True, None, 0, NOW)


class Page(HTMLParser):
    """The tags, links and words of an HTML text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    ("fired", "value", "subject"),
    [
        (alert(0.5), 0.62, "AAPL sentiment exceeded 0.50: 0.62"),
        (alert(-0.2, "below"), -0.21, "AAPL sentiment dropped below -0.20: -0.21"),
        (alert(0.0), 0.0001, "AAPL sentiment exceeded 0.0000: 0.0001"),
        (alert(5.0, alert_type="volatility_threshold"), 7.125, "AAPL volatility exceeded 5.00 %: 7.12 %"),
        (alert(5.0, "below", "volatility_threshold"), 0.0, "AAPL volatility dropped below 5.00 %: 0.00 %"),
    ],
)
def test_the_subject_says_what_happened_and_tells_value_and_threshold_apart(
    fired: Alert, value: float, subject: str
) -> None:
    assert alert_subject(fired, value) == subject


def test_an_alert_mail_leads_to_the_watchlist_and_out() -> None:
    link = alert_link("https://app.example.com", "c-1", "BRK.B")
    mail = alert_mail("id", "reader@example.com", alert(0.5), 0.62, link, STOP)
    page = Page(mail.html)

    assert link == "https://app.example.com/configurations/c-1?ticker=BRK.B"
    assert page.links == [link, STOP]
    assert mail.unsubscribe == STOP
    assert mail.text.count(link) == mail.text.count(STOP) == 1
    assert mail.subject in mail.text
    assert mail.subject in page.words


@pytest.mark.parametrize(("direction", "colour"), [("above", "#22c55e"), ("below", "#ef4444")])
def test_an_alert_mail_is_green_above_and_red_below(direction: Direction, colour: str) -> None:
    mail = alert_mail("id", "reader@example.com", alert(0.5, direction), 0.62, "https://x.example", STOP)

    assert colour in mail.html


def test_a_preview_says_what_the_mail_says_and_holds_no_link() -> None:
    mail = alert_mail("id", "reader@example.com", alert(0.5), 0.62, "https://x.example", STOP)

    assert preview(mail.text) == f"{mail.subject} You asked to be told. This alert rests for an hour now."
    assert len(preview("x " * 500)) == 200


def test_a_digest_tells_every_symbol_of_every_watchlist() -> None:
    lists = [Watched("Tech", (UP, QUIET)), Watched("", (NEW,))]
    mail = digest_mail("id", "reader@example.com", date(2024, 12, 2), lists, "https://app.example.com", STOP)
    lines = mail.text.splitlines()
    page = Page(mail.html)

    assert mail.subject == "Daily Sentiment Digest - December 02"
    assert "  AAPL: +0.40 positive, +0.25 on the day before, 12 articles" in lines
    assert "  XOM: no articles" in lines
    assert "  BRK.B: -0.50 negative, 1 article" in lines
    assert [name for name in ("Tech", "Watchlist") if name not in lines] == []
    assert page.links == ["https://app.example.com", STOP]
    assert [word for word in ("Tech", "AAPL", "+0.40 positive", "+0.25", "no articles") if word not in page.words] == []


def test_a_sample_says_that_it_is_one_and_may_have_nothing_to_tell() -> None:
    mail = digest_mail("id", "reader@example.com", date(2024, 2, 29), [], "https://x.example", STOP, sample=True)

    assert mail.subject == "[Sample] Daily Sentiment Digest - February 29"
    assert "no symbols" in mail.text
    assert "no symbols" in mail.html


def test_a_sign_in_mail_has_its_link_and_none_to_unsubscribe() -> None:
    link = magic_link("https://app.example.com", "t/+ =&")
    mail = magic_link_mail("id", "reader@example.com", link, 60)

    assert link == "https://app.example.com/auth/verify?token=t%2F%2B+%3D%26"
    assert Page(mail.html).links == [link]
    assert link in mail.text
    assert "60 minutes" in mail.text
    assert "unsubscribe" not in mail.html + mail.text
    assert mail.unsubscribe is None


def test_the_way_out_is_the_operation() -> None:
    assert unsubscribe_link("https://api.example.com", "abc") == STOP


HOSTILE = st.text(max_size=50) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=y>', "a\r\nBcc: x@y.z", "&lt;b&gt;", "\u202egnp.exe", "'\"<>&"]
)


@given(HOSTILE)
@settings(max_examples=100, deadline=None)
def test_no_name_of_a_watchlist_becomes_markup_or_a_line(name: str) -> None:
    mail = digest_mail("id", "r@example.com", date(2024, 12, 2), [Watched(name, (UP,))], "https://x.example", STOP)
    plain = digest_mail("id", "r@example.com", date(2024, 12, 2), [Watched("x", (UP,))], "https://x.example", STOP)

    assert Page(mail.html).tags == Page(plain.html).tags
    assert len(mail.text.split("\n")) == len(plain.text.split("\n"))
    assert one_line(name) in Page(mail.html).words
    assert mail.subject == plain.subject


def test_a_mail_shows_neither_address_nor_text_in_its_repr() -> None:
    assert repr(Mail("id", "reader@example.com", "s", "t", "h", STOP)) == "Mail(id='id')"
