"""The three phases over one target in this process: schemathesis generates and checks, the target answers, nothing is random.

The engine of schemathesis runs operations in threads and stops where we go on: its generators and checks are driven here,
so that every operation starts from the same state, with a seed and a digest of its own.
"""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, strategies
from hypothesis.errors import Flaky
from hypothesis.internal.conjecture import providers
from hypothesis.stateful import initialize
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import AcceptedNegativeData, Failure, FailureGroup
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.overrides import Override

from tools.fuzz.calls import Bridge, Sent
from tools.fuzz.findings import Failed, Finding, kind_of, shortened
from tools.fuzz.harvest import Harvest
from tools.fuzz.judge import Judge
from tools.fuzz.target import NOBODY, Target
from tools.fuzz.text import reads_as_valid

AnyCase = Case[Any]
COVERAGE, FUZZING, STATEFUL = PHASES = ("coverage", "fuzzing", "stateful")
CALLS_FROM_ONE_STATE = 40
"""What callers do to their own sessions spoils what comes after: the state is put back this often."""
STEPS = 8
FINDINGS_OF_AN_OPERATION = 25
NO_OPERATION = "-"
OFF = {"enabled": False}
CONFIG: dict[str, Any] = {
    "cache": OFF,
    "analysis": {"constants": OFF},
    "generation": {"database": "none", "with-security-parameters": False, "no-shrink": True},
    "checks": {
        # rules.md of the contract: a 422 may have a published reason. See judge.py.
        "positive_data_acceptance": OFF,
        # The judge does these against closed schemas, undeclared headers included.
        "status_code_conformance": OFF,
        "content_type_conformance": OFF,
        "response_headers_conformance": OFF,
        "response_schema_conformance": OFF,
    },
}


@dataclass(slots=True)
class Fuzzed:
    """What was done and found."""

    cases: int = 0
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    """Operation → status → cases. What means no operation, such as an unknown method, is under `-`."""
    findings: list[Finding] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    """Operation → digest of the calls of its phases; the stateful phase has its own."""
    seconds: float = 0.0
    notes: Any = None
    """What the target noted, if it is one that does."""


Progress = Callable[[str, int], None]
"""Told the operation that is done, and how many cases it took."""


def seed_of(seed: int, *names: str) -> int:
    """A seed for each phase of each operation, so that none depends on what else is fuzzed."""
    return int.from_bytes(hashlib.sha256(":".join((str(seed), *names)).encode()).digest()[:6])


