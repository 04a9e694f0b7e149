"""The file itself: pages, fonts, structure and metadata as objects of ReportLab's own PDF model.

ReportLab writes the file and numbers its objects; it has no tags, no glyph-wise text and no fonts cut by
HarfBuzz, so those are handed to it as objects that format themselves. Nothing here touches the disk.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from html import escape
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from caseworker_app.documents.blocks import Document
from caseworker_app.documents.pdf.faces import Face, UsedFont, face
from caseworker_app.documents.pdf.figures import Picture
from caseworker_app.documents.pdf.ink import number as points
from caseworker_app.documents.pdf.ink import text_string
from caseworker_app.documents.pdf.setting import clean
from caseworker_app.documents.pdf.structure import Mark, Node, Sheet
from caseworker_app.documents.pdf.styles import MM

_PRODUCER: Final = "Tæt på"
#: Six digits and four: what might be a CPR number is never part of a file's metadata.
_CPR: Final = re.compile(r"(?<!\d)\d{6}[ -]?[0-9A-Z]{4}(?!\d)")
_MASK: Final = "xxxxxx-xxxx"
#: The flag of a text field that takes several lines.
_SEVERAL_LINES: Final = 1 << 12
#: The font of what is typed in a field.
TYPED: Final = "NotoSans-Regular"
#: A table of glyphs is written in blocks of at most so many.
_MOST_ENTRIES: Final = 100
_CMAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry(Adobe) /Ordering(UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_FOOT: Final = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?> <x:xmpmeta
xmlns:x="adobe:ns:meta/"> <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"> <rdf:Description
rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator> <dc:description><rdf:Alt><rdf:li
xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{created}</xmp:CreateDate> <xmp:ModifyDate>{created}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer> <pdfuaid:part>1</pdfuaid:part> </rdf:Description> </rdf:RDF>
</x:xmpmeta> <?xpacket end="w"?>"""


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab carries no types
    """An object that is already the bytes of a PDF file; a stream if it has any ``data``."""

    def __init__(self, text: str = "", data: bytes | None = None, *, packed: bool = True) -> None:
        self.text = text
        self.data = zlib.compress(data) if data is not None and packed else data
        self._packed = packed and data is not None

    def format(self, document: Any) -> bytes:
        if self.data is None:
            return f"<<{self.text}>>".encode("ascii")
        packed = "/Filter/FlateDecode" if self._packed else ""
        head = f"<<{self.text}{packed}/Length {len(self.data)}>>\nstream\n"
        return head.encode("ascii") + self.data + b"\nendstream"


class _List(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab carries no types
    """References in brackets."""

    def __init__(self, references: Sequence[str]) -> None:
        self.references = references

    def format(self, document: Any) -> bytes:
        return f"[{' '.join(self.references)}]".encode("ascii")


class _Page(pdfdoc.PDFPage):  # type: ignore[misc]  # ReportLab carries no types
    """A page that knows its place in the structure."""

    __NoDefault__: Final = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]


def write(document: Document, sheets: Sequence[Sheet], root: Node, fonts: Sequence[UsedFont]) -> bytes:
    """Return the bytes of the file: the same document gives the same bytes."""
    return _Writer(document).write(sheets, root, fonts)


