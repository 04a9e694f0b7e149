"""The file of slots on the disk: cut, flipped, full, killed, written by two; never spoilt by us, never remade."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from caseworker_app.vault import slotfile
from caseworker_app.vault.errors import Reason, SlotsError
from caseworker_app.vault.locks import Argon2Parameters
from caseworker_app.vault.slots import SlotsFile, copy_path, new_database_key, new_store_id

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FAST = Argon2Parameters(passes=1, memory_kib=64, lanes=1)
PHRASE = "hesten spiser blå regnbuer"
KEY = new_database_key()
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "sager.db.keys"


@pytest.fixture
def slots(path) -> SlotsFile:
    slots = SlotsFile.create(path, KEY, new_store_id())
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    slots.add_recovery(KEY, NOW)
    return slots


def refusal(call, *args) -> SlotsError:
    with pytest.raises(SlotsError) as caught:
        call(*args)
    return caught.value


def test_every_truncation_is_refused_in_words_and_the_file_is_left_alone(slots, path):
    whole = path.read_bytes()
    for length in range(0, len(whole) - 2, 7):
        path.write_bytes(whole[:length])
        error = refusal(SlotsFile.load, path)
        assert error.reason == Reason.SLOTS_UNREADABLE
        assert error.values == {"what": "not_json" if length else "empty", "copy": True}
        assert path.read_bytes() == whole[:length]


def test_every_single_flipped_bit_is_noticed(slots, path):
    whole = path.read_bytes()
    intact = slotfile.decode(whole)
    blamed = set()
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << (bit % 8)
        try:
            head = slotfile.decode(bytes(flipped))
        except SlotsError as error:
            blamed.add(error.values.get("what"))
            continue
        damaged = [slot for slot in head["slots"] if not slotfile.is_whole(slot)]
        assert len(damaged) == 1
        assert [slot for slot in head["slots"] if slotfile.is_whole(slot)] == [
            slot for slot in intact["slots"] if slot["id"] != damaged[0].get("id") and slot in head["slots"]
        ]
    assert blamed == {"not_json", "not_text", "checksum", "not_slots"}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x00" * 500, "not_json"),
        (b"\xff\xfe\x00", "not_text"),
        (b"[]", "not_slots"),
        (b"null", "not_slots"),
        (b'{"slots": {}}', "not_slots"),
        (b'{"slots": [], "slots": []}', "not_json"),
        (b"[" * 200_000, "not_json"),
        (b" " * (slotfile.LARGEST + 10) + b"{}", "empty"),
        (b"{}" * slotfile.LARGEST, "too_large"),
        (b'{"slots": [], "sum": "0"}', "checksum"),
        (b"SQLite format 3\x00", "not_json"),
    ],
)
def test_what_is_no_slots_file_is_refused_with_what_is_wrong(path, content, what):
    path.write_bytes(content)
    error = refusal(SlotsFile.load, path)
    assert (error.reason, error.values["what"]) == (Reason.SLOTS_UNREADABLE, what)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "change",
    [
        {"store": "zz"},
        {"store": 7},
        {"check": ""},
        {"format": "1"},
        {"format": True},
        {"readable_from": None},
    ],
)
def test_a_head_that_is_spoilt_with_its_checksum_put_right_is_refused(slots, path, change):
    path.write_bytes(slotfile.encode(json.loads(path.read_bytes()) | change))
    assert refusal(SlotsFile.load, path).values["what"] == "not_slots"


def test_a_file_of_a_newer_program_is_refused_in_words_and_left_alone(slots, path):
    newer = slotfile.encode(json.loads(path.read_bytes()) | {"format": 9, "readable_from": 9})
    path.write_bytes(newer)
    error = refusal(SlotsFile.load, path)
    assert (error.reason, error.values) == (Reason.SLOTS_NEWER, {"format": 9, "ours": 1})
    copy = SlotsFile.load_copy(path)
    assert refusal(copy.restore, copy.open_with_passphrase(PHRASE)).reason == Reason.SLOTS_EXIST
    assert path.read_bytes() == newer


def test_a_folder_in_the_files_place_is_an_error_not_a_crash(path):
    path.mkdir()
    assert refusal(SlotsFile.load, path).values["what"] == "not_read"


def test_an_unreadable_file_is_never_written_over(slots, path):
    path.write_bytes(b"spoilt")
    for change in (
        lambda: slots.add_recovery(KEY, NOW),
        lambda: slots.remove(slots.slots()[0].id),
        lambda: SlotsFile.create(path, KEY, new_store_id()),
    ):
        refusal(change)
        assert path.read_bytes() == b"spoilt"


def test_a_file_is_never_made_where_one_is_or_where_the_copy_of_one_is(slots, path):
    before = path.read_bytes()
    assert refusal(SlotsFile.create, path, KEY, new_store_id()).reason == Reason.SLOTS_EXIST
    assert path.read_bytes() == before
    path.unlink()
    assert refusal(SlotsFile.create, path, KEY, new_store_id()).reason == Reason.SLOTS_EXIST
    assert not path.exists()


def test_a_missing_file_says_whether_its_copy_would_do(slots, path):
    path.unlink()
    assert refusal(SlotsFile.load, path).values == {"copy": True}
    copy_path(path).write_bytes(b"spoilt")
    error = refusal(SlotsFile.load, path)
    assert (error.reason, error.values) == (Reason.SLOTS_MISSING, {"copy": False})


def test_the_copy_opens_the_store_and_changes_nothing(slots, path):
    path.write_bytes(b"spoilt")
    copy = SlotsFile.load_copy(path)
    assert copy.open_with_passphrase(PHRASE).key == KEY
    assert refusal(copy.add_recovery, KEY, NOW).reason in (Reason.SLOTS_CHANGED, Reason.SLOTS_UNREADABLE)
    assert not copy.refresh_copy()
    assert path.read_bytes() == b"spoilt"


def test_the_copy_is_put_back_by_its_opener_and_the_damaged_file_is_kept(slots, path):
    for number in (1, 2):
        path.write_bytes(b"spoilt")
        copy = SlotsFile.load_copy(path)
        restored = copy.restore(copy.open_with_passphrase(PHRASE))
        assert restored.open_with_passphrase(PHRASE).key == KEY
        assert path.with_name(f"{path.name}.damaged-{number}").read_bytes() == b"spoilt"
    restored.add_recovery(KEY, NOW)
    assert refusal(restored.restore, restored.open_with_passphrase(PHRASE)).reason == Reason.SLOTS_EXIST


def test_a_copy_left_behind_by_a_cut_is_caught_up(slots, path):
    behind = copy_path(path).read_bytes()
    slots.add_keyring(KEY, "Secret Service", NOW)
    copy_path(path).write_bytes(behind)
    assert slots.refresh_copy()
    assert copy_path(path).read_bytes() == path.read_bytes()
    assert not slots.refresh_copy()
    copy_path(path).unlink()
    assert slots.refresh_copy()


def test_two_programs_do_not_write_over_each_other(slots, path):
    other = SlotsFile.load(path)
    other.add_keyring(KEY, "Secret Service", NOW)
    assert refusal(slots.add_recovery, KEY, NOW).reason == Reason.SLOTS_CHANGED
    assert len(SlotsFile.load(path).slots()) == 3


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("no folder")
    error = refusal(SlotsFile.create, tmp_path / "file" / "keys", KEY, new_store_id())
    assert error.reason == Reason.SLOTS_NOT_SAVED


READ_ONLY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from caseworker_app.vault.errors import SlotsError
from caseworker_app.vault.slots import SlotsFile
os.chdir(sys.argv[1])
slots = SlotsFile.load(Path("sager.db.keys"))
key = bytes.fromhex(sys.stdin.readline().strip())
if os.geteuid() == 0:  # root writes everywhere
    os.setuid(65534)
try:
    slots.add_recovery(key, datetime.now(UTC))
except SlotsError as error:
    print(error.reason)
"""


