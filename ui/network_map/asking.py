"""What is asked over the map: a name at a spot, the kind of a line, what a household is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QSize, Qt

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_geometry import cell_centre
from caseworker_app.domain.map_view import SeenRelation
from caseworker_app.domain.network_map import MapPersonKind, Placement
from ui.network_map import hits
from ui.network_map.group_field import GroupField
from ui.network_map.line_panel import LinePanel
from ui.network_map.rename_field import RenameField
from ui.network_map.session_base import Selection
from ui.network_map.source import Offer
from ui.network_map.spot_field import SpotField

if TYPE_CHECKING:
    from ui.network_map.desk import MapDesk


class Asking(QObject):
    """The fields that open over a :class:`MapDesk`'s map; at most one is open."""

    def __init__(self, desk: MapDesk, *, statements: bool) -> None:
        super().__init__(desk)
        self._desk, self._source, self._canvas = desk, desk.source, desk.canvas
        self.name_field, self.line_panel = SpotField(desk), LinePanel(desk, statements=statements)
        self.group_field, self.rename_field = GroupField(desk), RenameField(desk)
        self._spot: Placement | None = None
        self._line: Id | None = None
        canvas, source, panel = desk.canvas, desk.source, self.line_panel
        canvas.name_wanted.connect(self.ask_name)
        canvas.line_wanted.connect(self.ask_kind)
        canvas.moved.connect(self.close)
        source.known_as.connect(self._know_as)
        self.name_field.named.connect(self._name_at_spot)
        self.name_field.closed.connect(self._name_closed)
        self.group_field.named.connect(self._name_group)
        self.group_field.closed.connect(canvas.setFocus)
        self.rename_field.written.connect(self._rename)
        self.rename_field.closed.connect(canvas.setFocus)
        panel.chosen.connect(lambda quality: self._edit_line(True, quality=quality))
        panel.said.connect(lambda voice: self._edit_line(False, said_by=voice))
        panel.flowed.connect(lambda flow: self._edit_line(False, flow=flow))
        panel.removed.connect(self._remove_line)
        panel.closed.connect(canvas.setFocus)

    def _know_as(self, stand_in: Id, real: Id) -> None:
        self.rename_field.know_as(stand_in, real)
        if self._line == stand_in:
            self._line = real

    def close(self) -> None:
        """Close what is open."""
        self.name_field.leave()
        self.group_field.leave()
        self.rename_field.leave()
        self.line_panel.hide()

    def follow(self) -> None:
        """Show what the line in sight has become."""
        chosen = self._source.selection.relation
        if self._line is not None and chosen != self._line:
            self._line = None
            self.line_panel.hide()
        elif self._line is not None:
            self._show_line()

    def _room(self) -> QRect:
        return self._canvas.geometry()

    def _here(self, at: QPointF) -> QPoint:
        return self._desk.here(at)

    # names

    def ask_name(self, at: QPointF | None) -> None:
        """Ask for a name at a point, or close the field. A name that stands typed is put where it was typed for.

        While names are being written the field goes along to the next point; one nothing was written in closes.
        """
        field = self.name_field
        field.take()
        if at is None or (field.isVisible() and not field.used):
            field.leave()
            return
        self._spot = self._canvas.hand.place_at(at)
        self._canvas.hand.busy_field = True
        self._show_spot()
        self.name_field.ask_at(self._here(at), self._room(), self._source.offers())

    def _show_spot(self) -> None:
        """Light the cell the next name falls in."""
        view, over = self._source.view, self._canvas.item.over
        shown = self._spot if view is not None else None
        over.cell = None if shown is None else hits.cell_path(view.template, shown.ring, shown.sector)  # type: ignore[union-attr]
        self._canvas.viewport().update()

    def _name_at_spot(self, name: str, kind: MapPersonKind, offer: Offer | None) -> None:
        if self._spot is None:
            return
        self._desk.add(name, kind, offer, self._spot)
        view = self._source.view
        if view is not None:
            taken = [one.placement for one in view.placed if one.placement is not None]
            self._spot = cell_centre(view.template, self._spot.ring, self._spot.sector, taken)

    def _name_closed(self) -> None:
        self._spot = None
        self._canvas.hand.busy_field = False
        self._show_spot()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_rename(self, person: Id) -> None:
        """Open the field in which a name is put right."""
        view = self._source.view
        one = next((p for p in view.people if p.id == person), None) if view is not None else None
        if one is not None and not self._source.locked:
            at = self._canvas.person_px(person) or QPointF(0.0, 0.0)
            self.rename_field.ask(one, self._here(at), self._room())

    def _rename(self, person: Id, name: str, role: str) -> None:
        self._source.edit_person(person, called=name, role_word=role)

    # lines and households

    def ask_kind(self, line: Id) -> None:
        """Open the strip of kinds at a line; on a locked map nothing is asked."""
        self._line = line
        self._source.choose(Selection(relation=line))
        if not self._source.locked and self._show_line():
            self.line_panel.ask_beside(self._extent(line), self._room())

    def _relation(self, line: Id | None) -> SeenRelation | None:
        view = self._source.view
        return next((one for one in view.relations if one.id == line), None) if view is not None else None

    def _extent(self, line: Id) -> QRect:
        """Return the room a line takes up, in the desk."""
        scenery, relation = self._canvas.ensure(), self._relation(line)
        if relation is None or line not in scenery.laid.bends:
            return QRect(self._here(QPointF(self._canvas.viewport().rect().center())), QSize(1, 1))
        points = [self._here(self._canvas.to_px(QPointF(*p))) for p in hits.route_of(scenery, relation)]
        xs, ys = [p.x() for p in points], [p.y() for p in points]
        return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys)))

    def _show_line(self) -> bool:
        view, relation = self._source.view, self._relation(self._line)
        if view is None or relation is None:
            self.line_panel.hide()
            return False
        names = {one.id: one.called for one in view.people}
        one, other = (view.child if end is None else names.get(end, "") for end in (relation.a, relation.b))
        self.line_panel.show_line(relation, (one, other), view.wording)
        return True

    def _edit_line(self, done: bool, **values: object) -> None:
        if self._line is not None:
            self._source.edit_relation(self._line, **values)
        if done:
            self.line_panel.leave()

    def _remove_line(self) -> None:
        if self._line is not None:
            self._source.remove_relation(self._line)
        self.line_panel.leave()

    def ask_label(self, group: Id, at: QPointF) -> None:
        """Ask what a household is called."""
        self.group_field.ask(group, self._here(at), self._room())

    def _name_group(self, group: Id, label: str) -> None:
        self._source.edit_group(self._source.real(group), label=label)
