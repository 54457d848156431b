"""What templates may use, read from the source of the view classes: their fields, types and docstrings."""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from documents import CHECKOUT

from sitegen import view
from sitegen.rendering.filters import FILTERS
from sitegen.view import PageView, pages, parts, site, small

__all__ = ["Field", "fields", "generated"]

_MODULES = (site, pages, parts, small)
_THEMES = CHECKOUT / "themes"
_WORDS = {
    "str": "text",
    "int": "number",
    "bool": "true or false",
    "Markup": "HTML",
    "Record": "mapping",
    "object": "any",
}
_TEMPLATES = {
    "front.html": "FrontPage",
    "post.html": "PostPage",
    "page.html": "PagePage",
    "list.html": "ListPage",
    "archive.html": "ArchivePage",
    "feeds.html": "FeedsPage",
    "404.html": "NotFoundPage",
}


@dataclass(frozen=True)
class Field:
    """A field of a view class, or a property."""

    owner: str
    name: str
    type: str
    doc: str

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}: {self.type}"


@dataclass(frozen=True)
class _Class:
    name: str
    base: str
    doc: str
    fields: tuple[Field, ...]


def _classes() -> Iterator[_Class]:
    for module in _MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef) and node.name in view.__all__:
                base = next((name for name in map(ast.unparse, node.bases) if name == PageView.__name__), "")
                yield _Class(node.name, base, ast.get_docstring(node) or "", tuple(_fields_of(node)))


def _fields_of(owner: ast.ClassDef) -> Iterator[Field]:
    for node, after in zip(owner.body, [*owner.body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and not ast.unparse(node.target).startswith("_"):
            doc = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            yield Field(owner.name, ast.unparse(node.target), ast.unparse(node.annotation), inspect.cleandoc(str(doc)))
        elif isinstance(node, ast.FunctionDef) and "property" in map(ast.unparse, node.decorator_list):
            kind = ast.unparse(node.returns) if node.returns else ""
            yield Field(owner.name, node.name, kind, ast.get_docstring(node) or "")


def fields() -> list[Field]:
    """All that templates may read, by class."""
    return [field for each in _classes() for field in each.fields]


def _shown_type(written: str) -> str:
    if match := re.fullmatch(r"(.*) \| None", written):
        return f"{_shown_type(match[1])}, or none"
    if match := re.fullmatch(r"tuple\['?(\w+)'?, \.\.\.\]", written):
        return f"list of {_shown_type(match[1])}"
    if match := re.fullmatch(r"Literal\[(.*)\]", written):
        return " or ".join(f"`{value}`" for value in match[1].replace("'", '"').split(", "))
    return _WORDS.get(written, f"[{written}](#{written.lower()})")


def _class_section(each: _Class) -> str:
    more = f" It has what every page has ([{each.base}](#{each.base.lower()})), and:" if each.base else ""
    head = f"### {each.name}\n\n{' '.join(each.doc.split())}{more}\n"
    rows = [
        f"| `{field.name}` | {_shown_type(field.type)} | {' '.join(field.doc.split()).replace('|', chr(92) + '|')} |\n"
        for field in each.fields
    ]
    return f"{head}\n| field | type | meaning |\n|---|---|---|\n{''.join(rows)}" if rows else head


def _filters() -> str:
    lines = []
    for name, function in sorted(FILTERS.items()):
        doc = " ".join((function.__doc__ or "").split("\n\n")[0].split()).removeprefix("Return ").replace("|", "\\|")
        lines.append(f"| `{name}` | {doc} |\n")
    return f"| filter | gives |\n|---|---|\n{''.join(lines)}"


def _theme(folder: Path) -> str:
    declared = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    text = f"### {folder.name}\n\n{declared['description']}.\n\n"
    if options := declared.get("options"):
        text += "| option | default | meaning |\n|---|---|---|\n"
        for name, option in options.items():
            choices = f" ({', '.join(option['choices'])})" if "choices" in option else ""
            text += (
                f"| `{name}` | `{str(option['default']).lower() if option['type'] == 'bool' else option['default']}` "
            )
            text += f"| {option['doc']}{choices} |\n"
        text += "\n"
    text += "| skin | |\n|---|---|\n" + "".join(f"| `{name}` | {doc} |\n" for name, doc in declared["skins"].items())
    default = (folder / "skins" / f"{next(iter(declared['skins']))}.css").read_text(encoding="utf-8")
    tokens = dict.fromkeys(re.findall(r"--([\w-]+):", default))
    text += f"\nTokens of a skin: {', '.join(f'`{token}`' for token in tokens)}.\n\n| template | blocks |\n|---|---|\n"
    for path in sorted(folder.glob("templates/*.html")):
        blocks = dict.fromkeys(re.findall(r"{%-? block (\w+)", path.read_text(encoding="utf-8")))
        text += f"| `{path.name}` | {', '.join(f'`{block}`' for block in blocks)} |\n"
    partials = sorted(path.name for path in folder.glob("templates/partials/*.html"))
    return text + (f"\nPartials: {', '.join(f'`partials/{name}`' for name in partials)}.\n" if partials else "")


def generated() -> dict[str, str]:
    """The generated parts of docs/themes.md by name."""
    rows = "".join(f"| `{name}` | [{kind}](#{kind.lower()}) |\n" for name, kind in _TEMPLATES.items())
    classes = "\n".join(_class_section(each) for each in _classes())
    return {
        "themes": "\n".join(_theme(path.parent) for path in sorted(_THEMES.glob("*/theme.toml"))),
        "views": f"| template | `page` is a |\n|---|---|\n{rows}\n`site` is a [SiteView](#siteview).\n\n{classes}",
        "filters": _filters(),
    }
