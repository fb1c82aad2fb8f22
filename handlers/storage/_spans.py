"""Ranges of sort keys: bounds, prefix and cursor of a query as one half-open span."""

from typing import NamedTuple

from handlers.storage._limits import PK_BYTES, SK_BYTES, check_table, check_text
from handlers.storage.items import Item, Page


class Span(NamedTuple):
    """Sort keys in [low, high), ordered by code point, which is the order of their UTF-8 bytes; None is no end."""

    low: str = ""
    high: str | None = None

    @property
    def empty(self) -> bool:
        return self.high is not None and self.high <= self.low

    def __contains__(self, sort_key: object) -> bool:
        return isinstance(sort_key, str) and self.low <= sort_key and (self.high is None or sort_key < self.high)

    def within(self, other: "Span") -> "Span":
        ends = [end for end in (self.high, other.high) if end is not None]
        return Span(max(self.low, other.low), min(ends, default=None))


class Query(NamedTuple):
    """One partition's items in a span of sort keys, checked; `limit` None means all."""

    table: str
    pk: str
    span: Span
    limit: int | None
    newest_first: bool

    def page(self, found: list[Item]) -> Page:
        """The page out of one item more than it may hold, if there were that many."""
        if self.limit is None or len(found) <= self.limit:
            return Page(found, None)
        kept = found[: self.limit]
        return Page(kept, str(kept[-1]["SK"]))


def checked_query(
    table: str,
    pk: str,
    start: str | None,
    end: str | None,
    prefix: str | None,
    limit: int | None,
    newest_first: bool,
    after: str | None,
) -> Query:
    check_table(table)
    check_text("PK", pk, 1, PK_BYTES)
    _check_bounds(start, end, prefix, after)
    if limit is not None and limit < 1:
        raise ValueError(f"limit is {limit}; at least 1")
    span = Span(start or "", end).within(_span_of_prefix(prefix or ""))
    return Query(table, pk, span.within(_span_after(after, newest_first)), limit, newest_first)


def _check_bounds(start: str | None, end: str | None, prefix: str | None, after: str | None) -> None:
    for what, bound in (("start", start), ("end", end), ("after", after)):
        if bound is not None:
            check_text(what, bound, 0, SK_BYTES)
    if prefix is not None:
        # One byte short of a whole key, so that the end of its span is a legal key too.
        check_text("prefix", prefix, 0, SK_BYTES - 1)


def _span_after(after: str | None, newest_first: bool) -> Span:
    if after is None:
        return Span()
    return Span(high=after) if newest_first else Span(low=after + "\0")


def _span_of_prefix(prefix: str) -> Span:
    stem = prefix.rstrip("\U0010ffff")
    return Span(prefix, stem[:-1] + _next_character(stem[-1]) if stem else None)


def _next_character(character: str) -> str:
    # Surrogates are no characters: U+E000 follows U+D7FF.
    return "\ue000" if character == "\ud7ff" else chr(ord(character) + 1)
