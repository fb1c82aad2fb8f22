"""The recorded callers: who they are in the store, and what they send to be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.domain.linking import Identity
from handlers.domain.mails import alert_link, alert_mail
from handlers.domain.triggers import Alert
from handlers.gate import tokens
from handlers.gate.callers import Claims
from handlers.runtime.settings import Settings
from handlers.storage.alerts import Alerts
from handlers.storage.alerts import Draft as AlertDraft
from handlers.storage.configurations import Configurations, Draft, WatchedTicker
from handlers.storage.confirmations import Confirmations
from handlers.storage.identities import identity_claim
from handlers.storage.items import Store
from handlers.storage.mail_quota import MailQuota
from handlers.storage.merging import Merging
from handlers.storage.notifications import Notifications, notification_of
from handlers.storage.refreshes import LeftOut, Refresh, Refreshes
from handlers.storage.sessions import Sessions
from handlers.storage.users import User, Users, profile_key
from models.dashboard.accounts import ANOTHERS_CONFIRMATION, CONFIRMATION, TAKEN_CONFIRMATION
from models.fields import Role
from tools.events import Pairs
from tools.sign_ins import Reader, enrol_sign_ins

ANONYMOUS = "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01"
OTHER = "1b9c5b63-6c1a-4d8f-8e66-1e2a7a3a9b02"
FULL = "2cad6c74-7d2b-4e9a-9f77-2f3b8b4b9c03"
EXPIRED = "3dbe7d85-8e3c-4fab-8a88-3a4c9c5c9d04"
REVOKED = "4ecf8e96-9f4d-4abc-9b99-4b5dad6d9e05"
MEMBER = "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9f06"
OPERATOR = "6aebaab8-bb6f-4cde-9dbb-6d7fcf8fa007"
UNADDRESSED = "7bfcbbc9-cc7a-4def-8ecc-7e8adadab108"
"""Signed in with a provider that gave no mail address."""
MERGED = "8c0dccda-dd81-4ef0-8fdd-8f91bec1c209"
"""Was anonymous until the operator's account got what it had."""
CONFIGURATION = "c0ffee00-1111-4222-8333-444455556666"
"""The anonymous caller's only watchlist: AAPL and MSFT."""
MEMBER_CONFIGURATION = "c0ffee01-1111-4222-8333-444455556666"
EMPTY_CONFIGURATION = "c0ffee02-1111-4222-8333-444455556666"
"""The full caller's first watchlist, without tickers; the second one watches NVDA."""
FULL_CONFIGURATION = "c0ffee03-1111-4222-8333-444455556666"
OPERATOR_CONFIGURATION = "c0ffee04-1111-4222-8333-444455556666"
UNADDRESSED_CONFIGURATION = "c0ffee05-1111-4222-8333-444455556666"
ALERT = "a1e27000-1111-4222-8333-444455556666"
"""The member's alert on the sentiment of MSFT, which fired an hour and a half ago; the other one is disabled."""
DISABLED_ALERT = "a1e27001-1111-4222-8333-444455556666"
OPERATOR_ALERT = "a1e27002-1111-4222-8333-444455556666"
NOTIFICATION = "0071f000-1111-4222-8333-444455556666"
"""What was mailed about the member's alert. Of the others one is on its way, one was given up, one came back."""
PENDING_NOTIFICATION = "0071f001-1111-4222-8333-444455556666"
FAILED_NOTIFICATION = "0071f002-1111-4222-8333-444455556666"
BOUNCED_NOTIFICATION = "0071f003-1111-4222-8333-444455556666"
OPERATOR_NOTIFICATION = "0071f009-1111-4222-8333-444455556666"
DELETED_ALERT = "a1e27090-1111-4222-8333-444455556666"
REFRESH = "4ef4e540-1111-4222-8333-444455556666"
RUNNING_REFRESH = "4ef4e541-1111-4222-8333-444455556666"
PARTIAL_REFRESH = "4ef4e542-1111-4222-8333-444455556666"
FAILED_REFRESH = "4ef4e543-1111-4222-8333-444455556666"
SESSION = "5e550000-1111-4222-8333-444455556666"
OPERATOR_SESSION = "5e550001-1111-4222-8333-444455556666"
UNADDRESSED_SESSION = "5e550002-1111-4222-8333-444455556666"
REVISION = 1
"""Revocation id of the signed-in callers: their sessions were revoked once before."""
TOKEN_ID = "70ce0000-1111-4222-8333-444455556666"
CSRF = "csrf-token-of-the-recorded-callers-0123456789"

