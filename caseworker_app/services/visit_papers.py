"""The papers of a visit: the sheet to take along, and what stands in each journal, on papers of their own.

The words are Danish, whatever language the screen has. The sheet may lie on the family's table: no personal number, no
protected address, no map that is not the family's to see, and nothing of earlier visits but what was agreed.
"""

from __future__ import annotations

from functools import cache

from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.dates import clock_span, full_date, long_date, short_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.form_spec import Forms, FormSpec
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_facts import NetworkMapFacts
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapProfile
from caseworker_app.domain.network_map import NetworkMap, Voice
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import Goal, GoalStatus
from caseworker_app.domain.text_facts import (
    LinesPart,
    ListPart,
    PairsPart,
    Part,
    TablePart,
    TextPaperFacts,
    TextPart,
)
from caseworker_app.domain.visit import AREA_HEADINGS, VISIT_HEADINGS, Area, Side, Visit
from caseworker_app.domain.visit_facts import VisitSheetFacts
from caseworker_app.i18n import Translator, load
from caseworker_app.services import papers, unannounced, visit_glance, visit_journal, visit_views
from caseworker_app.services import tasks as agreed_tasks
from caseworker_app.services.books import Books
from caseworker_app.services.map_papers import danish_words, view_of
from caseworker_app.services.map_reading import maps_of
from caseworker_app.services.open_tasks import OpenTask, TaskKind, of_case
from caseworker_app.services.ports import Reader
from caseworker_app.services.visit_glance import Glance
from caseworker_app.services.visit_views import VisitView

MOST = 6
"""So many goals, agreements and due items stand on the sheet: it is one A4."""
LONGEST = 140
"""A goal longer than this is cut at a word."""
LINES_WITH_MAP, LINES_ALONE = 6, 22
"""How many lines to write on the second side has room for, under the map or without it."""
_FAMILY_VOICES = frozenset({Voice.MOTHER, Voice.FATHER, Voice.TOGETHER})


@cache
def _danish() -> Translator:
    return load("da")


# --- The journals, apart ---------------------------------------------------------------------------------------


def journal_job(reader: Reader, forms: Forms, visit: Id, side: Side) -> PaperJob:
    """Return what of a visit goes to one journal, as a paper of its own.

    It holds when the visit was, who was there, and that side's points; not a word of the other side. Raises
    :class:`UserError` when nothing is written there, or a personal number is.
    """
    view = visit_views.view(reader, visit)
    spec = visit_journal.spec_of(forms, view.visit)
    notes = view.side(side)
    if not notes:
        raise UserError("Nothing is written for that journal yet.")
    parts = tuple(part for area in visit_journal.AREAS[side] for part in _area(spec, view, side, area))
    if any(isinstance(p, TextPart) and contains_person_number(p.text) for p in parts):
        raise UserError("A CPR number stands in what is written: take it out, then print again.")
    name = VISIT_HEADINGS[view.visit.kind]
    whose = "Barnets journal" if side is Side.CHILD else "Forældrenes journal"
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title=f"{name}: {whose.lower()}",
        heading=f"{name} – {whose.lower()}",
        dated=reader.today,
        parts=(_head(view), *parts),
        standing=f"{whose}, udskrevet den {long_date(reader.today)}.",
    )
    return PaperJob(Paper.VISIT_JOURNAL, facts, f"visit-{side.value}.pdf", "", visit)


def _head(view: VisitView) -> Part:
    """Return what both sides may say: which visit, of which child, when, and who was there."""
    visit = view.visit
    pairs = [("Barn", view.case.child_name or f"Ufødt barn af {view.case.unborn_of}")]
    if visit.held_on is not None:
        pairs.append(("Afholdt", long_date(visit.held_on)))
    if visit.participants:
        pairs.append(("Til stede", ", ".join(visit.participants)))
    return PairsPart(tuple(pairs))


def _area(spec: FormSpec, view: VisitView, side: Side, area: Area) -> list[Part]:
    rows = [(t, n) for t, n in visit_journal.ordered(spec, view.side(side)) if n.area is area]
    if not rows:
        return []
    made: list[Part] = [TextPart(AREA_HEADINGS[area] or "Fra besøget")]
    made += [TextPart(topic.label, visit_journal.words_of(topic, note), level=3) for topic, note in rows]
    return made


# --- The sheet to take along -----------------------------------------------------------------------------------


def sheet(reader: Reader, books: Books, visit: Id) -> PaperJob:
    """Return the sheet of a visit: one A4, both sides."""
    view = visit_views.view(reader, visit)
    return _sheet(reader, books, view.case, view.visit)


