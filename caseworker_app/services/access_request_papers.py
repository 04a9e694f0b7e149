"""The paper of a request for access: one PDF with a list of contents, everything that is given, and what is not and why.

Words are taken away here, before there is anything to draw: what is left out is in no part of the facts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from caseworker_app.domain.access_facts import MOST_FILE_BYTES, AccessFacts, Given, GivenFile, LeftOut
from caseworker_app.domain.access_request import (
    GROUND_LABELS,
    GROUND_SOURCES,
    AccessPassage,
    AccessRequest,
    Asker,
    Choice,
    Ground,
    Removal,
    Taker,
)
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.document import Document, FileKind
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import Made, Paper, PaperJob
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.text_facts import PairsPart, Part, TextPart
from caseworker_app.services import access_hints, access_requests, papers
from caseworker_app.services.access_items import Item
from caseworker_app.services.access_requests import ItemRow, RequestView
from caseworker_app.services.ports import Access, Reader, Writer
from caseworker_app.services.thing_words import danish

FILE_NAME = "access-request.pdf"
_ASKED = {
    Asker.CHILD: "barnet eller den unge",
    Asker.PARENT: "forælder",
    Asker.REPRESENTATIVE: "repræsentant",
}
_LONG = 120
"""Words longer than this stand as text under their label, not beside it."""


def job(reader: Reader, request: Id) -> PaperJob:
    """Return the paper as it would be given now. Raises :class:`UserError` while something is to be decided, when a file
    has not come here yet, or when the files are too large for one paper."""
    view = access_requests.view(reader, request)
    if view.lacking:
        raise UserError(
            N_("{n} of the things are still to be decided on."),
            N_("They stand first in the list; nothing is given before each is decided."),
            n=view.lacking,
        )
    who = access_requests.party(reader, view.request, view.case)
    return PaperJob(Paper.ACCESS_REQUEST, _facts_of(reader, view), FILE_NAME, who, request)


def give(writer: Writer, job: PaperJob, made: Made) -> Id:
    """Keep what is given: the paper as a document of the case, and on the request when and how much. Final.

    ``job`` is that of this moment; when something was decided differently since, it is refused. Returns the document's id.
    """
    request = job.about
    assert request is not None and isinstance(job.facts, AccessFacts)
    now = access_requests.view(writer, request)
    if now.request.given_on is not None or _facts_of(writer, now) != job.facts:
        raise UserError(
            N_("Something was changed since the paper was made."), N_("Look at it again, and give it then.")
        )
    whole = sum(row.choice is Choice.LEAVE_OUT for row in now.rows)
    digest = hashlib.sha256(made.data).hexdigest()
    writer.act("Give access to documents", final=True)
    document = writer.new_id()
    stream = now.request.stream
    writer.put_blob(stream, made.data)
    writer.create(
        Document(
            id=document, stream=stream, title="Aktindsigt, givet", kind=FileKind.PDF, suffix=".pdf", digest=digest,
            size=len(made.data), pages=made.pages, dated=writer.today, links=(f"access_request:{request.hex()}",),
        )
    )  # fmt: skip
    passages = sum(
        int(one.extent.split()[0]) for one in job.facts.log if one.number and one.extent[:1].isdigit()
    )
    values = {
        "paper": document, "sha256": digest, "pages": made.pages, "given": len(job.facts.given), "left_out": whole,
        "passages": passages, "given_on": writer.today,
    }  # fmt: skip
    for name, value in values.items():
        writer.set(AccessRequest, request, name, value, parents=None)
    writer.create(
        Print(
            id=writer.new_id(), stream=stream, about=request, document=Paper.ACCESS_REQUEST.value,
            recipient=job.recipient, printed_at=writer.now.replace(microsecond=0), sha256=digest, saved=True,
        )
    )  # fmt: skip
    writer.log_access(Access.EXPORT, "access_request", request, job.recipient)
    return document


def _facts_of(reader: Reader, view: RequestView) -> AccessFacts:
    """Return the facts; grounds are numbered by those that are used, so they are made twice."""
    first = _Maker(reader, view, tuple(Ground))
    first.facts()
    return _Maker(reader, view, tuple(one for one in Ground if one in first.used)).facts()


class _Maker:
    """Makes the facts of one paper."""

    def __init__(self, reader: Reader, view: RequestView, order: Sequence[Ground]) -> None:
        self._reader, self._view = reader, view
        self.party = access_requests.party(reader, view.request, view.case)
        people = reader.find(Person, stream=view.request.stream)
        always = access_hints.automatic(view.case, view.request, people)
        self._always = [*always, *_removals(view.everywhere)]
        self._allowed = access_hints.allowed_numbers(view.case, view.request, people)
        self._order = order
        self._log: list[LeftOut] = []
        self.used: set[Ground] = set()
        self._bytes = 0

    def facts(self) -> AccessFacts:
        """Return the facts; :attr:`used` are the grounds in them."""
        view = self._view
        given: list[Given] = []
        for row in view.rows:
            if row.choice is Choice.LEAVE_OUT:
                self._whole(row)
            else:
                given.append(self._given(len(given) + 1, row))
        child = view.case.child_name or f"Ufødt barn af {view.case.unborn_of}"
        intro = self._intro(len(given))
        return AccessFacts(
            sender=papers.sender(self._reader),
            title="Aktindsigt",
            heading=f"Aktindsigt i sagen om {child}",
            dated=self._reader.today,
            intro=intro,
            given=tuple(given),
            log=tuple(sorted(self._log, key=lambda one: bool(one.number))),
            grounds=tuple(self._ground_words(one) for one in self._order if one in self.used),
        )

    def _intro(self, given: int) -> tuple[Part, ...]:
        request, out = self._view.request, self._clean
        pairs = [("Anmodet af", f"{self.party} ({_ASKED[request.asker]})")]
        if request.asker is Asker.REPRESENTATIVE:
            pairs.append(("På vegne af", self._represented()))
        if request.received_on is not None:
            pairs.append(("Modtaget", long_date(request.received_on)))
        pairs.append(("Periode", _period(request)))
        if request.wish:
            pairs.append(("Anmodningen", out(request.wish)))
        whole, parts = sum(not one.number for one in self._log), sum(bool(one.number) for one in self._log)
        pairs.append(("Givet", f"{given} dokumenter og oplysninger; se indholdsfortegnelsen"))
        left = (
            "Intet er udeladt."
            if not whole and not parts
            else f"{whole} helt, {parts} delvist; se listen sidst"
        )
        pairs.append(("Udeladt", left))
        if request.law:
            pairs.append(("Lovhenvisning", out(request.law)))
        return (PairsPart(tuple(pairs)),)

    def _represented(self) -> str:
        request, case = self._view.request, self._view.case
        card = None if request.person is None else self._reader.get(Person, request.person)
        return card.name if card is not None else (case.child_name or case.unborn_of)

    # what is given

    def _given(self, number: int, row: ItemRow) -> Given:
        item = row.item
        taker = self._taker(row.passages)
        title = taker.clean(item.title)
        parts = list(_parts(item, taker))
        file = None
        if item.file is not None:
            file, more = self._file(row, item.file, taker)
            parts += more
        self._note(number, row, item, taker, title)
        return Given(number, item.kind, title, _day(item), tuple(parts), file)

    def _file(self, row: ItemRow, found: Document, taker: Taker) -> tuple[GivenFile | None, list[Part]]:
        if row.choice is Choice.APART:
            size = max(1, round((found.size or 0) / 1024))
            said = f"Filen ({found.suffix.lstrip('.')}, {size} kB) har ingen sider her og gives for sig."
            return None, [TextPart(text=said, muted=True)]
        if row.as_text or found.kind is FileKind.TEXT:
            words = taker.clean(found.text)
            if found.kind is FileKind.TEXT:
                return None, []
            said = "Ord er udeladt, derfor står dokumentet her som tekst og ikke som billede."
            return None, [TextPart(text=said, muted=True), TextPart(text=words)]
        data = self._reader.blob(bytes.fromhex(found.digest))
        if data is None:
            raise UserError(
                N_("The file of {title} has not come to this computer yet."),
                N_("Synchronise when there is a net, or leave it out with a ground."),
                title=found.title,
            )
        self._bytes += len(data)
        if self._bytes > MOST_FILE_BYTES:
            raise UserError(
                N_("The attached files are too large for one paper."),
                N_("Divide the period, and write down a request for each part."),
            )
        return GivenFile(found.kind, data, row.without), []

    def _clean(self, text: str) -> str:
        taker = self._taker(())
        cleaned = taker.clean(text)
        self.used.update(taker.taken)
        return cleaned

    def _taker(self, passages: Sequence[AccessPassage]) -> Taker:
        return Taker([*_removals(passages), *self._always], self._allowed, self._order)

    # what is not

    def _whole(self, row: ItemRow) -> None:
        assert row.ground is not None
        self.used.add(row.ground)
        why = self._why((row.ground,), row)
        self._log.append(LeftOut("", row.item.kind, _day(row.item), "hele dokumentet", why))

    def _note(self, number: int, row: ItemRow, item: Item, taker: Taker, title: str) -> None:
        counted = Counter(taker.taken)
        self.used.update(counted)
        what = f"{item.kind}: {title}" if title != item.kind else item.kind
        if counted:
            many = sum(counted.values())
            extent = f"{many} {'passage' if many == 1 else 'passager'}"
            self._log.append(LeftOut(str(number), what, _day(item), extent, self._why(tuple(counted), row)))
        if row.without:
            ground = row.ground or Ground.OTHERS
            self.used.add(ground)
            listed = ", ".join(map(str, sorted(row.without)))
            extent = f"side {listed}"
            self._log.append(LeftOut(str(number), what, _day(item), extent, self._why((ground,), row)))

    def _why(self, grounds: Sequence[Ground], row: ItemRow) -> str:
        said = ", ".join(f"grund {self._order.index(one) + 1}" for one in dict.fromkeys(grounds))
        note = "" if row.decision is None or not row.decision.note else self._clean(row.decision.note)
        return f"{said[:1].upper()}{said[1:]}" + (f": {note}" if note else "")

    def _ground_words(self, ground: Ground) -> str:
        words = danish().gettext(GROUND_LABELS[ground])
        source = GROUND_SOURCES.get(ground, "")
        return f"Grund {self._order.index(ground) + 1}: {words}" + (f" ({source})" if source else "")


def _removals(passages: Sequence[AccessPassage]) -> list[Removal]:
    return [Removal(one.words, one.ground) for one in passages]


def _parts(item: Item, taker: Taker) -> Iterator[Part]:
    for one in item.passages:
        if one.heading:
            yield TextPart(heading=one.heading, level=3)
        pairs: list[tuple[str, str]] = []
        for label, said in one.lines:
            if said == item.title and not one.heading:
                continue
            words = taker.clean(said)
            if label and len(words) <= _LONG and "\n" not in words:
                pairs.append((label, words))
                continue
            if pairs:
                yield PairsPart(tuple(pairs))
                pairs = []
            yield TextPart(heading=label, text=words, level=3)
        if pairs:
            yield PairsPart(tuple(pairs))


def _day(item: Item) -> str:
    return "Uden dato" if item.day is None else short_date(item.day)


def _period(request: AccessRequest) -> str:
    since = "" if request.since is None else f"fra den {long_date(request.since)}"
    until = "" if request.until is None else f"til den {long_date(request.until)}"
    said = " ".join(filter(None, (since, until)))
    return said[:1].upper() + said[1:] if said else "Hele sagen"
