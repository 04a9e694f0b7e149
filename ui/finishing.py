"""What the window gets once it stands on the screen: its icon, and Qt's own words in the language of the moment."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

import resources
from caseworker_app import i18n
from ui.words import bind_call

_SWITCH_SECONDS = 0.0005
"""How long a thread may hold the interpreter: at Python's usual 5 ms a busy reader is felt in the typing."""


class QtWords:
    """Qt's own words (context menus, file dialogs) following the language."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._translator = QTranslator(application)

    def follow(self) -> None:
        """Speak the language of the moment."""
        language = i18n.current().language
        self._application.removeTranslator(self._translator)
        if language != "en":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._translator.load(f"qtbase_{language}", folder):
                self._application.installTranslator(self._translator)
        country = QLocale.Country.Denmark if language == "da" else QLocale.Country.UnitedKingdom
        spoken = QLocale.Language.Danish if language == "da" else QLocale.Language.English
        QLocale.setDefault(QLocale(spoken, country))


def finish_dressing(window: QWidget) -> None:
    """Give the window its icon and Qt its words."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    sys.setswitchinterval(_SWITCH_SECONDS)
    icon = QIcon(str(resources.path("icons", "taet-paa.svg")))
    application.setWindowIcon(icon)
    words = QtWords(application)
    bind_call(window, words.follow)
