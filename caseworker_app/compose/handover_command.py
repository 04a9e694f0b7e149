"""``caseworker handover``: cases given in a file and taken in from one, from the command line."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.handover import ENDING, NOT_READ_LABELS, Contents, Report
from caseworker_app.domain.phrases import N_

if TYPE_CHECKING:
    from caseworker_app.compose.handing import Handing
    from caseworker_app.domain.ids import Id


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "give cases to a colleague in an encrypted file, and take them in from one"
    whole = commands.add_parser("handover", help=text, description=text)
    acts = whole.add_subparsers(title="what to do", metavar="", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=text, description=text)
        made.add_argument(
            "--store", type=Path, metavar="DIR", help="the folder of the store (default: your own)"
        )
        return made

    export = command("export", "make a pack of one or more cases")
    export.set_defaults(run=_export)
    export.add_argument(
        "file", type=Path, help=f"the file to make; it must not be there, and ends with {ENDING}"
    )
    export.add_argument(
        "--case", required=True, action="append", metavar="ID", help="a case, by its id (hexadecimal)"
    )
    export.add_argument(
        "--to", metavar="CODE", help="the receiving computer's code; without it a passphrase is asked for"
    )
    export.add_argument("--paper", type=Path, metavar="PDF", help="save the chronology beside it, too")
    for name, text, run in (
        ("show", "say what is in a pack, and take nothing in", _show),
        ("import", "take a pack in, whole or not at all", _import),
    ):
        made = command(name, text)
        made.set_defaults(run=run)
        made.add_argument("file", type=Path, help="the pack")
    code = command("code", "print this computer's code, by which a pack can be made for it")
    code.set_defaults(run=_code)


@contextmanager
def _desk(given: argparse.Namespace) -> Iterator[Handing]:
    from caseworker_app.compose.books import ShippedBooks
    from caseworker_app.compose.handing import Handing
    from caseworker_app.compose.upkeep import opened_at, own_folder
    from caseworker_app.worker.process import WorkerProcess

    worker = WorkerProcess()
    try:
        with opened_at(given.store or own_folder()) as store:
            yield Handing(store, ShippedBooks(), worker)
    finally:
        worker.close()


def _export(given: argparse.Namespace) -> int:
    if given.file.suffix != ENDING:
        raise UserError(N_("The file's name must end with {ending}."), ending=ENDING)
    with _desk(given) as desk:
        cases = [_id(one) for one in given.case]
        to = desk.receiver_of(given.to) if given.to else _twice()
        made = desk.make(cases, to)
        _write(given.file, made.data)
        desk.note_given(cases, "" if isinstance(to, str) else to.name)
        if given.paper is not None:
            _write(given.paper, made.chronology)
    _say(str(given.file))
    return 0


def _id(text: str) -> Id:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != 16:
        raise UserError(N_("{text} is no id of a case."), text=text)
    return found


def _twice() -> str:
    first = getpass.getpass("Adgangssætning til pakken: ")
    if first != getpass.getpass("Den samme igen: "):
        raise UserError(N_("The two passphrases are not the same."))
    return first


def _write(file: Path, data: bytes) -> None:
    """Write a file that is not there yet, readable by its owner only."""
    import os

    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise UserError(N_("There is a file of that name already; nothing is written over it.")) from None
    except OSError:
        raise UserError(N_("The file cannot be written there.")) from None
    with os.fdopen(handle, "wb") as opened:
        opened.write(data)


def _ask(desk: Handing, file: Path) -> str:
    return getpass.getpass("Adgangssætning til pakken: ") if desk.needs_passphrase(file) else ""


def _show(given: argparse.Namespace) -> int:
    with _desk(given) as desk:
        _tell(desk.look(given.file, _ask(desk, given.file)))
    return 0


def _import(given: argparse.Namespace) -> int:
    with _desk(given) as desk:
        report = desk.take_in(given.file, _ask(desk, given.file))
    _tell(report.contents)
    _tell_report(report)
    return 0


def _code(given: argparse.Namespace) -> int:
    with _desk(given) as desk:
        _say(desk.code())
    return 0


def _tell(said: Contents) -> None:
    _say(f"{said.giver}, {said.municipality}, {said.made.isoformat(timespec='minutes')}")
    for child in said.children:
        _say(f"  {child}")
    for one in said.running:
        _say(f"  frist: {one}")
    _say(f"  ikke sendt: {said.unsent}; kladder, ikke med: {said.drafts}")


def _tell_report(report: Report) -> None:
    from caseworker_app import i18n

    say = i18n.load("da").gettext
    _say(f"kom: {report.came} handlinger, {report.files} filer, {report.new_cases} nye sager")
    _say(f"var her: {report.known} handlinger, {report.files_known} filer")
    for reason, count in report.not_read:
        _say(f"ikke læst: {count}: {say(NOT_READ_LABELS[reason])}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
