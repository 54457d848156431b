"""What HTML alone shows of a page's faults: rules of HTML, of WCAG 2.2, and of the strict Content-Security-Policy."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.records import dataclass

__all__ = ["Fault", "page_faults"]

_EXCERPT = 120
_DIRECTION = 'write: <html dir="{{ page.direction }}">'
_UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
_LANDMARKS = ("nav", "aside", "section[aria-label]")
_LOADED = 'link[rel~="stylesheet"], link[rel~="preload"], link[rel~="icon"], script[src], img[src], source[src]'
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a page."""

    what: str
    hint: str
    excerpt: str = ""
    """The element, or the beginning of it."""


_Faults = Iterator[Fault]


def page_faults(html: str, direction: str = "ltr") -> list[Fault]:
    """Return what is wrong with a page that is read in `direction`, each fault of each element once."""
    tree = LexborHTMLParser(html)
    faults = [fault for rule in _RULES for fault in rule(tree)]
    if direction == "rtl" and _attribute(tree.css_first("html"), "dir") != "rtl":
        faults.append(Fault("the page is read from right to left and does not say so", _DIRECTION))
    return list(dict.fromkeys(faults))


def _head(tree: LexborHTMLParser) -> _Faults:
    if not _attribute(tree.css_first("html"), "lang"):
        yield Fault("the page does not say its language", 'write: <html lang="{{ page.lang }}">')
    if not _text(tree.css_first("title")):
        yield Fault("the page has no title", "write: <title>{{ page.title }}</title>")
    viewport = _attribute(tree.css_first('meta[name="viewport"]'), "content")
    if "width=device-width" not in viewport:
        yield Fault("the page does not fit small screens", 'write: <meta name="viewport" content="width=device-width">')
    if re.search(r"user-scalable\s*=\s*(?:no|0)|maximum-scale", viewport):
        yield Fault("readers cannot enlarge the page", "leave maximum-scale and user-scalable out", viewport)
    if not tree.css('meta[http-equiv="Content-Security-Policy"]'):
        hint = 'write: <meta http-equiv="Content-Security-Policy" content="{{ page.csp }}">'
        yield Fault("the page has no Content-Security-Policy", hint)


def _headings(tree: LexborHTMLParser) -> _Faults:
    headings = tree.css("h1, h2, h3, h4, h5, h6")
    first = [node for node in headings if node.tag == "h1"]
    if len(first) != 1:
        what = f"the page has {len(first)} headings of the first level"
        yield Fault(what, "it has one <h1>: its title", _excerpt(first[1]) if first else "")
    elif headings[0].tag != "h1":
        yield Fault("a heading stands above the <h1>", "the page's title is its first heading", _excerpt(headings[0]))
    for before, after in pairwise(headings):
        if int(str(after.tag)[1]) - int(str(before.tag)[1]) > 1:
            what = f"<{after.tag}> follows <{before.tag}>: a level is left out"
            yield Fault(what, "headings go down one level at a time", _excerpt(after))
    for node in headings:
        if not _name(node):
            yield Fault("a heading is empty", "leave it out when there is nothing to say", _excerpt(node))


def _landmarks(tree: LexborHTMLParser) -> _Faults:
    if len(tree.css("main")) != 1:
        yield Fault(f"the page has {len(tree.css('main'))} <main>", "it has one, around what it is about")
    for kind in _LANDMARKS:
        nodes = tree.css(kind)
        names = Counter(_label(node, tree) for node in nodes)
        for node in nodes if len(nodes) > 1 else ():
            name = _label(node, tree)
            if not name:
                yield Fault(f"one of several <{node.tag}> has no name", "give it an aria-label", _excerpt(node))
            elif names[name] > 1:
                yield Fault(f"two <{node.tag}> have the name {name!r}", "name each by what is in it", _excerpt(node))


def _names(tree: LexborHTMLParser) -> _Faults:
    for node in tree.css("img:not([alt])"):
        yield Fault("a picture has no alt text", 'write alt="{{ image.alt }}"; alt="" for decoration', _excerpt(node))
    for node in tree.css("a[href], button, summary"):
        if not _name(node):
            yield Fault(f"<{node.tag}> has no text", "say where it leads, or what it does", _excerpt(node))
    for node in tree.css('a[href=""], a[href="#"]'):
        yield Fault("a link leads nowhere", "leave the link out when there is no address", _excerpt(node))
    for node in tree.css("iframe:not([title])"):
        yield Fault("a frame has no title", "say what is in it: title=...", _excerpt(node))


