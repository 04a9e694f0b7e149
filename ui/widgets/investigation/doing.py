"""What can be done with an investigation: begun, concluded, its maps and contributions, its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseworker_app.domain.investigation import INVESTIGATION_KIND_LABELS, Contribution, Investigation
from caseworker_app.domain.network_map import NetworkMap
from caseworker_app.i18n import N_
from caseworker_app.services import investigation_papers, investigation_views, investigations, map_versions
from caseworker_app.services.ports import Draft, Reader
from ui.tasks import Op
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.investigation.part import InvestigationPart


class Doing:
    """The acts of one part, on what it shows."""

    def __init__(self, part: InvestigationPart) -> None:
        self._part = part

    def do(self, what: str) -> None:
        """Do what the header asks for."""
        {
            "begin": self.begin, "print": self.print, "days": self.days, "conclude": self.conclude,
            "go_on": self.go_on, "preliminary": self.preliminary, "remove": self.remove,
        }[what]()  # fmt: skip

    def _current(self) -> Investigation | None:
        view = self._part.view
        return None if view is None else view.investigation

    def _op(self, act: Any, said: str) -> None:
        self._part.complaint.clear()
        self._part.house.tasks.op(self._part, Op(act, said=said, failed=self._part.complaint.show_error))

    def begin(self) -> None:
        """Begin a new one."""
        from ui.dialogs import investigation_forms

        if self._part.case is not None:
            dialog = investigation_forms.begin(self._part.house, self._part.case, self._part)
            dialog.form.saved.connect(self._part.choose)
            dialog.open()

    def days(self) -> None:
        """Change the days."""
        from ui.dialogs import investigation_forms

        now = self._current()
        if self._part.case is not None and now is not None:
            investigation_forms.days(self._part.house, self._part.case, now, self._part).open()

    def contribution(self, found: Contribution | None = None) -> None:
        """Ask for a contribution, or write in one."""
        from ui.dialogs import investigation_forms

        now = self._current()
        if self._part.case is not None and now is not None:
            investigation_forms.contribution(self._part.house, self._part.case, now, self._part, found).open()

    def conclude(self) -> None:
        """End it today; another day is written among its days."""
        now = self._current()
        if now is not None:
            self._part.form.commit()
            self._op(
                lambda w: investigations.conclude(w, now.id, w.today),
                N_("The investigation is concluded today. Ctrl+Z takes it back."),
            )

    def go_on(self) -> None:
        """Take the end back."""
        now = self._current()
        if now is not None:
            self._op(lambda w: investigations.go_on(w, now.id), N_("The investigation goes on."))

    def preliminary(self) -> None:
        """Note the preliminary assessment today, and go to its words."""
        now, forms = self._current(), self._part.house.books.forms
        if now is None:
            return
        if now.preliminary_on is None:
            self._op(
                lambda w: investigations.assess_preliminarily(w, now.id, w.today, forms(w)),
                N_("The preliminary assessment is noted today. Ctrl+Z takes it back."),
            )
        self._part.form.go_to("preliminary")

    def remove(self) -> None:
        """Take it away."""
        now = self._current()
        if now is not None:
            self._op(
                lambda w: investigations.remove(w, now.id),
                N_("The investigation is removed. Ctrl+Z brings it back."),
            )

    def attach(self, one: NetworkMap) -> None:
        """Attach a map, which is kept by it."""
        now = self._current()
        if now is not None:
            said = N_("The map is attached and kept as it is. Ctrl+Z takes it off.")
            self._op(lambda w: map_versions.attach(w, one.id, now.id), said)

    def detach(self, one: NetworkMap) -> None:
        """Take a map off."""
        self._op(
            lambda w: map_versions.detach(w, one.id), N_("The map is taken off. It stays kept as it was.")
        )

    def print(self) -> None:
        """Show it on paper; the attached maps are papers of their own, reached from their lines."""
        now, books = self._current(), self._part.house.books
        if now is None:
            return
        self._part.form.commit()
        self._part.complaint.clear()
        title = tr(INVESTIGATION_KIND_LABELS[now.kind])

        def ask(reader: Reader) -> Any:
            view = investigation_views.view(reader, now.id, books.forms(reader), books.rules(reader))
            lacking = tuple(map(str, view.missing_maps))
            return investigation_papers.job_of(reader, view, books.map_templates()), lacking

        def show(answer: Any) -> None:
            self._part.desk.preview(answer[0], title, title, tuple(map(tr, answer[1])))

        # what is being written is in the store before it is read for the paper
        self._part.house.tasks.op(
            self._part, Op(lambda w: ask(w), done=show, failed=self._part.complaint.show_error)
        )

    def resume(self, draft: Draft) -> None:
        """Open what a draft is of; what is written under a topic is there already."""
        kind, *rest = draft.key.split(":")
        if kind == "topics" and len(rest[-1]) == 32:
            self._part.choose(bytes.fromhex(rest[-1]))
        elif kind == "investigation" and rest[:1] == ["new"]:
            self.begin()
        elif kind == "investigation":
            self.days()
        elif kind == "contribution":
            view = self._part.view
            found = () if view is None else view.contributions
            self.contribution(next((one for one in found if one.id.hex() == rest[-1]), None))
