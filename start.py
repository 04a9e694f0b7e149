#!/usr/bin/env python3
"""The front door of Tæt på: sets everything up, then runs what is asked for.

Standard library only (with its two helpers in ``tools``), because it runs before anything else is there; old
enough words for Python 3.7 to read, which then looks for a newer one.
``python3 start.py help`` lists the commands; without a command it opens the app on demo data.
"""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWEST_TRIED = 14
IN_MEMORY, ROOM = Path("/dev/shm"), 8 << 30  # noqa: S108 - pytest makes a folder of the user's own in it
"""Where the fast tests put their stores when it has so much room: each waits for the disk at every save otherwise."""
CALLED = "py start.py" if os.name == "nt" else "python3 start.py"
HELP = """\
Tæt på: for the caseworker with children and families. The first start sets everything up.

  {call}                 open the app on demo data (fictional families)
  {call} own             open the app on your own store
  {call} demo [--out DIR] [--scale] [--seed N]
                                   demo data: in a window, or as pictures and papers in DIR;
                                   --scale makes ten years of it
  {call} self-test       a throw-away store: write, print, read back
  {call} test [--all] [pytest's arguments]
                                   the tests; --all takes the slow ones too
  {call} bench [--json FILE] [names]
                                   measure what is promised, each figure beside its limit
  {call} simulate [--histories N] [--first SEED]
                                   sync under every mishap, in N made-up histories
  {call} lint [--fix]    style, types, layers, words, licences and known faults; --fix mends what it can
  {call} messages extract | check | compile
                                   the catalogues of words
  {call} package [--try | --try-only]
                                   build what is installed, into dist; --try also installs, runs and
                                   removes it in a clean root of Debian
  {call} wheels [--check]
                                   a wheel of every package for every system and Python
  {call} setup [--fresh] [--system]
                                   only set up; --fresh from nothing, --system installs missing
                                   system libraries too (asks the system's package manager)
  {call} help            this page
"""
LINTERS = (
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
    ("layers", ["-c", "from importlinter.cli import lint_imports_command as check; check()"]),
    ("words", ["-m", "tools.messages", "check"]),
    ("licences", ["-m", "tools.licences"]),
    ("known faults", ["-m", "tools.audit"]),
)
MENDERS = (
    ["-m", "tools.projection_version"],
    ["-m", "ruff", "check", "--fix", "."],
    ["-m", "ruff", "format", "."],
)


def newer_python() -> list[str] | None:
    """Return how to call a Python that is new enough, or None when there is none in the path."""
    for minor in range(NEWEST_TRIED, OLDEST[1] - 1, -1):
        command = ["py", f"-3.{minor}"] if os.name == "nt" else [f"python3.{minor}"]
        if shutil.which(command[0]):
            check = [*command, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]
            if subprocess.run(check, capture_output=True, check=False).returncode == 0:
                return command
    return None


def with_newer_python(arguments: list[str]) -> int:
    """Start over with a Python that is new enough, or say what is needed."""
    found = newer_python()
    if found is not None:
        return subprocess.run([*found, __file__, *arguments], check=False).returncode
    mine = ".".join(map(str, sys.version_info[:3]))
    print(
        f"Tæt på needs Python 3.{OLDEST[1]} or newer; this is {mine}, and there is no newer one in the path.\n"
        f"Install Python 3.{OLDEST[1]} or newer beside it, and start again.",
        file=sys.stderr,
    )
    return 1


def help_page(_: list[str]) -> int:
    """Print the commands."""
    print(HELP.format(call=CALLED), end="")
    return 0


def demo(arguments: list[str]) -> int:
    """Show the demo data in a window, or render it where there is no screen or ``--out`` asks for it."""
    from tools import machine
    from tools.environment import run_python, set_up

    rendering = any(argument == "--out" or argument.startswith("--out=") for argument in arguments)
    if not rendering and not machine.has_display():
        out = Path(__file__).resolve().parent / ".demo"
        arguments = [*arguments, "--out", str(out)]
        rendering = True
        print(f"There is no display here, so no window can open. Rendering screens and papers instead:\n"
              f'  {CALLED} demo --out "{out}"', flush=True)  # fmt: skip
    machine.need_libraries(window=not rendering)
    set_up("app")
    qt_platform = "offscreen" if rendering else None
    return run_python(["-m", "caseworker_app", "demo", *arguments], qt_platform=qt_platform)


