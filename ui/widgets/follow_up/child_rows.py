"""What a follow-up asks of one child: the talk, the goals; for a sibling also the due date and words of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.follow_up import TalkState, Way
from caseworker_app.domain.plan import GOAL_STATUS_LABELS, MARK_SOURCE_LABELS, GoalStatus, MarkSource
from caseworker_app.i18n import N_
from caseworker_app.services.follow_ups import Review, Talk
from caseworker_app.services.follow_ups_together import Also, OwnPart
from caseworker_app.services.goals import GoalView
from ui.models.caseload_rows import child_words
from ui.models.hold_words import flat, so_far_words, talk_ways
from ui.widgets.field_row import Row
from ui.widgets.fields import makers
from ui.widgets.fields.choice import FlagEditor
from ui.widgets.follow_up.hold_editors import DueEditor, ScaleEditor, TalkStateEditor
from ui.widgets.follow_up.pad import Pad
from ui.words import bind_call, tr

TALK_FIELDS = ("talk_way", "alone", "child_words", "assessment")


class ChildRows:
    """The fields about one child on a pad; ``prefix`` tells them from those of another child."""

    def __init__(self, pad: Pad, goals: Sequence[GoalView], *, unborn: bool, prefix: str = "") -> None:
        self.pad, self.goals, self.prefix = pad, flat(goals), prefix
        self._unborn = unborn

    def _add(self, row: Row) -> None:
        self.pad.add(row)

    def value(self, name: str, otherwise: Any = None) -> Any:
        """Return the value of one of this child's fields."""
        return self.pad.value(f"{self.prefix}{name}", otherwise)

    def talk(self, heading: str = N_("The talk with the child")) -> list[QWidget]:
        """Put the talk on the pad; return what stands between its fields. An unborn child has none."""
        if self._unborn:
            return []
        at = self.prefix
        said = self.pad.section(lambda: tr(heading))
        self._add(Row(f"{at}state", TalkStateEditor, width=4, label=N_("The talk was")))
        self._add(
            Row(f"{at}talk_way", makers.choice(talk_ways()), width=4, label=N_("How the talk was held"))
        )
        self._add(Row(f"{at}alone", makers.flag(N_("Alone with the child")), width=4, label=N_("Alone")))
        self._add(
            Row(f"{at}child_words", makers.long_text(4), width=6, label=N_("The child's own words"),
                help=N_("Word for word, as the child said it."))
        )  # fmt: skip
        self._add(Row(f"{at}assessment", makers.long_text(4), width=6, label=N_("The worker's assessment")))
        self._add(Row(f"{at}reason", makers.long_text(2), width=12, label=N_("Why it was not held")))
        self.pad.rows[f"{at}talk_way"].editor.show_value(Way.MEETING)
        return [said]

    def reviews(self) -> list[QWidget]:
        """Put the goals on the pad; return what stands between their fields."""
        said: list[QWidget] = [self.pad.section(lambda: tr("The goals"))]
        if not self.goals:
            said.append(
                self.pad.words(
                    lambda: tr("There is no goal to review yet. Goals are written under Plan and goals.")
                )
            )
        for view in self.goals:
            said += self._review(view)
        return said

    def _review(self, view: GoalView) -> list[QWidget]:
        goal, name = view.goal, view.goal.id.hex()
        offered = {
            status: label
            for status, label in GOAL_STATUS_LABELS.items()
            if status is not GoalStatus.ACTIVE or not view.missing or goal.status is status
        }
        said: list[QWidget] = [
            self.pad.words(lambda: goal.text, ""),
            self.pad.words(lambda: so_far_words(view)),
        ]
        self._add(Row(f"{name}:value", ScaleEditor, width=2, label=N_("How far (0-10)")))
        self._add(Row(f"{name}:source", makers.choice(MARK_SOURCE_LABELS), width=3, label=N_("Who says it")))
        self._add(Row(f"{name}:words", makers.text(), width=4, label=N_("In words")))
        self._add(Row(f"{name}:status", makers.choice(offered), width=3, label=N_("Status")))
        self.pad.rows[f"{name}:source"].editor.show_value(MarkSource.WORKER)
        self.pad.rows[f"{name}:status"].editor.show_value(goal.status)
        return said

    def permit(self, talk_optional: bool) -> None:
        """Let the talk be left out only where an exception says so."""
        row = self.pad.rows.get(f"{self.prefix}state")
        if row is not None and isinstance(row.editor, TalkStateEditor):
            row.editor.permit(
                [None, *(one for one in TalkState if talk_optional or one is not TalkState.LEFT_OUT)]
            )

    def take_as_held(self, name: str) -> None:
        """Take the talk as held when the child's words are written."""
        if name in (f"{self.prefix}{each}" for each in ("child_words", "assessment", "alone")):
            row = self.pad.rows[f"{self.prefix}state"]
            if row.editor.value() is None:
                row.editor.show_value(TalkState.HELD)

    def arrange(self) -> None:
        """Show the fields of the talk that its state asks for."""
        rows, at = self.pad.rows, self.prefix
        if f"{at}state" in rows:
            held = rows[f"{at}state"].editor.value() in (None, TalkState.HELD)
            for name in TALK_FIELDS:
                rows[f"{at}{name}"].setVisible(held)
            rows[f"{at}reason"].setVisible(not held)

    # what it comes to

    def said(self) -> Talk | None:
        """Return the talk; ``None`` while nothing is said of it."""
        state = self.value("state")
        if state is None:
            return None
        if state is not TalkState.HELD:
            return Talk(state=state, reason=self.value("reason"))
        return Talk(
            state=state,
            way=self.value("talk_way"),
            alone=self.value("alone"),
            child_words=self.value("child_words"),
            assessment=self.value("assessment"),
        )

    def reviewed(self) -> tuple[Review, ...]:
        """Return the goals something was said of."""
        return tuple(review for view in self.goals if (review := self._reviewed(view)) is not None)

    def _reviewed(self, view: GoalView) -> Review | None:
        name, value = view.goal.id.hex(), self.pad.value
        how_far, words = value(f"{name}:value"), str(value(f"{name}:words")).strip()
        status = value(f"{name}:status")
        if how_far is None and not words and status is view.goal.status:
            return None
        source = value(f"{name}:source") or MarkSource.WORKER
        return Review(view.goal.id, how_far, words, source, None if status is view.goal.status else status)


