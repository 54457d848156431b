"""Small themes, written inline into a site's folder."""

from collections.abc import Mapping
from pathlib import Path

from sitegen.theme import Theme, read_theme

__all__ = ["small_theme", "write_files"]


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `root` and return it."""
    for path, data in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def small_theme(root: Path, files: Mapping[str, str | bytes], language: str = "en", **options: object) -> Theme:
    """Return the theme `small` of the site in `root`, made of `files` below themes/small/."""
    named: dict[str, str | bytes] = {"theme.toml": 'name = "small"\n', **files}
    write_files(root, {f"themes/small/{path}": data for path, data in named.items()})
    return read_theme(root, "small", options, language)
