"""Fail a test for a warning nobody expected in the log."""

from __future__ import annotations

import logging
import re


class LogGuard(logging.Handler):
    """Keep every record of WARNING or worse that reaches the root logger.

    ``expect(pattern)`` says that at least one record matching the regular expression will come.
    ``complaints()`` lists the records nobody expected and the expectations nothing answered.
    """

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self._seen: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def expect(self, pattern: str) -> None:
        """Let records through that match ``pattern`` (searched in ``LEVEL logger: message``)."""
        self._expected.append(re.compile(pattern))

    def complaints(self) -> list[str]:
        """Return what is wrong with the log of this test, one sentence each; empty when all is well."""
        unexpected = [
            f"unexpected in the log: {line}"
            for line in self._seen
            if not any(pattern.search(line) for pattern in self._expected)
        ]
        missing = [
            f"expected in the log, but did not come: {pattern.pattern}"
            for pattern in self._expected
            if not any(pattern.search(line) for line in self._seen)
        ]
        return unexpected + missing
