"""What mails say: text for every reader, and the same as HTML. Nothing that a user wrote reaches HTML unescaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from itertools import takewhile
from typing import Final
from urllib.parse import quote, urlencode

from handlers.domain.mail import Mail
from handlers.domain.summaries import Summary, Watched
from handlers.domain.triggers import Alert
from models.fields import SentimentLabel

# strftime would name months in the language of the machine.
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
GREEN, YELLOW, RED = "#22c55e", "#eab308", "#ef4444"
COLOURS: Final[dict[SentimentLabel, str]] = {"positive": GREEN, "neutral": YELLOW, "negative": RED}
PREVIEW_LENGTH: Final = 200
UNSUBSCRIBE_PATH: Final = "/api/v2/notifications/unsubscribe"


def alert_link(dashboard_url: str, config_id: str, ticker: str) -> str:
    """Where a page shows what an alert watches."""
    return f"{dashboard_url}/configurations/{quote(config_id, safe='')}?{urlencode({'ticker': ticker})}"


def magic_link(dashboard_url: str, token: str) -> str:
    """Where a page takes a sign-in token."""
    return f"{dashboard_url}/auth/verify?{urlencode({'token': token})}"


def unsubscribe_link(api_url: str, token: str) -> str:
    """Where one click stops all mails."""
    return f"{api_url}{UNSUBSCRIBE_PATH}?{urlencode({'token': token})}"


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which could end a header or hide what follows."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def alert_subject(alert: Alert, value: float) -> str:
    """What happened, in a line."""
    what = alert.alert_type.removesuffix("_threshold")
    unit = " %" if what == "volatility" else ""
    moved = "exceeded" if alert.threshold_direction == "above" else "dropped below"
    shown, threshold = _told_apart(value, alert.threshold_value)
    return f"{alert.ticker} {what} {moved} {threshold}{unit}: {shown}{unit}"


def preview(text: str) -> str:
    """What a mail's paragraphs say up to the first one with a link, in a line: links may carry tokens."""
    paragraphs = takewhile(lambda paragraph: "://" not in paragraph, text.split("\n\n"))
    line = one_line(" ".join(paragraphs))
    return line if len(line) <= PREVIEW_LENGTH else f"{line[: PREVIEW_LENGTH - 1]}…"


def alert_mail(mail_id: str, to: str, alert: Alert, value: float, link: str, unsubscribe: str) -> Mail:
    """The mail of an alert that fired at a value."""
    subject = alert_subject(alert, value)
    colour = GREEN if alert.threshold_direction == "above" else RED
    body = (
        f'<p style="font-size:18px;color:{colour}"><strong>{escape(subject)}</strong></p>'
        "<p>You asked to be told. This alert rests for an hour now.</p>"
        f"{_button(link, 'See the watchlist')}"
    )
    text = f"{subject}\n\nYou asked to be told. This alert rests for an hour now.\n\nSee the watchlist: {link}\n"
    return _mail(mail_id, to, subject, text, body, unsubscribe)


def digest_mail(
    mail_id: str, to: str, day: date, watchlists: Sequence[Watched], link: str, unsubscribe: str, sample: bool = False
) -> Mail:
    """The daily digest of a local day. Without symbols it says so: only a sample is ever sent without."""
    title = f"Daily Sentiment Digest - {MONTHS[day.month - 1]} {day.day:02}"
    subject = f"[Sample] {title}" if sample else title
    lines = [line for watched in watchlists for line in _section(watched)] or [
        "There are no symbols on your watchlists."
    ]
    tables = "".join(map(_table, watchlists)) or "<p>There are no symbols on your watchlists.</p>"
    lead = "Mean sentiment of the last 24 hours, beside the 24 hours before."
    text = f"{title}\n{lead}\n\n" + "\n".join(lines) + f"\n\nSee more: {link}\n"
    body = f"<h1>{escape(title)}</h1><p>{lead}</p>{tables}{_button(link, 'See more')}"
    return _mail(mail_id, to, subject, text, body, unsubscribe)


def magic_link_mail(mail_id: str, to: str, link: str, minutes: int) -> Mail:
    """The mail that signs in whoever opens its link."""
    subject = "Your sign-in link for Bellwether"
    ends = f"It works once, for {minutes} minutes. If you did not ask for it, ignore this mail: nothing happens."
    text = f"Sign in to Bellwether: {link}\n\n{ends}\n"
    return _mail(mail_id, to, subject, text, f"{_button(link, 'Sign in to Bellwether')}<p>{ends}</p>", None)


def _mail(mail_id: str, to: str, subject: str, text: str, body: str, unsubscribe: str | None) -> Mail:
    if unsubscribe is not None:
        text += f"\nStop all mails from Bellwether (this link works for 30 days): {unsubscribe}\n"
        stop = f'<a href="{escape(unsubscribe)}">Stop all mails</a>'
        body += f'<p style="font-size:12px;color:#666">{stop} from Bellwether. This link works for 30 days.</p>'
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
        f'<body style="font-family:sans-serif">{body}</body></html>'
    )
    return Mail(mail_id, to, one_line(subject), text, page, unsubscribe)


def _button(link: str, words: str) -> str:
    return f'<p><a href="{escape(link)}">{escape(words)}</a></p>'


def _told_apart(value: float, threshold: float) -> tuple[str, str]:
    """Both with two decimals, or with as many more as it takes to tell them apart."""
    for digits in (2, 4, 8):
        texts = f"{value:.{digits}f}", f"{threshold:.{digits}f}"
        if texts[0] != texts[1]:
            break
    return texts


def _section(watched: Watched) -> Iterable[str]:
    yield one_line(watched.name) or "Watchlist"
    yield from (f"  {_row(summary)}" for summary in watched.summaries)


def _row(summary: Summary) -> str:
    if summary.score is None:
        return f"{summary.ticker}: no articles"
    change = "" if summary.change is None else f", {summary.change:+.2f} on the day before"
    return f"{summary.ticker}: {summary.score:+.2f} {summary.label}{change}, {_articles(summary.articles)}"


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"


def _table(watched: Watched) -> str:
    rows = "".join(_cells(summary) for summary in watched.summaries)
    head = "<tr><th>Symbol</th><th>Sentiment</th><th>Change</th><th>Articles</th></tr>"
    return f"<h2>{escape(one_line(watched.name) or 'Watchlist')}</h2><table>{head}{rows}</table>"


def _cells(summary: Summary) -> str:
    if summary.score is None or summary.label is None:
        return f'<tr><td>{escape(summary.ticker)}</td><td colspan="3">no articles</td></tr>'
    change = "–" if summary.change is None else f"{summary.change:+.2f}"
    said = f'<td style="color:{COLOURS[summary.label]}">{summary.score:+.2f} {summary.label}</td>'
    return f"<tr><td>{escape(summary.ticker)}</td>{said}<td>{change}</td><td>{summary.articles}</td></tr>"
