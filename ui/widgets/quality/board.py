"""The board of trial actions: five columns, and beneath them what is written of the one that is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.trial_action import BOARD, ENDED, STAGE_LABELS, Stage
from caseworker_app.i18n import N_
from caseworker_app.services import quality_papers, trials
from caseworker_app.services.ports import Draft, Reader
from caseworker_app.services.trials import TrialView
from ui.house import House
from ui.passing_on import pass_focus
from ui.tasks import Op, Query, Touched
from ui.widgets.assessment.notification_page import short_day
from ui.widgets.assessment.sheet import Sheet
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.quality.column import Column, Note
from ui.widgets.quality.trial_page import trial_page
from ui.words import bind, bind_call, tr

_FOLLOWED = frozenset({"trial_action", "trial_round"})


class BoardPart(QWidget):
    """``want`` takes a trial's id in hexadecimal, "new", or ``draft:<key>``."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.house = house
        self.views: tuple[TrialView, ...] = ()
        self.key: Id | None = None
        self._today = dt.date.min
        self._loaded = False
        self._asked = 0
        self._then: Callable[[], None] | None = None
        self.complaint, self.sheet = Complaint(self), Sheet(self)
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)
        self.new, self.print, self.ended = QPushButton(self), QPushButton(self), QCheckBox(self)
        self.hint = QLabel(self)
        self.columns = {stage: Column(stage, self) for stage in (*BOARD, Stage.KEPT)}
        self.columns[Stage.KEPT].hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.ask)
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        bind(self.new.setText, "New idea (Ins)")
        self.new.setProperty("look", "primary")
        bind(self.print.setText, "Show and print (Ctrl+P)")
        bind(self.ended.setText, "Show what is kept or dropped")
        bind(self.hint.setText, "Ctrl+Left and Ctrl+Right move a trial. No cases are handled here.")
        self.hint.setProperty("look", "muted")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget in (self.new, self.print, self.ended):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.hint)
        board = QWidget(self)
        across = QHBoxLayout(board)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        for column in self.columns.values():
            across.addWidget(column, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(board)
        split.addWidget(self.sheet)
        split.setSizes([270, 260])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(bar)
        layout.addWidget(self.complaint)
        layout.addWidget(split, 1)
        pass_focus(self, lambda: self.columns[Stage.IDEA].list)

    def _connect(self) -> None:
        self.new.clicked.connect(lambda _on=False: self.suggest())
        self.print.clicked.connect(lambda _on=False: self.show_paper())
        self.ended.toggled.connect(self.columns[Stage.KEPT].setVisible)
        for keys, button in (("Ins", self.new), ("Ctrl+P", self.print)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        for stage, column in self.columns.items():
            listed = column.list
            listed.currentItemChanged.connect(partial(self._looked, stage))
            listed.entered.connect(partial(self._looked, stage))
            listed.stepped.connect(self.step)
            listed.dropped.connect(partial(self._dropped, stage))
            listed.aside.connect(partial(self._aside, stage))
            listed.opened.connect(lambda key: self.change(key))

    # the part, as the page sees it

    def show_case(self, case: Case) -> None:
        """Show the board; it belongs to no case."""
        self.ask()

    def want(self, part: str) -> None:
        """Go to a trial, to a new one, or go on with a draft."""
        what, _, key = part.partition(":")
        if what == "draft":
            self.house.tasks.query(self, Query(lambda r: r.draft(key), self._resume))
        elif part == "new":
            self.suggest()
        elif len(part) == 32:
            self.choose(bytes.fromhex(part))

    def follow(self, touched: Touched) -> None:
        """Ask again when a trial changed."""
        if any(kind in _FOLLOWED for kind, _entity in touched):
            self._asked += 1
            self._soon.start(0)

    def leave(self) -> bool:
        """Nothing is typed here."""
        return True

    def ask(self) -> None:
        """Read again."""
        if self.house.tasks.store is None:
            return
        self._asked += 1
        asked = self._asked

        def show(answer: tuple[tuple[TrialView, ...], dt.date]) -> None:
            if asked == self._asked:
                (self.views, self._today), self._loaded = answer, True
                self._say()
                then, self._then = self._then, None
                if then is not None:
                    then()

        def read(reader: Reader) -> tuple[tuple[TrialView, ...], dt.date]:
            return trials.board(reader), reader.today

        self.house.tasks.query(self, Query(read, show))

    # what is shown

    def view(self, key: Id | None) -> TrialView | None:
        """Return a trial that is on the board."""
        return next((one for one in self.views if one.trial.id == key), None)

    def choose(self, key: object) -> None:
        """Put the cursor on a trial."""
        if isinstance(key, bytes):
            self.key = key
            self._say()

    def _say(self) -> None:
        if not self._loaded:
            return
        for stage, column in self.columns.items():
            stages = ENDED if stage is Stage.KEPT else {stage}
            here = [one for one in self.views if one.trial.stage in stages]
            column.show_notes(
                [self._note(one) for one in here], tr("Kept and dropped") if stage is Stage.KEPT else ""
            )
        if self.view(self.key) is None:
            self.key = self.views[0].trial.id if self.views else None
        found = self.view(self.key)
        if found is not None and found.trial.stage in ENDED:
            self.ended.setChecked(True)
        focused = any(column.list.hasFocus() for column in self.columns.values())
        for column in self.columns.values():
            if column.list.choose(self.key) and (focused or not self.isVisible()):
                column.list.setFocus()
        self._say_page()

    def _note(self, one: TrialView) -> Note:
        trial, late = one.trial, one.late(self._today)
        said = [trial.owner]
        if trial.stage in ENDED:
            said.append(f"{tr(STAGE_LABELS[trial.stage]).partition(':')[0]} {short_day(trial.ended_on)}")
        elif trial.show_on is not None:
            words = N_("was to be shown {day}") if late else N_("to be shown {day}")
            said.append(tr(words, day=short_day(trial.show_on)))
        if one.round is not None and (one.round.number or 0) > 1:
            said.append(tr("round {n}", n=one.round.number))
        return Note(trial.id, trial.what, " · ".join(part for part in said if part), late)

    def _say_page(self) -> None:
        found = self.view(self.key)
        self.sheet.show_page(trial_page(self, found, self._today) if found is not None else _empty())

    def _looked(self, stage: Stage, *_items: Any) -> None:
        key = self.columns[stage].list.key
        if key is not None and key != self.key:
            self.key = key
            for other, column in self.columns.items():
                if other is not stage:
                    column.list.choose(None)
            self._say_page()

    def _aside(self, stage: Stage, way: int) -> None:
        shown = [one for one in self.columns if not self.columns[one].isHidden()]
        at = shown.index(stage) + way
        while 0 <= at < len(shown) and not self.columns[shown[at]].list.count():
            at += way
        if 0 <= at < len(shown):
            self.columns[shown[at]].list.setFocus()

    # what is done

    def do(self, act: Callable[[Any], Any], said: str) -> None:
        """Do something in the store; what is refused is said above the board."""
        self.complaint.clear()
        self.house.tasks.op(self, Op(act, said=said, failed=self.complaint.show_error))

    def step(self, key: Id, way: int) -> None:
        """Move a trial so many stages on."""
        self.choose(key)
        self.do(lambda w: trials.step(w, key, way), N_("It is moved. Ctrl+Z moves it back."))

    def move_to(self, key: Id, stage: Stage) -> None:
        """Move a trial to a stage."""
        self.do(lambda w: trials.move(w, key, stage), N_("It is moved. Ctrl+Z moves it back."))

    def _dropped(self, stage: Stage, key: Id) -> None:
        self.choose(key)
        self.move_to(key, stage)

    def remove(self, key: Id) -> None:
        """Take a trial off the board."""
        self.do(lambda w: trials.remove(w, key), N_("It is removed. Ctrl+Z brings it back."))

    def suggest(self) -> None:
        """Put an idea on the board."""
        from ui.dialogs import quality_forms

        dialog = quality_forms.trial(self.house, self)
        dialog.form.saved.connect(self.choose)
        dialog.open()

    def change(self, key: Id, first: str = "what") -> None:
        """Change a trial."""
        from ui.dialogs import quality_forms

        found = self.view(key)
        if found is not None:
            quality_forms.trial(self.house, self, found.trial, first).open()

    def write(self, key: Id, first: str = "plan") -> None:
        """Write in the round a trial is in."""
        from ui.dialogs import quality_forms

        found = self.view(key)
        if found is not None and found.round is not None:
            quality_forms.round_of(self.house, self, found.round, first).open()

    def show_paper(self) -> None:
        """Show the board as a paper."""
        title = tr("Board: trial actions")
        asked = Query(quality_papers.board_job, lambda made: self.desk.preview(made, title, title))
        self.complaint.clear()
        self.house.tasks.query(self, asked)

    def _resume(self, draft: Draft | None) -> None:
        if draft is None:
            return
        if draft.entity is None:
            self.suggest()
            return
        entity = draft.entity

        def go_on() -> None:
            for one in self.views:
                if one.trial.id == entity:
                    self.change(entity)
                elif one.round is not None and one.round.id == entity:
                    self.write(one.trial.id)

        if self._loaded:
            go_on()
        else:
            self._then = go_on


def _empty() -> Any:
    from ui.widgets.assessment.sheet import Page

    return Page(
        tr("Nothing on the board yet"),
        tr(
            "Write an idea or a need. When it has an aim, a way to know, somebody responsible and a day, it is tried."
        ),
    )
