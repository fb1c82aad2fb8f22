"""The stream function's entry point for Lambda: a runtime of its own, started as a program."""

from __future__ import annotations

import os
import sys

from handlers.assembly import assembled
from handlers.stream.bootstrap import run

if __name__ == "__main__":
    sys.exit(run(lambda: assembled("stream", os.environ), os.environ))