class Fuzzer:
    """One target, one process, one after the other."""

    def __init__(self, target: Target, seed: int, max_examples: int) -> None:
        self._target = target
        self._seed = seed
        self._max_examples = max_examples
        self._bridge = Bridge(target)
        self._judge = Judge(target.document)
        self._harvest = Harvest(target)
        self._harvest.warm_up(self._bridge, target)
        self._turns = Turns(target)
        self._enforced: set[str] = set()
        self._found: dict[tuple[str, str, str], Finding] = {}
        self.done = Fuzzed()

    def _loaded(self, *paths: str) -> Any:
        """The document as schemathesis sees it; with these paths only, if any."""
        config = schemathesis.Config.from_dict({**CONFIG, "seed": self._seed})
        places = self._target.document["paths"]
        wanted = {path: places[path] for path in paths or places}
        # The stateful phase writes the links that it infers into what it was given.
        schema = schemathesis.openapi.from_dict(
            copy.deepcopy({**self._target.document, "paths": wanted}), config=config
        )
        schema.app = self._bridge
        _authenticate(schema, self._target, self._turns)
        return schema

    def run(self, operation_ids: Iterable[str], phases: Iterable[str], progress: Progress) -> Fuzzed:
        """Coverage and fuzzing of the operations; the stateful phase, if asked for, over all operations there are."""
        wanted = set(operation_ids)
        units = [phase for phase in phases if phase != STATEFUL]
        with without_local_constants():
            for path, method, operation_id in self._operations() if units else ():
                if operation_id in wanted:
                    before = self.done.cases
                    self._unit_phases(path, method, operation_id, units)
                    progress(operation_id, self.done.cases - before)
            if STATEFUL in phases:
                before = self.done.cases
                self._stateful()
                progress(STATEFUL, self.done.cases - before)
        self.done.findings = [shortened(finding, self._bridge, self._judge) for finding in self._found.values()]
        return self.done

    def _operations(self) -> Iterator[tuple[str, str, str]]:
        for path, place in self._target.document["paths"].items():
            yield from ((path, method, operation["operationId"]) for method, operation in place.items())

    def _unit_phases(self, path: str, method: str, operation_id: str, phases: list[str]) -> None:
        # A schema remembers what it has generated for one operation when it generates for the next.
        operation = self._loaded(path)[path][method]
        self._bridge.start_digest()
        for phase in phases:
            self._start(seed_of(self._seed, phase, operation_id))
            if phase == COVERAGE:
                for case in self._coverage(operation):
                    self._play(case, phase)
            else:
                self._fuzz(operation, operation_id)
        self.done.digests[operation_id] = self._bridge.digest

    def _start(self, seed: int | None = None) -> None:
        self._bridge.reset()
        self._harvest.reset(seed)

    def _coverage(self, operation: Any) -> Iterator[AnyCase]:
        generation = operation.schema.config.generation_for(operation=operation, phase=COVERAGE)
        yield from CoverageGenerator(
            operation=operation,
            generation_modes=list(GenerationMode),
            generation_config=generation,
            auth_storage=None,
            override=Override(),
            feedback=NO_FEEDBACK,
        )

    def _fuzz(self, operation: Any, operation_id: str) -> None:
        modes = [operation.as_strategy(generation_mode=mode, feedback=NO_FEEDBACK) for mode in GenerationMode]

        @hypothesis.seed(seed_of(self._seed, FUZZING, operation_id))
        @settings(self._max_examples)
        @hypothesis.given(case=strategies.one_of(modes))
        def play(case: AnyCase) -> None:
            self._play(case, FUZZING)

        play()

    def _stateful(self) -> None:
        fuzzer = self
        schema = self._loaded()
        # What other phases have asked in this process must not matter.
        self._enforced.clear()
        self._bridge.start_digest()

        class Machine(schema.as_state_machine()):  # type: ignore[misc]
            @initialize(caller=strategies.sampled_from(_known_callers(self._target)))
            def come_in(self, caller: str) -> None:
                fuzzer._turns.caller = caller

            def setup(self) -> None:
                # The same choices have to meet the same state, or hypothesis calls the scenario flaky.
                fuzzer._start(0)

            def before_call(self, case: AnyCase) -> None:
                fuzzer._harvest.enrich(case, ids=False)

            def validate_response(
                self, response: Any, case: AnyCase, additional_checks: Any = None, **more: Any
            ) -> None:
                fuzzer._judged(case, response, STATEFUL, recorder=self.recorder)

        hypothesis.seed(seed_of(self._seed, STATEFUL))(Machine)
        try:
            Machine.run(settings=settings(max(10, self._max_examples // 4), stateful_step_count=STEPS))
        except Flaky as error:
            self._note(
                NO_OPERATION, STATEFUL, "is_deterministic", f"the same choices met another state: {str(error)[:300]}"
            )
        self.done.digests[STATEFUL] = self._bridge.digest

    def _play(self, case: AnyCase, phase: str) -> None:
        if len(self._bridge.journal) >= CALLS_FROM_ONE_STATE:
            self._start()
        valid = case.meta is not None and case.meta.generation.mode.is_positive
        # To generate a case costs several times as much as to play it: each is played as it is, and with living values.
        twin = case.derive(keep_auth=True)
        self._judged(case, case.call(), phase, valid)
        if self._harvest.enrich(twin):
            self._judged(twin, twin.call(), phase, valid)

    def _judged(
        self, case: AnyCase, response: Any, phase: str, valid: bool | None = None, recorder: Any = None
    ) -> None:
        """Notes everything that is wrong with a response; never raises, so that nothing is tried again in another state."""
        assert self._bridge.last is not None
        sent, got = self._bridge.last
        meant = self._judge.meant(sent)
        name = case.operation.definition.raw["operationId"]
        own = meant.operation is not None and meant.operation["operationId"] == name
        if valid is None:
            valid = case.meta is not None and case.meta.generation.mode.is_positive
        self.done.cases += 1
        about = meant.operation["operationId"] if meant.operation else NO_OPERATION
        self.done.statuses.setdefault(about, Counter())[got.status] += 1
        self._harvest.learn(meant, sent, got)
        for check, text in self._judge.problems(sent, got, valid and own):
            self._note(name, phase, check, text)
        for failure in self._failures(case, response, recorder):
            if isinstance(failure, AcceptedNegativeData) and (valid or not own or self._is_text(case, sent)):
                continue
            self._note(name, phase, type(failure).__name__, f"{failure.title}: {failure.message}")

    def _is_text(self, case: AnyCase, sent: Sent) -> bool:
        """Whether only text was wrong, and it can be read as something valid."""
        meta = case.meta
        assert meta is not None
        body = next((info for place, info in meta.components.items() if place.value == "body"), None)
        if body is not None and body.mode.is_negative:
            return False
        return reads_as_valid(self._judge.meant(sent), sent, self._judge.fits)

    def _failures(self, case: AnyCase, response: Any, recorder: Any) -> Iterable[Failure]:
        """What the checks of schemathesis say. Whether credentials are enforced is asked once for each operation."""
        label = case.operation.label
        excluded = [schemathesis.checks.ignored_auth] if label in self._enforced else []
        count = self._bridge.count
        try:
            case.validate_response(response, excluded_checks=excluded, recorder=recorder)
        except FailureGroup as group:
            return sorted(
                (f for f in group.exceptions if isinstance(f, Failure)), key=lambda f: (type(f).__name__, f.message)
            )
        if self._bridge.count > count:
            self._enforced.add(label)
        return ()

    def _note(self, operation_id: str, phase: str, check: str, text: str) -> None:
        """Keeps a finding about the last call, unless the operation has one of the kind, or enough of them."""
        assert self._bridge.last is not None
        sent, got = self._bridge.last
        key = operation_id, check, kind_of(text)
        if key not in self._found and sum(known[0] == operation_id for known in self._found) < FINDINGS_OF_AN_OPERATION:
            calls = tuple(self._bridge.journal)
            self._found[key] = Finding.of(Failed(operation_id, phase, check, text, got.status, calls), sent, got)


def settings(max_examples: int, **more: Any) -> hypothesis.settings:
    """Hypothesis as a generator only: nothing is kept on a disk, nothing is tried twice, nothing depends on speed."""
    return hypothesis.settings(
        max_examples=max_examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        **more,
    )


class Turns:
    """Whose turn it is: the callers of an operation's level one after the other, or one for a whole scenario."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._turns: Counter[str] = Counter()
        self.caller: str | None = None

    def next(self, operation: dict[str, Any]) -> str:
        if self.caller is not None:
            return self.caller
        callers = self._target.callers(operation.get("x-level", "public"))
        self._turns[operation["operationId"]] += 1
        return callers[self._turns[operation["operationId"]] % len(callers)]


def _known_callers(target: Target) -> list[str]:
    """Everybody who has a credential; nobody if nobody has one."""
    levels = {o.get("x-level", "public") for path in target.document["paths"].values() for o in path.values()}
    names = {name for level in levels for name in target.callers(level) if target.credentials(name)}
    return sorted(names) or [NOBODY]


def _authenticate(schema: Any, target: Target, turns: Turns) -> None:
    """Gives each case the credentials of whose turn it is."""

    @schema.auth(refresh_interval=None)
    class InTurn:
        def get(self, case: AnyCase, context: Any) -> str:
            return turns.next(case.operation.definition.raw)

        def set(self, case: AnyCase, data: str, context: Any) -> None:
            for name, value in target.credentials(data):
                if name.lower() == "cookie":
                    cookies = (pair.partition("=") for pair in value.split(";"))
                    case.cookies.update({key.strip(): text.strip() for key, _, text in cookies})
                else:
                    case.headers[name] = value


class without_local_constants:
    """Hypothesis draws constants from whatever modules of ours happen to be imported: the same seed would not be the same run."""

    def __enter__(self) -> None:
        self._kept = providers._get_local_constants
        none = type(providers._local_constants)()
        providers._get_local_constants = lambda: none
        providers.CONSTANTS_CACHE.cache.clear()

    def __exit__(self, *_: object) -> None:
        providers._get_local_constants = self._kept
        providers.CONSTANTS_CACHE.cache.clear()
