"""Jinja2 as themes get it: strict, escaping, and with no way out of the views.

A template reaches `site`, `page` and what they hold. There are no globals but `namespace`, no filter that is not
pure, no attribute that starts with an underscore or belongs to Python's own machinery. That is what a plain
Environment needs so that an untrusted theme can read no file and run nothing; Jinja's sandbox costs two to three times
as much per page (post 0.36 against 0.78 ms, list of 19 cards 0.95 against 2.8 ms of processor time).
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import is_dataclass
from functools import lru_cache
from types import CodeType
from typing import NoReturn

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from sitegen.rendering.bodies import join_body
from sitegen.rendering.escaping import escaped, escaped_text
from sitegen.rendering.fast_jinja import FastEnvironment
from sitegen.rendering.filters import FILTERS
from sitegen.rendering.inheritance import check_blocks, extended, link_parents, names_of_blocks, parent_name
from sitegen.store import Store
from sitegen.text import nearest
from sitegen.theme import Theme
from sitegen.view import Body, SiteView, field_names

__all__ = ["ThemeEnvironment", "loader_of"]

# `attr` and `random` reach past the views and past determinism; `pprint` shows Python's `repr`.
_BANNED_FILTERS = frozenset({"attr", "pprint", "random"})
# Attributes without underscore that lead from a generator or a class to Python's own machinery.
_INTERNALS = frozenset(
    {
        *("mro", "f_back", "f_builtins", "f_code", "f_globals", "f_locals", "tb_frame", "tb_next"),
        *("gi_frame", "gi_code", "gi_yieldfrom", "cr_frame", "cr_code", "cr_await", "cr_origin"),
        *("ag_frame", "ag_code", "ag_await"),
    }
)
# `"{0.x}".format(...)` reaches attributes without asking anybody.
_FORMATTERS = frozenset({"format", "format_map"})
_OUT_OF_REACH = "{} is out of reach for templates\nuse the fields of site and page"
_TEXT_TYPES = (str, int, float)


class ThemeEnvironment(FastEnvironment):
    """The templates of one theme, printing bodies from one store."""

    def __init__(self, theme: Theme, store: Store) -> None:
        self._printable = _finalizer(store)
        self._theme = theme
        super().__init__(
            loader=loader_of(theme),
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=_Missing,
            finalize=self._printable,
            extensions=[_Fence, _Shared],
        )
        self.globals = {"namespace": self.globals["namespace"]}
        self.filters = {name: f for name, f in self.filters.items() if name not in _BANNED_FILTERS} | dict(FILTERS)
        self._fragments: tuple[SiteView | None, dict[str, Markup]] = (None, {})

    def html(self, value: object) -> str:
        """Return `value` as it stands in a page. Raises TemplateRuntimeError for what has no form there."""
        if type(value) is str:
            return escaped_text(value)
        if type(value) is Markup:
            return value
        printable = self._printable(value)
        return printable if type(printable) is Markup else escaped(printable)

    def getitem(self, obj: object, argument: object) -> object:
        """Return `obj[argument]` for a template; Jinja falls back to the attribute of that name, so it is checked."""
        if isinstance(argument, str) and (_is_internal(argument) or isinstance(obj, str)):
            raise jinja2.exceptions.SecurityError(_OUT_OF_REACH.format(argument))
        return super().getitem(obj, argument)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if name is not None and name in self._theme.templates:
            link_parents(tree, self._theme, name)
            loader_of(self._theme).check(self, tree, name)
        return tree

    def parent_name(self, name: str | None, written: str, line: int) -> str:
        """Return the name of the template that the template `name` means by `written`. Raises TemplateSyntaxError."""
        return parent_name(self._theme, name or "", written, line)

    def fragment(self, name: str, site: SiteView) -> Markup:
        """Return the template `name` rendered with `site` alone, the same string for all pages of a site."""
        owner, fragments = self._fragments
        if owner is not site:
            fragments = {}
            self._fragments = (site, fragments)
        if name not in fragments:
            fragments[name] = Markup(self.get_template(name).render(site=site))  # noqa: S704  # escaped by the template
        return fragments[name]


class ThemeLoader(jinja2.BaseLoader):
    """Templates from memory: no name leads out of the theme. Each is parsed and compiled once for all stores.

    Parsing a theme takes half of a build that has one page to render.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._parsed: dict[str, nodes.Template] = {}
        self._compiled: dict[str, CodeType] = {}
        self._blocks: dict[str, frozenset[str]] = {}

    def parse(self, environment: jinja2.Environment, name: str) -> nodes.Template:
        """Return the syntax tree of a template, and keep it until it is compiled. Raises TemplateSyntaxError."""
        source, path, _ = self.get_source(environment, name)
        self._parsed[name] = environment.parse(source, name, path)
        return self._parsed[name]

    def check(self, environment: jinja2.Environment, tree: nodes.Template, name: str) -> None:
        """Raise TemplateSyntaxError when the template fills blocks that those which it extends do not have."""
        blocks = self._blocks[name] = names_of_blocks(tree)
        parent = extended(tree)
        if parent is not None and parent in self._theme.templates:
            if parent not in self._blocks:
                self.parse(environment, parent)
            check_blocks(tree, self._theme, name, parent, self._blocks[parent])
            self._blocks[name] = blocks | self._blocks[parent]

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        if name not in self._compiled:
            source, path, _ = self.get_source(environment, name)
            self._compiled[name] = environment.compile(self._parsed.pop(name, source), name, path)
        return environment.template_class.from_code(environment, self._compiled[name], globals or {})

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002  # Jinja's signature
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source = self._theme.templates.get(template)
        if source is None:
            near = nearest(template, self._theme.templates)
            hint = f"did you mean {near}?" if near else "templates are named by their path below templates/"
            raise jinja2.TemplateNotFound(template, f"the theme has no template {template}\n{hint}")
        return source.text, source.path, None


