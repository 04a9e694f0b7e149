"""The agenda on paper: the chair's copy and one for each who is invited."""

from __future__ import annotations

from caseworker_app.domain.papers import AgendaFacts, PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_papers
from caseworker_app.services.ports import Reader
from ui.widgets.meeting.copies import Copy
from ui.widgets.meeting.papers import PapersPart
from ui.words import tr


class AgendaPart(PapersPart):
    """What was agreed the last time first, then the standing points, then what people want to talk about."""

    title = N_("Agenda of a meeting")

    @staticmethod
    def jobs(reader: Reader, meeting: bytes) -> list[PaperJob]:
        return meeting_papers.agenda(reader, meeting)

    def copy_of(self, job: PaperJob) -> Copy:
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
