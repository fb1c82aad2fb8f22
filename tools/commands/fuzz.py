"""`fuzz`: every operation through the native handlers in process: coverage, fuzzing, stateful; with --replay one failure.

With --long, what was reached is distilled into the corpus below golden/corpus.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from tools.artefacts import repair, stale
from tools.corpus import files
from tools.corpus.entries import BadEntry
from tools.corpus.growing import ROUNDS, Grown, grown
from tools.fuzz.calls import Bridge
from tools.fuzz.driver import PHASES
from tools.fuzz.findings import Failed, Finding, shown_again
from tools.fuzz.judge import Judge
from tools.fuzz.run import MAX_EXAMPLES, SEED, FuzzOptions, FuzzOutcome, run
from tools.fuzz.target import StageTarget
from tools.report import FINE, NEEDS_A_PERSON, Report

SHOWN_FACTS = 20


def main(args: list[str]) -> int:
    parser = _parser()
    options = parser.parse_args(args)
    if options.seconds is not None and not options.long:
        parser.error("--seconds is for --long; without it, --max-examples says how much is done")
    if options.replay:
        return _replay(options.replay, Report())
    report = Report(quiet=options.json)
    default = FuzzOptions()
    asked = FuzzOptions(
        options.seed, options.max_examples, options.phases, options.operations, options.shards or default.shards
    )
    if options.long:
        return _long(asked, options.seconds, report)
    with report.progress("fuzzed") as step:

        def progress(name: str, cases: int) -> None:
            step(name)
            report.line(f"  {name}: {cases} cases", style="dim")

        outcome = run(asked, progress)
    if options.json:
        print(json.dumps(as_json(outcome), indent=2))
    return _reported(outcome, asked, report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other requests (default: %(default)s)")
    parser.add_argument(
        "--max-examples", type=int, default=MAX_EXAMPLES, help="for each operation (default: %(default)s)"
    )
    parser.add_argument("--phases", type=_phases, default=PHASES, help=f"comma separated (default: {','.join(PHASES)})")
    parser.add_argument(
        "--operations",
        default="*",
        metavar="GLOB",
        help="operation ids, such as 'get*' (default: all; stateful goes over all)",
    )
    parser.add_argument("--shards", type=int, default=0, help="processes (default: one for each CPU)")
    parser.add_argument("--json", action="store_true", help="the outcome as JSON on standard output")
    parser.add_argument(
        "--long",
        action="store_true",
        help=f"{ROUNDS} rounds with one seed after the other; then what they reached is distilled into golden/corpus",
    )
    parser.add_argument("--seconds", type=float, help="with --long: as many rounds as begin in this time")
    parser.add_argument(
        "--replay", metavar="TOKEN", help="play one failure again, from the token that it was reported with"
    )
    return parser


def _phases(text: str) -> tuple[str, ...]:
    asked = set(text.split(","))
    if unknown := asked - set(PHASES):
        raise argparse.ArgumentTypeError(f"unknown phase {', '.join(sorted(unknown))}; valid: {', '.join(PHASES)}")
    return tuple(phase for phase in PHASES if phase in asked)


def as_json(outcome: FuzzOutcome) -> dict[str, Any]:
    """The outcome for machines."""
    content = {f.name: getattr(outcome, f.name) for f in dataclasses.fields(outcome) if f.name != "findings"}
    names = ("operation_id", "phase", "check", "message", "request", "response", "replay")
    return {**content, "findings": [{name: getattr(finding, name) for name in names} for finding in outcome.findings]}


def _reported(outcome: FuzzOutcome, asked: FuzzOptions, report: Report) -> int:
    for name, statuses in outcome.statuses.items():
        reached = "  ".join(f"{status}×{count}" for status, count in statuses.items())
        report.line(f"{name:<32} {sum(statuses.values()):>6}  {reached}")
    for finding in outcome.findings:
        _show(finding, report)
    rates = ", ".join(f"{rate:.0f}" for rate in outcome.rates)
    report.line(
        f"{outcome.cases} cases in {outcome.seconds:.1f} s ({rates} cases/s per process), "
        f"{len(outcome.findings)} findings, seed {asked.seed}, digest {outcome.digest[:16]}"
    )
    if outcome.findings:
        return report.failed(f"{len(outcome.findings)} findings")
    report.line("fine: every operation keeps its contract and reaches a success", style="green")
    return FINE


def _long(asked: FuzzOptions, seconds: float | None, report: Report) -> int:
    """Fuzzes for long and writes the corpus that comes of it, with every failure that was found."""
    with report.progress("fuzzed, and distilled into the corpus") as step:
        try:
            done = grown(asked, ROUNDS, seconds, files.committed(), lambda name, cases: step(name))
        except BadEntry as error:
            return report.failed(str(error))
    written = stale(done.files, files.OWNED)
    repair(written)
    for finding in done.findings:
        _show(finding, report)
    for line in grew(done):
        report.line(line)
    for item in written:
        report.line(f"{'removed' if item.expected is None else 'wrote'} {item.path}")
    if done.findings:
        return report.failed(f"{len(done.findings)} findings; those that calls show are in golden/corpus for good")
    report.line("fine: every operation keeps its contract and reaches a success", style="green")
    return FINE


def grew(done: Grown) -> Iterator[str]:
    """What came of a long run, for a person."""
    made = done.distilled
    assert made is not None
    yield f"{done.cases:,} cases in {done.rounds} rounds reached {made.run:,} facts: items, errors, statuses and branches"
    yield f"{made.tried:,} calls were played alone; {len(made.entries):,} entries are enough (there were {done.before:,})"
    yield f"together they reach {made.reached:,} of the facts"
    for fact in made.lost[:SHOWN_FACTS]:
        yield f"  not by an entry: {' '.join(fact[1:])}"


def _show(finding: Finding, report: Report) -> None:
    report.line(f"\n{finding.operation_id} · {finding.check} · {finding.phase}", style="bold red")
    report.line(finding.message)
    if finding.replay:
        report.line(f"  {finding.request}\n  → {finding.response}")
        report.line(f"  {finding.replay}", style="cyan")


def _replay(token: str, report: Report) -> int:
    """Plays the calls of a failure on a fresh stage, shows them, and says whether it fails as it did."""
    try:
        failed = Failed.of(token)
    except ValueError as error:
        return report.failed(str(error))
    target = StageTarget()
    bridge = Bridge(target)
    for sent in failed.calls:
        got = bridge.play(sent)
        report.line(
            f"{sent.call.method} {sent.call.path}{'?' if sent.call.query else ''}{sent.call.query} ({sent.shape})"
        )
        for name, value in sent.call.headers:
            report.line(f"  {name}: {value}")
        report.line(f"  {sent.call.body.decode(errors='replace')}" if sent.call.body else "", style=None)
        report.line(f"→ {got.status}", style="bold")
        for name, values in got.headers.items():
            report.line(f"  {name}: {', '.join(values)}")
        report.line(f"  {got.body[:4000].decode(errors='replace')}\n")
    if shown_again(failed, bridge, Judge(target.document)) is None:
        report.line(f"fine: {failed.operation_id} · {failed.check} does not fail any more", style="green")
        return FINE
    report.line(f"{failed.operation_id} · {failed.check} · {failed.phase}\n{failed.message}", style="red")
    if failed.check not in Judge.CHECKS:
        report.line(
            f"the status is the same; whether {failed.check} still fails, only a run with the seed of then can say"
        )
    return NEEDS_A_PERSON
