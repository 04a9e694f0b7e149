"""What must be known before the store opens: language, look, idle lock, the window, the last store.

Each setting is declared once, below. They lie in one JSON file in the data folder and hold nothing personal and
nothing secret; everything else is kept in the encrypted store. An IT department may fix values by a policy file, on
Windows also by Group Policy.
A :class:`Settings` is made by the composition root and handed on.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from caseworker_app.files import make_private_folder, write_atomically

T = TypeVar("T")  # str, int or bool
N_ = str  # marks a literal as a msgid

FILE_NAME = "settings.json"
POLICY_NAME = "policy.toml"
POLICY_KEY = r"SOFTWARE\Policies\Taet paa"
"""Where Group Policy puts values on Windows (below HKEY_LOCAL_MACHINE): REG_SZ and REG_DWORD, named as declared here."""
_LARGEST = 1 << 20


class Refused(StrEnum):
    """Why a value is not taken."""

    WRONG_TYPE = "wrong_type"
    TOO_SMALL = "too_small"  # limit
    TOO_LARGE = "too_large"  # limit; for text, characters
    NOT_A_CHOICE = "not_a_choice"
    FIXED = "fixed"  # by the policy


class SettingRefused(Exception):
    """A value that is not taken: ``reason``, the setting's ``name`` and, for bounds, the ``limit``."""

    def __init__(self, reason: Refused, name: str, limit: int | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.name = name
        self.limit = limit


class SettingsNotSaved(Exception):
    """The value counts until the program ends, but could not be written; the cause is the ``OSError``."""


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting. ``minimum`` and ``maximum`` bound a number; for text ``maximum`` counts characters."""

    name: str
    default: T
    description: str
    choices: tuple[T, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    old_names: tuple[str, ...] = ()

    def check(self, value: object) -> T:
        """Return ``value`` if this setting can have it. Raises :class:`SettingRefused`."""
        if type(value) is not type(self.default):
            raise SettingRefused(Refused.WRONG_TYPE, self.name)
        if self.choices and value not in self.choices:
            raise SettingRefused(Refused.NOT_A_CHOICE, self.name)
        size = len(value) if isinstance(value, str) else value
        if isinstance(size, int):
            if self.minimum is not None and size < self.minimum:
                raise SettingRefused(Refused.TOO_SMALL, self.name, self.minimum)
            if self.maximum is not None and size > self.maximum:
                raise SettingRefused(Refused.TOO_LARGE, self.name, self.maximum)
        return value


LANGUAGE = Setting("language", "da", N_("Language on screen"), choices=("da", "en"))
THEME = Setting("theme", "system", N_("Colours"), choices=("system", "light", "dark", "contrast"))
TEXT_SIZE = Setting("text_size", 11, N_("Size of the text, in points"), minimum=11, maximum=24)
IDLE_LOCK_MINUTES = Setting(
    "idle_lock_minutes", 10, N_("Lock after so many minutes without use"), minimum=1, maximum=60
)
WINDOW_GEOMETRY = Setting("window_geometry", "", N_("Size and place of the window"), maximum=4096)
LAST_STORE = Setting("last_store", "", N_("The store opened last"), maximum=4096)

ALL: tuple[Setting[Any], ...] = (
    LANGUAGE,
    THEME,
    TEXT_SIZE,
    IDLE_LOCK_MINUTES,
    WINDOW_GEOMETRY,
    LAST_STORE,
)


@dataclass(frozen=True)
class Notice:
    """Something to tell the user about the settings, once: a msgid and its values.

    The value ``setting`` is a msgid too (the setting's description), to be translated before it is filled in.
    """

    msgid: str
    values: Mapping[str, object]


_MOVED_ASIDE = N_("The settings could not be read and start anew. The old file is kept as {file}.")
_NOT_MOVED = N_("The settings could not be read; the usual ones are used, and nothing is written.")
_BAD_VALUE = N_("The setting “{setting}” has a value it cannot have; the usual one is used.")
_BAD_POLICY = N_("The policy file of the IT department could not be read: {file}. Please tell them.")
_BAD_POLICY_VALUE = N_(
    "The policy of the IT department gives “{setting}” a value it cannot have. Please tell them."
)


class Settings:
    """The settings of this user on this machine. ``notices`` say what was wrong when they were read."""

    def __init__(
        self,
        path: Path,
        policy: Path | None = None,
        declared: tuple[Setting[Any], ...] = ALL,
        group_policy: Mapping[str, object] | None = None,
    ) -> None:
        """Read the file at ``path`` (it need not exist) and the ``policy``. Never raises for what is in them.

        What ``group_policy`` fixes goes before the policy file.
        A broken file is moved aside (``settings.broken-1.json`` …) and the defaults count. A single value that
        cannot be is replaced by its default; unknown names are kept for the program that knows them.
        """
        self._path = path
        self._declared = declared
        self._writable = True
        self.notices: tuple[Notice, ...] = ()
        self._stored = self._read()
        self._fixed = self._checked_policy(self._read_policy(policy) if policy is not None else {})
        self._fixed |= self._checked_policy(group_policy or {})
        self._values = {setting.name: self._initial(setting) for setting in declared}

    def get(self, setting: Setting[T]) -> T:
        """Return the value that counts: the policy's, the user's, or the default."""
        value = self._fixed.get(setting.name, self._values[setting.name])
        return cast(T, value)

    def is_fixed(self, setting: Setting[Any]) -> bool:
        """Whether the policy has decided it, so that the window shows it and does not offer to change it."""
        return setting.name in self._fixed

    def set(self, setting: Setting[T], value: T) -> None:
        """Take ``value`` and write the file, if it is new.

        Raises :class:`SettingRefused`, or :class:`SettingsNotSaved` when the value counts but is not on the disk.
        """
        if self.is_fixed(setting):
            raise SettingRefused(Refused.FIXED, setting.name)
        checked = setting.check(value)
        stored = self._stored.get(setting.name)
        if type(stored) is type(checked) and stored == checked:
            return
        self._values[setting.name] = checked
        for old in setting.old_names:
            self._stored.pop(old, None)
        self._stored[setting.name] = checked
        self._write()

    def _write(self) -> None:
        if not self._writable:
            raise SettingsNotSaved
        text = json.dumps(self._stored, indent=1, sort_keys=True)
        try:
            make_private_folder(self._path.parent)
            write_atomically(self._path, text.encode("ascii") + b"\n")
        except OSError as error:
            raise SettingsNotSaved from error

    def _initial(self, setting: Setting[Any]) -> object:
        for name in (setting.name, *setting.old_names):
            if name in self._stored:
                try:
                    return setting.check(self._stored[name])
                except SettingRefused:
                    self._note(_BAD_VALUE, setting=setting.description)
                    return setting.default
        return setting.default

    def _read(self) -> dict[str, Any]:
        try:
            data = self._path.read_bytes()
            found = json.loads(data.decode("utf-8")) if len(data) <= _LARGEST else None
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            return found
        self._put_aside()
        return {}

    def _put_aside(self) -> None:
        stem, suffix = self._path.stem, self._path.suffix
        names = (self._path.with_name(f"{stem}.broken-{number}{suffix}") for number in itertools.count(1))
        try:
            kept = next(name for name in names if not name.exists())
            self._path.rename(kept)
        except OSError:
            self._writable = False
            self._note(_NOT_MOVED)
        else:
            self._note(_MOVED_ASIDE, file=kept.name)

    def _read_policy(self, policy: Path) -> Mapping[str, object]:
        try:
            text = policy.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError):
            self._note(_BAD_POLICY, file=str(policy))
            return {}
        import tomllib

        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError):
            self._note(_BAD_POLICY, file=str(policy))
            return {}

    def _checked_policy(self, given: Mapping[str, object]) -> dict[str, object]:
        fixed: dict[str, object] = {}
        for setting in self._declared:
            if setting.name in given:
                try:
                    fixed[setting.name] = setting.check(given[setting.name])
                except SettingRefused:
                    self._note(_BAD_POLICY_VALUE, setting=setting.description)
        return fixed

    def _note(self, msgid: str, **values: object) -> None:
        self.notices = (*self.notices, Notice(msgid, values))


def policy_path(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return where an administrator, and nobody else, may put the policy file (TOML, the names declared here)."""
    if platform == "win32":
        return Path(environ.get("ProgramFiles", r"C:\Program Files")) / "Taet paa" / POLICY_NAME
    if platform == "darwin":
        return Path("/Library/Application Support/Taet paa") / POLICY_NAME
    return Path("/etc/taet-paa") / POLICY_NAME


def group_policy() -> dict[str, object]:
    """Return what Group Policy fixes on this machine; nothing anywhere but on Windows.

    Only an administrator can write below ``HKEY_LOCAL_MACHINE``, so the user's own hive is not asked.
    """
    found: dict[str, object] = {}
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, POLICY_KEY) as key:
                for number in range(winreg.QueryInfoKey(key)[1]):
                    name, value, _kind = winreg.EnumValue(key, number)
                    found[name] = value
        except OSError:
            return found
    return found


def load(folder: Path, policy: Path | None = None) -> Settings:
    """Return the settings kept in ``folder``, under the machine's own policy unless another is given."""
    return Settings(folder / FILE_NAME, policy or policy_path(), group_policy=group_policy())
