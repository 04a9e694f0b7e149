"""The organisation's two secret keys in files: 64 hexadecimal digits, readable by their owner only."""

from __future__ import annotations

import os
from pathlib import Path

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_

_KEY_BYTES = 32
_PRIVATE = 0o600


def write_key(path: Path, secret: bytes) -> None:
    """Write a key to a new file. Raises :class:`UserError` when there is one already or it cannot be written."""
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise UserError(N_("There is a key in this folder already; it was left as it is.")) from None
    except OSError:
        raise UserError(
            N_("The key cannot be written there."), N_("Choose a folder that can be written.")
        ) from None


def read_key(path: Path) -> bytes:
    """Return the 32 bytes. Raises :class:`UserError` for a file that is not there or holds no key."""
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        secret = b""
    if len(secret) != _KEY_BYTES:
        raise UserError(N_("There is no key in this file."), N_("Give the file “caseworker hub init” wrote."))
    return secret
