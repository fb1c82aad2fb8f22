"""Accounts with several ways in: whether a way in has to be confirmed first, and adding it."""

from __future__ import annotations

from typing import Annotated, Literal

from models.dashboard.tokens import Secret
from models.fields import Email, Id, Provider
from models.operation import Body, Example, Given, Level, Link, Operation, RateLimit, Returns, Rule
from models.refusals import ConfirmationNotFound, ProviderIdentityTaken, broken
from models.wire import Content, Request, Response

CONFIRMATION = "confirmation-of-the-recorded-member-0123456"
TAKEN_CONFIRMATION = "confirmation-of-what-another-has-0123456789"
ANOTHERS_CONFIRMATION = "confirmation-of-the-recorded-operator-01234"
NO_CONFIRMATION = "confirmation-that-nobody-asked-for-01234567"


class EmailCheck(Content):
    """An address, and how its owner is about to sign in."""

    email: Email
    """The address; its case does not matter."""
    current_provider: Provider
    """The way in that the page is about to take."""


class CheckEmailConflict(Request):
    question: Annotated[EmailCheck, Body()]
    """What is asked."""


class EmailConflict(Response):
    """Whether the way in has to be confirmed by the owner of the address's account."""

    conflict: bool
    """Whether signInWithProvider would answer with a conflict. False alike where nobody has the address and where the account
    opens this way or gains it at once; always false for `email`, as a mailed link proves the address."""
    existing_provider: Provider | None
    """How the account signs in: the way to sign in before confirming; null without a conflict."""
    message: str | None
    """What to do next, for people; null without a conflict."""


class AccountLink(Content):
    """A way in that waits to be added to the caller's account."""

    email: Email
    """The address that the provider gave, in full: it has to be the one that the confirmation is about."""
    confirmation_token: Secret
    """From the answer of signInWithProvider that told of the conflict; good for 15 minutes and for one use."""
    confirmation: bool
    """Whether the user said yes: only then anything is linked."""


CONFIRMED = Rule(
    "confirmation_required",
    ("body", "confirmation"),
    "the user has to say yes before anything is linked; ask, then send true",
    "confirmation is true",
    {"link": {"email": "reader@example.com", "confirmation_token": CONFIRMATION, "confirmation": False}},
    Given("member"),
)


class LinkAccounts(Request):
    link: Annotated[AccountLink, Body()]
    """What is added."""

    def check(self) -> None:
        if not self.link.confirmation:
            raise broken(CONFIRMED)


class LinkedAccount(Response):
    """The account, which the provider opens from now on."""

    status: Literal["linked"]
    """Always linked; anything else is an error."""
    user_id: Id
    """The account: the caller's own."""
    linked_providers: list[Provider]
    """Every way in, the oldest first."""
    message: str
    """What happened, for people."""


def _link(token: str, email: str = "reader@example.com") -> dict[str, object]:
    return {"email": email, "confirmation_token": token, "confirmation": True}


def _example(name: str, why: str, status: int, token: str, caller: str = "member") -> Example:
    return Example(name, why, status, {"link": _link(token)}, Given(caller))


CHECK_EMAIL = Operation(
    "checkEmailConflict",
    "POST",
    "/api/v2/auth/check-email",
    CheckEmailConflict,
    (
        Returns(
            200,
            EmailConflict,
            "Whether there is a conflict",
            example={
                "conflict": True,
                "existing_provider": "email",
                "message": "This address signs in with email; github has to be confirmed from there",
            },
        ),
    ),
    summary="Whether a way in has to be confirmed first",
    description=(
        "For pages, before signing in: whether signInWithProvider would answer with a conflict instead of signing in, if the "
        "provider has verified the address and knows its owner by the identity that the account knows. A conflict is settled "
        "by signing in the existing way and sending the confirmation token of signInWithProvider to linkAccounts. Anybody may "
        "ask, so it says no more than it must: that an address is known is told only where a sign-in would end in a conflict, "
        "and only a few times an hour."
    ),
    csrf=True,
    limit=RateLimit(20, 3600),
    examples=(
        Example(
            "conflict",
            "an account that mails sign-in links has the address",
            200,
            {"question": {"email": "Subscriber@example.com", "current_provider": "github"}},
        ),
        Example(
            "same",
            "the account has this way in",
            200,
            {"question": {"email": "reader@example.com", "current_provider": "google"}},
        ),
        Example(
            "joins",
            "GitHub stands for Google: the account gains it at once",
            200,
            {"question": {"email": "reader@example.com", "current_provider": "github"}},
        ),
        Example(
            "email",
            "a mailed link proves the address, whatever the account",
            200,
            {"question": {"email": "reader@example.com", "current_provider": "email"}},
        ),
        Example(
            "unknown",
            "nobody has the address: the same answer",
            200,
            {"question": {"email": "nobody@example.com", "current_provider": "github"}},
        ),
        Example(
            "counted",
            "a counted answer says what is left",
            200,
            {"question": {"email": "nobody@example.com", "current_provider": "email"}},
            Given(limits=True),
        ),
    ),
)

LINK = Operation(
    "linkAccounts",
    "POST",
    "/api/v2/auth/link-accounts",
    LinkAccounts,
    (
        Returns(
            200,
            LinkedAccount,
            "The provider opens the account from now on",
            example={
                "status": "linked",
                "user_id": "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9f06",
                "linked_providers": ["google", "github"],
                "message": "You can sign in with google and github from now on",
            },
            links=(Link("me", "getMe", {}, "Read the account"),),
        ),
    ),
    summary="Add a way to sign in to this account",
    description=(
        "When a provider's address belongs to an account with another way in, signInWithProvider answers with a conflict and "
        "a confirmation token instead of signing in. Both have to be proved to be the same person's: the caller is signed in "
        "to the account, and the token stands for the identity, whose address the provider had verified. A token that is "
        "unknown, used, too old, about another address or about another account is not found, and which of these is not told."
    ),
    level=Level.MEMBER,
    csrf=True,
    limit=RateLimit(20, 3600),
    refusals=(ConfirmationNotFound, ProviderIdentityTaken),
    rules=(CONFIRMED,),
    examples=(
        _example("linked", "the account gets a second way in", 200, CONFIRMATION),
        Example(
            "counted",
            "a counted answer says what is left",
            200,
            {"link": _link(CONFIRMATION)},
            Given("member", limits=True),
        ),
        _example("taken", "another account got the identity meanwhile", 409, TAKEN_CONFIRMATION),
        _example("unknown", "a token that nobody was given", 404, NO_CONFIRMATION),
        _example("anothers", "a token about the account of somebody else", 404, ANOTHERS_CONFIRMATION),
        Example(
            "address",
            "a token about another address",
            404,
            {"link": _link(CONFIRMATION, "else@example.com")},
            Given("member"),
        ),
        Example(
            "twice",
            "a token that was used",
            404,
            {"link": _link(CONFIRMATION)},
            Given(
                "member",
                after=({"method": "POST", "path": "/api/v2/auth/link-accounts", "body": _link(CONFIRMATION)},),
            ),
        ),
        _example("csrf", "the double-submitted token is missing", 403, CONFIRMATION, "member_without_csrf"),
        _example("level", "an anonymous session is no account", 403, CONFIRMATION, "anonymous"),
    ),
)

OPERATIONS = (CHECK_EMAIL, LINK)
