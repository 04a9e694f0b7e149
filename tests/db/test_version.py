"""The written-down fingerprint of the declarations is the true one, and no declaration is forgotten."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import caseworker_app.domain as domain
from caseworker_app.domain.things import MODULES
from db.version import PROJECTIONS, fingerprint


def test_the_fingerprint_in_the_program_is_that_of_its_declarations() -> None:
    assert fingerprint() == PROJECTIONS, "run: python3 start.py lint --fix"


def test_every_module_that_declares_an_entity_is_known() -> None:
    declaring = set()
    for module in pkgutil.walk_packages(domain.__path__, "caseworker_app.domain."):
        source = Path(import_module(module.name).__file__ or "")
        if source.suffix == ".py" and re.search(
            r"^@entity\(", source.read_text(encoding="utf-8"), re.MULTILINE
        ):
            declaring.add(module.name.removeprefix("caseworker_app.domain."))
    assert declaring == {module.__name__.removeprefix("caseworker_app.domain.") for module in MODULES}
