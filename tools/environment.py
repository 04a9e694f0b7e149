"""``.venv``, made from the lock (every package by its hash), and the children that run in it.

Standard library only: it runs before anything else is there. A child is started and waited for, never put in
our place by ``exec``: Windows has none.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.machine import Trouble, install_line, package_manager

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "caseworker.json"
MAKING = VENV / "caseworker.making"
PACKAGES = ("caseworker_app", "db", "ui", "resources")
OLDEST = (3, 11)
_PROBE = (
    "import platform, importlib.util as u; print(platform.python_version() if u.find_spec('pip') else '')"
)


class Unchanged(Trouble):
    """A package could not be had, and nothing was installed or removed yet."""


def run_python(arguments: list[str], folder: Path | None = None, qt_platform: str | None = None) -> int:
    """Run the environment's Python on our own packages and return its exit code.

    ``-P`` and a ``PYTHONPATH`` of our own: a folder the person stands in has no say in what is imported, and
    nothing depends on how the system spells a path with Danish letters in a ``.pth`` file.
    """
    environment = {**base_environment(), "PYTHONPATH": str(ROOT)}
    if qt_platform:
        environment["QT_QPA_PLATFORM"] = qt_platform
    return run([str(venv_python()), "-P", *arguments], environment, folder)


def run(command: list[str], environment: dict[str, str], folder: Path | None = None) -> int:
    """Run a child to its end and return its exit code (128 + n when signal n ended it).

    Ctrl+C is the child's, which ends in its own way; being asked to end is handed on to it.
    """
    child = subprocess.Popen(command, env=environment, cwd=folder)  # noqa: S603 - our own Python, no shell
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
    }
    try:
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 128 - code if code < 0 else code


def base_environment() -> dict[str, str]:
    """Return the environment without what would slow our Python down or show it strange modules."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONNOUSERSITE": "1"}


def venv_python() -> Path:
    """Return the path of the environment's Python."""
    return VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"


def venv_version() -> str:
    """Return the version of the environment's Python, such as ``3.11.7``; empty when it does not start, is too
    old, or has no pip."""
    ask = [str(venv_python()), "-I", "-c", _PROBE]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, check=False)  # noqa: S603 - as above
    except OSError:
        return ""
    version = answer.stdout.strip() if answer.returncode == 0 else ""
    numbers = tuple(int(part) for part in version.split(".")[:2]) if version else ()
    return version if numbers >= OLDEST else ""


def set_up(lock: str, fresh: bool = False) -> None:
    """Make ``.venv`` what the lock says, or find that it is. ``lock`` is ``app``, or ``dev``, which holds app."""
    if not fresh and is_ready(lock):
        return
    with one_at_a_time():
        if not fresh and is_ready(lock):
            return
        try:
            prepare_venv(fresh)
            install(lock)
        except OSError as error:
            raise Trouble(f"Setting up in {VENV} failed: {error.strerror or error}.") from error


def is_ready(lock: str) -> bool:
    """Tell whether the environment is finished and made from the files as they are now."""
    stamp = stamped()
    asked = any(
        stamp.get(name) == digest(lock_file(name).read_bytes()) for name in {lock, "dev"} & set(stamp)
    )
    return asked and all(stamp.get(name) == value for name, value in facts().items())


def stamped() -> dict[str, str]:
    """Return what the environment was made from; empty when it was never finished."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and not MAKING.exists() else {}


def facts() -> dict[str, str]:
    """Return what an environment depends on besides its lock: its place, its Python, the project's description."""
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shown = [described.get("build-system"), described.get("project")]
    return {
        "folder": str(VENV),
        "python": venv_version(),
        "project": digest(json.dumps(shown, sort_keys=True).encode()),
    }


def lock_file(lock: str) -> Path:
    """Return the path of a lock."""
    return ROOT / "locks" / f"{lock}.txt"


