"""A netværkskort begun or described: whose it is, the day, the place, and who was there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_words import VOICE_LABELS
from caseworker_app.domain.network_map import NetworkMap, Voice
from caseworker_app.i18n import N_
from caseworker_app.services import network_maps
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.widgets.plan.editors import NamesEditor
from ui.words import tr

MAP_ROWS = (
    Row(
        "voice",
        makers.choice(VOICE_LABELS),
        help=N_("Lines are this person's statement unless it is said otherwise."),
    ),
    Row("drawn_on", makers.date("back"), width=6),
    Row("place", makers.text()),
    Row("present", NamesEditor, help=N_("It stands on every print of the map.")),
)


class MapDialog(FormDialog):
    """Begins a map of a case, or describes one. ``then`` gets the id of a map that was begun."""

    def __init__(
        self,
        house: House,
        case: Case,
        network_map: Id | None,
        people: Iterable[str] = (),
        parent: QWidget | None = None,
        *,
        voice: Voice = Voice.CHILD,
        then: Callable[[Id], None] | None = None,
    ) -> None:
        new = network_map is None
        super().__init__(N_("New network map") if new else N_("About the map"), parent=parent)
        self._house, self._case = house, case
        self.form = FormView(
            house, NetworkMap, MAP_ROWS, self._begin if new else self._edit,
            title=lambda _form: tr("Network map"), button=N_("Begin (Ctrl+S)") if new else "",
            keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        present = self.form.rows["present"].editor
        if isinstance(present, NamesEditor):
            present.offer(people)
        self.form.shown.connect(self.form.rows["voice"].editor.setFocus)
        self.form.saved.connect(partial(self._saved, then))
        house.tasks.touched.connect(self.form.follow)
        if network_map is None:
            self.form.make(
                f"network_map:new:{case.id.hex()}", stream=case.stream, values={"voice": voice}, shown=_today
            )
        else:
            self.form.edit(network_map)

    def _saved(self, then: Callable[[Id], None] | None, network_map: object) -> None:
        self.close()
        if then is not None and isinstance(network_map, bytes):
            then(network_map)

    def _begin(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        values: dict[str, Any] = dict(values_of(edits))
        voice = values.pop("voice", Voice.CHILD)
        templates = self._house.books.map_templates()
        return network_maps.begin(writer, self._case.id, voice, templates=templates, **values)

    def _edit(self, writer: Writer, network_map: Id | None, edits: Mapping[str, Edit]) -> Id:
        if network_map is None:
            raise RuntimeError("a map is begun before it is described")
        network_maps.edit(writer, network_map, edits)
        return network_map


def _today(reader: Reader) -> Mapping[str, Any]:
    return {"drawn_on": reader.today}
