"""The journal of the demo: calls, visits and mails between the meetings, what was held written of, one entry corrected,
one written for siblings at once, one that waits for the signature, and the worker's own phrases."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any, Final

from caseworker_app.demo.agenda import Act
from caseworker_app.demo.families import ChildStory
from caseworker_app.demo.telling import Known, edits_of
from caseworker_app.domain.case import Case
from caseworker_app.domain.journal import EntryDraft, EntryKind
from caseworker_app.services import entries, journal_hints, phrases
from caseworker_app.services.ports import Writer

_EVERY: Final = dt.timedelta(days=52)
_MOST: Final = 14
"""Entries a child at most, so that the demo is made in a while one waits for."""
_HALF_WRITTEN: Final = "lindgaard"
_CORRECTED: Final = "dam"
_TOGETHER: Final = "krogh"
_PHRASED: Final = "al_khatib"
"""The families in whose stories something stands but once."""
SAID: Final = (
    (EntryKind.TELEPHONE, "Telefonsamtale med skolen",
     ("Klasselæreren ringer. {name} har været i skole **alle dage** i de sidste to uger og er begyndt at spise med de "
     "andre.\n\nVi aftaler:\n- læreren fortæller {name}, at vi har talt sammen\n- jeg ringer igen om en måned")),
    (EntryKind.HOME_VISIT, "Hjemmebesøg",
     ("Jeg kommer som aftalt kl. 15. Der er ryddeligt og varmt, og der dufter af mad. {name} viser mig sit værelse og "
     "den tegning, der hænger over sengen.\n\nVi taler om aftenerne. Det går bedst, når alle ved, hvem der henter.")),
    (EntryKind.MAIL, "Mail fra dagtilbud eller skole",
     ("Modtaget kort status: god trivsel, stabilt fremmøde. De er opmærksomme på, at {name} bliver *hurtigt træt* hen på "
     "eftermiddagen.")),
    (EntryKind.TELEPHONE, "Telefonsamtale",
     ("Der ringes om ferien. Familien rejser i uge 42, og samværet flyttes efter aftale med begge parter. Jeg bekræfter "
     "i en mail samme dag.")),
    (EntryKind.FREE, "Samtale på gangen",
     ("{name} kommer hen til mig efter mødet og fortæller, at det er gået bedre med at sove. Jeg takker for, at jeg må "
     "få det at vide.")),
    (EntryKind.HOME_VISIT, "Hjemmebesøg",
     ("Besøget er aftalt i sidste uge. Vi gennemgår, hvad der er sket siden sidst:\n- lektiecaféen fungerer\n- "
     "morgenerne er stadig svære\n- bedsteforældrene henter om torsdagen\n\nNæste besøg aftales, når der er svar fra "
     "PPR.")),
)  # fmt: skip
PHRASES: Final = (
    ("aftalt", "Vi aftaler:\n- "),
    ("oplyst", "Der er oplyst om retten til aktindsigt og til at have en bisidder med."),
    ("tak", "Tak for samtalen. Jeg skriver et kort referat, som I får at se, før det lægges på sagen."),
)


def write_journal(known: Known) -> None:
    """Lay the family's entries on the agenda."""
    for child in known.family.children:
        if not child.closed:
            _tell(known, child)
    name = known.family.name
    last = known.days.yesterday
    if name == _HALF_WRITTEN:
        known.agenda.add(
            known.days.moment(last, dt.time(15, 10)), _begin_only(known, known.family.children[0])
        )
    if name == _CORRECTED:
        known.agenda.add(
            known.days.moment(last, dt.time(14, 20)), _correcting(known, known.family.children[0])
        )
    if name == _TOGETHER:
        known.agenda.add(known.days.moment(last, dt.time(14, 40)), _together(known))
    if name == _PHRASED:
        known.agenda.add(known.days.moment(last, dt.time(14, 55)), *(_keeping(*one) for one in PHRASES))


