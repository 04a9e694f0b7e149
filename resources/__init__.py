"""Read-only data that ships with the program: rules, templates, translations, fonts, icons."""

from pathlib import Path

_ROOT = Path(__file__).parent


def path(*parts: str) -> Path:
    """Return the path of a resource, such as ``path("fonts", "NotoSans-Regular.ttf")``."""
    return _ROOT.joinpath(*parts)


def text(*parts: str) -> str:
    """Return a UTF-8 text resource. Raises ``FileNotFoundError`` when there is none of that name."""
    return path(*parts).read_text(encoding="utf-8")
