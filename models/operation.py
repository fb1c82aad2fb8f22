"""An endpoint as data: what it takes, what it gives back, whom it serves and what it refuses.

Standard library only: everything that reads the contract (router, builder of the document, fuzzer) starts from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypedDict, TypeVar, overload

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from models.refusals import Refusal
    from models.wire import Request

Json = Any
"""A JSON value as `json.loads` gives it."""


class Level(Enum):
    """Who may call, weakest first. Each level includes the ones after it."""

    PUBLIC = "public"
    SESSION = "session"
    MEMBER = "member"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Path:
    """The field is a segment of the path, under its own name."""


@dataclass(frozen=True, slots=True)
class Query:
    """The field is in the query string; lists are comma separated."""


@dataclass(frozen=True, slots=True)
class Header:
    """The field is a request header; names are compared without case."""

    name: str


@dataclass(frozen=True, slots=True)
class Cookie:
    """The field is a request cookie."""

    name: str


@dataclass(frozen=True, slots=True)
class Body:
    """The field is the JSON body."""


Location = Path | Query | Header | Cookie | Body


@dataclass(frozen=True, slots=True)
class SentHeader:
    """A response header. `type` is a named field type; `required` says that every response of the status has it."""

    name: str
    type: Any
    description: str
    required: bool = True
    example: Json = None


@dataclass(frozen=True, slots=True)
class SentCookie:
    """A response cookie with its attributes; handlers give only its value. `max_age` in seconds."""

    name: str
    description: str
    max_age: int
    path: str
    same_site: str
    http_only: bool
    secure: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """What a client can do next: `parameters` maps names of the target to runtime expressions of OpenAPI."""

    name: str
    operation_id: str
    parameters: Mapping[str, str]
    description: str


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `requests` in each window of `seconds`, for each caller or source address."""

    requests: int
    seconds: int
    anonymous: int | None = None
    """How many of the requests an anonymous session has; all of them if not said."""
    bucket: str = ""
    """Operations that name the same one share its requests; each has its own if not said."""

    def requests_of(self, level: Level) -> int:
        """How many requests a caller of a level has in a window."""
        return self.requests if self.anonymous is None or level is not Level.SESSION else self.anonymous


DEFAULT_LIMIT = RateLimit(100, 60)
"""Of whatever writes, sends a mail, signs in, or asks a source or provider while the client waits, and has no number of its own.

Plain reads from the store have no limit: a count that lasts costs more than such a read. The limit of the gateway's stage
bounds them.
"""


class NoContent:
    """The body type of a 204."""


