"""The forms that a command is asked for: what is printed, what is written to files beside it, and the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.findings import Outcome
from tools.report import NEEDS_A_PERSON, Report
from tools.reports import as_json, github, junit, markdown, reading, sarif, terminal

FORMS: dict[str, Callable[[Outcome], str]] = {
    "terminal": terminal.written,
    "markdown": markdown.written,
    "sarif": sarif.written,
    "junit": junit.written,
    "github": github.written,
    "json": as_json.written,
}
TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Asked:
    """A form, and the file that it goes to; None for what is printed."""

    form: str
    path: Path | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds `--format FORM[=FILE]`, as often as one likes."""
    parser.add_argument(
        "--format",
        dest="formats",
        action=_Format,
        default=(),
        metavar="FORM[=FILE]",
        help=f"print as {', '.join(FORMS)}; with =FILE write that instead and print as before; "
        f"may be repeated (default: {TERMINAL})",
    )
    parser.add_argument("--json", dest="formats", action=_Json, nargs=0, help="the same as --format json")


def reporting(options: argparse.Namespace) -> Report:
    """Where a command shows its progress: standard error if what is printed is for a machine."""
    return Report(quiet=_for_a_machine(options.formats) is not None)


def publish(outcome: Outcome, options: argparse.Namespace) -> int:
    """Writes the files, prints the rest and gives the exit code: 0, 4 or 100 as the verdict is, 100 if a file fails."""
    refused = [problem for asked in options.formats if asked.path and (problem := _written(outcome, asked))]
    machine = _for_a_machine(options.formats)
    if machine is None or Asked(TERMINAL) in options.formats:
        _shown(outcome, reporting(options))
    if machine is not None:
        sys.stdout.write(FORMS[machine](outcome))
        sys.stdout.flush()
    for problem in refused:
        print(problem, file=sys.stderr)
    return NEEDS_A_PERSON if refused else reading.code(outcome)


class _Format(argparse.Action):
    """Reads one `FORM[=FILE]`. What it cannot do is said before the work begins, with the exit code of the tools."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        form, named, path = str(values).partition("=")
        asked = Asked(form, Path(path) if named else None)
        before: tuple[Asked, ...] = namespace.formats
        problem = _unknown(asked) or _twice(asked, before) or _unwritable(path if named else None)
        if problem:
            parser.print_usage(sys.stderr)
            parser.exit(NEEDS_A_PERSON, f"{parser.prog}: error: argument {option_string}: {problem}\n")
        namespace.formats = (*before, asked)


class _Json(_Format):
    """`--format json`, in short."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        super().__call__(parser, namespace, "json", option_string)


def _unknown(asked: Asked) -> str | None:
    return None if asked.form in FORMS else f"unknown form {asked.form!r}; valid: {', '.join(FORMS)}"


def _twice(asked: Asked, before: tuple[Asked, ...]) -> str | None:
    """Standard output and each file carry one form. The terminal's text makes way: it goes to standard error."""
    if asked.path:
        taken = any(other.path and other.path.resolve() == asked.path.resolve() for other in before)
        return f"{asked.path} is asked for twice; give each form a file of its own" if taken else None
    printed = _for_a_machine(before)
    if asked.form == TERMINAL or printed in (None, asked.form):
        return None
    return f"{printed} is printed already; give {asked.form} a file: --format {asked.form}=FILE"


def _unwritable(path: str | None) -> str | None:
    if path is None:
        return None
    if not path or Path(path).is_dir():
        return f"{path!r} is no file; give the file to write"
    folder = Path(path).parent
    if not folder.is_dir():
        return f"there is no folder {folder} for {path}; make it first"
    target = path if Path(path).exists() else folder
    return None if os.access(target, os.W_OK) else f"{path} may not be written; give another file"


def _for_a_machine(formats: tuple[Asked, ...]) -> str | None:
    """The printed form that is not for a person, if there is one."""
    return next((asked.form for asked in formats if asked.path is None and asked.form != TERMINAL), None)


def _written(outcome: Outcome, asked: Asked) -> str | None:
    """What kept the form from being written, or None."""
    path = asked.path or Path()
    try:
        path.write_bytes(FORMS[asked.form](outcome).encode())
    except OSError as error:
        return f"{path} could not be written: {error.strerror}; give another file to --format {asked.form}=FILE"
    return None


def _shown(outcome: Outcome, report: Report) -> None:
    for line in terminal.lines(outcome, terminal.SHOWN_LINES):
        report.line(line.text, line.style)
