"""The shape of the house: layers, rooms, sizes, and what a file may not hold. The reasons are in ``docs``."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from importlinter import api
from importlinter.application import use_cases
from importlinter.domain.contract import InvalidContractOptions, registry

from tests.helpers.source import (
    PACKAGES,
    ROOT,
    cycles,
    imports,
    imports_of,
    module_name,
    nodes_of,
    package_of,
    parts_of,
    product_files,
    shown,
    tracked_files,
    tree_of,
)

MODULE_LINES = 400
CLASS_LINES = 300
CLASS_METHODS = 25
FUNCTION_LINES = 60

#: Where a part we stand on may be imported; everywhere else it is a leak.
ROOMS = {
    "PySide6": ("ui", "installer.icons"),
    "shiboken6": ("ui",),
    "sqlalchemy": ("db", "caseworker_app.hub"),
    "sqlcipher3": ("db",),
    "alembic": ("db", "caseworker_app.hub"),
    "starlette": ("caseworker_app.hub",),
    "uvicorn": ("caseworker_app.hub",),
    "psycopg": ("caseworker_app.hub",),
    "httpx": ("caseworker_app.sync",),
    "reportlab": ("caseworker_app.documents.pdf",),
    "pikepdf": ("caseworker_app.documents.pdf",),
    "keyring": ("caseworker_app.secrets",),
    "argon2": ("caseworker_app.vault",),
}


# --- Layers --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def _import_linter_knows_its_contracts() -> None:
    use_cases._register_contract_types(use_cases.read_user_options(str(ROOT / "pyproject.toml")))


def contract_options() -> list[dict[str, object]]:
    return api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Every import of our packages; parts nobody imports yet are put in, so that a contract can name them."""
    found = grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)
    for options in contract_options():
        for name in options.get("forbidden_modules", ()):
            if name not in found.modules and name.split(".")[0] not in PACKAGES:
                found.add_module(name, is_squashed=True)
    return found


def contract_of(options: dict[str, object]):
    kind = registry.get_contract_class(options["type"])
    session = api.read_configuration(str(ROOT / "pyproject.toml"))["session_options"]
    return kind(name=options["name"], session_options=session, contract_options=options)


contracts = pytest.mark.parametrize("options", contract_options(), ids=lambda options: str(options["name"]))


@contracts
def test_the_contract_is_kept(options, graph):
    check = contract_of(options).check(graph=graph, verbose=False)
    assert check.kept, f"{options['name']}: {check.metadata}"


def forbidden_pairs(options: dict[str, object]) -> list[tuple[str, str]]:
    if options["type"] == "independence":
        modules = list(options["modules"])
        return [(one, other) for one in modules for other in modules if one != other]
    return [(source, other) for source in options["source_modules"] for other in options["forbidden_modules"]]


@contracts
def test_the_contract_bites_on_every_import_it_forbids(options, graph):
    contract = contract_of(options)
    for importer, imported in forbidden_pairs(options):
        graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="planted")
        try:
            kept = contract.check(graph=graph, verbose=False).kept
        finally:
            graph.remove_import(importer=importer, imported=imported)
        assert not kept, f"{importer} may import {imported} unseen"


@contracts
def test_every_module_of_ours_that_a_contract_names_is_there(options):
    there = {module_name(file) for file in product_files()}
    named = {name for pair in forbidden_pairs(options) for name in pair if name.split(".")[0] in PACKAGES}
    assert named <= there


def test_every_package_of_ours_stands_in_a_contract():
    named = {
        str(name)
        for options in contract_options()
        for key in ("source_modules", "modules")
        for name in options.get(key, ())
    }
    rooms = {f"caseworker_app.{file.parent.name}" for file in (ROOT / "caseworker_app").glob("*/__init__.py")}
    free = {"caseworker_app.compose"}  # it knows every part, and puts them together
    assert rooms - free <= named


def test_a_contract_that_names_what_is_not_there_is_not_read():
    with pytest.raises(InvalidContractOptions):
        contract_of({"name": "a", "type": "forbidden", "source_modules": "ui"})


