"""A netværkskort on its way out: the dialog says what a copy leaves out, and no file holds what its reader may not see."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from caseworker_app.documents import papers as paper_making
from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.map_facts import FORMAT_LABELS, MapFormat
from caseworker_app.domain.map_view import MapProfile
from caseworker_app.domain.network_map import MapPersonKind, Quality, Voice
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import map_papers, network_maps, people
from caseworker_app.services import papers as paper_services
from caseworker_app.services.ports import Access
from tests.helpers.mapped import NUMBER, full_map, spot, templates
from ui import printing
from ui.dialogs.map_print_dialog import MapPrintDialog
from ui.network_map.picture_sheet import sheet

SECRET = "Rosa Hemmelig"
SCHOOL = "Mølleskolen"


class HereAndNow:
    """The real maker of papers, in this process: the worker process itself has its own tests."""

    def __init__(self):
        self.asked = []

    def make(self, job):
        self.asked.append(job)
        return paper_making.make(job)


@pytest.fixture
def papers():
    return HereAndNow()


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(2)

    return wait


@pytest.fixture
def ida(write):
    """Ida's map, with an institution, somebody whose address is protected, and a line the caseworker has drawn."""
    mapped = full_map(write)
    card = write(
        lambda w: people.add(
            w,
            mapped.case,
            {
                "name": SECRET,
                "role": Role.FRIEND,
                "address": Address("Skjulvej 9", "7400", "Herning"),
                "address_protected": True,
            },
        )
    )
    on = mapped.on
    for called, kind, at, who in (
        (SCHOOL, MapPersonKind.PLACE, spot("distant", "school"), None),
        (SECRET, MapPersonKind.PERSON, spot("known", "professionals"), card),
    ):
        on[called] = write(
            lambda w, c=called, k=kind, at=at, who=who: network_maps.add_person(
                w, mapped.map, c, kind=k, placement=at, case_person=who
            )
        )
    write(lambda w: network_maps.add_relation(w, mapped.map, None, on["Sofie"], Quality.WEAK, Voice.WORKER))
    write(lambda w: network_maps.add_quote(w, mapped.map, "Jeg savner Tom.", Voice.CHILD, on["Tom"]))
    return mapped


@pytest.fixture
def dialog(qtbot, house, settled, ida):
    window = QWidget()
    qtbot.addWidget(window)
    made = MapPrintDialog(house, ida.map, window)
    made.open()
    settled()
    made.shown, made.held_by = [], window
    made.taking_out.previewed.connect(made.shown.append)
    yield made
    for one in made.shown:
        one.close()
    settled()


def choose(qtbot, dialog, profile):
    button = dialog.profiles.button(tuple(MapProfile).index(profile))
    qtbot.mouseClick(
        button, Qt.MouseButton.LeftButton, pos=button.rect().center() - button.rect().center() / 2
    )
    button.click()


def as_file(dialog, format_):
    row = list(FORMAT_LABELS).index(format_)
    dialog.format.setCurrentIndex(row)


def chosen_file(dialog):
    from PySide6.QtWidgets import QFileDialog

    return [d for d in dialog.findChildren(QFileDialog) if d.isVisible()]


def test_the_files_copy_leaves_nothing_out_and_says_so(dialog):
    assert dialog.profile is MapProfile.FILE
    assert dialog.left_out.text() == "Intet er udeladt på denne kopi."
    assert dialog.holds.text() == "På kopien: 8 på kortet, 4 streger, 1 husstand og 1 citat."


def test_the_childs_copy_says_in_words_what_it_leaves_out(qtbot, dialog):
    choose(qtbot, dialog, MapProfile.CHILD)
    assert dialog.holds.text().startswith("På kopien: 8 på kortet, 3 streger")
    assert "1 streg, som andre har sagt" in dialog.left_out.text()
    assert dialog.left_out.accessibleName().startswith("Udeladt på denne kopi: ")


def test_the_familys_copy_says_in_words_what_it_leaves_out(qtbot, dialog):
    choose(qtbot, dialog, MapProfile.FAMILY)
    words = dialog.left_out.text()
    assert "4 streger, som andre har sagt" in words
    assert "1 person med beskyttet adresse" in words
    assert "sagt som" in words
    assert SECRET not in words


def test_a_parents_map_has_no_copy_for_the_child(qtbot, house, settled, write, ida):
    mothers = write(lambda w: network_maps.begin(w, ida.case, Voice.MOTHER))
    window = QWidget()
    qtbot.addWidget(window)
    dialog = MapPrintDialog(house, mothers, window)
    dialog.open()
    settled()
    button = dialog.profiles.button(1)
    assert not button.isEnabled()
    assert button.accessibleDescription() == "Laves ikke af dette kort: Det er en andens udsagn."