def digest(*parts: bytes) -> str:
    """Return the SHA-256 of the parts, as hexadecimal digits."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def prepare_venv(fresh: bool) -> None:
    """Leave an environment whose Python starts; one half made, broken, moved or of another Python is made anew."""
    stamp, version = stamped(), venv_version()
    moved = stamp.get("folder", str(VENV)) != str(VENV)
    changed = stamp.get("python", version) != version
    if fresh or moved or changed or not version or MAKING.exists():
        if lacking := lacking_modules():
            raise Trouble(
                "This Python cannot make environments: its modules venv and ensurepip are packaged apart.\n"
                f"Install them, then start again:\n\n    {install_line(lacking)}\n"
            )
        print("Setting up in .venv (once; a minute or two).", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir(parents=True, exist_ok=True)
        MAKING.touch()
        make = [base_python(), "-m", "venv", str(VENV)]
        made = subprocess.run(make, env=base_environment(), capture_output=True, text=True, check=False)  # noqa: S603
        if made.returncode != 0:
            raise Trouble(f"The environment could not be made:\n{tail(made.stdout + made.stderr)}")
    MAKING.touch()


def base_python() -> str:
    """Return the Python that makes environments: this one, or the one this environment was made with."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def lacking_modules() -> list[str]:
    """Return the system packages of what this Python lacks to make environments; Debian packages it apart."""
    if all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        return []
    return [f"python3.{sys.version_info[1]}-venv" if package_manager() == "apt-get" else "python3"]


def install(lock: str) -> None:
    """Install the lock, then the project itself, compile its bytecode, and stamp the environment as finished."""
    file = lock_file(lock)
    pinned = len(re.findall(r"^[A-Za-z0-9]", file.read_text(encoding="utf-8"), re.MULTILINE))
    try:
        pip(["--require-hashes", "--only-binary=:all:", "-r", str(file)], pinned)
    except Unchanged:
        if STAMP.exists():  # it was whole, and still is: an update that failed must not cost what ran before
            MAKING.unlink()
        raise
    pip(["--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)])
    folders = [str(ROOT / name) for name in PACKAGES if (ROOT / name).is_dir()]
    run_python(["-m", "compileall", "-q", *folders])
    STAMP.write_text(json.dumps({**facts(), lock: digest(file.read_bytes())}), encoding="utf-8")
    MAKING.unlink()
    print("Set up.", flush=True)


def pip(arguments: list[str], pinned: int = 0) -> None:
    """Install by pip, showing how far it is. Raises :class:`Trouble` with pip's reason in words."""
    python = [str(venv_python()), "-m", "pip"]
    command = [*python, "install", "--disable-pip-version-check", "--no-input", *arguments]
    said: list[str] = []
    count = 0
    with subprocess.Popen(  # noqa: S603 - our own Python, no shell
        command,
        env=base_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")) and count < pinned:
                count += 1
                if sys.stdout.isatty():
                    print(f"\r  package {count} of {pinned}", end="\n" if count == pinned else "", flush=True)
    if process.returncode != 0:
        began = any(line.startswith("Installing collected packages") for line in said)
        raise (Trouble if began else Unchanged)(explain("".join(said)))


def explain(said: str) -> str:
    """Turn what pip said into words: what happened, and what helps."""
    reasons = {
        "DO NOT MATCH THE HASHES": "A package is not the one the lock names, so it was not installed.",
        "NewConnectionError|NameResolution|name resolution|not known|getaddrinfo|refused|timed out"
        "|unreachable|ProxyError|SSLError": "The packages could not be fetched: no way to the package index.\n"
        "Setting up needs it once; afterwards everything runs offline. Behind a proxy, set HTTPS_PROXY;\n"
        "with a package index of your own, set PIP_INDEX_URL.",
        "No space left|Errno 28|WinError 112": "The disk is full; about 700 MB are needed.",
        "No matching distribution": "The package index has no package for this machine (Python "
        f"{sys.version_info[0]}.{sys.version_info[1]} on {sys.platform}).\n"
        "Tæt på is made for Python 3.11 to 3.14 on Windows x64, Linux with glibc 2.34 or newer, and macOS 15\n"
        "or newer (arm64); an index of your own must hold all that the lock names.",
    }
    words = next((words for pattern, words in reasons.items() if re.search(pattern, said)), "")
    return f"{words or 'Installing the packages failed.'}\n\nThe last lines of pip:\n{tail(said)}"


def tail(said: str, lines: int = 12) -> str:
    """Return the last lines of an output, indented."""
    return "\n".join(f"    {line}" for line in said.strip().splitlines()[-lines:])


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let two starts of the same folder by the same person set up one after the other."""
    who = Path.home()
    name = f"caseworker-setup-{digest(os.fsencode(ROOT), os.fsencode(who))[:16]}.lock"
    with (Path(tempfile.gettempdir()) / name).open("w") as lock:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