@lru_cache(maxsize=2)
def loader_of(theme: Theme) -> ThemeLoader:
    """Return the loader of a theme's templates."""
    return ThemeLoader(theme)


class _Missing(jinja2.StrictUndefined):
    """An undefined name: an error that suggests the name that was meant. A hint stands behind a line end."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        owner, name = self._undefined_obj, self._undefined_name
        if owner is missing:
            return f"{name} is not defined\ntemplates know `site` and `page`; shared partials know `site` alone"
        if not isinstance(name, str):
            return f"{_kind(owner)} has no element {name!r}"
        names = _names_of(owner)
        near = nearest(name, names)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(names)}" if names else ""
        return f"{_kind(owner)} has no {name}\n{hint}"


class _Fence(Extension):
    """Refuses attributes that lead out of the views, when a template is compiled: nothing is left to check per page."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        after_dot = False
        for token in stream:
            if after_dot and token.type == "name" and (_is_internal(token.value) or token.value in _FORMATTERS):
                raise jinja2.TemplateSyntaxError(
                    _OUT_OF_REACH.format(token.value), token.lineno, stream.name, stream.filename
                )
            after_dot = token.type == "dot"
            yield token


class _Shared(Extension):
    """`{% shared "partials/footer.html" %}`: a partial that sees `site` alone, rendered once for all pages."""

    tags = {"shared"}  # noqa: RUF012  # Jinja declares it as an instance variable

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        name = parser.parse_expression()
        if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
            parser.fail('shared takes the name of a template in quotes: {% shared "partials/footer.html" %}', line)
        assert isinstance(self.environment, ThemeEnvironment)  # noqa: S101  # for mypy: no other has the tag
        name.value = self.environment.parent_name(parser.name, name.value, line)
        call = self.call_method("_insert", [nodes.ContextReference(), name])
        return nodes.Output([call], lineno=line)

    def _insert(self, context: Context, name: str) -> Markup:
        environment = self.environment
        assert isinstance(environment, ThemeEnvironment)  # noqa: S101  # for mypy: no other environment has the tag
        return environment.fragment(name, context["site"])


def _finalizer(store: Store) -> Callable[[object], object]:
    """Return what Jinja applies to each value before it is printed."""

    def finalize(value: object) -> object:
        if isinstance(value, _TEXT_TYPES):
            return value
        if isinstance(value, Body):
            return Markup(join_body(value, store))  # noqa: S704  # converted by us
        # A type without a text form of its own would print as Python sees it, None as "None".
        return _refuse_to_print(value) if type(value).__str__ is object.__str__ else value

    return finalize


def _refuse_to_print(value: object) -> NoReturn:
    hint = "ask `{% if ... %}` first" if value is None else "print one of its fields, or loop over it"
    raise jinja2.TemplateRuntimeError(f"{_kind(value)} cannot be printed\n{hint}")


def _is_internal(name: str) -> bool:
    return name.startswith("_") or name in _INTERNALS


def _kind(value: object) -> str:
    """Name what a template author has in hand."""
    names = {type(None): "a value that is not there (None)", str: "text", Markup: "text", tuple: "a list"}
    return names.get(type(value), type(value).__name__)


def _names_of(owner: object) -> list[str]:
    """Return what a template could have asked `owner` for, of a mapping or a view."""
    if isinstance(owner, Mapping):
        return sorted(map(str, owner))
    return sorted(field_names(type(owner))) if is_dataclass(owner) else []