def test_a_number_on_the_map_is_said_and_no_copy_can_be_made(qtbot, house, settled, write, ida):
    write(lambda w: network_maps.add_quote(w, ida.map, f"Mit nummer er {NUMBER}.", Voice.CHILD))
    window = QWidget()
    qtbot.addWidget(window)
    dialog = MapPrintDialog(house, ida.map, window)
    dialog.open()
    settled()
    assert dialog.complaint.isVisible()
    assert NUMBER not in dialog.complaint.sentence.text()
    assert not dialog.show_button.isEnabled()
    assert not dialog.save_button.isEnabled()


def test_the_copy_is_looked_at_and_its_print_is_noted_with_for_whom(qtbot, dialog, read, ida, settled):
    choose(qtbot, dialog, MapProfile.FAMILY)
    qtbot.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settled()
    (preview,) = dialog.shown
    pages = printing.Pages(preview._pages.data)
    words = " ".join(pages.text(n) for n in range(len(pages)))
    pages.close()
    assert "Mormor" in words
    assert SECRET not in words
    assert SCHOOL not in words
    assert "Ida" not in preview.windowTitle()
    preview._printed(None)
    settled()
    (noted,) = read(lambda r: paper_services.printed(r, ida.map))
    assert (noted.document, noted.recipient) == ("network_map", "Familiens eksemplar")
    assert [row.action for row in read(lambda r: r.access_log())][-1] is Access.PRINT


def test_a3_and_without_colour_reach_the_paper(qtbot, dialog, papers, settled):
    dialog.pages.button(1).click()
    dialog.black.click()
    qtbot.mouseClick(dialog.show_button, Qt.MouseButton.LeftButton)
    settled()
    (preview,) = dialog.shown
    reader = PdfReader(BytesIO(preview._pages.data))
    box = reader.pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (420, 297)
    (job,) = papers.asked
    assert (job.facts.a3, job.facts.black) == (True, True)


@pytest.mark.parametrize("format_", list(MapFormat))
@pytest.mark.parametrize("profile", [MapProfile.CHILD, MapProfile.FAMILY])
def test_no_file_holds_what_its_reader_may_not_see(
    qtbot, dialog, tmp_path, read, ida, settled, profile, format_
):
    case, card = read(lambda r: (r.get(Case, ida.case), r.get(Person, ida.cards["Mormor"])))
    choose(qtbot, dialog, profile)
    as_file(dialog, format_)
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled()
    (asked,) = chosen_file(dialog)
    (suggested,) = asked.selectedFiles()
    name = suggested.rpartition("/")[2]
    assert not [word for word in ("ida", "holm", NUMBER) if word in name.casefold()]
    target = tmp_path / name
    asked.fileSelected.emit(str(target))
    asked.close()
    settled()
    data = target.read_bytes()
    text = data.decode("utf-8", "replace")
    if format_ is MapFormat.PDF:
        pages = printing.Pages(data)
        text += "".join(pages.text(n) for n in range(len(pages)))
        pages.close()
    forbidden = [NUMBER, case.child_name, card.name, card.phone, "Skjulvej"]
    if profile is MapProfile.FAMILY:
        forbidden += [SECRET, SCHOOL]
    assert not [word for word in forbidden if word in text]
    assert dialog.said.text() == "Kopien er gemt. Alle, der har filen, kan læse den."
    (noted,) = read(lambda r: paper_services.printed(r, ida.map))
    assert noted.document == "network_map"
    assert read(lambda r: r.access_log())[0].action is Access.EXPORT


def test_a_picture_has_no_words_in_its_metadata_and_shows_what_the_paper_shows(
    qtbot, dialog, tmp_path, read, ida, settled
):
    choose(qtbot, dialog, MapProfile.FAMILY)
    as_file(dialog, MapFormat.PNG)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    settled()
    (asked,) = chosen_file(dialog)
    asked.fileSelected.emit(str(tmp_path / "kort.png"))
    asked.close()
    settled()
    data = (tmp_path / "kort.png").read_bytes()
    image = QImage.fromData(data)
    assert image.width() > 1500
    assert image.textKeys() == []
    chunks = {bytes(data[at : at + 4]) for at in chunk_places(data)}
    assert chunks <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    facts = read(lambda r: map_papers.job(r, ida.map, templates(), MapProfile.FAMILY)).facts
    painted = " ".join(texts(sheet(facts)))
    assert "Mormor" in painted
    assert SECRET not in painted
    assert SCHOOL not in painted


def chunk_places(data):
    """Where the type of each chunk of a PNG stands."""
    at = 8
    while at < len(data):
        yield at + 4
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def texts(drawing):
    from caseworker_app.drawing.display_list import Group, Text

    def within(items):
        for item in items:
            if isinstance(item, Group):
                yield from within(item.items)
            elif isinstance(item, Text):
                yield item.text

    return list(within(drawing.items))


def test_every_control_of_the_dialog_has_a_name(dialog):
    for kind in (QAbstractButton, QComboBox):
        for control in dialog.findChildren(kind):
            if control.isVisible():
                assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name), control
