"""Packs made and taken in: store, format, encryption and paper put together. See ``docs/handover.md``."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.handover import Contents, Pack, Report, Signer
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.services import handover_papers, office
from caseworker_app.services.books import Books
from caseworker_app.services.handover_desk import Given, Receiver
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.plain_records import case_known
from caseworker_app.services.ports import Access, Reader, Writer

if TYPE_CHECKING:
    from db.store import SqlStore

_SECRET = 32
_ID, _KEY, _CHECK = 16, 32, 4


class Handing:
    """See :class:`caseworker_app.services.handover_desk.HandoverDesk`."""

    def __init__(self, store: SqlStore, books: Books, papers: PaperMaker) -> None:
        self._store, self._books, self._papers = store, books, papers

    # whom it can be made for

    def receivers(self) -> tuple[Receiver, ...]:
        """Return the colleagues whose computers the organisation vouches for."""
        from db.sync_keys import account_of, cards

        with self._store.reading() as connection:
            account = account_of(connection)
            names = dict(connection.execute("SELECT user, name FROM people").fetchall())
            known = cards(connection)
        found: dict[Id, list[tuple[Id, bytes]]] = {}
        for card in known:
            if not card.revoked and card.vouched and account is not None and card.user != account.user:
                found.setdefault(card.user, []).append((card.device, card.exchange))
        people = [Receiver(names.get(user, ""), tuple(devices)) for user, devices in found.items()]
        return tuple(sorted((one for one in people if one.name), key=lambda one: one.name))

    def code(self) -> str:
        """Return this computer's code: its id and public key, in groups of letters that can be read out."""
        shared = self._store.shared
        return code_of(shared.device.device_id, shared.sealer.exchange_key)

    def receiver_of(self, code: str) -> Receiver:
        """Return who a code is of. Raises :class:`UserError` for one that is mistyped."""
        return Receiver("", (read_code(code),))

    # out

    def make(self, cases: Sequence[Id], to: Receiver | str) -> Given:
        """Return a pack. Raises :class:`UserError` for a passphrase that is too weak."""
        from caseworker_app.sync import handover as wire
        from caseworker_app.vault import pack as container
        from caseworker_app.vault.passphrase import strength

        if isinstance(to, str) and not strength(to).is_enough:
            raise UserError(
                N_("The passphrase is too easy to guess."),
                N_("Use at least 12 characters: several words that do not belong together."),
            )
        pack, job = self._packed(cases, "" if isinstance(to, str) else to.name)
        body = wire.encode(pack, self._store.shared.sealer)
        if len(body) > container.MOST_BYTES - (1 << 20):
            raise UserError(
                N_("The handover pack is larger than the program reads."), N_("Hand over one case at a time.")
            )
        if isinstance(to, str):
            return Given(container.seal_with(to, body), job, pack.chronology)
        receivers = [container.Receiver(device, exchange) for device, exchange in to.devices]
        return Given(container.seal_for(receivers, body), job, pack.chronology)

    def _packed(self, cases: Sequence[Id], receiver: str) -> tuple[Pack, PaperJob]:
        from db import handover
        from db.sync_keys import account_of

        streams = self._store.read(lambda r: [case_known(r, one).stream for one in cases])
        packed, signers, unsent = handover.take_out(self._store, streams)
        with self._store.reading() as connection:
            account = account_of(connection)

        def said(reader: Reader) -> tuple[Contents, PaperJob]:
            house = office.house(reader)
            found = [handover_papers.standing(reader, self._books, one) for one in cases]
            contents = Contents(
                municipality=house.office.municipality,
                hub=b"" if account is None else account.hub,
                giver=house.worker.name,
                device=self._store.shared.device.device_id,
                made=reader.now,
                children=tuple(one.child for one in found),
                running=tuple(handover_papers.deadline_words(due) for one in found for due in one.running),
                unsent=unsent,
                drafts=sum(one.drafts for one in found),
            )
            job = handover_papers.job(
                reader, self._books, cases, unsent=None if account is None else unsent, receiver=receiver
            )
            return contents, job

        contents, job = self._store.read(said)
        return Pack(contents, signers, packed, self._papers.make(job).data), job

    def note_given(self, cases: Sequence[Id], receiver: str) -> None:
        """Note in each case what left the house, and in the access log."""

        def note(writer: Writer) -> None:
            writer.act("Hand over in a file", final=True)
            for one in cases:
                found = case_known(writer, one)
                writer.create(
                    Print(
                        id=writer.new_id(), stream=found.stream, about=one, document="handover", recipient=receiver,
                        printed_at=writer.now.replace(microsecond=0), saved=True,
                    )
                )  # fmt: skip
                writer.log_access(Access.EXPORT, "case", one, receiver)

        self._store.write(note)

    # in

    def needs_passphrase(self, file: Path) -> bool:
        """Return whether a file is opened by a passphrase. Raises :class:`UserError` for what is no pack."""
        from caseworker_app.sync import handover as wire
        from caseworker_app.vault import pack as container

        try:
            return container.needs_passphrase(_read(file))
        except container.PackError as error:
            raise wire.refusal(error) from None

    def look(self, file: Path, passphrase: str = "") -> Contents:
        """Return what is said of a pack. Raises :class:`UserError`."""
        return self._opened(file, passphrase).contents

    def paper_of(self, file: Path, passphrase: str = "") -> bytes:
        """Return the chronology in a pack as PDF; empty when there is none. Raises :class:`UserError`."""
        return self._opened(file, passphrase).chronology

    def take_in(self, file: Path, passphrase: str = "") -> Report:
        """Take a pack in. Raises :class:`UserError` for a bad file, or one of another municipality."""
        from db import handover

        pack = self._opened(file, passphrase)
        self._refuse_foreign(pack.contents)
        trusted = self._trusted(pack)
        if all(one.device != pack.contents.device for one in trusted):
            raise UserError(
                N_("Your organisation does not vouch for the computer the pack was made on."),
                N_("Nothing was taken in. Synchronise first; if it is said again, tell IT."),
            )
        return handover.take_in(self._store, pack, trusted)

    def _opened(self, file: Path, passphrase: str) -> Pack:
        from caseworker_app.sync import handover as wire
        from caseworker_app.vault import pack as container

        data = _read(file)
        shared = self._store.shared
        try:
            if container.needs_passphrase(data):
                body = container.open_with(passphrase, data)
            else:
                body = container.open_for(shared.device.device_id, shared.device.secret[_SECRET:], data)
        except container.PackError as error:
            raise wire.refusal(error) from None
        return wire.decode(body)

    def _refuse_foreign(self, said: Contents) -> None:
        from db.sync_keys import account_of

        with self._store.reading() as connection:
            account = account_of(connection)
        ours = self._store.read(lambda r: office.house(r).office.municipality)
        names = {one.strip().casefold() for one in (ours, said.municipality) if one.strip()}
        other_hub = bool(said.hub) and account is not None and account.hub != said.hub
        if other_hub or len(names) == 2:
            raise UserError(
                N_("The handover pack is from {theirs}; this is {ours}."),
                N_("Nothing was taken in: cases are given to another municipality in its own way."),
                theirs=said.municipality or "?",
                ours=ours or "?",
            )

    def _trusted(self, pack: Pack) -> list[Signer]:
        """Return the signers that are believed: with a hub those it vouches for, else those in the signed pack."""
        from caseworker_app.sync.cards import is_vouched
        from caseworker_app.sync.wire import DeviceCard
        from db.sync_keys import account_of

        with self._store.reading() as connection:
            account = account_of(connection)
        if account is None:
            return list(pack.signers)
        found = []
        for one in pack.signers:
            card = DeviceCard(
                one.device, one.user, one.author, one.signing, one.exchange, one.name, one.made_ms, False, one.vouched
            )  # fmt: skip
            if is_vouched(account, card):
                found.append(one)
        return found