@POSIX
def test_a_read_only_folder_is_said_and_leaves_the_file(slots, path):
    before = path.read_bytes()
    path.chmod(0o644)
    path.parent.chmod(0o555)
    try:
        command = [sys.executable, "-c", READ_ONLY, path.parent]
        ran = subprocess.run(command, input=KEY.hex(), capture_output=True, text=True, check=True)
    finally:
        path.parent.chmod(0o700)
    assert ran.stdout.strip() == Reason.SLOTS_NOT_SAVED
    assert path.read_bytes() == before


FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from caseworker_app.vault.errors import SlotsError
from caseworker_app.vault.slots import SlotsFile
slots = SlotsFile.load(Path(sys.argv[1]))
key = bytes.fromhex(sys.stdin.readline().strip())
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
try:
    slots.add_recovery(key, datetime.now(UTC))
except SlotsError as error:
    print(error.reason)
"""


@POSIX
def test_a_full_disk_is_said_and_leaves_the_file_and_no_rubbish(slots, path):
    before = path.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, path], input=KEY.hex(), capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == Reason.SLOTS_NOT_SAVED
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, copy_path(path).name]


WRITE_ON = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from caseworker_app.vault.slots import SlotsFile
slots = SlotsFile.load(Path(sys.argv[1]))
key = bytes.fromhex(sys.stdin.readline().strip())
print("ready", flush=True)
while True:
    slot, _ = slots.add_recovery(key, datetime.now(UTC))
    slots.remove(slot)
"""


@POSIX
def test_a_kill_at_any_moment_leaves_a_file_that_opens(slots, path):
    chance = random.Random(2)
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE_ON, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            writer.stdin.write(KEY.hex() + "\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.005, 0.05))
            writer.send_signal(signal.SIGKILL)
        for again in (SlotsFile.load(path), SlotsFile.load_copy(path)):
            assert all(slot.is_whole for slot in again.slots())
            assert again.open_with_passphrase(PHRASE).key == KEY
