"""The command line. ``caseworker`` alone opens the window on the user's own store; ``help`` lists the rest."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _app(given: argparse.Namespace) -> int:
    from caseworker_app.compose.app import run_own

    return run_own(given.store, given.stamp, given.handed and given.handed.absolute())


def _demo(given: argparse.Namespace) -> int:
    if given.out is not None:
        from caseworker_app.compose.pictures import render

        return int(render(given.out, seed=given.seed, scale=given.scale, say=_say))
    if given.make_only is not None:
        from caseworker_app.compose import demo_store

        today = given.today or dt.datetime.now().astimezone().date()
        demo_store.ready(given.make_only, today=today, seed=given.seed, scale=given.scale)
        return 0
    from caseworker_app.compose.app import run_demo

    return run_demo(given.store, seed=given.seed, scale=given.scale, say=_say)


def _self_test(_given: argparse.Namespace) -> int:
    from caseworker_app.compose.self_test import run

    return run(_say)


def _folder(given: argparse.Namespace) -> Path:
    from caseworker_app.compose.upkeep import own_folder

    found: Path = given.store or own_folder()
    return found


def _rebuild(given: argparse.Namespace) -> int:
    from caseworker_app.compose import upkeep

    _say(f"{upkeep.rebuild(_folder(given))} operations read; every table made anew.")
    return 0


def _verify(given: argparse.Namespace) -> int:
    from caseworker_app.compose import upkeep

    if given.backups:
        faults = [
            f"{name}: {fault}"
            for name, found in upkeep.verify_backups(_folder(given)).items()
            for fault in found
        ]
    else:
        faults = upkeep.verify(_folder(given))
    for fault in faults:
        _say(fault)
    _say("ok" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


def _backup(given: argparse.Namespace) -> int:
    from caseworker_app.compose import upkeep

    _say(str(upkeep.back_up(_folder(given))))
    return 0


def _restore(given: argparse.Namespace) -> int:
    from caseworker_app.compose import upkeep

    if given.list:
        for one in upkeep.backups_of(_folder(given)).listed():
            _say(f"{one.name}  {one.made.isoformat(timespec='seconds')}  {one.size} bytes")
        return 0
    compared, folder = upkeep.restore(_folder(given), given.name, given.into, only_compare=given.compare)
    if compared is None:
        _say("The living store does not open, and cannot be compared with.")
    else:
        _say(f"{compared.backup.name}: {compared.acts_then} entries, {compared.cases_then} cases")
        _say(f"the living store: {compared.acts_now} entries, {compared.cases_now} cases")
        _say(f"only in the living store: {compared.later}; only in the backup: {compared.gone}")
    if folder is not None:
        _say(f"The living store is as it was. The backup is laid in {folder}")
        _say(f'Open it: caseworker app --store "{folder}"')
    return 0


def _key(given: argparse.Namespace) -> int:
    from caseworker_app.compose import organisation_key

    return organisation_key.run(given.what, given.key, _folder(given), _say)


def _due(given: argparse.Namespace) -> int:
    from caseworker_app.compose import due

    return due.run(given)


def _day(text: str) -> dt.date:
    """Read a day as the command's help asks for it; week dates and other ways of ISO 8601 are likely slips."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write an existing one as YYYY-MM-DD")
    return found


def _due_options(due: argparse.ArgumentParser) -> None:
    day, date = _day, "YYYY-MM-DD"
    due.set_defaults(run=_due)
    due.add_argument("--rules", required=True, help="herning-2015, bl-2024, sel-2011, or a .toml file")
    due.add_argument("--kind", required=True, help="the kind of intervention, such as foster")
    due.add_argument("--start", required=True, type=day, metavar=date, help="its first day")
    due.add_argument("--until", required=True, type=day, metavar=date, help="the last day asked about")
    due.add_argument(
        "--held", type=day, nargs="+", action="extend", default=[], metavar=date, help="days it was held"
    )
    due.add_argument("--end", type=day, metavar=date, help="its last day")
    due.add_argument("--open", action="store_true", help="still open after its last date: go on")
    due.add_argument("--json", action="store_true", help="as JSON")
    due.add_argument("--language", choices=("en", "da"), default="en", help="the language of the reasons")


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = argparse.ArgumentParser(
        prog="caseworker", description="Tæt på: the caseworker's own desktop application."
    )
    top.set_defaults(run=_app, store=None, stamp=None, handed=None)
    commands = top.add_subparsers(title="commands", metavar="")

    def command(name: str, text: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        made.add_argument(
            "--store", type=Path, metavar="DIR", help="the folder of the store (default: your own)"
        )
        return made

    app = command("app", "open the window (the default)", _app)
    app.add_argument("handed", nargs="?", type=Path, metavar="FILE", help="a handover file to look at")
    app.add_argument("--stamp", type=Path, help=argparse.SUPPRESS)
    demo = command("demo", "open the window on demo data, or render it", _demo)
    demo.add_argument("--out", type=Path, metavar="DIR", help="render screens and papers into DIR instead")
    demo.add_argument("--scale", action="store_true", help="ten years of it")
    demo.add_argument("--seed", type=int, default=2026, help="another set of families")
    demo.add_argument("--make-only", type=Path, metavar="DIR", help="only make the store in DIR")
    demo.add_argument("--today", type=dt.date.fromisoformat, help=argparse.SUPPRESS)
    command("self-test", "make, write, print and read back a throw-away store", _self_test)
    command("rebuild", "make every table anew from the log", _rebuild)
    verify = command("verify", "check pages, signatures and tables", _verify)
    verify.add_argument("--backups", action="store_true", help="read every page of every backup instead")
    command("backup", "write a dated, encrypted copy beside the store, and try it", _backup)
    restore = command("restore", "compare a backup with the store, and lay it beside it", _restore)
    restore.add_argument("name", nargs="?", default="", help="the backup (default: the newest)")
    restore.add_argument("--list", action="store_true", help="only list the backups")
    restore.add_argument("--compare", action="store_true", help="only compare")
    restore.add_argument("--into", type=Path, metavar="DIR", help="a folder that is not there yet")
    keys = command("organisation-key", "make, try or use the key by which an organisation opens stores", _key)
    keys.add_argument("what", choices=("make", "try", "let-in"))
    keys.add_argument("key", type=Path, metavar="FILE", help="the file of the secret key")
    _due_options(commands.add_parser("due", help="the due dates of one intervention, by a rule set"))
    from caseworker_app.compose import handover_command

    handover_command.add_parser(commands)
    if getattr(sys, "frozen", False):
        return top  # what the hub stands on is not in the laptops' packages
    from caseworker_app.hub.command import add_parser

    add_parser(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code. Expected errors are said in words, with their ways out."""
    import multiprocessing

    multiprocessing.freeze_support()
    if arguments is None:
        from caseworker_app.traces import leave_no_memory_behind

        leave_no_memory_behind()
    given = parser().parse_args(arguments)
    from caseworker_app.domain.errors import UserError

    try:
        return int(given.run(given))
    except UserError as error:
        from caseworker_app import i18n

        sentence, ways_out = i18n.translate_error(error)
        sys.stderr.write("\n".join((sentence, *(f"  {way}" for way in ways_out))) + "\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
