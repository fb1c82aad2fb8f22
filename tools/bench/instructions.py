"""User-space instructions of this process, counted by the processor: the same on a busy machine. Linux only, where allowed.

The standard library has no `perf_event_open(2)`, so it is called by its number.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

NUMBERS = {"x86_64": 298, "aarch64": 241}
ATTRIBUTES = 128
HARDWARE, INSTRUCTIONS = 0, 1
EXCLUDE_KERNEL, EXCLUDE_HYPERVISOR = 1 << 5, 1 << 6


class Counter:
    """Counts from its creation on. Raises `OSError` where the kernel or the machine does not allow it."""

    def __init__(self) -> None:
        number = NUMBERS.get(platform.machine())
        if sys.platform != "linux" or number is None:
            raise OSError("this system has no perf_event_open")
        # type, size, config, then sample period, sample type and read format, then the flags (perf_event_open(2)).
        attributes = struct.pack(
            "IIQQQQQ", HARDWARE, ATTRIBUTES, INSTRUCTIONS, 0, 0, 0, EXCLUDE_KERNEL | EXCLUDE_HYPERVISOR
        ).ljust(ATTRIBUTES, b"\0")
        call = ctypes.CDLL(None, use_errno=True).syscall
        self._file = call(number, ctypes.c_char_p(attributes), 0, -1, -1, 0)
        if self._file < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))

    def read(self) -> int:
        count: int = struct.unpack("Q", os.read(self._file, 8))[0]
        return count

    def close(self) -> None:
        os.close(self._file)
