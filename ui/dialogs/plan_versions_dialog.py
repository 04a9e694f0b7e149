"""Reading the versions of a plan: as each stood, never to be changed; any of them can be printed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.services.plans import PlanView
from ui.widgets.plan.reading import version_html
from ui.words import bind, bind_call, tr


class PlanVersionsDialog(QDialog):
    """Opened with ``open()``. ``print_pressed`` carries the version that is to be shown on paper."""

    print_pressed = Signal(object)

    def __init__(self, view: PlanView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        bind(self.setWindowTitle, "Versions of the plan")
        self.list, self.text, self.empty = QListWidget(), QTextBrowser(), QLabel()
        self.paper, self.close_button = QPushButton(), QPushButton()
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._read())
        self.paper.clicked.connect(lambda: self.print_pressed.emit(self.chosen))
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        bind_call(self, self._say)
        self.resize(960, 620)

    def _lay_out(self) -> None:
        heading = QLabel()
        heading.setProperty("look", "heading")
        bind(heading.setText, "Versions of the plan")
        bind(self.list.setAccessibleName, "Versions of the plan")
        bind(self.text.setAccessibleName, "The plan as it stood")
        bind(self.empty.setText, "No version is kept yet. One is kept when the plan is made ready to use.")
        self.empty.setProperty("look", "muted")
        self.list.setFixedWidth(260)
        self.list.setWordWrap(True)
        self.list.setStyleSheet("QListWidget::item { padding: 6px; }")
        self.text.setOpenLinks(False)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.list)
        across.addWidget(self.text, 1)
        bind(self.paper.setText, "Show and print …")
        bind(self.close_button.setText, "Close")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.paper)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(self.empty)
        layout.addLayout(across, 1)
        layout.addLayout(foot)

    @property
    def chosen(self) -> PlanVersion | None:
        """The version in sight."""
        row = self.list.currentRow()
        return self._view.versions[row] if 0 <= row < len(self._view.versions) else None

    def _say(self) -> None:
        row, language = max(0, self.list.currentRow()), i18n.current().language
        self.list.clear()
        for version in self._view.versions:
            day = "" if version.made_on is None else long_date(version.made_on, language)
            words = tr("Version {number}: {day}", number=version.number or 0, day=day)
            self.list.addItem(QListWidgetItem(f"{words}\n{version.why}" if version.why else words))
        there = bool(self._view.versions)
        self.empty.setVisible(not there)
        for widget in (self.list, self.text):
            widget.setVisible(there)
        self.paper.setEnabled(there)
        self.list.setCurrentRow(row if there else -1)

    def _read(self) -> None:
        version = self.chosen
        if version is not None:
            self.text.setHtml(version_html(version))
