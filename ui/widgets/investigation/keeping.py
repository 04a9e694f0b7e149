"""What is written under a topic of an investigation, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from caseworker_app.domain.form_spec import Forms, Topic, TopicKind
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import TRIANGLE, InvestigationAnswer
from caseworker_app.i18n import N_
from caseworker_app.services import investigations
from caseworker_app.services.forms import Edit
from caseworker_app.services.journal_desk import Link
from caseworker_app.services.ports import Reader, Writer
from ui.widgets.fields.base import FieldEditor
from ui.widgets.topic_form.columns import AnswerKeeping, Column, by_kind, editor_of


class Sources:
    """What can be linked to, offered to every editor of what a topic rests on."""

    def __init__(self) -> None:
        self._links: tuple[Link, ...] = ()
        self._editors: list[Any] = []

    def make(self, _topic: Topic) -> FieldEditor:
        """Return an editor of links."""
        from ui.widgets.journal.editors import LinksEditor

        editor = LinksEditor()
        editor.offer(self._links)
        self._editors.append(editor)
        return editor

    def offer(self, links: Sequence[Link]) -> None:
        """Offer other links from now on."""
        if tuple(links) == self._links:
            return
        from shiboken6 import isValid

        self._links = tuple(links)
        self._editors = [editor for editor in self._editors if isValid(editor)]
        for editor in self._editors:
            editor.offer(self._links)


def keeping(forms: Callable[[Reader], Forms], sources: Sources) -> AnswerKeeping:
    """Return how an investigation's answers are kept; ``forms`` are the forms in use."""

    def add(writer: Writer, about: Id, topic: str, values: Mapping[str, Any]) -> Id:
        return investigations.write_answer(writer, about, forms(writer), topic, values)

    def edit(writer: Writer, answer: Id, edits: Mapping[str, Edit]) -> None:
        investigations.edit_answer(writer, answer, forms(writer), edits)

    def columns(topic: Topic) -> tuple[Column, ...]:
        rests_on = Column("sources", sources.make, N_("Rests on"))
        if topic.goes_to == TRIANGLE:
            return (
                Column("challenges", editor_of, N_("Challenges"), wide=False),
                Column("resources", editor_of, N_("Resources"), wide=False),
                Column("child_words", editor_of, N_("The child's view"), wide=False),
                Column("parents_words", editor_of, N_("The parents' view"), wide=False),
                rests_on,
            )
        return (*by_kind(topic), rests_on) if topic.kind is TopicKind.TEXT else by_kind(topic)

    return AnswerKeeping(InvestigationAnswer, add, edit, columns)
