"""A test with a real window, process or clock may fail once on a busy machine, and is then run once more.

It is told at the end of the run which those were, and more than :data:`MOST` of them fail the whole run: then it is not
the machine. What needs neither window nor process gets no second chance.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

MOST: Final = 4
TESTS: Final = Path(__file__).resolve().parents[1]
ROOMS: Final = ("ui", "scenes", "compose", "worker", "hub", "sync", "demo", "processes")
FILES: Final = ("test_start.py", "test_two_programs.py", "test_no_leaks.py", "test_house_rules.py")


def give(items: list[pytest.Item]) -> None:
    """Mark the tests that have one."""
    for item in items:
        where = item.path.relative_to(TESTS).parts if item.path.is_relative_to(TESTS) else ("",)
        if where[0] in ROOMS or where[0] in FILES:
            item.add_marker(pytest.mark.flaky(reruns=1))


class SecondChances:
    """Tells which tests needed one, and fails the run when there were too many."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.outcome == "rerun":
            self.used.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if len(self.used) > MOST and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.used:
            terminalreporter.section(f"needed a second run: {len(self.used)}, at most {MOST}")
            for name in self.used:
                terminalreporter.write_line(name)