def _tell(known: Known, child: ChildStory) -> None:
    dice = random.Random(f"{known.seed}/{known.family.name}/{child.key}/journal")  # noqa: S311 - dice, no secrets
    last = known.days.yesterday
    day = known.opened(child) + dt.timedelta(days=dice.randrange(18, 40))
    days = []
    while day < last - dt.timedelta(days=5):
        days.append(known.days.past(day))
        day += _EVERY + dt.timedelta(days=dice.randrange(-14, 15))
    for number, on in enumerate(days[-_MOST:]):
        kind, heading, text = SAID[(number + dice.randrange(2)) % len(SAID)]
        values = {"kind": kind, "heading": heading, "text": text, "held_on": on}
        at = known.days.moment(on, dt.time(13 + number % 3, dice.randrange(60), dice.randrange(60)))
        known.agenda.add(at, _write(known, child, values))
    written = known.days.past(last - dt.timedelta(days=1))
    known.agenda.add(known.days.moment(written, dt.time(15, 30)), _write_what_was_held(known, child))


def _write(known: Known, child: ChildStory, values: Mapping[str, Any]) -> Act:
    def write(writer: Writer) -> None:
        text = str(values["text"]).format(name=_called(writer, known, child))
        entries.sign(writer, _begun(writer, known, child, {**values, "text": text}))

    return write


def _begun(writer: Writer, known: Known, child: ChildStory, values: Mapping[str, Any]) -> bytes:
    draft = entries.begin(writer, known.cases[child.key], {"participants": (known.worker,), **values})
    writer.flush()
    return draft


def _called(writer: Writer, known: Known, child: ChildStory) -> str:
    case = writer.get(Case, known.cases[child.key])
    return "Barnet" if case is None else case.first_name or "Barnet"


def _write_what_was_held(known: Known, child: ChildStory) -> Act:
    """Write of what was held and not written of, but the latest of it: that is what I dag reminds of."""

    def write(writer: Writer) -> None:
        case = writer.get(Case, known.cases[child.key])
        if case is None or not case.active:
            return
        name = _called(writer, known, child)
        for hint in journal_hints.of_case(writer, case)[:-1]:
            text = f"{name} og familien var med. Det, vi aftalte, står i referatet og i planen."
            draft = entries.begin(writer, case.id, {**hint.values(), "text": text})
            writer.flush()
            entries.sign(writer, draft)
            writer.flush()

    return write


def _begin_only(known: Known, child: ChildStory) -> Act:
    text = (
        "Mor ringer kl. 15. Hun fortæller, at {name} har haft en god uge, og at hun gerne vil tale om **julen** på "
        "næste møde.\n\nVi aftaler:\n- jeg spørger {name}, hvor det er bedst at være juleaften\n- "
    )

    def begin(writer: Writer) -> None:
        values = {"kind": EntryKind.TELEPHONE, "held_on": writer.today, "heading": "Telefonsamtale med mor"}
        entries.begin(
            writer,
            known.cases[child.key],
            {**values, "text": text.format(name=_called(writer, known, child))},
        )

    return begin


def _correcting(known: Known, child: ChildStory) -> Act:
    def correct(writer: Writer) -> None:
        values = {
            "kind": EntryKind.TELEPHONE,
            "held_on": writer.today,
            "text": "Far ringer og afbyder samværet.",
        }
        (first,) = entries.sign(writer, _begun(writer, known, child, values))
        writer.flush()
        draft = entries.correct(writer, first)
        writer.flush()
        text = "Det var farmor, der ringede og afbød samværet på fars vegne."
        entries.edit(writer, draft, edits_of(writer, EntryDraft, draft, {"text": text}))
        writer.flush()
        entries.sign(writer, draft)

    return correct


def _together(known: Known) -> Act:
    parts = {
        "liva": "Liva viser, at hun kan hinke. Ulla sidder på bordet og ser på.",
        "storm": "Storm falder i søvn i sofaen med sin bil i hånden.",
    }

    def write(writer: Writer) -> None:
        first, other = known.cases["liva"], known.cases["storm"]
        values = {
            "kind": EntryKind.HOME_VISIT,
            "held_on": writer.today,
            "siblings": frozenset({other}),
            "participants": (known.worker, "Louise Krogh"),
            "text": "Samlet besøg hos mor, mens Liva er på weekend. Vi spiser boller, og mor fortæller om ugen.",
        }
        draft = entries.begin(writer, first, values)
        writer.flush()
        for key, text in parts.items():
            entries.say_of(writer, draft, known.cases[key], text)
            writer.flush()
        entries.sign(writer, draft)

    return write


def _keeping(title: str, text: str) -> Act:
    return lambda writer: phrases.keep(writer, title, text)
