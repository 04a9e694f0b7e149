"""Settings: each declared once, kept privately, never a reason not to start."""

from __future__ import annotations

import json
import stat
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app import settings as module
from caseworker_app.settings import (
    ALL,
    IDLE_LOCK_MINUTES,
    LANGUAGE,
    LAST_STORE,
    TEXT_SIZE,
    THEME,
    WINDOW_GEOMETRY,
    Refused,
    Setting,
    SettingRefused,
    Settings,
    SettingsNotSaved,
    policy_path,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "settings.json"


def written(path, content) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())


def refusal(settings, setting, value) -> SettingRefused:
    with pytest.raises(SettingRefused) as caught:
        settings.set(setting, value)
    return caught.value


def test_with_no_file_the_defaults_count_and_none_is_made(path):
    settings = Settings(path)
    assert {setting.name: settings.get(setting) for setting in ALL} == {
        "language": "da",
        "theme": "system",
        "text_size": 11,
        "idle_lock_minutes": 10,
        "window_geometry": "",
        "last_store": "",
    }
    assert settings.notices == ()
    assert not path.exists()


def test_what_is_set_is_there_after_a_restart(path):
    settings = Settings(path)
    settings.set(LANGUAGE, "en")
    settings.set(IDLE_LOCK_MINUTES, 5)
    settings.set(LAST_STORE, "/home/anna/sager æøå \udcff.db")
    again = Settings(path)
    assert again.get(LANGUAGE) == "en"
    assert again.get(IDLE_LOCK_MINUTES) == 5
    assert again.get(LAST_STORE) == "/home/anna/sager æøå \udcff.db"
    assert again.notices == ()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_the_file_and_its_folder_are_private(path):
    Settings(path).set(THEME, "dark")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("setting", "value", "reason", "limit"),
    [
        (IDLE_LOCK_MINUTES, 0, Refused.TOO_SMALL, 1),
        (IDLE_LOCK_MINUTES, -1, Refused.TOO_SMALL, 1),
        (IDLE_LOCK_MINUTES, 61, Refused.TOO_LARGE, 60),
        (IDLE_LOCK_MINUTES, 10.0, Refused.WRONG_TYPE, None),
        (IDLE_LOCK_MINUTES, "10", Refused.WRONG_TYPE, None),
        (IDLE_LOCK_MINUTES, True, Refused.WRONG_TYPE, None),
        (IDLE_LOCK_MINUTES, None, Refused.WRONG_TYPE, None),
        (TEXT_SIZE, 10, Refused.TOO_SMALL, 11),
        (LANGUAGE, "de", Refused.NOT_A_CHOICE, None),
        (LANGUAGE, "", Refused.NOT_A_CHOICE, None),
        (THEME, "a" * 20_000, Refused.NOT_A_CHOICE, None),
        (WINDOW_GEOMETRY, "a" * 4097, Refused.TOO_LARGE, 4096),
        (LAST_STORE, b"bytes", Refused.WRONG_TYPE, None),
    ],
)
def test_a_value_a_setting_cannot_have_is_refused_and_changes_nothing(path, setting, value, reason, limit):
    settings = Settings(path)
    error = refusal(settings, setting, value)
    assert (error.reason, error.name, error.limit) == (reason, setting.name, limit)
    assert settings.get(setting) == setting.default
    assert not path.exists()


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())))
def test_whatever_stands_in_the_file_a_value_is_one_the_setting_can_have(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps({setting.name: value for setting in ALL}))
    settings = Settings(path)
    for setting in ALL:
        assert setting.check(settings.get(setting)) == settings.get(setting)


def test_one_bad_value_is_said_and_the_others_kept(path):
    written(path, {"theme": "dark", "idle_lock_minutes": 0, "text_size": "big"})
    settings = Settings(path)
    assert settings.get(THEME) == "dark"
    assert settings.get(IDLE_LOCK_MINUTES) == 10
    assert [notice.values for notice in settings.notices] == [
        {"setting": TEXT_SIZE.description},
        {"setting": IDLE_LOCK_MINUTES.description},
    ]
    settings.set(IDLE_LOCK_MINUTES, 10)
    assert json.loads(path.read_bytes())["idle_lock_minutes"] == 10


def test_names_of_a_newer_program_are_kept(path):
    written(path, {"theme": "dark", "sound": {"volume": [1, 2.5, None]}})
    Settings(path).set(TEXT_SIZE, 14)
    assert json.loads(path.read_bytes()) == {
        "theme": "dark",
        "sound": {"volume": [1, 2.5, None]},
        "text_size": 14,
    }


def test_an_old_name_is_read_and_then_replaced(path):
    size = Setting("font_points", 11, "", minimum=8, old_names=("font", "font_size"))
    written(path, {"font_size": 16})
    settings = Settings(path, declared=(size,))
    assert settings.get(size) == 16
    settings.set(size, 18)
    assert json.loads(path.read_bytes()) == {"font_points": 18}
    written(path, {"font_points": 12, "font": 9})
    assert Settings(path, declared=(size,)).get(size) == 12


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"theme": "dark"', b"null", b"[1]", b"\xff\xfe\x00", b"[" * 100_000, b"\x00" * 100, b" " * (2 << 20)],
    ids=range(9),
)  # fmt: skip
def test_a_broken_file_is_moved_aside_and_said_and_the_defaults_count(path, content):
    for number in (1, 2):
        written(path, content)
        settings = Settings(path)
        assert settings.get(THEME) == "system"
        assert [notice.values for notice in settings.notices] == [{"file": f"settings.broken-{number}.json"}]
        assert (path.parent / f"settings.broken-{number}.json").read_bytes() == content
        settings.set(THEME, "dark")
        assert Settings(path).get(THEME) == "dark"


