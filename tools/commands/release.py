"""`release`: the version that the changes since the last one demand, the changelog for clients, the archive of the contract."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from tools import generate, publish
from tools.artefacts import ROOT, Stale, repair
from tools.base import RELEASE, BadBase
from tools.compat.document import NotAContract
from tools.goldens import golden
from tools.openapi.document import document
from tools.openapi.schemas import BadContract
from tools.release import archive, changelog
from tools.release.archive import BadArchive
from tools.release.changelog import BadChangelog
from tools.release.releasing import BadRelease, Plan, base_of, planned, stale_section
from tools.release.version import BadVersion
from tools.report import FINE, Report
from tools.waivers import PATH as WAIVERS
from tools.waivers import BadWaivers

BAD_INPUT = (BadBase, BadContract, NotAContract, BadArchive, BadChangelog, BadRelease, BadVersion, BadWaivers)


def main(args: list[str]) -> int:
    options = _parser().parse_args(args)
    report = Report()
    try:
        return _release(options, report)
    except BAD_INPUT as error:
        return report.failed(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools release",
        description=f"{__doc__} Exits 4 if something has to be written first, 100 if the declared version is too low.",
    )
    parser.add_argument(
        "--base",
        default=RELEASE,
        metavar="REV",
        help="a revision of git or a file (default: release, the newest tag v1.2.3 that is no pre-release)",
    )
    parser.add_argument("--to", type=Path, default=ROOT / "dist", metavar="DIR", help="of the archive (default: dist)")
    parser.add_argument("--date", metavar="DAY", help="of the section to write, 2026-11-21 (default: today, UTC)")
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument(
        "--check", action="store_true", help="write nothing: are version and changelog as they should be?"
    )
    doing.add_argument("--write", action="store_true", help="write the section of the changelog, and no archive")
    return parser


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise BadRelease(f"{text!r} is no day; write --date 2026-11-21") from None


def _release(options: argparse.Namespace, report: Report) -> int:
    """Raises one of `BAD_INPUT`."""
    today = _day(options.date) or datetime.now(UTC).date()
    plan = planned(document(), base_of(options.base), today)
    for line in described(plan):
        report.line(line)
    plan.check()
    found = stale_section(plan, today if options.write else None, today)
    if options.write:
        repair(found)
        report.wrote(found, "changelog")
        return _finished(plan, f"read {changelog.PATH}, commit it, then python -m tools release", report)
    if found or options.check:
        return report.compared(found, changelog.COMMAND, "changelog")
    return _archived(plan, options.to, report)


def described(plan: Plan) -> Iterator[str]:
    """What was compared and what follows from it."""
    if plan.previous is None:
        yield f"no release has been tagged yet: {plan.declared} is the first (if that is wrong: git fetch --tags)"
        return
    counts = [f"{count} {kind.value.lower()}" for kind, count in plan.news.count().items()]
    yield f"since {plan.since}: {', '.join(counts) or 'nothing changed'}"
    yield f"demanded {plan.demanded}, declared {plan.declared}"
    if plan.note:
        yield plan.note


def _archived(plan: Plan, folder: Path, report: Report) -> int:
    """Builds the archive from what is published, if all of that is fresh."""
    with report.progress("published files compared") as step:
        command, stale = _stale(step)
    if stale:
        return report.compared(stale, command, "published files")
    data = archive.archive(plan.declared, archive.contents(plan.declared), archive.epoch_of(os.environ))
    file = archive.path_of(plan.declared, folder)
    done = "wrote" if archive.keep(file, data) else "fresh:"
    report.line(f"{done} {file}, {len(data):,} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")
    return _finished(plan, f"commit everything, then git tag v{plan.declared}" if plan.is_new else "publish it", report)


def _stale(step: Callable[[str], None]) -> tuple[str, list[Stale]]:
    """What of the published files is not as it should be, and the command that mends it: the document first."""
    found = generate.stale_files(step)
    if found:
        return generate.COMMAND, found
    return golden.COMMAND, publish.stale_files(step)


def _finished(plan: Plan, following: str, report: Report) -> int:
    """Which waivers the release uses up, and what to do next."""
    for waiver in plan.contained:
        report.line(
            f"{WAIVERS}:{waiver.line}: {waiver.fingerprint} is used up by this release; "
            f"remove it once v{plan.declared} is tagged"
        )
    report.line(f"next: {following}", style="bold green")
    return FINE
