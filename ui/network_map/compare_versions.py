"""Two versions of a netværkskort beside each other, the newer with ghosts and arrows, and what changed in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.phrases import N_
from caseworker_app.services.network_maps import OpenMap
from ui.network_map.choices import Choices, Pairs, labelled
from ui.network_map.compared import drawing_of, name_of, sentences_between, with_changes
from ui.network_map.list_words import map_words_said
from ui.network_map.picture import Maker, PictureView
from ui.network_map.sentences import SentencePanel
from ui.network_map.version_slider import VersionSlider
from ui.widgets.announce import announce
from ui.widgets.check import Check
from ui.words import bind, bind_call, tr


class VersionsView(QWidget):
    """A slider with a dot for each version; left and right turn from one to the next.

    ``print_pressed`` carries the ids of the two that stand there, the older first.
    """

    print_pressed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._versions: tuple[OpenMap, ...] = ()
        self._wording = Wording.CHILD
        self.slider = VersionSlider()
        self.name = QLabel()
        self.against = Choices(self._earlier)
        self.beside = Check()
        self.older, self.newer = _Shown(), _Shown()
        self.sentences = SentencePanel()
        self._lay_out()
        self.sentences.print_pressed.connect(self._print)
        self.slider.valueChanged.connect(self._turned)
        self.against.picked.connect(lambda _number: self._show())
        self.beside.toggled.connect(lambda _on: self._show())
        bind_call(self, self._show)

    def _lay_out(self) -> None:
        bind(self.slider.setAccessibleName, "Version")
        bind(self.beside.setText, "Show the older one beside it")
        self.beside.setChecked(True)
        self.name.setProperty("look", "subheading")
        self.against.setMinimumContentsLength(23)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(labelled(N_("Version (← and →)"), self.slider), 2)
        top.addWidget(labelled(N_("Compared with"), self.against), 1)
        top.addWidget(self.beside, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        pictures = QHBoxLayout()
        pictures.setSpacing(12)
        pictures.addWidget(self.older, 1)
        pictures.addWidget(self.newer, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(top)
        left.addLayout(pictures, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(left, 1)
        layout.addWidget(self.sentences)

    # showing

    def say_as(self, wording: Wording) -> None:
        """Say rings and lines in the child's words, or in those of the file."""
        self._wording = wording
        self._show()

    def show_versions(self, versions: Sequence[OpenMap], chosen: int, wording: Wording) -> None:
        """Show versions from the oldest to the newest; ``chosen`` is the one looked at."""
        self._versions, self._wording = tuple(versions), wording
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(self._versions) - 1))
        self.slider.setValue(chosen)
        self.slider.blockSignals(False)
        self.slider.setEnabled(len(self._versions) > 1)
        self._show_earlier()
        self._show()

    def _earlier(self) -> Pairs:
        return [(number, name_of(self._versions[number].map)) for number in range(self.slider.value())]

    def _show_earlier(self) -> None:
        self.against.fill()
        self.against.show_value(self.slider.value() - 1)
        self.against.setEnabled(self.against.count() > 1)

    def _turned(self, number: int) -> None:
        self._show_earlier()
        self._show()
        announce(self.slider, name_of(self._versions[number].map))

    @property
    def looked_at(self) -> tuple[OpenMap | None, OpenMap] | None:
        """The version looked at and the one it is compared with; ``None`` when there is none at all."""
        if not self._versions:
            return None
        older = self.against.value()
        return (None if older is None else self._versions[older], self._versions[self.slider.value()])

    def _print(self) -> None:
        now = self.looked_at
        if now is not None and now[0] is not None:
            self.print_pressed.emit(now[0].map.id, now[1].map.id)

    def _show(self) -> None:
        now = self.looked_at
        if now is None:
            return
        older, newer = now
        wording = self._wording
        self.against.fill()
        self.older.setVisible(older is not None and self.beside.isChecked())
        self.beside.setEnabled(older is not None)
        if older is None:
            self.newer.show_version(newer, wording, lambda boost: drawing_of(newer, wording, boost))
            self.sentences.show_nothing(
                N_("This is the first version. There is none before it to compare with.")
            )
        else:
            before = older
            self.older.show_version(before, wording, lambda boost: drawing_of(before, wording, boost))
            self.newer.show_version(newer, wording, lambda boost: with_changes(before, newer, wording, boost))
            self.sentences.show_sentences(sentences_between(before, newer, wording))
        self.slider.setAccessibleDescription(name_of(newer.map))


class _Shown(QWidget):
    """A map under its name."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.picture = QLabel(), PictureView()
        self.name.setProperty("look", "subheading")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.name)
        layout.addWidget(self.picture, 1)

    def show_version(self, opened: OpenMap, wording: Wording, make: Maker) -> None:
        """Show a map, and say it for who cannot see it."""
        self.name.setText(name_of(opened.map))
        self.picture.show_made(make)
        self.picture.setAccessibleName(tr("Netværkskort: {name}", name=self.name.text()))
        self.picture.setAccessibleDescription(map_words_said(opened, wording))
