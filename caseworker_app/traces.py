"""What a process that fails may leave behind: no image of its memory, which holds names and keys in clear."""

from __future__ import annotations

import sys
from contextlib import suppress


def leave_no_memory_behind() -> None:
    """Have the system write no core file and hand no image of this process, or of what it starts, to its crash reporter.

    On Linux a limit of 1 byte, not 0, is what also keeps a reporter that is fed by a pipe from being started
    (``core(5)``, "Piping core dumps to a program": it is not bound by the limit, but by the kernel's check for 1).
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)  # no box, and so no report, for a fault
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    least = 1 if hard == resource.RLIM_INFINITY or hard >= 1 else 0
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (least, least))
