"""Below a long form: how many of its fields were never used, and the button that hides them for oneself, or shows them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from caseworker_app.domain.form_diet import FEWEST_FIELDS, SMALLEST_FORM, is_empty
from caseworker_app.i18n import N_, ngettext
from caseworker_app.services import form_diet
from ui.tasks import Op, Query
from ui.widgets.form_desk import Desk
from ui.words import bind_call, tr


class DietBar(QWidget):
    """Hidden while it has nothing to say. ``unused`` are the fields it offers to hide, ``away`` those that are hidden."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.unused: tuple[str, ...] = ()
        self.away: tuple[str, ...] = ()
        self.words, self.button = QLabel(self), QPushButton(self)
        self.words.setProperty("look", "muted")
        self.button.setProperty("look", "quiet")
        self.button.setAutoDefault(False)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.words)
        across.addWidget(self.button)
        across.addStretch(1)
        self.button.clicked.connect(lambda _on=False: self._pressed())
        self.hide()
        bind_call(self, self._say)

    def begin(self, hidden: frozenset[str]) -> None:
        """Put the form on its diet, as it was shown; ask what else was never used."""
        self.unused = ()
        self._put_away(hidden)
        rows, desk = tuple(self._desk.rows), self._desk
        if self.away or len(rows) < SMALLEST_FORM:
            return
        form = desk.form

        def show(found: tuple[str, ...]) -> None:
            if desk.form is form and not self.away:
                self.unused = tuple(name for name in found if self._may_go(name))
                self._say()

        desk.house.tasks.query(self, Query(lambda r: form_diet.unused(r, desk.cls, rows), show))

    def bring(self, name: str) -> None:
        """Show a field that is hidden: something stands in it, or it is gone to."""
        if name in self.away:
            self.away = tuple(one for one in self.away if one != name)
            self._desk.layout.put_away(frozenset(self.away))
            self._say()

    def _may_go(self, name: str) -> bool:
        """Whether a field is empty, untouched and nobody's answer stands beside it; the first one always stays."""
        form = self._desk.form
        if form is None or name not in self._desk.rows or name == next(iter(self._desk.rows)):
            return False
        field = form.fields[name]
        aside = field.touched or field.shown.others or field.meanwhile or name in form.unread
        return is_empty(field.value) and not aside and not self._desk.rows[name].problem

    def _put_away(self, names: frozenset[str]) -> None:
        self.away = tuple(name for name in self._desk.rows if name in names and self._may_go(name))
        self._desk.layout.put_away(frozenset(self.away))
        self._say()

    def _say(self) -> None:
        if self.away:
            n = len(self.away)
            words = ngettext("{n} field you never use is hidden.", "{n} fields you never use are hidden.", n)
            self.words.setText(words)
            self.button.setText(tr("Show them"))
        else:
            n = len(self.unused)
            self.words.setText(
                ngettext("{n} field you have never used.", "{n} fields you have never used.", n)
            )
            self.button.setText(tr("Hide them for me"))
        self.button.setAccessibleName(f"{self.words.text()} {self.button.text()}")
        self.setVisible(bool(self.away) or len(self.unused) >= FEWEST_FIELDS)

    def _pressed(self) -> None:
        desk, cls = self._desk, self._desk.cls
        if self.away:
            self.away = ()
            desk.layout.put_away(frozenset())
            self._say()
            desk.house.tasks.op(
                self, Op(lambda w: form_diet.show(w, cls), said=N_("All fields are shown again."))
            )
            return
        names = self.unused
        said = N_("They are hidden for you. A field with something in it is never hidden.")
        desk.house.tasks.op(self, Op(lambda w: form_diet.hide(w, cls, names), said=said))
        self._put_away(frozenset(names))
