"""The forms of a group course: the group, a child, a session, who came, and the group a child is moved to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.group_course import GroupCourse, GroupMember, GroupSession
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import group_courses
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.cooperation_forms import number
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import Row, Section
from ui.widgets.measures.editors import named
from ui.words import tr

SAVE = N_("Save (Ctrl+S)")


def _group_rows(efforts: Iterable[Effort], found: GroupCourse | None) -> tuple[Row | Section, ...]:
    titles = {one.id: one.title for one in efforts if one.group}
    rows: tuple[Row | Section, ...] = (
        Row("name", makers.text(), width=6),
        Row("effort", named({"": tr("None of them"), **titles}), width=6),
        Row(
            "first",
            makers.time_span(120),
            width=12,
            help=N_("The others follow on the same weekday, not on holidays."),
        ),
        Row("session_count", number, width=4),
        Row("weeks_between", number, width=4),
        Row("most", number, width=4),
        Row("ages", makers.text(N_("6-8 years, teenagers …")), width=4),
        Row("place", makers.text(), width=8),
        Row("leaders", makers.text(), width=12),
    )
    more = (Row("ended_on", makers.date("back"), width=4), Row("note", makers.long_text(2), width=12))
    return rows if found is None else (*rows, *more)


def group(
    house: House, parent: QWidget, efforts: Iterable[Effort], found: GroupCourse | None = None
) -> RecordDialog:
    """Begin a group, or change one."""
    shipped = house.books.efforts()

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return group_courses.begin(writer, dict(values_of(edits)), shipped)
        group_courses.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=GroupCourse, caption=N_("Group course"), rows=_group_rows(efforts, found), save=save, press=SAVE,
        explained=N_("Ten sessions and at most eight children unless you say otherwise; who cannot be in waits in line."),
        told=N_("The group is saved."), title=lambda: tr("Group course"), first="name",
        key="group_course:new" if found is None else f"group_course:{found.id.hex()}",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_TALKS: tuple[Row | Section, ...] = (
    Section(N_("Talks with the parents")),
    Row("talk_start", makers.date("back"), width=4),
    Row("talk_midway", makers.date("back"), width=4),
    Row("talk_end", makers.date("back"), width=4),
)


def member(
    house: House, parent: QWidget, of: Id, cases: Iterable[Case], found: GroupMember | None = None
) -> RecordDialog:
    """Put a child on a group, or change what stands of it."""
    children = {one.id: one.child_name or one.unborn_of for one in cases}

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            group_courses.add(writer, of, dict(values_of(edits)))
        else:
            group_courses.edit_member(writer, entity, edits)
        return of

    new = (Row("case", named(children, N_("A child without a case here")), width=6),)
    rows = (
        *(new if found is None else ()),
        Row(
            "name",
            makers.text(),
            width=6,
            help=N_("Not needed when a case is chosen.") if found is None else "",
        ),
        Row("contact", makers.text(), width=12),
        Row("note", makers.text(), width=12),
        *_TALKS,
    )
    record = Record(
        cls=GroupMember, caption=N_("Child of a group"), rows=rows, save=save, press=SAVE,
        told=N_("The child is on the list."),
        explained=N_("While there is room the child is in the group; else it waits, and keeps its turn."),
        title=lambda: tr("Child of a group"), first="name",
        key=f"group_member:new:{of.hex()}" if found is None else f"group_member:{found.id.hex()}",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_SESSION_ROWS: tuple[Row | Section, ...] = (
    Row("when", makers.time_span(120), width=12),
    Row("topic", makers.text(), width=12),
    Row("held", makers.flag(N_("It was held")), width=12),
    Row("note", makers.long_text(2), width=12),
)


def session(house: House, parent: QWidget, found: GroupSession) -> RecordDialog:
    """Move a session, or write its topic."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        group_courses.edit_session(writer, found.id, edits)
        return found.group or found.id

    record = Record(
        cls=GroupSession, caption=N_("Session of a group"), rows=_SESSION_ROWS, save=save, press=SAVE,
        told=N_("The session is saved."), title=lambda: tr("Session of a group"), first="topic",
        key=f"group_session:{found.id.hex()}", entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


def move(house: House, parent: QWidget, found: GroupMember, groups: Iterable[GroupCourse]) -> RecordDialog:
    """Move a child to another group."""
    names = {one.id: one.name for one in groups if one.id != found.group and one.ended_on is None}

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        chosen = dict(values_of(edits)).get("group") or next(iter(names))
        group_courses.move(writer, found.id, chosen)
        return found.id

    record = Record(
        cls=GroupMember, caption=N_("Move to another group"), rows=(Row("group", named(names), width=12),),
        save=save, press=SAVE, explained=N_("The child keeps its turn."),
        told=N_("The child is moved. Ctrl+Z moves it back."),
        title=lambda: tr("Move to another group"), first="group", key=f"group_member:{found.id.hex()}:move",
        shown=lambda _reader: {"group": next(iter(names), None)},
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)
