"""Attaching files one after the other: read, taken in by the worker process, kept; what was refused is told at the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QObject, Signal

from caseworker_app.domain.document import FileKind, Taken
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.services import documents
from ui.house import House
from ui.tasks import Job, Op
from ui.widgets.documents import sources
from ui.widgets.documents.sources import Source
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of it: the new documents in their order, and each file that was not attached with the reason."""

    made: tuple[Id, ...]
    failed: tuple[tuple[str, UserError], ...]
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class _Waiting:
    case: Id
    source: Source
    links: tuple[str, ...]


class Attacher(QObject):
    """``progressed`` (which, of) for each file, ``ended`` with :class:`Attached`. What comes meanwhile waits behind."""

    progressed = Signal(int, int)
    ended = Signal(object)

    def __init__(self, house: House, parent: QObject) -> None:
        super().__init__(parent)
        self._house = house
        self._left: deque[_Waiting] = deque()
        self._made: list[Id] = []
        self._failed: list[tuple[str, UserError]] = []
        self._now: _Waiting | None = None
        self._of = self._untitled = self._step = 0
        self._cancelled = False
        house.tasks.bug.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """Whether something is being attached."""
        return self._now is not None

    def attach_paths(self, case: Id, paths: Iterable[str], links: tuple[str, ...] = ()) -> None:
        """Attach files by where they are; folders stand for the files in them."""
        chosen = tuple(paths)
        work = Job(lambda: sources.of_paths(chosen), lambda found: self.attach(case, found, links))
        self._house.tasks.job(self, work)

    def attach_mime(self, case: Id, mime: QMimeData, links: tuple[str, ...] = ()) -> bool:
        """Attach what was dropped or copied: files, else a picture. Return whether there was any."""
        paths = sources.local_paths(mime)
        if paths:
            self.attach_paths(case, paths, links)
            return True
        picture = sources.picture_of(mime)
        if picture is None:
            return False
        self.attach(case, (picture,), links)
        return True

    def attach(self, case: Id, found: Iterable[Source], links: tuple[str, ...] = ()) -> None:
        """Attach files to a case; ``links`` say what they are about."""
        waiting = [_Waiting(case, source, links) for source in found]
        self._left.extend(waiting)
        self._of += len(waiting)
        if self._now is not None and self._house.tasks.idle:
            self._now = None  # its answer reached nobody: the store was closed meanwhile
        if waiting and self._now is None:
            self._cancelled = False
            self._next()

    def cancel(self) -> None:
        """Attach no further file; the one under way is finished, and what is attached stays."""
        self._cancelled = True
        self._left.clear()

    def _next(self) -> None:
        self._step += 1
        if not self._left or self._house.tasks.store is None:
            self._end()
            return
        self._now = now = self._left.popleft()
        self.progressed.emit(self._of - len(self._left), self._of)
        files, step = self._house.files, self._step

        def work() -> Taken:
            return files.take_in(now.source.name, now.source.read())

        self._house.tasks.job(
            self,
            Job(work, lambda taken: self._keep(step, now, taken), lambda error: self._refused(step, error)),
        )

    def _keep(self, step: int, now: _Waiting, taken: Taken) -> None:
        if step != self._step:
            return
        title = documents.title_from(now.source.name) or self._untitled_name(taken.kind)
        op = Op(
            lambda w: documents.attach(
                w, now.case, taken, {"title": title, "dated": w.today, "links": now.links}
            ),
            done=lambda made: self._kept(step, made),
            failed=lambda error: self._refused(step, error),
        )
        self._house.tasks.op(self, op)

    def _untitled_name(self, kind: FileKind) -> str:
        self._untitled += 1
        picture = kind is FileKind.PICTURE
        if self._of == 1:
            return tr("Picture") if picture else tr("Document")
        number = self._untitled
        return tr("Picture {number}", number=number) if picture else tr("Document {number}", number=number)

    def _kept(self, step: int, made: Id) -> None:
        if step == self._step:
            self._made.append(made)
            self._next()

    def _refused(self, step: int, error: UserError) -> None:
        if step == self._step and self._now is not None:
            self._failed.append((self._now.source.name, error))
            self._next()

    def _give_up(self, _bug: object) -> None:
        """Let go of what waits when the program has made a mistake: nothing is left half done."""
        if self._now is not None:
            self._step += 1
            error = UserError("The program made a mistake, and the file was not attached.", "Try once more.")
            self._failed += [(one.source.name, error) for one in (self._now, *self._left)]
            self._end()

    def _end(self) -> None:
        told = Attached(tuple(self._made), tuple(self._failed), self._cancelled)
        self._made, self._failed, self._now = [], [], None
        self._of = self._untitled = 0
        self._left.clear()
        self.progressed.emit(0, 0)
        self.ended.emit(told)
