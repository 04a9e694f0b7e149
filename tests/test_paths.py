"""Where things are kept, where they must not be kept, and one program per store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from caseworker_app import paths
from caseworker_app.paths import AlreadyOpen, InstanceLock, Surroundings, Unsafe, UnsafePath, refuse_unsafe

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and signals of POSIX")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks at this machine's own mounts")


def linux(mounts: str = "/dev/sda1 / ext4 rw 0 0\n", **environ: str) -> Surroundings:
    return Surroundings("linux", environ, mounts)


def windows(remote: str = "", **environ: str) -> Surroundings:
    return Surroundings("win32", environ, "", lambda root: 4 if root == remote else 3)


def mac(mounts: str = "/dev/disk3s1 on / (apfs, local, journaled)\n") -> Surroundings:
    return Surroundings("darwin", {}, mounts)


def refusal(path: str, around: Surroundings) -> tuple[Unsafe, str]:
    with pytest.raises(UnsafePath) as caught:
        refuse_unsafe(path, around)
    return caught.value.reason, caught.value.what


@POSIX
def test_the_data_folder_is_where_the_variable_says_and_private(tmp_path):
    home = tmp_path / "a" / "b"
    assert paths.data_dir({"CASEWORKER_HOME": str(home)}) == home
    assert home.stat().st_mode & 0o777 == 0o700


@POSIX
def test_a_data_folder_open_to_others_is_closed(tmp_path):
    tmp_path.chmod(0o755)
    paths.data_dir({"CASEWORKER_HOME": str(tmp_path)})
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@POSIX
def test_a_folder_that_many_share_is_refused_and_stays_open_to_them(tmp_path):
    tmp_path.chmod(0o1777)
    with pytest.raises(PermissionError):
        paths.data_dir({"CASEWORKER_HOME": str(tmp_path)})
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777
    assert paths.data_dir({"CASEWORKER_HOME": str(tmp_path / "own")}).stat().st_mode & 0o777 == 0o700


@LINUX
def test_without_the_variable_it_is_the_platforms_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.data_dir({"CASEWORKER_HOME": "  "}) == tmp_path / "Taet paa"


def test_a_data_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        paths.data_dir({"CASEWORKER_HOME": str(tmp_path / "file" / "home")})


@POSIX
def test_after_the_mask_new_files_are_private(tmp_path):
    before = paths.private_umask()
    try:
        (tmp_path / "a").write_text("")
        (tmp_path / "b").mkdir()
        assert (tmp_path / "a").stat().st_mode & 0o077 == 0
        assert (tmp_path / "b").stat().st_mode & 0o077 == 0
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    "path",
    [r"\\server\share\sager.db", "//server/share/sager.db", r"\\?\UNC\server\share\a", r"\\?\unc\server\share\a",
     r"\\server", r"//?/UNC/server/share/a"],
)  # fmt: skip
def test_a_share_by_its_name_is_refused(path):
    assert refusal(path, windows()) == (Unsafe.UNC, "")


def test_a_windows_share_typed_on_linux_is_refused_too():
    assert refusal(r"\\server\share\sager.db", linux()) == (Unsafe.UNC, "")


@pytest.mark.parametrize(
    "address", ["smb://server/a", "SMB:/server/a", "nfs://s/a", "https://s/a", "davs://s/a"]
)
def test_a_web_address_is_refused(address):
    assert refusal(address, linux())[0] == Unsafe.UNC


@pytest.mark.parametrize(
    "path",
    [r"C:\Users\Anna\AppData\Local\Taet paa\sager.db", r"\\?\C:\Users\a.db", r"\\.\C:\a.db", "a.db", r"D:\a"],
)
def test_a_disk_of_a_windows_machine_is_fine(path):
    refuse_unsafe(path, windows(OneDrive=r"C:\Users\Anna\OneDrive", APPDATA=r"C:\Users\Anna\AppData\Roaming"))


def test_a_mapped_network_drive_is_refused_by_windows_kind_of_drive():
    assert refusal(r"H:\sager.db", windows(remote="H:\\")) == (Unsafe.NETWORK, "H:")
    refuse_unsafe(r"C:\sager.db", windows(remote="H:\\"))


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "vboxsf", "fuse.sshfs", "fuse.rclone",
     "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.davfs2", "fuse.s3fs"],
)  # fmt: skip
def test_a_network_file_system_on_linux_is_refused_by_its_kind(kind):
    around = linux(f"/dev/sda1 / ext4 rw 0 0\nserver:/x /home/anna/net {kind} rw 0 0\n")
    assert refusal("/home/anna/net/sager.db", around) == (Unsafe.NETWORK, kind)
    refuse_unsafe("/home/anna/network/sager.db", around)
    refuse_unsafe("/home/anna/sager.db", around)


@pytest.mark.parametrize(
    "kind", ["ext4", "btrfs", "xfs", "zfs", "overlay", "tmpfs", "fuseblk", "fuse.gocryptfs", "vfat"]
)
def test_a_disk_of_a_linux_machine_is_fine(kind):
    refuse_unsafe("/home/anna/sager.db", linux(f"/dev/sda1 / ext4 rw 0 0\n/dev/b /home {kind} rw 0 0\n"))


def test_a_home_folder_on_a_share_is_refused_and_a_local_disk_inside_it_is_not():
    around = linux("a / ext4 rw 0 0\ns:/h /home nfs4 rw 0 0\n/dev/b /home/anna/disk ext4 rw 0 0\n")
    assert refusal("/home/anna/sager.db", around) == (Unsafe.NETWORK, "nfs4")
    refuse_unsafe("/home/anna/disk/sager.db", around)


def test_of_two_mounts_at_one_place_the_last_counts():
    around = linux("systemd-1 /home autofs rw 0 0\ns:/h /home cifs rw 0 0\n")
    assert refusal("/home/anna/sager.db", around) == (Unsafe.NETWORK, "cifs")


def test_a_mount_point_with_a_space_or_a_danish_letter_is_read():
    around = linux(
        "a / ext4 rw 0 0\n//s/x /mnt/f\\303\\246lles\\040drev cifs rw 0 0\n//s/y /mnt/fælles\\040drev nfs rw 0 0\n"
    )
    assert refusal("/mnt/fælles drev/sager.db", around) == (Unsafe.NETWORK, "nfs")


@pytest.mark.parametrize("mounts", ["", "\n\n", "rubbish", "a b", "\\ \\999 nfs", "x (y"])
def test_a_table_of_mounts_that_makes_no_sense_refuses_nothing(mounts):
    refuse_unsafe("/home/anna/sager.db", linux(mounts))
    refuse_unsafe("/Users/anna/sager.db", mac(mounts))


@pytest.mark.parametrize("kind", ["smbfs", "nfs", "afpfs", "webdav"])
def test_a_network_volume_on_a_mac_is_refused(kind):
    around = mac(
        "/dev/disk3s1 on / (apfs, local)\n"
        f"//anna@server/Fælles (gammel) on /Volumes/Fælles drev ({kind}, nodev, nosuid, mounted by anna)\n"
    )
    assert refusal("/Volumes/Fælles drev/sager.db", around) == (Unsafe.NETWORK, kind)
    refuse_unsafe("/Volumes/Anden/sager.db", around)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (r"C:\Users\Anna\OneDrive\sager.db", "OneDrive"),
        (r"C:\Users\Anna\OneDrive - Herning Kommune\Dokumenter\sager.db", "OneDrive"),
        (r"D:\Dropbox (Privat)\a.db", "Dropbox"),
        (r"C:\Users\Anna\iCloudDrive\a.db", "iCloud Drive"),
        (r"G:\Mit drev\a.db", "Google Drive"),
        (r"C:\Users\Anna\Google Drive\a.db", "Google Drive"),
        (r"C:\Users\Anna\Nextcloud\a.db", "Nextcloud"),
        (r"C:\Users\Anna\Box\a.db", "Box"),
        (r"C:\Users\Anna\Box Sync\a.db", "Box"),
    ],
)
def test_a_synced_folder_on_windows_is_refused_by_its_name(path, what):
    assert refusal(path, windows()) == (Unsafe.SYNCED, what)
    assert refusal(path.upper(), windows()) == (Unsafe.SYNCED, what)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/a.db", "iCloud Drive"),
        ("/Users/anna/Library/CloudStorage/OneDrive-HerningKommune/a.db", "CloudStorage"),
        ("/Users/anna/Dropbox/a.db", "Dropbox"),
        ("/Users/anna/Google Drive/a.db", "Google Drive"),
        ("/Users/anna/ownCloud/a.db", "ownCloud"),
    ],
)
def test_a_synced_folder_on_a_mac_is_refused_by_its_name(path, what):
    assert refusal(path, mac()) == (Unsafe.SYNCED, what)


@pytest.mark.parametrize(
    "folder", ["Dropbox", "Nextcloud", "OneDrive", "GoogleDrive", "pCloudDrive", "MEGAsync"]
)
def test_a_synced_folder_on_linux_is_refused_by_its_name(folder):
    assert refusal(f"/home/anna/{folder}/a.db", linux())[0] == Unsafe.SYNCED


def test_names_that_only_resemble_are_fine():
    for name in ("Boxe", "Dropboxes i haven", "Mine onedrive-noter", "Driveway", "Sync"):
        refuse_unsafe(f"/home/anna/{name}/a.db", linux())


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_moved_elsewhere_is_known_by_its_variable(variable):
    around = windows(**{variable: r"D:\Sky\Herning"})
    assert refusal(r"d:\sky\HERNING\Sager\a.db", around) == (Unsafe.SYNCED, "OneDrive")
    refuse_unsafe(r"D:\Skyer\a.db", around)


def test_an_empty_variable_refuses_nothing():
    refuse_unsafe(r"C:\a.db", windows(OneDrive="", APPDATA=" "))


def test_the_roaming_profile_is_refused():
    around = windows(APPDATA=r"C:\Users\Anna\AppData\Roaming")
    assert refusal(r"C:\Users\Anna\AppData\Roaming\a.db", around) == (Unsafe.SYNCED, "roaming profile")


@LINUX
@pytest.mark.parametrize(
    ("mark", "what"),
    [(".nextcloudsync.log", "Nextcloud"), (".sync_a1b2.db", "Nextcloud"), (".stfolder", "Syncthing"),
     (".dropbox", "Dropbox"), (".owncloudsync.log", "ownCloud")],
)  # fmt: skip
def test_a_renamed_synced_folder_is_known_by_what_its_client_leaves_in_it(tmp_path, mark, what):
    (tmp_path / mark).write_text("")
    (tmp_path / "below").mkdir()
    assert refusal(str(tmp_path / "below" / "new" / "a.db"), linux()) == (Unsafe.SYNCED, what)


@LINUX
def test_dropboxs_own_settings_in_the_home_folder_are_no_mark(tmp_path):
    (tmp_path / ".dropbox").mkdir()
    refuse_unsafe(tmp_path / "a.db", linux())


@LINUX
def test_a_link_into_a_synced_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "sager").symlink_to(tmp_path / "Dropbox")
    assert refusal(str(tmp_path / "sager" / "a.db"), linux()) == (Unsafe.SYNCED, "Dropbox")


@LINUX
def test_this_machines_own_disk_is_fine_and_its_proc_is_read(tmp_path):
    refuse_unsafe(tmp_path / "not yet" / "a.db")
    assert " / " in Surroundings.of_this_machine().mounts


def test_a_second_lock_is_refused_and_names_the_process(tmp_path):
    path = paths.lock_path(tmp_path / "sager.db")
    with InstanceLock(path):
        with pytest.raises(AlreadyOpen) as caught:
            InstanceLock(path)
        assert caught.value.pid == os.getpid()
        assert path.name == "sager.db.lock"
    with InstanceLock(path) as again:
        again.release()


@POSIX
def test_the_lock_file_is_private_and_stays(tmp_path):
    lock = InstanceLock(tmp_path / "lock")
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "lock").read_text() == str(os.getpid())
    lock.release()
    assert (tmp_path / "lock").read_text() == ""


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\xff" * 4000, b"12 34"])
def test_a_lock_that_does_not_say_whose_it_is_still_refuses(tmp_path, content):
    with InstanceLock(tmp_path / "lock"):
        (tmp_path / "lock").write_bytes(content)
        with pytest.raises(AlreadyOpen) as caught:
            InstanceLock(tmp_path / "lock")
        assert caught.value.pid is None


def test_a_lock_file_left_by_a_dead_program_does_not_keep_anybody_out(tmp_path):
    (tmp_path / "lock").write_text("99999")
    InstanceLock(tmp_path / "lock").release()


def test_a_lock_where_no_file_can_be_is_an_error_not_somebody_else(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        InstanceLock(tmp_path / "nowhere" / "lock")


HOLD = """
import subprocess, sys
from pathlib import Path
from caseworker_app.paths import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
if sys.argv[2:]:
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
print("held", flush=True)
sys.stdin.read()
"""


@POSIX
@pytest.mark.parametrize("child", [[], ["with a child process"]])
def test_another_program_is_refused_until_the_first_one_is_killed(tmp_path, child):
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path, *child], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyOpen) as caught:
            InstanceLock(path)
        assert caught.value.pid == holder.pid
        holder.send_signal(signal.SIGKILL)
    InstanceLock(path).release()


def test_macs_own_table_of_mounts_is_read_and_a_share_in_it_refused():
    def statfs(kind: str, point: str, source: str) -> bytes:
        texts = ((kind, 16), (point, 1024), (source, 1024))
        return bytes(72) + b"".join(text.encode().ljust(size, b"\0") for text, size in texts) + bytes(32)

    table = statfs("apfs", "/", "/dev/disk3s1") + statfs(
        "smbfs", "/Volumes/Fælles drev", "//anna@server/Fælles"
    )
    lines = paths.mount_lines(table)
    assert lines.splitlines()[0] == "/dev/disk3s1 on / (apfs, local)"
    refuse_unsafe("/Users/anna/sager.db", mac(lines))
    assert refusal("/Volumes/Fælles drev/sager.db", mac(lines)) == (Unsafe.NETWORK, "smbfs")
    assert paths.mount_lines(b"") == paths.mount_lines(table[:100]) == ""
