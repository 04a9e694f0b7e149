"""Opsætning, over real settings, a real store and a real key file."""

from __future__ import annotations

import base64
import datetime as dt
import json

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.office import Office, Worker
from caseworker_app.services import history, office
from caseworker_app.services.key_slots import Way
from caseworker_app.settings import IDLE_LOCK_MINUTES, LANGUAGE, TEXT_SIZE, THEME, Settings
from ui import theme
from ui.dialogs.template_dialog import TemplateDialog, faults_of, standard
from ui.pages.settings.editors import LARGEST_LOGO, read_logo
from ui.pages.settings.templates_pane import TEMPLATE_LABELS
from ui.pages.settings_page import SettingsPage
from ui.preferences import preferences

TRIED = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


class TriedDoors:
    """Ways in of which two have been tried."""

    @property
    def keys(self):
        return self

    def ways(self):
        return tuple(Way(kind, kind, "", TRIED, TRIED, True) for kind in ("passphrase", "recovery"))


@pytest.fixture
def page(qtbot, house, wait_idle):
    made = []

    def show(part):
        if not made:
            made.append(SettingsPage(house, doors=TriedDoors()))
            qtbot.addWidget(made[0])
            made[0].resize(1222, 684)
            made[0].show()
            qtbot.waitExposed(made[0])
        made[0].show_thing(None, part)
        wait_idle()
        return made[0].pane(part)

    yield show
    preferences(house.settings).set_theme(theme.ThemeName.LIGHT)
    preferences(house.settings).set_points(11)


