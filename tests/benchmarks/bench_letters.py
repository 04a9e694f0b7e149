"""How long thirty invitations take in a process that has made one, from the facts of each reader to bytes.

Beside it the same words in the same fonts drawn by ReportLab's own platypus without tags, its texts ready, in turns, in
the same run. Both draw the same words on as many pages, or the figure is not ok.
"""

from __future__ import annotations

import datetime as dt
import gc

from caseworker_app.documents.blocks import BulletList, Document, NumberedList, Spacer
from caseworker_app.domain.meeting import Audience, TimeSpan
from caseworker_app.domain.papers import InvitationFacts, Paper, PaperJob, Present, Reader, Sender
from tests.benchmarks.bench_minutes_pdf import Bare, pages, timed, words
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile, side_by_side

GOAL = 2.2
LIMIT_MS = 1000.0
LETTERS = 30
RUNS = 7

SENDER = Sender(
    "Hedeby Kommune", "Center for Børn og Forebyggelse", ("Rådhuspladsen 1", "7400 Hedeby"), "96 00 00 00",
    "boern@hedeby.example", "", "", "Mette Holm", "Socialrådgiver", "96 00 00 01",
)  # fmt: skip
FUNCTIONS = (
    "mor",
    "far",
    "mormor",
    "farfar",
    "klasselærer",
    "skoleleder",
    "sundhedsplejerske",
    "psykolog, PPR",
)
NAMES = ("Karen", "Jonas", "Birgit", "Søren", "Åse", "Freja", "Ægir", "Mohammed", "Łucja", "Zoë")
COURSE = (
    "Velkomst og formål\nAlle siger, hvem de er, og hvordan de kender Emma\nBekymringer, det der fungerer, og hvad vi "
    "gerne vil se ske\nAftaler: hvem gør hvad og hvornår\nOpsummering, og hvornår vi mødes igen"
)
PURPOSE = (
    "Emma har haft svært ved at komme i skole siden efterårsferien. Vi vil gerne gøre det lettere for hende og finde ud "
    "af, hvem der kan hjælpe med hvad om morgenen og efter skole."
)


def letters() -> list[PaperJob]:
    """Return thirty invitations: the child's, its parents', network and professionals, half with an address."""
    people = [
        Present(f"{NAMES[at % 10]} Prøve {at // 10 + 1}", FUNCTIONS[at % 8]) for at in range(LETTERS - 1)
    ]
    everybody = (Present("Emma Prøve", "", is_child=True), *people)
    spoken = (Audience.PARENT, Audience.PARENT, Audience.NETWORK, Audience.NETWORK)
    jobs = []
    for at, one in enumerate(everybody):
        audience = Audience.CHILD if not at else spoken[at - 1] if at < 5 else Audience.PROFESSIONAL
        address = (f"Lærkevej {at + 1}", "7400 Hedeby") if at % 2 else ()
        reader = Reader(one.name, audience, address, 11 if not at else None, at == 2, "tigrinya")
        facts = InvitationFacts(
            SENDER, reader, "Emma", "involving_network_meeting", PURPOSE,
            TimeSpan(dt.date(2026, 12, 3), dt.time(10, 30), dt.time(12)), "Hedeby Skole, lokale 4", everybody,
            "Mette Holm", "socialrådgiver", COURSE, "Mette Holm", "96 00 00 01", dt.date(2026, 11, 20),
        )  # fmt: skip
        jobs.append(PaperJob(Paper.INVITATION, facts, f"invitation-{at + 1}.pdf"))
    return jobs


class BareLetter(Bare):
    """The letters by platypus: lists too."""

    def _block(self, block: object) -> list[object]:
        if isinstance(block, Spacer):
            return []
        if isinstance(block, BulletList | NumberedList):
            marks = [
                "•" if isinstance(block, BulletList) else f"{n}." for n in range(1, len(block.items) + 1)
            ]
            return [
                self._text(item[0].spans[0].text, self.item, bulletText=mark)
                for item, mark in zip(block.items, marks, strict=True)
            ]
        return super()._block(block)

    def _furniture(self, canvas: object, template: object) -> None:
        canvas.setFont("Regular", 8.5)
        canvas.drawRightString(538, 31, f"Side {template.page} af 2")


def _made(jobs: list[PaperJob]) -> list[bytes]:
    from caseworker_app.documents.papers import make

    return [make(job).data for job in jobs]


def _documents(jobs: list[PaperJob]) -> list[Document]:
    from caseworker_app.documents.papers import compose

    return [compose(job.facts, {})[0] for job in jobs if isinstance(job.facts, InvitationFacts)]


@benchmark("letters")
def letters_of_a_meeting() -> Figure:
    """Measure both in turns; the first of each, with fonts to open, is left out."""
    jobs = letters()
    documents, bare = _documents(jobs), BareLetter()
    mine, plain = _made(jobs), [bare.render(each) for each in documents]
    same = all(words(one) == words(other) for one, other in zip(mine, plain, strict=True))
    sheets = sum(map(pages, mine)), sum(map(pages, plain))
    gc.collect()
    gc.freeze()
    tagged, untagged = side_by_side(
        lambda: timed(lambda: b"".join(_made(jobs))),
        lambda: timed(lambda: b"".join(bare.render(each) for each in documents)),
        runs=RUNS,
    )
    gc.unfreeze()
    fast = percentile(tagged, 95) <= LIMIT_MS
    note = f"{LETTERS} letters on {sheets[0]} pages, p95 {percentile(tagged, 95):.0f} ms (limit {LIMIT_MS:.0f} ms)"
    if not same:
        note += "; the two did not draw the same"
    return compared(
        "letters", median(tagged), median(untagged), unit="ms", goal=GOAL,
        also=same and fast and abs(sheets[0] - sheets[1]) <= LETTERS // 10, note=note,
    )  # fmt: skip
