"""What the source of a theme's templates shows of its faults, in branches too that no page takes."""

from collections.abc import Iterator, Mapping
from typing import get_args, get_type_hints

import jinja2
from jinja2 import nodes

from sitegen.errors import Finding, Place, Severity
from sitegen.records import dataclass
from sitegen.rendering.closure import templates_in, tree_of
from sitegen.text import nearest
from sitegen.theme import PARENT, Theme
from sitegen.view import PageView, SiteView, View

__all__ = ["template_findings"]


def _fields_of(kind: type) -> frozenset[str]:
    return frozenset(name for name in dir(kind) if not name.startswith("_"))


_SITE = _fields_of(SiteView)
_PAGE = frozenset().union(
    *(_fields_of(kind) for kind in get_args(get_type_hints(View)["page"]) if issubclass(kind, PageView))
)


# Tests and filters that may be given what does not exist.
_ASKING = frozenset({"d", "default", "defined", "undefined"})


@dataclass(frozen=True, slots=True)
class _Known:
    """What templates of one theme may read, by what they read it of."""

    names: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, theme: Theme) -> "_Known":
        return cls(
            {
                "site": _SITE,
                "page": _PAGE,
                "site.words": frozenset(theme.words),
                "site.options": frozenset(theme.options),
                "site.assets": frozenset(theme.assets),
            }
        )


def template_findings(theme: Theme) -> Iterator[Finding]:
    """Yield what is wrong with any template: syntax, names that do not exist, and a warning for partials unused."""
    known, named = _Known.of(theme), set[str]()
    for name, source in theme.templates.items():
        try:
            tree = tree_of(theme, name)
        except jinja2.TemplateSyntaxError as error:
            what, _, hint = str(error.message).partition("\n")
            yield Finding(what, Place(error.filename or source.path, error.lineno), hint=hint)
            continue
        asked = templates_in(tree)
        named |= {each for each in asked if each} if None not in asked else set(theme.templates)
        yield from _missing_templates(theme, name, tree)
        yield from _missing_names(theme, name, tree, known)
    yield from _unused(theme, named)


def _missing_templates(theme: Theme, name: str, tree: nodes.Template) -> Iterator[Finding]:
    for asked in sorted(filter(None, templates_in(tree) - theme.templates.keys())):
        near = nearest(asked, theme.templates)
        source = theme.templates[name]
        line = next((number for number, text in enumerate(source.text.split("\n"), 1) if asked in text), 0)
        hint = f"did you mean {near}?" if near else "write it, or name another"
        if "ignore missing" not in source.text:
            yield Finding(f"there is no template {asked}", Place(source.path, line), hint=hint)


def _missing_names(theme: Theme, name: str, tree: nodes.Template, known: _Known) -> Iterator[Finding]:
    asked_for = {
        id(node)
        for each in tree.find_all((nodes.Test, nodes.Filter))
        if each.name in _ASKING
        for node in each.find_all(nodes.Expr)
    }
    taken = {node.name for node in tree.find_all(nodes.Name) if node.ctx in {"store", "param"}}
    source = theme.templates[name]
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        owner, field = _read(node)
        if owner.partition(".")[0] in taken or id(node) in asked_for or field in known.names.get(owner, {field}):
            continue
        near = nearest(field, known.names[owner])
        hint = f"did you mean {near}?" if near else _what_there_is(owner, known)
        line = source.text.split("\n")[node.lineno - 1]
        yield Finding(f"there is no {owner}.{field}", Place(source.path, node.lineno), hint=hint, excerpt=line)


def _read(node: nodes.Node) -> tuple[str, str]:
    """Return `("site.words", "by")` for `site.words.by`, two empty texts for what is no field of a name."""
    match node:
        case nodes.Getattr(node=owner, attr=str(field)) | nodes.Getitem(node=owner, arg=nodes.Const(value=str(field))):
            match owner:
                case nodes.Name(name=str(name)):
                    return name, field
                case nodes.Getattr(node=nodes.Name(name=str(name)), attr=str(attribute)):
                    return f"{name}.{attribute}", field
    return "", ""


def _what_there_is(owner: str, known: _Known) -> str:
    match owner:
        case "site.words":
            return "write it into i18n/en.toml, and into those of the other languages"
        case "site.options":
            return "declare it in theme.toml"
        case "site.assets":
            return f"there are {', '.join(sorted(known.names[owner])) or 'none'} in static/"
    return "docs/themes.md lists what there is"


def _unused(theme: Theme, named: set[str]) -> Iterator[Finding]:
    """Yield a warning for each partial that no template names: an override of one that is gone, or left over."""
    for name, source in theme.templates.items():
        if "/" in name and PARENT not in name and name not in named:
            near = nearest(name, set(theme.templates) - {name})
            hint = f"did you mean {near}?" if near else "delete it, or include it somewhere"
            yield Finding("no template includes this one", Place(source.path), hint=hint, severity=Severity.WARNING)
