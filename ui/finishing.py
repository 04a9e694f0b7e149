"""What the window gets once it stands on the screen: its icon, and Qt's own words in the language of the moment."""

from __future__ import annotations

import gc

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

import resources
from caseworker_app import i18n
from ui.theme import load_other_fonts
from ui.words import bind_call

_NAME = "qt words"


class QtWords:
    """Qt's own words (context menus, file dialogs) following the language."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        found = application.findChild(QTranslator, _NAME)
        self._translator = found if found is not None else QTranslator(application)
        self._translator.setObjectName(_NAME)

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
    """Give the window its icon, Qt its words, and the family its other cuts."""
    load_other_fonts()
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    icon = QIcon(str(resources.path("icons", "taet-paa.svg")))
    application.setWindowIcon(icon)
    words = QtWords(application)
    bind_call(window, words.follow)


def settle_memory() -> None:
    """Take what the start has made out of the collector's sight: it lives as long as the window.

    A full collection of some hundred thousand objects takes longer than a frame; without them it does not.
    """
    gc.collect()
    gc.freeze()
