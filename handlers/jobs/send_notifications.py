"""Sends the mails that wait in the outbox, every minute: at least once, and never twice what is known as sent.

What becomes of a mail is told to its notification before it is settled: whoever dies between the two leaves a mail that is
due again, and telling it again changes nothing. For the same reason a mail is buried before it is given up.
"""

from __future__ import annotations

from handlers.backend import Backend
from handlers.feeds.mail import Mailer, MailNotSent, MailRefused, MailUnavailable, MailUncertain
from handlers.feeds.mailers import open_mailer
from handlers.jobs._rounds import in_rounds
from handlers.jobs.assembling import entry
from handlers.jobs.running import Done, Job, Poison, Run
from handlers.storage.mailbox import Mailbox
from handlers.storage.notifications import Notifications
from handlers.storage.outbox import MOST_ATTEMPTS, Entry, Outbox
from handlers.storage.preferences import PreferenceBook

MOST_AT_ONCE = 200


def mailer(backend: Backend) -> Mailer:
    """Opened once for a process: make it with `backend.kept`."""
    return open_mailer(backend.settings, Mailbox(backend.store, backend.clock), backend.clock)


def due(run: Run) -> list[Entry]:
    """Few enough that an urgent mail soon goes before the rest, however long that is: each round looks for those first."""
    return Outbox(run.backend.store).due(run.now(), MOST_AT_ONCE)


def send(waiting: Entry, run: Run) -> Done:
    return sent(waiting, run, run.backend.kept(mailer))


def sent(waiting: Entry, run: Run, by: Mailer) -> Done:
    """One mail; one that will never leave is a dead letter. Raises StoreUnavailable."""
    claim = Outbox(run.backend.store).claimed(waiting, run.now())
    if claim is None:
        return Done("taken")
    if claim.attempts > MOST_ATTEMPTS:
        return _given_up(claim, "mail_tried_too_often", f"no attempt of {MOST_ATTEMPTS} came to an end", run)
    try:
        known = _accepted(claim, by)
        if not known and (reason := _unwanted(claim, run)):
            return _dropped(claim, reason, run)
        if not known:
            by.send(claim.mail)
    except MailNotSent as failure:
        return _failed(claim, failure, run)
    return _settled(claim, "known" if known else "sent", run)


def _accepted(claim: Entry, by: Mailer) -> bool:
    """Whether the provider has taken the mail in an attempt that was not seen to end. Raises MailNotSent."""
    if not claim.begun:
        return False
    try:
        known = by.accepted(claim.mail.id)
    except MailUnavailable as error:
        # Not asked, so that it is as uncertain as it was.
        raise MailUncertain(error.reason) from None
    if known is None:
        raise MailRefused("an answer was lost and the provider cannot tell whether it took the mail")
    return known


def _unwanted(claim: Entry, run: Run) -> str | None:
    """Why nobody wants the mail any more, in a word; None if it is to be sent."""
    if claim.expires_at is not None and claim.expires_at <= run.now():
        return "expired"
    if claim.user_id is None:
        return None
    wanted = PreferenceBook(run.backend.store).get(claim.user_id, "UTC")
    return None if wanted.email_enabled else "unsubscribed"


def _dropped(claim: Entry, reason: str, run: Run) -> Done:
    now = run.now()
    Notifications(run.backend.store).settled(claim.mail.id, "failed", now)
    if not Outbox(run.backend.store).dropped(claim, reason, now):
        return Done("taken")
    run.count("MailsDropped")
    return Done("dropped", {"reason": reason, "attempts": claim.attempts})


def _failed(claim: Entry, failure: MailNotSent, run: Run) -> Done:
    if isinstance(failure, MailRefused):
        return _given_up(claim, "mail_refused", failure.reason, run)
    if claim.attempts == MOST_ATTEMPTS:
        return _given_up(claim, "mail_tried_too_often", failure.reason, run)
    outbox, now = Outbox(run.backend.store), run.now()
    if isinstance(failure, MailUnavailable):
        outbox.failed(claim, failure.reason, now, failure.retry_after_seconds)
        outcome = "waiting"
    else:
        outbox.uncertain(claim, failure.reason, now)
        outcome = "uncertain"
    run.count(f"Mails{outcome.title()}")
    return Done(outcome, {"reason": failure.reason, "attempts": claim.attempts})


def _settled(claim: Entry, outcome: str, run: Run) -> Done:
    now = run.now()
    Notifications(run.backend.store).settled(claim.mail.id, "sent", now)
    Outbox(run.backend.store).sent(claim, now)
    run.count("MailsSent")
    return Done(outcome, {"attempts": claim.attempts})


def _given_up(claim: Entry, reason: str, detail: str, run: Run) -> Done:
    """Buries a mail and settles it as dead, unless somebody else has it by now."""
    outbox, now, poison = Outbox(run.backend.store), run.now(), Poison(reason, detail)
    if not outbox.holds(claim):
        return Done("taken")
    run.bury(claim.mail.id, poison)
    Notifications(run.backend.store).settled(claim.mail.id, "failed", now)
    outbox.dead(claim, detail, now)
    run.count("MailsFailed")
    return Done("dead", {"reason": str(poison), "attempts": claim.attempts})


JOB: Job[Entry] = Job(
    "send_notifications", send, lambda waiting: waiting.mail.id, due, threads=4, trace=lambda waiting: waiting.trace_id
)
handler = in_rounds(entry(JOB), MOST_AT_ONCE)
