"""What an open page has to do about a change, by comparing what it shows with what it would be now."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from sitegen.errors import Finding
from sitegen.preview.details import data_of_finding
from sitegen.preview.editions import Change
from sitegen.preview.snapshot import Snapshot
from sitegen.reading import PICTURES
from sitegen.records import dataclass
from sitegen.store import digest_of

__all__ = ["Files", "Shown", "digest_of_page", "message_for", "target_of"]


def digest_of_page(status: int, body: bytes) -> str:
    """Return what identifies an answer, so that a page can tell what it shows."""
    return digest_of(str(status), body)


def target_of(address: object) -> str:
    """Return path and query of the address that a page says it is at; the root when it says nonsense."""
    if not isinstance(address, str):
        return "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@dataclass(frozen=True, slots=True)
class Files:
    """Files that pages load, and that can be swapped in them."""

    styles: Mapping[str, str]
    """Address of each style sheet that has changed, and the one it has now."""
    pictures: tuple[str, ...]
    """Addresses of the pictures that have changed."""

    @classmethod
    def of(cls, change: Change) -> "Files":
        """Return the files that a change has brought anew."""
        before, after = change.before, change.snapshot
        if before is None or before.edition is None or after.edition is None:
            return cls({}, ())
        styles = dict(_renamed(before, after))
        styles.update((url, url) for url in _published(after, change.paths, (".css",)))
        return cls(styles, tuple(_published(after, change.paths, PICTURES)))


def _published(snapshot: Snapshot, paths: Iterable[str], suffixes: tuple[str, ...]) -> Iterable[str]:
    """Yield the addresses of the files at `paths`, of those that have one of the suffixes."""
    for path in paths:
        if path.lower().endswith(suffixes):
            yield from snapshot.addresses_of(path)


def _renamed(before: Snapshot, after: Snapshot) -> Iterable[tuple[str, str]]:
    """Yield old and new address of the theme's style sheets that have changed: their names have digests in them."""
    if before.edition is None or after.edition is None or before.edition.theme is after.edition.theme:
        return
    new = after.edition.theme.assets
    for path, old in before.edition.theme.assets.items():
        if path.endswith(".css") and path in new and new[path].output != old.output:
            yield before.base + old.output, after.base + new[path].output


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page would be now."""

    digest: str
    body: bytes
    status: int
    findings: tuple[Finding, ...]
    """What is in the way of an up-to-date one."""
    sources: tuple[str, ...]
    """Files that it is written in."""


def message_for(
    shown: str, now: Shown, files: Files, paths: Iterable[str] = (), *, has_errors: bool
) -> dict[str, Any] | None:
    """Return what to tell a page that shows what has the digest `shown`, as JSON holds it; None: nothing.

    `paths` are the files that were changed; `has_errors` says that the page was told of errors.
    """
    if shown != now.digest:
        if swaps := _swaps(shown, now, files.styles):
            return {"do": "styles", "styles": swaps, "shown": now.digest}
        return {"do": "reload", "edited": not set(paths).isdisjoint(now.sources)}
    if now.findings:
        return {"do": "errors", "findings": [data_of_finding(finding) for finding in now.findings]}
    if has_errors:
        return {"do": "clear"}
    if files.styles:
        return {"do": "styles", "styles": sorted(files.styles.items()), "shown": now.digest}
    if files.pictures:
        return {"do": "pictures", "pictures": sorted(files.pictures)}
    return None


def _swaps(shown: str, now: Shown, styles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the style sheets to swap, if that makes a page with the digest `shown` what it is now; else nothing."""
    body = now.body
    for old, new in styles.items():
        body = body.replace(new.encode(), old.encode())
    same = styles and not now.findings and digest_of_page(now.status, body) == shown
    return sorted(styles.items()) if same else []
