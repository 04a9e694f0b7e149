"""I dag: meetings at hand, drafts to finish, cases above the limit, and where everything lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import clock_span, day_and_month, full_date, week, weekday
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MEETING_KIND_LABELS
from caseworker_app.services.cases import display_name
from caseworker_app.services.meetings import MeetingRow
from caseworker_app.services.ports import Draft
from caseworker_app.services.today import DraftRow, Today, today
from ui.house import House, Place
from ui.tasks import Op, Query, Touched
from ui.widgets.form_bars import NoticeBar
from ui.widgets.line_button import LineButton
from ui.words import bind, bind_call, tr

_TIME_WIDTH = 128


class _Card(QFrame):
    """A heading and lines under it."""

    def __init__(self, heading: str, lines: Iterable[QWidget], empty: str = "") -> None:
        super().__init__()
        self.setProperty("look", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(4)
        title = QLabel(heading)
        title.setProperty("look", "subheading")
        title.setContentsMargins(12, 0, 0, 4)
        layout.addWidget(title)
        shown = list(lines)
        leading = [line for line in shown if isinstance(line, LineButton)]
        wide = max((line.lead_needs() for line in leading), default=0)
        for line in leading:
            line.set_lead_width(max(wide, _TIME_WIDTH))
        for widget in shown:
            layout.addWidget(widget)
        if not shown and empty:
            words = QLabel(empty)
            words.setWordWrap(True)
            words.setProperty("look", "muted")
            words.setContentsMargins(12, 0, 12, 4)
            layout.addWidget(words)


class TodayPage(QScrollArea):
    """The page. It is drawn anew whenever something on it changed."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._today: Today | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        self.setWidget(ground)
        self._title, self._date = QLabel(), QLabel()
        self._title.setProperty("look", "title")
        self._date.setProperty("look", "muted")
        bind(self._title.setText, "Today")
        self.notice = NoticeBar()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(12)
        self._lay_out(ground)
        bind_call(self, self._say)

    def _lay_out(self, ground: QWidget) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addWidget(self._date, 1, Qt.AlignmentFlag.AlignBottom)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(self._left, 3)
        columns.addLayout(self._right, 2)
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addLayout(columns)
        layout.addStretch(1)

    # the page, as the window sees it

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show the day as it is now."""
        self._house.tasks.query(self, Query(today, self._show))

    def follow(self, touched: Touched) -> None:
        """Ask again: nearly everything stands here."""
        self.show_thing(None, "")

    def leave(self) -> bool:
        """Nothing is typed here."""
        return True

    # showing

    def _show(self, found: Today) -> None:
        self._today = found
        self._say()

    def _say(self) -> None:
        self.notice.say_again()
        day = self._today
        if day is None:
            return
        language = i18n.current().language
        self._date.setText(f"{full_date(day.day, language)}, {week(day.day, language)}")
        left: list[QWidget] = []
        if day.unmarked:
            left.append(_Card(tr("Was the meeting held?"), [self._meeting(m, "soon") for m in day.unmarked]))
        left.append(
            _Card(tr("Meetings today"), [self._meeting(m) for m in day.meetings], tr("No meetings today."))
        )
        left.append(
            _Card(
                tr("The next seven days"),
                [self._meeting(m) for m in day.ahead],
                tr("No meetings planned. Open a case to plan one."),
            )
        )
        right: list[QWidget] = []
        if day.above:
            right.append(_Card(tr("Above the limit"), [self._above(case) for case in day.above]))
        right.append(
            _Card(
                tr("Drafts to finish"),
                [self._draft(row) for row in day.drafts],
                tr("Nothing half-written. What you begin and do not save is kept here."),
            )
        )
        right.append(_Card(tr("Where everything lies"), [self._place(day)]))
        _fill(self._left, left)
        _fill(self._right, right)

    def _meeting(self, row: MeetingRow, tone: str = "") -> LineButton:
        when, language = row.meeting.when, i18n.current().language
        lead = ""
        if when is not None and self._today is not None:
            lead = clock_span(when.start, when.end, language)
            if when.day != self._today.day:
                lead = f"{weekday(when.day, language)} {day_and_month(when.day, language)}"
        kind = tr(MEETING_KIND_LABELS[row.meeting.kind])
        time = (
            ""
            if when is None or lead == clock_span(when.start, when.end, language)
            else clock_span(when.start, when.end, language)
        )
        line = LineButton(
            _child(row.case),
            " · ".join(part for part in (kind, time, row.meeting.place) if part),
            lead[:1].upper() + lead[1:],
            icon="warning" if tone else "",
            tone=tone or "muted",
        )
        line.clicked.connect(lambda: self._house.go(Place("meeting", row.meeting.id)))
        return line

    def _above(self, case: Case) -> LineButton:
        line = LineButton(
            _child(case), tr("Close a case, hand one over, or record the team leader's exception."),
            icon="warning", tone="overdue",
        )  # fmt: skip
        line.clicked.connect(lambda: self._house.go(Place("case", case.id)))
        return line

    def _draft(self, row: DraftRow) -> QWidget:
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        quiet = "" if row.case is None else _child(row.case)
        if row.draft.updated is not None:
            quiet = " · ".join(part for part in (quiet, _moment(row.draft)) if part)
        line = LineButton(row.draft.title, quiet, icon="pencil")
        line.clicked.connect(lambda: self._house.go(place_of(row)))
        discard = QPushButton(tr("Discard"))
        discard.setProperty("look", "quiet")
        discard.setAccessibleName(tr("Discard the draft {title}", title=row.draft.title))
        discard.clicked.connect(lambda: self._discard(row.draft))
        across.addWidget(line, 1)
        across.addWidget(discard)
        return holder

    def _place(self, day: Today) -> QLabel:
        words = tr(
            "Everything lives on this computer so far, encrypted. Nothing has been sent anywhere, and nothing is lost "
            "without a network. {n} changes are kept in the log.",
            n=i18n.current().number(day.unsent),
        )
        label = QLabel(words)
        label.setWordWrap(True)
        label.setProperty("look", "muted")
        label.setContentsMargins(12, 0, 12, 4)
        return label

    # drafts

    def _discard(self, draft: Draft) -> None:
        """Forget a draft; it can be fetched back from the notice."""

        def gone(_nothing: None) -> None:
            self.notice.tell(
                lambda: (tr("The draft {title} was discarded.", title=draft.title), tr("Fetch it back")),
                lambda: self._fetch_back(draft),
            )
            self.show_thing(None, "")

        self._house.tasks.op(self, Op(lambda w: w.drop_draft(draft.key), done=gone))

    def _fetch_back(self, draft: Draft) -> None:
        again: Callable[[None], None] = lambda _nothing: self.show_thing(None, "")  # noqa: E731
        self._house.tasks.op(self, Op(lambda w: w.save_draft(draft), done=again))


def place_of(row: DraftRow) -> Place:
    """Return where a draft is finished: the thing's own page, else the case it belongs to."""
    draft, case = row.draft, row.case
    match draft.entity_type:
        case "meeting" if draft.entity is not None:
            return Place("meeting", draft.entity, "run" if draft.key.endswith(":run") else "plan")
        case "case" if draft.entity is not None:
            return Place("case", draft.entity, "overview")
        case "case":
            return Place("caseload", None, "new")
        case "worker" | "office" | "template":
            return Place("settings", None, draft.entity_type)
        case "person" if case is not None:
            return Place("case", case.id, f"person:{draft.entity.hex()}" if draft.entity else "new-person")
    return Place("caseload") if case is None else Place("case", case.id)


def _fill(column: QVBoxLayout, cards: list[QWidget]) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)


def _child(case: Case) -> str:
    if case.unborn:
        return tr("Unborn child of {name}", name=case.unborn_of)
    return display_name(case)


def _moment(draft: Draft) -> str:
    then = draft.updated
    if then is None:
        return ""
    here, language = then.astimezone(), i18n.current().language
    return tr(
        "written {day} {time}", day=day_and_month(here.date(), language), time=i18n.current().time(here)
    )
