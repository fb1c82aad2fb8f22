"""Writes the digests whose time has come where their users are, once for each local day; sending them is the outbox's.

The next digest is planned in the write that puts this one into the outbox: of two who do so one succeeds. One that cannot
be made, however often it is tried, becomes a dead letter and is due again a day later.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from handlers.backend import Backend
from handlers.domain.mail import Mail
from handlers.domain.mails import digest_mail, unsubscribe_link
from handlers.domain.unsubscribing import token_of
from handlers.jobs._rounds import in_rounds
from handlers.jobs.assembling import entry
from handlers.jobs.running import Done, Job, Run
from handlers.storage.digests import Digests
from handlers.storage.items import ConditionFailed
from handlers.storage.outbox import Outbox
from handlers.storage.preferences import Advance, Due, PreferenceBook
from handlers.storage.users import Users

MOST_AT_ONCE = 1000


class Ready(NamedTuple):
    """A digest whose time has come, and the id of its mail."""

    due: Due
    mail_id: str


def digests(backend: Backend) -> Digests:
    """One for a process, which knows what others were told a moment ago: make it with `backend.kept`."""
    return Digests(backend.store, backend.clock)


def due(run: Run) -> list[Ready]:
    """Every five minutes, so that nobody's comes later than that: their time may be any minute of the day."""
    found = PreferenceBook(run.backend.store).due(run.now(), MOST_AT_ONCE)
    # Ids are drawn in this order: which thread makes which digest first changes nothing.
    return [Ready(each, run.backend.chance.uuid()) for each in found]


def tell(ready: Ready, run: Run) -> Done:
    """One user's. Who has no verified address or nothing on their watchlists gets none, and the next is planned too."""
    store, now = run.backend.store, run.now()
    advance = PreferenceBook(store).advancing(ready.due, now)
    if advance is None:
        return Done("taken")
    # Read after what is written was planned: if it changes from here on, the write fails.
    found = _mail(ready, advance, now, run)
    writes = advance.writes
    if isinstance(found, Mail):
        writes = [*writes, Outbox(store).write(found, now, run.trace_id, user_id=ready.due.user_id)]
    try:
        store.transact(writes)
    except ConditionFailed:
        return Done("taken")
    outcome = "written" if isinstance(found, Mail) else "skipped"
    run.count(f"Digests{outcome.title()}")
    return Done(outcome, {} if isinstance(found, Mail) else {"reason": found})


def _mail(ready: Ready, advance: Advance, now: datetime, run: Run) -> Mail | str:
    """The digest, or why there is none."""
    backend = run.backend
    user = Users(backend.store).get(ready.due.user_id)
    if user is None or user.mail_address is None:
        return "no_address"
    watched = backend.kept(digests).of(user.user_id, advance.wanted)
    if not watched:
        return "nothing_watched"
    unsubscribe = unsubscribe_link(backend.settings.api_url, token_of(user.user_id, now, backend.signing.current))
    return digest_mail(
        ready.mail_id, user.mail_address, advance.day, watched, backend.settings.dashboard_url, unsubscribe
    )


def put_off(ready: Ready, run: Run) -> None:
    PreferenceBook(run.backend.store).put_off(ready.due, run.now())


JOB: Job[Ready] = Job("send_digests", tell, lambda ready: ready.due.user_id, due, threads=4, give_up=put_off)
handler = in_rounds(entry(JOB), MOST_AT_ONCE)
