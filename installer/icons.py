"""The icon in every size and kind a system asks for, drawn from its SVG: ``python -m installer.icons``."""

from __future__ import annotations

import os
from pathlib import Path

from installer.inputs import BUILD, ICON_SIZES, NAME, ROOT

SOURCE = ROOT / "resources" / "icons" / f"{NAME}.svg"
FOLDER = BUILD / "icons"


def draw(folder: Path = FOLDER) -> list[Path]:
    """Draw the PNG of each size, the ``.ico`` and the ``.icns`` into ``folder``; return the files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(SOURCE))
    made = []
    for size in (*ICON_SIZES, 1024):
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        made.append(folder / f"{size}.png")
        image.save(str(made[-1]))
    del application
    whole = Image.open(folder / "1024.png")
    whole.save(folder / f"{NAME}.ico", sizes=[(size, size) for size in ICON_SIZES if size <= 256])
    whole.save(folder / f"{NAME}.icns")
    return [*made, folder / f"{NAME}.ico", folder / f"{NAME}.icns"]


if __name__ == "__main__":
    draw()