def _sheet(reader: Reader, books: Books, case: Case, visit: Visit) -> PaperJob:
    seen = visit_glance.of_case(reader, case.id, visit.id)
    drawn = _map(reader, case, books.map_templates())
    spec = visit_journal.spec_of(books.forms(reader), visit)
    lines = LINES_ALONE if drawn is None else LINES_WITH_MAP
    front = TextPaperFacts(
        sender=papers.sender(reader),
        title="Besøgsark",
        heading=f"{VISIT_HEADINGS[visit.kind]}: {case.first_name or case.unborn_of}",
        dated=reader.today,
        standing=_when(visit),
        parts=_front(reader, books, case, seen),
        letterhead=False,
    )
    facts = VisitSheetFacts(front, _back(spec, lines), drawn)
    return PaperJob(Paper.VISIT_SHEET, facts, "visit-sheet.pdf", "", visit.id)


def _when(visit: Visit) -> str:
    if visit.when is None:
        return ""
    hours = clock_span(visit.when.start, visit.when.end)
    day = full_date(visit.when.day)
    parts = [f"{day[:1].upper()}{day[1:]} {hours}", visit.place]
    if visit.joint_with:
        parts.append(f"sammen med {visit.joint_with}")
    return " · ".join(part for part in parts if part)


def _front(reader: Reader, books: Books, case: Case, seen: Glance) -> tuple[Part, ...]:
    tasks = of_case(reader, books, case.id)
    due = [one for one in tasks if one.kind is TaskKind.DEADLINE][:MOST]
    goals = [
        goal
        for goal in reader.find(Goal, stream=case.stream)
        if goal.status in (GoalStatus.ACTIVE, GoalStatus.PARTLY_REACHED) and goal.text
    ]
    known = [one for one in agreed_tasks.of_stream(reader, case.stream) if one.shared]
    agreed = tuple(
        (one.what, one.who, "" if one.due is None else short_date(one.due)) for one in known[:MOST]
    )
    parts: list[Part] = [PairsPart(_door(seen))]
    table = TablePart(("Hvad", "Hvem", "Hvornår"), agreed, (0.56, 0.24, 0.2), heading="Det, vi aftalte")
    parts.append(table if agreed else TextPart("Det, vi aftalte", "Ingen åbne aftaler.", muted=True))
    if len(known) > MOST:
        parts.append(TextPart(text=f"Og {len(known) - MOST} til, som ikke er afsluttet.", muted=True))
    parts += unannounced.on_paper(reader, case.stream)
    found = tuple(_short(goal.text) for goal in goals[:MOST])
    parts.append(ListPart(found, "Mål") if found else TextPart("Mål", "Ingen aktive mål.", muted=True))
    if due:
        parts.append(ListPart(tuple(map(_due, due)), "Det er ved at være tid til"))
    parts.append(LinesPart(4, "Nyt siden sidst"))
    return tuple(parts)


def _door(seen: Glance) -> tuple[tuple[str, str], ...]:
    address = "Beskyttet: står ikke på arket" if seen.protected else ", ".join(seen.address)
    at_home = ", ".join(f"{name} ({role})" if role else name for name, role in seen.lives_here)
    phones = ", ".join(f"{name} {number}" for name, number in seen.phones)
    home = " · ".join(part for part in (seen.dog, seen.way_in, seen.mind) if part)
    tolk = ", ".join(f"{who}: {language}" if language else who for who, language in seen.interpreters)
    last = "" if seen.last is None else f"{long_date(seen.last[0])}: {seen.last[1]}"
    rows = (
        ("Adresse", address),
        ("Bor her", at_home),
        ("Telefon", "" if seen.protected else phones),
        ("Tolk", tolk),
        ("Ved døren", home),
        ("Sidst", last),
    )
    return tuple((name, words) for name, words in rows if words)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + " …"


def _due(task: OpenTask) -> str:
    one = task.deadline
    if one is None:
        return task.what
    from caseworker_app.services.deadline import WORK_LABELS

    label = WORK_LABELS.get(one.work)
    title = one.title
    if label is not None:
        words = _danish().gettext(label)
    else:
        words = _danish().say(title) if isinstance(title, Phrase) else title.say("da")
    return f"{words} ({short_date(one.due)})"


def _back(spec: FormSpec, lines: int) -> tuple[Part, ...]:
    """Return the form's headings in their order, with the lines there is room for shared among them."""
    each = max(1, lines // len(spec.sections))
    parts: list[Part] = []
    for section in spec.sections:
        names = " · ".join(topic.label for topic in section.topics)
        parts.append(TextPart(section.label, names, muted=True))
        parts.append(LinesPart(each, spacing=8.0 if lines == LINES_ALONE else 7.5))
    parts.append(
        TablePart(("Aftalt", "Hvem", "Hvornår"), (("", "", ""),) * 2, (0.56, 0.24, 0.2), row_height=8.0)
    )
    return tuple(parts)


def _map(reader: Reader, case: Case, templates: Templates) -> NetworkMapFacts | None:
    """Return the latest map the family may see on its own table: one drawn with them, never the child's own."""
    for row in maps_of(reader, case.id):
        found: NetworkMap = row.map
        if found.voice in _FAMILY_VOICES and row.people:
            try:
                view = view_of(reader, found.id, templates, MapProfile.FAMILY)
            except UserError:
                continue
            return NetworkMapFacts(view, danish_words(), reader.today)
    return None
