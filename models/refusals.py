"""What the API refuses, as exceptions. The status and the machine code stand on the class.

Refusal
├── BadRequest               400  the request cannot be read
├── Unauthenticated          401  no credential, or one that no longer speaks for anybody
│   ├── RefreshTokenInvalid
│   └── RefreshTokenReused
├── Forbidden                403  the caller's role is too low
│   └── CsrfMismatch         403  the double-submitted token is missing or differs
├── NotFound                 404  no such route
│   ├── AlertNotFound
│   ├── AnonymousSessionNotFound
│   ├── ConfigurationNotFound
│   ├── ConfirmationNotFound
│   ├── MagicLinkNotFound
│   ├── NotificationNotFound
│   ├── TickerNotListed
│   └── TickerNotWatched
├── MethodNotAllowed         405
├── Conflict                 409
│   ├── AlertLimitReached
│   ├── ConfigurationLimitReached
│   ├── MagicLinkSuperseded
│   ├── MagicLinkUsed
│   ├── MergedElsewhere
│   ├── NoMailAddress
│   ├── ProviderEmailUnverified
│   └── ProviderIdentityTaken
├── Gone                     410  it was there once
│   └── MagicLinkExpired
├── ContentTooLarge          413
├── UnsupportedMediaType     415
├── Invalid                  422  one or more values break the contract
├── TooManyRequests          429
│   └── RefreshTooSoon
├── InternalServerError      500
├── ResponseTooLarge         502
└── ServiceUnavailable       503  the store or a source did not answer
    ├── ConnectionLimitReached
    └── MarketCalendarEnded
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypedDict

from models.operation import Rule

Loc = tuple[str | int, ...]


class Refusal(Exception):
    """A request that is answered by an error. `detail` is for people, `code` for programs, `reason` for the log only."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]
    """What the status means here, for the document."""

    def __init__(self, detail: str | None = None, headers: dict[str, str] | None = None) -> None:
        self.detail = detail or self.title
        self.reason = self.detail
        self.headers = headers or {}
        super().__init__(self.detail)


class BadRequest(Refusal):
    status = 400
    code = "BAD_REQUEST"
    title = "The request cannot be read"


class Unauthenticated(Refusal):
    status = 401
    code = "UNAUTHENTICATED"
    title = "Not authenticated"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, {"WWW-Authenticate": "Bearer"})


class RefreshTokenInvalid(Unauthenticated):
    code = "INVALID_REFRESH_TOKEN"
    title = "The refresh token is unknown or has expired, or its session has ended; sign in again"


class RefreshTokenReused(Unauthenticated):
    code = "REFRESH_TOKEN_REUSED"
    title = "The refresh token was used before, as by somebody who has a copy: its session has ended; sign in again"


class Forbidden(Refusal):
    status = 403
    code = "FORBIDDEN"
    title = "The caller's role does not allow this"


class CsrfMismatch(Forbidden):
    code = "AUTH_019"
    title = "The csrf_token cookie and the X-CSRF-Token header differ or are missing"


class NotFound(Refusal):
    status = 404
    code = "NOT_FOUND"
    title = "Not Found"


class AlertNotFound(NotFound):
    code = "ALERT_NOT_FOUND"
    title = "No such alert of the caller"


class AnonymousSessionNotFound(NotFound):
    code = "ANONYMOUS_SESSION_NOT_FOUND"
    title = "No live anonymous session has this token, so there is nothing to merge"


class ConfirmationNotFound(NotFound):
    code = "CONFIRMATION_NOT_FOUND"
    title = (
        "No way in of this account and address waits under this token; sign in with the provider again for a new one"
    )


class ConfigurationNotFound(NotFound):
    code = "CONFIGURATION_NOT_FOUND"
    title = "No such configuration of the caller"


class NotificationNotFound(NotFound):
    code = "NOTIFICATION_NOT_FOUND"
    title = "No such notification of the caller"


class TickerNotListed(NotFound):
    code = "TICKER_NOT_LISTED"
    title = "No listing under this ticker"


class TickerNotWatched(NotFound):
    code = "TICKER_NOT_WATCHED"
    title = "No such ticker on the configuration"


class MagicLinkNotFound(NotFound):
    code = "MAGIC_LINK_NOT_FOUND"
    title = "No sign-in link has this token; ask for a new link"


class MethodNotAllowed(Refusal):
    status = 405
    code = "METHOD_NOT_ALLOWED"
    title = "Method Not Allowed"