ANONYMOUS_IDS = {
    "anonymous": ANONYMOUS,
    "anonymous_without_csrf": ANONYMOUS,
    "other": OTHER,
    "full": FULL,
    "expired": EXPIRED,
    "revoked": REVOKED,
    "merged": MERGED,
}
MEMBERS = {
    "member": Claims(MEMBER, SESSION, REVISION, ("free",)),
    "member_without_csrf": Claims(MEMBER, SESSION, REVISION, ("free",)),
    "operator": Claims(OPERATOR, OPERATOR_SESSION, REVISION, ("free", "paid", "operator")),
    "unaddressed": Claims(UNADDRESSED, UNADDRESSED_SESSION, REVISION, ("free",)),
    "stale": Claims(MEMBER, SESSION, REVISION - 1, ("free",)),
    "forged": Claims(MEMBER, SESSION, REVISION, ("free",)),
}
NAMES = ("nobody", *ANONYMOUS_IDS, *MEMBERS)


def enrol(store: Store, now: datetime) -> None:
    """Writes the recorded callers, their sessions, their watchlists and alerts, as of a day before `now`."""
    then = now - timedelta(days=1)
    users = Users(store)
    for user_id in (ANONYMOUS, OTHER, FULL):
        users.start_anonymous(user_id, "America/New_York", then)
    users.start_anonymous(EXPIRED, "America/New_York", now - timedelta(days=31))
    users.start_anonymous(REVOKED, "UTC", then)
    store.update(profile_key(REVOKED), set={"revoked": True})
    _enrol_member(store, MEMBER, SESSION, "reader@example.com", "free", then)
    _enrol_member(store, OPERATOR, OPERATOR_SESSION, "operator@example.com", "operator", then)
    _enrol_member(store, UNADDRESSED, UNADDRESSED_SESSION, None, "free", then)
    _enrol_watchlists(store, then)
    _enrol_links(store, now)
    _enrol_refreshes(store, now)
    _enrol_alerts(store, now)
    _enrol_notifications(store, now)
    enrol_sign_ins(store, Reader(MEMBER, SESSION, ANONYMOUS, OPERATOR), now)


def _enrol_member(store: Store, user_id: str, session_id: str, email: str | None, role: Role, then: datetime) -> None:
    user = User(
        user_id=user_id,
        auth_type="google",
        role=role,
        verification="verified",
        email=email,
        linked_providers=("google",),
        last_provider_used="google",
        timezone="America/New_York",
        created_at=then,
        last_active_at=then,
        session_expires_at=then + timedelta(days=30),
        revoked=False,
        revocation_id=REVISION,
        merged_to=None,
    )
    Users(store).add(user)
    Sessions(store).start(user_id, session_id, then)


def _enrol_links(store: Store, now: datetime) -> None:
    """Somebody whom the operator's account got, and ways in that wait for the member and the operator to say yes."""
    Users(store).start_anonymous(MERGED, "America/New_York", now - timedelta(days=1))
    Merging(store).merge(MERGED, OPERATOR, now - timedelta(hours=1))
    free = Identity("github", "recorded-reader", "reader@example.com", True)
    taken = Identity("github", "recorded-operator", "reader@example.com", True)
    anothers = Identity("github", "recorded-other", "operator@example.com", True)
    store.transact([identity_claim(taken, OPERATOR, now)])
    confirmations = Confirmations(store)
    for token, identity, user_id in (
        (CONFIRMATION, free, MEMBER),
        (TAKEN_CONFIRMATION, taken, MEMBER),
        (ANOTHERS_CONFIRMATION, anothers, OPERATOR),
    ):
        confirmations.ask(token, identity, user_id, now)


def _enrol_watchlists(store: Store, then: datetime) -> None:
    apple = WatchedTicker("AAPL", "Apple Inc.", "NASDAQ", then)
    microsoft = WatchedTicker("MSFT", "Microsoft Corporation", "NASDAQ", then)
    nvidia = WatchedTicker("NVDA", "NVIDIA Corporation", "NASDAQ", then)
    configurations = Configurations(store)
    for user_id, config_id, name, tickers in (
        (ANONYMOUS, CONFIGURATION, "Big tech", (apple, microsoft)),
        (MEMBER, MEMBER_CONFIGURATION, "Mine", (microsoft,)),
        (FULL, EMPTY_CONFIGURATION, "Nothing yet", ()),
        (FULL, FULL_CONFIGURATION, "Chips", (nvidia,)),
        (OPERATOR, OPERATOR_CONFIGURATION, "On duty", (apple,)),
        (UNADDRESSED, UNADDRESSED_CONFIGURATION, "Chips only", (nvidia,)),
    ):
        configurations.create(user_id, config_id, Draft(name, tickers, 7, False), then)


