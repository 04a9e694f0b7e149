"""All of a case as files: what it holds as JSON and as XML, its history, its documents. The papers are made beside it.

For the municipality's archive before a case is erased: every thing with every field by the program's own names, every act
with who did it and when. File names hold no name and no number.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.document import Document
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.things import TYPES
from caseworker_app.services.ports import Reader

FORMAT = 1
_MOST_ACTS = 1_000_000
Files = dict[str, bytes]
README = """Arkivkopi af en sag fra Tæt på

sag.json         alt, hvad sagen indeholder, og hver handling i den: hvem, hvornår, hvad
sag.xml          det samme som XML
papirer/         sagens papirer som PDF
dokumenter/      de dokumenter, der er lagt på sagen, som de blev lagt
checksums.sha256 SHA-256 af hver af filerne (kontrolleres med: sha256sum -c checksums.sha256)

Kopien er ikke krypteret. Den skal ligge i kommunens ESDH eller fagsystem og slettes alle andre steder.
"""


def contents(reader: Reader, case: Id) -> Files:
    """Return the case's own files by name. Raises :class:`UserError` when a document has not come here yet."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    whole = {
        "format": FORMAT,
        "program": "Tæt på",
        "made": reader.now.isoformat(timespec="seconds"),
        "things": _things(reader, found.stream),
        "acts": _acts(reader, found.stream),
    }
    files = {
        "sag.json": json.dumps(whole, ensure_ascii=False, indent=1, default=_plain).encode("utf-8"),
        "sag.xml": _xml(whole),
        "LÆS MIG.txt": README.encode("utf-8"),
    }
    for number, document in enumerate(reader.find(Document, stream=found.stream, cancelled=True), start=1):
        data = reader.blob(bytes.fromhex(document.digest))
        if data is None:
            raise UserError(
                N_("A document of the case has not come to this computer yet."),
                N_("Sync first, and make the archive copy then."),
            )
        files[f"dokumenter/{number:03d}{document.suffix}"] = data
    return files


def packed(files: Mapping[str, bytes], now: dt.datetime) -> bytes:
    """Return files as one ZIP file with their checksums in it."""
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, data in [*sorted(files.items()), ("checksums.sha256", sums.encode("utf-8"))]:
            info = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            packing.writestr(info, data)
    return buffer.getvalue()


def _things(reader: Reader, stream: Id) -> list[dict[str, Any]]:
    things = []
    for declared in TYPES:
        for thing in reader.find(declared.cls, stream=stream, cancelled=True):
            fields = {spec.name: spec.to_plain(value) for spec, value in declared.values(thing)}
            things.append(
                {
                    "type": declared.name,
                    "id": thing.id.hex(),
                    "cancelled": thing.cancelled,
                    "fields": {
                        name: value for name, value in fields.items() if value not in (None, "", [], ())
                    },
                }
            )
    return things


def _acts(reader: Reader, stream: Id) -> list[dict[str, Any]]:
    return [
        {
            "id": act.op_id.hex(),
            "author": act.author.hex(),
            "at": act.at.isoformat(timespec="seconds"),
            "what": act.label,
            "reason": act.reason,
            "changes": [
                {
                    "type": change.entity_type,
                    "thing": change.entity.hex(),
                    "field": change.field,
                    "kind": change.kind,
                    "before": list(change.before),
                    "after": change.after,
                }
                for change in act.changes
                if change.entity_type != "grant"
            ],
        }
        for act in reversed(reader.history(stream=stream, limit=_MOST_ACTS))
        if any(change.entity_type != "grant" for change in act.changes)
    ]


def _plain(value: object) -> object:
    """Return what JSON has no word for: bytes as hex, sets and the like in a settled order."""
    if isinstance(value, bytes):
        return value.hex() if len(value) <= 32 else base64.b64encode(value).decode("ascii")
    if isinstance(value, Iterable):
        return sorted(value, key=repr) if isinstance(value, set | frozenset) else list(value)
    return str(value)


def _xml(whole: Mapping[str, Any]) -> bytes:
    """Return the same as XML: ``things`` and ``acts`` with a ``value`` element for whatever is nested."""
    from xml.etree.ElementTree import Element, ElementTree

    root = Element("case", {"format": str(whole["format"]), "made": str(whole["made"])})
    for name in ("things", "acts"):
        _append(root, name, whole[name])
    buffer = io.BytesIO()
    ElementTree(root).write(buffer, encoding="utf-8", xml_declaration=True)
    return buffer.getvalue()


_SINGULAR = {"things": "thing", "acts": "act", "changes": "change"}


def _append(parent: Any, name: str, value: object) -> None:
    from xml.etree.ElementTree import SubElement

    element = SubElement(parent, "field" if parent.tag == "fields" else name)
    if element.tag == "field":
        element.set("name", name)
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _append(element, str(key), inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            _append(element, _SINGULAR.get(name, "value"), inner)
    else:
        element.text = "" if value is None else _text(value)


def _text(value: object) -> str:
    """Return a value as text XML can hold: characters it has no place for are left out."""
    words = str(_plain(value)) if isinstance(value, bytes) else str(value)
    return "".join(c for c in words if c in "\t\n\r" or (ord(c) >= 0x20 and not 0xD800 <= ord(c) <= 0xDFFF))
