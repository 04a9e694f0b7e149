"""The way from a document's blocks to a tagged PDF in memory.

Blocks become boxes and elements of the structure (``building``), boxes fill pages (``boxes``, ``grids``,
``figures``), text is set with what it needs of direction, shaping and fallback fonts (``setting``,
``shaping``, ``faces``), and ReportLab writes the file (``writer``, the only importer of ReportLab).
ReportLab's own flowables are not used: they mark nothing, they cannot draw a glyph they have no character
for, and one of them that is too tall ends the document.
"""

from __future__ import annotations

from caseworker_app.documents.pdf.rendering import Rendered, render, render_with_report

__all__ = ["Rendered", "render", "render_with_report"]
