"""What is done in the genogram's page: somebody added, changed, taken out, made one with another, printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.family import FamilyCouple, FamilySibling, FamilyTie
from caseworker_app.domain.genogram_facts import Sheet
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PaperJob
from caseworker_app.i18n import N_
from caseworker_app.services import genogram_papers, genogram_relatives, genograms
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.kin_choosing import HomeDialog, MergeDialog, ProposalDialog, said_of
from ui.dialogs.kin_dialogs import LineDialog, MemberDialog
from ui.dialogs.relative_dialog import Beside, RelativeDialog
from ui.house import House
from ui.tasks import Op, Query
from ui.widgets.complaint import Complaint
from ui.widgets.genogram.loaded import Loaded, load
from ui.widgets.genogram.tree import FamilyTree
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import tr


class GenogramDoing(QObject):
    """``loaded`` is what the page shows; ``wanted`` carries whom the cursor should go to."""

    wanted = Signal(object)

    def __init__(self, house: House, window: QWidget, tree: FamilyTree, complaint: Complaint) -> None:
        super().__init__(window)
        self._house, self._window, self._tree, self._complaint = house, window, tree, complaint
        self.loaded: Loaded | None = None
        self.desk = PaperDesk(house, window)
        self.desk.refused.connect(complaint.show_error)

    def add(self, beside: Beside) -> None:
        """Put somebody beside the one the cursor is at."""
        loaded, of = self.loaded, self._tree.who
        if loaded is None:
            return
        case = loaded.case.id
        if of is None and beside is not Beside.ALONE:
            op = Op(
                lambda w: genograms.begin(w, case),
                partial(self._began, beside),
                failed=self._complaint.show_error,
            )
            self._house.tasks.op(self, op)
            return
        self._open_relative(loaded, beside, of)

    def _open_relative(self, loaded: Loaded, beside: Beside, of: Id | None) -> None:
        dialog = RelativeDialog(self._house, loaded, beside, of, self._window)
        dialog.added.connect(self.wanted)
        dialog.open()

    def _began(self, beside: Beside, child: Id) -> None:
        """Go on when the child has been put in."""

        def again(loaded: Loaded) -> None:
            self.loaded = loaded
            self._open_relative(loaded, beside, child)

        loaded = self.loaded
        if loaded is not None:
            case = loaded.case.id
            self._house.tasks.query(self, Query(lambda r: load(r, case), again))

    def change(self) -> None:
        """Change the one, or the line, the cursor is at."""
        loaded, who, line = self.loaded, self._tree.who, self._tree.line
        member = loaded.member(who) if loaded is not None else None
        if loaded is None or member is None:
            return
        if line is None:
            self._change_member(loaded, member.id)
        elif line.cls is None:
            self.set_home(line.id)
        else:
            item = self._tree.currentItem()
            LineDialog(
                self._house, line.cls, line.id, item.text(0) if item is not None else "", self._window
            ).open()

    def _change_member(self, loaded: Loaded, who: Id) -> None:
        member = loaded.member(who)

        def ask(reader: Reader) -> bool:
            found = genograms.known(reader, who)
            return found.child or found.card is not None or found.other_case is not None

        def open_(has_card: bool) -> None:
            if member is not None:
                MemberDialog(self._house, member, has_card=has_card, parent=self._window).open()

        self._house.tasks.query(self, Query(ask, open_))

    def remove(self) -> None:
        """Take the one, or the line, the cursor is at away; undo brings it back."""
        who, line = self._tree.who, self._tree.line
        if who is None:
            return
        run: Callable[[Writer], None]
        if line is None:
            run = partial(_remove_member, who)
        elif line.cls is None:
            run = partial(_remove_home, line.id)
        else:
            run = partial(_remove_line, line.cls, line.id)
        said = N_("Taken out. Undo brings it back.")
        self._house.tasks.op(self, Op(run, said=said, failed=self._complaint.show_error))

    def set_home(self, home: Id | None) -> None:
        """Say who lives together, in a new home or one that is there."""
        if self.loaded is not None:
            found = next((one for one in self.loaded.view.homes if one.id == home), None)
            HomeDialog(self._house, self.loaded, found, self._tree.who, self._window).open()

    def merge(self, who: Id | None) -> None:
        """Say who else somebody is."""
        if self.loaded is not None and who is not None:
            MergeDialog(self._house, self.loaded, who, self._window).open()

    def propose(self) -> None:
        """Look at the people of the case who could be drawn."""
        if self.loaded is not None and self.loaded.proposed:
            ProposalDialog(self._house, self.loaded, self._window).open()

    # papers

    def print(self, profile: GenogramProfile, sheet: Sheet) -> None:
        """Show a copy, from where it is printed or saved."""
        loaded = self.loaded
        if loaded is None:
            return
        case = loaded.case.id

        def ask(reader: Reader) -> PaperJob | UserError:
            try:
                return genogram_papers.job(reader, case, profile, sheet)
            except UserError as error:
                return error

        def show(answer: PaperJob | UserError) -> None:
            if isinstance(answer, UserError):
                self._complaint.show_error(answer)
                return
            file = profile is GenogramProfile.FILE
            about = tr("The genogram for the file") if file else tr("The genogram for the family")
            left_out = "" if file else said_of(loaded)
            self.desk.preview(answer, tr("Genogram"), f"{about}. {left_out}" if left_out else about)

        self._house.tasks.query(self, Query(ask, show))


def _remove_member(who: Id, writer: Writer) -> None:
    genograms.remove_member(writer, who)


def _remove_home(home: Id, writer: Writer) -> None:
    genogram_relatives.remove_home(writer, home)


def _remove_line(
    cls: type[FamilyTie] | type[FamilyCouple] | type[FamilySibling], line: Id, writer: Writer
) -> None:
    genogram_relatives.remove_link(writer, cls, line)
