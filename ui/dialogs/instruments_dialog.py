"""The instruments: what each is, the municipality's own added and changed, any of them retired and taken up again."""

from __future__ import annotations

import hashlib
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import Fill, Instrument, range_words
from caseworker_app.domain.measurement import OwnInstrument
from caseworker_app.i18n import N_
from caseworker_app.services import instruments
from caseworker_app.services.instruments import Shelf
from caseworker_app.services.measurement_charts import better
from caseworker_app.services.ports import Reader
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Op, Query
from ui.widgets.assessment.line_list import LineList, ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.sheet import Doing, Facts, Page, Sheet
from ui.widgets.complaint import Complaint
from ui.widgets.measures import words
from ui.words import bind, bind_call, tr

SIZE = (1040, 680)
_LIST = 320
Loaded = tuple[Shelf, dict[str, OwnInstrument]]


class InstrumentsDialog(QDialog):
    """Opened with ``open()``; ``shown`` comes when the instruments stand there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house = house
        self._loaded: Loaded | None = None
        self._wanted = ""
        self.complaint = Complaint(self)
        self.list, self.sheet = LineList(N_("Instruments"), self), Sheet(self)
        self.add_button, self.close_button = QPushButton(), QPushButton()
        self._lay_out()
        bind_call(self, self._say)
        self.ask()

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "Instruments")
        hint = QLabel()
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(
            hint.setText,
            "Scores only: no question of an instrument with a licence stands in the program. A retired instrument is not "
            "offered any more, and what was measured with it stays readable.",
        )
        bind(self.add_button.setText, "Add one of our own … (Ins)")
        bind(self.close_button.setText, "Close")
        self.add_button.setProperty("look", "primary")
        for button, act in ((self.add_button, self.add), (self.close_button, self.close)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, act=act: act())
        self.list.setFixedWidth(_LIST)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.list)
        across.addWidget(self.sheet, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(hint)
        layout.addWidget(self.complaint)
        layout.addLayout(across, 1)
        layout.addLayout(foot)
        self.list.chosen.connect(lambda _key: self._say_page())
        QShortcut(QKeySequence("Ins"), self, self.add)
        resize(self, *SIZE)

    # reading and showing

    def ask(self) -> None:
        """Read again."""
        books = self._house.books

        def load(reader: Reader) -> Loaded:
            own = {one.id.hex(): one for one in reader.find(OwnInstrument)}
            return books.instruments(reader), own

        def show(loaded: Loaded) -> None:
            self._loaded = loaded
            self._say()
            self.shown.emit()

        self._house.tasks.query(self, Query(load, show))

    def _say(self) -> None:
        if self._loaded is None:
            return
        shelf = self._loaded[0]
        ordered = sorted(shelf.all.values(), key=lambda one: (one.id in shelf.retired, one.name.casefold()))
        wanted = _key(self._wanted) if self._wanted else None
        self.list.show_lines([_line(shelf, one) for one in ordered], wanted)
        self._wanted = ""
        self._say_page()

    @property
    def chosen(self) -> Instrument | None:
        """The instrument the cursor is on."""
        found = () if self._loaded is None else self._loaded[0].all.values()
        return next((one for one in found if _key(one.id) == self.list.key), None)

    def _say_page(self) -> None:
        one = self.chosen
        if one is None or self._loaded is None:
            self.sheet.show_page(None)
            return
        shelf, own = self._loaded
        retired = shelf.retired.get(one.id)
        quiet = tr("Our own") if one.own else tr("Ships with the program")
        minds: tuple[str, ...] = ()
        if retired is not None:
            why = f" {retired.why}" if retired.why else ""
            minds = (tr("Retired from {day}.", day=day_words(retired.retired_on)) + why,)
        rows = tuple((scale.name, _scale(one, scale.id)) for scale in one.shown)
        norms = "\n".join(norm.name for norm in one.norms)
        filled = (
            tr("on the screen, with the citizen")
            if one.fill is Fill.SCREEN
            else tr("elsewhere; the scores come here")
        )
        facts = (
            words.about(one),
            Facts(tr("Scales"), rows),
            Facts("", ((tr("Norm sets"), norms), (tr("Filled in"), filled))),
        )
        page = Page(
            one.name, quiet, minds, facts=facts, lead=Facts("", (), self._doings(one, own.get(one.id)))
        )
        self.sheet.show_page(page)

    def _doings(self, one: Instrument, own: OwnInstrument | None) -> tuple[Doing, ...]:
        assert self._loaded is not None
        found: list[Doing] = []
        if own is not None:
            found.append(Doing(tr("Change …"), partial(self._change, own), primary=True, about=one.name))
        if one.id in self._loaded[0].retired:
            again = partial(
                self._do, lambda w: instruments.take_up(w, one.id), N_("The instrument is in use again.")
            )
            found.append(Doing(tr("Take it into use again"), again, about=one.name))
        else:
            away = partial(
                self._do, lambda w: instruments.retire(w, one.id, w.today), N_("The instrument is retired.")
            )
            found.append(Doing(tr("Retire it from today"), away, about=one.name))
        if own is not None:
            remove = partial(
                self._do, lambda w: instruments.remove(w, own.id), N_("The instrument is removed.")
            )
            found.append(Doing(tr("Remove"), remove, about=one.name))
        return tuple(found)

    # doing

    def add(self) -> None:
        """Add an instrument of our own."""
        self._open(None)

    def _change(self, own: OwnInstrument) -> None:
        self._open(own)

    def _open(self, own: OwnInstrument | None) -> None:
        from ui.dialogs import measure_forms

        form = measure_forms.own(self._house, self, self._house.books.shipped_instruments(), own)
        form.form.saved.connect(self._saved)
        form.open()

    def _saved(self, made: object) -> None:
        self._wanted = made.hex() if isinstance(made, bytes) else ""
        self.ask()

    def _do(self, act: object, said: str) -> None:
        self.complaint.clear()
        assert callable(act)
        self._house.tasks.op(
            self, Op(act, done=lambda _made: self.ask(), said=said, failed=self.complaint.show_error)
        )


def _key(instrument: str) -> Id:
    return hashlib.blake2b(instrument.encode(), digest_size=16).digest()


def _line(shelf: Shelf, one: Instrument) -> ListLine:
    retired = shelf.retired.get(one.id)
    if retired is not None:
        return ListLine(_key(one.id), one.name, tr("retired {day}", day=short_day(retired.retired_on)))
    quiet = tr("Our own") if one.own else one.full_name
    return ListLine(
        _key(one.id), one.name, quiet, "done" if one.own else "note", "accent" if one.own else "muted"
    )


def _scale(one: Instrument, name: str) -> str:
    scale = one.scale(name)
    assert scale is not None
    way = better(scale, i18n.current())
    words_ = "; ".join(scale.words)
    return ", ".join(part for part in (range_words(scale), way, words_) if part)
