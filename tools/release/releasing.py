"""What a release is to be: since which one, what changed, which version that demands, what its changelog says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tools.artefacts import ROOT, Stale
from tools.base import RELEASE, Base, read_base, releases
from tools.openapi.schemas import Schema
from tools.release import changelog
from tools.release.differing import differing
from tools.release.news import News, first_news, written
from tools.release.version import Bump, Version, version_of
from tools.waivers import Waiver

VERSION_AT = "VERSION in models/version.py"
REASONS = {
    Bump.MAJOR: "something that worked may fail",
    Bump.MINOR: "there is something new",
    Bump.PATCH: "only texts changed",
    Bump.NONE: "nothing changed",
}


class BadRelease(Exception):
    """What is declared cannot be released. The message is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A release as the contract asks for it. `previous` and `since` are None and empty for the first."""

    declared: Version
    previous: Version | None
    since: str
    news: News
    contained: tuple[Waiver, ...] = ()
    """Waivers of changes that this release contains; with it they are used up."""

    @property
    def demanded(self) -> Version:
        """The least version that will do."""
        return self.previous.raised(self.news.bump) if self.previous else self.declared

    @property
    def is_new(self) -> bool:
        """Whether the declared version has not been released yet."""
        return self.previous is None or self.declared != self.previous

    def check(self) -> None:
        """Raises `BadRelease` if the declared version is too low."""
        if self.previous is None:
            return
        if self.declared.reaches(self.demanded) and self.declared >= self.previous:
            return
        least = max(self.demanded, self.previous)
        raise BadRelease(
            f"{self.declared} is declared, but since {self.since} {REASONS[self.news.bump]}: set {VERSION_AT} and version in "
            f"pyproject.toml to {least} at least, then run python -m tools generate"
        )

    @property
    def note(self) -> str:
        """A sentence about a version that is higher than it has to be; empty otherwise."""
        if self.demanded.core == self.declared.core:
            return ""
        why = f"since {self.since} {REASONS[self.news.bump]}"
        return f"{self.declared} is higher than it has to be: {why}, so {self.demanded} would do"


def base_of(asked: str, root: Path = ROOT) -> Base | None:
    """What a release is compared with: the newest release that is no pre-release, None if there is none. Raises `BadBase`."""
    if asked != RELEASE:
        return read_base(asked, root)
    final = [tag for tag in releases(root) if not version_of(tag.removeprefix("v"), f"the tag {tag}").early]
    return _tagged(final[0], root) if final else None


def _tagged(tag: str, root: Path) -> Base:
    base = read_base(tag, root)
    said = _said(base)
    if said != version_of(tag.removeprefix("v"), f"the tag {tag}"):
        raise BadRelease(f"the tag {tag} is on a contract that says {said}; move the tag, or name a base with --base")
    return base


def _said(base: Base) -> Version:
    """The version that a base says of itself."""
    info = base.document.get("info")
    text = info.get("version") if isinstance(info, dict) else None
    return version_of(text if isinstance(text, str) else "", f"info.version of {base.label}")


def planned(document: Schema, base: Base | None, today: date, root: Path = ROOT) -> Plan:
    """Raises `BadVersion`, `NotAContract`, `BadWaivers`."""
    declared = version_of(document["info"]["version"], VERSION_AT)
    if base is None:
        return Plan(declared, None, "", first_news(document))
    previous = _said(base)
    since = str(previous) if previous != declared else base.label
    found = differing(base, document, since, today, root)
    return Plan(declared, previous, since, found.news, found.waivers)


def stale_section(plan: Plan, day: date | None, today: date, root: Path = ROOT) -> list[Stale]:
    """The changelog, if it is not as the plan says; a version that has been released is history and stays.

    `day` is that of the release; None is the one that stands there, else `today`. Raises `BadChangelog`.
    """
    if not plan.is_new:
        return []
    file = root / changelog.PATH
    data = file.read_bytes() if file.is_file() else None
    text = _text(data or b"")
    at = day or changelog.day_of(text, plan.declared) or today
    expected = changelog.with_section(text, plan.declared, at, written(plan.news)).encode()
    return [Stale(changelog.PATH, expected, data)] if data != expected else []


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise changelog.BadChangelog(f"{changelog.PATH} is no UTF-8 text; save it as such") from None
