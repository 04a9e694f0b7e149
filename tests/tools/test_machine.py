"""What is missing on a machine is said with the one command that brings it."""

from __future__ import annotations

import pytest

from tools import machine
from tools.machine import ALWAYS, FOR_WAYLAND, FOR_X11, Library, Trouble

RELEASES = {
    'ID=debian\nVERSION_ID="12"\n': "apt-get",
    'ID=linuxmint\nID_LIKE="ubuntu debian"\n': "apt-get",
    "ID=fedora\n": "dnf",
    'ID="rocky"\nID_LIKE="rhel centos fedora"\n': "dnf",
    'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n': "zypper",
    "ID=arch\n": "pacman",
    "ID=manjaro\nID_LIKE=arch\n": "pacman",
    "ID=nixos\n": None,
    "": None,
}
CURSOR = Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor")
GL = Library("libGL.so.1", "libgl1", "libglvnd")
EGL = Library("libEGL.so.1", "libegl1", "libglvnd")


@pytest.mark.parametrize(("text", "manager"), RELEASES.items())
def test_the_package_manager_follows_the_distributions_own_description(text, manager, tmp_path):
    (tmp_path / "os-release").write_text(text)
    assert machine.package_manager(tmp_path / "os-release") == manager


def test_a_system_without_a_description_has_no_known_package_manager(tmp_path):
    assert machine.package_manager(tmp_path / "none") is None


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libgl1"),
        ("dnf", "sudo dnf install -y 'libEGL.so.1()(64bit)' 'libGL.so.1()(64bit)'"),
        ("zypper", "sudo zypper install -y 'libEGL.so.1()(64bit)' 'libGL.so.1()(64bit)'"),
        ("pacman", "sudo pacman -S --needed --noconfirm libglvnd"),
        (None, "(with this system's package manager) libEGL.so.1 libGL.so.1"),
    ],
)
def test_each_distribution_gets_one_exact_command(monkeypatch, manager, line):
    monkeypatch.setattr(machine, "package_manager", lambda: manager)
    monkeypatch.setattr(machine.os, "getuid", lambda: 1000, raising=False)
    assert machine.library_line([EGL, GL]) == line


def test_root_is_not_told_to_use_sudo(monkeypatch):
    monkeypatch.setattr(machine, "package_manager", lambda: "dnf")
    monkeypatch.setattr(machine.os, "getuid", lambda: 0, raising=False)
    assert machine.install_line(["a", "b", "a"]) == "dnf install -y a b"


@pytest.fixture
def only_lacking(monkeypatch):
    """Let the loader find everything but the libraries given."""

    def lack(*files: str) -> None:
        monkeypatch.setattr(machine.sys, "platform", "linux")
        monkeypatch.setattr(machine, "loads", lambda library: library.file not in files)

    return lack


def test_a_missing_library_is_named_with_its_command(only_lacking, monkeypatch):
    only_lacking("libEGL.so.1")
    monkeypatch.setattr(machine, "package_manager", lambda: "apt-get")
    with pytest.raises(
        Trouble, match=r"(?s)libEGL\.so\.1\..*apt-get install -y --no-install-recommends libegl1\n"
    ):
        machine.need_libraries(window=False)


def test_a_library_of_the_window_is_not_asked_for_when_nothing_is_shown(only_lacking, monkeypatch):
    only_lacking(CURSOR.file)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert machine.missing_libraries(window=False) == []
    assert machine.missing_libraries(window=True) == [CURSOR]


def test_one_way_to_the_screen_is_enough(only_lacking, monkeypatch):
    only_lacking(CURSOR.file)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert machine.missing_libraries(window=True) == []


def test_windows_and_macos_need_no_system_library(monkeypatch):
    monkeypatch.setattr(machine, "loads", lambda library: False)
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(machine.sys, "platform", platform)
        assert machine.missing_libraries(window=True) == []
        assert machine.has_display()


@pytest.mark.parametrize(
    ("variables", "shown"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True), ({"DISPLAY": ""}, False),
     ({"QT_QPA_PLATFORM": "vnc:size=1366x768"}, True), ({"QT_QPA_PLATFORM": "offscreen"}, False)],
)  # fmt: skip
def test_a_display_is_what_the_environment_names(monkeypatch, variables, shown):
    monkeypatch.setattr(machine.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert machine.has_display() is shown


def test_no_library_is_listed_twice():
    files = [library.file for library in (*ALWAYS, *FOR_X11, *FOR_WAYLAND)]
    assert len(files) == len(set(files))


def test_what_cannot_be_installed_is_said_with_what_is_needed(only_lacking, monkeypatch, capfd):
    only_lacking()
    monkeypatch.setattr(machine, "install_line", lambda packages: "exit 3")
    monkeypatch.setattr(machine, "package_manager", lambda: "apt-get")
    with pytest.raises(Trouble, match="could not be installed"):
        machine.install_missing(["python3.11-venv"])
    assert capfd.readouterr().out == "exit 3\n"
    machine.install_missing([])
