"""Old payloads read as new ones: one pure function a step, so that every release's log stays readable."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from caseworker_app.domain.operations import SCHEMA_VERSION, Payload

Upcaster = Callable[[Payload], Payload]

UPCASTERS: Mapping[int, Upcaster] = {}
"""From version *n* to *n + 1*; empty while there is one version."""


def upcast(
    payload: Payload,
    version: int,
    *,
    to: int = SCHEMA_VERSION,
    steps: Mapping[int, Upcaster] = UPCASTERS,
) -> Payload:
    """Return ``payload``, written at ``version``, as version ``to`` would have written it.

    Raises ``ValueError`` for a version newer than ``to``: such an operation is stored and forwarded, not projected.
    """
    if version > to:
        raise ValueError(f"payload version {version} is newer than {to}")
    for step in range(version, to):
        payload = steps[step](payload)
    return payload
