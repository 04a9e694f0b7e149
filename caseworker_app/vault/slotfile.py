"""The file of key slots as bytes: one JSON object, kept beside the store.

``{"format": 1, "readable_from": 1, "store": hex, "check": hex, "slots": [...], "sum": hex}``. The head and
every slot carry a checksum of their own, so that damage is told from a wrong passphrase and one damaged slot
does not take the others with it. The checksums guard against accidents; against people there is the
authenticated encryption of each slot. What a newer program added (fields, kinds of slot) is kept as it is.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from pathlib import Path
from typing import Any

from caseworker_app.files import write_atomically
from caseworker_app.vault.errors import Reason, SlotsError

FORMAT = 1
"""What this program writes. It reads every file whose ``readable_from`` is not above it."""
LARGEST = 1 << 20
STORE_ID_BYTES = 16

Record = dict[str, Any]


def canonical(record: Record) -> bytes:
    """Return the one spelling of ``record`` that is hashed and authenticated."""
    return json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def checksum(record: Record) -> str:
    """Return the checksum of a head or a slot: of everything in it but ``sum`` and ``slots``."""
    kept = {name: value for name, value in record.items() if name not in ("sum", "slots")}
    return hashlib.sha256(canonical(kept)).hexdigest()[:16]


def is_whole(slot: Record) -> bool:
    """Whether a slot is as it was written."""
    return slot.get("sum") == checksum(slot)


def encode(head: Record) -> bytes:
    """Return the file's bytes. Damaged slots keep their wrong checksum and so stay damaged."""
    head["sum"] = checksum(head)
    return json.dumps(head, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def decode(data: bytes) -> Record:
    """Return the head with its ``slots``, which may be damaged one by one.

    Raises :class:`SlotsError`: ``SLOTS_UNREADABLE`` (``what``: empty, too_large, not_text, not_json,
    not_slots, checksum) or ``SLOTS_NEWER`` (``format``, ``ours``).
    """
    head = _parse(data)
    if not isinstance(head, dict) or not isinstance(head.get("slots"), list):
        raise _unreadable("not_slots")
    if head.get("sum") != checksum(head) or not all(isinstance(slot, dict) for slot in head["slots"]):
        raise _unreadable("checksum")
    if not _is_number(head.get("format")) or not _is_number(head.get("readable_from")):
        raise _unreadable("not_slots")
    if head["readable_from"] > FORMAT:
        raise SlotsError(Reason.SLOTS_NEWER, format=head["format"], ours=FORMAT)
    if not is_hex(head.get("store"), STORE_ID_BYTES) or not is_hex(head.get("check"), 16):
        raise _unreadable("not_slots")
    return head


def read(path: Path) -> bytes:
    """Return the bytes at ``path``. Raises :class:`SlotsError`: ``SLOTS_MISSING`` or ``SLOTS_UNREADABLE``."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise SlotsError(Reason.SLOTS_MISSING) from None
    except OSError as error:
        raise SlotsError(Reason.SLOTS_UNREADABLE, what="not_read", errno=error.errno) from error


def write(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write the file as one step. Raises :class:`SlotsError`: ``SLOTS_NOT_SAVED`` or ``SLOTS_EXIST``."""
    try:
        write_atomically(path, data, replace=replace)
    except FileExistsError:
        raise SlotsError(Reason.SLOTS_EXIST) from None
    except OSError as error:
        raise SlotsError(Reason.SLOTS_NOT_SAVED, errno=error.errno) from error


def put_aside(path: Path) -> None:
    """Give what lies at ``path`` another name beside it (``….damaged-1`` …). Raises ``SLOTS_NOT_SAVED``."""
    names = (path.with_name(f"{path.name}.damaged-{number}") for number in itertools.count(1))
    try:
        if path.exists():
            path.rename(next(name for name in names if not name.exists()))
    except OSError as error:
        raise SlotsError(Reason.SLOTS_NOT_SAVED, errno=error.errno) from error


def is_hex(value: object, size: int | None = None) -> bool:
    """Whether ``value`` is the hex text of bytes (of ``size`` bytes, if given) as this program writes it."""
    if not isinstance(value, str) or not re.fullmatch(r"(?:[0-9a-f]{2})+", value):
        return False
    return size is None or len(value) == 2 * size


def _parse(data: bytes) -> Any:
    if not data.strip():
        raise _unreadable("empty")
    if len(data) > LARGEST:
        raise _unreadable("too_large")
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_without_doubles)
    except UnicodeDecodeError:
        raise _unreadable("not_text") from None
    except (ValueError, RecursionError):
        raise _unreadable("not_json") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> Record:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a name stands twice")
    return record


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unreadable(what: str) -> SlotsError:
    return SlotsError(Reason.SLOTS_UNREADABLE, what=what)