class _Writer:
    """One file in the making."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._pdf = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7))
        self._pages: list[Any] = []
        self._widgets: dict[int, str] = {}
        self._fields: list[Node] = []

    def write(self, sheets: Sequence[Sheet], root: Node, fonts: Sequence[UsedFont]) -> bytes:
        pictures = {name: found for sheet in sheets for name, found in sheet.pictures.items()}
        font_list = " ".join(f"/{font.resource} {self._font(font)}" for font in fonts)
        picture_list = " ".join(f"/{name} {self._picture(found)}" for name, found in pictures.items())
        resources = self._add(f"/ProcSet[/PDF/Text/ImageC] /Font<<{font_list}>> /XObject<<{picture_list}>>")
        pages = [self._page(sheet, resources) for sheet in sheets]
        self._form(sheets, pages)
        self._structure(sheets, root, pages)
        self._catalog()
        return bytes(self._pdf.GetPDFData(None))

    def _add(self, text: str, data: bytes | None = None) -> str:
        """Add an object to the file, a stream if it has ``data``, and return the reference to it."""
        return self._refer(_Raw(text, data))

    def _refer(self, thing: Any) -> str:
        return str(self._pdf.Reference(thing).format(self._pdf), "ascii")

    def _page(self, sheet: Sheet, resources: str) -> str:
        content = "\n".join(sheet.operators).encode("ascii")
        self._pdf.updateSignature(content)
        page = _Page()
        paper = self._document.page
        page.MediaBox = f"[0 0 {points(paper.width * MM)} {points(paper.height * MM)}]"
        page.Resources = resources
        page.Contents = _Raw("", content)
        page.StructParents, page.Tabs = sheet.number, "/S"
        self._pdf.addPage(page)
        self._pages.append(page)
        return self._refer(page)

    def _form(self, sheets: Sequence[Sheet], pages: Sequence[str]) -> None:
        """Add the fields to be filled in: those who read the file draw what is typed in them, in the font it carries."""
        self._fields = [node for sheet in sheets for node in sheet.fields]
        if not self._fields:
            return
        font = self._typed_font(face(TYPED))
        look = f"/DA(/{TYPED} 10.5 Tf 0 g)"
        for number, node in enumerate(self._fields, start=len(sheets)):
            widget = node.widget
            assert widget is not None, "a field has been drawn"
            value = f" /V {text_string(widget.value)}" if widget.value else ""
            box = " ".join(points(edge) for edge in widget.box)
            annotation = _Raw(
                f"/Type/Annot /Subtype/Widget /FT/Tx /T {text_string(widget.name)} /TU {text_string(widget.label)}"
                f"{value} /Ff {_SEVERAL_LINES if widget.several else 0} /F 4 /Rect[{box}] {look}"
                f" /P {pages[widget.page]} /StructParent {number}"
            )
            self._widgets[id(node)] = self._refer(annotation)
        for sheet, page in zip(sheets, self._pages, strict=True):
            if sheet.fields:
                page.Annots = _List([self._widgets[id(node)] for node in sheet.fields])
        fields = " ".join(self._widgets[id(node)] for node in self._fields)
        self._pdf.Catalog.AcroForm = _Raw(
            f"/Fields[{fields}] /DR<</Font<</{TYPED} {font}>>>> {look} /NeedAppearances true"
        )

    def _picture(self, picture: Picture) -> str:
        size = f"/Width {picture.width} /Height {picture.height}"
        kind = "/Type/XObject /Subtype/Image /ColorSpace/DeviceRGB /BitsPerComponent 8"
        return self._add(f"{kind} {size}", picture.rgb)

    def _font(self, font: UsedFont) -> str:
        glyphs, metrics = font.glyphs(), font.face.metrics
        digest = sha256(repr(list(glyphs)).encode()).digest()
        name = "".join(chr(65 + byte % 26) for byte in digest[:6]) + f"+{metrics.name}"
        data = font.face.subset(glyphs)
        file = self._add(f"/Length1 {len(data)}", data)
        box = " ".join(map(str, metrics.box))
        descriptor = self._add(
            f"/Type/FontDescriptor /FontName/{name} /Flags 4 /FontBBox[{box}] /ItalicAngle {metrics.slant}"
            f" /Ascent {metrics.ascent} /Descent {metrics.descent} /CapHeight {metrics.cap_height} /StemV 80"
            f" /FontFile2 {file}"
        )
        widths = " ".join(f"{glyph} [{font.face.advance(glyph)}]" for glyph in glyphs)
        system = "/CIDSystemInfo<</Registry(Adobe) /Ordering(Identity) /Supplement 0>>"
        descendant = self._add(
            f"/Type/Font /Subtype/CIDFontType2 /BaseFont/{name} {system} /FontDescriptor {descriptor}"
            f" /DW 0 /W[{widths}] /CIDToGIDMap/Identity"
        )
        unicode = self._add("", to_unicode(glyphs))
        return self._add(
            f"/Type/Font /Subtype/Type0 /BaseFont/{name} /Encoding/Identity-H"
            f" /DescendantFonts[{descendant}] /ToUnicode {unicode}"
        )

    def _typed_font(self, font: Face) -> str:
        """Add the font of what is typed in the fields: every letter of Western Europe, found by its code."""
        metrics, codes = font.metrics, range(32, 256)
        letters = [bytes([code]).decode("cp1252", "replace") for code in codes]
        data = font.to_type_in(letter for letter in letters if letter in font.plain)
        name = "".join(chr(65 + byte % 26) for byte in sha256(data).digest()[:6]) + f"+{metrics.name}"
        file = self._add(f"/Length1 {len(data)}", data)
        box = " ".join(map(str, metrics.box))
        descriptor = self._add(
            f"/Type/FontDescriptor /FontName/{name} /Flags 32 /FontBBox[{box}] /ItalicAngle {metrics.slant}"
            f" /Ascent {metrics.ascent} /Descent {metrics.descent} /CapHeight {metrics.cap_height} /StemV 80"
            f" /FontFile2 {file}"
        )
        widths = " ".join(str(round(font.plain.get(letter, 0))) for letter in letters)
        return self._add(
            f"/Type/Font /Subtype/TrueType /BaseFont/{name} /Encoding/WinAnsiEncoding /FirstChar {codes[0]}"
            f" /LastChar {codes[-1]} /Widths[{widths}] /FontDescriptor {descriptor}"
        )

    def _structure(self, sheets: Sequence[Sheet], root: Node, pages: Sequence[str]) -> None:
        """Write the tree of elements, and for each page the element of each mark on it."""
        tree = _Raw()
        top = self._refer(tree)
        elements: dict[int, str] = {}
        document = self._element(root, top, pages, elements)
        parents = " ".join(
            f"{sheet.number} [{' '.join(elements[id(node)] for node in sheet.nodes)}]" for sheet in sheets
        )
        for place, node in enumerate(self._fields, start=len(sheets)):
            parents += f" {place} {elements[id(node)]}"
        tree.text = (
            f"/Type/StructTreeRoot /K {document} /ParentTree<</Nums[{parents}]>>"
            f" /ParentTreeNextKey {len(sheets) + len(self._fields)}"
        )
        self._pdf.Catalog.StructTreeRoot = tree

    def _element(self, node: Node, parent: str, pages: Sequence[str], elements: dict[int, str]) -> str:
        element = _Raw()
        own = elements[id(node)] = self._refer(element)
        marks = [kid.page for kid in node.kids if isinstance(kid, Mark)]
        kids = []
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self._element(kid, own, pages, elements))
            elif kid.page == marks[0]:
                kids.append(str(kid.number))
            else:
                kids.append(f"<</Type/MCR /Pg {pages[kid.page]} /MCID {kid.number}>>")
        if node.widget is not None:
            kids.append(f"<</Type/OBJR /Pg {pages[node.widget.page]} /Obj {self._widgets[id(node)]}>>")
        page = f" /Pg {pages[marks[0]]}" if marks else ""
        alt = f" /Alt {text_string(clean(node.alt))}" if node.alt is not None else ""
        actual = f" /ActualText {node.actual}" if node.actual else ""
        attributes = f" /A<<{node.attributes}>>" if node.attributes else ""
        inside = f" /K {kids[0]}" if len(kids) == 1 else f" /K[{' '.join(kids)}]" if kids else ""
        element.text = f"/Type/StructElem /S/{node.role} /P {parent}{page}{inside}{alt}{actual}{attributes}"
        return own

    def _catalog(self) -> None:
        """Write language, metadata and what a reader shows, in the old form and the new."""
        document, pdf = self._document, self._pdf
        title, author, subject = (
            _CPR.sub(_MASK, " ".join(clean(text).split()))
            for text in (document.title, document.author, document.subject)
        )
        pdf.info.title, pdf.info.author, pdf.info.subject = title, author, subject
        pdf.info.creator = pdf.info.producer = _PRODUCER
        pdf.setDateFormatter(lambda *_: _date(document.created))
        pdf.updateSignature(document.created.isoformat())
        words = {
            "title": title, "author": author, "subject": subject, "language": document.language,
            "created": document.created.isoformat(timespec="seconds"), "producer": _PRODUCER,
        }  # fmt: skip
        packet = _XMP.format(**{name: escape(_not_in_xml(word)) for name, word in words.items()})
        pdf.Catalog.Lang = pdfdoc.PDFString(document.language)
        pdf.Catalog.Metadata = _Raw("/Type/Metadata /Subtype/XML", packet.encode(), packed=False)
        pdf.Catalog.MarkInfo = _Raw("/Marked true")
        pdf.Catalog.ViewerPreferences = _Raw("/DisplayDocTitle true")


def to_unicode(glyphs: Mapping[int, str]) -> bytes:
    """Return the table by which a reader turns the glyphs of a font back into text."""
    entries = [f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in glyphs.items()]
    parts = [entries[at : at + _MOST_ENTRIES] for at in range(0, len(entries), _MOST_ENTRIES)]
    blocks = [f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts]
    return "\n".join((_CMAP_HEAD, *blocks, _CMAP_FOOT)).encode("ascii")


def _date(moment: datetime) -> str:
    """Return a moment as PDF writes it, with the zone if it has one."""
    zone = moment.strftime("%z")
    return moment.strftime("D:%Y%m%d%H%M%S") + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")


def _not_in_xml(text: str) -> str:
    """Return text without the few characters that XML cannot hold (they are replaced already when printed)."""
    return "".join(character for character in text if character.isprintable() or character == " ")
