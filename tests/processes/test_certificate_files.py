"""The hub by its own command with certificate files: real TLS by uvicorn, met by the laptop's real network."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from caseworker_app import i18n
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.http import HttpNetwork
from tests.helpers.source import ROOT
from tests.helpers.stores import case, founded, register
from tests.helpers.sync_house import Desk, Net
from tests.helpers.tls_house import ELSEWHERE, Certificates, certificates, trusted_here
from tests.processes.street import Command, _environment, free_port, listens, until

pytestmark = [pytest.mark.net, pytest.mark.slow]


@pytest.fixture
def signer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """A signer this machine trusts."""
    return trusted_here(tmp_path, monkeypatch)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    made = Command(f"sqlite:///{tmp_path / 'hub.db'}", tmp_path)
    made("init", "--name", "Nordby", "--keys", str(made.keys))
    return made


@contextmanager
def served(command: Command, certificate: Path) -> Iterator[str]:
    """Serve with a certificate file, and end it by its id."""
    port = free_port()
    words = [
        "serve", "--database", command.database, "--listen", f"127.0.0.1:{port}", "--workers", "1",
        "--signing-key", str(command.keys / "organisation-signing.key"),
        "--cert", str(certificate), "--key", str(certificate),
    ]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "caseworker_app", "hub", *words], cwd=ROOT, env=_environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    try:
        until("the hub listens", lambda: listens(process, port))
        yield f"https://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def test_a_laptop_signs_in_and_syncs_over_the_hubs_own_certificate(
    command: Command, signer: Certificates, tmp_path: Path
) -> None:
    command("user", "add", "anna", "--name", "Anna")
    with served(command, signer.file()) as address:
        network = HttpNetwork(address)
        assert HubClient(network).hub().name == "Nordby"
        stores = []
        for name in ("first", "second"):
            folder = tmp_path / name
            folder.mkdir()
            desk = Desk(folder, founded(folder), Net(None))  # type: ignore[arg-type]
            desk.net = network  # type: ignore[assignment]
            desk.sign_in(command("user", "code", "anna"))
            stores.append(desk)
        first, second = stores
        emma = register(first.store)
        first.well()
        second.well()
        first.well()  # it sees the second and gives it the keys, over a connection that was kept
        until("the second may ask again", lambda: second.well() is not None)
        assert case(second.store, emma).child_name == case(first.store, emma).child_name
        for desk in stores:
            desk.store.close()
        network.close()


@pytest.mark.parametrize("wrong", ["another name", "run out", "signed by itself", "signed by nobody known"])
def test_a_certificate_that_is_not_good_is_refused_in_words(
    command: Command, signer: Certificates, tmp_path: Path, wrong: str
) -> None:
    stranger = certificates(tmp_path, "stranger")
    file = {
        "another name": lambda: signer.file(names=ELSEWHERE),
        "run out": lambda: signer.file(ends=-dt.timedelta(days=1)),
        "signed by itself": lambda: signer.file(by_itself=True),
        "signed by nobody known": stranger.file,
    }[wrong]()
    with served(command, file) as address:
        network = HttpNetwork(address)
        with pytest.raises(HubTrouble) as refused:
            HubClient(network, "the token").people()
        network.close()
    assert refused.value.trouble is Trouble.CERTIFICATE
    sentence, _ways = i18n.translate_error(refused.value)
    assert "certifikat" in sentence
    assert "Intet blev sendt" in sentence


def test_half_a_certificate_is_refused_before_the_hub_begins(command: Command, signer: Certificates) -> None:
    words = ("serve", "--database", command.database, "--cert", str(signer.file()))
    done = subprocess.run(
        [sys.executable, "-m", "caseworker_app", "hub", *words],
        cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode != 0
    assert done.stderr.strip() == "Et certifikat og dets nøgle angives sammen."
