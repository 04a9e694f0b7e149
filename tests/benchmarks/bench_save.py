"""What one saved field costs: sealed, signed, logged and projected, beside the same row by plain SQLAlchemy Core."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

from sqlalchemy import bindparam, update

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import type_of
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from db.engine import transaction
from db.projections import table_of
from db.store import SqlStore
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile
from tests.helpers.stores import founded, register

RUNS = 600
WARM = 60
P95_MS = 5.0


@benchmark("save")
def save() -> Figure:
    """Alternate our save and the plain one on the same store; every commit is synced to the disk."""
    with tempfile.TemporaryDirectory() as folder:
        store = founded(Path(folder))
        for n in range(25):
            register(store, f"Barn {n}")
        case_id = store.read(lambda r: r.find(Case))[0].id
        ours, plain = _measure(store, case_id)
        store.close()
    p95 = percentile(ours, 95)
    figure = compared("save", median(ours), median(plain), unit="ms", goal=2.5)
    figure["note"] = f"p95 {p95:.2f} ms (limit {P95_MS:.0f} ms)"
    figure["ok"] = bool(figure["ok"]) and p95 <= P95_MS
    return figure


def _measure(store: SqlStore, case_id: bytes) -> tuple[list[float], list[float]]:
    table = table_of(type_of(Case))
    statement = update(table).where(table.c.id == bindparam("i")).values(school=bindparam("s"))
    ours: list[float] = []
    plain: list[float] = []
    for n in range(RUNS + WARM):
        heads = store.read(lambda r: r.fields(Case, case_id))["school"].heads
        edit = {"school": Edit(f"Skolen ved Søen {n}", heads)}
        begin = perf_counter()
        store.write(lambda w, edit=edit: cases.edit(w, case_id, edit))
        middle = perf_counter()
        with transaction(store.writer, "BEGIN IMMEDIATE") as connection:
            connection.execute(statement, {"i": case_id, "s": f"Skolen ved Åen {n}"})
        end = perf_counter()
        if n >= WARM:
            ours.append((middle - begin) * 1000)
            plain.append((end - middle) * 1000)
    return ours, plain
