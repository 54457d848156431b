"""Where pages lie: the patterns of the table `permalinks` and their presets (CONTENT.md section 4)."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator

from sitegen.config.values import check_path, suggestion

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


class Permalinks(BaseModel):
    """Patterns of paths. One that ends in `/` is a folder with an index.html in it; one without a suffix too."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    preset: Literal["default", "blogger"] = "default"
    """Patterns to start from: `blogger` keeps the addresses of a blog that moves here from Blogger, with its archive
    pages and feed addresses."""
    post: str
    """A post: `{year}`, `{month}`, `{day}`, `{slug}`, `{path}` (below content/posts/, without suffix), `{category}`,
    `{id}`."""
    page: str
    """A page: `{path}` (below content/pages/, without suffix)."""
    tag: str
    """A tag: `{slug}` or `{name}`."""
    category: str
    """A category: `{slug}` or `{name}`."""
    author: str
    """An author: `{slug}` or `{name}`."""
    archive: str
    """The archive of all years."""
    year: str
    """A year: `{year}`, four digits."""
    month: str
    """A month: `{year}` and `{month}`, two digits."""
    day: str
    """A day: `{year}`, `{month}` and `{day}`, two digits."""

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, table: Any) -> Any:  # noqa: ANN401  whatever stands in the file
        if not isinstance(table, Mapping):
            return table
        preset = table.get("preset", "default")
        return {**_PRESETS.get(preset if isinstance(preset, str) else "", _DEFAULT), **table}

    @field_validator(*_DEFAULT)
    @classmethod
    def _check(cls, pattern: str, info: ValidationInfo) -> str:
        return check_pattern(pattern, info.field_name or "")


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
