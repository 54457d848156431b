"""Files that are published as they are: their digests, so that nothing later needs to open them to compare."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitegen.errors import Finding, SourceError
from sitegen.memo import Memo
from sitegen.model import Asset
from sitegen.reading.pictures import picture_size
from sitegen.reading.walk import Entry, read_bytes
from sitegen.store import Store, digest_of

__all__ = ["read_assets"]


def read_assets(
    entries: Iterable[Entry], store: Store, files: Memo[str, Any]
) -> tuple[tuple[Asset, ...], tuple[Finding, ...]]:
    """Read each file once, make its bytes known to the store, and return them as assets in the same order.

    `files` are remembered by path.
    """
    assets: list[Asset] = []
    findings: list[Finding] = []
    for entry in entries:
        asset = files.recall(entry.path, (entry,), _asset)
        if isinstance(asset, SourceError):
            findings.extend(asset.findings)
            continue
        store.add_file(asset.digest, Path(entry.file), entry.path)
        assets.append(asset)
    return tuple(assets), tuple(findings)


def _asset(entry: Entry) -> Asset | SourceError:
    try:
        data = read_bytes(entry)
    except SourceError as error:
        return error
    return Asset(entry.path, digest_of(data), len(data), *picture_size(entry.path, data))
