"""The importers of the house: good bytes of each, what reads them, and what it may say of bad ones."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import msgspec

import resources
from caseworker_app.documents.intake import Intake, take_in
from caseworker_app.documents.pdf.form_reading import read_fields
from caseworker_app.documents.sheets import SheetFile
from caseworker_app.documents.sheets import read as read_sheet
from caseworker_app.domain import (
    catalogue_reading,
    form_spec_reading,
    map_template_reading,
    meeting_kinds_reading,
    template_reading,
)
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.map_json import MapContents, from_json, to_json
from caseworker_app.domain.network_map import MapPerson, NetworkMap
from caseworker_app.domain.rules import reading as rules_reading
from caseworker_app.domain.template_contracts import CONTRACTS
from caseworker_app.sync import handover as handover_wire
from caseworker_app.sync import messages, wire
from caseworker_app.vault import pack as container
from caseworker_app.vault import slotfile
from caseworker_app.vault.errors import VaultError
from db import handover as store_handover
from db.store import SqlStore

WORDS = "fire trætte gulerødder danser tango"


@dataclass(frozen=True)
class Target:
    """One importer. ``refuses`` are what it may raise; everything else is a crash."""

    name: str
    seeds: Sequence[bytes]
    read: Callable[[bytes], Any]
    refuses: tuple[type[BaseException], ...] = (UserError,)


def _as_text(read: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda data: read(data.decode("utf-8", "replace"))


def _shipped(folder: str, *names: str) -> list[bytes]:
    return [resources.text(folder, name).encode() for name in names]


def text_targets() -> list[Target]:
    """Rule files, templates, catalogues: what a municipality's administrator writes."""
    contract = CONTRACTS["minutes_involving"]
    return [
        Target(
            "rules",
            _shipped("rules", "bl-2024.toml", "herning-2015.toml", "sel-2011.toml"),
            _as_text(lambda text: rules_reading.read(text, "fuzz")),
        ),
        Target(
            "letter_template",
            _shipped("templates", "minutes_involving.da.toml"),
            _as_text(lambda text: template_reading.read(text, contract, "fuzz")),
        ),
        Target(
            "map_template",
            _shipped("catalogues", "network_map.toml"),
            _as_text(lambda text: map_template_reading.read_map_templates(text, "fuzz")),
        ),
        Target(
            "form",
            _shipped("forms", "ics.toml", "home_visit.toml"),
            _as_text(lambda text: form_spec_reading.read_forms(text, "fuzz")),
        ),
        Target(
            "meeting_kinds",
            _shipped("catalogues", "meeting_kinds.toml"),
            _as_text(lambda text: meeting_kinds_reading.read_kinds(text, "fuzz")),
        ),
        Target(
            "catalogue",
            _shipped("catalogues", "interventions.toml"),
            _as_text(lambda text: catalogue_reading.read_catalogue(text, ("foster",), "fuzz", own=True)),
        ),
        Target("map_snapshot", [_map()], _as_text(from_json)),
    ]


def file_targets(pdf: bytes) -> list[Target]:
    """Lists and attached files."""
    sheet = partial(lambda name, data: read_sheet(SheetFile(name, data)), "liste.xlsx")
    table = partial(lambda name, data: read_sheet(SheetFile(name, data)), "liste.csv")
    listed = 'Barnets navn;CPR;Skole\nEmma Prøve;6201014001;Engskolen\n"a""b";;\n'
    return [
        Target("xlsx", [_workbook()], sheet),
        Target("xlsx_parts", list(_parts_of(_workbook()).values()), _in_a_workbook),
        Target(
            "csv", [listed.encode(), listed.encode("cp1252"), listed.encode("utf-16"), b"a,b\n1,2\n"], table
        ),
        Target(
            "attached",
            [pdf, _picture("PNG"), _picture("JPEG"), b"tekst"],
            lambda d: take_in(Intake("x.pdf", d)),
        ),
        Target("filled_form", [pdf], read_fields),
    ]


def wire_targets(pack_rows: Sequence[Any]) -> list[Target]:
    """What the hub, or whoever says to be it, sends."""
    refuses = (UserError, ValueError, RecursionError)  # what client and hub know how to say
    shapes = (
        wire.HeadsAnswer,
        wire.LogAnswer,
        wire.PushAsked,
        wire.PeopleAnswer,
        wire.HubAnswer,
        wire.SignIn,
    )
    row = wire.LogRow(
        1, b"c" * 32, 5, b"d" * 16, pack_rows[0].header, pack_rows[0].payload, pack_rows[0].signature
    )
    said = [
        msgspec.json.encode(wire.LogAnswer((row,), b"c" * 32, 1, 5)),
        msgspec.json.encode(wire.HeadsAnswer({"ab": wire.Position(1, b"x")}, (), (), 5)),
        msgspec.json.encode(wire.PushAsked((wire.Pushed(row.header, row.payload, row.signature),))),
        msgspec.json.encode(wire.PeopleAnswer((wire.PersonCard(b"u" * 16, "Mia"),))),
    ]

    def words(data: bytes) -> None:
        for shape in shapes:
            try:
                msgspec.json.decode(data, type=shape)
            except (ValueError, RecursionError):
                continue

    clear = [one.payload for one in pack_rows[:1]]
    return [
        Target("wire_json", said, words, refuses),
        Target("wire_header", [one.header for one in pack_rows], messages.decode_header, refuses),
        Target("wire_payload", clear, messages.decode_payload, refuses),
    ]


