"""Consents of one case, and what parents were heard about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from caseworker_app.domain.case import Case
from caseworker_app.domain.consent import (
    CONSENT_FORM_LABELS,
    CONSENT_USE_LABELS,
    GIVER_CAPACITY_LABELS,
    INFORMATION_KIND_LABELS,
    Consent,
    ParentsHearing,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from caseworker_app.i18n import N_
from caseworker_app.services import consents, parents_hearings
from caseworker_app.services.ports import Draft, Reader
from ui.house import Place
from ui.tasks import Op
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.today.due_words import said
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case's consents and hearings; ``written`` says by the hearing what became of it in the journal."""

    today: dt.date
    consents: tuple[Consent, ...]
    hearings: tuple[ParentsHearing, ...]
    written: dict[Id, str]


class ConsentsPart(Register[Loaded]):
    """Consents above, hearings of parents below them in one list."""

    follows = frozenset({"consent", "parents_hearing", "entry", "entry_draft", "case"})
    list_name = N_("Consents and hearings of parents")
    nothing_yet = N_(
        "No consent and no hearing of a parent is recorded. A consent says who lets which information go to whom, and "
        "what for; where information is about to leave, it stands beside it."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("New consent (Ins)"), "Ins", self.give),
            (N_("Hear a parent …"), "", self.hear),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        hearings = parents_hearings.of_case(reader, case.id)
        written: dict[Id, str] = {}
        for one in hearings:
            found = parents_hearings.written(reader, one.id)
            if found is not None:
                written[one.id] = "signed" if isinstance(found, Entry) else "draft"
        return Loaded(reader.today, consents.of_case(reader, case.id), hearings, written)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [
            *(self._consent_line(loaded, one) for one in loaded.consents),
            *(self._hearing_line(loaded, one) for one in loaded.hearings),
        ]

    def _consent_line(self, loaded: Loaded, one: Consent) -> ListLine:
        words = tr("{giver} to {recipient}", giver=one.giver, recipient=one.recipient)
        if one.withdrawn_on is not None:
            return ListLine(
                one.id, words, tr("withdrawn {day}", day=short_day(one.withdrawn_on)), "close", "muted"
            )
        if one.old_health(loaded.today):
            return ListLine(
                one.id, words, tr("given {day}: may have lapsed", day=short_day(one.given_on)), "note", "soon"
            )
        return ListLine(one.id, words, tr("stands, given {day}", day=short_day(one.given_on)), "done", "done")

    def _hearing_line(self, loaded: Loaded, one: ParentsHearing) -> ListLine:
        words = tr("Hearing of {who}", who=one.who)
        if one.answered_on is not None:
            return ListLine(
                one.id, words, tr("answered {day}", day=short_day(one.answered_on)), "done", "done"
            )
        if one.deadline is not None and one.deadline < loaded.today:
            return ListLine(
                one.id, words, tr("no answer by {day}", day=short_day(one.deadline)), "warning", "overdue"
            )
        return ListLine(
            one.id, words, tr("sent {day}, not answered", day=short_day(one.sent_on)), "today", "accent"
        )

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        for one in loaded.consents:
            if one.id == key:
                return self._consent_page(loaded, one)
        for hearing in loaded.hearings:
            if hearing.id == key:
                return self._hearing_page(loaded, hearing)
        return None

    def _consent_page(self, loaded: Loaded, one: Consent) -> Page:
        kinds = [tr(label) for kind, label in INFORMATION_KIND_LABELS.items() if kind in one.kinds]
        uses = [tr(label) for use, label in CONSENT_USE_LABELS.items() if use in one.uses]
        rows = (
            (tr("Given by"), f"{one.giver} ({tr(GIVER_CAPACITY_LABELS[one.capacity])})"),
            (tr("The information may go to"), one.recipient),
            (tr("Kinds of information"), ", ".join(kinds)),
            (tr("Asked for"), ", ".join(uses)),
            (tr("What for"), one.purpose),
            (tr("Given on"), day_words(one.given_on)),
            (tr("How it was given"), tr(CONSENT_FORM_LABELS[one.form])),
            (tr("Withdrawn on"), day_words(one.withdrawn_on)),
            (tr("Withdrawn by"), one.withdrawn_by),
            (tr("Note"), one.note),
        )
        stands = one.stands_on(loaded.today)
        about = tr("the consent")
        doings = [Doing(tr("Change …"), partial(self._edit_consent, one), about=about)]
        if one.withdrawn_on is None:
            doings.insert(0, Doing(tr("Withdraw …"), partial(self._withdraw, one), primary=True, about=about))
        said_removed = N_("The consent is removed. Ctrl+Z brings it back.")
        doings.append(
            Doing(
                tr("Remove"), lambda: self.do(lambda w: consents.remove(w, one.id), said_removed), about=about
            )
        )
        minds = (said(consents.OLD_HEALTH),) if stands and one.old_health(loaded.today) else ()
        drawn = one.signature
        insert = None
        if drawn is not None:
            from ui.widgets.assessment.signature import shown

            insert = partial(shown, drawn)
        quiet = tr("It stands.") if stands else tr("It does not stand.")
        heading = tr("{giver} to {recipient}", giver=one.giver, recipient=one.recipient)
        return Page(heading, quiet, minds, facts=(Facts("", rows),), doings=tuple(doings), insert=insert)

    def _hearing_page(self, loaded: Loaded, one: ParentsHearing) -> Page:
        rows = (
            (tr("About which information"), one.about),
            (tr("Sent on"), day_words(one.sent_on)),
            (tr("Asked to answer by"), day_words(one.deadline)),
            (tr("Answered on"), day_words(one.answered_on)),
            (tr("Answer"), one.answer),
        )
        about = tr("the hearing")
        answered = tr("Change …") if one.answered_on else tr("Write the answer …")
        doings = [Doing(answered, partial(self._edit_hearing, one), primary=not one.answered_on, about=about)]
        state = loaded.written.get(one.id)
        if state is None:
            doings.append(Doing(tr("Write the journal entry"), partial(self._write, one), about=about))
        else:
            doings.append(Doing(tr("Go to the journal"), self._to_journal, about=about))
        said_removed = N_("The hearing is removed. Ctrl+Z brings it back.")
        remove = partial(self.do, lambda w: parents_hearings.remove(w, one.id), said_removed)
        doings.append(Doing(tr("Remove"), remove, about=about))
        minds: tuple[str, ...] = ()
        if state == "draft":
            minds = (tr("Its journal entry is begun and waits to be signed."),)
        elif state == "signed":
            minds = (tr("Its journal entry is signed."),)
        elif one.answered_on is None and one.deadline is not None and one.deadline < loaded.today:
            minds = (
                tr(
                    "No answer has come. Write the journal entry: signed, it says so, and nothing is due any more."
                ),
            )
        return Page(
            tr("Hearing of {who}", who=one.who), tr("Partshøring - af forældre"), minds,
            facts=(Facts("", rows),), doings=tuple(doings),
        )  # fmt: skip

    # what is done

    def give(self) -> None:
        """Record a consent."""
        from ui.dialogs import consent_forms

        if self.case is not None:
            dialog = consent_forms.consent(self.house, self.case, self)
            dialog.form.saved.connect(self.saved)
            dialog.open()

    def hear(self) -> None:
        """Record that a parent is heard."""
        from ui.dialogs import consent_forms

        if self.case is not None:
            dialog = consent_forms.hearing(self.house, self.case, self)
            dialog.form.saved.connect(self.saved)
            dialog.open()

    def _edit_consent(self, one: Consent) -> None:
        from ui.dialogs import consent_forms

        if self.case is not None:
            consent_forms.consent(self.house, self.case, self, one).open()

    def _withdraw(self, one: Consent) -> None:
        from ui.dialogs import consent_forms

        if self.case is not None:
            consent_forms.withdraw(self.house, self.case, one, self).open()

    def _edit_hearing(self, one: ParentsHearing) -> None:
        from ui.dialogs import consent_forms

        if self.case is not None:
            consent_forms.hearing(self.house, self.case, self, one).open()

    def _write(self, one: ParentsHearing) -> None:
        case = self.case
        if case is None:
            return
        self.complaint.clear()
        op = Op(
            lambda w: parents_hearings.write_entry(w, case.id, one.id),
            said=N_("The entry is begun in the journal; read it through and sign it there."),
            failed=self.complaint.show_error,
        )
        self.house.tasks.op(self, op)

    def _to_journal(self) -> None:
        if self.case is not None:
            self.house.go(Place("case", self.case.id, "journal"))

    def resume(self, draft: Draft) -> None:
        from ui.dialogs import consent_forms

        kind, about, *rest = draft.key.split(":")
        loaded, case = self.loaded, self.case
        if loaded is None or case is None:
            return
        if about == "new":
            (self.give if kind == "consent" else self.hear)()
            return
        for one in loaded.consents if kind == "consent" else ():
            if one.id.hex() == about:
                (self._withdraw if rest else self._edit_consent)(one)
        for hearing in loaded.hearings if kind == "parents_hearing" else ():
            if hearing.id.hex() == about:
                consent_forms.hearing(self.house, case, self, hearing).open()
