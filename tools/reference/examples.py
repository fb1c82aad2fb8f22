"""Goldens as examples: who asked what, as curl and as HTTP, and what came."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from markupsafe import Markup, escape

from tools.reference.painting import painted, painted_events, shortened, token

PUBLIC = "public"
UNTOLD = {"x-request-id", "transfer-encoding"}
"""Headers of every response, which no example repeats."""
CALLERS = {
    "nobody": "no credential",
    "anonymous": "an anonymous session",
    "anonymous_without_csrf": "an anonymous session without the CSRF pair",
    "other": "another anonymous session",
    "full": "an anonymous session that has two watchlists",
    "member": "a signed-in member",
    "operator": "an operator",
    "expired": "a session that has expired",
    "revoked": "a session that was revoked",
    "stale": "a token from before the sessions were revoked",
    "forged": "a token that somebody else signed",
}
# The standard library says them as RFC 9110 does from Python 3.13 on only.
RENAMED = {413: "Content Too Large", 414: "URI Too Long", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}
Golden = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """One broken value of a 422."""

    loc: str
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Example:
    """One golden. `id` is its place on the page."""

    id: str
    case: str
    status: int
    why: str
    given: tuple[str, ...]
    """What held before, in sentences."""
    curl: str
    """Empty where no request can be sent like that."""
    request: Markup
    response: Markup
    errors: tuple[Refused, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.status} {reason(self.status)}".rstrip()

    @property
    def succeeds(self) -> bool:
        return self.status < 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What an operation asks of those who call it: whether a credential is looked at, whether the CSRF pair is."""

    credential: bool = False
    csrf: bool = False
    order: tuple[str, ...] = ()
    """Names of examples, the most usual first."""


def reason(status: int) -> str:
    """The words beside a status, by RFC 9110, the same on every Python."""
    try:
        return RENAMED.get(status) or HTTPStatus(status).phrase
    except ValueError:
        return ""


def examples(goldens: Mapping[str, bytes], asked: Mapping[str, Asked]) -> dict[str, list[Example]]:
    """Operation → its examples, by status, then in the operation's order. What the gate answers by itself is under `gate`."""
    found: dict[str, list[Example]] = {}
    for path in sorted(goldens):
        *_, operation, case = path.removesuffix(".json").split("/")
        golden = json.loads(goldens[path])
        found.setdefault(operation, []).append(example(operation, case, golden, asked.get(operation, Asked())))
    return {name: sorted(cases, key=_by(asked.get(name, Asked()).order)) for name, cases in found.items()}


def _by(order: tuple[str, ...]) -> Callable[[Example], tuple[int, int]]:
    """Status, then place in the order; what it does not name comes after, as it came."""
    places = {name: place for place, name in reversed([*enumerate(order)])}
    return lambda example: (example.status, places.get(example.case.partition("-")[2], len(order)))


def example(operation: str, case: str, golden: Golden, asked: Asked) -> Example:
    """One golden as it is shown."""
    request, response = golden["request"], golden["response"]
    headers = [*_credentials(golden["given"], asked), *((k, v) for k, v in request.get("headers", ()))]
    return Example(
        id=f"{operation}/{case}",
        case=case,
        status=response["status"],
        why=golden["why"],
        given=tuple(_given(golden["given"])),
        curl=_curl(request, headers),
        request=_http_request(request, headers),
        response=_http_response(response),
        errors=tuple(_errors(response)),
    )


def _credentials(given: Golden, asked: Asked) -> Iterator[tuple[str, str]]:
    if given["caller"] == "nobody":
        return
    if asked.credential:
        yield "Authorization", "Bearer $TOKEN"
    if asked.csrf and not given["caller"].endswith("_without_csrf"):
        yield "Cookie", "csrf_token=$CSRF"
        yield "X-CSRF-Token", "$CSRF"


def _given(given: Golden) -> Iterator[str]:
    caller = given["caller"]
    yield f"Asked with {CALLERS.get(caller, caller)}."
    if at := given.get("at"):
        yield f"The clock stands at {at}."
    if store := given.get("store"):
        yield {"unavailable": "The store does not answer.", "empty": "Nothing is stored."}.get(
            store, f"Store: {store}."
        )
    if given.get("limits"):
        yield "Rate limits are enforced."
    for step in given.get("after", ()):
        times = f"{step['times']} times " if step.get("times", 1) > 1 else ""
        body = f" with {json.dumps(step['body'], ensure_ascii=False)}" if "body" in step else ""
        yield f"Before it, {times}{step['method']} {_target(step)}{body}."


