"""The three columns of the involving meeting: what worries, what is going well, what we want to see."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Column, MeetingPoint
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meetings
from caseworker_app.services.meeting_lines import checked
from caseworker_app.services.meetings import OpenMeeting
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.widgets.meeting.growing_text import GrowingEditor
from ui.widgets.meeting.row_list import RowList
from ui.widgets.meeting.saved_row import Keeping, SavedRow
from ui.words import bind, bind_call, tr

COLUMN_LABELS = {
    Column.WORRIES: N_("Worries"),
    Column.WORKS: N_("Works"),
    Column.WISHES: N_("What do we want to see"),
    Column.CHILD: N_("The child's own words"),
}


TAKEN_BACK = N_("The line is taken back. Ctrl+Z brings it again.")


class PointRow(SavedRow):
    """One line of a column."""

    def __init__(self, house: House, keeping: Keeping, label: str) -> None:
        self.editor = GrowingEditor()
        super().__init__(house, keeping, {"text": self.editor})
        self.add_body(self.editor)
        self.text = self.editor.text
        bind_call(self.text, lambda: self.editor.name_parts(tr("{column}: a line", column=tr(label))))


class PointColumn(QFrame):
    """A column: its heading, its lines. Enter goes on, arrows go between lines, emptying a line takes it back."""

    def __init__(self, house: House, column: Column, keys: str) -> None:
        super().__init__()
        self._house, self.column = house, column
        self._meeting: Id | None = None
        self._label = COLUMN_LABELS[column]
        self.setProperty("look", "card")
        heading, hint = QLabel(), QLabel(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        heading.setProperty("look", "subheading")
        hint.setProperty("look", "muted")
        bind(heading.setText, self._label)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(hint)
        self.list = RowList(self._make)
        self.area = scrolling(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 4, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
        bind(self.setAccessibleName, self._label)

    def _make(self) -> SavedRow:
        meeting, column = self._meeting, self.column

        def add(writer: Writer, values: dict[str, object]) -> Id:
            if meeting is None:
                raise RuntimeError("no meeting is shown")
            return meetings.add_point(writer, meeting, column, str(values["text"]))

        keeping = Keeping(MeetingPoint, add, meetings.edit_point, "text", TAKEN_BACK, checked)
        row = PointRow(self._house, keeping, self._label)
        row.text.entered.connect(lambda: self._entered(row))
        row.text.up.connect(lambda: self.list.before(row))
        row.text.down.connect(lambda: self.list.next_of(row))
        return row

    def _entered(self, row: SavedRow) -> None:
        row.commit()
        self.list.next_of(row)

    def begin_again(self, meeting: Id) -> None:
        """A meeting is opened: let the lines of another go, and of the same one what is not in the store."""
        if meeting == self._meeting:
            self.list.forget_unsaved()
        else:
            self._meeting = meeting
            self.list.forget()

    def show_opened(self, opened: OpenMeeting) -> None:
        """Show the meeting's lines of this column."""
        points = opened.view.points[self.column]
        self.list.show_items([(point.id, opened.fields[point.id]) for point in points])

    def go(self) -> None:
        """Go to the empty line at the end."""
        self.list.go(len(self.list.rows))


def scrolling(inside: RowList) -> QScrollArea:
    """Return a list in an area that scrolls, the line with the cursor always in view."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)

    def keep_in_view(row: QWidget) -> None:
        area.ensureWidgetVisible(row, 0, 8)

    def keep_focus_in_view() -> None:
        focused = inside.focusWidget()
        if focused is not None and focused.hasFocus():
            area.ensureWidgetVisible(focused, 0, 8)

    inside.focused.connect(keep_in_view)
    area.verticalScrollBar().rangeChanged.connect(keep_focus_in_view)  # a line has grown or come
    return area
