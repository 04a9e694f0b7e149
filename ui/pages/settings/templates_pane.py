"""The wording of letters, minutes, family texts and forms: ours, or the municipality's own in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import resources
from caseworker_app.domain.form_spec import newest
from caseworker_app.i18n import N_
from caseworker_app.services import office, own_family_texts, own_forms
from caseworker_app.services.ports import Reader
from ui.dialogs.own_text_dialog import OwnText
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.tasks import Query, Touched
from ui.words import bind, bind_call, tr

TEMPLATE_LABELS = {
    "invitation_involving": "Invitation to an involving network meeting",
    "invitation_network": "Invitation to a network meeting",
    "invitation_meeting": "Invitation to any other meeting",
    "agenda": "Agenda of a meeting",
    "minutes_involving": "Minutes of an involving network meeting",
    "minutes_decision": "Minutes of decisions of a network meeting",
    "recovery_sheet": "Recovery sheet",
}


FAMILY_TEXTS = "family_texts"


@dataclass(frozen=True, slots=True)
class Own:
    """What is the municipality's own: letters by name, the other texts by name, and what each form is called now."""

    letters: Mapping[str, str]
    texts: Mapping[str, str]
    forms: Mapping[str, str]


class TemplatesPane(Pane):
    """One line a text: what it is, whose wording counts, and the button to change it. Below the letters stand what else a
    family reads, and the forms."""

    def __init__(self, house: House) -> None:
        super().__init__(
            N_(
                "The municipality may use its own words. A text with a fault in it is never used: "
                "the standard wording is, until it is mended."
            ),
        )
        self._house = house
        self._own = Own({}, {}, {})
        self._begun: dict[str, str] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.column.addLayout(self._lines)
        self.buttons: dict[str, QPushButton] = {}
        self.states: dict[str, QLabel] = {}
        self.names: dict[str, QLabel] = {}
        for name in (*TEMPLATE_LABELS, FAMILY_TEXTS):
            self._lines.addWidget(self._line(name))
        self._forms = QLabel()
        self._forms.setProperty("look", "subheading")
        bind(self._forms.setText, N_("Forms"))
        self._lines.addSpacing(12)
        self._lines.addWidget(self._forms)
        bind_call(self, self._say)

    def _line(self, name: str) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        words, state, button = QLabel(), QLabel(), QPushButton()
        words.setMinimumWidth(360)
        state.setProperty("look", "muted")
        across.addWidget(words)
        across.addWidget(state, 1)
        across.addWidget(button)
        button.clicked.connect(lambda: self.change(name))
        self.names[name], self.states[name], self.buttons[name] = words, state, button
        return line

    def begin(self) -> None:
        """Ask which texts are the municipality's own."""
        books = self._house.books

        def ask(reader: Reader) -> Own:
            forms = books.forms(reader)
            ids = sorted({form for form, _version in forms})
            texts = {form: own_forms.own_text(reader, form) for form in ids}
            texts[FAMILY_TEXTS] = own_family_texts.own_text(reader)
            called = {form: newest(forms, form).name for form in ids}
            return Own(office.own_templates(reader), texts, called)

        self._house.tasks.query(self, Query(ask, self._show))

    def follow(self, touched: Touched) -> None:
        if any(kind in ("template", "own_catalogue") for kind, _id in touched):
            self.begin()

    def _show(self, own: Own) -> None:
        self._own = own
        for name in own.forms:
            if name not in self.buttons:
                self._lines.addWidget(self._line(name))
        self._say()

    def _called(self, name: str) -> str:
        if name == FAMILY_TEXTS:
            return tr("Reminders, and what we expect of each other")
        return tr(TEMPLATE_LABELS[name]) if name in TEMPLATE_LABELS else self._own.forms[name]

    def _say(self) -> None:
        for name, button in self.buttons.items():
            own = self._own.letters if name in TEMPLATE_LABELS else self._own.texts
            state = tr("the municipality's own wording") if own.get(name) else tr("standard wording")
            if name in self._begun:
                state = f"{state} · {tr('begun, not saved')}"
            self.names[name].setText(self._called(name))
            self.states[name].setText(state)
            button.setText(tr("Change the wording"))
            button.setAccessibleName(f"{tr('Change the wording')}: {self._called(name)}")

    def change(self, name: str) -> None:
        """Open the text for editing."""
        if name not in TEMPLATE_LABELS:
            self._change_own(name)
            return
        from ui.dialogs.template_dialog import TemplateDialog

        own = self._own.letters.get(name)
        TemplateDialog(self._house, name, TEMPLATE_LABELS[name], own, self.window()).open()

    def _change_own(self, name: str) -> None:
        from ui.dialogs.own_text_dialog import OwnTextDialog

        what = _family_texts() if name == FAMILY_TEXTS else _form(self._house, name, self._called(name))
        own, begun = self._own.texts.get(name, ""), self._begun.get(name, "")
        dialog = OwnTextDialog(self._house, what, own, begun, self.window())
        dialog.left.connect(partial(self._leave_begun, name))
        dialog.open()

    def _leave_begun(self, name: str, text: str) -> None:
        """Keep what was written and not saved for the next time it is opened."""
        self._begun.pop(name, None)
        if text:
            self._begun[name] = text
        self._say()


def _family_texts() -> OwnText:
    return OwnText(
        lambda: tr("Reminders, and what we expect of each other"),
        N_(
            "Words in braces are filled in, such as {name}. A word that is no field of its text is refused when you save, "
            "so that no letter leaves the house with a hole in it."
        ),
        resources.text("catalogues", "family_texts.toml"),
        own_family_texts.set_own,
        own_family_texts.reset,
    )


def _form(house: House, name: str, called: str) -> OwnText:
    books = house.books
    return OwnText(
        lambda: called,
        N_(
            "Topics may be added, changed and taken away; every topic has a label. What is written on a form already keeps "
            "its questions; the number of the version follows by itself."
        ),
        resources.text("forms", f"{name}.toml"),
        lambda w, text: own_forms.set_own(w, name, text, books.forms(w)),
        lambda w: own_forms.reset(w, name),
    )
