"""The ways into a store: every slot opens, none can be exchanged, and the file is never spoilt by us."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime

import pytest

from caseworker_app.vault import slotfile
from caseworker_app.vault.errors import Reason, SealError, VaultError
from caseworker_app.vault.locks import LAPTOP, SMALL_MACHINE, Argon2Parameters, SlotKind
from caseworker_app.vault.recovery import new_code
from caseworker_app.vault.slots import (
    SlotsFile,
    copy_path,
    new_database_key,
    new_store_id,
    slots_path,
)
from caseworker_app.vault.wrapping import ExchangeKey

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FAST = Argon2Parameters(passes=1, memory_kib=64, lanes=1)
PHRASE = "hesten spiser blå regnbuer"
KEY = new_database_key()
HOLDER = ExchangeKey.generate()


@pytest.fixture
def path(tmp_path):
    return slots_path(tmp_path / "sager.db")


@pytest.fixture
def slots(path) -> SlotsFile:
    return SlotsFile.create(path, KEY, new_store_id())


def refusal(call, *args) -> VaultError:
    with pytest.raises(VaultError) as caught:
        call(*args)
    return caught.value


def edited(path, change) -> None:
    """Change the file as somebody would who also puts the checksums right."""
    head = json.loads(path.read_bytes())
    change(head)
    for slot in head["slots"]:
        slot["sum"] = slotfile.checksum(slot)
    path.write_bytes(slotfile.encode(head))


def test_every_kind_of_slot_gives_the_same_key_after_a_restart(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    _, code = slots.add_recovery(KEY, NOW)
    slots.add_keyring(KEY, "Secret Service", NOW)
    slots.add_organisation(KEY, HOLDER.public, "Herning Kommune", NOW)
    again = SlotsFile.load(path)
    opened = [
        again.open_with_passphrase(PHRASE),
        again.open_with_recovery(code.lower()),
        again.open_with_keyring(KEY),
        again.open_with_organisation(HOLDER),
    ]
    assert {one.key for one in opened} == {KEY}
    assert [one.slot_id for one in opened] == [slot.id for slot in again.slots()]
    assert [slot.kind for slot in again.slots()] == list(SlotKind)


def test_a_store_is_ready_when_two_slots_were_opened_with_and_not_before(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    _, code = slots.add_recovery(KEY, NOW)
    assert not slots.is_ready()
    slots.mark_verified(slots.open_with_passphrase(PHRASE), NOW)
    slots.mark_verified(slots.open_with_passphrase(PHRASE), NOW)
    assert not slots.is_ready()
    slots.mark_verified(slots.open_with_recovery(code), NOW)
    assert slots.is_ready()
    assert SlotsFile.load(path).is_ready()
    assert [slot.verified for slot in slots.slots()] == [NOW, NOW]


def test_a_slot_that_is_not_on_the_disk_as_it_was_opened_cannot_be_verified(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    opened = slots.open_with_passphrase(PHRASE)
    edited(path, lambda head: head["slots"][0].update(salt="00" * 16))
    assert refusal(slots.mark_verified, opened, NOW).reason == Reason.SLOT_NOT_ON_DISK


def test_an_organisations_slot_is_verified_by_its_holder_alone(slots):
    slots.add_organisation(KEY, HOLDER.public, "Herning Kommune", NOW)
    assert refusal(slots.open_with_organisation, ExchangeKey.generate()).reason == Reason.WRONG_KEY
    slots.mark_verified(slots.open_with_organisation(HOLDER), NOW)
    assert slots.slots()[0].verified == NOW


def test_any_one_slot_may_be_lost_and_the_others_still_open(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    _, code = slots.add_recovery(KEY, NOW)
    slots.add_keyring(KEY, "Secret Service", NOW)
    for spoilt in range(3):
        head = json.loads(path.read_bytes())
        head["slots"][spoilt]["made"] = "spoilt"
        other = path.with_name(f"spoilt{spoilt}")
        other.write_bytes(slotfile.encode(head))
        again = SlotsFile.load(other)
        assert [slot.is_whole for slot in again.slots()] == [n != spoilt for n in range(3)]
        ways = [
            lambda again=again: again.open_with_passphrase(PHRASE),
            lambda again=again: again.open_with_recovery(code),
            lambda again=again: again.open_with_keyring(KEY),
        ]
        assert refusal(ways.pop(spoilt)).reason == Reason.SLOT_DAMAGED
        assert all(way().key == KEY for way in ways)


def test_a_wrong_passphrase_is_told_from_a_missing_and_from_a_damaged_slot(slots):
    assert refusal(slots.open_with_passphrase, PHRASE).reason == Reason.NO_SLOT
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    wrong = refusal(slots.open_with_passphrase, PHRASE + " ")
    assert (wrong.reason, wrong.values) == (Reason.WRONG_PASSPHRASE, {"damaged": 0})
    for text, reason in [("", Reason.EMPTY_PASSPHRASE), ("a" * 20_000, Reason.LONG_PASSPHRASE)]:
        assert refusal(slots.open_with_passphrase, text).reason == reason
        assert refusal(slots.add_passphrase, KEY, text, NOW, FAST).reason == reason


def test_a_well_formed_code_of_another_sheet_is_told_from_a_slip_of_the_hand(slots):
    _, code = slots.add_recovery(KEY, NOW)
    assert refusal(slots.open_with_recovery, new_code()).reason == Reason.WRONG_CODE
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert refusal(slots.open_with_recovery, slip).values["groups"] == (7,)


def test_the_passphrase_is_changed_by_adding_verifying_and_then_removing(slots):
    old = slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    _, code = slots.add_recovery(KEY, NOW)
    slots.mark_verified(slots.open_with_passphrase(PHRASE), NOW)
    slots.mark_verified(slots.open_with_recovery(code), NOW)
    assert refusal(slots.remove, old).reason == Reason.SLOT_NEEDED
    slots.add_passphrase(KEY, "gnavpot tapir kvist lagune", NOW, FAST)
    assert refusal(slots.remove, old).reason == Reason.SLOT_NEEDED
    slots.mark_verified(slots.open_with_passphrase("gnavpot tapir kvist lagune"), NOW)
    slots.remove(old)
    assert refusal(slots.open_with_passphrase, PHRASE).reason == Reason.WRONG_PASSPHRASE
    assert slots.is_ready()
    assert refusal(slots.remove, "nothing").reason == Reason.NO_SLOT


def test_a_key_that_is_not_this_stores_is_put_in_no_slot(slots, path):
    before = path.read_bytes()
    other = new_database_key()
    for add in (
        lambda: slots.add_passphrase(other, PHRASE, NOW, FAST),
        lambda: slots.add_recovery(other, NOW),
        lambda: slots.add_keyring(other, "Secret Service", NOW),
        lambda: slots.add_organisation(other, HOLDER.public, "Herning", NOW),
    ):
        assert refusal(add).reason == Reason.WRONG_KEY
    assert path.read_bytes() == before
    slots.add_keyring(KEY, "Secret Service", NOW)
    assert refusal(slots.open_with_keyring, other).reason == Reason.WRONG_KEY


def test_a_slots_file_of_another_store_is_refused(slots, tmp_path):
    other = SlotsFile.create(tmp_path / "other.keys", new_database_key(), new_store_id())
    assert refusal(other.require_store, slots.store_id).reason == Reason.OTHER_STORE
    slots.require_store(slots.store_id)


def test_a_slot_carried_over_from_another_store_does_not_open_it(slots, path, tmp_path):
    other_key = new_database_key()
    other = SlotsFile.create(tmp_path / "other.keys", other_key, new_store_id())
    other.add_passphrase(other_key, PHRASE, NOW, FAST)
    edited(path, lambda head: head["slots"].extend(json.loads(other.path.read_bytes())["slots"]))
    assert refusal(SlotsFile.load(path).open_with_passphrase, PHRASE).reason == Reason.WRONG_PASSPHRASE


def test_a_slot_whose_key_is_not_the_one_the_head_vouches_for_is_refused(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    edited(path, lambda head: head.update(check="00" * 16))
    assert refusal(SlotsFile.load(path).open_with_passphrase, PHRASE).reason == Reason.OTHER_STORE


@pytest.mark.parametrize(
    "change",
    [
        lambda slot: slot["argon2"].update(passes=2),
        lambda slot: slot["argon2"].update(memory_kib=128),
        lambda slot: slot["argon2"].update(note="added"),
        lambda slot: slot.update(salt="11" * 16),
        lambda slot: slot.update(id="00" * 8),
        lambda slot: slot.update(public="22" * 32),
        lambda slot: slot.update(wrapped=slot["wrapped"][:-2]),
        lambda slot: slot.update(wrapped="00"),
        lambda slot: slot.update(wrapped=None),
        lambda slot: slot.update(salt=7),
        lambda slot: slot.pop("salt"),
    ],
)
def test_parameters_cannot_be_exchanged_even_with_the_checksums_put_right(slots, path, change):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    edited(path, lambda head: change(head["slots"][0]))
    assert refusal(SlotsFile.load(path).open_with_passphrase, PHRASE).reason == Reason.WRONG_PASSPHRASE


@pytest.mark.parametrize(
    "argon2",
    [
        {"memory_kib": 1 << 40}, {"passes": 10**9}, {"lanes": 10**6}, {"lanes": 0}, {"passes": True},
        {"memory_kib": "much"}, {"memory_kib": 1.5}, {"variant": "i"}, {"version": 16},
    ],
)  # fmt: skip
def test_a_file_cannot_make_us_run_a_monstrous_or_foreign_hash(slots, path, argon2):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    edited(path, lambda head: head["slots"][0]["argon2"].update(argon2))
    again = SlotsFile.load(path)
    assert not again.slots()[0].is_whole
    assert refusal(again.open_with_passphrase, PHRASE).reason == Reason.SLOT_DAMAGED


def test_a_passphrase_slot_that_is_fine_opens_beside_a_damaged_one(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    edited(path, lambda head: head["slots"][0].pop("argon2"))
    again = SlotsFile.load(path)
    assert again.open_with_passphrase(PHRASE).slot_id == again.slots()[1].id
    assert refusal(again.open_with_passphrase, "wrong").values == {"damaged": 1}


def test_slots_and_fields_of_a_newer_program_are_kept_as_they_are(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    newer = {
        "id": "aa",
        "kind": "smartcard",
        "made": "2030-01-01T00:00:00+00:00",
        "reader": {"ærø": [1, 2.5, None]},
    }

    def add(head):
        head |= {"format": 7, "colour": "blå"}
        head["slots"][0]["label"] = "min"
        head["slots"].append(newer)

    edited(path, add)
    again = SlotsFile.load(path)
    assert not again.slots()[1].is_known
    again.mark_verified(again.open_with_passphrase(PHRASE), NOW)
    again.add_recovery(KEY, NOW)
    head = json.loads(path.read_bytes())
    assert (head["format"], head["colour"]) == (7, "blå")
    assert head["slots"][0]["label"] == "min"
    assert newer.items() <= head["slots"][1].items()


def test_a_verified_mark_on_an_unknown_kind_does_not_make_the_store_ready(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    slots.mark_verified(slots.open_with_passphrase(PHRASE), NOW)
    foreign = {"id": "aa", "kind": "smartcard", "verified": "2026-01-01T00:00:00+00:00"}
    edited(path, lambda head: head["slots"].append(foreign))
    assert not SlotsFile.load(path).is_ready()


def test_an_unreadable_time_in_a_slot_counts_as_not_verified(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    for text in ("yesterday", "2026-01-01T00:00:00", 7, None):
        edited(path, lambda head, text=text: head["slots"][0].update(verified=text))
        assert SlotsFile.load(path).slots()[0].verified is None


def test_a_wrong_public_key_makes_no_slot(slots, path):
    before = path.read_bytes()
    for public in (b"", bytes(32), bytes(31)):
        with pytest.raises(SealError):
            slots.add_organisation(KEY, public, "Herning", NOW)
    assert path.read_bytes() == before


def test_keys_and_ids_of_the_wrong_size_make_no_file(path):
    for key, store in [(b"", new_store_id()), (bytes(31), new_store_id()), (KEY, bytes(15))]:
        assert refusal(SlotsFile.create, path, key, store).reason == Reason.BAD_LENGTH
    assert not path.exists()


def test_a_time_without_a_zone_is_refused(slots):
    with pytest.raises(ValueError, match="zone"):
        slots.add_keyring(KEY, "Secret Service", datetime(2026, 1, 1))  # noqa: DTZ001 - the fault itself


def test_both_files_are_private_and_hold_no_secret(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW, FAST)
    _, code = slots.add_recovery(KEY, NOW)
    for file in (path, copy_path(path)):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        text = file.read_text()
        assert KEY.hex() not in text
        assert PHRASE not in text
        assert code not in text
        assert code.replace("-", "") not in text
    assert sorted(file.name for file in path.parent.iterdir()) == ["sager.db.keys", "sager.db.keys.copy"]


def test_what_was_opened_does_not_show_its_key(slots):
    slots.add_keyring(KEY, "Secret Service", NOW)
    opened = slots.open_with_keyring(KEY)
    assert KEY.hex() not in repr(opened)
    assert repr(KEY) not in repr(opened)


@pytest.mark.parametrize("parameters", [LAPTOP, SMALL_MACHINE])
def test_the_offered_parameters_are_no_weaker_than_the_recommended_ones(parameters):
    assert parameters.is_sane
    assert parameters.memory_kib >= 64 * 1024
    assert parameters.passes >= 3


def test_the_default_is_a_quarter_of_a_gigabyte_and_says_so_in_the_file(slots, path):
    slots.add_passphrase(KEY, PHRASE, NOW)
    assert json.loads(path.read_bytes())["slots"][0]["argon2"] == {
        "variant": "id", "version": 19, "passes": 3, "memory_kib": 262144, "lanes": 4,
    }  # fmt: skip


def test_a_machine_without_the_memory_is_told_so(slots, monkeypatch):
    from argon2 import low_level
    from argon2.exceptions import HashingError

    def no_memory(*_args, **_kwargs):
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(low_level, "hash_secret_raw", no_memory)
    found = refusal(slots.add_passphrase, KEY, PHRASE, NOW, LAPTOP)
    assert (found.reason, found.values) == (Reason.NO_MEMORY, {"needed_mib": 256})