@pytest.mark.parametrize(("part", "rooms"), ROOMS.items())
def test_a_part_is_imported_only_in_its_room(part, rooms):
    leaks = [
        f"{shown(file)} imports {name}"
        for file in product_files()
        if not in_room(module_name(file), rooms)
        for name in imports_of(file)
        if name.split(".")[0] == part
    ]
    assert leaks == []


def in_room(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def test_a_leak_in_a_function_is_seen_too():
    tree = ast.parse("def f():\n    from PySide6.QtCore import Qt\n")
    assert list(imports(tree)) == ["PySide6.QtCore.Qt"]
    assert list(imports(tree, only_at_import=True)) == []


def import_graph() -> dict[str, set[str]]:
    """What runs when our modules are imported: who imports whom."""
    files = {module_name(file): file for file in product_files()}
    found: dict[str, set[str]] = {}
    for name, file in files.items():
        wanted = imports(tree_of(file), package_of(file), only_at_import=True)
        modules = {one if one in files else one.rpartition(".")[0] for one in wanted}
        found[name] = modules & files.keys() - {name}
    return found


def test_no_module_imports_itself_by_way_of_others():
    assert cycles(import_graph()) == []


def test_a_cycle_is_found():
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}
    assert cycles(graph) == [["a", "b", "c"]]
    tree = ast.parse("from . import b\nfrom ..x import y\nif TYPE_CHECKING:\n    import z\n")
    assert list(imports(tree, "p.q", only_at_import=True)) == ["p.q.b", "p.x.y"]


@pytest.mark.parametrize("name", PACKAGES)
def test_the_packages_with_plain_names_are_ours(name):
    package = importlib.import_module(name)
    assert Path(package.__file__).resolve().is_relative_to(ROOT)


def test_the_front_door_stands_on_the_standard_library_alone():
    allowed = sys.stdlib_module_names | {"tools"}
    for name in ("start.py", "tools/__init__.py", "tools/machine.py", "tools/environment.py"):
        roots = {found.split(".")[0] for found in imports(tree_of(ROOT / name), "tools")}
        assert roots <= allowed, name
    used = {found for found in imports(tree_of(ROOT / "start.py")) if found.startswith("tools")}
    assert [found for found in used if not re.match(r"tools\.(machine|environment)\b", found)] == []


# --- Manners -------------------------------------------------------------------------------------------------

NEVER_IN_THE_WINDOW = {"processEvents", "QEventLoop", "QUndoStack"}


def test_the_window_never_runs_a_loop_inside_its_loop():
    found = []
    for file in product_files():
        for node in nodes_of(file):
            name = (
                node.attr
                if isinstance(node, ast.Attribute)
                else node.id
                if isinstance(node, ast.Name)
                else ""
            )
            if name in NEVER_IN_THE_WINDOW:
                found.append(f"{shown(file)}:{node.lineno} {name}")
    assert found == []


IMPORT_EVERYTHING = """
import importlib, os, sys, threading
seen = []
def look(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        if "__pycache__" not in str(arguments[0]) and str(arguments[0]) != os.devnull:
            seen.append(f"opens {arguments[0]} to write")
    elif event in ("os.mkdir", "os.remove", "os.rename", "socket.connect", "subprocess.Popen"):
        seen.append(f"{event} {arguments[:1]}")
sys.addaudithook(look)
for name in sys.argv[1:]:
    before = len(seen)
    importlib.import_module(name)
    for what in seen[before:]:
        print(name, what)
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets and widgets.QApplication.instance():
        print(name, "makes an application")
        break
    if threading.active_count() > 1:
        print(name, "starts a thread")
        break
"""


