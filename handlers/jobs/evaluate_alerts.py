"""Fires alerts whose value lies beyond their threshold: for symbols that a message names, or for all that are watched.

Messages come from `analyze_news` as soon as something was said of a symbol. The sweep over all that are watched finds what
no message told: prices that moved, alerts that are new or have rested, messages that were lost.

What an alert causes is one write: it rests for an hour, one of its user's ten mails of the day is taken, the mail waits in
the outbox and its notification says so. Where no mail is left nothing of this happens, so that the alert fires once there
is one. An enabled alert of somebody who gets no mails fires without one.

All the alerts on one symbol may be more than one call has time for: it stops in time, and a message says where to go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from handlers.backend import Backend
from handlers.domain.mails import alert_link, alert_mail, unsubscribe_link
from handlers.domain.triggers import Alert, measured, rests, triggered
from handlers.domain.unsubscribing import token_of
from handlers.jobs._measures import Measures
from handlers.jobs._tickers import Place, in_turn, place_of, tell_on
from handlers.jobs._watched import watched_tickers
from handlers.jobs.assembling import entry
from handlers.jobs.running import Done, Job, Poison, Run
from handlers.runtime.log import log, masked
from handlers.runtime.memory import Memory
from handlers.storage import alerts
from handlers.storage.alerts import Alerts
from handlers.storage.configurations import Configuration, Configurations
from handlers.storage.items import ConditionFailed, StoreUnavailable, Write
from handlers.storage.mail_quota import MailQuota, quota_key, resets_at
from handlers.storage.notifications import Notifications, notification_of
from handlers.storage.outbox import Outbox
from handlers.storage.preferences import PreferenceBook
from handlers.storage.users import Users
from models.refusals import ServiceUnavailable

MOST_SPENT = 10_000


def tickers(run: Run) -> list[Place]:
    return [Place(ticker) for ticker in in_turn(watched_tickers(run.backend), run.now())]


def evaluate(place: Place, run: Run) -> Done:
    """The alerts on a symbol from a place on, each for itself. Raises StoreUnavailable."""
    evaluation = Evaluation(place.ticker, run)
    stopped = evaluation.go(place.after)
    run.count("AlertsEvaluated", evaluation.outcomes.total())
    for outcome, count in evaluation.outcomes.items():
        run.count(f"Alerts{outcome.title()}", count)
    if stopped is None:
        return Done("evaluated" if evaluation.outcomes else "unwatched", evaluation.outcomes)
    if not tell_on(Place(place.ticker, stopped), run.trace_id, run.backend):
        raise StoreUnavailable("the queue takes no messages")
    return Done("continued", evaluation.outcomes)


def spent(backend: Backend) -> Memory[tuple[str, date], bool]:
    """Whose mails of a day are known to be gone: make it with `backend.kept`."""
    return Memory(MOST_SPENT)


class Evaluation:
    """One look at the alerts on a symbol, at one instant; what several of them need is read once."""

    def __init__(self, ticker: str, run: Run) -> None:
        self.outcomes: Counter[str] = Counter()
        """What became of how many alerts, in a word."""
        self._ticker = ticker
        self._run = run
        self._store = run.backend.store
        self._now = run.now()
        self._measures = Measures(ticker, self._now, run.backend)
        self._watchlists: dict[tuple[str, str], Configuration | None] = {}
        self._addresses: dict[str, str | None] = {}

    def go(self, after: str | None) -> str | None:
        """Evaluates what stands beyond a place. Where it stopped for want of time, None if nothing is left."""
        for page in Alerts(self._store).pages(self._ticker, after):
            self._read_watchlists(page)
            for alert in page:
                # One is evaluated in any case: however slow the store is, somebody comes to the end.
                if self.outcomes and self._run.is_late():
                    return after
                self.outcomes[self._evaluated(alert)] += 1
                after = alerts.place_of(alert)
        return None

    def _read_watchlists(self, found: Iterable[Alert]) -> None:
        wanted = dict.fromkeys((each.user_id, each.config_id) for each in found if not rests(each, self._now))
        new = [each for each in wanted if each not in self._watchlists]
        self._watchlists.update(zip(new, Configurations(self._store).get_many(new), strict=True))

    def _evaluated(self, alert: Alert) -> str:
        """What became of an alert, in a word; one that cannot be evaluated is a dead letter. Raises StoreUnavailable."""
        try:
            return self._outcome(alert)
        except ServiceUnavailable:
            raise
        except Exception as error:
            self._run.bury(alert.alert_id, Poison("not_evaluated", f"{type(error).__name__}: {error}"))
            return "dead"

    def _outcome(self, alert: Alert) -> str:
        if rests(alert, self._now):
            return "resting"
        watchlist = self._watchlists[alert.user_id, alert.config_id]
        if watchlist is None:
            return "changed"
        seen = self._measures.of(alert, watchlist.draft)
        value = measured(alert, *seen)
        if value is None:
            return "unknown"
        return self._fired(alert, value) if triggered(alert, *seen, self._now) else "quiet"

    def _fired(self, alert: Alert, value: float) -> str:
        address, day = self._address(alert.user_id), self._now.date()
        if address is not None and self._has_spent(alert.user_id, day):
            return "exhausted"
        mailing = [] if address is None else self._mailing(alert, value, address)
        try:
            if not Alerts(self._store).fired(alert, value, self._now, mailing):
                return "changed"
        except ConditionFailed as error:
            if error.key != quota_key(alert.user_id, day):
                raise
            self._note_spent(alert.user_id, day)
            return "exhausted"
        log.info(
            "alert fired",
            alert=masked(alert.alert_id),
            user=masked(alert.user_id),
            mailed=bool(mailing),
            trace_id=self._run.trace_id,
        )
        return "mailed" if mailing else "muted"

    def _address(self, user_id: str) -> str | None:
        """Where a user's mails go; None if they get none."""
        if user_id not in self._addresses:
            user = Users(self._store).get(user_id)
            address = None if user is None else user.mail_address
            if user is not None and address is not None:
                wanted = PreferenceBook(self._store).get(user_id, user.timezone)
                address = address if wanted.email_enabled else None
            self._addresses[user_id] = address
        return self._addresses[user_id]

    def _has_spent(self, user_id: str, day: date) -> bool:
        """Whether no mail is left, asked once a day of each who has none: a write that fails is charged as well."""
        if self._run.backend.kept(spent).get((user_id, day), self._now):
            return True
        found = MailQuota(self._store).is_spent(user_id, day)
        if found:
            self._note_spent(user_id, day)
        return found

    def _note_spent(self, user_id: str, day: date) -> None:
        self._run.backend.kept(spent).keep((user_id, day), True, resets_at(day))

    def _mailing(self, alert: Alert, value: float, address: str) -> list[Write]:
        """What takes one of the user's mails, puts it into the outbox and tells of it."""
        backend, now, user_id = self._run.backend, self._now, alert.user_id
        link = alert_link(backend.settings.dashboard_url, alert.config_id, alert.ticker)
        unsubscribe = unsubscribe_link(backend.settings.api_url, token_of(user_id, now, backend.signing.current))
        mail = alert_mail(backend.chance.uuid(), address, alert, value, link, unsubscribe)
        told = Notifications(self._store).writing(notification_of(alert, value, mail, link, now))
        written = Outbox(self._store).write(mail, now, self._run.trace_id, user_id=user_id)
        return [MailQuota(self._store).taking(user_id, now.date()), written, *told]


JOB: Job[Place] = Job("evaluate_alerts", evaluate, lambda place: place.ticker, tickers, place_of)
handler = entry(JOB)
