"""A process that saves until it is killed, and says each save only after the store has said it."""

from __future__ import annotations

import sys
from pathlib import Path

from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Draft
from tests.helpers.stores import again

store = again(Path(sys.argv[1]))
case_id = bytes.fromhex(sys.argv[2])
n = int(sys.argv[3])
while True:
    n += 1
    store.write(lambda w, n=n: cases.edit(w, case_id, {"school": Edit(f"skole {n}", ())}))
    store.write(
        lambda w, n=n: w.save_draft(
            Draft("form", "case", case_id, None, "Emma", {"note": (f"kladde {n}", ())})
        )
    )
    sys.stdout.write(f"{n}\n")
    sys.stdout.flush()
