"""Language, colours, text size and idle lock: kept in the settings, and seen at once."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.settings import (
    IDLE_LOCK_MINUTES,
    LANGUAGE,
    TEXT_SIZE,
    THEME,
    Refused,
    Setting,
    SettingRefused,
    Settings,
    SettingsNotSaved,
)
from ui import icons, theme
from ui.theme import ThemeName

T = TypeVar("T")


class Preferences(QObject):
    """The settings as the window wears them. ``changed`` carries the name of what changed.

    One of them lives in the application; :func:`preferences` finds it.
    """

    changed = Signal(str)

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self._application = application
        self.settings = settings
        application.styleHints().colorSchemeChanged.connect(self._desktop_changed)

    def put_on(self) -> None:
        """Wear the settings: at the start, before there is a window."""
        i18n.set_language(self.language)
        theme.apply(self._application, self.theme, self.points)

    @property
    def language(self) -> str:
        return self.settings.get(LANGUAGE)

    @property
    def theme(self) -> ThemeName:
        return ThemeName(self.settings.get(THEME))

    @property
    def points(self) -> int:
        return self.settings.get(TEXT_SIZE)

    @property
    def idle_minutes(self) -> int:
        return self.settings.get(IDLE_LOCK_MINUTES)

    def set_language(self, language: str) -> None:
        """Speak another language from now on. Raises :class:`UserError`, as all of these do."""
        self._keep(LANGUAGE, language)

    def set_theme(self, name: ThemeName) -> None:
        """Wear other colours."""
        self._keep(THEME, name.value)

    def set_points(self, points: int) -> None:
        """Write in another size; beyond the smallest and largest there are it stays there."""
        low, high = TEXT_SIZE.minimum or points, TEXT_SIZE.maximum or points
        self._keep(TEXT_SIZE, min(high, max(low, points)))

    def set_idle_minutes(self, minutes: int) -> None:
        """Lock after so many minutes without use."""
        self._keep(IDLE_LOCK_MINUTES, minutes)

    def is_fixed(self, setting: Setting[T]) -> bool:
        """Whether the IT department has decided it."""
        return self.settings.is_fixed(setting)

    def _keep(self, setting: Setting[T], value: T) -> None:
        before = self.settings.get(setting)
        try:
            self.settings.set(setting, value)
        except SettingRefused as refused:
            raise _refused(refused) from None
        except SettingsNotSaved:
            self._wear(setting.name)
            raise UserError(
                N_("The setting counts until the program is closed, but could not be saved."),
                N_("Look whether the disk is full or the folder is write-protected."),
            ) from None
        if value != before:
            self._wear(setting.name)

    def _wear(self, name: str) -> None:
        if name == LANGUAGE.name:
            i18n.set_language(self.language)
        elif name in (THEME.name, TEXT_SIZE.name):
            theme.apply(self._application, self.theme, self.points)
            icons.redress(self._application)
        self.changed.emit(name)

    def _desktop_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.theme is ThemeName.SYSTEM:
            self._wear(THEME.name)


def _refused(refused: SettingRefused) -> UserError:
    if refused.reason is Refused.FIXED:
        return UserError(N_("The IT department has decided this setting."), N_("Ask them to change it."))
    return UserError(N_("The setting cannot have that value."))


def preferences(settings: Settings) -> Preferences:
    """Return the application's preferences, made from ``settings`` the first time."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("preferences need an application")
    found = application.findChild(Preferences)
    if found is None or found.settings is not settings:
        if found is not None:
            found.setParent(None)
            found.deleteLater()
        found = Preferences(application, settings)
    return found
