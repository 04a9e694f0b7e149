"""The reverse proxies that ``installer/hub`` shows, as they stand there: TLS by nginx and Caddy, the real hub behind."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from cryptography.x509 import DNSName

from caseworker_app.domain.document import FileKind, Taken
from caseworker_app.services import documents
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.http import HttpNetwork
from tests.helpers.source import ROOT
from tests.helpers.stores import case, founded, register
from tests.helpers.sync_house import Desk, Net
from tests.helpers.tls_house import Certificates, trusted_here
from tests.processes.street import Command, HubProcess, free_port, listens, until

pytestmark = [pytest.mark.net, pytest.mark.slow]
INSTALLER = ROOT / "installer" / "hub"
NAME = "localhost"


@pytest.fixture
def signer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """A signer this machine trusts."""
    return trusted_here(tmp_path, monkeypatch)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    command = Command(f"sqlite:///{tmp_path / 'hub.db'}", tmp_path)
    command("init", "--name", "Nordby", "--keys", str(command.keys))
    command("user", "add", "anna", "--name", "Anna")
    made = HubProcess(command)
    made.start()
    yield made
    made.kill()


def changed(file: str, *pairs: tuple[str, str]) -> str:
    """Return a file of the installer with what belongs to the machine exchanged; each stands there once."""
    text = (INSTALLER / file).read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def nginx(folder: Path, hub: int, port: int, certificate: Path) -> list[str]:
    """Return how nginx is started with the site of the installer."""
    site = changed(
        "nginx.conf",
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("hub.example.invalid", NAME),
        ("/etc/ssl/hub/hub.pem", str(certificate)),
        ("/etc/ssl/hub/hub.key", str(certificate)),
        ("proxy_pass http://127.0.0.1:8443", f"proxy_pass http://127.0.0.1:{hub}"),
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = "user root;\n" if os.geteuid() == 0 else ""  # its own user may not write in a test's folder
    whole = folder / "whole.conf"
    whole.write_text(
        f"{owner}daemon off;\npid {folder}/pid;\nevents {{}}\nhttp {{\n{temporary}{site}}}\n",
        encoding="utf-8",
    )
    return ["nginx", "-c", str(whole), "-p", str(folder), "-e", str(folder / "error.log")]


def caddy(folder: Path, hub: int, port: int, certificate: Path) -> list[str]:
    """Return how Caddy is started with the file of the installer."""
    file = folder / "Caddyfile"
    file.write_text(
        changed(
            "Caddyfile",
            (
                "\tadmin off\n",
                f"\tadmin off\n\tstorage file_system {folder}/caddy\n\tauto_https disable_redirects\n",
            ),
            ("{$HUB_NAME}", f"https://{NAME}:{port}"),
            ("/certificates/hub.pem", str(certificate)),
            ("/certificates/hub.key", str(certificate)),
            ("hub:8443", f"127.0.0.1:{hub}"),
        ),
        encoding="utf-8",
    )
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]


WAYS: dict[str, Callable[[Path, int, int, Path], list[str]]] = {"nginx": nginx, "caddy": caddy}


@contextmanager
def in_front(way: str, folder: Path, hub: HubProcess, signer: Certificates) -> Iterator[str]:
    """Run a proxy before the hub; yield its address. Skipped where the program is not installed."""
    if shutil.which(way) is None:
        pytest.skip(f"{way} is not installed")
    port = free_port()
    words = WAYS[way](folder, hub.port, port, signer.file(names=(DNSName(NAME),)))
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    try:
        until("the proxy listens", lambda: listens(process, port))
        yield f"https://{NAME}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.parametrize("way", WAYS)
def test_a_laptop_signs_in_and_syncs_a_case_with_a_large_file_through_the_proxy(
    hub: HubProcess, signer: Certificates, tmp_path: Path, way: str
) -> None:
    with in_front(way, tmp_path, hub, signer) as address:
        network = HttpNetwork(address)
        assert HubClient(network).hub().name == "Nordby"
        desks = []
        for name in ("first", "second"):
            folder = tmp_path / name
            folder.mkdir()
            desk = Desk(folder, founded(folder), Net(None))  # type: ignore[arg-type]
            desk.net = network  # type: ignore[assignment]
            desk.sign_in(hub.command("user", "code", "anna"))
            desks.append(desk)
        first, second = desks
        emma = register(first.store)
        data = b"Et langt brev. " * 200_000
        letter = Taken(FileKind.TEXT, ".txt", data, 1, "Et langt brev.")
        first.store.write(lambda w: documents.attach(w, emma, letter, {"title": "Brevet"}))
        for desk in (first, second, first, second):
            desk.loop = type(desk.loop)(desk.sync, desk.client)
            desk.well()
        assert case(second.store, emma).child_name == case(first.store, emma).child_name
        (kept,) = second.store.connection.execute(
            "SELECT body FROM blobs WHERE size = ?", (len(data),)
        ).fetchall()
        assert kept[0] == data
        for desk in desks:
            desk.store.close()
        network.close()


@pytest.mark.parametrize("way", WAYS)
def test_what_is_larger_than_anything_a_laptop_sends_is_refused_and_the_next_call_answered(
    hub: HubProcess, signer: Certificates, tmp_path: Path, way: str
) -> None:
    with in_front(way, tmp_path, hub, signer) as address:
        answer = httpx.post(f"{address}/v1/operations", content=bytes(10 << 20), trust_env=True, timeout=60)
        assert answer.status_code in (401, 413)  # by the proxy, or by the hub before it has read it
        assert b"Traceback" not in answer.content
        network = HttpNetwork(address)
        assert HubClient(network).hub().name == "Nordby"
        network.close()


@pytest.mark.parametrize("way", WAYS)
def test_behind_a_proxy_the_hub_that_is_down_is_said_to_be_failing(
    hub: HubProcess, signer: Certificates, tmp_path: Path, way: str
) -> None:
    with in_front(way, tmp_path, hub, signer) as address:
        hub.kill()
        network = HttpNetwork(address)
        with pytest.raises(HubTrouble) as refused:
            HubClient(network).hub()
        network.close()
    assert refused.value.trouble is Trouble.HUB_FAILING
