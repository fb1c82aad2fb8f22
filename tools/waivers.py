"""Waivers: findings that somebody answers for, each with a reason, an owner and an end. `tools/waivers.toml` holds them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tools.artefacts import ROOT
from tools.findings import Finding, Place, RuleText, Severity, Waived

PATH = "tools/waivers.toml"
KEYS = ("fingerprint", "reason", "owner", "expires")
WAIVABLE = ("diff", "lint", "coverage")
"""Checks whose findings can be answered for. What is stale, false or unproved is mended instead."""
RULES = {
    rule.id: rule
    for rule in (
        RuleText(
            "waiver-expired",
            "A waiver ends on the day it names",
            "The finding that it covered counts again. Mend the finding and delete the waiver, or have its owner extend it.",
        ),
        RuleText(
            "waiver-unused",
            "A waiver covers a finding that is still there",
            "What nothing needs hides the next finding of the same kind. Delete it.",
        ),
    )
}


class BadWaivers(Exception):
    """The file of waivers cannot be read. The message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """`expires` is the last day on which it holds; `line` is where it stands in the file."""

    fingerprint: str
    reason: str
    owner: str
    expires: date
    line: int


def read_waivers(root: Path = ROOT) -> list[Waiver]:
    """The waivers in the order of the file; none if there is no file. Raises `BadWaivers`."""
    file = root / PATH
    if not file.exists():
        return []
    try:
        text = file.read_text("utf-8")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadWaivers(f"{PATH} cannot be read ({error}); make it a readable UTF-8 file") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise BadWaivers(f"{PATH} is no TOML ({error}); mend it there") from None
    return _waivers(content, text)


def _waivers(content: dict[str, Any], text: str) -> list[Waiver]:
    if unknown := sorted(set(content) - {"waiver"}):
        raise BadWaivers(f"{PATH} has {unknown[0]!r} at its top; write every waiver as a [[waiver]] of its own")
    items = content.get("waiver", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadWaivers(f"{PATH}: waiver has to be a list; write [[waiver]] with two brackets")
    made = [_waiver(item, number, text) for number, item in enumerate(items, 1)]
    seen: set[str] = set()
    for waiver in made:
        if waiver.fingerprint in seen:
            raise BadWaivers(f"{PATH}:{waiver.line}: {waiver.fingerprint} is waived twice; keep one of the two")
        seen.add(waiver.fingerprint)
    return made


def _waiver(item: dict[str, Any], number: int, text: str) -> Waiver:
    where = f"{PATH}: waiver {number}"
    for key in (*item, *KEYS):
        if key not in KEYS:
            raise BadWaivers(f"{where} has the unknown key {key!r}; valid: {', '.join(KEYS)}")
        if key not in item:
            raise BadWaivers(f"{where} has no {key}; a waiver says {', '.join(KEYS)}")
    _check_texts(item, where)
    return Waiver(**item, line=_line_of(item["fingerprint"], text))


def _check_texts(item: dict[str, Any], where: str) -> None:
    for key in KEYS[:3]:
        if not isinstance(item[key], str) or not item[key].strip():
            raise BadWaivers(f"{where}: {key} has to be a text that says something, not {item[key]!r}")
    if not re.fullmatch(r"[0-9a-f]{12}", item["fingerprint"]):
        raise BadWaivers(
            f"{where}: {item['fingerprint']!r} is no fingerprint; copy the 12 digits that the finding shows"
        )
    if not isinstance(item["expires"], date) or isinstance(item["expires"], datetime):
        raise BadWaivers(f"{where}: expires has to be a day without quotes, 2030-01-31, not {item['expires']!r}")


def _line_of(fingerprint: str, text: str) -> int:
    said = re.compile(rf"fingerprint[\"']?\s*=\s*[\"']{fingerprint}[\"']")
    for number, line in enumerate(text.splitlines(), 1):
        found = said.search(line)
        if found and "#" not in line[: found.start()]:
            return number
    return 1


def apply(
    findings: Iterable[Finding], waivers: Iterable[Waiver], today: date, also_used: Collection[str] = ()
) -> tuple[list[Finding], list[Waived]]:
    """(findings that count, findings that are waived), each in order; what is wrong with the waivers comes last.

    `also_used` are fingerprints that something else found: what has changed since the last release, so that a waiver lives
    from the merge to the release.
    """
    by_fingerprint = {waiver.fingerprint: waiver for waiver in waivers}
    kept: list[Finding] = []
    waived: list[Waived] = []
    used: set[str] = set(also_used)
    for finding in findings:
        waiver = by_fingerprint.get(finding.fingerprint) if finding.check in WAIVABLE else None
        if waiver is not None:
            used.add(waiver.fingerprint)
        if waiver is None or waiver.expires < today:
            kept.append(finding)
        else:
            waived.append(Waived(finding, waiver.reason, waiver.owner, waiver.expires.isoformat()))
    return kept + [problem for waiver in by_fingerprint.values() for problem in _problems(waiver, today, used)], waived


def _problems(waiver: Waiver, today: date, used: Collection[str]) -> list[Finding]:
    if waiver.fingerprint not in used:
        return [_problem("waiver-unused", waiver, "covers nothing any more; delete it")]
    if waiver.expires < today:
        text = f"ended on {waiver.expires}; mend what it covered and delete it, or have {waiver.owner} extend it"
        return [_problem("waiver-expired", waiver, text)]
    return []


def _problem(rule: str, waiver: Waiver, text: str) -> Finding:
    message = f"the waiver {waiver.fingerprint} {text}"
    place = Place(PATH, waiver.line)
    return Finding("waivers", rule, Severity.ERROR, message, place=place, key=[waiver.fingerprint])


def to_paste(finding: Finding, expires: date) -> str:
    """The waiver of a finding as TOML: what is left to write is why and who."""
    return (
        f'[[waiver]]\nfingerprint = "{finding.fingerprint}"\n'
        f'reason = "WHY clients bear it"\nowner = "WHO answers for it"\nexpires = {expires}\n'
    )