def _enrol_refreshes(store: Store, now: datetime) -> None:
    """Two minutes old: of the full caller's second watchlist all was collected in 25 seconds, of the operator's the news of
    one source were not, of the unaddressed caller's nothing was. The member's runs since half a minute."""
    then = now - timedelta(minutes=2)
    refreshes, ended = Refreshes(store), then + timedelta(seconds=25)
    missed = LeftOut("news", "tiingo", ("AAPL",))
    nothing = [LeftOut("news", "tiingo", ("NVDA",)), LeftOut("news", "finnhub", ("NVDA",))]
    nothing.append(LeftOut("prices", None, ("NVDA",)))
    refreshes.ended(_refreshing(refreshes, FULL_CONFIGURATION, "NVDA", REFRESH, then), "succeeded", ended)
    operators = _refreshing(refreshes, OPERATOR_CONFIGURATION, "AAPL", PARTIAL_REFRESH, then)
    refreshes.ended(operators, "partial", ended, [missed])
    unaddressed = _refreshing(refreshes, UNADDRESSED_CONFIGURATION, "NVDA", FAILED_REFRESH, then)
    refreshes.ended(unaddressed, "failed", ended, nothing)
    _refreshing(refreshes, MEMBER_CONFIGURATION, "MSFT", RUNNING_REFRESH, now - timedelta(seconds=30))


def _refreshing(refreshes: Refreshes, config_id: str, ticker: str, refresh_id: str, at: datetime) -> Refresh:
    """A refresh that a job took five seconds after it was asked for."""
    started = refreshes.started(refreshes.ask(config_id, [ticker], refresh_id, at), at + timedelta(seconds=5))
    assert started is not None
    return started


def _enrol_alerts(store: Store, now: datetime) -> None:
    """Two of the member's, of which one has fired and sent a mail today, and one of the operator's."""
    then, fired_at = now - timedelta(days=1), now - timedelta(minutes=90)
    alerts = Alerts(store)
    sentiment = AlertDraft(MEMBER_CONFIGURATION, "MSFT", "sentiment_threshold", 0.5, "above")
    volatility = AlertDraft(MEMBER_CONFIGURATION, "MSFT", "volatility_threshold", 5.0, "above", is_enabled=False)
    operators = AlertDraft(OPERATOR_CONFIGURATION, "AAPL", "sentiment_threshold", -0.5, "below")
    made = alerts.create(MEMBER, ALERT, sentiment, then)
    alerts.create(MEMBER, DISABLED_ALERT, volatility, then + timedelta(hours=1))
    alerts.create(OPERATOR, OPERATOR_ALERT, operators, then)
    alerts.fired(made, 0.62, fired_at, [MailQuota(store).taking(MEMBER, fired_at.date())])


def _enrol_notifications(store: Store, now: datetime) -> None:
    """The member's, newest first: sent and opened; since yesterday on its way; given up; returned. And one of the operator's."""
    notifications, fired_at = Notifications(store), now - timedelta(minutes=90)
    alert = Alerts(store).get(MEMBER, ALERT)
    assert alert is not None
    _notify(notifications, alert, NOTIFICATION, "reader@example.com", fired_at)
    notifications.settled(NOTIFICATION, "sent", fired_at + timedelta(seconds=30))
    notifications.tracked(NOTIFICATION, fired_at + timedelta(minutes=15), None)
    gone = replace(alert, alert_id=DELETED_ALERT, threshold_value=0.25)
    _notify(notifications, gone, PENDING_NOTIFICATION, "reader@example.com", now - timedelta(hours=16))
    _notify(notifications, gone, FAILED_NOTIFICATION, "reader@example.com", now - timedelta(hours=20))
    notifications.settled(FAILED_NOTIFICATION, "failed", now - timedelta(hours=14))
    _notify(notifications, gone, BOUNCED_NOTIFICATION, "reader@example.org", now - timedelta(hours=22))
    notifications.settled(BOUNCED_NOTIFICATION, "sent", now - timedelta(hours=22))
    notifications.settled(BOUNCED_NOTIFICATION, "bounced", now - timedelta(hours=21))
    _notify(notifications, replace(gone, user_id=OPERATOR), OPERATOR_NOTIFICATION, "operator@example.com", fired_at)


def _notify(notifications: Notifications, alert: Alert, notification_id: str, email: str, at: datetime) -> None:
    link = alert_link(Settings().dashboard_url, alert.config_id, alert.ticker)
    mail = alert_mail(notification_id, email, alert, 0.62, link, "")
    notifications.add(notification_of(alert, 0.62, mail, link, at))


def credentials_of(name: str, settings: Settings, now: datetime) -> Pairs:
    """The headers by which a recorded caller is known. Raises `ValueError` for a name that is none."""
    if name == "nobody":
        return ()
    csrf: Pairs = () if name.endswith("_without_csrf") else (("Cookie", f"csrf_token={CSRF}"), ("X-CSRF-Token", CSRF))
    return (("Authorization", f"Bearer {_credential(name, settings, now)}"), *csrf)


def _credential(name: str, settings: Settings, now: datetime) -> str:
    if name in ANONYMOUS_IDS:
        return ANONYMOUS_IDS[name]
    if name not in MEMBERS:
        raise ValueError(f"no recorded caller is called {name!r}; valid: {', '.join(NAMES)}")
    key = "another key of another service, long enough" if name == "forged" else settings.signing_key
    return tokens.minted(MEMBERS[name], TOKEN_ID, key, settings.audience, now)
