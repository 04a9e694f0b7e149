"""Which column of a list is what: one line a column, its heading over what it means."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.caseload_columns import MEANING_LABELS, Meaning
from caseworker_app.services.caseload_import import Preview
from ui.widgets.combo import Combo
from ui.words import tr

WIDTH = 256
_CHOICES: tuple[Meaning | None, ...] = (None, *MEANING_LABELS)


class ImportColumns(QScrollArea):
    """``changed`` carries (column, meaning) when one was said anew."""

    changed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.combos: list[Combo] = []
        self._labels: list[QLabel] = []
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setWidget(self._inner)

    def show_preview(self, found: Preview) -> None:
        """Show what each column means now."""
        columns = found.columns.columns
        while len(self.combos) < len(columns):
            self._add(len(self.combos))
        for number, (label, combo) in enumerate(zip(self._labels, self.combos, strict=True)):
            here = number < len(columns)
            label.setVisible(here)
            combo.setVisible(here)
            if not here:
                continue
            heading = found.headings[number] or tr("Column {n}", n=number + 1)
            label.setText(heading)
            combo.setAccessibleName(tr("What the column {heading} is", heading=heading))
            with QSignalBlocker(combo):
                for at, meaning in enumerate(_CHOICES):
                    combo.setItemText(
                        at, tr("Is not fetched") if meaning is None else tr(MEANING_LABELS[meaning])
                    )
                combo.setCurrentIndex(_CHOICES.index(columns[number]))

    def _add(self, number: int) -> None:
        label, combo = QLabel(), Combo()
        label.setProperty("look", "muted")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(combo)
        combo.addItems([""] * len(_CHOICES))
        combo.activated.connect(lambda at, number=number: self.changed.emit(number, _CHOICES[at]))
        self._labels.append(label)
        self.combos.append(combo)
        at = self._column.count() - 1
        self._column.insertWidget(at, label)
        self._column.insertWidget(at + 1, combo)
        self._column.insertSpacing(at + 2, 4)
