"""What stands in a request file for what only the stage has: ids that the file makes, secrets that a person pastes."""

from __future__ import annotations

from dataclasses import dataclass

from models.dashboard import accounts, magic_links, refresh, subscriptions
from tools import identities

WATCHLISTS = (identities.CONFIGURATION, identities.EMPTY_CONFIGURATION, identities.FULL_CONFIGURATION)
"""Watchlists of anonymous sessions: a request names one that the file has made instead."""
MEMBERS_WATCHLISTS = (identities.MEMBER_CONFIGURATION,)
ALERTS = (identities.ALERT, identities.DISABLED_ALERT)
"""The member's alerts: a request names one that the file has made."""
SESSIONS = (identities.ANONYMOUS, identities.OTHER, identities.FULL)
"""Anonymous sessions: a request names that of the file, or one of its own."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A variable that a person fills in. `recorded` are the values that it stands for, what works on the stage first."""

    what: str
    recorded: tuple[str, ...] = ()
    once: bool = False
    """Whether it can be used up."""


PASTED = {
    "member_token": Pasted("a session token of a signed-in user"),
    "operator_token": Pasted("a session token of an operator"),
    "member_email": Pasted("the mail address of that user", ("reader@example.com",)),
    "notification_id": Pasted(
        "the id of a notification of that user, as listNotifications gives it",
        (identities.NOTIFICATION, identities.PENDING_NOTIFICATION),
    ),
    "magic_link_token": Pasted(
        # Of two links to one address the newer counts, and the files ask for one to the reader's.
        "the token of a sign-in link, as it is mailed", (magic_links.RECORDED_NEWCOMER, magic_links.RECORDED), once=True
    ),
    "refresh_token": Pasted("the cookie refresh_token of a sign-in", (refresh.RECORDED,), once=True),
    "confirmation_token": Pasted(
        "the confirmation_token of a sign-in that was answered by a conflict", (accounts.CONFIRMATION,), once=True
    ),
    "unsubscribe_token": Pasted("the token of an unsubscribe link, as it is mailed", (subscriptions.RECORDED,)),
}  # fmt: skip
STAGE_ONLY = (
    identities.EXPIRED,
    identities.REVOKED,
    identities.MERGED,
    identities.MEMBER,
    magic_links.RECORDED_SUPERSEDED,
    magic_links.RECORDED_EXPIRED,
    refresh.RECORDED_OLDER,
    accounts.TAKEN_CONFIRMATION,
    accounts.ANOTHERS_CONFIRMATION,
    "recorded-moved",
)
"""What nobody can get again: a request that needs it is not published."""


def with_pasted(text: str) -> str:
    """Recorded values by the variables that stand for them."""
    for name, pasted in PASTED.items():
        for value in pasted.recorded:
            text = text.replace(value, f"{{{{{name}}}}}")
    return text