class Conflict(Refusal):
    status = 409
    code = "CONFLICT"
    title = "The state of the resource does not allow this"


class AlertLimitReached(Conflict):
    code = "ALERT_LIMIT_REACHED"
    title = "The configuration has as many alerts as are allowed"


class ConfigurationLimitReached(Conflict):
    code = "CONFIGURATION_LIMIT_REACHED"
    title = "The caller has as many active configurations as are allowed"


class MergedElsewhere(Conflict):
    code = "MERGED_ELSEWHERE"
    title = "The anonymous session was merged into another account; sign in to that one"


class NoMailAddress(Conflict):
    code = "NO_MAIL_ADDRESS"
    title = "The caller has no verified address that mails could go to"


class MagicLinkUsed(Conflict):
    code = "MAGIC_LINK_USED"
    title = "The sign-in link was used; ask for a new link"


class MagicLinkSuperseded(Conflict):
    code = "MAGIC_LINK_SUPERSEDED"
    title = "A newer sign-in link was mailed to this address; use that one"


class ProviderEmailUnverified(Conflict):
    code = "AUTH_022"
    title = (
        "The provider has not verified the mail address, and only a verified one opens an account; verify it there, "
        "or sign in by mail"
    )


class ProviderIdentityTaken(Conflict):
    code = "AUTH_023"
    title = "This identity of the provider belongs to another account than the mail address; sign in to it another way"


class Gone(Refusal):
    status = 410
    code = "GONE"
    title = "It was there once"


class MagicLinkExpired(Gone):
    code = "MAGIC_LINK_EXPIRED"
    title = "The sign-in link has expired: links last an hour; ask for a new link"


class ContentTooLarge(Refusal):
    status = 413
    code = "CONTENT_TOO_LARGE"
    title = "The body is larger than 1 MiB"


class UnsupportedMediaType(Refusal):
    status = 415
    code = "UNSUPPORTED_MEDIA_TYPE"
    title = "The body is not JSON"


class BrokenValue(TypedDict):
    """One value that breaks the contract, as clients are told of it, the keys in this order."""

    loc: Loc
    msg: str
    type: str


class Invalid(Refusal):
    """Values that break the contract, in the order of locations."""

    status = 422
    code = "INVALID"
    title = "One or more values break the contract"
    detail = reason = title
    headers: dict[str, str] = {}

    def __init__(self, items: Sequence[BrokenValue]) -> None:
        # What the base would set stands on the class: a wrong request is to cost little more than a right one.
        self.items = items


def broken(rule: Rule, *indices: int, **values: object) -> Invalid:
    """The refusal of a request that breaks `rule`; `indices` replace the stars of its `loc` in order."""
    rest = iter(indices)
    loc = tuple(next(rest) if part == "*" else part for part in rule.loc)
    return Invalid([{"loc": loc, "msg": rule.message.format(**values), "type": rule.type}])


class TooManyRequests(Refusal):
    status = 429
    code = "TOO_MANY_REQUESTS"
    title = "The rate limit of this operation is used up"


class RefreshTooSoon(TooManyRequests):
    code = "REFRESH_TOO_SOON"
    title = "The configuration was refreshed less than five minutes ago"


class InternalServerError(Refusal):
    status = 500
    code = "INTERNAL_SERVER_ERROR"
    title = "Internal Server Error"


class ResponseTooLarge(Refusal):
    status = 502
    code = "RESPONSE_TOO_LARGE"
    title = "The response is larger than the gateway can carry"


class ServiceUnavailable(Refusal):
    status = 503
    code = "SERVICE_UNAVAILABLE"
    title = "The store or a source does not answer; retry after the seconds that Retry-After gives"

    def __init__(self, detail: str | None = None, retry_after_seconds: int = 5) -> None:
        super().__init__(detail, {"Retry-After": str(retry_after_seconds)})


class MarketCalendarEnded(ServiceUnavailable):
    code = "MARKET_CALENDAR_ENDED"
    title = (
        "The exchange's calendar is not known for this day; it has to be brought up to date by whoever runs the service"
    )

    def __init__(self, detail: str | None = None, retry_after_seconds: int = 86_400) -> None:
        super().__init__(detail, retry_after_seconds)


class ConnectionLimitReached(ServiceUnavailable):
    code = "CONNECTION_LIMIT_REACHED"
    title = "Every stream connection of this process is taken"
