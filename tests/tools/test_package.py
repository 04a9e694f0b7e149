"""What goes into a package and what does not; the package that was built, tried where nothing else is."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path, PurePosixPath

import cyclonedx.schema
import jsonschema_rs
import pytest

from caseworker_app.domain.handover import ENDING
from installer import inputs
from tools import clean_root, debian, package, sbom
from tools.machine import Trouble

PLACE = "PySide6/Qt/plugins"
INSTALLER = inputs.ROOT / "installer"


@pytest.mark.parametrize(
    ("place", "kind", "kept"),
    [
        ("PySide6/QtWidgets.abi3.so", "EXTENSION", True),
        ("PySide6/QtWidgets.pyd", "EXTENSION", True),
        ("PySide6/QtQuick.abi3.so", "EXTENSION", False),
        (f"{PLACE}/platforms/libqxcb.so", "BINARY", True),
        (r"PySide6\plugins\platforms\qwindows.dll", "BINARY", True),
        (f"{PLACE}/platforms/libqcocoa.dylib", "BINARY", True),
        (f"{PLACE}/sqldrivers/libqsqlite.so", "BINARY", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", "DATA", False),
        ("PySide6/Qt/translations/qtbase_da.qm", "DATA", True),
        ("PySide6/Qt/translations/qtbase_de.qm", "DATA", False),
        ("babel/locale-data/da.dat", "DATA", True),
        ("babel/locale-data/fr.dat", "DATA", False),
        ("resources/fonts/NotoSans-Regular.ttf", "DATA", True),
    ],
)
def test_of_what_is_found_only_what_the_window_needs_goes_in(place, kind, kept):
    assert inputs.kept((place, f"/somewhere/{place}", kind)) is kept


def test_a_library_of_qt_stays_only_while_something_kept_asks_for_it():
    names = ("PySide6/QtGui.abi3.so", "PySide6/Qt/lib/libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Core.so.6",
             "PySide6/Qt/lib/libQt6Quick.so.6", "PySide6/Qt/lib/libicudata.so.73", "libz.so.1")  # fmt: skip
    asks = {
        "QtGui.abi3.so": ["libQt6Gui.so.6"],
        "libQt6Gui.so.6": ["/x/libQt6Core.so.6"],
        "libQt6Core.so.6": ["libicudata.so.73"],
    }
    entries = [(name, name, "BINARY") for name in names]
    left = inputs.without_orphans(entries, lambda file: asks.get(PurePosixPath(file).name, []))
    assert [entry[0] for entry in left] == [name for name in names if "Quick" not in name]
    links = [
        ("libQt6Quick.so.6", names[3], "SYMLINK"),
        ("libQt6Gui.so.6", names[1], "SYMLINK"),
        ("a.txt", "a", "DATA"),
    ]
    assert [entry[0] for entry in inputs.without_dangling(links, left)] == ["libQt6Gui.so.6", "a.txt"]


def test_every_module_of_ours_and_every_file_that_is_read_goes_in():
    modules, files = inputs.own_modules(), {place for place, _ in inputs.data_files()}
    assert {"ui.main_window", "caseworker_app.documents.plan_papers", "db", "resources"} <= set(modules)
    names = {Path(place).relative_to(inputs.ROOT).as_posix() for place in files}
    assert {"db/migrations/env.py", "db/migrations/versions/0001_base_tables.py", "resources/translations/da.mo",
            "caseworker_app/demo/themes.toml", "resources/icons/taet-paa.svg"} <= names  # fmt: skip
    assert not [name for name in names if name.endswith((".po", ".pyc"))]


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_the_specs_of_all_systems_are_programs_that_use_the_same_inputs(system):
    text = (INSTALLER / system / "caseworker.spec").read_text(encoding="utf-8")
    compile(text, system, "exec")
    assert "from inputs import" in text
    assert "from parts import analysed, collected" in text
    assert "hiddenimports" not in text


def test_the_installer_for_windows_needs_no_administrator_and_knows_the_names_of_the_inputs():
    text = (INSTALLER / "windows" / "caseworker.iss").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest" in text
    told = dict(re.findall(r'^#define (\w+) "([^"]*)"', text, re.MULTILINE))
    assert told["Program"] == inputs.SHOWN
    assert told["Window"] == f"{inputs.WINDOW}.exe"
    assert told["Console"] == f"{inputs.COMMAND}.exe"
    assert told["Suffix"] == inputs.SUFFIX == ENDING
    assert inputs.IDENTIFIER in text
    assert "HKA;" in text
    assert "HKLM" not in text


def test_the_example_of_a_policy_names_only_settings_there_are():
    import tomllib

    from caseworker_app.settings import ALL

    text = (INSTALLER / "linux" / "policy.toml").read_text(encoding="utf-8")
    offered = tomllib.loads(re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE))
    known = {setting.name: setting for setting in ALL}
    assert offered
    for name, value in offered.items():
        known[name].check(value)


def test_the_menu_entry_and_a_double_click_call_the_program_in_a_way_it_understands():
    from caseworker_app.__main__ import parser

    entry = (INSTALLER / "linux" / "taet-paa.desktop").read_text(encoding="utf-8")
    called = re.search(r"^Exec=@COMMAND@ (.*)$", entry, re.MULTILINE)
    assert called is not None
    words = called[1].split()
    assert parser().parse_args([word for word in words if word != "%f"]).handed is None
    given = parser().parse_args(["sag.taetpaa" if word == "%f" else word for word in words])
    assert given.handed == Path("sag.taetpaa")
    assert """ app ""%1""" in (INSTALLER / "windows" / "caseworker.iss").read_text(encoding="utf-8")


def test_a_template_is_filled_and_a_word_it_does_not_know_is_refused():
    assert debian.filled("@NAME@ @SHOWN@", {"NAME": "taet-paa", "SHOWN": "Tæt på"}) == "taet-paa Tæt på"
    with pytest.raises(KeyError):
        debian.filled("@OTHER@", {})


def test_without_a_package_or_without_root_the_trying_says_why(monkeypatch, tmp_path):
    monkeypatch.setattr(package, "DIST", tmp_path)
    with pytest.raises(Trouble, match="No Debian package has been built here"):
        package.newest_package()
    monkeypatch.setattr(clean_root, "NEEDED", ("no-such-program",))
    assert clean_root.lacking()
    with pytest.raises(Trouble, match="was not tried in a clean root"):
        clean_root.try_out(tmp_path / "x.deb", lambda line: pytest.fail(line))


def test_the_parts_of_a_bill_have_what_cyclonedx_asks_for():
    part = sbom.component("library", "Thing", "1.0", "pkg:pypi/thing@1.0", "MIT")
    assert part["licenses"] == [{"expression": "MIT"}]
    assert "licenses" not in sbom.component("data", "Thing", "1.0", "pkg:pypi/thing@1.0", "")


@pytest.fixture
def folder():
    if not (package.DIST / "sbom.cdx.json").exists():
        pytest.skip("no package has been built here (start.py package)")
    return package.DIST / inputs.NAME


@pytest.mark.slow
def test_the_built_folder_tests_itself_and_its_bill_is_cyclonedx(folder):
    assert package.self_tested(folder / inputs.COMMAND).splitlines()[-1] == "ok"
    assert package.megabytes(folder) <= package.LARGEST_MB
    bill = json.loads((folder / "sbom.cdx.json").read_text(encoding="utf-8"))
    schema = json.loads(
        (Path(cyclonedx.schema.__file__).parent / "_res" / "bom-1.6.SNAPSHOT.schema.json").read_text()
    )
    known = {
        file.name: json.loads(file.read_text())
        for file in Path(cyclonedx.schema.__file__).parent.glob("_res/*.schema.json")
    }
    base = "http://cyclonedx.org/schema/"
    registry = jsonschema_rs.Registry([(base + name, text) for name, text in known.items()])
    jsonschema_rs.validator_for(schema, registry=registry).validate(bill)
    names = {part["name"] for part in bill["components"]}
    assert {"Qt", "SQLCipher", "Python", "reportlab", "NotoSans"} <= names
    assert not {"pytest", "mypy", "uvicorn", "pip", "pyinstaller"} & {name.lower() for name in names}
    assert all(part.get("hashes") for part in bill["components"] if part["purl"].startswith("pkg:pypi/"))


@pytest.mark.slow
def test_nothing_of_this_machine_and_no_test_is_in_the_built_folder(folder):
    home = str(inputs.ROOT).encode()
    for file in folder.rglob("*"):
        assert not {"tests", "pytest", "hypothesis"} & set(file.relative_to(folder).parts), file
        if (
            file.is_file()
            and file.suffix in {".json", ".txt", ".toml", ".py", ""}
            and file.stat().st_size < 1 << 20
        ):
            assert home not in file.read_bytes(), file


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_debian_package_is_installed_run_and_removed_in_a_clean_root(folder):
    if why := clean_root.lacking():
        pytest.skip(why)
    said: list[str] = []
    clean_root.try_out(package.newest_package(), said.append)
    assert said[-1] == "removed; the root is as it was"
    assert any("shown in a window (xcb)" in line for line in said)


@pytest.mark.slow
def test_the_built_program_answers_on_the_command_line(folder, tmp_path):
    done = subprocess.run(
        [folder / inputs.COMMAND, "due", "--rules", "herning-2015", "--kind", "foster", "--start", "2026-01-01",
         "--until", "2026-12-31"],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
