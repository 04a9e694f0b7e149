"""Hvorfor: everything a due date can say of itself, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import full_date
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import Talk
from caseworker_app.domain.rules.vocabulary import OUTCOME_LABELS, PARTICIPANT_LABELS, WAY_LABELS
from caseworker_app.i18n import N_
from caseworker_app.services.case_desk import CaseDesk
from caseworker_app.services.deadline import Deadline, Work
from ui.models.caseload_rows import child_words
from ui.models.due_rows import TONES, do_words, late_words, law_words, title_words, what_words
from ui.widgets.follow_up import doing
from ui.words import bind, bind_call, tr

_SECTIONS = (
    ("why", N_("Why")),
    ("rule", N_("The rule")),
    ("source", N_("Where it stands")),
    ("day", N_("When")),
    ("who", N_("Who takes part")),
    ("out", N_("What must come out of it")),
    ("how", N_("How it may be held")),
    ("together", N_("A visit could settle this too")),
    ("note", N_("To the rule")),
)
TALK_LABELS = {
    Talk.REQUIRED: N_("with a talk with the child"),
    Talk.BY_PHONE: N_("the talk with the child is held, by telephone if so agreed"),
    Talk.OPTIONAL: N_("the talk with the child may be left out"),
}


_OPEN_FOLLOW_UP = N_("Open the follow-up …")
_OPEN = {Work.HEARING: N_("Open the hearing …"), Work.PLAN: N_("Go to the plan")}
"""What the button says of something settled that can be opened."""


class WhyPanel(QFrame):
    """Shows one deadline. ``do_pressed`` and ``waive_pressed`` carry it; of one that is settled they mean opening what
    settled it, and taking that back."""

    do_pressed = Signal(object)
    waive_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._desk: CaseDesk | None = None
        self._one: Deadline | None = None
        self.title, self.state = _label("subheading"), _label("muted")
        self.do, self.waive = QPushButton(self), QPushButton(self)
        self.do.setProperty("look", "primary")
        self.do.clicked.connect(lambda: self.do_pressed.emit(self._one))
        self.waive.clicked.connect(lambda: self.waive_pressed.emit(self._one))
        self.heads: dict[str, QLabel] = {}
        self.texts: dict[str, QLabel] = {}
        self._lay_out()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(16, 8, 12, 12)
        lines.setSpacing(2)
        for name, msgid in _SECTIONS:
            head, text = _label("muted"), _label("")
            bind(head.setText, msgid)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            head.setContentsMargins(0, 8, 0, 0)
            self.heads[name], self.texts[name] = head, text
            lines.addWidget(head)
            lines.addWidget(text)
        lines.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bind(area.setAccessibleName, "Why this is due")
        area.setWidget(inner)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.do, 1)
        buttons.addWidget(self.waive)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 12, 4)
        top.setSpacing(6)
        top.addWidget(self.title)
        top.addWidget(self.state)
        top.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(area, 1)

    def show_deadline(self, desk: CaseDesk, one: Deadline | None) -> None:
        """Show a deadline of a case, or that none is chosen."""
        self._desk, self._one = desk, one
        self._say()

    def _say(self) -> None:
        desk, one = self._desk, self._one
        there = desk is not None and one is not None
        for widget in (self.do, self.waive, self.state):
            widget.setVisible(there)
        if desk is None or one is None:
            self.title.setText("")
            said: dict[str, str] = {}
        else:
            self._say_head(desk, one)
            said = _sections(desk, one)
        for name, _msgid in _SECTIONS:
            words = said.get(name, "")
            self.texts[name].setText(words)
            self.texts[name].setVisible(bool(words))
            self.heads[name].setVisible(bool(words))

    def _say_head(self, desk: CaseDesk, one: Deadline) -> None:
        found = desk.intervention(one.subject)
        self.title.setText(what_words(one, "" if found is None else found.name))
        self.state.setText(f"{law_words(one)} · {late_words(one, desk.today)}")
        look = TONES.get(one.lateness, "muted")
        if self.state.property("look") != look:
            self.state.setProperty("look", look)
            self.state.style().polish(self.state)
        waits, by = one.open and not one.passes, desk.settled.get(one.name)
        self.do.setText(do_words(one) if waits else tr(_OPEN.get(one.work, _OPEN_FOLLOW_UP)))
        self.do.setVisible(waits or doing.opens(desk, one))
        self.waive.setText(tr("Waive …") if waits else tr("Take it back"))
        self.waive.setToolTip(
            tr("Let it go, with the reason (Del)")
            if waits
            else tr("The due date is open again (Del). Ctrl+Z undoes it.")
        )
        self.waive.setVisible(waits or by is not None)
        what = self.title.text()
        self.do.setAccessibleName(f"{self.do.text()} {what}")
        self.waive.setAccessibleName(f"{self.waive.text()} {what}")


def _sections(desk: CaseDesk, one: Deadline) -> dict[str, str]:
    language = i18n.current().language
    rule = title_words(one.title) if isinstance(one.item, DueItem) else ""
    return {
        "why": i18n.say(one.why),
        "rule": rule,
        "source": i18n.say(one.source),
        "day": _days(one),
        "who": _listed([tr(PARTICIPANT_LABELS[word]) for word in one.participants]),
        "out": "\n".join(f"– {tr(OUTCOME_LABELS[word])}" for word in one.outcome),
        "how": _how(desk, one),
        "together": "\n".join(f"– {_other(other, one, desk)}" for other in desk.together(one)),
        "note": "" if one.note is None else one.note.say(language),
    }


def _days(one: Deadline) -> str:
    language = i18n.current().language
    lines = [tr("Due {day}.", day=full_date(one.due, language))]
    if one.open and not one.passes:
        lines.append(tr("Suggested working day: {day}.", day=full_date(one.planned, language)))
    if one.agreed is not None and one.open:
        lines.append(tr("Agreed at the last follow-up: {day}.", day=full_date(one.agreed, language)))
    if one.guess and one.open:
        lines.append(tr("It is counted from one that is not held yet, and moves when that one is held."))
    return "\n".join(lines)


def _how(desk: CaseDesk, one: Deadline) -> str:
    """Say whether it is full or extra, and what an agreed exception permits."""
    if one.work is not Work.FOLLOW_UP or not one.open:
        return ""
    if one.law:
        return tr("The law says nothing of the way; in Herning face to face, with a talk with the child.")
    terms = desk.holding(one)
    if terms is None:
        return ""
    lines = [_kind(one)]
    if terms.is_full:
        lines.append(tr("Face to face, with a talk with the child."))
        return "\n".join(lines)
    ways = i18n.current().list([tr(WAY_LABELS[way]) for way in terms.ways])
    names = [desk.exception_title(kind) for kind in terms.by]
    titles = [name if isinstance(name, str) else name.say(i18n.current().language) for name in names]
    lines.append(tr("By the exception “{names}”: {ways}; {talk}.", names=i18n.current().list(titles), ways=ways,
                    talk=tr(TALK_LABELS[terms.talk])))  # fmt: skip
    return "\n".join(lines)


def _kind(one: Deadline) -> str:
    if one.item.extra:
        return tr("Extra: an agreed exception can let it be held more lightly.")
    if one.item.floor is not None:
        day = full_date(one.item.floor, i18n.current().language)
        return tr("Full: one full follow-up each half-year, this time by {day} at the latest.", day=day)
    return tr("Full.")


def _other(other: Deadline, one: Deadline, desk: CaseDesk) -> str:
    found = desk.intervention(other.subject)
    what = what_words(other, "" if found is None else found.name)
    day = full_date(other.due, i18n.current().language)
    if other.case.id == one.case.id:
        return tr("{what}, due {day}", what=what, day=day)
    return tr("{name}: {what}, due {day}", name=child_words(other.case), what=what, day=day)


def _listed(words: list[str]) -> str:
    said = i18n.current().list(words) if words else ""
    return said[:1].upper() + said[1:]


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        label.setProperty("look", look)
    return label
