"""Why the key file does not open a store, as what happened, what is safe and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.paths import UnsafePath
from caseworker_app.vault.errors import Reason, VaultError

_REASONS: Mapping[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.WRONG_PASSPHRASE: (
        N_("That is not the passphrase of this store."),
        (N_("Nothing has been changed. Try again."), N_("Use the recovery code from your recovery sheet.")),
    ),
    Reason.WRONG_CODE: (
        N_("That recovery code belongs to another store."),
        (N_("Look for the newest recovery sheet."), N_("Open with the passphrase.")),
    ),
    Reason.SLOTS_MISSING: (
        N_("The key file of the store is not where it should be."),
        (
            N_("The store itself has not been touched."),
            N_("Put the file 'store.db.keys' back in the store's folder, from a backup if need be."),
        ),
    ),
    Reason.SLOTS_UNREADABLE: (
        N_("The key file of the store is damaged."),
        (
            N_("The store itself has not been touched, and the damaged file is kept as it is."),
            N_("Put the file 'store.db.keys' back from a backup."),
        ),
    ),
    Reason.SLOTS_NEWER: (
        N_("The key file was written by a newer version of the program."),
        (N_("Install the newer version; the store is as it was."),),
    ),
    Reason.OTHER_STORE: (
        N_("The key file belongs to another store."),
        (N_("Nothing has been changed. Put the two files of one store together again."),),
    ),
    Reason.SLOT_DAMAGED: (
        N_("The only way in of that kind is damaged."),
        (N_("Open in another way: passphrase, recovery code or this computer's keyring."),),
    ),
    Reason.NO_SLOT: (
        N_("This store has no way in of that kind."),
        (N_("Open in another way: passphrase, recovery code or this computer's keyring."),),
    ),
    Reason.EMPTY_PASSPHRASE: (N_("Write the passphrase."), ()),
    Reason.LONG_PASSPHRASE: (N_("The passphrase is too long."), ()),
    Reason.TEXT_PASSPHRASE: (N_("The passphrase holds something that is not a character."), ()),
    Reason.NO_MEMORY: (
        N_("There is not enough free memory to check the passphrase."),
        (N_("Close other programs and try again."),),
    ),
    Reason.SLOT_NEEDED: (
        N_("Two ways in that have been tried must be left."),
        (N_("Add another way in and try it first."),),
    ),
    Reason.SLOTS_CHANGED: (
        N_("The key file has been changed by something else meanwhile."),
        (N_("Nothing has been changed. Try again."),),
    ),
    Reason.WRONG_KEY: (
        N_("That key does not open this store."),
        (N_("Nothing has been changed. Look for the key that belongs to it."),),
    ),
    Reason.WRAP_BROKEN: (
        N_("That is no public key."),
        (N_("Copy all of it from what the IT department sent."),),
    ),
    Reason.SLOTS_NOT_SAVED: (
        N_("The key file could not be written."),
        (N_("Look whether the disk is full or the folder is write-protected."),),
    ),
}


def said(error: VaultError) -> UserError:
    """Return the vault's reason in words."""
    if error.reason is Reason.CODE_TYPO:
        groups = error.values.get("groups", ())
        return UserError(
            N_("Something is mistyped in group {groups} of the recovery code."),
            N_("Compare with the sheet: there is no letter O, I, L or U in it."),
            groups=", ".join(str(group) for group in groups) if isinstance(groups, tuple | list) else groups,
        )
    if error.reason is Reason.CODE_LENGTH:
        return UserError(N_("The recovery code has seven groups of five characters."))
    message, ways_out = _REASONS.get(error.reason, (N_("The key file could not be used."), ()))
    return UserError(message, *ways_out)


def unsafe_said(error: UnsafePath) -> UserError:
    """Return in words why a store may not lie at a place."""
    return UserError(
        N_("A store cannot lie on a network drive or in a folder that is copied to other places ({what})."),
        N_("Choose a folder on this computer's own disk."),
        what=error.what or error.reason.value,
    )
