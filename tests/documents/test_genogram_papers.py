"""The genogram on paper, read back: drawing on one page held sideways, the words from the next, nothing forbidden."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from caseworker_app.documents import papers
from caseworker_app.domain.case import Address
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.family import CoupleKind
from caseworker_app.domain.genogram_facts import Sheet
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.domain.person import Role
from caseworker_app.services import genogram_papers, genogram_proposal, genograms, people
from caseworker_app.services import genogram_relatives as relatives
from caseworker_app.services.forms import Edit
from caseworker_app.services.genogram_profiles import forbidden
from caseworker_app.services.genogram_sketch import Who, Years, family_of
from tests.documents.reading import Reading
from tests.helpers.stores import founded, register

NUMBER = "6103154234"


@pytest.fixture(scope="module")
def family(tmp_path_factory):
    """Emma, placed, with a protected address; a store and her case."""
    store = founded(Path(tmp_path_factory.mktemp("genogram")))
    case = register(
        store, "Emma Holm", person_number=NUMBER, address_protected=True, note="Må ikke findes af far",
        address=Address("Skjulvej 9", "7480", "Vildbjerg"),
    )  # fmt: skip
    cards = (
        ("Mia Holm", Role.MOTHER, {"role_words": "mor", "phone": "96112233"}),
        ("Jonas Bech", Role.FATHER, {"role_words": "far", "person_number": "6201903233"}),
        ("Karin Holm", Role.GRANDPARENT, {"role_words": "mormor"}),
        (
            "Else Toft",
            Role.FOSTER_PARENT,
            {"role_words": "plejemor", "address": Address("Skjulvej 9", "", "")},
        ),
    )
    for name, role, values in cards:
        store.write(lambda w, n=name, r=role, v=values: people.add(w, case, {"name": n, "role": r, **v}))
    chosen = [one.id for one in store.read(lambda r: genogram_proposal.propose(r, case))]
    store.write(lambda w: genogram_proposal.accept(w, case, chosen))
    who = {m.name: m.id for m in store.read(lambda r: genograms.view(r, case)).members}
    store.write(
        lambda w: relatives.add_partner(
            w, who["Mia Holm"], Who(member=who["Jonas Bech"]), CoupleKind.PARTED, years=Years(2009, 2016)
        )
    )
    store.write(
        lambda w: relatives.set_home(w, case, "Hos Else i Vildbjerg", [who["Emma Holm"], who["Else Toft"]])
    )
    store.write(lambda w: genograms.edit_member(w, who["Jonas Bech"], {"note": Edit("Truet moderen i 2019")}))
    yield store, case
    store.close()


def job(family, profile, sheet=Sheet.A4):
    store, case = family
    return store.read(lambda r: genogram_papers.job(r, case, profile, sheet))


def everything(data):
    """Return all that can be read out of a file: text of its pages, structure, metadata, and its bytes opened."""
    reader = PdfReader(BytesIO(data))
    found = [page.extract_text() for page in reader.pages] + [str(reader.metadata), Reading(data).root.text]
    with pikepdf.open(BytesIO(data)) as pdf:
        found += [str(pdf.docinfo), pdf.Root.Metadata.read_bytes().decode()]
        found += [
            one.read_raw_bytes().decode("latin-1") for one in pdf.objects if isinstance(one, pikepdf.Stream)
        ]
    return "\n".join(found)


@pytest.mark.parametrize("sheet", list(Sheet))
def test_the_drawing_is_one_page_held_sideways_without_a_raster(family, sheet):
    made = papers.make(job(family, GenogramProfile.FILE, sheet))
    reader = PdfReader(BytesIO(made.data))
    width, height = (float(side) / 72 * 25.4 for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == {Sheet.A4: (297, 210), Sheet.A3: (420, 297)}[sheet]
    first, second = reader.pages[0].extract_text(), reader.pages[1].extract_text()
    assert "Genogram for Emma Holm" in first
    assert "Familien i ord" not in first
    assert "Familien i ord" in second
    assert not [image for page in reader.pages for image in page.images]
    assert made.missing == ()


def test_the_file_has_everybody_the_number_and_every_line_in_words(family):
    reading = Reading(papers.make(job(family, GenogramProfile.FILE)).data)
    assert reading.faults() == []
    text = " ".join(reading.root.text.split())
    for words in ("Emma Holm", "Else Toft", "Karin Holm", "610315-4234", "2009–2016", "I familiepleje hos Else Toft",
                  "Forælder til Mia Holm", "Hos Else i Vildbjerg", "Kopi til sagen"):  # fmt: skip
        assert words in text
    heads = [e.text.strip() for e in reading.root.walk() if e.role in ("H1", "H2", "H3")]
    assert heads == ["Genogram for Emma Holm", "Familien i ord", "Bedsteforældrenes generation",
                     "Forældrenes generation", "Barnets generation"]  # fmt: skip


def test_the_drawing_says_in_words_what_it_is(family):
    (figure,) = Reading(papers.make(job(family, GenogramProfile.FILE)).data).root.all("Figure")
    assert figure.alt == "Genogram med 5 personer i 3 generationer. Det samme står i ord på de næste sider."


@pytest.mark.parametrize("sheet", list(Sheet))
def test_the_familys_copy_holds_nothing_forbidden_anywhere(family, sheet):
    store, case = family
    made = job(family, GenogramProfile.FAMILY, sheet)
    text = everything(papers.make(made).data) + made.file_name + repr(made.facts)
    words = store.read(lambda r: forbidden(family_of(r, case)))
    assert len(words) >= 6
    for word in (*words, "610315", "Else", "Vildbjerg", "plejemor"):
        assert word not in text
    assert "Mia Holm" in text
    assert "En voksen" in text


def test_no_file_name_and_no_title_has_a_name(family):
    for profile in GenogramProfile:
        made = job(family, profile)
        assert made.file_name == f"genogram-{profile.value}.pdf"
        assert PdfReader(BytesIO(papers.make(made).data)).metadata.title == "Genogram"


def test_a_genogram_of_nobody_but_the_child_is_no_paper(tmp_path):
    store = founded(tmp_path)
    case = register(store, "Bo Prøve")
    store.write(lambda w: genograms.begin(w, case))
    with pytest.raises(UserError, match="nobody but the child"):
        store.read(lambda r: genogram_papers.job(r, case))
    store.close()


def test_a_number_in_a_name_stops_the_paper(tmp_path):
    store = founded(tmp_path)
    case = register(store, "Bo Prøve")
    child = store.write(lambda w: genograms.begin(w, case)).result
    store.write(lambda w: relatives.add_sibling(w, child, Who(values={"name": f"Ida {NUMBER}"})))
    with pytest.raises(UserError, match="CPR number"):
        store.read(lambda r: genogram_papers.job(r, case))
    store.close()
