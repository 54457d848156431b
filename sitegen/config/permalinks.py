"""Where pages lie: the patterns of the table `permalinks` and their presets (CONTENT.md section 4)."""

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from sitegen.config.values import check_path, suggestion
from sitegen.records import dataclass

__all__ = ["Permalinks"]

_DEFAULT: Final = MappingProxyType(
    {
        "post": "/{year}/{month}/{slug}.html",
        "page": "/{path}.html",
        "tag": "/tags/{slug}/",
        "category": "/sections/{slug}/",
        "author": "/authors/{slug}/",
        "archive": "/archive/",
        "year": "/{year}/",
        "month": "/{year}/{month}/",
        "day": "/{year}/{month}/{day}/",
    }
)
_PRESETS: Final = MappingProxyType(
    {"default": _DEFAULT, "blogger": _DEFAULT | {"page": "/p/{path}.html", "tag": "/search/label/{name}/"}}
)
_TERM: Final = (("slug", "name"), ({"slug"}, {"name"}))
# Per kind: the placeholders it may have, and sets of which it must have one whole, or two pages were one.
_PLACEHOLDERS: Final[Mapping[str, tuple[tuple[str, ...], tuple[set[str], ...]]]] = MappingProxyType(
    {
        "post": (("year", "month", "day", "slug", "path", "category", "id"), ({"slug"}, {"path"}, {"id"})),
        "page": (("path",), ({"path"},)),
        "tag": _TERM,
        "category": _TERM,
        "author": _TERM,
        "archive": ((), ()),
        "year": (("year",), ({"year"},)),
        "month": (("year", "month"), ({"year", "month"},)),
        "day": (("year", "month", "day"), ({"year", "month", "day"},)),
    }
)


def check_pattern(pattern: str, kind: str) -> str:
    """Return `pattern` if it is a safe path that tells items of this kind apart. Raises ValueError."""
    allowed, needed = _PLACEHOLDERS[kind]
    names = re.findall(r"\{([^{}]*)\}", pattern)
    for name in names:
        if name not in allowed:
            hint = suggestion(name, allowed) or "it has no placeholders"
            raise ValueError(f"has an unknown placeholder `{{{name}}}`: {hint}")
    plain = re.sub(r"\{[^{}]*\}", "x", pattern)
    if "{" in plain or "}" in plain:
        raise ValueError("has a brace without its partner")
    check_path(plain)
    if needed and not any(alternative <= set(names) for alternative in needed):
        wanted = " or ".join(" and ".join(f"`{{{name}}}`" for name in allowed if name in way) for way in needed)
        raise ValueError(f"needs {wanted}: without it several pages would have one address")
    return pattern


@dataclass(frozen=True, slots=True)
class Permalinks:
    """Patterns of paths. One that ends in `/` is a folder with an index.html in it; one without a suffix too."""

    preset: Literal["default", "blogger"] = "default"
    """Patterns to start from: `blogger` keeps the addresses of a blog that moves here from Blogger, with its archive
    pages and feed addresses."""
    post: Annotated[str, partial(check_pattern, kind="post")] = _DEFAULT["post"]
    """A post: `{year}`, `{month}`, `{day}`, `{slug}`, `{path}` (below content/posts/, without suffix), `{category}`,
    `{id}`."""
    page: Annotated[str, partial(check_pattern, kind="page")] = _DEFAULT["page"]
    """A page: `{path}` (below content/pages/, without suffix)."""
    tag: Annotated[str, partial(check_pattern, kind="tag")] = _DEFAULT["tag"]
    """A tag: `{slug}` or `{name}`."""
    category: Annotated[str, partial(check_pattern, kind="category")] = _DEFAULT["category"]
    """A category: `{slug}` or `{name}`."""
    author: Annotated[str, partial(check_pattern, kind="author")] = _DEFAULT["author"]
    """An author: `{slug}` or `{name}`."""
    archive: Annotated[str, partial(check_pattern, kind="archive")] = _DEFAULT["archive"]
    """The archive of all years."""
    year: Annotated[str, partial(check_pattern, kind="year")] = _DEFAULT["year"]
    """A year: `{year}`, four digits."""
    month: Annotated[str, partial(check_pattern, kind="month")] = _DEFAULT["month"]
    """A month: `{year}` and `{month}`, two digits."""
    day: Annotated[str, partial(check_pattern, kind="day")] = _DEFAULT["day"]
    """A day: `{year}`, `{month}` and `{day}`, two digits."""

    @classmethod
    def complete(cls, table: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the table with the patterns of its preset where it has none."""
        preset = table.get("preset", "default")
        return {**_PRESETS.get(preset if isinstance(preset, str) else "", _DEFAULT), **table}
