"""Other programs, run to their end and heard: for building packages and looking at locks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools.machine import Trouble


def said(command: list[str], **told: str) -> str:
    """Run a program and return what it said; ``told`` goes into its environment.

    Raises :class:`Trouble` when it is not on this machine or fails.
    """
    done = run(command, {**os.environ, "LC_ALL": "C.UTF-8", **told})
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines()[-12:]
        raise Trouble(f"{' '.join(command[:3])} failed:\n" + "\n".join(f"    {line}" for line in words))
    return done.stdout


def run(
    command: list[str],
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    patience: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program, whatever it ends with. Raises :class:`Trouble` when it is not on this machine."""
    try:
        return subprocess.run(  # noqa: S603 - named here, no shell
            command, env=environment, cwd=folder, timeout=patience, stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise Trouble(f"{command[0]} is not on this machine.") from None
