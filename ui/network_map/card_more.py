"""Parts of a person's card: who she is in the case, her lines and households, and her words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_words import CANDIDATE_LABELS, QUALITY_LABELS, SAID_BY_LABELS
from caseworker_app.domain.network_map import Candidate, MapPerson, MapPersonKind
from caseworker_app.domain.person import ROLE_LABELS, Role
from caseworker_app.i18n import N_
from ui.network_map import saying
from ui.network_map.choices import Choices, labelled
from ui.network_map.list_panels import pressed, said
from ui.network_map.worker_session import WorkerSession
from ui.words import bind, bind_call, tr

_NEAR = 2
"""Only who stands in the two innermost rings may be asked about."""


class CardPart(QWidget):
    """A heading with something under it."""

    def __init__(self, session: WorkerSession, heading: str) -> None:
        super().__init__()
        self._session = session
        self._person: MapPerson | None = None
        title = QLabel(self)
        title.setProperty("look", "subheading")
        bind(title.setText, heading)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 0, 12, 0)
        self.column.setSpacing(6)
        self.column.addWidget(title)
        bind_call(self, self._again)

    def _again(self) -> None:
        if self._person is not None:
            self.show_person(self._person)

    def show_person(self, person: MapPerson) -> None:
        """Show what there is of somebody."""
        self._person = person


class CardLink(CardPart):
    """Who she is in the case, and what the worker may ask her about."""

    def __init__(self, session: WorkerSession) -> None:
        super().__init__(session, N_("In the case"))
        self.who = QLabel(self)
        self.who.setWordWrap(True)
        self.who.setTextFormat(Qt.TextFormat.PlainText)
        self.tie, self.make, self.untie = (
            pressed("Is one of the case …"),
            pressed("Make a card …"),
            pressed("Untie"),
        )
        self.candidate = Choices(lambda: said(CANDIDATE_LABELS, "No"))
        self._held = labelled("May be asked about (only you see this)", self.candidate)
        self.column.addWidget(self.who)
        across = QHBoxLayout()
        for button in (self.tie, self.make, self.untie):
            across.addWidget(button)
        self.column.addLayout(across)
        self.column.addWidget(self._held)
        self.tie.clicked.connect(self._choose_card)
        self.make.clicked.connect(self._choose_role)
        self.untie.clicked.connect(lambda: self._link(None))
        self.candidate.picked.connect(self._ask_about)

    def show_person(self, person: MapPerson) -> None:
        super().show_person(person)
        opened, locked = self._session.opened, self._session.locked
        card = opened.cards.get(person.case_person or b"") if opened is not None else None
        is_person = person.kind in (MapPersonKind.PERSON, MapPersonKind.UNKNOWN)
        tied = person.case_person is not None
        if card is not None:
            role = card.role_words or tr(ROLE_LABELS[card.role]).lower()
            self.who.setText(f"{card.name} ({role})")
        else:
            self.who.setText(tr("Stands on this map only."))
        self.tie.setVisible(not tied and not locked and is_person and bool(self._session.not_yet()))
        self.make.setVisible(not tied and not locked and is_person and bool(person.called))
        self.untie.setVisible(tied and not locked)
        rings = [ring.id for ring in opened.template.rings[:_NEAR]] if opened is not None else []
        near = person.placement is not None and person.placement.ring in rings
        self._held.setVisible(is_person and (near or person.candidate is not None))
        self._held.setEnabled(not locked)
        self.candidate.fill()
        self.candidate.show_value(person.candidate)

    def _menu(self, button: QPushButton) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(button.setFocus)
        return menu

    def _choose_card(self) -> None:
        menu = self._menu(self.tie)
        for one in self._session.not_yet():
            words = f"{one.name} ({one.role_words or tr(ROLE_LABELS[one.role]).lower()})"
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _on=False, card=one.id: self._link(card)
            )
        menu.popup(self.tie.mapToGlobal(self.tie.rect().bottomLeft()))

    def _choose_role(self) -> None:
        menu = self._menu(self.make)
        for role in sorted(Role, key=lambda role: sort_key(tr(ROLE_LABELS[role]))):
            menu.addAction(tr(ROLE_LABELS[role])).triggered.connect(
                lambda _on=False, role=role: self._make(role)
            )
        menu.popup(self.make.mapToGlobal(self.make.rect().bottomLeft()))

    def _link(self, card: Id | None) -> None:
        if self._person is not None:
            self._session.link(self._person.id, card)

    def _make(self, role: Role) -> None:
        if self._person is not None:
            self._session.make_person(self._person.id, role)

    def _ask_about(self, candidate: Candidate | None) -> None:
        if self._person is not None:
            self._session.edit_person(self._person.id, candidate=candidate)


class CardLines(CardPart):
    """Her lines and households, each a button. ``chosen`` carries a line."""

    chosen = Signal(object)

    def __init__(self, session: WorkerSession) -> None:
        super().__init__(session, N_("Lines and households"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.column.addLayout(self._rows)
        self._shown: object = None

    def show_person(self, person: MapPerson) -> None:
        super().show_person(person)
        opened = self._session.opened
        if opened is None:
            return
        lines = [line for line in opened.relations if person.id in (line.a, line.b)]
        homes = [home for home in opened.groups if person.id in home.members]
        wording, locked = self._session.wording, self._session.locked
        rows: list[tuple[str, Id, bool]] = []
        for line in lines:
            other = saying.name(opened, line.b if line.a == person.id else line.a)
            how = tr(QUALITY_LABELS[wording][line.quality])
            who = tr(SAID_BY_LABELS[line.said_by]).lower()
            rows.append((f"{other}: {how} ({who})", line.id, True))
        rows += [
            (tr("Lives with: {name}", name=home.label or tr("a household")), home.id, False) for home in homes
        ]
        if (rows, locked) == self._shown:
            return
        self._shown = (rows, locked)
        _empty(self._rows)
        for words, thing, is_line in rows:
            self._rows.addWidget(self._row(words, thing, is_line, locked))

    def _row(self, words: str, thing: Id, is_line: bool, locked: bool) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        said_words = QLabel(words, row)
        said_words.setWordWrap(True)
        said_words.setTextFormat(Qt.TextFormat.PlainText)
        across.addWidget(said_words, 1)
        if not locked:
            button = pressed("Change" if is_line else "Leave")
            button.setAccessibleName(f"{button.text()}: {words}")
            button.clicked.connect(lambda: self.chosen.emit(thing) if is_line else self._leave(thing))
            across.addWidget(button)
        return row

    def _leave(self, home: Id) -> None:
        opened, person = self._session.opened, self._person
        found = next((g for g in opened.groups if g.id == home), None) if opened is not None else None
        if found is None or person is None:
            return
        members = found.members - {person.id}
        if members:
            self._session.edit_group(home, members=members)
        else:
            self._session.remove_group(home)


class CardQuotes(CardPart):
    """What was said of her, word for word, and a field for more."""

    def __init__(self, session: WorkerSession) -> None:
        super().__init__(session, N_("Said at the map"))
        self.words, self.keep = QPlainTextEdit(self), pressed("Keep the words")
        self._rows = QVBoxLayout()
        self._shown: object = None
        self.words.setFixedHeight(64)
        self.words.setTabChangesFocus(True)
        self.column.addLayout(self._rows)
        self.column.addWidget(self.words)
        self.column.addWidget(self.keep)
        bind(self.words.setPlaceholderText, "In her own words")
        bind(self.words.setAccessibleName, "What was said of her, word for word")
        self.keep.clicked.connect(self._keep)

    def show_person(self, person: MapPerson) -> None:
        super().show_person(person)
        opened, locked = self._session.opened, self._session.locked
        quotes = [q for q in opened.quotes if q.person == person.id] if opened is not None else []
        self.words.setVisible(not locked)
        self.keep.setVisible(not locked)
        if quotes == self._shown:
            return
        self._shown = quotes
        _empty(self._rows)
        for quote in quotes:
            label = QLabel(f"„{quote.words}“ – {tr(SAID_BY_LABELS[quote.said_by]).lower()}", self)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._rows.addWidget(label)

    def _keep(self) -> None:
        words = self.words.toPlainText().strip()
        if words and self._person is not None:
            self.words.clear()
            self._session.add_quote(words, self._person.id)


def _empty(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
