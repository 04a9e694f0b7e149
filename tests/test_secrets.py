"""The keyring: only one of the operating system's own is taken, and only when it does what it says."""

from __future__ import annotations

import base64
import io
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from caseworker_app import secrets
from caseworker_app.secrets import Backend, KeyringUnavailable, find_backend

KEY = bytes(range(32))
STORE = bytes(range(16))


class Plaintext:
    """What a plain text keyring looks like to the keyring library."""

    priority = 100

    def __init__(self):
        self.kept = {}

    def set_password(self, service, account, text):
        self.kept[service, account] = text

    def get_password(self, service, account):
        return self.kept.get((service, account))

    def delete_password(self, service, account):
        del self.kept[service, account]


@pytest.fixture
def secret_service(monkeypatch):
    """The real Secret Service class, made to believe that there is a service."""
    import secretstorage
    from keyring.backends import SecretService

    monkeypatch.setattr(secretstorage, "dbus_init", io.BytesIO)
    monkeypatch.setattr(secretstorage, "check_service_availability", lambda _connection: True)
    return SecretService.Keyring


@pytest.fixture
def service(monkeypatch, secret_service):
    """The same with methods that keep a dictionary."""
    kept: dict[tuple[str, str], str] = {}
    cls = secret_service
    monkeypatch.setattr(cls, "set_password", lambda self, s, u, p: kept.__setitem__((s, u), p))
    monkeypatch.setattr(cls, "get_password", lambda self, s, u: kept.get((s, u)))
    monkeypatch.setattr(cls, "delete_password", lambda self, s, u: kept.pop((s, u)))
    cls.kept_by_test = kept
    yield cls
    del cls.kept_by_test


def in_a_process(script: str, *args: object, backend: str = "") -> str:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    if backend:
        environ["PYTHON_KEYRING_BACKEND"] = backend
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *map(str, args)],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_with_no_keyring_on_the_machine_none_is_found_and_the_reason_is_said():
    assert find_backend(platform="linux") == secrets.Finding(None, secrets.NONE_THERE)


def test_a_system_nobody_knows_has_no_keyring():
    assert find_backend(platform="plan9").reason_msgid == secrets.NONE_THERE


def test_a_keyring_of_another_system_is_not_there():
    foreign = {"linux", "win32", "darwin"} - {sys.platform}
    assert {find_backend(platform=system).reason_msgid for system in foreign} == {secrets.NONE_THERE}


