"""The mailbox of the recorded mailer: each mail once, as it would have left."""

from __future__ import annotations

from contract_tests.storage.world import StillClock
from handlers.domain.mail import Mail
from handlers.storage.items import Store
from handlers.storage.mailbox import KEPT, Kept, Mailbox


def kept(mailbox: Mailbox, pk: str) -> list[Kept]:
    """What a test kept; tests share the tables of some engines."""
    return [each for each in mailbox.all() if each.mail.id.startswith(f"{pk}/")]


def test_a_mail_is_kept_once_as_it_came_first(store: Store, pk: str, clock: StillClock) -> None:
    mailbox = Mailbox(store, clock)
    first, other = (
        Mail(f"{pk}/{n}", "reader@example.com", "Ünïcode ✓", "a\nb", "<p>", stop)
        for n, stop in ((2, "https://x.example"), (1, None))
    )
    before, came = mailbox.has(first.id), clock.now()
    mailbox.keep(first)
    clock.advance(1)
    mailbox.keep(Mail(first.id, "other@example.com", "s", "t", "h"))
    mailbox.keep(other)

    assert (before, mailbox.has(first.id), mailbox.has(f"{pk}/3")) == (False, True, False)
    assert kept(mailbox, pk) == [Kept(first, came), Kept(other, clock.now())]


def test_a_mail_is_kept_for_thirty_days(store: Store, pk: str, clock: StillClock) -> None:
    mailbox = Mailbox(store, clock)
    mailbox.keep(Mail(f"{pk}/1", "reader@example.com", "s", "t", "h"))
    clock.advance(KEPT.total_seconds() - 1)
    before = mailbox.has(f"{pk}/1")
    clock.advance(1)

    assert before
    assert not mailbox.has(f"{pk}/1")
    assert kept(mailbox, pk) == []
