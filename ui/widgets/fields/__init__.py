"""Editors of one field each. A form's row names its editor by one of the makers in :mod:`ui.widgets.fields.makers`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.widgets.fields.base import FieldEditor

Maker = Callable[[], "FieldEditor"]
"""Makes an editor."""
