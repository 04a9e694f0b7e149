"""The organisation's key, from the command line of whoever keeps it: made, tried against a store, used to let somebody in.

The secret half is a small file that belongs in a safe, not on the worker's computer.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from caseworker_app.clock import SystemClock
from caseworker_app.compose.access import Access
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.files import write_atomically
from caseworker_app.vault.errors import VaultError
from caseworker_app.vault.wrapping import ExchangeKey

_KIND = "taet-paa organisation key 1"


def run(what: str, key: Path, folder: Path, say: Callable[[str], None]) -> int:
    """Do what was asked ("make", "try", "let-in"); return the exit code. Raises :class:`UserError`."""
    if what == "make":
        for line in make(key):
            say(line)
        return 0
    private = read(key)
    ways = Access(folder, SystemClock())
    ways.keys.try_organisation(private)
    if what == "try":
        say("The key opens this store.")
        return 0
    ways.keys.let_in(private, getpass.getpass("Ny adgangssætning: "))
    say("The store opens by the new passphrase, and by no older one.")
    return 0


def make(path: Path) -> Sequence[str]:
    """Make a key pair and write its secret half; return lines that end with the public half."""
    private = ExchangeKey.generate()
    data = json.dumps({"kind": _KIND, "secret": private.to_bytes().hex()}).encode("ascii")
    try:
        write_atomically(path, data, replace=False)
    except FileExistsError:
        raise UserError(N_("There is a file of that name already; it is kept.")) from None
    except OSError:
        raise UserError(N_("The key could not be written there.")) from None
    return ("Keep the file in a safe. Send the workers this public key:", private.public.hex())


def read(path: Path) -> ExchangeKey:
    """Read the secret half. Raises :class:`UserError`."""
    try:
        found = json.loads(path.read_bytes())
        if found["kind"] != _KIND:
            raise ValueError
        return ExchangeKey.from_bytes(bytes.fromhex(found["secret"]))
    except (OSError, ValueError, KeyError, TypeError, VaultError):
        raise UserError(N_("That file is no organisation's key.")) from None
