"""A process that attaches files until it is killed, and says each only after the store has said it."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from caseworker_app.domain.document import FileKind, Taken
from caseworker_app.services import documents
from tests.helpers.stores import again

store = again(Path(sys.argv[1]))
case_id = bytes.fromhex(sys.argv[2])
n = int(sys.argv[3])
while True:
    n += 1
    data = f"Fil {n}\n".encode() + random.Random(n).randbytes(3_000_000)
    taken = Taken(FileKind.TEXT, ".txt", data, 1, f"Fil {n}")
    store.write(lambda w, n=n, taken=taken: documents.attach(w, case_id, taken, {"title": f"Fil {n}"}))
    sys.stdout.write(f"{n}\n")
    sys.stdout.flush()
