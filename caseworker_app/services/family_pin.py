"""Keeping the hash of the PIN that ends Familievisning. Hashing and trying it are the doors' (:mod:`.opening`)."""

from __future__ import annotations

from caseworker_app.domain.family_pin import FamilyPin
from caseworker_app.domain.office import Worker
from caseworker_app.services.ports import Reader, Writer


def pin_hash(reader: Reader) -> str:
    """Return the hash of the worker's PIN, empty when she has chosen none."""
    found = reader.find(FamilyPin)
    return found[-1].pin_hash if found else ""


def choose(writer: Writer, hashed: str) -> None:
    """Keep the hash of a new PIN. It is not undone: an older PIN does not come back."""
    worker = writer.get(Worker, writer.author)
    if worker is None:
        raise KeyError("the store has no worker")
    writer.act("Choose a PIN", final=True)
    for old in writer.find(FamilyPin):
        writer.cancel(FamilyPin, old.id)
    writer.create(FamilyPin(id=writer.new_id(), stream=worker.stream, pin_hash=hashed))


def forget(writer: Writer) -> None:
    """Have no PIN: the passphrase ends Familievisning."""
    writer.act("Remove the PIN", final=True)
    for old in writer.find(FamilyPin):
        writer.cancel(FamilyPin, old.id)
