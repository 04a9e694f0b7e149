"""What the window of a written follow-up is made of: its fields, what it opens with, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from caseworker_app import i18n
from caseworker_app.domain.dates import full_date, long_date
from caseworker_app.domain.follow_up import ANSWER_LABELS, FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.plan import MARK_SOURCE_LABELS
from caseworker_app.i18n import N_
from caseworker_app.services import follow_up_pages
from caseworker_app.services.follow_up_pages import NEW, FollowUpView
from caseworker_app.services.follow_up_terms import Allowed
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.taking_back import TakenBack
from ui.models.hold_words import talk_ways
from ui.widgets.fields import makers
from ui.widgets.follow_up.doing import put_back
from ui.widgets.follow_up.editors import WhoEditor
from ui.widgets.follow_up.hold_editors import TalkStateEditor, WayEditor
from ui.widgets.form_view import Row, Section, draft_key
from ui.words import tr

HELD_FIELDS = ("held_on", "alone", "way", "participants", "child_words", "assessment")
ROWS = (
    Row("held_on", makers.date("back"), width=3),
    Row("written_on", makers.date("back"), width=3),
    Row("way", WayEditor, width=3),
    Row("place", makers.text(), width=3),
    Row("participants", WhoEditor, width=12),
    Row("supervision", makers.flag(N_("Also a supervision visit")), width=12),
    Row("towards_end", makers.long_text(2), width=12),
    Section(N_("What is decided")),
    Row("new_goals", makers.choice(ANSWER_LABELS, N_("Not decided")), width=3),
    Row("new_goals_reason", makers.text(), width=9, label=N_("Why, or why not")),
    Row("status", makers.long_text(2), width=12),
    Row("summary", makers.long_text(3), width=12),
    Row("next_on", makers.date("ahead"), width=4),
    Row("next_place", makers.text(), width=8),
)
TALK_ROWS = (
    Section(N_("The talk with the child")),
    Row("state", TalkStateEditor, width=3),
    Row("held_on", makers.date("back"), width=3),
    Row("way", makers.choice(talk_ways()), width=3, label=N_("How the talk was held")),
    Row("alone", makers.flag(N_("Alone with the child")), width=3),
    Row("participants", WhoEditor, width=12),
    Row("child_words", makers.long_text(4), width=6, help=N_("Word for word, as the child said it.")),
    Row("assessment", makers.long_text(4), width=6),
    Row("reason", makers.long_text(2), width=12),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What the dialog opens with: the follow-up, its intervention, who could take part, how it could be held."""

    view: FollowUpView
    intervention: Intervention
    people: tuple[str, ...]
    allowed: Allowed
    back: TakenBack
    begun: bool = False
    """Whether a talk was begun to be written, and a draft of it is kept."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is saved in one act: edits of the follow-up, of its talks, and the fields of a talk that is added."""

    whole: Mapping[str, Edit] = field(default_factory=dict)
    talks: Mapping[Id, Mapping[str, Edit]] = field(default_factory=dict)
    added: Mapping[str, Edit] = field(default_factory=dict)

    def write(self, writer: Writer, book: RuleBook, follow_up: Id) -> None:
        """Write all of it, and let the drafts go."""
        added = {name: edit.value for name, edit in self.added.items()} if self.added else None
        follow_up_pages.edit_whole(writer, book, follow_up, self.whole, self.talks, added)
        writer.drop_draft(draft_key(FollowUp, follow_up))
        writer.drop_draft(added_key(follow_up))
        for talk in self.talks:
            writer.drop_draft(talk_key(follow_up, talk))


def added_key(follow_up: Id) -> str:
    """Return the key of the draft of a talk that nobody has written yet."""
    return f"{draft_key(FollowUp, follow_up)}:talk:{NEW}"


def talk_key(follow_up: Id, talk: Id) -> str:
    """Return the key of the draft of a talk: it begins with that of its follow-up."""
    return f"{draft_key(FollowUp, follow_up)}:talk:{talk.hex()}"


def about(written: Written) -> list[str]:
    """Say which due date it settles, why it was let go where it was, and what no longer follows a change."""
    held, language = written.view.follow_up, i18n.current().language
    if held.due is None:
        said = [tr("A contact beside the due dates: it settles none.")]
    else:
        said = [tr("It settles the due date {day}.", day=full_date(held.due, language))]
    if held.waiver is not None and held.held_on is None:
        day = long_date(held.waiver.on, language)
        said.append(
            tr("Waived on {day} by {who}: {reason}", day=day, who=held.waiver.by, reason=held.waiver.reason)
        )
    if written.view.signed:
        said.append(
            tr("The journal entry of the talk is signed: it stays as it is, whatever is changed here.")
        )
    said += [tr("If it is taken back: {what}", what=one) for one in put_back(written.back)]
    return said


def marks(view: FollowUpView) -> list[str]:
    """Say what was marked of the goals; they are changed under Plan and goals."""
    said = []
    for goal, mark in view.marks:
        how_far = "" if mark.value is None else tr("{value} of 10", value=mark.value)
        words = ", ".join(part for part in (how_far, mark.words) if part)
        said.append(f"– {goal.text}: {words} ({tr(MARK_SOURCE_LABELS[mark.source]).lower()})")
    return [tr("The goals, as they were marked at this follow-up:"), *said] if said else []


def label(look: str) -> QLabel:
    """Return a label for words that are plain and may be long."""
    made = QLabel()
    made.setProperty("look", look)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made
