"""Two programs on one store, as two real processes: the second says so in words, and opens once the first is gone."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest

from caseworker_app import i18n
from caseworker_app.compose import demo_store
from tests.helpers.app_process import Eyes, Script
from tests.leak_scripts import PASSPHRASE, unlocked
from tests.test_no_leaks import Used
from ui.main_window import MainWindow
from ui.pages.opening.broken_page import BrokenPage
from ui.pages.opening.unlock_page import UnlockPage


def stays(window: MainWindow, _eyes: Eyes, kind: str, _copies: str) -> Script:
    """Open the store and leave the window standing."""
    if kind == "own":
        yield from unlocked(window)
    yield lambda: not window.locked
    yield {"ready": True}
    yield lambda: False


def tries(window: MainWindow, _eyes: Eyes, kind: str, _copies: str) -> Script:
    """Try to open the store, and say what stands on the window then."""

    def shown(page: type) -> bool:
        return window._flow is not None and isinstance(window._flow.currentWidget(), page)

    if kind == "own":
        yield lambda: shown(UnlockPage)
        page = window._flow.currentWidget()
        page.passphrase.line.setText(PASSPHRASE)
        page.passphrase.edited.emit(PASSPHRASE)
        page.open_button.click()
        yield lambda: not window.locked or page.complaint.isVisible()
        said = page.complaint.sentence.text() if window.locked else ""
    else:
        yield lambda: not window.locked or shown(BrokenPage)
        said = window._flow.currentWidget().sentence.text() if window.locked else ""
    yield {"opened": not window.locked, "said": said}
    window.close()


def start(used: Used, script: str, kind: str) -> subprocess.Popen[str]:
    return used.start(f"tests.test_two_programs:{script}", kind)


def first_line(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdout is not None
    line = process.stdout.readline()
    return json.loads(line) if line else {"ended": process.communicate(timeout=10)[1]}


@pytest.mark.parametrize("kind", ["own", pytest.param("demo", marks=pytest.mark.slow)])
def test_a_second_program_is_refused_in_words_and_opens_when_the_first_is_gone(
    tmp_path: Path, kind: str
) -> None:
    used = Used(tmp_path)
    if kind == "own":
        used.founded()
    else:
        demo_store.make(used.store, today=dt.datetime.now().astimezone().date())
    first = start(used, "stays", kind)
    try:
        assert first_line(first) == {"ready": True}
        second = start(used, "tries", kind)
        told = first_line(second)
        assert told == {
            "opened": False,
            "said": i18n.gettext("The store is open in another window of the program."),
        }
        assert "Traceback" not in second.communicate(timeout=20)[1]
    finally:
        first.kill()
        first.communicate()
    third = start(used, "tries", kind)
    assert first_line(third) == {"opened": True, "said": ""}
    third.communicate(timeout=20)
    assert third.returncode == 0