def _controls(tree: LexborHTMLParser) -> _Faults:
    for node in tree.css("input, select, textarea"):
        named = _label(node, tree) or node.attributes.get("title")
        labelled = node.id and tree.css(f'label[for="{node.id}"]')
        if _attribute(node, "type") not in _UNLABELLED and not (named or labelled or _ancestor(node, "label")):
            yield Fault(f"<{node.tag}> has no label", "write <label for=...>, or an aria-label", _excerpt(node))


def _ids(tree: LexborHTMLParser) -> _Faults:
    ids = Counter(str(node.id) for node in tree.css("[id]"))
    for name, count in ids.items():
        if count > 1:
            yield Fault(f"{count} elements have the id {name!r}", "an id stands once on a page")
    for node in tree.css('a[href^="#"]'):
        target = _attribute(node, "href")[1:]
        if target not in {"", "top"} and target not in ids:
            yield Fault(
                f"a link leads to #{target}, which is not on the page", "give the target that id", _excerpt(node)
            )
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for node in tree.css(f"[{attribute}]"):
            for name in _attribute(node, attribute).split():
                if name not in ids:
                    what = f"{attribute} names {name!r}, which is not on the page"
                    yield Fault(what, "give the target that id", _excerpt(node))


def _policy(tree: LexborHTMLParser) -> _Faults:
    """What the policy of bundled themes (`default-src 'none'; style-src 'self'; ...`) would stop."""
    for node in tree.css('style, script:not([src]):not([type="application/ld+json"])'):
        hint = "put it into a file of static/, and link that"
        yield Fault(f"<{node.tag}> in the page is stopped by the Content-Security-Policy", hint, _excerpt(node))
    for node in tree.css("*"):
        for attribute in node.attributes:
            if attribute == "style" or attribute.startswith("on"):
                what = f"the attribute {attribute} is stopped by the Content-Security-Policy"
                yield Fault(what, "put it into a file of static/", _excerpt(node))
    for node in tree.css(_LOADED):
        address = _attribute(node, "href") or _attribute(node, "src")
        if _ELSEWHERE.match(address):
            yield Fault(f"{address} comes from elsewhere", "put the file into static/", _excerpt(node))


def _lists(tree: LexborHTMLParser) -> _Faults:
    for node in tree.css("ul, ol"):
        strays = [child for child in node.iter() if child.tag not in {"li", "script", "template"}]
        for child in strays:
            yield Fault(f"<{child.tag}> stands in <{node.tag}> beside the <li>", "put it into an <li>", _excerpt(child))
    for node in tree.css("ul:empty, ol:empty"):
        yield Fault("a list is empty", "leave it out when there is nothing to list", _excerpt(node))


_RULES: tuple[Callable[[LexborHTMLParser], _Faults], ...] = (
    _head,
    _headings,
    _landmarks,
    _names,
    _controls,
    _ids,
    _policy,
    _lists,
)


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node else ""


def _label(node: LexborNode, tree: LexborHTMLParser) -> str:
    """Return the name that ARIA attributes give an element."""
    named = (tree.css_first(f'[id="{name}"]') for name in _attribute(node, "aria-labelledby").split())
    return _attribute(node, "aria-label").strip() or " ".join(map(_text, named))


def _name(node: LexborNode) -> str:
    """Return what a screen reader says of a link, a button or a heading."""
    pictures = (_attribute(picture, "alt") for picture in node.css("img"))
    return _text(node) or _attribute(node, "aria-label").strip() or "".join(pictures)


def _ancestor(node: LexborNode, tag: str) -> LexborNode | None:
    above = node.parent
    while above is not None and above.tag != tag:
        above = above.parent
    return above


def _excerpt(node: LexborNode) -> str:
    whole = " ".join((node.html or "").split())
    return whole if len(whole) <= _EXCERPT else whole[:_EXCERPT] + "…"
