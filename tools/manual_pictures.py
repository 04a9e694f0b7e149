"""Take the manual's pictures from a rendered demo: ``python -m tools.manual_pictures DIR`` (``caseworker demo --out DIR``).

Each picture is made as small as a page of the manual shows it, with few colours: text on plain grounds loses nothing.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "resources" / "manual"
WIDTH, COLOURS = 1140, 96
"""1.5 times what a page shows, so that it is sharp on screens of more dots."""


def wanted() -> list[str]:
    """Return the names of the files that pages ask for."""
    index = tomllib.loads((MANUAL / "manual.toml").read_text(encoding="utf-8"))
    return [page["picture"] for page in index["page"] if page.get("picture")]


def take(demo: Path, target: Path) -> list[str]:
    """Copy the wanted pictures made small; return those the demo has not. What nobody asks for any more is removed."""
    from PIL import Image

    target.mkdir(exist_ok=True)
    names = wanted()
    for old in target.glob("*.png"):
        if old.name not in names:
            old.unlink()
    missing = []
    for name in names:
        if not (demo / name).exists():
            missing.append(name)
            continue
        with Image.open(demo / name) as picture:
            height = round(picture.height * WIDTH / picture.width)
            small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(target / name, optimize=True)
    return missing


def main(arguments: list[str]) -> int:
    """Take the pictures; 1 when the demo lacks some."""
    if len(arguments) != 1:
        print("usage: python -m tools.manual_pictures DIR", file=sys.stderr)
        return 2
    missing = take(Path(arguments[0]), MANUAL / "pictures")
    if missing:
        print(f"the demo has not: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
