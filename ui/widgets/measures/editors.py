"""An editor of one among things that have names of their own, such as instruments: the names are not translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.widgets.fields import Maker
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.choice import ChoiceEditor
from ui.words import tr


class NamedChoice(ChoiceEditor):
    """One of the keys of ``names``; with ``none`` (a msgid) also ``None``."""

    def __init__(self, names: Mapping[Any, str], none: str = "") -> None:
        self._named = names
        super().__init__({}, none)
        self._values += list(names)
        self._msgids += list(names.values())
        for name in names.values():
            self.combo.addItem(name)

    def _say_again(self) -> None:
        if self._values[:1] == [None]:
            self.combo.setItemText(0, tr(self._msgids[0]))

    def words(self, value: Any) -> str:
        return self._named.get(value, tr("nothing"))


def named(names: Mapping[Any, str], none: str = "") -> Maker:
    """Return the maker of such an editor."""

    def make() -> FieldEditor:
        return NamedChoice(names, none)

    return make
