"""The bill of materials of a package, CycloneDX 1.6: what really went in, with versions, licences and hashes.

A part is there when a module, a library or a data file of it is in the package. Beside the packages of the lock come
Python itself, what some packages have inside (Qt, SQLCipher, OpenSSL, PDFium, qpdf), the fonts and the libraries of the
system of the build that were brought along. The same inputs give the same file.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from typing import Any

from installer.inputs import BUILD, SHOWN, SYSTEMS_PLACES, version
from tools.locks import LOCKS, plain
from tools.running import said

Component = dict[str, Any]
INSIDE = """
import json, platform, re
import PySide6.QtCore, pikepdf, pypdfium2, sqlcipher3.dbapi2 as sqlite
from cryptography.hazmat.backends.openssl import backend
cipher = sqlite.connect(":memory:").execute("PRAGMA cipher_version").fetchone()[0].split()[0]
tls = re.search(r"OpenSSL (\\S+)", backend.openssl_version_text())[1]
print(json.dumps({
    "Python": [platform.python_version(), "PSF-2.0", ""],
    "Qt": [PySide6.QtCore.qVersion(), "LGPL-3.0-only", "pyside6-essentials"],
    "SQLCipher": [cipher, "BSD-3-Clause", "sqlcipher3"],
    "SQLite": [sqlite.sqlite_version, "blessing", "sqlcipher3"],
    "OpenSSL": [tls, "Apache-2.0", "cryptography"],
    "qpdf": [pikepdf.__libqpdf_version__, "Apache-2.0", "pikepdf"],
    "PDFium": [str(pypdfium2.PDFIUM_INFO.build), "BSD-3-Clause", "pypdfium2"],
}))
"""
"""Asked of the Python of the build: what has which version inside."""


def bill(python: Path, report: Path, went_in: Path = BUILD / "went-in.json") -> dict[str, Any]:
    """Return the bill. ``report`` is what pip wrote when it installed; ``went_in`` what the spec noted."""
    told = json.loads(went_in.read_text(encoding="utf-8"))
    hashes = {
        plain(name): digest for name, digest in hashes_in(json.loads(report.read_text(encoding="utf-8")))
    }
    licences = tomllib.loads((LOCKS / "licences.toml").read_text(encoding="utf-8"))
    found = [
        package(one, licences.get(plain(one.name), ""), hashes.get(plain(one.name)))
        for one in present(site_of(python), told)
    ]
    parts = [*found, *inside(python), *fonts(told), *of_the_system(told)]
    own = f"pkg:generic/taet-paa@{version()}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts, sort_keys=True))}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": SHOWN,
                "version": version(),
                "purl": own,
            }
        },
        "components": sorted(parts, key=lambda one: str(one["bom-ref"])),
        "dependencies": [{"ref": own, "dependsOn": sorted(str(one["bom-ref"]) for one in parts)}],
    }


def component(kind: str, name: str, number: str, purl: str, licence: str) -> Component:
    """Return one part of the bill."""
    made: Component = {"type": kind, "bom-ref": purl, "name": name, "version": number, "purl": purl}
    if licence:
        made["licenses"] = [{"expression": licence}]
    return made


def package(found: Distribution, licence: str, digest: str | None) -> Component:
    """Return a package of the lock, with the hash of the wheel it came from."""
    purl = f"pkg:pypi/{plain(found.name)}@{found.version}"
    made = component("library", found.name, found.version, purl, licence)
    if digest:
        made["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return made


def hashes_in(report: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield name and SHA-256 of the wheels pip installed."""
    for one in report["install"]:
        yield one["metadata"]["name"], one["download_info"]["archive_info"]["hashes"]["sha256"]


def site_of(python: Path) -> Path:
    """Return where a Python has its packages."""
    ask = [str(python), "-I", "-c", "import sysconfig; print(sysconfig.get_path('platlib'))"]
    return Path(said(ask).strip())


def present(site: Path, told: Mapping[str, Any]) -> list[Distribution]:
    """Return the packages of which something went in."""
    places = {PurePosixPath(one[0].replace("\\", "/")).parts[0] for one in (*told["binaries"], *told["data"])}
    there = {name.partition(".")[0] for name in told["modules"]} | {
        re.split(r"[.]", place)[0] for place in places
    }
    kept = [one for one in distributions(path=[str(site)]) if tops(one) & (there | places)]
    return sorted(kept, key=lambda one: plain(one.name))


def tops(found: Distribution) -> set[str]:
    """Return the names a package is imported by, and its own folders of libraries."""
    files = (PurePosixPath(str(file)) for file in found.files or ())
    firsts = {
        file.parts[0] for file in files if not file.parts[0].endswith(".dist-info") and file.parts[0] != ".."
    }
    return {first.split(".")[0] if first.endswith((".py", ".so", ".pyd")) else first for first in firsts}


def inside(python: Path) -> list[Component]:
    """Return Python, and what packages bring inside them."""
    made = []
    for name, (number, licence, carrier) in json.loads(said([str(python), "-I", "-c", INSIDE])).items():
        purl = f"pkg:generic/{name.lower()}@{number}" + (f"?in={carrier}" if carrier else "")
        made.append(component("library", name, number, purl, licence))
    return made


def fonts(told: Mapping[str, Any]) -> list[Component]:
    """Return the fonts."""
    files = sorted(PurePosixPath(one[0]).stem for one in told["data"] if one[0].endswith(".ttf"))
    families = sorted({name.partition("-")[0] for name in files})
    return [component("data", name, "bundled", f"pkg:generic/{name.lower()}", "OFL-1.1") for name in families]


def of_the_system(told: Mapping[str, Any]) -> list[Component]:
    """Return the libraries of Debian's that were brought along; elsewhere there are none to name."""
    made = []
    for place, source in told["binaries"] if shutil.which("dpkg-query") else ():
        if not source.startswith(SYSTEMS_PLACES) or "/" in place:
            continue
        name = said(["dpkg-query", "-S", f"*/{Path(source).resolve().name}"]).partition(":")[0]
        number = said(["dpkg-query", "-W", "-f", "${Version}", name])
        made.append(component("library", name, number, f"pkg:deb/debian/{name}@{number}", ""))
    return made


def write(bill_of_materials: Mapping[str, Any], target: Path) -> None:
    """Write the bill as JSON."""
    target.write_text(json.dumps(bill_of_materials, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
