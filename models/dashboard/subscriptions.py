"""Stopping mails from a link in one of them, and starting them again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from models.fields import Id
from models.operation import DEFAULT_LIMIT, Example, Given, Level, Link, Operation, Query, RateLimit, Returns, Rule
from models.wire import Request, Response

UnsubscribeToken = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{48}$")]
PATH = "/api/v2/notifications/unsubscribe"
RECORDED = "R05-OAtrZyBeuD_y0Z1f81_an6eqXkvNjKpcbr5-nwZnTcRo"
"""The member's, of a mail that was written half an hour before the recorded instant."""
STALE = "HGQ7veg3fBkvqCYIc0namF_an6eqXkvNjKpcbr5-nwZnJj5w"
"""The member's, of a mail that was written 30 days before."""
FORGED = "Zm9yZ2VkLXRva2VuLWZvci10ZXN0cy1vbmx5LWZvcmdlZDEy"

VALID = Rule(
    "unsubscribe_token_invalid",
    ("query", "token"),
    "the link is invalid or expired; sign in and change the notification preferences, or use the link of a newer mail",
    "The token was given out in a mail of the last 30 days",
    {"token": FORGED},
    Given("nobody"),
)


class UnsubscribeFromMails(Request):
    token: Annotated[UnsubscribeToken, Query()]
    """The token of the link."""


class UnsubscribeInOneClick(Request):
    token: Annotated[UnsubscribeToken, Query()]
    """The token of the link."""


class ResubscribeToMails(Request):
    pass


class Unsubscribed(Response):
    """No mail is sent any more."""

    status: Literal["unsubscribed"]
    """Always unsubscribed."""
    user_id: Id
    """Whose mails were stopped."""
    message: str
    """What happened, for people."""


class Resubscribed(Response):
    """Mails are sent again."""

    status: Literal["resubscribed"]
    """Always resubscribed."""
    message: str
    """What happened, for people."""


STOPPED = Returns(
    200,
    Unsubscribed,
    "No mail is sent any more",
    example={
        "status": "unsubscribed",
        "user_id": "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9f06",
        "message": "You will get no more mails. Sign in and resubscribe whenever you want them again",
    },
    links=(Link("resubscribe", "resubscribeToMails", {}, "Start mails again, signed in"),),
)

UNSUBSCRIBE = Operation(
    "unsubscribeFromMails",
    "GET",
    PATH,
    UnsubscribeFromMails,
    (STOPPED,),
    summary="Stop all mails by the link in one",
    description=(
        "For who follows the link, without a session. The link works for 30 days after its mail was written, "
        "as often as it is followed; what is wrong with one that does not is not told. Alerts and digest settings stay as "
        "they are and mail nothing until the caller resubscribes. Unknown query keys are ignored: mail programs add some."
    ),
    safe=False,
    open_query=True,
    rules=(VALID,),
    limit=DEFAULT_LIMIT,
    examples=(
        Example("link", "the link of a mail", 200, {"token": RECORDED}, Given("nobody")),
        Example(
            "twice",
            "the same link again",
            200,
            {"token": RECORDED},
            Given("nobody", after=({"method": "GET", "path": PATH, "query": f"token={RECORDED}"},)),
        ),
    ),
)

BUTTONS = RateLimit(300, 60)
"""Mail providers press the buttons of many people from few addresses."""

ONE_CLICK = Operation(
    "unsubscribeInOneClick",
    "POST",
    PATH,
    UnsubscribeInOneClick,
    (STOPPED,),
    summary="Stop all mails by the button of a mail program",
    description=(
        "RFC 8058: mails name this address in List-Unsubscribe, and a mail program posts List-Unsubscribe=One-Click to it "
        "when its button is pressed. The body is not read, whatever its type: the token alone says whose mails to stop. "
        "Without a session, and otherwise as unsubscribeFromMails."
    ),
    open_query=True,
    rules=(VALID,),
    limit=BUTTONS,
    examples=(
        Example("button", "the button of a mail program", 200, {"token": RECORDED}, Given("nobody")),
        Example(
            "after_link",
            "mails that the link has stopped already",
            200,
            {"token": RECORDED},
            Given("nobody", after=({"method": "GET", "path": PATH, "query": f"token={RECORDED}"},)),
        ),
    ),
)

RESUBSCRIBE = Operation(
    "resubscribeToMails",
    "POST",
    "/api/v2/notifications/resubscribe",
    ResubscribeToMails,
    (
        Returns(
            200,
            Resubscribed,
            "Mails are sent again",
            example={"status": "resubscribed", "message": "Mails are re-enabled"},
            links=(Link("preferences", "getNotificationPreferences", {}, "What is wanted now"),),
        ),
    ),
    summary="Start mails again",
    description="Undoes an unsubscription. Alerts and digest are as they were; those that were disabled stay so.",
    level=Level.MEMBER,
    limit=DEFAULT_LIMIT,
    examples=(
        Example(
            "after",
            "after mails were turned off",
            200,
            given=Given(
                "member",
                after=(
                    {
                        "method": "PATCH",
                        "path": "/api/v2/notifications/preferences",
                        "body": {"email_enabled": False},
                    },
                ),
            ),
        ),
    ),
)

OPERATIONS = (UNSUBSCRIBE, ONE_CLICK, RESUBSCRIBE)
