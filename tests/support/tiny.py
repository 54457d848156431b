"""Tiny sites: written inline, built at a fixed moment, edited, read."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.build import Report, build_site
from sitegen.errors import SitegenError
from sitegen.planning.addresses import normalise, output_path
from sitegen.reading import Selection

__all__ = ["NOW", "PLAIN_CONFIG", "SiteFolder", "post"]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLAIN_CONFIG = 'title = "The Test Post"\nurl = "https://test.example/"\n'


class SiteFolder:
    """A site in a temporary folder."""

    def __init__(self, root: Path, files: Mapping[str, str | bytes], config: str) -> None:
        self.root = root
        self.output = root / "output"
        self.now = NOW
        self.report: Report | None = None
        (root / "content").mkdir(parents=True)
        self.edit({"sitegen.toml": config, **files})

    def edit(self, files: Mapping[str, str | bytes]) -> "SiteFolder":
        """Write files, relative to the site's folder."""
        for path, data in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return self

    def remove(self, *paths: str) -> "SiteFolder":
        """Delete files."""
        for path in paths:
            (self.root / path).unlink()
        return self

    def build(
        self,
        *,
        drafts: bool = False,
        future: bool = False,
        expired: bool = False,
        strict: bool = False,
        clean: bool = False,
        verify: bool = False,
        jobs: int = 1,
        cache: bool = True,
    ) -> Report:
        """Build at `self.now` and return the report."""
        selection = Selection(now=self.now, drafts=drafts, future=future, expired=expired)
        self.report = build_site(
            self.root, selection, strict=strict, clean=clean, verify=verify, jobs=jobs, cache=cache
        )
        return self.report

    def fails(self) -> str:
        """Build, expect an error, and return its text."""
        with pytest.raises(SitegenError) as caught:
            self.build()
        return str(caught.value)

    def text(self, url: str) -> str:
        """Return the file that answers `url`."""
        return (self.output / output_path(normalise(url))).read_text(encoding="utf-8")

    @property
    def files(self) -> dict[str, bytes]:
        """The published files by path, without the manifest."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name != ".sitegen"
        }

    @property
    def rendered(self) -> set[str]:
        """Output paths that the last build rendered."""
        return set(self.report.reasons) if self.report else set()


def post(title: str, date: str = "2026-01-01", body: str = "Text.", **keys: str) -> str:
    """Return the source of a post."""
    front = "".join(f"{key}: {value}\n" for key, value in {"title": title, "date": date, **keys}.items())
    return f"---\n{front}---\n\n{body}\n"