def _read(file: Path) -> bytes:
    """Return a file's bytes, when it is no larger than a pack may be. Raises :class:`UserError`."""
    from caseworker_app.vault.pack import MOST_BYTES

    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError:
        raise UserError(N_("The file cannot be read."), N_("Look whether it is still there.")) from None
    return data


# --- A computer's code ---------------------------------------------------------------------------------------------


def code_of(device: Id, exchange: bytes) -> str:
    """Return a device's id and public key as letters and digits, in groups of five, with a checksum."""
    plain = device + exchange
    whole = plain + hashlib.sha256(plain).digest()[:_CHECK]
    letters = base64.b32encode(whole).decode("ascii").rstrip("=")
    return "-".join(letters[at : at + 5] for at in range(0, len(letters), 5))


def read_code(code: str) -> tuple[Id, bytes]:
    """Return the id and the public key in a code. Raises :class:`UserError` for one that is mistyped."""
    letters = "".join(code.split()).replace("-", "").upper()
    try:
        whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        whole = b""
    plain = whole[:-_CHECK]
    if len(plain) != _ID + _KEY or hashlib.sha256(plain).digest()[:_CHECK] != whole[-_CHECK:]:
        raise UserError(
            N_("The code of the computer is not right."),
            N_("Copy it once more from the colleague's program."),
        )
    return plain[:_ID], plain[_ID:]