def png(wide=64, high=32):
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("#0B6B6B"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(QByteArray(buffer.data()).data())


def choose(combo, data):
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def test_language_theme_and_text_size_are_seen_at_once_and_kept(qtbot, page, settings):
    pane = page("program")
    choose(pane.language, "en")
    assert pane.theme.itemText(1) == "Light"
    choose(pane.theme, theme.ThemeName.DARK)
    assert QApplication.palette().window().color().lightness() < 80
    qtbot.mouseClick(pane.points.more, Qt.MouseButton.LeftButton)
    assert QApplication.font().pointSizeF() == 12
    assert [settings.get(s) for s in (LANGUAGE, THEME, TEXT_SIZE)] == ["en", "dark", 12]


def test_the_minutes_until_the_lock_stay_between_one_and_sixty(qtbot, page, settings):
    pane = page("program")
    line = pane.minutes.number
    line.selectAll()
    qtbot.keyClicks(line, "99")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert settings.get(IDLE_LOCK_MINUTES) == 60
    line.selectAll()
    qtbot.keyClicks(line, "0")
    line.editingFinished.emit()
    assert settings.get(IDLE_LOCK_MINUTES) == 1
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert settings.get(IDLE_LOCK_MINUTES) == 2


def test_what_the_it_department_has_decided_is_shown_and_not_offered(qtbot, tasks, papers, tmp_path):
    from ui.house import House
    from ui.pages.settings.program_pane import ProgramPane

    policy = tmp_path / "policy.toml"
    policy.write_text("idle_lock_minutes = 5\n", encoding="utf-8")
    fixed = Settings(tmp_path / "own.json", policy)
    pane = ProgramPane(House(tasks, papers, fixed, ShippedBooks(), lambda _place: None, lambda _said: None))
    qtbot.addWidget(pane)
    assert pane.minutes.value() == 5
    assert not pane.minutes.isEnabled()
    assert any(label.text() == "Fastlagt af it-afdelingen." for label in pane.findChildren(QLabel))


def test_a_setting_that_cannot_be_written_counts_and_says_so(page, house, monkeypatch):
    from caseworker_app import settings as module

    def full(*_args, **_kwargs):
        raise OSError(28, "no space")

    pane = page("program")
    monkeypatch.setattr(module, "write_atomically", full)
    choose(pane.theme, theme.ThemeName.DARK)
    assert pane.complaint.isVisible()
    assert "kunne ikke gemmes" in pane.complaint.sentence.text()
    assert house.settings.get(THEME) == "dark"
    monkeypatch.undo()


def test_the_workers_title_is_saved_with_ctrl_s_and_can_be_undone(qtbot, page, wait_idle, read, write, said):
    pane = page("worker")
    line = pane.form.rows["title"].editor.line
    pane.activateWindow()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Rådgiver")
    qtbot.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    assert read(office.house).worker.title == "Rådgiver"
    assert said == ["Saved."]
    write(history.undo)
    assert read(office.house).worker.title == "Socialrådgiver"


def test_a_name_that_was_emptied_is_refused_beside_the_field(qtbot, page, wait_idle, read):
    pane = page("worker")
    row = pane.form.rows["name"]
    row.editor.line.clear()
    row.editor.edited.emit()
    pane.form.save()
    wait_idle()
    assert read(office.house).worker.name == "Lone Kjær"
    assert any("navn" in label.text().lower() for label in row.findChildren(QLabel) if label.isVisible())


def test_an_untouched_field_follows_and_a_touched_one_keeps_both(qtbot, page, wait_idle, write, read):
    pane = page("worker")
    phone, title = pane.form.rows["phone"].editor.line, pane.form.rows["title"].editor.line
    title.end(False)
    qtbot.keyClicks(title, " ved nat")
    author = read(lambda r: r.author)
    write(lambda w: (w.act("Change own details"), w.set(Worker, author, "phone", "11 22 33 44", parents=None),
                     w.set(Worker, author, "title", "Teamleder", parents=None)))  # fmt: skip
    pane.follow(frozenset({("worker", author)}))
    wait_idle()
    assert phone.text() == "11 22 33 44"
    assert title.text() == "Socialrådgiver ved nat"


def test_the_municipality_keeps_address_limit_and_logo(qtbot, page, wait_idle, read, tmp_path):
    pane = page("office")
    rows = pane.form.rows
    rows["address"].editor.text.setPlainText("Torvet 5\n\n7400 Hedeby  ")
    qtbot.keyClicks(rows["limit"].editor.line, "22")
    file = tmp_path / "logo.png"
    file.write_bytes(png())
    rows["logo"].editor.take_file(str(file))
    wait_idle()
    pane.form.save()
    wait_idle()
    kept = read(office.house).office
    assert kept.address == ("Torvet 5", "7400 Hedeby")
    assert kept.limit == 22
    assert base64.b64decode(kept.logo) == png()
    assert rows["logo"].editor.picture.pixmap().width() > 0


def test_a_limit_in_words_is_refused_and_nothing_is_saved(qtbot, page, wait_idle, read):
    pane = page("office")
    qtbot.keyClicks(pane.form.rows["limit"].editor.line, "mange")
    pane.form.save()
    wait_idle()
    assert read(office.house).office.limit is None


def test_a_logo_that_is_no_png_or_too_large_is_refused_in_words(tmp_path):
    text = tmp_path / "logo.png"
    text.write_bytes(b"not a picture")
    large = tmp_path / "large.png"
    large.write_bytes(png() + b"\0" * LARGEST_LOGO)
    for path, word in ((text, "PNG"), (large, "300 KB"), (tmp_path / "none.png", "read")):
        with pytest.raises(UserError, match=word):
            read_logo(path)


def test_a_refused_logo_says_why_beside_the_field_and_the_old_one_stays(
    page, wait_idle, write, read, tmp_path
):
    of = read(lambda r: r.find(Office)[0])
    logo = base64.b64encode(png()).decode()
    write(lambda w: (w.act("x"), w.set(Office, of.id, "logo", logo, parents=None)))
    pane = page("office")
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no")
    pane.form.rows["logo"].editor.take_file(str(bad))
    wait_idle()
    assert pane.form.value("logo") == logo
    assert "PNG" in pane.form.rows["logo"].editor.hint()


def test_the_ways_in_that_were_tried_are_listed_in_words(page):
    pane = page("keys")
    said = [label.text() for label in pane.findChildren(QLabel)]
    assert "Adgangssætning" in said
    assert "Gendannelseskode" in said
    assert any("sidst prøvet 2. november 2026" in words for words in said)


def test_what_is_said_of_the_ways_in_is_true_of_those_that_are_there(page, monkeypatch):
    def way(kind, tried=TRIED, whole=True):
        return Way(kind, kind, "", TRIED, tried, whole)

    two, one, none = (
        "Der er altid to afprøvede tilbage",
        "Kun én adgangsvej er afprøvet",
        "Ingen af adgangsvejene",
    )
    for ways, said in (
        ((way("passphrase"), way("recovery")), two),
        ((way("passphrase"), way("recovery"), way("keyring", None)), two),
        ((way("passphrase"),), one),
        ((way("passphrase"), way("recovery", whole=False)), one),
        ((way("passphrase", None), way("recovery", None)), none),
    ):
        monkeypatch.setattr(TriedDoors, "ways", lambda _doors, ways=ways: ways)
        texts = [label.text() for label in page("keys").findChildren(QLabel)]
        assert next(words for words in texts if words.startswith("Dine sager er krypteret")).count(said) == 1
        assert sum(text in words for words in texts for text in (two, one, none)) == 1
    i18n.set_language("en")
    assert any("None of these ways in" in label.text() for label in page("keys").findChildren(QLabel))


def test_every_template_that_ships_has_a_line_and_no_fault(page):
    pane = page("template")
    assert set(pane.buttons) >= set(TEMPLATE_LABELS)
    assert {name: faults_of(name, standard(name)) for name in TEMPLATE_LABELS} == dict.fromkeys(
        TEMPLATE_LABELS, ()
    )


@pytest.fixture
def wording(qtbot, house, wait_idle):
    parent = QWidget()
    qtbot.addWidget(parent)

    def show(own=None):
        dialog = TemplateDialog(
            house, "invitation_network", TEMPLATE_LABELS["invitation_network"], own, parent
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.show()
        wait_idle()
        return dialog

    return show


def test_own_wording_is_saved_and_counts_until_one_goes_back(qtbot, wording, wait_idle, read):
    dialog = wording()
    text = standard("invitation_network").replace("Kære", "Hej")
    dialog.text.setPlainText(text)
    dialog.check()
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert read(office.own_templates) == {"invitation_network": text}
    again = wording(text)
    qtbot.mouseClick(again.standard_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert read(office.own_templates) == {}


def test_a_text_with_a_fault_cannot_be_saved_and_the_line_is_named(qtbot, wording, read, wait_idle):
    dialog = wording()
    dialog.text.setPlainText(standard("invitation_network").replace("{child}", "{chlid}", 1))
    dialog.check()
    assert not dialog.save_button.isEnabled()
    assert dialog.verdict.text() == "1 fejl: Den kan ikke gemmes."
    assert dialog.faults.item(0).text().startswith("Linje ")
    dialog.faults.itemClicked.emit(dialog.faults.item(0))
    assert "chlid" in dialog.text.textCursor().block().text()
    dialog.save()
    wait_idle()
    assert read(office.own_templates) == {}
    dialog.close()


def test_half_written_wording_is_kept_as_a_draft_and_comes_back(qtbot, wording, wait_idle, read):
    dialog = wording()
    dialog.text.setPlainText("halv")
    dialog.close()
    wait_idle()
    assert [draft.key for draft in read(lambda r: r.drafts())] == ["template:invitation_network"]
    assert wording().text.toPlainText() == "halv"


def test_the_tabs_are_named_in_the_language_and_every_control_has_a_name(page, house):
    pane = page("program")
    tabs = pane.parentWidget().parentWidget().tabs
    assert [tabs.tabText(i) for i in range(tabs.count())] == [
        "Programmet",
        "Dig",
        "Kommunen",
        "Ordlyd",
        "Regler",
        "Synkronisering",
        "Familievisning",
        "Veje ind",
        "Sikkerhedskopier",
        "Log",
        "Opbevaring",
    ]
    controls = [pane.language, pane.theme, pane.points.number, pane.points.more, pane.minutes.number]
    assert [control for control in controls if not control.accessibleName()] == []
    i18n.set_language("en")
    assert tabs.tabText(1) == "You"


def test_the_settings_file_holds_nothing_personal(page, settings, tmp_path, wait_idle):
    pane = page("program")
    choose(pane.language, "en")
    kept = json.loads((tmp_path / "settings.json").read_text())
    assert set(kept) <= {
        "language",
        "theme",
        "text_size",
        "idle_lock_minutes",
        "window_geometry",
        "last_store",
    }