B = TypeVar("B")
D_co = TypeVar("D_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Returns(Generic[B]):
    """One successful status. `example` is a body as JSON; one that does not fit its schema fails the build."""

    status: int
    body: type[B]
    description: str
    example: Json = None
    headers: tuple[SentHeader, ...] = ()
    cookies: tuple[SentCookie, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent(Generic[D_co]):
    """One server-sent event: its position in the stored data, its data, and how long a client waits to reconnect (ms)."""

    id: str
    data: D_co
    retry: int | None = None


@dataclass(frozen=True, slots=True)
class Streams(Returns[Iterator[Sent[B]]], Generic[B]):
    """A stream of server-sent events; `events` are the models of their data, of which `B` is the union."""

    events: tuple[type[Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What holds before a request: who asks, when, what they did before, in which state the store is."""

    caller: str = "anonymous"
    """One of the recorded identities: nobody, anonymous, other, member, operator, expired, forged …"""
    at: str | None = None
    """The instant on the clock; the recorded one if absent."""
    after: tuple[Mapping[str, Json], ...] = ()
    """Requests that the same caller made before, oldest first, as `{method, path, query, body, times}`."""
    store: str = "seeded"
    """seeded, empty or unavailable."""
    limits: bool = False
    """Whether rate limits are enforced."""


@dataclass(frozen=True, slots=True)
class Example:
    """One call that shows something: `request` maps names of the request's fields to JSON values.

    It becomes a golden, and an example in the document where its status is a success.
    """

    name: str
    why: str
    status: int
    request: Mapping[str, Json] = field(default_factory=dict)
    given: Given = field(default_factory=Given)


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand on a request that JSON Schema cannot state, published as `x-constraint`.

    `loc` has `*` for an index. `message` may name values in braces. `refuses` lists fields of a request that breaks it.
    """

    type: str
    loc: tuple[str, ...]
    message: str
    description: str
    refuses: Mapping[str, Json]
    given: Given = field(default_factory=Given)


class Declared(TypedDict, total=False):
    """What an operation may declare beside its types."""

    summary: str
    """Required: a few words, for a list of operations."""
    description: str
    """Required: what a caller has to know beyond the types."""
    level: Level
    """PUBLIC if not said."""
    refusals: tuple[type[Refusal], ...]
    """What the handler may refuse; what the gate refuses by level, limit and request is added by itself."""
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    limit: RateLimit | None
    recognises: bool
    """Whether a public operation looks who is calling: a credential that speaks for nobody is ignored, not refused."""
    csrf: bool
    safe: bool
    """False for a GET with side effects: its HEAD is 405."""
    open_query: bool
    """True where unknown query keys are ignored."""
    cache: str
    """The value of Cache-Control where the handler does not compute one."""
    etag: bool
    """Whether the response has an ETag and `If-None-Match` is answered by 304."""
    stored: bool
    """Whether answering needs the store, so that 503 is possible. True if not said."""
    deprecated: date | None
    sunset: date | None


Req = TypeVar("Req", bound="Request")
Resp = TypeVar("Resp")
Q = TypeVar("Q", bound="Request")
A = TypeVar("A")
C = TypeVar("C")
D = TypeVar("D")


class Operation(Generic[Req, Resp]):
    """An endpoint. Its second type argument is the union of its success bodies, which binds its handler's result."""

    @overload
    def __init__(
        self: Operation[Q, A],
        id: str,
        method: str,
        path: str,
        request: type[Q],
        responses: tuple[Returns[A]],
        **declared: Unpack[Declared],
    ) -> None: ...

    @overload
    def __init__(
        self: Operation[Q, A | C],
        id: str,
        method: str,
        path: str,
        request: type[Q],
        responses: tuple[Returns[A], Returns[C]],
        **declared: Unpack[Declared],
    ) -> None: ...

    @overload
    def __init__(
        self: Operation[Q, A | C | D],
        id: str,
        method: str,
        path: str,
        request: type[Q],
        responses: tuple[Returns[A], Returns[C], Returns[D]],
        **declared: Unpack[Declared],
    ) -> None: ...

    def __init__(
        self, id: str, method: str, path: str, request: Any, responses: Any, **declared: Unpack[Declared]
    ) -> None:
        self.id: str = id
        self.method: str = method
        self.path: str = path
        self.request: type[Req] = request
        self.responses: tuple[Returns[Any], ...] = responses
        self.summary: str = declared["summary"]
        self.description: str = declared["description"]
        self.level: Level = declared.get("level", Level.PUBLIC)
        self.refusals: tuple[type[Refusal], ...] = declared.get("refusals", ())
        self.rules: tuple[Rule, ...] = declared.get("rules", ())
        self.examples: tuple[Example, ...] = declared.get("examples", ())
        self.limit: RateLimit | None = declared.get("limit")
        self.recognises: bool = declared.get("recognises", False)
        self.csrf: bool = declared.get("csrf", False)
        self.safe: bool = declared.get("safe", method == "GET")
        self.open_query: bool = declared.get("open_query", False)
        self.cache: str = declared.get("cache", "no-store")
        self.etag: bool = declared.get("etag", False)
        self.stored: bool = declared.get("stored", True)
        self.deprecated: date | None = declared.get("deprecated")
        self.sunset: date | None = declared.get("sunset")

    def __repr__(self) -> str:
        return f"<{self.id}: {self.method} {self.path}>"

    def places(self, *kinds: type[Location]) -> dict[str, Location]:
        """Field of the request → where it is on the wire, in the order of declaration; of the given kinds only, if any."""
        found = {name: _location(self.id, name, field.metadata) for name, field in self.request.model_fields.items()}
        return {name: place for name, place in found.items() if not kinds or isinstance(place, kinds)}

    @property
    def takes_user_token(self) -> bool:
        """Whether the credential may be in the query as well: a browser's event source sends no headers of ours."""
        return "user_token" in self.places(Query)

    @property
    def streams(self) -> bool:
        """Whether it answers with server-sent events."""
        return isinstance(self.responses[0], Streams)


def _location(operation_id: str, name: str, metadata: list[Any]) -> Location:
    for mark in metadata:
        if isinstance(mark, Path | Query | Header | Cookie | Body):
            return mark
    raise TypeError(f"{operation_id}: the field {name} has no location; annotate it with Path(), Query(), Header(…), …")
