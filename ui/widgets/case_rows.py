"""The rows of the forms over a case and over a person: which fields, in which order, how wide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from caseworker_app.domain.case import CASE_KIND_LABELS, ChildWord, SiblingKind
from caseworker_app.domain.cpr import parse
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import CUSTODY_LABELS, ROLE_LABELS
from caseworker_app.i18n import N_
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row, Section

STEP_LABELS: Mapping[int, str] = {
    1: N_("1 Prevention in the general services"),
    2: N_("2 Prevention, clarification and investigation"),
    3: N_("3 Home-based measures"),
    4: N_("4 Placement with relatives and network"),
    5: N_("5 Placement in a foster family"),
    6: N_("6 Placement in an institution"),
}
"""The steps by their names in Herningmodellen 5.1 and its figures 2.1 and 4.1."""
CHILD_WORD_LABELS = {ChildWord.CHILD: N_("Child"), ChildWord.YOUNG_PERSON: N_("Young person")}
SIBLING_KIND_LABELS = {
    SiblingKind.FULL: N_("Full siblings"),
    SiblingKind.HALF: N_("Half-siblings"),
    SiblingKind.STEP: N_("Step-siblings"),
    SiblingKind.FOSTER: N_("Foster siblings"),
}

_NUMBER = (
    Row("person_number", makers.person_number()),
    Row("born", makers.date("back"), help=N_("Without a number, write the birth date.")),
)
_UNBORN = (
    Row("unborn_of", makers.text(), label=N_("Unborn child of (the mother's name)")),
    Row("term", makers.date("ahead")),
)
_WORK = (
    Row("step", makers.choice(STEP_LABELS, none=N_("Not set"))),
    Row("record_number", makers.text()),
)
_SCHOOL = (
    Row("school", makers.text()),
    Row("school_class", makers.text(), width=3),
    Row("district", makers.text(), width=3),
)
_HOME = (
    Row("address", makers.address(), width=12),
    Row("address_protected", makers.flag(N_("Name and address protection")), width=12),
    Row("phone", makers.text()),
    Row("language", makers.text(), width=3),
    Row("interpreter", makers.flag(N_("Needs an interpreter")), width=3),
)
_OTHER = (
    Row("support_person", makers.text()),
    Row("opened_on", makers.date("back")),
    Row("note", makers.long_text(3), width=12),
)
_CALLED = (
    Row("called", makers.text(N_("If not the first name")), width=3),
    Row("child_word", makers.choice(CHILD_WORD_LABELS), width=3),
)

NEW_CASE_ROWS = (
    Row("child_name", makers.text(), width=12),
    *_NUMBER,
    Section(N_("Or a child not born yet")),
    *_UNBORN,
    Section(N_("More"), folded=True),
    Row("kinds", makers.several(CASE_KIND_LABELS), width=12),
    *_WORK, *_SCHOOL, *_HOME, *_CALLED, *_OTHER,
)  # fmt: skip
CASE_ROWS = (
    Row("child_name", makers.text()),
    *_CALLED,
    *_NUMBER,
    Section(N_("The case")),
    Row("kinds", makers.several(CASE_KIND_LABELS, columns=4), width=12),
    *_WORK, *_SCHOOL,
    Section(N_("At home")),
    *_HOME,
    Section(N_("Not born yet"), folded=True),
    *_UNBORN,
    Section(N_("Other"), folded=True),
    *_OTHER,
)  # fmt: skip
PERSON_ROWS = (
    Row("name", makers.text(), width=8),
    Row("role", makers.choice(ROLE_LABELS), width=4),
    Row("role_words", makers.text(), help=N_("For instance 'mormor' or 'neighbour Lis'.")),
    Row("custody", makers.choice(CUSTODY_LABELS, none=N_("Not said"))),
    Row("phone", makers.text(), width=4),
    Row("email", makers.text(), width=8),
    Row("lives_with_child", makers.flag(N_("Lives with the child")), width=4),
    Row("address_protected", makers.flag(N_("Name and address protection")), width=8),
    Section(N_("Professionals")),
    Row("function", makers.text()),
    Row("organisation", makers.text()),
    Section(N_("More"), folded=True),
    Row("address", makers.address(), width=12),
    Row("person_number", makers.person_number()),
    Row("support_person", makers.text()),
    Row("language", makers.text()),
    Row("interpreter", makers.flag(N_("Needs an interpreter"))),
    Row("note", makers.long_text(3), width=12),
)


def close_key(case: Id) -> str:
    """Return the key of the draft of closing a case."""
    return f"case:{case.hex()}:close"


def let_birth_follow(form: FormView) -> None:
    """Let the birth date follow from the number while a number stands there."""

    def born() -> dt.date | None:
        number, row = form.value("person_number"), form.rows["person_number"]
        try:
            return parse(number, row.editor.today).birth_date if number else None
        except InvalidInput:
            return None

    def shown() -> None:
        form.rows["born"].editor.setEnabled(born() is None)
        form.rows["born"].say_hint()

    def edited(name: str) -> None:
        if name != "person_number":
            return
        day = born()
        if day is not None and form.value("born") != day:
            form.set_value("born", day)
        shown()

    form.shown.connect(shown)
    form.saved.connect(lambda _case: shown() if form.form is not None else None)
    form.edited.connect(edited)