PLAINTEXT_INSTALLED = """
import sys
sys.path.insert(0, sys.argv[1])
import keyring
assert type(keyring.get_keyring()).__name__ == "PlaintextKeyring", keyring.get_keyring()
from caseworker_app.secrets import find_backend
keyring.set_keyring(keyring.get_keyring())
print(find_backend().backend)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own keyring is found")
@pytest.mark.parametrize("configured", ["", "keyrings.alt.file.PlaintextKeyring"])
def test_a_plain_text_keyring_that_is_installed_or_configured_is_refused(tmp_path, configured):
    package = tmp_path / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "file.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class PlaintextKeyring(KeyringBackend):\n"
        "    priority = 100\n"
        "    def set_password(self, *a): open('plain', 'w').write(str(a))\n"
        "    def get_password(self, *a): return None\n"
    )
    info = tmp_path / "keyrings_alt-5.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 5.0\n")
    (info / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")
    assert in_a_process(PLAINTEXT_INSTALLED, tmp_path, backend=configured).strip() == "None"
    assert not Path("plain").exists()


def test_a_class_that_stands_in_for_an_allowed_one_is_refused(monkeypatch):
    from keyring.backends import SecretService

    monkeypatch.setattr(SecretService, "Keyring", Plaintext)
    assert find_backend(platform="linux").backend is None


def test_a_keyring_that_passes_its_self_test_keeps_a_key_and_forgets_it(service):
    backend = find_backend(platform="linux").backend
    assert backend is not None
    assert backend.name == "Secret Service"
    assert service.kept_by_test == {}
    assert backend.read(STORE) is None
    backend.store(STORE, KEY)
    assert backend.read(STORE) == KEY
    assert backend.read(bytes(16)) is None
    assert KEY.hex() not in str(service.kept_by_test)
    backend.forget(STORE)
    backend.forget(STORE)
    assert backend.read(STORE) is None


def test_the_wanted_keyring_is_looked_for_by_its_name(service):
    assert find_backend("Secret Service", platform="linux").backend is not None
    assert find_backend("KWallet", platform="linux").backend is None
    assert find_backend("Nobody", platform="linux").reason_msgid == secrets.NONE_THERE


def test_to_read_a_key_nothing_is_written(service, monkeypatch):
    monkeypatch.setattr(service, "set_password", lambda *_a: pytest.fail("it was written to"))
    backend = find_backend("Secret Service", self_test=False, platform="linux").backend
    assert backend is not None
    assert backend.read(STORE) is None


def raising(error):
    def call(*_args):
        raise error

    return call


def locked_errors():
    from keyring.errors import InitError, KeyringLocked
    from secretstorage.exceptions import LockedException, PromptDismissedException

    return [
        KeyringLocked("x"),
        InitError("Prompt dismissed"),
        LockedException("x"),
        PromptDismissedException("x"),
    ]


@pytest.mark.parametrize("error", locked_errors(), ids=lambda error: type(error).__name__)
def test_a_locked_keyring_is_not_there_and_the_reason_is_said(monkeypatch, secret_service, error):
    monkeypatch.setattr(secret_service, "get_preferred_collection", raising(error))
    assert find_backend(platform="linux") == secrets.Finding(None, secrets.LOCKED)


class Panic(BaseException):
    """What a driver written in another language may raise."""


@pytest.mark.parametrize(
    "error", [OSError("disk"), ValueError("Emma"), KeyError(1), Panic("x"), SystemExit(3)]
)
@pytest.mark.parametrize("method", ["set_password", "get_password", "delete_password"])
def test_whatever_a_keyring_raises_it_is_not_there(service, monkeypatch, error, method):
    monkeypatch.setattr(service, method, raising(error))
    assert find_backend(platform="linux") == secrets.Finding(None, secrets.FAILED)


@pytest.mark.parametrize("answer", ["", "another", "\x00", None, 7, b"bytes"])
def test_a_keyring_that_gives_back_something_else_is_not_taken(service, monkeypatch, answer):
    monkeypatch.setattr(service, "get_password", lambda *_a: answer)
    assert find_backend(platform="linux").backend is None


def test_a_keyring_that_mixes_up_its_entries_is_not_taken(service, monkeypatch):
    wrong = base64.b64encode(bytes(32)).decode()
    monkeypatch.setattr(service, "get_password", lambda self, s, u: wrong if self.kept_by_test else None)
    assert find_backend(platform="linux") == secrets.Finding(None, secrets.UNTRUE)


def test_a_keyring_that_keeps_what_it_was_told_to_delete_is_not_taken(service, monkeypatch):
    monkeypatch.setattr(service, "delete_password", lambda *_a: None)
    assert find_backend(platform="linux") == secrets.Finding(None, secrets.UNTRUE)


def test_a_keyring_that_hangs_is_given_up_after_its_time(service, monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(service, "set_password", lambda *_a: release.wait(5))
    start = time.perf_counter()
    assert find_backend(platform="linux", time_limit=0.05) == secrets.Finding(None, secrets.SILENT)
    assert time.perf_counter() - start < 1
    release.set()


def test_a_found_keyring_that_is_locked_later_says_so(service, monkeypatch):
    backend = find_backend(platform="linux").backend
    assert backend is not None
    monkeypatch.setattr(service, "get_password", raising(locked_errors()[0]))
    with pytest.raises(KeyringUnavailable) as caught:
        backend.read(STORE)
    assert caught.value.reason_msgid == secrets.LOCKED


@pytest.mark.parametrize("text", ["", "AAAA", "not base64 at all", "é" * 44, "A" * 4000])
def test_an_entry_that_is_no_key_is_said_to_be_spoilt(text):
    keyring = Plaintext()
    keyring.get_password = lambda *_a: text
    with pytest.raises(KeyringUnavailable) as caught:
        Backend("Secret Service", keyring).read(STORE)
    assert caught.value.reason_msgid == secrets.SPOILT


@pytest.mark.parametrize("size", [0, 31, 33, 4096])
def test_only_keys_of_32_bytes_are_kept(size):
    with pytest.raises(ValueError, match="32 bytes"):
        Backend("Secret Service", Plaintext()).store(STORE, bytes(size))


def test_looking_for_a_keyring_is_the_first_time_the_library_is_imported():
    script = "import sys, caseworker_app.secrets; print('keyring' in sys.modules)"
    assert in_a_process(script).strip() == "False"


WINDOWS = """
import sys, types
kept = {}
class Missing(Exception):
    winerror, funcname = 1168, "CredRead"
