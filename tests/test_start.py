"""The front door opens from anywhere, says what is missing in words, and mends what was left half done."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

import start
from tests.helpers.toy_house import ROOT, ToyHouse, make_toy_house, told

posix = pytest.mark.skipif(os.name == "nt", reason="signals and links of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can lack a display")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[ToyHouse, subprocess.CompletedProcess[str]]:
    """Return a toy house and what its first start said; the tests of this module leave it set up."""
    house = make_toy_house(tmp_path_factory.mktemp("door"))
    return house, house.start("demo", "--out", "billeder", TOY_EXIT="7", PYTHONDONTWRITEBYTECODE="1")


@pytest.fixture
def house(made) -> ToyHouse:
    return made[0]


def test_the_first_start_sets_up_and_hands_over_arguments_and_exit_code(made):
    _, first = made
    assert "Setting up in .venv" in first.stdout
    assert first.returncode == 7
    assert told(first.stdout)["argv"] == ["demo", "--out", "billeder"]
    assert told(first.stdout)["tiny"] == "1"
    assert first.stderr == ""


def test_bytecode_is_compiled_and_not_held_back(made):
    house, first = made
    assert list((house.root / "caseworker_app").glob("__pycache__/__main__*.pyc"))
    assert told(first.stdout)["environment"]["PYTHONDONTWRITEBYTECODE"] is None


def test_the_second_start_installs_nothing(house):
    again = house.start("demo", "--out", "x", PIP_FIND_LINKS="")
    assert again.returncode == 0
    assert "Set" not in again.stdout.replace("TOLD", "")


def test_it_starts_from_any_folder_and_the_folder_has_no_say_in_what_runs(house, tmp_path):
    (tmp_path / "caseworker_app").mkdir()
    (tmp_path / "caseworker_app" / "__main__.py").write_text("raise SystemExit('a stranger')")
    (tmp_path / "tiny.py").write_text("raise SystemExit('a stranger')")
    done = house.start("demo", "--out", "x", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 0
    assert told(done.stdout)["cwd"] == str(tmp_path)
    assert told(done.stdout)["path0"] == told(done.stdout)["environment"]["PYTHONPATH"] == str(house.root)


@linux
def test_without_a_display_it_says_so_and_renders(house):
    done = house.start()
    assert done.stdout.startswith("There is no display here")
    assert told(done.stdout)["argv"] == ["demo", "--out", str(house.root / ".demo")]
    assert told(done.stdout)["environment"]["QT_QPA_PLATFORM"] == "offscreen"


@linux
def test_without_a_display_the_own_store_is_not_opened_and_the_way_out_is_told(house):
    done = house.start("own")
    assert done.returncode == 1
    assert "There is no display here" in done.stderr
    assert "start.py demo --out DIR" in done.stderr


@linux
def test_with_a_display_the_demo_opens_in_a_window(house):
    done = house.start("--seed", DISPLAY=":99")
    assert done.returncode == 2  # an option is no command
    done = house.start(DISPLAY=":99")
    assert told(done.stdout)["argv"] == ["demo"]
    assert told(done.stdout)["environment"]["QT_QPA_PLATFORM"] is None


@pytest.fixture
def hears_ctrl_c():
    """What a shell starts in the background ignores Ctrl+C, and hands that on to its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@posix
def test_ctrl_c_lets_the_app_close_and_shows_no_traceback(house, hears_ctrl_c):
    command, environment = house.command("demo", "--out", "x", "sleep"), house.environment()
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        line = process.stdout.readline()
        assert line.startswith("TOLD")
        time.sleep(1)  # on a busy machine the parent is not waiting yet
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (5, "CLOSED\n", "")


@posix
def test_being_asked_to_end_is_handed_on(house):
    command, environment = house.command("demo", "--out", "x", "sleep"), house.environment()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        process.terminate()
        assert process.wait(timeout=20) == 128 + signal.SIGTERM


def test_the_exit_code_of_a_child_that_was_killed_is_not_0():
    from tools.environment import run

    code = run([sys.executable, "-c", "import os; os.abort()"], dict(os.environ))
    assert code == (128 + signal.SIGABRT if os.name != "nt" else 3)


def test_a_new_lock_is_installed_at_the_next_start(house):
    house.lock("2")
    done = house.start("demo", "--out", "x")
    assert told(done.stdout)["tiny"] == "2"
    house.lock("1")
    done = house.start("demo", "--out", "x")
    assert told(done.stdout)["tiny"] == "1"


def test_a_package_that_is_not_the_one_of_the_lock_is_refused_and_what_ran_before_still_runs(house):
    house.lock("3", wrong_hash=True)
    done = house.start("demo", "--out", "x")
    assert done.returncode == 1
    assert "A package is not the one the lock names" in done.stderr
    assert "TOLD" not in done.stdout
    house.lock("1")
    again = house.start("demo", "--out", "x")
    assert told(again.stdout)["tiny"] == "1"
    assert "Set" not in again.stdout


