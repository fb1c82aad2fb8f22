"""The dashboard function's entry point for Lambda."""

from __future__ import annotations

import gc
import os

# Nothing that a start makes is garbage: looking for it costs a twentieth of the start.
gc.disable()
# Pydantic would search every installed distribution for plugins; there are none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

from handlers.assembly import assembled  # noqa: E402

handler = assembled("dashboard", os.environ)
gc.freeze()
gc.enable()