def write(credential, flags):
    kept[credential["TargetName"]] = credential
def read(Type, TargetName):
    if TargetName not in kept:
        raise Missing
    blob = kept[TargetName]["CredentialBlob"]
    return {**kept[TargetName], "CredentialBlob": blob.encode("utf-16-le")}
win32cred = types.SimpleNamespace(
    __name__="win32cred",
    CRED_TYPE_GENERIC=1, CRED_PERSIST_SESSION=1, CRED_PERSIST_LOCAL_MACHINE=2, CRED_PERSIST_ENTERPRISE=3,
    CredWrite=write, CredRead=read, CredDelete=lambda Type, TargetName: kept.pop(TargetName))
package = types.ModuleType("win32ctypes.pywin32")
package.pywintypes, package.win32cred = types.SimpleNamespace(error=Missing), win32cred
sys.modules["win32ctypes"] = types.ModuleType("win32ctypes")
sys.modules["win32ctypes.pywin32"] = package
from caseworker_app.secrets import find_backend
backend = find_backend(platform="win32").backend
backend.store(bytes(16), bytes(range(32)))
assert backend.read(bytes(16)) == bytes(range(32))
backend.store(bytes(16), bytes(32))
assert backend.read(bytes(16)) == bytes(32)
print(backend.name, [entry["Persist"] for entry in kept.values()])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="stands in for Windows' own calls")
def test_on_windows_the_key_stays_on_the_machine_and_does_not_roam():
    assert in_a_process(WINDOWS).strip() == "Windows Credential Manager [2]"


REAL = """
import subprocess, sys
subprocess.run(["gnome-keyring-daemon", *sys.argv[1:]], input=b"a password", capture_output=True, check=True)
from caseworker_app.secrets import find_backend
found = find_backend()
if found.backend is None:
    print(found.reason_msgid)
else:
    found.backend.store(bytes(16), bytes(range(32)))
    again = find_backend("Secret Service", self_test=False).backend
    print(again.name, again.read(bytes(16)) == bytes(range(32)), again.read(bytes(15) + b"x"))
    again.forget(bytes(16))
    print(again.read(bytes(16)))
"""


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring-daemon and dbus-run-session",
)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--unlock", "--components=secrets", "--daemonize"], "Secret Service True None\nNone"),
        (["--start", "--components=secrets"], secrets.LOCKED),
    ],
)
def test_the_real_secret_service_keeps_a_key_when_open_and_is_not_there_when_locked(
    tmp_path, arguments, said
):
    for folder in ("home", "run"):
        (tmp_path / folder).mkdir(mode=0o700)
    environ = {**os.environ, "HOME": str(tmp_path / "home"), "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    environ["XDG_DATA_HOME"] = environ["HOME"]
    environ.pop("DISPLAY", None)
    environ.pop("WAYLAND_DISPLAY", None)
    command = ["dbus-run-session", "--", sys.executable, "-c", REAL, *arguments]
    ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == said
