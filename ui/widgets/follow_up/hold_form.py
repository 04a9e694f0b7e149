"""The form of a follow-up in the order of the conversation, and what it comes to when it is saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import full_date
from caseworker_app.domain.follow_up import ANSWER_LABELS, FACE_TO_FACE, Way
from caseworker_app.domain.intervention import InterventionKind
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.i18n import N_
from caseworker_app.services.deadline import Deadline
from caseworker_app.services.follow_up_pages import Opening
from caseworker_app.services.follow_ups import Held
from caseworker_app.services.follow_ups_together import Also, OwnPart
from ui.models.caseload_rows import child_words
from ui.models.hold_words import (
    last_words,
    law_date_words,
    other_words,
    planned_words,
)
from ui.widgets.field_row import Row
from ui.widgets.fields import makers
from ui.widgets.follow_up.child_rows import ChildRows, SiblingRows
from ui.widgets.follow_up.editors import WhoEditor
from ui.widgets.follow_up.hold_editors import DueEditor, WayEditor
from ui.widgets.follow_up.pad import Pad
from ui.words import bind_call, tr


@dataclass(frozen=True, slots=True)
class Begun:
    """What the form opens with: the case, the opening, who could take part, today, the next day to agree, what a visit
    could settle for others of the family, the statutory date that is settled by the same follow-up, and the siblings'
    interventions it can be held for at the same time."""

    case: Case
    opening: Opening
    people: tuple[str, ...]
    today: dt.date
    next: dt.date | None
    family: tuple[Deadline, ...]
    law: DueItem | None = None
    also: tuple[Also, ...] = ()


class HoldForm(Pad):
    """The fields of one follow-up. Which of them are in sight follows from what is said in the others."""

    def __init__(self, begun: Begun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.begun = begun
        self.child = ChildRows(self, begun.opening.goals, unborn=begun.case.unborn)
        self.siblings: list[SiblingRows] = []
        self._end()
        self._when()
        self._since()
        self.child.talk()
        self.child.reviews()
        self._decided()
        self._also()
        self._next()
        for row in self.rows.values():
            row.editor.today = begun.today
        self._fill()
        self.finish()
        self.edited.connect(self._on_edited)
        bind_call(self, self.arrange)

    # the sections, in the order of the conversation

    def _end(self) -> None:
        """An institution opens with its end: what is planned, and what is still to be asked."""
        opening = self.begun.opening
        if opening.intervention.kind is not InterventionKind.INSTITUTION:
            return
        self.section(lambda: tr("The stay is a treatment with an end"))
        self.words(lambda: planned_words(opening))
        self.words(lambda: "\n".join(i18n.say(words) for words in opening.warnings), "soon")
        self.words(lambda: "\n".join(f"– {i18n.say(ask.question)}" for ask in opening.asks), "note")
        self.add(Row("towards_end", makers.long_text(2), width=12, label=N_("Towards the end of the stay")))

    def _when(self) -> None:
        opening = self.begun.opening
        self.section(lambda: tr("When, how and who"))
        self.add(Row("due", lambda: DueEditor(opening.open_dates), width=6, label=N_("Settles the due date")))
        self.add(Row("held_on", makers.date("back"), width=3, label=N_("Held on")))
        self.add(Row("written_on", makers.date("back"), width=3, label=N_("Written on")))
        self.add(Row("way", WayEditor, width=4, label=N_("How it was held")))
        self.add(Row("place", makers.text(), width=4, label=N_("Place")))
        self.add(
            Row("supervision", makers.flag(N_("Also a supervision visit")), width=4, label=N_("Supervision"))
        )
        self.add(Row("participants", WhoEditor, width=12, label=N_("Who took part")))
        self.add(
            Row("skipped", makers.long_text(2), width=12, label=N_("Why the earlier due dates are let go"))
        )
        self.permitted = self.words(self._say_permitted)
        self.words(lambda: law_date_words(self.begun.law))

    def _since(self) -> None:
        if last_words(self.begun.opening):
            self.section(lambda: tr("Last time"))
            self.words(lambda: last_words(self.begun.opening))

    def _decided(self) -> None:
        self.section(lambda: tr("What is decided"))
        self.add(
            Row(
                "new_goals",
                makers.choice(ANSWER_LABELS, N_("Not decided")),
                width=3,
                label=N_("New goals in the plan"),
            )
        )
        self.add(Row("new_goals_reason", makers.text(), width=9, label=N_("Why, or why not")))
        item = self.begun.opening.item
        if item is not None and item.status:
            self.add(Row("status", makers.long_text(2), width=12, label=N_("Status: go on or end, and when")))
        self.add(Row("summary", makers.long_text(3), width=12, label=N_("What was said and decided")))

    def _also(self) -> None:
        """Held with brothers or sisters: what is common stands above, each child's own part here."""
        begun = self.begun
        if not begun.also:
            return
        self.section(lambda: tr("Held for siblings at the same time"))
        self.words(
            lambda: tr("Day, place, people and what was said and decided are written in every child's file; what is "
                       "written of one child stands only in that child's.")
        )  # fmt: skip
        own = Row("own", makers.long_text(2), width=12, label=N_("About this child alone"),
                  help=N_("Stands in this child's file only."))  # fmt: skip
        self.siblings = [SiblingRows(self, also, begun.today) for also in begun.also]
        self.own_words = self.words(lambda: child_words(begun.case), "note")
        self.add(own)

    def _next(self) -> None:
        self.section(lambda: tr("The next follow-up, agreed now"))
        self.add(Row("next_on", makers.date("ahead"), width=4, label=N_("Next follow-up agreed")))
        self.add(Row("next_place", makers.text(), width=8, label=N_("Place next time")))
        self.suggestion = self.button(self._say_next, self._agree)
        if self.begun.family:
            self.section(lambda: tr("A visit could settle this too"))
            self.words(lambda: "\n".join(f"– {other_words(one)}" for one in self.begun.family))

    # what stands in it

    def _fill(self) -> None:
        begun = self.begun
        if isinstance(who := self.rows["participants"].editor, WhoEditor):
            who.offer(begun.people)
        self.rows["due"].editor.show_value(None if begun.opening.item is None else begun.opening.item.due)
        given = {"held_on": begun.today, "written_on": begun.today, "way": Way.MEETING}
        for name, value in given.items():
            self.rows[name].editor.show_value(value)
        if isinstance(due := self.rows["due"].editor, DueEditor):
            due.say_days()
        for row in self.rows.values():
            row.say_hint()
        self.permit(begun)

    def permit(self, begun: Begun) -> None:
        """Take in how this one may be held for the due date and day said, and the next day to agree."""
        self.begun = begun
        editor = self.rows["way"].editor
        if isinstance(editor, WayEditor):
            editor.permit(begun.opening.allowed.ways)
        self.child.permit(begun.opening.allowed.talk_optional)
        for said, words in ((self.permitted, self._say_permitted()), (self.suggestion, self._say_next())):
            said.setText(words)
            said.setVisible(bool(words))

    def _on_edited(self, name: str) -> None:
        """Take the talk as held when the child's words are written; arrange the rest."""
        for child in (self.child, *self.siblings):
            child.take_as_held(name)
        self.arrange()

    def arrange(self) -> None:
        """Show the fields that what is said asks for."""
        rows = self.rows
        for child in (self.child, *self.siblings):
            child.arrange()
        if "own" in rows:
            together = any(child.wanted for child in self.siblings)
            for each in (rows["own"], self.own_words):
                each.setVisible(together)
        rows["supervision"].setVisible(self.begun.opening.intervention.placement)
        rows["skipped"].setVisible(bool(self.earlier()))
        rows["new_goals_reason"].setVisible(rows["new_goals"].editor.value() is not None)

    def earlier(self) -> list[dt.date]:
        """Return the open due dates before the one chosen."""
        due = self.value("due")
        return [] if due is None else [i.due for i in self.begun.opening.open_dates if i.due < due]

    def _say_permitted(self) -> str:
        allowed = self.begun.opening.allowed
        if self.begun.opening.item is None or allowed.ways == frozenset(Way):
            return ""
        if allowed.ways <= FACE_TO_FACE:
            return tr("It is held face to face. Another way needs an exception agreed with the team leader.")
        if allowed.talk_optional:
            return tr("By the agreed exception another way is permitted, and the talk may be left out.")
        return tr("By the agreed exception another way is permitted; the talk with the child is still held.")

    def _say_next(self) -> str:
        day = self.begun.next
        if day is None:
            return ""
        return tr("Agree on {day}: the last working day in time", day=full_date(day, i18n.current().language))

    def _agree(self) -> None:
        self.set_value("next_on", self.begun.next)

    # what it comes to

    def held(self) -> Held:
        """Return the follow-up as it is written. Raises :class:`InvalidInput` for what cannot be read."""
        value = self.value
        return Held(
            intervention=self.begun.opening.intervention.id,
            held_on=value("held_on") or self.begun.today,
            due=value("due"),
            written_on=value("written_on"),
            way=value("way") or Way.MEETING,
            place=value("place"),
            participants=value("participants"),
            towards_end=value("towards_end", ""),
            status=value("status", ""),
            summary=value("summary"),
            new_goals=value("new_goals"),
            new_goals_reason=value("new_goals_reason"),
            supervision=self.begun.opening.intervention.placement and value("supervision"),
            next_on=value("next_on"),
            next_place=value("next_place"),
            talk=self.child.said(),
            reviews=self.child.reviewed(),
            skipped=value("skipped"),
        )

    def own(self) -> str:
        """Return what is said of this child alone, when it is held for siblings too."""
        return str(self.value("own", "")) if self.others() else ""

    def others(self) -> tuple[OwnPart, ...]:
        """Return each sibling's part. Raises :class:`InvalidInput` for what cannot be read."""
        return tuple(child.part() for child in self.siblings if child.wanted)
