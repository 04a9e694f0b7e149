"""A process that writes in the journal until it is killed, and says each act only after the store has said it."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from caseworker_app.domain.follow_up import Way
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryKind
from caseworker_app.services import entries, follow_ups_together
from caseworker_app.services.follow_ups import Held, Talk
from caseworker_app.services.follow_ups_together import OwnPart
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Draft
from db.store import SqlStore
from tests.helpers.casework import book
from tests.helpers.stores import again

MEGABYTE = 1_000_000
LETTERS = "abcdefghij"
HELD = dt.date(2026, 11, 20)


def sign(store: SqlStore, n: int, case: Id, *siblings: Id) -> None:
    """Begin an entry, say something of each child, and sign it."""
    given = {"kind": EntryKind.TELEPHONE, "text": f"fælles {n}", "siblings": frozenset(siblings)}
    draft = store.write(lambda w: entries.begin(w, case, given)).result
    for number, one in enumerate((case, *siblings)):
        store.write(lambda w, number=number, one=one: entries.say_of(w, draft, one, f"barn {number} af {n}"))
    store.write(lambda w: entries.sign(w, draft))


def keep(store: SqlStore, n: int, case: Id, draft: Id) -> None:
    """Keep an entry of a megabyte as it is typed, then save it."""
    text = LETTERS[n % len(LETTERS)] * MEGABYTE
    key = f"entry_draft:{draft.hex()}"
    typed = Draft(key, "entry_draft", draft, None, "Notat", {"text": (text, ())})
    store.write(lambda w: w.save_draft(typed))

    def save(writer) -> None:
        entries.edit(writer, draft, {"text": Edit(text)})
        writer.drop_draft(key)

    store.write(save)


def hold(store: SqlStore, n: int, foster: Id, other: Id) -> None:
    """Hold a contact for two siblings at once."""
    held = Held(foster, HELD, way=Way.VISIT, summary=f"fælles {n}", talk=Talk(child_words=f"barn 0 af {n}"))
    part = OwnPart(other, None, Talk(child_words=f"barn 1 af {n}"))
    store.write(lambda w: follow_ups_together.hold(w, book(), held, "", (part,)))


ACTS = {"sign": sign, "keep": keep, "hold": hold}


def main(folder: str, what: str, begun: str, *names: str) -> None:
    """Do one thing again and again."""
    store, n = again(Path(folder)), int(begun)
    while True:
        n += 1
        ACTS[what](store, n, *(bytes.fromhex(name) for name in names))
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
