"""The parents' journal opened from a child's visits: one parent at a time, every child's visits, on paper apart."""

from __future__ import annotations

from PySide6.QtCore import Qt

from caseworker_app.domain.person import Role
from caseworker_app.domain.visit import ParentsEntry
from caseworker_app.services import people, visit_journal, visit_notes
from tests.ui import test_visits_together
from ui.dialogs.parents_journal_dialog import ParentsJournalDialog

emma, held, ida, part = (
    test_visits_together.emma,
    test_visits_together.held,
    test_visits_together.ida,
    test_visits_together.part,
)


def test_a_mothers_journal_shows_the_visits_of_both_children(
    part, held, emma, ida, house, write, read, qtbot, wait_idle
):
    card = write(lambda w: people.add(w, emma, {"name": "Mia Holm", "role": Role.MOTHER}))
    write(lambda w: people.copy_to(w, card, ida))
    forms = read(house.books.forms)
    for visit, words in zip(held, ("Om ferien", "Om huset"), strict=True):
        write(lambda w, v=visit, x=words: visit_notes.write_note(w, forms, v, "couple", {"text": x}))
        write(lambda w, v=visit: visit_journal.sign_parents(w, forms, v))
    part.register.ask()
    wait_idle()
    button = next(one for one in part.register.buttons if one.text().startswith("Forældrejournal"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = part.findChild(ParentsJournalDialog)
    wait_idle()
    assert dialog.chosen.currentText() == "Mia Holm · Mor · 2 notater"
    for words in ("Om ferien", "Om huset", "ved besøget hos Emma", "ved besøget hos Ida"):
        assert words in dialog.text.toPlainText()
    assert dialog.paper.isEnabled()
    dialog.close()
    wait_idle()


def test_with_two_parents_what_is_about_one_alone_is_signed_so(
    part, held, emma, house, write, read, qtbot, wait_idle
):
    for name, role in (("Mia Holm", Role.MOTHER), ("Per Holm", Role.FATHER)):
        write(lambda w, n=name, r=role: people.add(w, emma, {"name": n, "role": r}))
    forms = read(house.books.forms)
    write(lambda w: visit_notes.write_note(w, forms, held[0], "couple", {"text": "Per er flyttet"}))
    part.register.ask()
    wait_idle()
    part.register.choose(held[0])
    wait_idle()
    name = next(one for one in part.register.sheet.buttons if one.startswith("Underskriv kun om Per Holm"))
    qtbot.mouseClick(part.register.sheet.buttons[name], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: read(lambda r: r.count(ParentsEntry)) == 1)
    (entry,) = read(lambda r: r.find(ParentsEntry))
    assert entry.parent is not None
