"""What is written at a meeting and not saved yet: one draft of all its lines, kept within two seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Draft, Writer
from ui.house import House
from ui.widgets.form_drafts import DraftKeeper
from ui.widgets.meeting.part import run_draft_key
from ui.widgets.meeting.row_list import RowList
from ui.widgets.meeting.saved_row import Kept, SavedRow
from ui.words import tr

_NEW = "new"


class RunKeeping(QObject):
    """Keeps the draft of a meeting's ``lists`` of lines and its ``texts``, each a line of the meeting itself."""

    def __init__(
        self, house: House, lists: Mapping[str, RowList], texts: Mapping[str, SavedRow], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._house, self._lists, self._texts = house, dict(lists), dict(texts)
        self._meeting: Id | None = None
        self._stream: Id | None = None
        self._title = ""
        self._others: Kept = {}
        """What a draft kept that is written in the other view of the meeting: it stays in the draft."""
        self.keeper = DraftKeeper(house, self.draft, self)
        for rows in self._lists.values():
            rows.typed.connect(self.keeper.note)
            rows.stored.connect(self.keeper.saved)
            rows.rest = self._rest
        for row in self._texts.values():
            self._keep_text(row)

    def _keep_text(self, row: SavedRow) -> None:
        row.typed.connect(self.keeper.note)
        row.stored.connect(self.keeper.saved)
        row.in_same_act = lambda: self._rest(row)

    def begin(self, meeting: Id, stream: Id, title: str, draft: Draft | None) -> None:
        """Begin with a meeting, and with what a draft of it kept. Call it when the lines are shown."""
        self.name(meeting, stream, title)
        self._others = {}
        self.keeper.begin(run_draft_key(meeting), there=draft is not None)
        if draft is not None:
            self._resume(draft)

    def name(self, meeting: Id, stream: Id, title: str) -> None:
        """Say which meeting is written at; ``title`` is what its draft is called in the list of drafts."""
        self._meeting, self._stream, self._title = meeting, stream, title

    def leave(self) -> None:
        """Save what is being written; what cannot be read stays a draft."""
        for rows in self._lists.values():
            rows.commit()
        for row in self._texts.values():
            row.commit()
        self.keeper.flush()

    def draft(self, but: SavedRow | None = None) -> Draft | None:
        """Return what is not saved, leaving one line out; ``None`` when nothing is."""
        if self._meeting is None:
            return None
        fields: Kept = dict(self._others)
        for name, rows in self._lists.items():
            known, new = rows.unsaved(but)
            for entity, kept in known.items():
                fields |= {f"{name}/{entity.hex()}/{field}": value for field, value in kept.items()}
            for number, kept in enumerate(new):
                fields |= {f"{name}/{_NEW}{number}/{field}": value for field, value in kept.items()}
        for name, row in self._texts.items():
            if but is not row:
                fields |= {f"{name}//{field}": value for field, value in row.unsaved().items()}
        if not fields:
            return None
        return Draft(
            run_draft_key(self._meeting), "meeting", self._meeting, self._stream, self._title, fields
        )

    def _rest(self, row: SavedRow) -> Callable[[Writer], None]:
        """Say what keeping a line does with the draft: what else is unsaved stays in it."""
        rest = self.draft(but=row)
        key = "" if self._meeting is None else run_draft_key(self._meeting)

        def keep(writer: Writer) -> None:
            if rest is None:
                writer.drop_draft(key)
            else:
                writer.save_draft(rest)

        return keep

    def _resume(self, draft: Draft) -> None:
        known: dict[tuple[str, str], Kept] = defaultdict(dict)
        for name, value in draft.fields.items():
            part, place, field = name.split("/", 2)
            known[part, place][field] = value
        for (part, place), kept in known.items():
            if part in self._texts:
                self._texts[part].resume(kept)
            elif part in self._lists:
                rows = self._lists[part]
                if place.startswith(_NEW) or not rows.resume(bytes.fromhex(place), kept):
                    rows.resume_new([kept])
            else:
                self._others |= {f"{part}/{place}/{field}": value for field, value in kept.items()}
        self.keeper.note()
        self._house.say(tr("A draft was fetched."))