def import_all(folder: Path, path: Path, modules: list[str]) -> subprocess.CompletedProcess[str]:
    """Import modules one after the other in a Python of their own, standing in ``folder``, and tell what they do."""
    environment = {**os.environ, "HOME": str(folder), "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", IMPORT_EVERYTHING, *modules]
    return subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def test_importing_a_module_writes_nothing_starts_nothing_and_makes_no_application(tmp_path):
    modules = [module_name(file) for file in product_files() if file.relative_to(ROOT).parts[0] in PACKAGES]
    chosen = [name for name in modules if not name.startswith("db.migrations")]  # Alembic runs those
    done = import_all(tmp_path, ROOT, chosen)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert list(tmp_path.iterdir()) == []


def test_the_look_at_imports_sees_what_it_must(tmp_path):
    (tmp_path / "guilty.py").write_text("import os\nos.mkdir('left')\nopen('file', 'w').close()\n")
    done = import_all(tmp_path, tmp_path, ["guilty"])
    assert "guilty os.mkdir" in done.stdout
    assert "guilty opens file to write" in done.stdout


# --- Sizes ---------------------------------------------------------------------------------------------------


def test_no_module_is_longer_than_one_can_hold_in_the_head():
    sizes = {shown(file): len(file.read_text(encoding="utf-8").splitlines()) for file in product_files()}
    assert {name: lines for name, lines in sizes.items() if lines > MODULE_LINES} == {}


def test_no_class_or_function_is_longer_than_one_can_hold_in_the_head():
    too_long = []
    for file in product_files():
        for part in parts_of(file):
            most = FUNCTION_LINES if part.methods is None else CLASS_LINES
            if part.lines > most:
                too_long.append(f"{shown(file)} {part.name}: {part.lines} lines")
            if (part.methods or 0) > CLASS_METHODS:
                too_long.append(f"{shown(file)} {part.name}: {part.methods} methods")
    assert too_long == []


# --- What a file may not hold --------------------------------------------------------------------------------

MACHINE = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:work|root|farm)/", re.MULTILINE)
REGISTRY = re.compile(
    "|".join(("pypi" + r"\.org", "python" + "hosted", "deb" + r"\.debian\.org", "npm" + r"js\."))
)
PROMISE = re.compile(r"#\s*(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def texts() -> Iterator[tuple[str, str]]:
    for file in tracked_files():
        if file.stat().st_size < 2_000_000:
            try:
                yield shown(file), file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


@pytest.mark.parametrize(
    "pattern", [MACHINE, REGISTRY, PROMISE], ids=["a machine's path", "a registry", "a promise"]
)
def test_no_file_holds(pattern):
    found = [f"{name}: {match.group().strip()}" for name, text in texts() for match in pattern.finditer(text)]
    assert found == []


def test_what_no_file_may_hold_is_recognised():
    assert MACHINE.search('open("/' + 'work/main/x")')
    assert not MACHINE.search("https://example.org/homework/root.html ~/root docs/work.md")
    assert PROMISE.search("x = 1  # TO" + "DO later")


# --- Tests ---------------------------------------------------------------------------------------------------

OWN_ROOMS = {"helpers", "fuzz", "scenes", "benchmarks", "processes", "simulator", "stores", "whole"}
FILLER = re.compile(r"(?:^|_)(?:works?|correctly|properly|as_expected|successfully)(?:_|$)")


def test_the_folders_of_the_tests_mirror_the_packages():
    folders = {file.parent.relative_to(ROOT / "tests") for file in (ROOT / "tests").rglob("*.py")}
    strangers = [
        folder.as_posix()
        for folder in folders - {Path()}
        if folder.parts[0] not in OWN_ROOMS
        and not (ROOT / folder).is_dir()
        and not (ROOT / "caseworker_app" / folder).is_dir()
    ]
    assert strangers == []


def test_every_folder_of_tests_is_a_package_so_that_two_files_may_share_a_name():
    folders = {file.parent for file in (ROOT / "tests").rglob("test_*.py")}
    assert [shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_names_of_the_tests_are_sentences_of_what_must_hold():
    files = [file for file in tracked_files() if file.is_relative_to(ROOT / "tests") and file.suffix == ".py"]
    names = [
        (shown(file), node.name)
        for file in files
        for node in nodes_of(file)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [one for one in names if FILLER.search(one[1]) or one[1].count("_") < 3] == []
