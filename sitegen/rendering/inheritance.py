"""What templates take from those that they override: `parent:NAME`, and blocks that must be there to be filled."""

from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from sitegen.text import nearest
from sitegen.theme import PARENT, Theme

__all__ = ["check_blocks", "extended", "link_parents", "names_of_blocks", "parent_name"]


def parent_name(theme: Theme, name: str, written: str, line: int) -> str:
    """Return the name of the template that `written` means in the template `name`.

    `parent:post.html` is the nearest post.html below the theme's folder in which the template lies; every other name
    is itself. Raises TemplateSyntaxError when no folder below has such a template.
    """
    if not written.startswith(PARENT) or name not in theme.templates:
        return written
    here, wanted = theme.templates[name], written.removeprefix(PARENT)
    candidate = wanted
    while candidate in theme.templates:
        if theme.templates[candidate].layer > here.layer:
            return candidate
        candidate = PARENT + candidate
    below = {each.replace(PARENT, "") for each, source in theme.templates.items() if source.layer > here.layer}
    near = nearest(wanted, below)
    what = f"{written} does not exist: no theme below {here.origin} has the template {wanted}"
    hint = f"did you mean {PARENT}{near}?" if near else "the theme may have changed: sitegen theme diff"
    raise jinja2.TemplateSyntaxError(f"{what}\n{hint}", line, name, here.path)


def link_parents(tree: nodes.Template, theme: Theme, name: str) -> None:
    """Put the names that are meant in place of `parent:NAME`, wherever a tree names another template."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        for const in _constants(node):
            if isinstance(const.value, str):
                const.value = parent_name(theme, name, const.value, const.lineno)


def _constants(node: nodes.Node) -> Iterator[nodes.Const]:
    template: object = getattr(node, "template", None)
    if isinstance(template, nodes.Const):
        yield template
    elif isinstance(template, (nodes.List, nodes.Tuple)):
        yield from (item for item in template.items if isinstance(item, nodes.Const))


def extended(tree: nodes.Template) -> str | None:
    """Return the name of the template that a tree extends; None for none, or one that is computed."""
    extends = next(tree.find_all(nodes.Extends), None)
    return str(extends.template.value) if extends and isinstance(extends.template, nodes.Const) else None


def names_of_blocks(tree: nodes.Template) -> frozenset[str]:
    """Return the names of the blocks that a template has."""
    return frozenset(block.name for block in tree.find_all(nodes.Block))


def check_blocks(tree: nodes.Template, theme: Theme, name: str, parent: str, known: frozenset[str]) -> None:
    """Raise TemplateSyntaxError for a block that fills none of the blocks `known` of the template `parent`.

    Jinja would leave out in silence what stands in it.
    """
    for block in tree.find_all(nodes.Block):
        # What lies in a block is shown with it, whatever its own name.
        inside = {inner.name for inner in block.find_all(nodes.Block)}
        if block.name not in known:
            near = nearest(block.name, known)
            owner = theme.templates[parent]
            what = (
                f'the block "{block.name}" is in no template that this one extends: '
                f"{parent.replace(PARENT, '')} of {owner.origin} has {', '.join(sorted(known)) or 'no block'}"
            )
            hint = f'did you mean "{near}"?' if near else "what stands in it would be shown nowhere; fill another block"
            raise jinja2.TemplateSyntaxError(f"{what}\n{hint}", block.lineno, name, theme.templates[name].path)
        known |= inside
