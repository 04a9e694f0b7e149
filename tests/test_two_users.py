"""Two users on one machine: neither sees, reads or opens what is the other's, and is told so in words."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from tests.helpers.stores import NOON
from tests.ui.own_window import own_ways

ROOT = Path(__file__).resolve().parents[1]
NOBODY = 65534
LOOK = """
import json, os, resource, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from caseworker_app.__main__ import main
from caseworker_app.compose import upkeep
from caseworker_app.compose.access import Access
from caseworker_app.clock import SystemClock
from caseworker_app.domain.errors import UserError
import caseworker_app.compose.app, caseworker_app.traces
import caseworker_app.paths, db.store, caseworker_app.vault.slots, caseworker_app.i18n
caseworker_app.i18n.set_language("da")
caseworker_app.i18n.gettext("Open")
main(["verify", "--store", "/nowhere/at/all"])  # everything is imported that the other user may not read
others, own = Path({others!r}), Path({own!r})
os.setgroups([]); os.setgid({user}); os.setuid({user})
said = {{"read": []}}
for path in (others, others / "own", others / "own" / "store.db", others / "own" / "store.db.keys"):
    try:
        os.listdir(path) if path == others or path.name == "own" else path.read_bytes()
        said["read"].append(str(path))
    except PermissionError:
        pass
try:
    said["ground"] = Access(others / "own", SystemClock()).ground().value
except Exception as error:
    said["ground"] = type(error).__name__
said["verify"] = main(["verify", "--store", str(others / "own")])
said["app"] = main(["app", "--store", str(others / "own")])
os.environ["CASEWORKER_HOME"] = str(own / "Taet paa")
said["mode"] = oct(caseworker_app.paths.data_dir().stat().st_mode & 0o777)
print(json.dumps(said))
"""


@pytest.mark.slow
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)
def test_another_user_of_the_machine_reads_nothing_and_is_told_so() -> None:
    place = Path(tempfile.mkdtemp(prefix="two-users-"))
    try:
        place.chmod(0o755)
        (place / "alice").mkdir(mode=0o755)
        (place / "bob").mkdir(mode=0o700)
        os.chown(place / "bob", NOBODY, NOBODY)
        before = os.umask(0o077)
        try:
            ways = own_ways(place / "alice" / "Taet paa" / "own", FixedClock(NOON))
            ways.found({"name": "Lone Kjær"}, {"municipality": "Hedeby Kommune"}).close()
            ways.release()
        finally:
            os.umask(before)
        script = LOOK.format(
            root=str(ROOT), others=str(place / "alice" / "Taet paa"), own=str(place / "bob"), user=NOBODY
        )
        ran = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60, cwd=ROOT
        )
        assert ran.returncode == 0, ran.stderr[-2000:]
        said = json.loads(ran.stdout.splitlines()[-1])
        assert said["read"] == []
        assert said["verify"] == said["app"] == 2
        assert "Traceback" not in ran.stderr
        assert ran.stderr.strip(), "it is said in words"
        assert said["ground"] == "broken"
        assert said["mode"] == "0o700"
    finally:
        shutil.rmtree(place)