def test_without_a_network_it_says_what_is_needed_and_what_ran_before_still_runs(house):
    locks = [house.root / "locks" / f"{name}.txt" for name in ("app", "dev")]
    before = locks[0].read_text()
    for lock in locks:
        lock.write_text(f"nowhere==1 --hash=sha256:{'0' * 64}\n")
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_RETRIES": "1",
        "PIP_NO_INDEX": "",
        "PIP_FIND_LINKS": "",
    }
    done = house.start("demo", "--out", "x", **nowhere)
    assert done.returncode == 1
    assert "no way to the package index" in done.stderr
    for lock in locks:
        lock.write_text(before)
    again = house.start("demo", "--out", "x", **nowhere)
    assert (again.returncode, again.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "harm", ["half made", "no interpreter", "another place", "older python", "no stamp at all"]
)
def test_an_environment_that_is_not_whole_is_made_whole(house, harm):
    from tools.environment import MAKING, STAMP, VENV

    venv = house.root / VENV.name
    stamp = venv / STAMP.name
    if harm == "half made":
        (venv / MAKING.name).touch()
    elif harm == "no interpreter":
        shutil.rmtree(venv / ("Scripts" if os.name == "nt" else "bin"))
    elif harm == "another place":
        stamp.write_text(stamp.read_text().replace("mit hjem", "et andet hjem"))
    elif harm == "older python":
        stamp.write_text(re.sub(r'"python": "[^"]*"', '"python": "3.11.0rc1"', stamp.read_text()))
    else:
        stamp.unlink()
    done = house.start("demo", "--out", "x")
    assert ("Setting up" in done.stdout) is (harm != "no stamp at all")
    assert told(done.stdout)["tiny"] == "1"
    assert "Set up" not in house.start("demo", "--out", "x").stdout


@posix
@pytest.mark.slow
def test_killed_while_setting_up_the_next_start_is_whole(tmp_path):
    house = make_toy_house(tmp_path)
    for moment in (0.15, 0.9, 2.2):
        process = subprocess.Popen(
            house.command("demo", "--out", "x"),
            env=house.environment(),
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    done = house.start("demo", "--out", "x")
    assert told(done.stdout)["tiny"] == "1"


@pytest.mark.slow
def test_two_starts_at_once_set_up_one_after_the_other(tmp_path):
    house = make_toy_house(tmp_path)
    both = [
        subprocess.Popen(
            house.command("demo", "--out", "x"),
            env=house.environment(),
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("Setting up" in one for one in said) == 1


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_real_house_sets_up_in_a_folder_with_blanks_and_danish_letters(tmp_path):
    root = tmp_path / "Tæt på, prøve æøå"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    command = [sys.executable, str(root / "start.py"), "self-test"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    shutil.rmtree(root / ".venv", ignore_errors=True)  # hundreds of megabytes nobody will look at
    assert done.returncode == 0, done.stdout + done.stderr


# --- words ---------------------------------------------------------------------------------------------------


def test_every_command_is_on_the_help_page_and_nothing_else(capsys):
    assert start.main(["help"]) == 0
    page = capsys.readouterr().out
    listed = set(re.findall(r"start\.py ([a-z-]+)", page))
    assert listed == {name for name in start.COMMANDS if not name.startswith("-") and name != "-h"}


def test_the_readme_begins_with_the_two_commands():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert lines[0].split("#")[0].split() == ["python3", "start.py"]
    assert lines[1].split("#")[0].split() == ["python3", "start.py", "test"]


def test_the_documents_name_only_commands_and_files_that_are_there():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        commands = set(re.findall(r"`(?:python3 |py )?start\.py ([a-z-]+)", text))
        assert commands <= set(start.COMMANDS), page.name
        files = set(re.findall(r"`((?:tests|docs|tools|locks|resources|\.ci)/[\w./-]*)`", text))
        assert {name for name in files if not (ROOT / name).exists()} == set(), page.name


def test_a_command_that_is_none_is_refused_with_the_nearest_one(capsys):
    assert start.main(["dmeo"]) == 2
    assert "There is no command 'dmeo'. Did you mean demo?" in capsys.readouterr().err


def test_an_option_nobody_knows_is_refused_before_anything_is_set_up(capsys):
    assert start.main(["setup", "--frech"]) == 2
    assert start.main(["lint", "--all"]) == 2
    assert "setup knows --fresh and --system, not --frech" in capsys.readouterr().err


def test_an_old_python_can_read_the_front_door():
    for name in ("start.py", "tools/machine.py"):
        ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_without_a_newer_one_is_refused_in_words(monkeypatch, capsys):
    monkeypatch.setattr(start.shutil, "which", lambda name: None)
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 2))
    assert start.main(["test"]) == 1
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer; this is 3.9.2" in said


@posix
def test_an_old_python_starts_over_with_a_newer_one_from_the_path(monkeypatch, tmp_path, capfd):
    for minor, new_enough in ((14, False), (12, True)):
        program = tmp_path / f"python3.{minor}"
        answer = 'case "$1" in -c) exit 0;; esac; echo "$0 $2"; exit 4' if new_enough else "exit 127"
        program.write_text(f"#!/bin/sh\n{answer}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start.with_newer_python(["test"]) == 4
    assert capfd.readouterr().out == f"{tmp_path}/python3.12 test\n"


def test_slow_tests_are_left_out_unless_asked_for(monkeypatch):
    ran = []
    monkeypatch.setattr(start, "developing", lambda command: ran.append(command) or 0)
    start.test(["-q"])
    start.test(["--all"])
    start.test(["tests/test_a.py::test_b"])
    assert ran == [
        ["-m", "pytest", "-m", "not slow", "-n", "2", "-q"],
        ["-m", "pytest"],
        ["-m", "pytest", "tests/test_a.py::test_b"],
    ]


def test_the_figures_go_to_a_file_where_the_person_stands(monkeypatch, tmp_path):
    ran = []
    monkeypatch.setattr(start, "developing", lambda command: ran.append(command) or 0)
    monkeypatch.chdir(tmp_path)
    start.bench(["--json", "tal.json", "start"])
    assert ran == [["-m", "tests.benchmarks", "--json", str(tmp_path / "tal.json"), "start"]]


def test_every_linter_runs_although_the_first_has_found_something(monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(start, "developing", lambda command: ran.append(command) or int("ruff" in command))
    assert start.lint([]) == 1
    assert len(ran) == len(start.LINTERS)
    assert capsys.readouterr().out.endswith("lint: look at style, format\n")
