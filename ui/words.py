"""Words on the screen that change with the language while they stand there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError


def tr(msgid: str, **values: object) -> str:
    """Return a msgid in the language of the moment, its ``{fields}`` filled."""
    return i18n.gettext(msgid, **values)


_FEWEST = 512
"""Below so many bound words nobody looks for the ones that are gone."""


class Words(QObject):
    """Keeps what is bound to a window's widgets; language change says it all again, nothing is rebuilt."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bound: list[tuple[QObject, Callable[[], None]]] = []
        self._look_at = _FEWEST
        self._subscription = i18n.subscribe(lambda _translator: self.say_again())
        self.destroyed.connect(self._subscription.cancel)

    def bind(self, owner: QObject, say: Callable[[], None]) -> None:
        """Run ``say`` now and at each change of language, for as long as ``owner`` lives."""
        if len(self._bound) >= self._look_at:
            self._forget_the_gone()
        self._bound.append((owner, say))
        say()

    def _forget_the_gone(self) -> None:
        """Let go of what was bound to widgets that are gone; looked for whenever the list has doubled."""
        self._bound = [(owner, say) for owner, say in self._bound if isValid(owner)]
        self._look_at = max(_FEWEST, 2 * len(self._bound))

    def say_again(self) -> None:
        """Say everything in the language of the moment."""
        if not isValid(self):
            return
        self._forget_the_gone()
        for _owner, say in self._bound:
            say()


def bind(setter: Callable[[str], Any], msgid: str, **values: object) -> None:
    """Set a widget's words, and again at each change of language: ``bind(label.setText, "Purpose")``."""
    owner = getattr(setter, "__self__", None)
    if not isinstance(owner, QObject):
        raise TypeError("bind takes a method of a widget")
    call = setter.__name__
    bind_call(owner, lambda: getattr(owner, call)(tr(msgid, **values)))


def bind_call(owner: QObject, say: Callable[[], None]) -> None:
    """Run ``say`` now and at each change of language, for as long as ``owner`` lives."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    if application is None:
        raise RuntimeError("words need an application")
    words = application.findChild(Words)
    if words is None:
        words = Words(application)
    words.bind(owner, say)


def error_words(error: UserError) -> tuple[str, tuple[str, ...]]:
    """Return an expected error's sentence and its ways out."""
    return i18n.translate_error(error)