def _target(request: Golden) -> str:
    return f"{request['path']}?{request['query']}" if request.get("query") else str(request["path"])


def body_text(holder: Golden) -> str | None:
    """The text of a body; None where there is none, or none that is text."""
    if "body" in holder:
        return json.dumps(holder["body"], ensure_ascii=False)
    if "body_lines" in holder:
        return "\n".join(holder["body_lines"])
    text: str | None = holder.get("body_text")
    return text


def _curl(request: Golden, headers: list[tuple[str, str]]) -> str:
    if "event" in request or "\0" in (body_text(request) or ""):
        return ""
    parts = [" ".join(_curl_start(request))]
    parts += [f"-H {_quoted(f'{_capital(name)}: {value}')}" for name, value in headers]
    if (body := body_text(request)) is not None:
        parts.append(f"--data-raw {shlex.quote(body)}")
    line = " \\\n  ".join(parts)
    return _piped(request, line)


def _curl_start(request: Golden) -> Iterator[str]:
    yield "curl"
    method = request["method"]
    carries_body = any(key.startswith("body") for key in request)
    if method == "HEAD":
        yield "--head"
    elif method != ("POST" if carries_body else "GET"):
        yield f"-X {method}"
    yield _quoted("$ORIGIN" + _target(request))


def _piped(request: Golden, line: str) -> str:
    """Bytes that no argument can carry come through a pipe."""
    if repeated := request.get("body_repeated"):
        text = repeated["text"].replace(" ", r"\040")
        return f"head -c {repeated['times']} /dev/zero | tr '\\0' '{text}' | {line} \\\n  --data-binary @-"
    if encoded := request.get("body_base64"):
        return f"echo {encoded} | base64 -d | {line} \\\n  --data-binary @-"
    return line


def _quoted(text: str) -> str:
    """For a shell, in double quotes; `$ORIGIN`, `$TOKEN` and `$CSRF` are filled in by it, nothing else is."""
    escaped = re.sub(r'(["\\`])', r"\\\1", text)
    return '"' + re.sub(r"\$(?!(?:ORIGIN|TOKEN|CSRF)\b)", r"\\$", escaped) + '"'


def _http_request(request: Golden, headers: list[tuple[str, str]]) -> Markup:
    if "event" in request:
        return Markup("{}\n{}").format(token("c", "an event, as it reached the function"), painted(request["event"]))
    first = Markup("{} {}").format(token("k", request["method"]), shortened(_target(request)))
    return _message(first, headers, request)


def _http_response(response: Golden) -> Markup:
    status = response["status"]
    headers = [pair for pair in response["headers"].items() if _told(status, *pair)]
    headers += [("set-cookie", cookie) for cookie in response.get("cookies", ())]
    first = token("g" if status < 400 else "b", f"{status} {reason(status)}".rstrip())
    return _message(first, headers, response)


def _told(status: int, name: str, value: str) -> bool:
    usual = {("content-type", "application/json"), *([("cache-control", "no-store")] if status >= 400 else ())}
    return name not in UNTOLD and (name, value) not in usual


def _message(first: Markup, headers: list[tuple[str, str]], holder: Golden) -> Markup:
    lines = [first, *(Markup("{}: {}").format(token("h", _capital(name)), shortened(value)) for name, value in headers)]
    body = _body(holder)
    return Markup("\n").join(lines) + (Markup("\n\n") + body if body else Markup(""))


def _capital(name: str) -> str:
    """A header name as it is usually written."""
    usual = {"etag": "ETag", "x-ratelimit": "X-RateLimit", "www-authenticate": "WWW-Authenticate"}
    for known, written in usual.items():
        if name.startswith(known):
            return written + _capital(name[len(known) :])
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _body(holder: Golden) -> Markup:
    if "body" in holder:
        return painted(holder["body"])
    if "body_lines" in holder:
        return painted_events(holder["body_lines"])
    if repeated := holder.get("body_repeated"):
        return token("c", f"{repeated['text']!r}, {repeated['times']:,} times")
    if "body_base64" in holder:
        return token("c", f"{holder['body_base64']} (base64)")
    return escape(shortened(holder.get("body_text", "")))


def _errors(response: Golden) -> Iterator[Refused]:
    detail = response.get("body", {}).get("detail") if response["status"] == 422 else None
    for item in detail if isinstance(detail, list) else ():
        yield Refused(loc_text(item["loc"]), item["type"], item["msg"])


def loc_text(loc: list[str | int]) -> str:
    """`body.tickers[0]`"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).removeprefix(".")
