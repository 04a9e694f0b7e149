"""Editors of what only interventions and follow-ups have: a rhythm, a price, an hour, who took part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import clock, full_date
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import Rhythm
from caseworker_app.domain.intervention import PRICE_UNIT_LABELS, Price, PriceUnit
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.typed_dates import parse_time
from caseworker_app.i18n import N_
from ui.models.intervention_words import price_words, rhythm_words
from ui.widgets.check import Check
from ui.widgets.combo import Combo
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.calendar import DayLine
from ui.widgets.fields.text import fill
from ui.widgets.flow import FlowLayout
from ui.words import bind, bind_call, tr

RHYTHM_UNITS = {"M": N_("months"), "W": N_("weeks")}


class AmountEditor(FieldEditor):
    """A number and what it is a number of."""

    def __init__(self, units: Mapping[Any, str], width: int = 96) -> None:
        super().__init__()
        self._units = tuple(units)
        self._labels = tuple(units.values())
        self.line, self.unit = QLineEdit(), Combo()
        self.line.setFixedWidth(width)
        self.unit.addItems([""] * len(self._units))
        fill(self, self.line, self.unit, stretch=(0, 1))
        self.parts(self.line, self.unit)
        self.line.textEdited.connect(self.edited)
        self.unit.activated.connect(self.edited)
        bind_call(self.unit, self._say_units)

    def _say_units(self) -> None:
        for row, msgid in enumerate(self._labels):
            self.unit.setItemText(row, tr(msgid))

    def keeps_focus(self) -> bool:
        """Stay "in the field" while the list is open."""
        return self.unit.view().isVisible()

    def _show(self, number: str, unit: Any) -> None:
        self.line.setText(number)
        self.unit.setCurrentIndex(self._units.index(unit) if unit in self._units else 0)

    def typed(self) -> Plain:
        return [self.line.text(), self.unit.currentIndex()]

    def show_typed(self, typed: Plain) -> None:
        self.line.setText(str(typed[0]))
        self.unit.setCurrentIndex(int(typed[1]))

    def name_parts(self, label: str) -> None:
        self.line.setAccessibleName(label)
        self.unit.setAccessibleName(tr("{label}: unit", label=label))


class RhythmEditor(AmountEditor):
    """Every so many weeks or months."""

    def __init__(self) -> None:
        super().__init__(RHYTHM_UNITS, 64)

    def show_value(self, value: Any) -> None:
        self._show("" if value is None else str(value.amount), "M" if value is None else value.unit)

    def value(self) -> Rhythm | None:
        """Return the rhythm, or none. Raises :class:`InvalidInput`."""
        text = self.line.text().strip()
        if not text:
            return None
        if not text.isdecimal() or int(text) == 0:
            raise InvalidInput(self.field, "Write a whole number, for instance 3.")
        return Rhythm(int(text), self._units[self.unit.currentIndex()])

    def words(self, value: Any) -> str:
        return tr("nothing") if value is None else rhythm_words(value)


class PriceEditor(AmountEditor):
    """An amount in kroner, and what it is for."""

    def __init__(self) -> None:
        super().__init__(PRICE_UNIT_LABELS)
        bind(self.line.setPlaceholderText, "kroner")

    def show_value(self, value: Any) -> None:
        if value is None:
            self._show("", PriceUnit.MONTH)
            return
        kroner, oere = divmod(value.oere, 100)
        self._show(f"{kroner},{oere:02d}" if oere else str(kroner), PriceUnit(value.unit))

    def offer_unit(self, unit: PriceUnit) -> None:
        """Say what the price is usually for, while no amount is written."""
        if not self.line.text().strip():
            self.unit.setCurrentIndex(self._units.index(unit))

    def value(self) -> Price | None:
        """Return the price, or none. Raises :class:`InvalidInput`."""
        text = "".join(self.line.text().split()).removesuffix("kr.").removesuffix("kr")
        if not text:
            return None
        whole, _comma, part = text.partition(",")
        whole = whole.replace(".", "")
        if not whole.isdecimal() or not (part == "" or (part.isdecimal() and len(part) <= 2)):
            raise InvalidInput(self.field, "Write an amount in kroner, for instance 12.500 or 980,50.")
        oere = int(whole) * 100 + int((part or "0").ljust(2, "0"))
        return Price(oere, self._units[self.unit.currentIndex()].value)

    def words(self, value: Any) -> str:
        return price_words(value) or tr("nothing")


class MomentEditor(FieldEditor):
    """A day and an hour, by the clock of this place."""

    def __init__(self) -> None:
        super().__init__()
        self.day, self.hour, before = DayLine("back"), QLineEdit(), QLabel()
        bind(before.setText, "at (hour)")
        bind(self.hour.setPlaceholderText, "hh.mm")
        self.hour.setFixedWidth(76)
        fill(self, self.day, before, self.hour)
        self.parts(self.day.line, self.day.button, self.hour)
        self.day.changed.connect(self.edited)
        self.hour.textEdited.connect(self.edited)

    def keeps_focus(self) -> bool:
        """Stay "in the field" while its calendar is open."""
        return self.day.popup is not None

    def show_value(self, value: Any) -> None:
        self.day.today = self.today
        here = None if value is None else value.astimezone()
        self.day.show_day(None if here is None else here.date())
        self.hour.setText("" if here is None else clock(here.time(), i18n.current().language))

    def value(self) -> dt.datetime | None:
        """Return the moment, ``None`` when nothing is written. Raises :class:`InvalidInput`."""
        self.day.today = self.today
        if not any(self.typed()):
            return None
        day = self.day.day(self.field)
        if day is None or not self.hour.text().strip():
            raise InvalidInput(self.field, "Write the day and the hour.")
        return dt.datetime.combine(day, parse_time(self.hour.text(), field=self.field)).astimezone()

    def typed(self) -> Plain:
        return [self.day.line.text().strip(), self.hour.text().strip()]

    def show_typed(self, typed: Plain) -> None:
        self.day.show_text(str(typed[0]))
        self.hour.setText(str(typed[1]))

    def words(self, value: Any) -> str:
        if value is None:
            return tr("nothing")
        here, language = value.astimezone(), i18n.current().language
        return f"{full_date(here.date(), language)} {clock(here.time(), language)}"

    def name_parts(self, label: str) -> None:
        self.day.line.setAccessibleName(tr("{label}: day", label=label))
        self.day.button.setAccessibleName(tr("Calendar for {label}", label=label))
        self.hour.setAccessibleName(tr("{label}: hour", label=label))


class WhoEditor(FieldEditor):
    """Who took part: a tick for each of the case's people, and a line for anybody else."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, Check] = {}
        self._ticks = QWidget()
        self._flow = FlowLayout(self._ticks, 16)
        self.others = QLineEdit()
        bind(self.others.setPlaceholderText, "Others, with a comma between them")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._ticks)
        column.addWidget(self.others)
        self.parts(self.others)
        self.others.textEdited.connect(self.edited)
        self._label = ""

    def offer(self, names: Iterable[str]) -> None:
        """Offer people to tick; what was shown stays."""
        now = self.value()
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for name in dict.fromkeys(names):
            box = Check()
            box.setText(name.replace("&", "&&"))
            box.clicked.connect(self.edited)
            self._flow.addWidget(box)
            self.boxes[name] = box
        self.parts(*self.boxes.values(), self.others)
        self.show_value(now)
        self.name_parts(self._label)

    def show_value(self, value: Any) -> None:
        known = {name: self._box_of(name) for name in value}
        for name, box in self.boxes.items():
            box.setChecked(name in known.values())
        self.others.setText(", ".join(name for name, box in known.items() if not box))

    def _box_of(self, name: str) -> str:
        """Return which of those offered a name is, also when it was written without its function; else empty."""
        if name in self.boxes:
            return name
        alike = [offered for offered in self.boxes if offered.partition(" (")[0] == name]
        return alike[0] if len(alike) == 1 else ""

    def value(self) -> tuple[str, ...]:
        """Return the names ticked, then those written."""
        ticked = [name for name, box in self.boxes.items() if box.isChecked()]
        written = [part.strip() for part in self.others.text().split(",")]
        return tuple(dict.fromkeys([*ticked, *(name for name in written if name)]))

    def typed(self) -> Plain:
        return list(self.value())

    def show_typed(self, typed: Plain) -> None:
        self.show_value(tuple(typed))

    def words(self, value: Any) -> str:
        return ", ".join(value) or tr("nothing")

    def name_parts(self, label: str) -> None:
        self._label = label
        for name, box in self.boxes.items():
            box.setAccessibleName(f"{label}: {name}")
        self.others.setAccessibleName(tr("{label}: others", label=label))
