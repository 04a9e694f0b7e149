"""Known faults in what the lock names, asked of a public list by pip-audit: ``python -m tools.audit``.

A known fault fails. A list that cannot be reached, or does not know our packages, is no success and no failure: it is
said plainly, and work goes on. An answer counts for a day, as long as the lock is the same.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.environment import VENV
from tools.locks import LOCKS
from tools.running import run

LOCK = LOCKS / "dev.txt"
ANSWER = VENV / "audit.json"
A_DAY_S = 86_400
PATIENCE_S = 120


def main() -> int:
    """Ask, or take today's answer; return 1 for a known fault only."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    told = remembered(digest)
    if told is None:
        told = asked()
        if told is None:
            print("known faults: the list could not be reached, so NOBODY WAS ASKED; going on")
            return 0
        ANSWER.write_text(json.dumps({"lock": digest, "at": time.time(), "told": told}), encoding="utf-8")
    faults, unknown, known = judged(told)
    for line in faults:
        print(line)
    if not known:
        print(f"known faults: the list knows none of the {unknown} packages, so NOTHING IS KNOWN; going on")
    else:
        rest = f"; {unknown} the list does not know" if unknown else ""
        print(f"known faults: {len(faults)} in {known} packages of the lock{rest}")
    return 1 if faults else 0


def remembered(digest: str) -> Mapping[str, Any] | None:
    """Return an answer for this lock that is less than a day old and knew something."""
    try:
        kept = json.loads(ANSWER.read_text(encoding="utf-8"))
        fresh = kept["lock"] == digest and 0 <= time.time() - kept["at"] < A_DAY_S
        told: Mapping[str, Any] = kept["told"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told if fresh and judged(told)[2] else None


def asked() -> Mapping[str, Any] | None:
    """Ask the list; ``None`` when there is no answer."""
    with tempfile.TemporaryDirectory(prefix="taetpaa-audit-") as folder:
        target = Path(folder) / "answer.json"
        quiet = ["--progress-spinner", "off", "--timeout", "15", "--format", "json", "--output", str(target)]
        whole = ["--requirement", str(LOCK), "--require-hashes", "--disable-pip"]
        try:
            run([sys.executable, "-m", "pip_audit", *quiet, *whole], patience=PATIENCE_S)
            answer: Mapping[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        except (subprocess.TimeoutExpired, OSError, ValueError):
            return None
        return answer


def judged(told: Mapping[str, Any]) -> tuple[list[str], int, int]:
    """Return the faults in sentences, how many packages the list does not know, and how many it knows."""
    faults, unknown, known = [], 0, 0
    for one in told["dependencies"]:
        if "skip_reason" in one:
            unknown += 1
            continue
        known += 1
        for fault in one.get("vulns", ()):
            mended = ", ".join(fault.get("fix_versions", ())) or "no version yet"
            faults.append(f"{one['name']} {one['version']}: {fault['id']}, mended in {mended}")
    return faults, unknown, known


if __name__ == "__main__":
    sys.exit(main())
