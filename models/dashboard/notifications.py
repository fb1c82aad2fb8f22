"""What was mailed to the caller about their alerts."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, MaxLen
from pydantic import StringConstraints

from models.fields import AlertType, Cursor, Direction, Email, Id, NotificationStatus, Threshold, Ticker, Timestamp
from models.operation import Example, Given, Level, Link, Operation, Path, Query, Returns
from models.paging import Limit100, cursor_rule
from models.refusals import NotificationNotFound
from models.wire import Request, Response

PATH = "/api/v2/notifications"
RECORDED = "0071f000-1111-4222-8333-444455556666"
"""The member's newest one."""
SOMEBODY_ELSES = "0071f009-1111-4222-8333-444455556666"
UNKNOWN = "0071f099-1111-4222-8333-444455556666"
SECOND_PAGE = (
    "eZmiuY96HR6D19USrJAwIU5PVElGSUNBVElPTiMyMDI0LTEyLTAxVDIzOjAwOjAwLjAwMDAwMFojMDA3MWYwMDEtMTExMS00MjIyLTgzMzMtNDQ0"
    "NDU1NTU2NjY2"
)
"""Where the member's third one stands."""
ALERT = "a1e27000-1111-4222-8333-444455556666"
MEMBER = Given("member")

TriggeredValue = Annotated[float, Ge(-1)]
Line = Annotated[str, MaxLen(200)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]+$")]

CURSOR = cursor_rule({}, MEMBER)


class ListNotifications(Request):
    status: Annotated[NotificationStatus | None, Query()] = None
    """Only those whose mail is here on its way."""
    alert_id: Annotated[Id | None, Query()] = None
    """Only those of this alert, also of a deleted one; none if it never was the caller's."""
    limit: Annotated[Limit100, Query()] = 20
    """The most notifications wanted."""
    cursor: Annotated[Cursor | None, Query()] = None
    """`next_cursor` of the page before, with the same filters."""


class GetNotification(Request):
    notification_id: Annotated[Id, Path()]
    """One of the caller's notifications."""


class Notification(Response):
    """A mail about an alert that fired."""

    notification_id: Id
    """Names it."""
    alert_id: Id
    """The alert that fired; it may have been deleted since."""
    ticker: Ticker
    """The symbol that it watched."""
    alert_type: AlertType
    """What it watched."""
    triggered_value: TriggeredValue
    """The value that made it fire, rounded as its watchlist shows it: sentiment to four decimals, volatility to two."""
    threshold_value: Threshold
    """Its threshold then."""
    threshold_direction: Direction
    """On which side of the threshold the value was."""
    subject: Line
    """The subject of the mail."""
    body_preview: Line
    """The beginning of the mail."""
    created_at: Timestamp
    """When the alert fired."""
    sent_at: Timestamp | None
    """When the mail left; null as long as it has not."""
    status: NotificationStatus
    """pending before the mail left, sent, failed if it was given up, bounced if the receiver's side returned it."""
    deep_link: WebAddress
    """A page that shows what the alert watches."""


class Tracking(Response):
    """What is known of the reader."""

    opened_at: Timestamp | None
    """When the mail was opened first; null if nobody is known to have opened it."""
    clicked_at: Timestamp | None
    """When a link in it was followed first; null if none is known to have been."""


class NotificationDetail(Notification):
    """A mail about an alert that fired, and what became of it."""

    email: Email
    """Where it went."""
    tracking: Tracking | None
    """Whether it was read, as far as the mail provider says; null if nothing is known."""


class NotificationPage(Response):
    """Mails about alerts. There is no total: to count them means to read them all, which a page is there to spare.

    `next_cursor` says whether there are more.
    """

    notifications: Annotated[list[Notification], MaxLen(100)]
    """Newest first."""
    next_cursor: Cursor | None
    """Where the next page starts; null on the last one."""


EXAMPLE = {
    "notification_id": RECORDED,
    "alert_id": ALERT,
    "ticker": "MSFT",
    "alert_type": "sentiment_threshold",
    "triggered_value": 0.62,
    "threshold_value": 0.5,
    "threshold_direction": "above",
    "subject": "MSFT sentiment exceeded 0.50: 0.62",
    "body_preview": "MSFT sentiment exceeded 0.50: 0.62 You asked to be told. This alert rests for an hour now.",
    "created_at": "2024-12-02T13:30:00Z",
    "sent_at": "2024-12-02T13:30:30Z",
    "status": "sent",
    "deep_link": "http://localhost:8000/configurations/c0ffee01-1111-4222-8333-444455556666?ticker=MSFT",
}
DETAIL = {
    **EXAMPLE,
    "email": "reader@example.com",
    "tracking": {"opened_at": "2024-12-02T13:45:00Z", "clicked_at": None},
}


def _alert_link(source: str) -> Link:
    return Link("alert", "getAlert", {"alert_id": source}, "The alert that fired")


LIST = Operation(
    "listNotifications",
    "GET",
    PATH,
    ListNotifications,
    (
        Returns(
            200,
            NotificationPage,
            "The notifications, possibly none",
            example={"notifications": [EXAMPLE], "next_cursor": None},
            links=(
                Link(
                    "next",
                    "listNotifications",
                    {"cursor": "$response.body#/next_cursor"},
                    "The next page, with the same filters",
                ),
                Link(
                    "get",
                    "getNotification",
                    {"notification_id": "$response.body#/notifications/0/notification_id"},
                    "What became of the newest one",
                ),
                _alert_link("$response.body#/notifications/0/alert_id"),
            ),
        ),
    ),
    summary="What was mailed about alerts",
    description="The last 90 days, newest first. Digests and sign-in links are not notifications.",
    level=Level.MEMBER,
    rules=(CURSOR,),
    examples=(
        Example("all", "everything of the last 90 days", 200, given=MEMBER),
        Example("first_page", "notifications come in pages", 200, {"limit": 2}, MEMBER),
        Example("second_page", "next_cursor of the page before", 200, {"limit": 2, "cursor": SECOND_PAGE}, MEMBER),
        Example("pending", "those whose mail has not left", 200, {"status": "pending"}, MEMBER),
        Example("one_alert", "those of one alert", 200, {"alert_id": ALERT}, MEMBER),
        Example("no_such_alert", "an alert that never was finds nothing", 200, {"alert_id": UNKNOWN}, MEMBER),
    ),
)

GET = Operation(
    "getNotification",
    "GET",
    f"{PATH}/{{notification_id}}",
    GetNotification,
    (
        Returns(
            200,
            NotificationDetail,
            "The notification",
            example=DETAIL,
            links=(_alert_link("$response.body#/alert_id"),),
        ),
    ),
    summary="One mail about an alert",
    description="With where it went and whether it was read. That of somebody else is not found, like one that never was.",
    level=Level.MEMBER,
    refusals=(NotificationNotFound,),
    examples=(
        Example("read", "a mail that was opened", 200, {"notification_id": RECORDED}, MEMBER),
        Example(
            "unread",
            "of a mail on its way nothing is known",
            200,
            {"notification_id": "0071f001-1111-4222-8333-444455556666"},
            MEMBER,
        ),
        Example("unknown", "an id that nobody has", 404, {"notification_id": UNKNOWN}, MEMBER),
        Example("somebody_elses", "that of somebody else", 404, {"notification_id": SOMEBODY_ELSES}, MEMBER),
    ),
)

OPERATIONS = (LIST, GET)
