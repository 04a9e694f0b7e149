"""The requests for access to a case's documents: who asked, by when they are answered, and what was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from caseworker_app.domain.access_request import ASKER_LABELS, CHILD_ASKS_FROM, AccessRequest
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import access_deadline, access_requests
from caseworker_app.services.access_deadline import Answer
from caseworker_app.services.ports import Draft, Reader
from ui.house import Place
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.today.due_words import said
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it stands: what who asks is called, by when it is answered, and how much is to be decided."""

    request: AccessRequest
    name: str
    answer: Answer | None
    things: int
    lacking: int
    young: bool


class AccessPart(Register[Mapping[Id, Asked]]):
    """Those that are not answered first."""

    follows = frozenset({"access_request", "access_choice", "access_passage"})
    list_name = N_("Requests for access to documents")
    nothing_yet = N_(
        "Nobody has asked for access to this case's documents. Write a request down when it comes: then everything there "
        "is stands in one list, and you decide what is given."
    )

    def doings(self) -> list[Button]:
        return [(N_("New request (Ins)"), "Ins", self.begin)]

    def load(self, reader: Reader, case: Case) -> dict[Id, Asked]:
        found = {}
        book = None
        for one in access_requests.requests_of(reader, case.id):
            things = lacking = 0
            young, answer = False, None
            if one.given_on is None:
                view = access_requests.view(reader, one.id)
                things, lacking, young = len(view.rows), view.lacking, view.young
                book = book or self.house.books.rules(reader)
                answer = access_deadline.answer_by(book, one, reader.today)
            found[one.id] = Asked(
                one, access_requests.party(reader, one, case), answer, things, lacking, young
            )
        return found

    def lines(self, loaded: Mapping[Id, Asked]) -> list[ListLine]:
        return [self._line(one) for one in loaded.values()]

    @staticmethod
    def _line(one: Asked) -> ListLine:
        request = one.request
        if request.given_on is not None:
            given = tr("given {day}", day=short_day(request.given_on))
            return ListLine(request.id, one.name, given, "done", "done")
        if one.answer is None:
            return ListLine(request.id, one.name, tr("not answered"), "today", "soon")
        by = tr("answer by {day}", day=short_day(one.answer.due))
        return ListLine(
            request.id, one.name, by, *(("warning", "overdue") if one.answer.late else ("today", "soon"))
        )

    def page(self, loaded: Mapping[Id, Asked], key: Id) -> Page | None:
        one = loaded.get(key)
        if one is None:
            return None
        return self._given_page(one) if one.request.given_on is not None else self._open_page(one)

    def _open_page(self, one: Asked) -> Page:
        request = one.request
        through = Doing(tr("Go through it …"), partial(self.review, request.id), primary=True)
        decided = one.things - one.lacking
        tasks = (
            Task(
                tr("Decide what is given"),
                tr("{n} of {all} are settled", n=decided, all=one.things),
                one.lacking == 0,
                (through,),
            ),
            Task(tr("Look at the paper, and give it"), "", False),
        )
        minds = []
        if one.young:
            minds.append(
                tr(
                    "The child is under {age}. Talk with your team leader about who asks on its behalf; the program does "
                    "not decide it.",
                    age=CHILD_ASKS_FROM,
                )
            )
        clock = ""
        if one.answer is not None:
            clock = tr(
                "To be answered by {day}: {why}", day=day_words(one.answer.due), why=said(one.answer.source)
            )
        about = tr("the request")
        removed = N_("The request is taken back. Ctrl+Z brings it again.")
        doings = (
            Doing(tr("Change …"), partial(self._edit, request), about=about),
            Doing(
                tr("Remove"),
                partial(self.do, lambda w: access_requests.withdraw(w, request.id), removed),
                about=about,
            ),
        )
        return Page(
            tr("Access for {who}", who=one.name), _came(request), minds=tuple(minds), clock=clock,
            clock_tone="overdue" if one.answer is not None and one.answer.late else "soon",
            tasks_heading=tr("What is done with it"), tasks=tasks, facts=(Facts("", _rows(request)),), doings=doings,
        )  # fmt: skip

    def _given_page(self, one: Asked) -> Page:
        request = one.request
        rows = (
            *_rows(request),
            (tr("Given on"), day_words(request.given_on)),
            (tr("Pages"), str(request.pages or "")),
            (tr("Things given"), str(request.given if request.given is not None else "")),
            (tr("Left out whole"), str(request.left_out if request.left_out is not None else "")),
            (tr("Passages left out"), str(request.passages if request.passages is not None else "")),
        )
        doings = (Doing(tr("Go to what was given"), partial(self._to_paper, request), primary=True),)
        done = (Task(tr("The request is answered"), day_words(request.given_on), True),)
        return Page(
            tr("Access for {who}", who=one.name),
            _came(request),
            tasks=done,
            facts=(Facts("", rows),),
            doings=doings,
        )

    # what is done

    def begin(self) -> None:
        """Write a request down."""
        from ui.dialogs import access_forms

        if self.case is not None:
            dialog = access_forms.request(self.house, self.case, self)
            dialog.form.saved.connect(self.saved)
            dialog.open()

    def resume(self, draft: Draft) -> None:
        if self.case is not None and draft.entity is None:
            self.begin()
        elif draft.entity is not None and self.loaded is not None and draft.entity in self.loaded:
            self._edit(self.loaded[draft.entity].request)

    def want(self, part: str) -> None:
        """Go to a request, or (``review:<hex>``) go through what it asks for."""
        what, _, rest = part.partition(":")
        if what == "review" and len(rest) == 32:
            self.choose(bytes.fromhex(rest))
            self.review(bytes.fromhex(rest))
        else:
            super().want(part)

    def _edit(self, request: AccessRequest) -> None:
        from ui.dialogs import access_forms

        if self.case is not None:
            access_forms.request(self.house, self.case, self, request).open()

    def review(self, request: Id) -> None:
        """Go through what is given."""
        from ui.dialogs.access_review_dialog import AccessReviewDialog

        AccessReviewDialog(self.house, request, self.window()).open()

    def _to_paper(self, request: AccessRequest) -> None:
        if self.case is not None and request.paper is not None:
            self.house.go(Place("case", self.case.id, f"journal:documents:{request.paper.hex()}"))


def _came(request: AccessRequest) -> str:
    return tr("Received {moment}", moment=day_words(request.received_on))


def _rows(request: AccessRequest) -> tuple[tuple[str, str], ...]:
    return (
        (tr("Who asks"), tr(ASKER_LABELS[request.asker])),
        (tr("Authority seen on"), day_words(request.authority_on)),
        (tr("The period asked for"), _period(request.since, request.until)),
        (tr("What is asked for"), request.wish),
        (tr("Reference to the law that you have checked"), request.law),
    )


def _period(since: dt.date | None, until: dt.date | None) -> str:
    if since is None and until is None:
        return tr("the whole case")
    if until is None:
        return tr("from {day}", day=day_words(since))
    if since is None:
        return tr("until {day}", day=day_words(until))
    return tr("{since} to {until}", since=day_words(since), until=day_words(until))
