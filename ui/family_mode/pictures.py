"""Pictures of Familievisning for the demo: its first screen and a child's drawing, as the family sees them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui import icons, theme
from ui.family_mode.hatch import Hatch
from ui.family_mode.session import FamilySession
from ui.family_mode.window import FamilyWindow

if TYPE_CHECKING:
    from caseworker_app.domain.map_template import Templates
    from caseworker_app.services.family_view import FamilyModel


def take_family(
    model: FamilyModel,
    templates: Templates,
    files: tuple[Path, Path],
    size: tuple[int, int],
    dress: theme.ThemeName,
) -> None:
    """Take the first screen and the drawing as PNG, in one size and look."""
    application = QApplication.instance() or QApplication(["Tæt på"])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    theme.apply(application, dress)
    icons.redress(application)
    window = FamilyWindow(FamilySession(Hatch(), model, templates, None), has_pin=True)
    window.resize(*size)
    window.show()
    for file in files:
        window.grab()  # the first is for the layout to come to rest
        application.sendPostedEvents()
        window.grab().save(str(file), "PNG")
        window.welcome.begin.click()
    window.let_go()
