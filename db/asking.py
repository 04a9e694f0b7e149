"""Asking for many things by their ids in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from db.connection import Raw

SIZES = (4, 40, 400)
"""So many ids are asked for at once. Each number is a statement of its own, and preparing one takes longer than most asking
does, so a short rest is filled up with its last id."""


def chunked(connection: Raw, query: str, ids: Iterable[object], *first: object) -> Iterator[Any]:
    """Run a query with its ``{marks}`` filled for some ids at a time, after the values of ``first``."""
    listed = list(ids)
    for begin in range(0, len(listed), SIZES[-1]):
        some = listed[begin : begin + SIZES[-1]]
        size = next(size for size in SIZES if size >= len(some))
        some += some[-1:] * (size - len(some))
        yield from connection.execute(query.format(marks=", ".join("?" * size)), (*first, *some))