def own(arguments: list[str]) -> int:
    """Open the app on the person's own store."""
    from tools import machine
    from tools.environment import run_python, set_up

    if not machine.has_display():
        raise machine.Trouble(
            "There is no display here, so no window can open. The demo can be rendered without one:\n\n"
            f"    {CALLED} demo --out DIR\n"
        )
    machine.need_libraries(window=True)
    set_up("app")
    return run_python(["-m", "caseworker_app", "app", *arguments])


def self_test(arguments: list[str]) -> int:
    """Let the app try itself on a throw-away store."""
    from tools.environment import run_python, set_up
    from tools.machine import need_libraries

    need_libraries(window=False)
    set_up("app")
    return run_python(["-m", "caseworker_app", "self-test", *arguments], qt_platform="offscreen")


def test(arguments: list[str]) -> int:
    """Run the tests, two at a time; the slow ones only when asked for, and then one at a time."""
    everything = "--all" in arguments
    arguments = [argument for argument in arguments if argument != "--all"]
    chosen = any(argument.startswith("-m") or "::" in argument for argument in arguments)
    usual = [] if everything or chosen else ["-m", "not slow", "-n", "2"]
    if not everything and _has_room(IN_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    return developing(["-m", "pytest", *usual, *arguments])


def _has_room(folder: Path) -> bool:
    """Whether thousands of small stores may be made there."""
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM


def bench(arguments: list[str]) -> int:
    """Measure; a relative ``--json FILE`` is meant from where the person stands."""
    at = [place + 1 for place, argument in enumerate(arguments) if argument == "--json"]
    arguments = [str(Path(a).absolute()) if place in at else a for place, a in enumerate(arguments)]
    return developing(["-m", "tests.benchmarks", *arguments])


def simulate(arguments: list[str]) -> int:
    """Let sync live through histories of mishaps."""
    return developing(["-m", "tests.simulator", *arguments])


def lint(arguments: list[str]) -> int:
    """Run every linter, also after one has found something."""
    if arguments not in ([], ["--fix"]):
        return wrong_use(f"lint knows only --fix, not {' '.join(arguments)}")
    for command in MENDERS if arguments else ():
        developing(command)
    found = []
    for name, command in LINTERS:
        print(f"-- {name}", flush=True)
        if developing(command) != 0:
            found.append(name)
    print(f"lint: {'nothing found' if not found else 'look at ' + ', '.join(found)}")
    return 1 if found else 0


def messages(arguments: list[str]) -> int:
    """Keep the catalogues of words."""
    return developing(["-m", "tools.messages", *arguments])


def package(arguments: list[str]) -> int:
    """Build what is installed."""
    return developing(["-m", "tools.package", *arguments])


def wheels(arguments: list[str]) -> int:
    """Prove that every package comes as a wheel everywhere."""
    return developing(["-m", "tools.wheels", *arguments])


def setup(arguments: list[str]) -> int:
    """Set up for running and developing; ``--system`` also installs what Qt needs of the system."""
    from tools import environment, machine

    unknown = set(arguments) - {"--fresh", "--system"}
    if unknown:
        return wrong_use(f"setup knows --fresh and --system, not {' '.join(sorted(unknown))}")
    if "--system" in arguments:
        machine.install_missing(environment.lacking_modules())
    machine.need_libraries(window=False)
    environment.set_up("dev", fresh="--fresh" in arguments)
    return 0


def developing(command: list[str]) -> int:
    """Run one of the tools for developing, in the project's own folder."""
    from tools.environment import ROOT, run_python, set_up
    from tools.machine import need_libraries

    need_libraries(window=False)
    set_up("dev")
    return run_python(command, ROOT)


def wrong_use(words: str) -> int:
    """Say what was not understood."""
    print(f"{words}\n{CALLED} help lists the commands.", file=sys.stderr)
    return 2


COMMANDS = {
    "demo": demo, "own": own, "self-test": self_test, "test": test, "bench": bench,
    "simulate": simulate, "lint": lint, "messages": messages, "setup": setup,
    "package": package, "wheels": wheels,
    "help": help_page, "-h": help_page, "--help": help_page,
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run a command and return its exit code: the child's own, 1 when this machine lacks something, 2 for wrong use."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    if sys.version_info < OLDEST:
        try:
            return with_newer_python(arguments)
        except KeyboardInterrupt:
            return 130
    name, rest = (arguments[0], arguments[1:]) if arguments else ("demo", [])
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, 1)
        return wrong_use(f"There is no command {name!r}." + (f" Did you mean {near[0]}?" if near else ""))
    sys.path[:0] = [str(Path(__file__).resolve().parent)]  # also where Python was told not to look there
    from tools.machine import Trouble

    try:
        return COMMANDS[name](rest)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the next start begins with what was not finished.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
