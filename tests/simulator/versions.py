"""Laptops of two versions of the program: what the newer one writes waits on the older until that is upgraded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from unittest.mock import patch

from caseworker_app.domain.operations import SCHEMA_VERSION, Payload

NEWER = SCHEMA_VERSION + 1
_WRITERS = ("db.writing",)
_READERS = ("db.sync_receive", "db.sync_opening", "db.sync_waiting", "db.past", "db.log_check")


@contextmanager
def running(version: int) -> Iterator[None]:
    """Run what is inside as a version of the program. A newer payload is as an older one with nothing changed in it."""
    if version == SCHEMA_VERSION:
        yield
        return
    with ExitStack() as stack:
        for name in (*_WRITERS, *_READERS):
            module = import_module(name)
            if hasattr(module, "SCHEMA_VERSION"):
                stack.enter_context(patch.object(module, "SCHEMA_VERSION", version))
            if hasattr(module, "upcast"):
                stack.enter_context(patch.object(module, "upcast", _same))
        yield


def _same(payload: Payload, version: int) -> Payload:
    if version > NEWER:
        raise ValueError(f"payload version {version} is newer than {NEWER}")
    return payload
