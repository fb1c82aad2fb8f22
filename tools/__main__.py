"""`python -m tools COMMAND`: exit 0 if all is well, 4 if something generated is stale, 100 if a person is needed."""

from __future__ import annotations

import importlib
import os
import sys

from tools.importing import unimportable

COMMANDS = {
    "check": "is everything fresh, valid and proved? (--fuzz: and does it survive fuzzing?)",
    "lint": "what clients will stumble over, by rules on the models (--explain RULE: why)",
    "diff": "what changed in the contract since a base, how bad it is, which line did it, what shows it",
    "generate": "write spec/ and the routing tables from the models (--check: compare only)",
    "golden": "write golden/ by running the handlers (--check: compare only)",
    "release": "the version that the changes demand, the changelog, the archive of the contract (--check: compare only)",
    "coverage": "how much of the contract goldens and corpus exercise, and what they do not",
    "corpus": "replay golden/corpus and write what it is answered now (--check: compare only)",
    "fuzz": "fuzz every operation in process",
    "serve": "answer on loopback with the real handlers over an embedded store",
    "live": "serve, and run all jobs while the recorded market plays (--speed 60: a minute a second)",
    "seed": "fill a store with the recorded market",
    "bench": "measure, as ratios against a floor of the same run",
}
FINE, STALE, NEEDS_A_PERSON = 0, 4, 100


def main(args: list[str]) -> int:
    """Runs one command; each imports only what it needs."""
    if not args or args[0] in ("-h", "--help"):
        print(usage())
        return FINE
    if args[0] not in COMMANDS:
        print(f"unknown command {args[0]!r}; valid: {', '.join(COMMANDS)}", file=sys.stderr)
        return NEEDS_A_PERSON
    os.environ.setdefault("POWERTOOLS_LOG_LEVEL", "CRITICAL" if args[0] != "serve" else "WARNING")
    try:
        module = importlib.import_module(f"tools.commands.{args[0]}")
        code: int = module.main(args[1:])
    except Exception as error:
        reason = unimportable(error)
        if reason is None:
            raise
        print(reason, file=sys.stderr)
        return NEEDS_A_PERSON
    return code


def usage() -> str:
    lines = [f"  {name:<9} {text}" for name, text in COMMANDS.items()]
    return "\n".join(["usage: python -m tools COMMAND [--help]", "", *lines])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
