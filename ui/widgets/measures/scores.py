"""The editor of scores: a line or a choice for each scale, the total added up, and what needs action at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain import instruments
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.instruments import ONE, TOTAL, Instrument, Scale, range_words, value_words
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.typed_numbers import figure_words, hundredths
from caseworker_app.services.measurement_charts import better
from ui.widgets.announce import announce
from ui.widgets.combo import Combo
from ui.widgets.fields.base import FieldEditor
from ui.words import tr

_BOX = 96


class ScoresEditor(FieldEditor):
    """The value is ``scale=hundredths`` in the order of the scales, as a measurement keeps it."""

    def __init__(self, instrument: Instrument) -> None:
        super().__init__()
        self.instrument = instrument
        self.lines: dict[str, QLineEdit] = {}
        self.choices: dict[str, Combo] = {}
        self._quiet: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        scales = (*(one for one in instrument.shown if one.id != TOTAL), *_alarms(instrument))
        total = instrument.scale(TOTAL)
        for row, scale in enumerate((*scales, total) if total is not None else scales):
            self._row(grid, row, scale)
        self.alarm = QFrame(self)
        self.alarm.setProperty("look", "warning")
        self._alarm_words = QLabel(self.alarm)
        self._alarm_words.setWordWrap(True)
        self._alarm_words.setProperty("look", "overdue")
        room = QVBoxLayout(self.alarm)
        room.setContentsMargins(12, 6, 12, 6)
        room.addWidget(self._alarm_words)
        self.alarm.hide()
        grid.addWidget(self.alarm, grid.rowCount(), 0, 1, 3)
        self.parts(*(self._control(name) for name in self._quiet))

    def _row(self, grid: QGridLayout, row: int, scale: Scale) -> None:
        named, quiet = QLabel(scale.name, self), QLabel(self)
        named.setTextFormat(Qt.TextFormat.PlainText)
        named.setWordWrap(True)
        quiet.setProperty("look", "muted")
        quiet.setTextFormat(Qt.TextFormat.PlainText)
        control: QWidget
        if scale.words:
            combo = Combo()
            combo.addItem("")
            count = (scale.highest - scale.lowest) // scale.step + 1
            combo.addItems([value_words(scale, scale.lowest + n * scale.step) for n in range(count)])
            combo.activated.connect(lambda _at: self._changed())
            self.choices[scale.id], control = combo, combo
        else:
            line = QLineEdit(self)
            line.setFixedWidth(_BOX)
            line.textEdited.connect(lambda _text: self._changed())
            self.lines[scale.id], control = line, line
        named.setBuddy(control)
        self._quiet[scale.id] = quiet
        grid.addWidget(named, row, 0)
        grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(quiet, row, 2)
        self._say_range(scale)

    def _control(self, name: str) -> QWidget:
        return self.choices[name] if name in self.choices else self.lines[name]

    def _say_range(self, scale: Scale) -> None:
        said = [] if scale.words else [range_words(scale)]
        way = better(scale, i18n.current())
        if scale.id == TOTAL:
            said.append(tr("added up by itself"))
        elif way:
            said.append(way)
        self._quiet[scale.id].setText(", ".join(said))

    def name_parts(self, label: str) -> None:
        """Say the scale to screen readers, and where it goes from and to."""
        for name, quiet in self._quiet.items():
            scale = self.instrument.scale(name)
            assert scale is not None
            self._control(name).setAccessibleName(f"{label}: {scale.name}")
            self._control(name).setAccessibleDescription(quiet.text())

    # what is typed

    def _changed(self) -> None:
        self._say_total()
        self._say_alarm()
        self.edited.emit()

    def _say_total(self) -> None:
        """Show the sum as far as it can be told; what is typed in the total's own line stays."""
        total = self.instrument.scale(TOTAL)
        if total is None:
            return
        try:
            found = instruments.total_of(self.instrument, self._read(but=TOTAL))
        except InvalidInput:
            found = None
        if found is None:
            self._say_range(total)
        else:
            self._quiet[TOTAL].setText(
                tr("{range}; added up: {total}", range=range_words(total), total=figure_words(found))
            )

    def _read(self, but: str = "") -> dict[str, int]:
        found: dict[str, int] = {}
        for name in self._quiet:
            value = None if name == but else self._one(name)
            if value is not None:
                found[name] = value
        return found

    def _one(self, name: str) -> int | None:
        scale = self.instrument.scale(name)
        assert scale is not None
        if name in self.choices:
            at = self.choices[name].currentIndex() - 1
            return None if at < 0 else scale.lowest + at * scale.step
        return read_score(scale, self.lines[name].text(), self.field)

    def value(self) -> tuple[str, ...]:
        """Return the scores. Raises :class:`InvalidInput` for what is no figure."""
        return instruments.to_lines(self._read())

    def show_value(self, value: Any) -> None:
        scores = instruments.from_lines(value or ())
        for name in self._quiet:
            scale, given = self.instrument.scale(name), scores.get(name)
            assert scale is not None
            if name in self.choices:
                self.choices[name].setCurrentIndex(
                    0 if given is None else (given - scale.lowest) // scale.step + 1
                )
            elif self._typed_value(scale) != given:
                self.lines[name].setText(figure_words(given))
        self._say_total()
        self._say_alarm()

    def _typed_value(self, scale: Scale) -> int | None:
        try:
            return read_score(scale, self.lines[scale.id].text(), self.field)
        except InvalidInput:
            return None

    def typed(self) -> Plain:
        texts: dict[str, Plain] = {name: line.text() for name, line in self.lines.items()}
        return {**texts, **{name: combo.currentIndex() for name, combo in self.choices.items()}}

    def show_typed(self, typed: Plain) -> None:
        if isinstance(typed, Mapping):
            for name, line in self.lines.items():
                line.setText(str(typed.get(name, "")))
            for name, combo in self.choices.items():
                combo.setCurrentIndex(int(typed.get(name, 0)))
        self._say_total()
        self._say_alarm()

    def _say_alarm(self) -> None:
        """Say at once what needs action, whatever the rest shows."""
        try:
            alarmed = bool(instruments.alarms(self.instrument, self._read()))
        except InvalidInput:
            return
        if alarmed and self.alarm.isHidden():
            words = tr(
                "Above 0: talk about it now, whatever the total is, and agree who is there until help is. Write below what "
                "was done."
            )
            self._alarm_words.setText(words)
            announce(self, words, at_once=True)
        self.alarm.setVisible(alarmed)

    def words(self, value: Any) -> str:
        said = []
        for name, given in instruments.from_lines(value or ()).items():
            scale = self.instrument.scale(name)
            if scale is not None:
                said.append(f"{scale.name}: {value_words(scale, given)}")
        return "; ".join(said) or tr("nothing")


def _alarms(instrument: Instrument) -> tuple[Scale, ...]:
    return tuple(one for one in instrument.scales if one.alarm)


def read_score(scale: Scale, typed: str, field: str) -> int | None:
    """Return a score as typed, in hundredths; ``4/3`` is 4 points in 3 answers, by the rule of missing answers. ``None``
    for nothing, and for too few answers. Raises :class:`InvalidInput` for what is no figure."""
    points, slash, answered = typed.partition("/")
    if not slash or not scale.items:
        return hundredths(typed, field)
    added, count = hundredths(points, field), hundredths(answered, field)
    if added is None or count is None or count % ONE or added % ONE or not 0 < count // ONE <= scale.items:
        raise InvalidInput(
            field, "Write points and answers such as 4/3: 4 points in 3 of {n} answers.", n=scale.items
        )
    found = instruments.from_sum(added // ONE, count // ONE, scale.items, scale.least)
    if found is None:
        raise InvalidInput(
            field, "With fewer than {least} of {n} answers the scale does not count: leave it empty.",
            least=scale.least, n=scale.items,
        )  # fmt: skip
    return found
