"""What is written under a topic: by its kind, or in columns of one's own; and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.form_spec import FIELD_OF, FormSpec, Topic, TopicKind
from caseworker_app.domain.ids import Id
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer

if TYPE_CHECKING:
    from ui.widgets.fields.base import FieldEditor


@dataclass(frozen=True, slots=True)
class Column:
    """One field of an answer on the screen. ``label`` is a msgid, empty where the topic's heading says it all; two narrow
    columns stand side by side, a ``wide`` one alone."""

    field: str
    editor: Callable[[Topic], FieldEditor]
    label: str = ""
    wide: bool = True


def editor_of(topic: Topic) -> FieldEditor:
    """Return the editor of a topic's kind."""
    from ui.widgets.fields.tags import TagsLine
    from ui.widgets.topic_form import editors

    match topic.kind:
        case TopicKind.TAGS:
            return editors.OptionsEditor(topic.options) if topic.options else TagsLine()
        case TopicKind.CHOICE:
            return editors.OneOfEditor(topic.options)
        case TopicKind.NUMBER:
            return editors.NumberEditor()
    return editors.PageEditor()


def by_kind(topic: Topic) -> tuple[Column, ...]:
    """Return the one column of a topic's kind: the answer's field ``text``, ``tags``, ``chosen`` or ``number``."""
    return (Column(FIELD_OF[topic.kind], editor_of),)


@dataclass(frozen=True)
class AnswerKeeping:
    """How answers are kept: their class, the first words under a topic of what is filled in, and every change after it.

    ``add(writer, about, topic, values)`` and ``edit(writer, answer, edits)`` are acts that say what they do. The class
    needs no other fields than the columns name. ``one_act`` is the msgid of what is said when a topic was emptied.
    """

    cls: type[Entity]
    add: Callable[[Writer, Id, str, Mapping[str, Any]], Id]
    edit: Callable[[Writer, Id, Mapping[str, Edit]], None]
    columns: Callable[[Topic], Sequence[Column]] = by_kind


@dataclass(frozen=True)
class Shown:
    """What a form is shown for: ``about`` is what is filled in, of the type ``kind`` in the log, in a case's ``stream``.

    ``title`` says what its draft is called where drafts are listed; ``answers`` returns the live answers by topic.
    """

    spec: FormSpec
    about: Id
    stream: Id
    kind: str
    title: str
    answers: Callable[[Reader], Mapping[str, Id]]

    @property
    def draft_key(self) -> str:
        """The key of the draft of what is not saved yet."""
        return f"topics:{self.about.hex()}"
