"""The invitations: one for each who is invited, on paper, as words to copy, and the meeting for a calendar."""

from __future__ import annotations

from collections.abc import Callable

import resources
from caseworker_app.domain.paper_values import template_of
from caseworker_app.domain.papers import InvitationFacts, PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_papers, papers
from caseworker_app.services.ports import Reader
from ui.clipboard import copied
from ui.tasks import Query
from ui.widgets.meeting.copies import Copy
from ui.widgets.meeting.papers import PapersPart
from ui.widgets.meeting.part import Loaded
from ui.words import tr


class InvitationsPart(PapersPart):
    """One letter for each who is invited, and the meeting for a calendar."""

    title = N_("Invitation to a meeting")

    def doings(self) -> list[tuple[str, str, str, Callable[[], None]]]:
        return [
            *super().doings(),
            ("copy", N_("Copy the words"), "Ctrl+Shift+C", self._copy_words),
            ("calendar", N_("Calendar file …"), "", self._save_calendar),
        ]

    def notes(self, loaded: Loaded) -> list[str]:
        said = super().notes(loaded)
        meeting = loaded.opened.view.meeting
        if loaded.opened.view.invited_to:
            said.append(tr("Somebody else has called this meeting: the invitations are theirs."))
        if not meeting.chair:
            said.append(tr("Nobody is written as chair; the letter says nothing of one."))
        return said

    def _copy_words(self) -> None:
        """Put the words of the chosen letter on the clipboard, for Digital Post or a mail."""
        self._begin()
        for copy in self.table.chosen[:1]:
            facts = copy.job.facts
            assert isinstance(facts, InvitationFacts)
            ours = resources.text("templates", f"{template_of(facts)}.da.toml")
            copied().copy(meeting_papers.message(facts, ours, copy.job.templates))
            self._say(
                tr("The words to {name} are copied. Paste them into Digital Post or a mail.", name=copy.to)
            )

    def jobs(self, reader: Reader, meeting: bytes) -> list[PaperJob]:
        return papers.invitations(reader, meeting)

    def copy_of(self, job: PaperJob) -> Copy:
        facts = job.facts
        assert isinstance(facts, InvitationFacts)
        reader = facts.reader
        remarks = [
            ", ".join(reader.address)
            if reader.address
            else tr("No address: the letter has no address block.")
        ]
        if reader.interpreter:
            remarks.append(
                tr("Interpreter: {language}.", language=reader.language or tr("language not written"))
            )
        if reader.protected:
            remarks.append(
                tr(
                    "Name and address protection: the address stands on this letter only, the others see the name."
                )
            )
        written = self._loaded is not None and self._loaded.opened.view.meeting.background
        if written and not facts.background:
            remarks.append(tr("Without the background: no consent stands for this reader."))
        elif facts.background:
            remarks.append(tr("With the background."))
        return Copy(job, job.recipient, tuple(remarks), reader.protected)

    def _save_calendar(self) -> None:
        self._begin()
        meeting = self.meeting
        if meeting is None:
            return

        def save(job: PaperJob) -> None:
            self.desk.save(job, tr("Save the calendar file"), tr("Calendar (*.ics)"))

        self._house.tasks.query(self, Query(lambda r: papers.calendar(r, meeting), save))
