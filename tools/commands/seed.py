"""`seed`: fills a store with the recorded market."""

from __future__ import annotations

from tools.seed import main

__all__ = ["main"]
