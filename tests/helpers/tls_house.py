"""Servers on this machine that speak TLS, with certificates made for the test: good ones and bad ones."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Reply = tuple[int, Mapping[str, str], bytes]
Answer = Callable[[str, str, bytes, Mapping[str, str]], Reply]
HERE = (x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
ELSEWHERE = (x509.DNSName("hub.elsewhere.example"),)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Certificates:
    """A signer of certificates and where its files are."""

    folder: Path
    name: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def trusted(self) -> Path:
        """The file that makes its certificates trusted."""
        file = self.folder / f"{self.name}.pem"
        file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return file

    def context(
        self,
        *,
        names: tuple[x509.GeneralName, ...] = HERE,
        ends: dt.timedelta = _DAY,
        by_itself: bool = False,
    ) -> ssl.SSLContext:
        """Return what a server needs; see :meth:`file`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file(names=names, ends=ends, by_itself=by_itself))
        return context

    def file(
        self,
        *,
        names: tuple[x509.GeneralName, ...] = HERE,
        ends: dt.timedelta = _DAY,
        by_itself: bool = False,
    ) -> Path:
        """Return a file with a certificate and its key: for ``names``, ending so long from now, or signed by itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        signer, issuer = (key, _named("hub")) if by_itself else (self.key, self.certificate.subject)
        made = (
            _begun(_named("hub"), issuer, key.public_key(), ends)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
            )
            .sign(signer, hashes.SHA256())
        )
        file = self.folder / f"{made.serial_number:x}.pem"
        file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + _bytes_of(key))
        return file


def certificates(folder: Path, name: str = "signer") -> Certificates:
    """Make a signer of certificates."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _named(name)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        _begun(subject, subject, key.public_key(), _DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Certificates(folder, name, key, made)


def trusted_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """Make a signer that this machine trusts for the length of a test, and no proxy in between."""
    made = certificates(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.trusted))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return made


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, ends: dt.timedelta
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 30 * _DAY)
        .not_valid_after(now + ends)
    )


def _bytes_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@dataclass
class Server:
    """One server: where it is, what was asked of it, and what answers (may be changed while it runs)."""

    answer: Answer
    scheme: str = "https"
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"


class _House(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, server: Server, context: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.told = server
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""


class _Answering(BaseHTTPRequestHandler):
    server: _House
    protocol_version = "HTTP/1.1"
    timeout = 10

    def _reply(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        told = self.server.told
        told.asked.append(f"{self.command} {self.path}")
        status, headers, answer = told.answer(self.command, self.path, body, self.headers)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(answer)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def do_PUT(self) -> None:
        self._reply()

    def log_message(self, *_args: object) -> None:
        """Nothing is said on the terminal."""


@contextmanager
def serving(answer: Answer, context: ssl.SSLContext | None) -> Iterator[Server]:
    """Serve on a port of the system's choosing; without ``context`` in the clear, whatever is asked for."""
    told = Server(answer, "http" if context is None else "https")
    with _House(told, context) as house:
        told.port = house.server_port
        thread = threading.Thread(target=house.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield told
        finally:
            house.shutdown()
            thread.join()
