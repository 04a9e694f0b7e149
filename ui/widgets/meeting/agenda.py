"""The agenda on paper: the chair's copy and one for each who is invited; of an internal meeting its four points, and the
agenda and the cases' sheets as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.domain.meeting import Meeting, MeetingKind
from caseworker_app.domain.papers import AgendaFacts, Paper, PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_papers
from caseworker_app.services.ports import Reader
from ui.widgets.meeting.copies import Copy
from ui.widgets.meeting.papers import PapersPart
from ui.widgets.meeting.part import Loaded
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.meeting.internal_points import InternalPoints


class AgendaPart(PapersPart):
    """What was agreed the last time first, then the standing points, then what people want to talk about.

    ``points`` are the four points of an internal meeting, made when one is first shown.
    """

    title = N_("Agenda of a meeting")
    points: InternalPoints | None = None

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the copies, of an internal meeting below its four points."""
        meeting = loaded.opened.view.meeting
        internal = meeting.kind == MeetingKind.INTERNAL
        if internal and self.points is None:
            from ui.widgets.meeting.internal_points import InternalPoints

            self.points = InternalPoints(self._house, self)
            self.points.refused.connect(self.complaint.show_error)
            self.column.insertWidget(1, self.points, 2)
        if self.points is not None:
            self.points.setVisible(internal)
        if self.points is not None and internal:
            self.points.show_meeting(meeting)
        super().show_loaded(loaded)

    def jobs(self, reader: Reader, meeting: bytes) -> list[PaperJob]:
        found = reader.get(Meeting, meeting)
        if found is None or found.kind != MeetingKind.INTERNAL:
            return meeting_papers.agenda(reader, meeting)
        from caseworker_app.services import internal_series

        if internal_series.agenda_of(reader, meeting) is None:
            return []  # the way to one stands above
        return internal_series.papers_of(reader, self._house.books, meeting)

    def copy_of(self, job: PaperJob) -> Copy:
        if job.kind is Paper.INTERNAL_AGENDA:
            return Copy(job, tr("The agenda"), (tr("Four points, without the children's names."),))
        if job.kind is Paper.INTERNAL_SHEET:
            number = self._jobs.index(job)  # the agenda is the first
            return Copy(
                job, tr("The sheet of case {n}", n=number), (tr("Read the sheet before it is printed."),)
            )
        facts = job.facts
        assert isinstance(facts, AgendaFacts)
        quiet = sum(one.quiet for one in facts.wanted)
        if facts.reader is None:
            remarks = [tr("Everything stands on it.")]
            if quiet:
                remarks.append(tr("Points for the chair alone: {n}.", n=quiet))
            return Copy(job, tr("The chair's copy"), tuple(remarks))
        said = tr("Without what is for the chair alone.") if quiet else tr("The same for everybody.")
        return Copy(job, job.recipient, (said,))