def handover_targets(giver: SqlStore, pack: Any, taker: SqlStore) -> list[Target]:
    """The pack: its encryption, its contents, and what is in it when it was made by somebody with ill will."""
    body = handover_wire.encode(pack, giver.shared.sealer)
    sealed = container.seal_with(WORDS, body)
    to = container.Receiver(taker.shared.device.device_id, taker.shared.sealer.exchange_key)
    for_device = container.seal_for([to], body)

    def opened(data: bytes) -> None:
        try:
            if container.needs_passphrase(data):
                found = container.open_with(WORDS, data)
            else:
                found = container.open_for(to.device, taker.shared.device.secret[32:], data)
        except container.PackError as error:
            raise handover_wire.refusal(error) from None
        handover_wire.decode(found)

    def taken(data: bytes) -> None:
        """The bytes are put in the place of one operation's header, payload or signature, or of a key."""
        rows, keys = list(pack.streams[0].rows), pack.streams[0].keys
        at = (data[0] if data else 0) % len(rows)
        match (data[1] if len(data) > 1 else 0) % 4:
            case 0:
                rows[at] = replace(rows[at], header=data[2:])
            case 1:
                rows[at] = replace(rows[at], payload=data[2:])
            case 2:
                rows[at] = replace(rows[at], signature=data[2:66])
            case _:
                keys = tuple((key_id, (data + bytes(32))[:32]) for key_id, _secret in keys)
        stream = replace(pack.streams[0], rows=tuple(rows), keys=keys)
        whole = handover_wire.decode(
            handover_wire.encode(replace(pack, streams=(stream,)), giver.shared.sealer)
        )
        store_handover.take_in(taker, whole, whole.signers)

    seeds = [
        b"\x01\x00" + pack.streams[0].rows[1].header,
        b"\x02\x01" + pack.streams[0].rows[1].payload,
        bytes(66),
    ]
    return [
        Target("handover_file", [sealed, for_device], opened),
        Target("handover_contents", [body], handover_wire.decode),
        Target("handover_rows", seeds, taken),
    ]


def backup_targets(store: Path, key: bytes, folder: Path) -> list[Target]:
    """A copy of the store, and the file of its keys."""
    from db.backup import look

    file = folder / "copy.db"

    def opened(data: bytes) -> None:
        file.write_bytes(data)
        try:
            look(file, key)
        finally:
            for one in folder.glob("copy.db*"):
                one.unlink()

    slots = slotfile.encode({"format": 1, "store": "00" * 16, "slots": []})
    return [
        Target("backup", [store.read_bytes()[:200_000]], opened),
        Target("slots", [slots], slotfile.decode, (VaultError,)),
    ]


@cache
def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("Barnets navn", "CPR"), ("Emma Prøve", "6201014001"), ("Otto", 3.5)):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _parts_of(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as opened:
        return {
            name: opened.read(name)
            for name in opened.namelist()
            if name.startswith("xl/") and "theme" not in name
        }


def _in_a_workbook(data: bytes) -> None:
    """Read a workbook in which each part but one is good: the one the bytes look most like."""
    good = _workbook()
    parts = _parts_of(good)
    bad = max(parts, key=lambda name: _alike(parts[name], data))
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as opened,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in opened.namelist():
            made.writestr(name, data if name == bad else opened.read(name))
    read_sheet(SheetFile("liste.xlsx", kept.getvalue()))


def _alike(one: bytes, other: bytes) -> int:
    """Return how many bytes two texts have in common at their beginning."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _map() -> bytes:
    drawn = NetworkMap(id=b"m" * 16, stream=b"s" * 16, title="Kort", drawn_on=dt.date(2026, 11, 20))
    person = MapPerson(id=b"p" * 16, stream=b"s" * 16, map=b"m" * 16, called="Mor")
    return to_json(MapContents(drawn, (person,), (), (), ())).encode()


def _picture(kind: str) -> bytes:
    from PIL import Image

    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(kept, kind)
    return kept.getvalue()
