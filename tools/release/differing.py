"""What changed since a release, with the reasons of those who answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.registry import entries
from tools.artefacts import ROOT
from tools.base import Base
from tools.compat.change import Change
from tools.compat.comparing import changes
from tools.diff import caused, fingerprint_of
from tools.openapi.schemas import Schema
from tools.release.news import News, news_of
from tools.sources import Sources
from tools.waivers import Waiver, read_waivers


@dataclass(frozen=True, slots=True)
class Differing:
    """The news, and the waivers of changes among them."""

    news: News
    waivers: tuple[Waiver, ...]


def differing(base: Base, new: Schema, since: str, today: date, root: Path = ROOT) -> Differing:
    """Since a base. An expired waiver still says why. Raises `NotAContract`, `BadWaivers`."""
    by_fingerprint = {waiver.fingerprint: waiver for waiver in read_waivers(root)}
    used: dict[str, Waiver] = {}
    told: list[tuple[Change, str]] = []
    for cause in caused(changes(base.document, new, today), Sources(entries()), base.document):
        # A waiver names the change that came first when it was written; it covers all of the cause.
        waivers = [w for change in cause.changes if (w := by_fingerprint.get(fingerprint_of(change)))]
        used |= {waiver.fingerprint: waiver for waiver in waivers}
        reason = waivers[0].reason if waivers else ""
        told += [(change, reason) for change in cause.changes]
    return Differing(news_of(told, base.document, new, since), tuple(used.values()))