def test_a_broken_file_that_cannot_be_moved_is_left_alone_and_nothing_is_written(path, monkeypatch):
    written(path, b"{")
    monkeypatch.setattr(type(path), "rename", lambda *_a: (_ for _ in ()).throw(PermissionError()))
    settings = Settings(path)
    assert len(settings.notices) == 1
    with pytest.raises(SettingsNotSaved):
        settings.set(THEME, "dark")
    assert settings.get(THEME) == "dark"
    assert path.read_bytes() == b"{"


def test_a_place_that_cannot_be_written_is_said_and_the_value_counts_meanwhile(tmp_path):
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "other" / "settings.json")
    (tmp_path / "other").write_text("in the way")
    with pytest.raises(SettingsNotSaved) as caught:
        settings.set(THEME, "dark")
    assert isinstance(caught.value.__cause__, OSError)
    assert settings.get(THEME) == "dark"


def test_the_policy_decides_and_the_user_cannot(path, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text('# IT\nidle_lock_minutes = 3\nunknown = "kept out"\n', encoding="utf-8-sig")
    written(path, {"idle_lock_minutes": 60, "theme": "dark"})
    settings = Settings(path, policy)
    assert settings.get(IDLE_LOCK_MINUTES) == 3
    assert settings.is_fixed(IDLE_LOCK_MINUTES)
    assert not settings.is_fixed(THEME)
    assert refusal(settings, IDLE_LOCK_MINUTES, 5).reason == Refused.FIXED
    settings.set(THEME, "light")
    assert json.loads(path.read_bytes())["idle_lock_minutes"] == 60
    assert settings.notices == ()


@pytest.mark.parametrize(
    "content", [b"idle_lock_minutes = ", b"\xff\xfe", b"= 3", b"a" * 5000], ids=["cut", "bytes", "no name", "long"]
)  # fmt: skip
def test_a_broken_policy_is_said_and_does_not_stop_the_program(path, tmp_path, content):
    (tmp_path / "policy.toml").write_bytes(content)
    settings = Settings(path, tmp_path / "policy.toml")
    assert settings.get(IDLE_LOCK_MINUTES) == 10
    assert [list(notice.values) for notice in settings.notices] == [["file"]]
    assert (tmp_path / "policy.toml").read_bytes() == content


def test_a_policy_value_that_cannot_be_is_said_and_the_users_counts(path, tmp_path):
    (tmp_path / "policy.toml").write_text('idle_lock_minutes = 900\ntheme = "dark"\n')
    settings = Settings(path, tmp_path / "policy.toml")
    assert settings.get(IDLE_LOCK_MINUTES) == 10
    assert settings.get(THEME) == "dark"
    assert [notice.values for notice in settings.notices] == [{"setting": IDLE_LOCK_MINUTES.description}]


def test_group_policy_goes_before_the_policy_file_and_both_before_the_user(path, tmp_path):
    (tmp_path / "policy.toml").write_text('idle_lock_minutes = 5\ntheme = "dark"\n')
    written(path, {"idle_lock_minutes": 60, "theme": "light", "language": "en"})
    given = {"idle_lock_minutes": 2, "text_size": "large", "unknown": 1}
    settings = Settings(path, tmp_path / "policy.toml", group_policy=given)
    assert settings.get(IDLE_LOCK_MINUTES) == 2
    assert settings.get(THEME) == "dark"
    assert settings.get(LANGUAGE) == "en"
    assert settings.is_fixed(IDLE_LOCK_MINUTES)
    assert not settings.is_fixed(TEXT_SIZE)
    assert [str(notice.values["setting"]) for notice in settings.notices] == [TEXT_SIZE.description]


def test_a_policy_that_is_a_folder_is_said(path, tmp_path):
    assert len(Settings(path, tmp_path).notices) == 1


def test_each_system_has_a_place_for_the_policy_that_users_cannot_write():
    assert str(policy_path({}, "linux")) == "/etc/taet-paa/policy.toml"
    assert str(policy_path({}, "darwin")).startswith("/Library/")
    assert str(policy_path({"ProgramFiles": r"D:\Programmer"}, "win32")).startswith(r"D:\Programmer")


def test_the_settings_of_a_folder_are_in_one_file(tmp_path):
    settings = module.load(tmp_path, tmp_path / "no policy")
    settings.set(THEME, "dark")
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


def test_every_setting_is_declared_once_with_words_and_a_default_it_can_have():
    names = [name for setting in ALL for name in (setting.name, *setting.old_names)]
    assert len(names) == len(set(names))
    for setting in ALL:
        assert setting.check(setting.default) == setting.default
        assert setting.description
