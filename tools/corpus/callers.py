"""Which recorded caller a call speaks for, so that the corpus names callers and holds no credentials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tools.events import HttpCall, Pairs
from tools.identities import NAMES, credentials_of
from tools.stage import NOW, settings

NOBODY = "nobody"


def credentials() -> dict[str, Pairs]:
    """Recorded caller → the headers by which the stage knows it, names in lower case."""
    known = settings()
    return {
        name: tuple((header.lower(), value) for header, value in credentials_of(name, known, NOW)) for name in NAMES
    }


class Callers:
    """Takes credentials out of calls, and puts them back in."""

    def __init__(self, known: Mapping[str, Pairs] | None = None) -> None:
        self._known = known if known is not None else credentials()

    def taken_from(self, call: HttpCall) -> tuple[str, HttpCall]:
        """The caller and the rest of the call; nobody and all of it where no recorded caller sends just these headers."""
        headers = [(name.lower(), value) for name, value in call.headers]
        for caller, pairs in self._known.items():
            rest = _without(headers, pairs) if pairs else None
            if rest is not None and not _speaks(rest):
                return caller, replace(call, headers=tuple(rest))
        return NOBODY, replace(call, headers=tuple(headers))

    def given_to(self, call: HttpCall, caller: str) -> HttpCall:
        """The call with the caller's credentials. There is one cookie header: its own cookies come first."""
        pairs = self._known[caller]
        if not pairs:
            return call
        cookies = [value for name, value in (*call.headers, *pairs) if name.lower() == "cookie"]
        headers = [pair for pair in (*call.headers, *pairs) if pair[0].lower() != "cookie"]
        return replace(call, headers=(*headers, *([("cookie", "; ".join(cookies))] if cookies else ())))


def _without(headers: list[tuple[str, str]], pairs: Pairs) -> list[tuple[str, str]] | None:
    """The headers without these; None if one of them is missing. Of a cookie header its one cookie is taken."""
    rest = list(headers)
    for name, value in pairs:
        if name == "cookie":
            found = next(((n, v) for n, v in rest if n == name and value in _cookies(v)), None)
            left = [cookie for cookie in _cookies(found[1]) if cookie != value] if found else []
        else:
            found, left = ((name, value) if (name, value) in rest else None), []
        if found is None:
            return None
        at = rest.index(found)
        rest[at : at + 1] = [(name, "; ".join(left))] if left else []
    return rest


def _cookies(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _speaks(headers: list[tuple[str, str]]) -> bool:
    """Whether a token of double submission is left: then it is another caller's, or somebody's own."""
    return any(name == "x-csrf-token" for name, _ in headers)
