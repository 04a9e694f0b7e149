"""Qt's own file of visited folders says nothing of where a copy was saved or a picture taken from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from tests.helpers.quiet import quiet
from ui.pages.settings.editors import LogoEditor
from ui.tasks import Tasks
from ui.widgets.save_file import ask_where

FOLDER = "Zebedæus Qvistgård"


@pytest.fixture
def kept(tmp_path):
    """Return what Qt keeps in a file of the test's own, as text."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))

    def read():
        QSettings(QSettings.Scope.UserScope, "QtProject").sync()
        return "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "config").rglob("*.conf"))

    return read


@pytest.fixture
def parent(qtbot, dressed):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def gone(qtbot, dialog):
    left = []
    dialog.destroyed.connect(lambda: left.append(True))
    qtbot.waitUntil(lambda: left != [], timeout=5000)


@pytest.mark.parametrize("before", [None, "/srv/tegninger"])
def test_where_a_copy_was_saved_is_not_kept(qtbot, parent, kept, tmp_path, before):
    (tmp_path / FOLDER).mkdir()
    mine = QSettings(QSettings.Scope.UserScope, "QtProject")
    if before is not None:
        mine.setValue("FileDialog/history", [before])
        mine.setValue("FileDialog/lastVisited", before)
    mine.sync()
    chosen = []
    dialog = ask_where(parent, "Gem", "minutes.pdf", "PDF (*.pdf)", chosen.append)
    dialog.selectFile(str(tmp_path / FOLDER / "minutes.pdf"))
    dialog.accept()
    gone(qtbot, dialog)
    assert FOLDER in chosen[0]
    assert "FileDialog" in kept(), "Qt has written its file"
    assert "Zebed" not in kept()
    assert ("tegninger" in kept()) == (before is not None)


def test_where_a_picture_was_taken_from_is_not_kept(qtbot, parent, kept, tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "logo.png").write_bytes(b"no picture")
    tasks = Tasks()
    editor = LogoEditor(tasks)
    qtbot.addWidget(editor)
    editor._choose()
    dialog = editor.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path / FOLDER))
    dialog.selectFile(str(tmp_path / FOLDER / "logo.png"))
    dialog.accept()
    gone(qtbot, dialog)
    quiet(qtbot, tasks)
    tasks.finish()
    assert "FileDialog" in kept()
    assert "Zebed" not in kept()
