"""The changes of a contract as news for its clients: what each asks of the version, in which group it is told, and how."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from tools.compat.change import Change, Level
from tools.findings import Subject
from tools.openapi.schemas import Schema
from tools.release.advice import ADVICE
from tools.release.version import Bump
from tools.reports.text import one_line

DOCUMENTING = frozenset(
    {"documentation-changed", "request-documented", "response-documented", "tags-changed", "response-default-changed"}
)
"""Rules of what is said to people and changes nothing for programs."""
_lifetime = re.compile(r"(.*-)?deprecated|sunset-.*")
_value = re.compile(r".*(null|constraint|alternative)-(added|removed)")
"""What has more or fewer values after it is changed, not added or removed."""
ACROSS = "Across tags"
EVERYWHERE = "The contract"
SEVERAL = "several places"


class Kind(Enum):
    """The groups of a section, in their order; Breaking comes first because it is what a client has to read."""

    BREAKING = "Breaking"
    ADDED = "Added"
    CHANGED = "Changed"
    DEPRECATED = "Deprecated"
    REMOVED = "Removed"
    DOCUMENTATION = "Documentation"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news, of one operation or of several that it is the same for."""

    kind: Kind
    operations: tuple[str, ...]
    place: str
    """Where in the operation; empty where the sentence says it all."""
    sentence: str
    advice: str = ""
    reason: str = ""
    """Why a breaking change is borne, from its waiver."""


@dataclass(frozen=True, slots=True)
class News:
    """Everything of one release. `tags` has the tag of each operation, old and new, in the order of the document."""

    bump: Bump
    items: list[Item] = field(default_factory=list)
    tags: Mapping[str, str] = field(default_factory=dict)
    opening: str = ""
    """The first sentence of the section."""

    def count(self) -> dict[Kind, int]:
        """How many items each group has that has any, in the order of the groups."""
        counts = {kind: sum(item.kind is kind for item in self.items) for kind in Kind}
        return {kind: count for kind, count in counts.items() if count}


def first_news(document: Schema) -> News:
    """Of a contract that has never been released: everything is new."""
    tags = tags_of(document)
    items = [
        Item(Kind.ADDED, (operation["operationId"],), f"`{method.upper()} {path}`", _sentence(operation["summary"]))
        for path, method, operation in _operations(document)
    ]
    return News(Bump.NONE, items, tags, f"The first release of the contract: {len(items)} operations.")


def news_of(changes: Iterable[tuple[Change, str]], old: Schema, new: Schema, since: str) -> News:
    """What changed since a release: each change with the reason why it is borne, empty where nobody gave one."""
    bump = Bump.NONE if _without_version(old) == _without_version(new) else Bump.PATCH
    items: dict[tuple[Any, ...], Item] = {}
    for change, reason in changes:
        bump = max(bump, bump_of(change))
        item = _item(change, old, new, reason)
        key = (item.kind, item.sentence, item.reason, _values(change))
        items[key] = _together(items[key], item) if key in items else item
    opening = f"Since {since}." if items else f"Nothing changed for clients since {since}."
    return News(bump, list(items.values()), {**tags_of(old), **tags_of(new)}, opening)


def _values(change: Change) -> str:
    return json.dumps([change.old, change.new], sort_keys=True)


def bump_of(change: Change) -> Bump:
    if change.level is Level.BREAKING:
        return Bump.MAJOR
    return Bump.PATCH if kind_of(change) is Kind.DOCUMENTATION else Bump.MINOR


def kind_of(change: Change) -> Kind:
    """The group of a change, by the name of its rule."""
    if change.level is Level.BREAKING:
        return Kind.BREAKING
    if _lifetime.fullmatch(change.rule):
        return Kind.DEPRECATED
    if change.rule in DOCUMENTING:
        return Kind.DOCUMENTATION
    if change.rule.endswith("-added") and not _value.fullmatch(change.rule):
        return Kind.ADDED
    gone = change.rule.endswith(("-removed", "-retired", "-ignored")) and not _value.fullmatch(change.rule)
    return Kind.REMOVED if gone else Kind.CHANGED


