"""The stream function's entry point for Lambda: a runtime of its own, started as a program."""

from __future__ import annotations

import gc
import os
import sys

# Nothing that a start makes is garbage: looking for it costs a twentieth of the start.
gc.disable()
# Pydantic would search every installed distribution for plugins; there are none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

from handlers.assembly import assembled  # noqa: E402
from handlers.stream.bootstrap import run  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    sys.exit(run(lambda: assembled("stream", os.environ), os.environ))
