"""The internal cross-disciplinary meeting: what of this case is brought to it, and the meetings it is brought to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.anonymous import Found, Piece
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import PROFESSION_LABELS, SPARRING_LABELS, InternalCase
from caseworker_app.domain.meeting import Meeting
from caseworker_app.i18n import N_
from caseworker_app.services import internal_meetings, internal_series, internal_sheets
from caseworker_app.services.internal_meetings import AgendaView
from caseworker_app.services.internal_sheets import SheetView
from caseworker_app.services.ports import Reader
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.cooperation.internal_acts import InternalActs
from ui.widgets.cooperation.part import CooperationPart, new_key
from ui.words import tr

MOST_OFFERED = 3
"""So many meetings are offered to put a case on."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Where the case was brought, the meetings there are, and what is to be done after each."""

    views: tuple[SheetView, ...]
    agendas: tuple[AgendaView, ...]
    after: Mapping[Id, tuple[Agreement, ...]]
    planned: tuple[Meeting, ...] = ()
    """Internal meetings in the plan that have no agenda yet."""

    def agenda(self, sheet: InternalCase) -> AgendaView | None:
        """Return the meeting a case is on."""
        return next((one for one in self.agendas if one.agenda.id == sheet.agenda), None)


class InternalPart(CooperationPart[Loaded]):
    """A line a time the case is brought; its sheet is shown as it will be printed."""

    follows = frozenset(
        {
            "internal_case",
            "internal_agenda",
            "meeting",
            "agreement",
            "consent",
            "person",
            "case",
            "map_person",
        }
    )
    list_name = N_("Brought to internal meetings")
    nothing_yet = N_(
        "The case has not been brought to an internal meeting. The sheet is made by itself, without names, places, days "
        "and numbers; you write what you want the others' eyes on."
    )

    @cached_property
    def acts(self) -> InternalActs:
        """What can be done here."""
        return InternalActs(self)

    def doings(self) -> list[Button]:
        return [
            (N_("Bring the case (Ins)"), "Ins", self.acts.bring),
            (N_("Plan an internal meeting …"), "", self.acts.plan),
            (N_("Show and print the sheet (Ctrl+P)"), "Ctrl+P", self.acts.print),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        views = internal_sheets.views(reader, self.house.books, case.id)
        return Loaded(
            views,
            internal_meetings.agendas(reader),
            {one.sheet.id: internal_meetings.afterwards(reader, one.sheet.id) for one in views},
            internal_series.without_agenda(reader),
        )

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [self._line(loaded, one) for one in loaded.views]

    @staticmethod
    def _line(loaded: Loaded, one: SheetView) -> ListLine:
        sheet, agenda = one.sheet, loaded.agenda(one.sheet)
        words = " ".join(sheet.question.split())
        if sheet.discussed_on is not None and sheet.informed_on is None:
            return ListLine(sheet.id, words, tr("the family is not told yet"), "warning", "soon")
        if sheet.discussed_on is not None:
            return ListLine(
                sheet.id, words, tr("discussed {day}", day=short_day(sheet.discussed_on)), "done", "done"
            )
        if agenda is None or agenda.when is None:
            return ListLine(sheet.id, words, tr("on no meeting yet"), "note", "muted")
        return ListLine(sheet.id, words, tr("on {day}", day=short_day(agenda.when.day)), "today", "accent")

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        one = next((view for view in loaded.views if view.sheet.id == key), None)
        if one is None:
            return None
        sheet = one.sheet
        quiet = tr("With the family's name, by consent") if one.named else tr("Anonymous")
        doubts = tuple(self._doubt(sheet, piece) for piece in _once(one.doubts))
        return Page(
            tr("Case on an internal meeting"), quiet, tuple(self._minds(one, bool(doubts))),
            tasks_heading=tr("Words the machine cannot judge") if doubts else "", tasks=doubts,
            lead=Facts("", (), self._doings(loaded, one)), insert=partial(_shown, one),
            facts=(self._wishes(sheet), *self._meeting(loaded, sheet), *self._after(loaded, sheet)),
        )  # fmt: skip

    @staticmethod
    def _minds(one: SheetView, doubts: bool) -> Iterator[str]:
        if one.refused:
            yield tr(
                "The sheet is to be named, and no consent for an internal meeting stands. Record one under Consent, or "
                "take the tick away."
            )
        elif not one.named:
            yield tr(
                "Read the sheet before it is printed: a rare story is a name too. What was replaced is underlined."
            )
        if doubts and one.named:
            yield tr("The sheet is named.")

    def _doubt(self, sheet: InternalCase, piece: Piece) -> Task:
        word = piece.original
        stay = Doing(
            tr("Let it stay"),
            partial(self.do, lambda w: internal_meetings.let_stay(w, sheet.id, word), N_("The word stays.")),
        )
        mask = Doing(
            tr("Replace it"),
            partial(
                self.do, lambda w: internal_meetings.mask(w, sheet.id, word), N_("The word is replaced.")
            ),
        )
        if piece.found is Found.MASKED:
            return Task(word, tr("is replaced until you let it stay"), False, (stay,), "accent")
        return Task(word, tr("stands: is it somebody?"), False, (mask, stay))

    def _doings(self, loaded: Loaded, one: SheetView) -> tuple[Doing, ...]:
        sheet, about = one.sheet, tr("the case on the meeting")
        doings = [Doing(tr("Show and print …"), self.acts.print, primary=sheet.discussed_on is None)]
        doings.append(Doing(tr("Change …"), partial(self.acts.change, sheet), about=about))
        outcome = Doing(tr("What came of it …"), partial(self.acts.outcome, loaded, sheet), about=about)
        doings.append(outcome)
        if sheet.discussed_on is not None and sheet.informed_on is None:
            told = N_("The family is told; the agreement is settled. Ctrl+Z takes it back.")
            inform = partial(self.do, lambda w: internal_meetings.informed(w, sheet.id, w.today), told)
            doings.append(Doing(tr("The family was told today"), inform, primary=True))
        if sheet.discussed_on is not None:
            doings.append(
                Doing(tr("Write the journal entry"), partial(self.acts.journal, sheet), about=about)
            )
        removed = N_("The case is off the meeting. Ctrl+Z brings it back.")
        doings.append(self.removing(lambda w: internal_meetings.remove(w, sheet.id), removed, about))
        return tuple(doings)

    @staticmethod
    def _wishes(sheet: InternalCase) -> Facts:
        wanted = ", ".join(tr(label) for kind, label in PROFESSION_LABELS.items() if kind in sheet.wanted)
        sparring = "\n".join(tr(label) for kind, label in SPARRING_LABELS.items() if kind in sheet.sparring)
        return Facts("", ((tr("Professions wanted"), wanted), (tr("Sparring on"), sparring)))

    def _meeting(self, loaded: Loaded, sheet: InternalCase) -> Iterator[Facts]:
        now = loaded.agenda(sheet)
        if now is not None:
            rows = (
                (tr("Time"), _when(now)),
                (tr("Place"), now.place),
                (tr("Chair"), now.agenda.chair),
                (tr("Chair next time"), now.turn if now.turn != now.agenda.chair else ""),
                (tr("Time for each case"), tr("{n} minutes", n=now.minutes) if now.minutes else ""),
            )
            doings: tuple[Doing, ...] = (
                Doing(tr("Agenda on paper …"), partial(self.acts.agenda, now), about=tr("the meeting")),
                Doing(tr("Change the meeting …"), partial(self.acts.plan_or_change, now)),
            )
            if now.agenda.meeting is not None:
                go = partial(self.acts.go_to_meeting, now.agenda.meeting)
                doings = (Doing(tr("Go to the meeting"), go, primary=True), *doings)
            yield Facts(tr("The meeting"), rows, doings)
            return
        if sheet.discussed_on is not None:
            return
        open_ = [one for one in loaded.agendas if one.when is not None][:MOST_OFFERED]
        offers = [
            Doing(tr("Put on the meeting of {day}", day=short_day(one.when.day if one.when else None)),
                  partial(self.acts.put, sheet, one))
            for one in open_
        ]  # fmt: skip
        offers += [
            Doing(tr("Put on the meeting of {day}", day=short_day(one.when.day if one.when else None)),
                  partial(self.acts.put_on_meeting, sheet, one.id))
            for one in loaded.planned[:MOST_OFFERED]
        ]  # fmt: skip
        yield Facts(tr("The meeting"), (), (*offers, Doing(tr("Plan an internal meeting …"), self.acts.plan)))

    def _after(self, loaded: Loaded, sheet: InternalCase) -> Iterator[Facts]:
        todo = [f"{a.what}: {a.who}{' ✓' if a.done_on else ''}" for a in loaded.after.get(sheet.id, ())]
        rows = (
            (tr("Discussed on"), day_words(sheet.discussed_on)),
            (tr("What came of it"), sheet.ideas),
            (tr("The family was informed on"), day_words(sheet.informed_on)),
            (tr("To be done"), "\n".join(todo)),
        )
        yield Facts(tr("Afterwards"), rows)

    def chosen(self) -> InternalCase | None:
        """Return the case on a meeting that is shown."""
        views = () if self.loaded is None else self.loaded.views
        return next((one.sheet for one in views if one.sheet.id == self.list.key), None)

    def forms(self) -> Mapping[str, Callable[[], None]]:
        if self.case is None or self.loaded is None:
            return {}
        found = {
            new_key("internal_case", self.case.id): self.acts.bring,
            "internal_agenda:new": self.acts.plan,
        }
        for one in self.loaded.views:
            found[f"internal_case:{one.sheet.id.hex()}"] = partial(self.acts.change, one.sheet)
            found[f"internal_case:{one.sheet.id.hex()}:outcome"] = partial(
                self.acts.outcome, self.loaded, one.sheet
            )
        return found


def _shown(one: SheetView, parent: QWidget) -> QWidget:
    from ui.widgets.cooperation.sheet_text import SheetText

    return SheetText(one, parent)


def _once(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tuple({(piece.original, piece.found): piece for piece in pieces}.values())


def _when(agenda: AgendaView) -> str:
    if agenda.when is None:
        return ""
    start, end = agenda.when.start, agenda.when.end
    return f"{day_words(agenda.when.day)} {start:%H:%M}-{end:%H:%M}"