def _item(change: Change, old: Schema, new: Schema, reason: str) -> Item:
    kind = kind_of(change)
    operation = change.subject.operation_id
    advice = ADVICE.get(change.rule, "") if kind is Kind.BREAKING else ""
    where = f"{change.subject.location} {change.subject.pointer}".strip()
    sentence = _sentence(change.message.removeprefix(f"{where}: "))
    if change.rule == "operation-deprecated":
        sentence += _ending(sunset_of(operation, old), sunset_of(operation, new))
    return Item(kind, (operation,) if operation else (), _place(change.subject), sentence, advice, reason)


def _ending(was: str, is_: str) -> str:
    """When a deprecated operation ends, where no other change says it."""
    return f" It ends on {is_}." if is_ and was == is_ else ""


def sunset_of(operation_id: str, document: Schema) -> str:
    """The day on which an operation ends; empty if it has none."""
    found = (o for _, _, o in _operations(document) if o["operationId"] == operation_id)
    return str(next(found, {}).get("x-sunset", ""))


def _together(known: Item, item: Item) -> Item:
    """The same news of one more place."""
    operations = tuple(dict.fromkeys((*known.operations, *item.operations)))
    place = known.place if known.place == item.place else SEVERAL
    return replace(known, operations=operations, place=place)


def _place(subject: Subject) -> str:
    pointer = f"`{subject.pointer}`" if subject.pointer else ""
    return " ".join(part for part in (subject.location, pointer) if part)


def _sentence(text: str) -> str:
    """One line that ends with a full stop."""
    line = _plain(one_line(text))
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _plain(line: str) -> str:
    """The line with nothing in it that Markdown would obey but code between backticks."""
    parts = re.split("(`[^`]+`)", line)
    parts[::2] = [re.sub(r"[\\`*\[\]<>]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", r"\\\g<0>", part) for part in parts[::2]]
    return "".join(parts)


def _operations(document: Schema) -> Iterator[tuple[str, str, Schema]]:
    for path, item in document.get("paths", {}).items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                yield path, method, operation


def tags_of(document: Schema) -> dict[str, str]:
    """Id → tag of every operation."""
    return {operation["operationId"]: operation.get("tags", [""])[0] for _, _, operation in _operations(document)}


def _without_version(document: Schema) -> Schema:
    return {**document, "info": {**document["info"], "version": ""}}


def written(news: News) -> str:
    """The news as Markdown, without the heading of the release."""
    lines = [news.opening]
    for kind in Kind:
        items = [item for item in news.items if item.kind is kind]
        if items:
            lines += ["", f"### {kind.value}", *_grouped(items, news.tags)]
    return "\n".join(lines)


def _grouped(items: list[Item], tags: Mapping[str, str]) -> Iterator[str]:
    order = (EVERYWHERE, ACROSS, *dict.fromkeys(tags.values()))
    for group in order:
        lines = [_line(item) for item in items if _group(item, tags) == group]
        if lines:
            yield from ("", f"#### {group}", "", *lines)


def _group(item: Item, tags: Mapping[str, str]) -> str:
    found = {tags.get(operation, ACROSS) for operation in item.operations}
    return EVERYWHERE if not found else ACROSS if len(found) > 1 else found.pop()


def _line(item: Item) -> str:
    names = ", ".join(f"**{operation}**" for operation in item.operations)
    head = ", ".join(part for part in (names, item.place) if part)
    parts = [f"{head}: {item.sentence}" if head else item.sentence[:1].upper() + item.sentence[1:]]
    if item.advice:
        parts.append(f"What to do: {item.advice}")
    if item.reason:
        parts.append(f"Borne because {_sentence(item.reason)}")
    return "- " + " ".join(parts)
