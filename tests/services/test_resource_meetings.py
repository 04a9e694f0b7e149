"""Resource-centre meetings: the description in time, filled in and read back, the parents, the agenda, decisions."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.documents.pdf.form_reading import read_fields
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.meeting import MeetingKind, TimeSpan
from caseworker_app.domain.resource_meeting import LEVEL_ORDER, Level, ResourceDescription, deadline_of
from caseworker_app.domain.rules.workdays import is_working_day
from caseworker_app.services import agreements, meetings, resource_meetings, resource_papers
from caseworker_app.services.agreed import Kept
from caseworker_app.services.calendar import danish_holidays
from caseworker_app.services.forms import Edit
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
BOOKS = ShippedBooks()
DAY = dt.date(2026, 12, 14)


@pytest.fixture
def clock():
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path, clock):
    opened = founded(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def forms(store):
    return store.read(BOOKS.forms)


@pytest.fixture
def emma(store):
    return register(
        store, child_name="Emma Holm", school="Lindeskolen", school_class="3.b", person_number="6103154234"
    )


@pytest.fixture
def asked(store, emma, forms):
    values = {"meeting_on": DAY, "teacher": "Tom Vang"}
    return store.write(lambda w: resource_meetings.ask(w, emma, values, forms)).result


def view(store, description):
    return store.read(lambda r: resource_meetings.view(r, description, danish_holidays))


def text_of(data):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)))
def test_the_description_is_due_on_a_working_day_at_least_fourteen_days_before(day):
    due = deadline_of(day, danish_holidays)
    assert is_working_day(due, danish_holidays)
    assert day - due >= dt.timedelta(days=14)
    between = (due + dt.timedelta(days=n) for n in range(1, (day - due).days - 13))
    assert not any(is_working_day(one, danish_holidays) for one in between)


def test_around_christmas_the_day_is_moved_to_the_last_working_day_before():
    assert deadline_of(dt.date(2027, 1, 8), danish_holidays) == dt.date(2026, 12, 24)


def test_a_description_that_has_not_come_is_late_the_day_after(store, clock, asked):
    clock.set(dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC))
    assert not view(store, asked).late(dt.date(2026, 11, 30))
    assert view(store, asked).late(dt.date(2026, 12, 1))
    store.write(lambda w: resource_meetings.edit(w, asked, {"received_on": Edit(w.today)}))
    assert not view(store, asked).late(dt.date(2026, 12, 1))


def test_the_meeting_s_own_day_counts_before_the_one_written_here(store, emma, asked):
    when = TimeSpan(dt.date(2026, 12, 9), dt.time(9), dt.time(10))
    meeting = store.write(
        lambda w: meetings.plan(w, emma, {"kind": MeetingKind.RESOURCE.value, "when": when})
    ).result
    store.write(lambda w: resource_meetings.edit(w, asked, {"meeting": Edit(meeting)}))
    assert view(store, asked).day == when.day
    assert [m.id for m in store.read(lambda r: resource_meetings.meetings_of(r, emma))] == [meeting]


@pytest.mark.parametrize(
    ("edits", "field"),
    [
        ({"contacted_on": TODAY}, "contacted_on"),
        ({"asked_on": TODAY, "received_on": TODAY - dt.timedelta(days=1)}, "received_on"),
        ({"remarks": "Det er ikke sådan."}, "remarks_by"),
        ({"received_on": TODAY + dt.timedelta(days=1)}, "received_on"),
        ({"meeting_on": None}, "meeting_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(store, asked, edits, field):
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: resource_meetings.edit(w, asked, {n: Edit(v) for n, v in edits.items()}))
    assert refused.value.field == field


def test_the_parents_are_to_be_contacted_the_day_of_the_meeting(store, clock, asked):
    assert not view(store, asked).untold(TODAY)
    clock.set(dt.datetime.combine(DAY, dt.time(15), dt.UTC))
    assert view(store, asked).untold(DAY)
    store.write(lambda w: resource_meetings.contacted(w, asked, w.today, "Karen Prøve"))
    assert not view(store, asked).untold(DAY)
    assert not view(store, asked).told_late()


def test_contacted_a_day_later_is_said(store, clock, asked):
    clock.set(dt.datetime.combine(DAY + dt.timedelta(days=1), dt.time(9), dt.UTC))
    store.write(lambda w: resource_meetings.contacted(w, asked, w.today))
    assert view(store, asked).told_late()


# --- The form, out and in --------------------------------------------------------------------------------------


def form(store, asked):
    return make(store.read(lambda r: resource_papers.form_job(r, BOOKS, asked))).data


def fields_of(data):
    with pikepdf.open(io.BytesIO(data)) as document:
        return {str(f.T): f for f in document.Root.AcroForm.Fields}


def filled(data, values):
    with pikepdf.open(io.BytesIO(data)) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) in values:
                field.V = pikepdf.String(values[str(field.T)])
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_the_form_has_a_field_for_every_topic_and_the_parents(store, asked, forms):
    data = form(store, asked)
    spec = resource_meetings.spec_of(view(store, asked).description, forms)
    names = set(fields_of(data))
    assert {topic.id for topic in spec.topics} | {
        "parents_remarks",
        "teacher",
        "function",
        "shown_on",
    } == names


def test_every_field_is_named_to_a_screen_reader_and_stands_in_the_structure(store, asked):
    with pikepdf.open(io.BytesIO(form(store, asked))) as document:
        annotations = [a for page in document.pages for a in page.get("/Annots", [])]
        tree = document.Root.StructTreeRoot.ParentTree.Nums
        parents = dict(zip(list(tree)[::2], list(tree)[1::2], strict=True))
        assert annotations
        for one in annotations:
            assert str(one.TU)
            element = parents[int(one.StructParent)]
            assert element.S == "/Form"
            kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
            assert any(kid.get("/Obj") == one for kid in kids if isinstance(kid, pikepdf.Dictionary))


def test_the_form_names_the_child_by_its_first_name_and_says_the_last_day(store, asked):
    said = text_of(form(store, asked))
    assert "Emma, 3.b" in said
    assert "Holm" not in said
    assert "6103" not in said
    assert "30. november 2026" in said


def test_what_is_written_in_a_form_comes_back_word_for_word(store, asked, forms):
    words = {
        "why": 'Æblegrød på gulvet\nog et "citat" (med parentes) \\ 100 %',
        "child_words": "»Øv«",
        "parents_remarks": "Nej",
    }
    back = read_fields(filled(form(store, asked), words))
    assert {name: back[name] for name in words} == words
    store.write(lambda w: resource_meetings.edit(w, asked, {"remarks_by": Edit("Mia Holm")}))
    taken = store.write(lambda w: resource_meetings.fill_in(w, asked, forms, back, w.today)).result
    assert taken == ("why", "child_words", "parents_remarks")
    now = view(store, asked)
    assert now.answers["why"].text == words["why"]
    assert (now.description.remarks, now.description.received_on) == ("Nej", TODAY)


def test_what_stood_there_is_kept_above_what_came_and_the_same_twice_is_once(store, asked, forms):
    store.write(lambda w: resource_meetings.write_answer(w, asked, forms, "why", {"text": "Før"}))
    for _again in range(2):
        store.write(
            lambda w: resource_meetings.fill_in(w, asked, forms, {"why": "Nyt", "other": "x"}, w.today)
        )
        store.write(lambda w: resource_meetings.fill_in(w, asked, forms, {"why": "Før\n\nNyt"}, w.today))
    assert view(store, asked).answers["why"].text.startswith("Før\n\nNyt")


def test_the_form_is_sent_again_with_what_is_written_in_its_fields(store, asked, forms):
    store.write(lambda w: resource_meetings.write_answer(w, asked, forms, "why", {"text": "Blåbær og 3 æg"}))
    assert read_fields(form(store, asked))["why"] == "Blåbær og 3 æg"


@pytest.mark.parametrize("data", [b"", b"nonsense", b"%PDF-1.7\n%%EOF"])
def test_a_file_that_is_no_pdf_is_refused_in_words(data):
    with pytest.raises(UserError, match="could not be read"):
        read_fields(data)


def test_a_paper_without_fields_is_refused_in_words(store, asked):
    data = make(store.read(lambda r: resource_papers.agenda_job(r, BOOKS, asked))).data
    with pytest.raises(UserError, match="no fields"):
        read_fields(data)


def test_a_locked_form_is_refused_in_words(store, asked):
    with pikepdf.open(io.BytesIO(form(store, asked))) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UserError, match="locked"):
        read_fields(out.getvalue())


def test_a_number_in_the_description_stops_the_papers(store, asked, forms):
    store.write(
        lambda w: resource_meetings.write_answer(w, asked, forms, "why", {"text": "610315-4234 er væk"})
    )
    for job in (resource_papers.form_job, resource_papers.filled_job):
        with pytest.raises(UserError, match="CPR number"):
            store.read(lambda r, job=job: job(r, BOOKS, asked))


# --- Agenda and decisions --------------------------------------------------------------------------------------


def test_the_agenda_goes_from_a_child_to_information_whatever_was_written_first(store, asked):
    for level in reversed(LEVEL_ORDER[1:]):
        text = f"Punkt om {level.value}"
        store.write(
            lambda w, level=level, text=text: resource_meetings.add_point(
                w, asked, {"level": level, "text": text}
            )
        )
    said = text_of(make(store.read(lambda r: resource_papers.agenda_job(r, BOOKS, asked))).data)
    places = [
        said.index(words) for words in ("1. Et barn", "2. En gruppe", "3. Hele skolen", "4. Orientering")
    ]
    assert places == sorted(places)
    assert [p.level for p in view(store, asked).points] == list(LEVEL_ORDER[1:])
    assert said.index("Punkt om group") < said.index("Punkt om school") < said.index("Punkt om information")


def test_a_decision_has_somebody_responsible_and_ends(store, asked):
    whole = {"what": "Fast voksen", "who": "Tom Vang", "due": DAY + dt.timedelta(days=30)}
    for missing in whole:
        with pytest.raises(InvalidInput) as refused:
            store.write(
                lambda w, m=missing: resource_meetings.decide(
                    w, asked, {**whole, m: None if m == "due" else ""}
                )
            )
        assert refused.value.field == missing
    with pytest.raises(InvalidInput):
        store.write(
            lambda w: resource_meetings.decide(w, asked, {**whole, "due": DAY - dt.timedelta(days=1)})
        )
    made = store.write(lambda w: resource_meetings.decide(w, asked, whole)).result
    assert [one.id for one in view(store, asked).decisions] == [made]


def test_a_later_meeting_follows_up_what_is_still_open(store, emma, asked, forms):
    whole = {"what": "Fast voksen", "who": "Tom Vang", "due": DAY + dt.timedelta(days=30)}
    first = store.write(lambda w: resource_meetings.decide(w, asked, whole)).result
    done = store.write(lambda w: resource_meetings.decide(w, asked, {**whole, "what": "Ny plads"})).result
    store.write(lambda w: agreements.settle(w, Kept.AGREEMENT, done, w.today, ""))
    values = {"meeting_on": DAY + dt.timedelta(days=28)}
    later = store.write(lambda w: resource_meetings.ask(w, emma, values, forms)).result
    assert [one.id for one in view(store, later).earlier] == [first]
    assert view(store, asked).earlier == ()
    said = text_of(make(store.read(lambda r: resource_papers.agenda_job(r, BOOKS, later))).data)
    assert said.index("Opfølgning på sidste gang") < said.index("1. Et barn")


def test_points_are_changed_and_removed(store, asked):
    made = store.write(
        lambda w: resource_meetings.add_point(w, asked, {"level": Level.GROUP, "text": "Uro"})
    ).result
    store.write(lambda w: resource_meetings.edit_point(w, made, {"text": Edit("Mindre uro")}))
    assert view(store, asked).points[0].text == "Mindre uro"
    with pytest.raises(InvalidInput):
        store.write(lambda w: resource_meetings.edit_point(w, made, {"text": Edit(" ")}))
    store.write(lambda w: resource_meetings.remove_point(w, made))
    assert view(store, asked).points == ()


def test_a_description_is_taken_away_and_its_decisions_stay_agreements(store, emma, asked):
    whole = {"what": "Fast voksen", "who": "Tom Vang", "due": DAY}
    store.write(lambda w: resource_meetings.decide(w, asked, whole))
    store.write(lambda w: resource_meetings.remove(w, asked))
    assert store.read(lambda r: resource_meetings.of_case(r, emma, danish_holidays)) == ()
    assert store.read(lambda r: r.count(Agreement)) == 1
    assert store.read(lambda r: r.get(ResourceDescription, asked)).cancelled


def test_what_is_typed_in_the_form_is_drawn_in_the_house_font_that_lies_in_the_file(store, asked, tmp_path):
    import shutil
    import subprocess

    data = form(store, asked)
    with pikepdf.open(io.BytesIO(data)) as document:
        root = document.Root
        assert root.MarkInfo.Marked and root.StructTreeRoot is not None
        ((name, font),) = root.AcroForm.DR.Font.items()
        assert str(font.BaseFont).endswith("+NotoSans-Regular") and font.FontDescriptor.FontFile2 is not None
        assert all(name in str(field.DA) for field in root.AcroForm.Fields)
        codes = "æøåÆØÅéü»«–".encode("cp1252")
        assert all(int(font.Widths[code - int(font.FirstChar)]) for code in codes)
        cut = bytes(font.FontDescriptor.FontFile2.read_bytes())
    assert len(cut) < 60_000
    typed = filled(data, {"why": "Ærø, øl og Åkær: blåbærgrød"})
    assert read_fields(typed)["why"] == "Ærø, øl og Åkær: blåbærgrød"
    if shutil.which("pdffonts") is None or shutil.which("pdftotext") is None:
        pytest.skip("poppler is not on this computer")
    (tmp_path / "form.pdf").write_bytes(typed)
    listed = subprocess.run(
        ["pdffonts", "form.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "Helvetica" not in listed.stdout
    drawn = subprocess.run(
        ["pdftotext", "form.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "Ærø, øl og Åkær: blåbærgrød" in drawn.stdout
