"""How the symbols of the exchanges are written: as clients give them, once they are in upper case."""

from __future__ import annotations

import re
from typing import Final

SYMBOL: Final = re.compile(r"[A-Z]{1,5}(\.[A-Z]{1,2})?")
