"""The form over what is filled in: its sections, its topics, the draft of what is not saved yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.entity import type_of
from caseworker_app.domain.form_spec import FormSection
from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Draft, Reader, Writer
from ui.house import House
from ui.tasks import Query, Touched
from ui.widgets.form_drafts import DraftKeeper
from ui.widgets.meeting.saved_row import Kept
from ui.widgets.topic_form.card import TopicCard
from ui.widgets.topic_form.columns import AnswerKeeping, Shown
from ui.words import tr

Answers = Mapping[str, tuple[Id, Mapping[str, Field[Any]]]]
"""By topic the answer's id and its fields."""


class TopicForm(QScrollArea):
    """See the package. ``loaded`` comes when what is filled in stands in it, ``turned`` with the topic that is gone to.

    With ``one`` only the topic that was gone to is shown, without the others' headings: for a page that has its own list
    of them.
    """

    loaded = Signal()
    turned = Signal(str)

    def __init__(
        self, house: House, keeping: AnswerKeeping, *, one: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._house, self._keeping, self._one = house, keeping, one
        self._shown: Shown | None = None
        self._asked = 0
        self._topic = ""
        self.cards: dict[str, TopicCard] = {}
        self._heads: dict[str, QWidget] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.keeper = DraftKeeper(house, self._draft, self)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.step(step))

    # what is shown

    @property
    def shown(self) -> Shown | None:
        """What the form is shown for."""
        return self._shown

    @property
    def topic(self) -> str:
        """The topic gone to last."""
        return self._topic

    def show_form(self, shown: Shown) -> None:
        """Show what is filled in, with what a draft kept of it; what stood here before is saved."""
        again = self._shown is not None and self._shown.about == shown.about
        if again and self._shown is not None and self._shown.spec == shown.spec:
            self._shown = shown
            self._ask()
            return
        self.leave()
        self._shown, self._topic = shown, ""
        self._make_cards(shown)
        self._ask(first=True)

    def _make_cards(self, shown: Shown) -> None:
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 8, 16)
        lines.setSpacing(0)
        self.cards, self._heads = {}, {}
        for section in shown.spec.sections:
            self._heads[section.id] = _section_head(section, body)
            lines.addWidget(self._heads[section.id])
            for topic in section.topics:
                card = TopicCard(self._house, self._keeping, topic, shown.about, body)
                card.typed.connect(self.keeper.note)
                card.stored.connect(self.keeper.saved)
                card.unfolded.connect(lambda card=card: self._connect(card))
                lines.addWidget(card)
                self.cards[topic.id] = card
        lines.addStretch(1)
        for head in self._heads.values():
            head.setVisible(not self._one)
        for card in self.cards.values():
            card.setVisible(not self._one)
            if self._one:
                card.stand_alone()
        self.setWidget(body)

    def _connect(self, card: TopicCard) -> None:
        """Let a topic's fields be saved in one act with what becomes of the draft, and tell where the form stands."""
        if card.row is not None:
            card.row.in_same_act = lambda: self._rest(card)

    def _ask(self, first: bool = False) -> None:
        shown, cls = self._shown, self._keeping.cls
        if shown is None:
            return
        self._asked += 1
        asked = self._asked

        def ask(reader: Reader) -> tuple[Answers, Draft | None]:
            answers = {t: (a, reader.fields(cls, a)) for t, a in shown.answers(reader).items()}
            return answers, reader.draft(shown.draft_key) if first else None

        def show(answer: tuple[Answers, Draft | None]) -> None:
            if shown.about != (self._shown.about if self._shown else None):
                return
            if asked == self._asked or first:
                self._take_in(answer[0])
            if first:
                self.keeper.begin(shown.draft_key, there=answer[1] is not None)
                self._unfold_written()
                if answer[1] is not None:
                    self._resume(answer[1])
                self.loaded.emit()

        self._house.tasks.query(self, Query(ask, show))

    def _take_in(self, answers: Answers) -> None:
        for topic, card in self.cards.items():
            card.follow(*answers.get(topic, (None, {})))

    def _unfold_written(self) -> None:
        for card in self.cards.values():
            if card.written and not self._one:
                card.unfold()

    def go_to(self, topic: str) -> None:
        """Unfold a topic and put the keyboard in its first field; a name that is none leaves everything."""
        if self.show_topic(topic):
            self.cards[topic].go()

    def show_topic(self, topic: str) -> bool:
        """Unfold a topic; the keyboard stays where it is. Return whether there is one of that id."""
        if topic not in self.cards:
            return False
        if self._one:
            for name, card in self.cards.items():
                card.setVisible(name == topic)
        self._topic = topic
        self.cards[topic].unfold()
        self.turned.emit(topic)
        return True

    def step(self, by: int) -> None:
        """Go to the next topic, or the one before."""
        names = list(self.cards)
        if not names:
            return
        focus = QApplication.focusWidget()
        at = next((n for n, c in enumerate(self.cards.values()) if focus and c.isAncestorOf(focus)), -1)
        if at < 0 and self._topic in names:
            at = names.index(self._topic)
        self.go_to(names[max(0, min(len(names) - 1, at + by))])

    def follow(self, touched: Touched) -> None:
        """Ask again when answers changed."""
        name = type_of(self._keeping.cls).name
        if any(kind == name for kind, _entity in touched):
            self._ask()

    def commit(self) -> None:
        """Save what is written."""
        for card in self.cards.values():
            card.commit()

    def leave(self) -> bool:
        """Save what is written; what cannot be read stays a draft."""
        self.commit()
        self.keeper.flush()
        return True

    # drafts

    def _draft(self, but: TopicCard | None = None) -> Draft | None:
        shown = self._shown
        if shown is None:
            return None
        fields: Kept = {}
        for topic, card in self.cards.items():
            if card is not but:
                fields |= {f"{topic}/{name}": value for name, value in card.unsaved().items()}
        if not fields:
            return None
        return Draft(shown.draft_key, shown.kind, shown.about, shown.stream, shown.title, fields)

    def _rest(self, card: TopicCard) -> Callable[[Writer], None]:
        """Say what keeping a topic does with the draft: what else is unsaved stays in it."""
        rest, key = self._draft(but=card), "" if self._shown is None else self._shown.draft_key

        def keep(writer: Writer) -> None:
            if rest is None:
                writer.drop_draft(key)
            else:
                writer.save_draft(rest)

        return keep

    def _resume(self, draft: Draft) -> None:
        known: dict[str, Kept] = defaultdict(dict)
        for name, value in draft.fields.items():
            topic, _, field = name.partition("/")
            known[topic][field] = value
        for topic, kept in known.items():
            if topic in self.cards:
                self.cards[topic].resume(kept)
        self.keeper.note()
        self._house.say(tr("A draft was fetched."))


def _section_head(section: FormSection, parent: QWidget) -> QWidget:
    head = QWidget(parent)
    lines = QVBoxLayout(head)
    lines.setContentsMargins(4, 12, 0, 0)
    lines.setSpacing(0)
    for words, look in ((section.label, "subheading"), (section.help, "muted")):
        if words:
            label = QLabel(words, head)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("look", look)
            lines.addWidget(label)
    return head
