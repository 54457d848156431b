"""Files that are published as they are: their digests, so that nothing later needs to open them to compare."""

from collections.abc import Iterable
from pathlib import Path

from sitegen.errors import Finding, SourceError
from sitegen.model import Asset
from sitegen.reading.pictures import picture_size
from sitegen.reading.walk import Entry, read_bytes
from sitegen.store import Store, digest_of

__all__ = ["read_assets"]


def read_assets(entries: Iterable[Entry], store: Store) -> tuple[tuple[Asset, ...], tuple[Finding, ...]]:
    """Read each file once, make its bytes known to the store, and return them as assets in the same order."""
    assets: list[Asset] = []
    findings: list[Finding] = []
    for entry in entries:
        try:
            data = read_bytes(entry)
        except SourceError as error:
            findings.extend(error.findings)
            continue
        asset = Asset(entry.path, digest_of(data), len(data), *picture_size(entry.path, data))
        store.add_file(asset.digest, Path(entry.file), entry.path)
        assets.append(asset)
    return tuple(assets), tuple(findings)
