"""Measurements on paper and over several children: words beside numbers, norms named, few hidden outside the house."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.documents.pdf.styles import CELL_PADDING, CELL_SIZE
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.instruments import Respondent
from caseworker_app.domain.measure_groups import FEWEST, Observed, grouped
from caseworker_app.domain.measurement import Answered, Phase
from caseworker_app.drawing.labels import MM, width_of
from caseworker_app.i18n import load
from caseworker_app.services import measurement_charts as charts
from caseworker_app.services import measurement_groups, measurement_papers, measurements, papers
from caseworker_app.services.measurement_views import of_case
from caseworker_app.services.ports import Access
from tests.helpers.stores import NOON, case, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
DANISH = load("da")
BEFORE = ("emotional=600", "conduct=400", "hyperactivity=700", "peer=300", "prosocial=600")
AFTER = ("emotional=300", "conduct=200", "hyperactivity=500", "peer=200", "prosocial=800")


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


def record(store, child, instrument, respondent, scores, **values):
    given_values = {"instrument": instrument, "respondent": respondent, "scores": scores, **values}
    store.write(lambda w: measurements.record(w, BOOKS.instruments(w), child, given_values))


def text_of(job):
    made = make(job)
    assert made.missing == ()
    reader = pypdf.PdfReader(io.BytesIO(made.data))
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def views(store, child):
    return store.read(lambda r: of_case(r, BOOKS.instruments(r), case(store, child)))


def together(store, child, only=None):
    return store.read(lambda r: measurement_papers.together_job(r, BOOKS.instruments(r), child, only))


def measured(store):
    emma = register(store, "Emma Prøve", born=dt.date(2015, 3, 4))
    record(
        store, emma, "sdq", Respondent.MOTHER, BEFORE, who="Anna", taken_on=TODAY - 300 * DAY,
        own_words="Hun er ked af det hver morgen", observation="Holder sig til sin mor", observed_by="Bo Konsulent",
    )  # fmt: skip
    record(store, emma, "sdq", Respondent.MOTHER, AFTER, who="Anna", phase=Phase.AFTER, note="Se udtalelsen")
    record(store, emma, "sdq", Respondent.SCHOOL, ("total=1500",), taken_on=TODAY - 290 * DAY)
    record(
        store, emma, "pss", Respondent.FATHER, (), answered=Answered.REFUSED, reason="Vil ikke tale om det"
    )
    return emma


def test_on_paper_each_number_stands_beside_words_with_their_source_and_each_band_beside_its_norm_set(store):
    emma = measured(store)
    job = together(store, emma)
    text = text_of(job)
    for words in (
        "»Hun er ked af det hver morgen« Anna", "Holder sig til sin mor Bo Konsulent", "Se udtalelsen Karen Prøve",
        "Efter britiske normer, forælder, 4-17 år", "Efter britiske normer, lærer, 4-17 år",
        "Samlet problemscore (0-40) 20 12",
        "er der ikke skrevet ord eller iagttagelser", "Ville ikke svare: Vil ikke tale om det",
    ):  # fmt: skip
        assert words in text, words
    data = make(job).data
    store.write(lambda w: papers.record_print(w, job, data))
    log = store.read(lambda r: r.access_log(limit=1))
    assert (log[0].action, log[0].entity) == (Access.PRINT, emma)


def test_what_a_norm_set_says_stands_in_the_row_of_its_scale_and_the_column_of_its_measurement(store):
    emma = measured(store)
    text = text_of(together(store, emma))
    beside = text[text.index("Efter britiske normer, forælder") :]
    assert "Jævnaldrende grænseområdet normalområdet" in beside
    assert "Samlet problemscore uden for normalområdet normalområdet" in beside


def test_no_word_of_a_norm_set_is_broken_in_its_cell_however_many_measurements_stand_there():
    paper, padding = 165.0, 2 * CELL_PADDING[0] * MM
    for columns in range(1, 5):
        first, *rest = (share * paper - padding for share in measurement_papers._widths(columns))
        for instrument in BOOKS.shipped_instruments().values():
            for norm in instrument.norms:
                for word in " ".join(norm.labels).split():
                    assert width_of(word, CELL_SIZE) <= min(rest), (instrument.id, word, columns)
            for word in " ".join(scale.name for scale in instrument.shown).split():
                assert width_of(word, CELL_SIZE, bold=True) <= first, (instrument.id, word, columns)


def test_one_persons_copy_holds_nothing_the_others_answered(store):
    emma = measured(store)
    school = next(one for one in views(store, emma).together if one.respondent is Respondent.SCHOOL)
    text = text_of(together(store, emma, school.id))
    assert "Set sammen med Skole eller dagtilbud" in text
    for words in ("Anna", "ked af det", "tale om det", "Bo Konsulent"):
        assert words not in text


def test_without_a_measurement_there_is_nothing_to_print(store):
    with pytest.raises(UserError, match="nothing to print"):
        together(store, register(store))


def test_a_spider_web_needs_three_scales_and_a_line_over_time_everybody_who_answered(store):
    emma = measured(store)
    found = views(store, emma).together
    mother = next(one for one in found if one.respondent is Respondent.MOTHER)
    web = charts.spider(mother, DANISH)
    assert [shape.values for shape in web.shapes] == [(600, 400, 700, 300, 600), (300, 200, 500, 200, 800)]
    assert charts.spider(next(one for one in found if one is not mother), DANISH) is None
    lines = charts.over_time(mother, found, DANISH).lines
    assert [(line.name, [point.value for point in line.points]) for line in lines] == [
        ("Anna (moren)", [2000, 1200]), ("Skole eller dagtilbud", [1500]),
    ]  # fmt: skip
    assert mother.moved("total") == (2000, 1200)


@pytest.mark.slow
def test_every_instrument_has_a_sheet_and_only_our_own_scales_have_a_question_on_it(store):
    emma = register(store)
    for instrument in BOOKS.shipped_instruments().values():
        respondent = instrument.respondents[0]
        job = store.read(
            lambda r, i=instrument.id, who=respondent: measurement_papers.sheet_job(
                r, BOOKS.instruments(r), emma, i, who
            )
        )
        text = text_of(job) if instrument.id in ("sdq", "motivation", "epds") else ""
        assert ("Hvor meget vil du selv det her?" in text) == (instrument.id == "motivation")
        if instrument.id == "epds":
            assert "Er svaret over 0: det er gjort for sikkerheden" in text
    asked = store.read(
        lambda r: measurement_papers.sheet_job(
            r,
            BOOKS.instruments(r),
            emma,
            "own_scale",
            Respondent.CHILD,
            "Emma",
            "Hvor trygt er det at stå op?",
        )
    )
    assert "Hvor trygt er det at stå op?" in text_of(asked)


def test_over_several_children_those_with_both_stand_apart_and_few_are_hidden_when_it_leaves_the_house(store):
    for number in range(4):
        child = register(store, f"Barn {number} Prøve", born=dt.date(2015, 3, 4))
        record(
            store,
            child,
            "pss",
            Respondent.MOTHER,
            (f"score={4000 + 200 * number}",),
            taken_on=TODAY - 90 * DAY,
        )
        if number < 2:
            scores = (f"score={3600 + 200 * number}",)
            record(store, child, "pss", Respondent.MOTHER, scores, phase=Phase.AFTER)

    def table(*, leaves):
        return store.read(
            lambda r: measurement_groups.table(r, BOOKS.instruments(r), DANISH, leaves_the_house=leaves)
        )

    [own] = table(leaves=False).rows
    shown = own.row
    assert (shown.before.n, shown.before.value, shown.after.n, shown.pairs, shown.change) == (
        4,
        4300,
        2,
        2,
        -400,
    )
    assert len(own.cases) == 4
    [out] = table(leaves=True).rows
    assert (out.row.before.n, out.row.after.hidden, out.row.pairs, out.row.change) == (4, True, 0, None)
    text = text_of(store.read(lambda r: measurement_papers.groups_job(r, table(leaves=True))))
    assert "Få observationer og ingen kontrolgruppe" in text
    assert "43 (n = 4) skjult skjult" in text
    assert "Barn" not in text


PEOPLE = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(list(Phase)), st.integers(0, 4000)), max_size=20
)


@given(PEOPLE)
def test_what_leaves_the_house_never_shows_a_figure_of_fewer_than_three_people(found):
    observed = [Observed(("x",), (bytes([who]), ""), phase, value) for who, phase, value in found]
    for row in grouped(observed, leaves_the_house=True):
        for mean in (row.before, row.after, row.before_of_pairs, row.after_of_pairs):
            assert mean.value is None or mean.n >= FEWEST
    for row in grouped(observed):
        both = {who for who, phase, _v in found if phase is Phase.BEFORE} & {
            who for who, phase, _v in found if phase is Phase.AFTER
        }
        assert row.pairs == len(both)
        assert not row.before.hidden
