"""This machine's place: its address in the local network, and file systems that do not tell every change."""

import os
import socket
from pathlib import Path

__all__ = ["lan_address", "unsure_kind"]

_NOWHERE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): nothing is sent there."""
# Shares of other machines and of the host of a virtual one: what is saved there gives no sign here.
_UNSURE = frozenset(
    {"9p", "afs", "cifs", "drvfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"}
)
_MOUNTS = Path("/proc/mounts")


def lan_address() -> str:
    """Return the address by which the local network knows this machine; empty when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)  # of a datagram socket it only chooses the way, and with it the own address
        except OSError:
            return ""
        address = str(probe.getsockname()[0])
    return "" if address.startswith(("127.", "0.")) else address


def unsure_kind(folder: Path, mounts: Path = _MOUNTS) -> str:
    """Return the kind of file system that `folder` is on, if changes there may give no sign; else nothing.

    Where the system does not list its mounts as Linux does (proc(5)), nothing is known.
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    inside = str(folder.resolve())
    kinds = {_plain(fields[1]): fields[2] for line in lines if len(fields := line.split(" ")) > 2}
    points = [point for point in kinds if inside == point or inside.startswith(point.rstrip(os.sep) + os.sep)]
    kind = kinds[max(points, key=len)] if points else ""
    return kind if kind in _UNSURE or kind.startswith("fuse.") else ""


def _plain(point: str) -> str:
    """Return a mount point without the octal escapes for white space (fstab(5))."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
