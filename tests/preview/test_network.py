import ipaddress
from pathlib import Path

import pytest

from sitegen.preview.network import lan_address, unsure_kind

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
drvfs /mnt/c 9p rw 0 0
server:/home /mnt/my\\040share nfs4 rw 0 0
sshfs /mnt/far fuse.sshfs rw 0 0
tmpfs /mnt/c/here tmpfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ann/paper", ""),
        ("/mnt/c/paper", "9p"),
        ("/mnt/c", "9p"),
        ("/mnt/cc", ""),
        ("/mnt/c/here/paper", ""),
        ("/mnt/my share/paper", "nfs4"),
        ("/mnt/far/paper", "fuse.sshfs"),
    ],
)
def test_a_share_is_known_by_its_kind(tmp_path: Path, folder: str, kind: str):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert unsure_kind(Path(folder), mounts) == kind


def test_where_no_mounts_are_listed_nothing_is_known(tmp_path: Path):
    assert unsure_kind(tmp_path, tmp_path / "none") == ""


def test_the_address_of_the_network_is_one_that_others_can_reach():
    address = lan_address()
    assert not address or not ipaddress.ip_address(address).is_loopback


def test_a_machine_without_a_network_has_none(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert lan_address() == ""
