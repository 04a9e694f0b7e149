"""Personer: everybody around the child, nearest first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from caseworker_app import i18n
from caseworker_app.domain.case import Case, SiblingKind
from caseworker_app.domain.person import Custody, Person, Role
from caseworker_app.services import cases, history, people
from ui.dialogs.person_dialog import PersonDialog
from ui.models.people_rows import Group, group_of, minded, role_said, where_said
from ui.pages.case_page import CasePage

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
AROUND = (
    {
        "name": "Lis Bak",
        "role": Role.SCHOOL_LEADER,
        "function": "Skoleleder",
        "organisation": "Gullestrup Skole",
    },
    {"name": "Nabo Ib", "role": Role.NEIGHBOUR},
    {"name": "Inger Holm", "role": Role.GRANDPARENT, "role_words": "mormor"},
    {"name": "Maria Holm", "role": Role.MOTHER, "custody": Custody.SOLE, "phone": "20 30 40 50"},
)


@pytest.fixture
def emma(write):
    def make(w):
        case = cases.register(w, {"child_name": "Emma Holm"})
        w.flush()
        for values in AROUND:
            people.add(w, case, values)
            w.flush()
        return case

    return write(make)


@pytest.fixture
def page(qtbot, house, tasks, emma, wait_idle):
    made = CasePage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1222, 648)
    made.show()
    made.show_thing(emma, "people")
    wait_idle()
    return made


def rows(page):
    tree = page.people.tree
    return [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]


def choose(page, name):
    tree = page.people.tree
    (item,) = tree.findItems(name, Qt.MatchFlag.MatchExactly)
    tree.setCurrentItem(item)


def dialog_of(page):
    (found,) = [d for d in page.findChildren(PersonDialog) if d.isVisible()]
    return found


def test_people_stand_in_groups_nearest_first(page):
    assert rows(page) == [
        "Forældremyndighedsindehavere", "Maria Holm", "Familie", "Inger Holm", "Netværk", "Nabo Ib", "Fagpersoner",
        "Lis Bak",
    ]  # fmt: skip
    assert page.tabs.tabText(1) == "Personer (4)"


def test_a_case_without_people_says_whom_to_add_first(qtbot, page, write, wait_idle):
    other = write(lambda w: cases.register(w, {"child_name": "Ida"}))
    page.show_thing(other, "people")
    wait_idle()
    assert page.people.first.isVisible()
    qtbot.mouseClick(page.people.first, Qt.MouseButton.LeftButton)
    wait_idle()
    dialog_of(page).close()


def test_a_person_is_added_by_the_keyboard(qtbot, page, emma, read, wait_idle):
    qtbot.keyClick(page.people.tree, Qt.Key.Key_Insert)
    wait_idle()
    form = dialog_of(page).form
    qtbot.keyClicks(form.rows["name"].editor.line, "Per Holm")
    form.set_value("role", Role.FATHER)
    form.set_value("custody", Custody.SHARED)
    qtbot.keyClick(form.rows["name"].editor.line, *SAVE)
    wait_idle()
    assert "Per Holm" in rows(page)
    assert page.tabs.tabText(1) == "Personer (5)"
    assert read(lambda r: r.drafts()) == []


def test_a_person_without_a_name_is_refused_beside_the_name(page, qtbot, wait_idle):
    page.show_person(None)
    wait_idle()
    form = dialog_of(page).form
    form.save()
    wait_idle()
    assert form.rows["name"].problem == "Skriv navnet, eller hvad familien kalder personen."
    dialog_of(page).close()


def test_enter_edits_whom_the_cursor_is_on(qtbot, page, read, wait_idle):
    choose(page, "Inger Holm")
    qtbot.keyClick(page.people.tree, Qt.Key.Key_Return)
    wait_idle()
    form = dialog_of(page).form
    qtbot.keyClicks(form.rows["phone"].editor.line, "97 12 00 00")
    form.save()
    wait_idle()
    (inger,) = read(lambda r: [p for p in r.find(Person) if p.name == "Inger Holm"])
    assert inger.phone == "97 12 00 00"
    assert page.people.chosen().name == "Inger Holm"


def test_removing_asks_nothing_and_is_undone(qtbot, page, store, tasks, said, wait_idle):
    choose(page, "Nabo Ib")
    qtbot.keyClick(page.people.tree, Qt.Key.Key_Delete)
    wait_idle()
    assert "Nabo Ib" not in rows(page)
    assert "Netværk" not in rows(page)
    assert said[-1] == "The person is removed. Ctrl+Z brings her back."
    tasks.touched.emit(store.write(history.undo).touched)
    wait_idle()
    assert "Nabo Ib" in rows(page)


def test_a_card_is_copied_to_the_siblings_case(page, emma, write, read, errors, wait_idle):
    oscar = write(lambda w: cases.register(w, {"child_name": "Oscar Holm"}))
    assert not page.people.copy.isVisible()
    write(lambda w: cases.link_siblings(w, emma, oscar, SiblingKind.FULL))
    page.follow(frozenset({("sibling_link", emma)}))
    wait_idle()
    choose(page, "Maria Holm")
    (action,) = page.people.copy.menu().actions()
    assert action.text() == "Oscar Holm"
    action.trigger()
    wait_idle()
    assert [p.name for p in read(lambda r: cases.view(r, oscar)).people] == ["Maria Holm"]
    page.people.copy.menu().actions()[0].trigger()
    wait_idle()
    assert [str(error) for error in errors] == ["Maria Holm is in that case already."]


def test_a_persons_card_is_opened_by_its_part(page, emma, read, wait_idle):
    (maria,) = read(lambda r: [p for p in r.find(Person) if p.name == "Maria Holm"])
    page.show_thing(emma, f"person:{maria.id.hex()}")
    wait_idle()
    wait_idle()
    form = dialog_of(page).form
    assert form.entity == maria.id
    dialog_of(page).close()


def test_the_draft_of_a_new_person_belongs_to_the_childs_case(qtbot, page, emma, read, wait_idle):
    page.show_person(None)
    wait_idle()
    made = dialog_of(page)
    qtbot.keyClicks(made.form.rows["name"].editor.line, "Per")
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    wait_idle()
    (draft,) = read(lambda r: r.drafts())
    assert (draft.title, draft.entity_type) == ("Person: Per", "person")
    assert draft.stream == read(lambda r: r.get(Case, emma)).stream


@pytest.mark.parametrize(
    ("person", "group", "role", "where"),
    [
        (Person(role=Role.MOTHER, custody=Custody.SHARED), Group.CUSTODY, "Mor", "Fælles forældremyndighed"),
        (Person(role=Role.FATHER, custody=Custody.NONE), Group.FAMILY, "Far", ""),
        (Person(role=Role.GRANDPARENT, role_words="mormor"), Group.FAMILY, "mormor (bedsteforælder)", ""),
        (Person(role=Role.FRIEND), Group.NETWORK, "Ven", ""),
        (Person(role=Role.TEACHER, organisation="Skolen"), Group.PROFESSIONAL, "Lærer", "Skolen"),
        (Person(role=Role.PSYCHOLOGIST, function="PPR-psykolog"), Group.PROFESSIONAL, "PPR-psykolog", ""),
        (
            Person(role=Role.NETWORK_PERSON, custody=Custody.SOLE),
            Group.CUSTODY,
            "Netværksperson",
            "Fuld forældremyndighed",
        ),
    ],
)
def test_a_person_has_a_group_a_role_and_a_place(dressed, person, group, role, where):
    assert (group_of(person), role_said(person), where_said(person)) == (group, role, where)


def test_what_is_to_be_minded_is_said_in_words(dressed):
    person = Person(address_protected=True, interpreter=True, language="arabisk", lives_with_child=True)
    assert minded(person) == "beskyttet adresse, tolk: arabisk, bor hos barnet"
    assert minded(Person()) == ""


def test_the_language_changes_the_groups(page):
    i18n.set_language("en")
    assert rows(page)[0] == "Custody holders"
