"""The first screen: what becomes of what is drawn, said before anything is drawn. No secrecy is promised."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import N_
from caseworker_app.services.family_view import Audience
from ui.family_mode.big import MiddleSheet, big_button, big_label
from ui.words import bind

_TITLES = {Audience.CHILD: N_("Who do you know?"), Audience.PARENTS: N_("Who is around the child?")}
_TOLD = {
    Audience.CHILD: N_("What you draw is kept in your case. Your mother and father may be able to see it."),
    Audience.PARENTS: N_("What is drawn is kept in the case. Whoever has custody may be able to see it."),
}
_HOW = {
    Audience.CHILD: N_("You decide who is on the drawing, and where. Say stop whenever you like."),
    Audience.PARENTS: N_("Say who is to be on the map, and where. It can be changed as we go."),
}


class Welcome(MiddleSheet):
    """Says it in the words of whoever looks on. ``begun`` comes when they have heard it."""

    begun = Signal()

    def __init__(self, audience: Audience, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = big_label("", "heading")
        bind(self.told.setText, _TOLD[audience])
        bind(self.told.setAccessibleName, _TOLD[audience])
        self.column.addWidget(big_label(_TITLES[audience], "title"))
        self.column.addWidget(self.told)
        self.column.addWidget(big_label(_HOW[audience], "subheading"))
        self.column.addSpacing(8)
        self.begin = big_button("Begin", self.begun.emit, "primary")
        self.column.addWidget(self.begin)
        self.setFocusProxy(self.begin)