class SiblingTick(FlagEditor):
    """The tick that a sibling is with, named by the child and the intervention."""

    def __init__(self, also: Also) -> None:
        super().__init__("")
        self._also = also
        bind_call(self.box, self._say)

    def _say(self) -> None:
        name, what = child_words(self._also.case), self._also.opening.intervention.name
        words = tr("Also for {name}: {what}", name=name, what=what)
        self.box.setText(words.replace("&", "&&"))
        self.box.setAccessibleName(words)

    def name_parts(self, label: str) -> None:
        self._say()


class SiblingRows(ChildRows):
    """The fields about one sibling, behind a tick: in sight only while the follow-up is held for it too."""

    def __init__(self, pad: Pad, also: Also, today: dt.date) -> None:
        super().__init__(pad, also.opening.goals, unborn=also.case.unborn, prefix=f"{also.key}:")
        self.also = also
        self.tick = f"{self.prefix}with"
        self._add(Row(self.tick, lambda: SiblingTick(also), width=12, label=N_("Also for")))
        before = set(pad.rows)
        self._between: list[QWidget] = []
        self._add(
            Row(f"{self.prefix}due", lambda: DueEditor(also.opening.open_dates), width=6,
                label=N_("Settles the due date"))
        )  # fmt: skip
        self._add(
            Row(f"{self.prefix}skipped", makers.long_text(2), width=12,
                label=N_("Why the earlier due dates are let go"))
        )  # fmt: skip
        self._between += self.talk(N_("The talk with this child"))
        self._between += self.reviews()
        self._add(
            Row(f"{self.prefix}summary", makers.long_text(3), width=12, label=N_("About this child alone"),
                help=N_("Stands in this child's file only."))
        )  # fmt: skip
        self._own = [row for each, row in pad.rows.items() if each not in before]
        due = pad.rows[f"{self.prefix}due"].editor
        due.today = today
        due.show_value(None if also.opening.item is None else also.opening.item.due)
        if isinstance(due, DueEditor):
            due.say_days()
        self.permit(also.opening.allowed.talk_optional)

    @property
    def wanted(self) -> bool:
        """Whether the follow-up is held for this child too."""
        return bool(self.pad.value(self.tick))

    def arrange(self) -> None:
        """Show this child's fields only when they are wanted."""
        wanted = self.wanted
        for each in (*self._own, *self._between):
            each.setVisible(wanted)
        if wanted:
            super().arrange()
            due = self.value("due")
            earlier = due is not None and any(item.due < due for item in self.also.opening.open_dates)
            self.pad.rows[f"{self.prefix}skipped"].setVisible(earlier)

    def part(self) -> OwnPart:
        """Return this child's part."""
        return OwnPart(
            self.also.opening.intervention.id,
            self.value("due"),
            self.said(),
            self.reviewed(),
            self.value("summary"),
            self.value("skipped"),
        )
