"""Scene 4: a placed child whose address is protected: the family's copy names no school, no foster family, no town."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from pypdf import PdfReader

from caseworker_app.domain.case import Address
from caseworker_app.domain.map_facts import MapFormat
from caseworker_app.domain.map_view import MapProfile
from caseworker_app.domain.network_map import MapPersonKind, Voice
from caseworker_app.domain.person import Role
from caseworker_app.services import map_papers, network_maps, people
from tests.scenes.drawn import draw
from tests.test_no_leaks import found_in
from ui.dialogs.map_print_dialog import MapPrintDialog

pytestmark = pytest.mark.unwatched
PERSON, PLACE = MapPersonKind.PERSON, MapPersonKind.PLACE
ON_IT = (
    ("Mor", "mor", PERSON, "close", "family"),
    ("Mormor", "mormor", PERSON, "known", "family"),
    ("Ulla Gravgaard", "plejemor", PERSON, "closest", "family"),
    ("Skovmosens Skole", "skole", PLACE, "known", "school"),
    ("Karup Svømmehal", "svømning", PLACE, "known", "friends"),
    ("Per", "lærer på Skovmosens Skole", PERSON, "distant", "school"),
)
HIDDEN = ("Skovmosen", "Gravgaard", "Ulla", "Karup", "Hellevej", "6103154234", "Holm")
WHOLE = ("Ulla Gravgaard", "Skovmosens Skole", "Karup Svømmehal", "Per")


@pytest.fixture
def placed(stage):
    """The parents' and the child's common map of a child who lives in a foster family at a protected address."""
    stage.child(
        "Ida Holm",
        school="Skovmosens Skole",
        address=Address("Hellevej 4", "7470", "Karup"),
        address_protected=True,
    )
    foster = {
        "name": "Ulla Gravgaard",
        "role": Role.FOSTER_PARENT,
        "address": Address("Hellevej 4", "7470", "Karup"),
        "address_protected": True,
    }
    stage.cards["Ulla Gravgaard"] = stage.write(lambda w: people.add(w, stage.case, foster))
    made, on = draw(stage, ON_IT, Voice.TOGETHER)
    stage.write(lambda w: network_maps.add_relation(w, made, None, on["Ulla Gravgaard"]))
    stage.write(lambda w: network_maps.add_group(w, made, "Hos Ulla i Karup", [on["Ulla Gravgaard"]], True))
    stage.map = made
    return stage


def copy(stage, profile, kind):
    job = stage.read(
        lambda r: map_papers.job(r, stage.map, stage.templates, profile, format=kind, black=True)
    )
    return stage.window.house.papers.make(job)


def readable(data, kind):
    """Return all that can be read of a file: its bytes, and of a PDF its texts, titles and attachments."""
    if kind is not MapFormat.PDF:
        return data
    reader = PdfReader(io.BytesIO(data))
    words = " ".join(page.extract_text() for page in reader.pages)
    words += str(reader.metadata) + str(dict(reader.attachments)) + str(reader.xmp_metadata)
    return data + words.encode()


def tells(data):
    """Return which of the hidden words stand in some bytes; short ones only as they are, for chance finds them in code."""
    lower = data.lower()
    plain = [word for word in HIDDEN for code in ("utf-8", "utf-16-le") if word.lower().encode(code) in lower]
    return plain + found_in(data, tuple(word for word in HIDDEN if len(word) > 6))


@pytest.mark.parametrize("kind", [one for one in MapFormat if one is not MapFormat.PNG])
def test_the_familys_copy_tells_nobody_where_the_child_lives(placed, kind):
    paper = copy(placed, MapProfile.FAMILY, kind)
    assert tells(readable(paper.data, kind)) == []
    name = map_papers.file_name(MapProfile.FAMILY, kind)
    assert tells(name.encode()) == []
    assert "Ida" not in name
    if kind is MapFormat.PDF:
        (placed.out / "scene-4-family.pdf").write_bytes(paper.data)
        assert "Mormor" in PdfReader(io.BytesIO(paper.data)).pages[0].extract_text()


def test_the_files_copy_is_complete_and_the_dialog_says_what_the_familys_leaves_out(placed):
    paper = copy(placed, MapProfile.FILE, MapFormat.PDF)
    words = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages).split()
    )
    assert [word for word in WHOLE if word not in words] == []
    placed.open_map(placed.map)
    placed.click(placed.page.header.print)
    dialog = placed.dialog(MapPrintDialog)
    family = dialog.profiles.button(tuple(MapProfile).index(MapProfile.FAMILY))
    family.click()
    placed.settle()
    left_out = dialog.left_out.text()
    assert left_out
    assert found_in(left_out.encode(), ("6103154234", "Hellevej")) == []
    placed.album("scene-4-dialog", dialog)
    dialog.close()
    pages = pypdfium2.PdfDocument(copy(placed, MapProfile.FAMILY, MapFormat.PDF).data)
    pages[0].render(scale=2).to_pil().save(placed.out / "scene-4-family.png")
    pages.close()
