"""The worker's own card and the municipality's, each a form over the thing in the store."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QTimer

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Office, Worker
from caseworker_app.i18n import N_
from caseworker_app.services import office
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from ui.house import House
from ui.pages.settings import editors
from ui.pages.settings.pane import Pane
from ui.tasks import Query, Touched
from ui.widgets.form_view import FormView, Row, Save, Section

WORKER_ROWS = (
    Row("name", editors.line()),
    Row("title", editors.line()),
    Row(
        "function",
        editors.function(),
        help=N_(
            "A caseworker's cases are limited to 25; a health visitor's only if the municipality says so."
        ),
    ),
    Row("team", editors.line()),
    Row("phone", editors.line()),
    Row("email", editors.line()),
)


def office_rows(house: House) -> tuple[Row | Section, ...]:
    """Return the rows of the municipality's form."""
    return (
        Row("municipality", editors.line()),
        Row("department", editors.line()),
        Row("address", editors.lines(), help=N_("One line each, as it stands above a letter.")),
        Row("phone", editors.line()),
        Row("email", editors.line()),
        Row("limit", editors.number(), help=N_("Empty: 25 for a caseworker, none for a health visitor.")),
        Row(
            "record_system",
            editors.line(),
            help=N_(
                "Empty: DUBU. What is copied over by hand stands under this name; nothing is sent to it."
            ),
        ),
        Row("record_system_health", editors.line(), help=N_("Empty: NOVAX.")),
        Row("signature_line", editors.line()),
        Row("logo", editors.logo(house.tasks), help=N_("PNG, at most 300 KB.")),
    )


class _FormPane(Pane):
    """A pane with one form over one thing."""

    def __init__(
        self,
        house: House,
        cls: type[Entity],
        rows: tuple[Row | Section, ...],
        save: Save,
        explanation: str,
    ) -> None:
        super().__init__(explanation)
        self._house, self._cls = house, cls
        self.form = FormView(house, cls, rows, save, keys_within=self)
        self.column.addWidget(self.form)
        self.form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the form the height it needs: in a scrolling pane Qt forgets the lines that words wrap into."""
        if watched is getattr(self, "form", None) and event.type() in (
            QEvent.Type.LayoutRequest,
            QEvent.Type.Resize,
        ):
            QTimer.singleShot(0, self, self._make_room)
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        layout = self.form.layout()
        needed = self.form.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.heightForWidth(self.form.width())
        if needed != self.form.minimumHeight():
            self.form.setMinimumHeight(needed)

    def begin(self) -> None:
        """Show the thing, with its draft when there is one."""
        self._house.tasks.query(self, Query(self._which, self._edit))

    def _which(self, reader: Reader) -> Id | None:
        raise NotImplementedError

    def _edit(self, thing: Id | None) -> None:
        self.form.setVisible(thing is not None)
        if thing is not None and self.form.entity != thing:
            self.form.edit(thing)

    def follow(self, touched: Touched) -> None:
        self.form.follow(touched)

    def leave(self) -> bool:
        return self.form.leave()


class WorkerPane(_FormPane):
    """Who you are: what stands under every letter."""

    def __init__(self, house: House) -> None:
        super().__init__(
            house,
            Worker,
            WORKER_ROWS,
            _save_worker,
            N_("Stands on invitations and minutes."),
        )

    def _which(self, reader: Reader) -> Id | None:
        return reader.author if reader.get(Worker, reader.author) is not None else None


class OfficePane(_FormPane):
    """The municipality: what stands above every letter."""

    def __init__(self, house: House) -> None:
        super().__init__(
            house,
            Office,
            office_rows(house),
            _save_office,
            N_("Stands above every letter."),
        )

    def _which(self, reader: Reader) -> Id | None:
        found = reader.find(Office)
        return found[0].id if found else None


def _save_worker(writer: Writer, _worker: Id | None, edits: Mapping[str, Edit]) -> Id:
    office.edit_worker(writer, edits)
    return writer.author


def _save_office(writer: Writer, of: Id | None, edits: Mapping[str, Edit]) -> Id:
    if of is None:
        raise KeyError("no such office")
    office.edit_office(writer, of, edits)
    return of
