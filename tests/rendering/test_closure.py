"""What a template can depend on, and that it depends on nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import views
from small_themes import small_theme

from sitegen.build import plan_edition
from sitegen.reading import Selection
from sitegen.rendering import render
from sitegen.rendering.closure import closure_of
from sitegen.rendering.filters import FILTER_SITE_NAMES
from sitegen.rendering.semantics import jsonld
from sitegen.theme import Theme
from sitegen.view import Record, SiteView, View

ROOT = Path(__file__).parents[2]
DATA = Record({"links": Record({"a": 1}), "other": 2})


class Watched:
    """A `SiteView` that notes what is read of it."""

    def __init__(self, site: SiteView) -> None:
        self._site = site
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> object:
        value = getattr(self._site, name)
        if name == "data":
            return WatchedData(value, self.read)
        self.read.add(name)
        return value


class WatchedData(Mapping[str, object]):
    """`site.data` that notes whether one file is read of it, or which there are."""

    def __init__(self, data: Record, read: set[str]) -> None:
        self._data, self._read = data, read

    def __getitem__(self, key: str) -> object:
        self._read.add(f"data.{key}")
        return self._data[key]

    def __getattr__(self, key: str) -> object:
        self._read.add(f"data.{key}")
        return getattr(self._data, key)

    def __iter__(self) -> Iterator[str]:
        self._read.add("data")
        return iter(self._data)

    def __len__(self) -> int:
        self._read.add("data")
        return len(self._data)


def reads(theme: Theme) -> set[str]:
    """What of `site` is read when a post is rendered."""
    site: Any = Watched(views.site_view(theme, data=DATA))
    views.page_html(views.post_page(), theme, site)
    assert isinstance(site.read, set)
    return site.read


def theme_of(tmp_path: Path, text: str, **others: str) -> Theme:
    """A theme whose post.html is `text`; others are named `x` for x.html."""
    files = {"post": text, **others}
    return small_theme(tmp_path, {f"templates/{name}.html": source for name, source in files.items()})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ page.title }}", ""),
        ("{{ site.title }} {{ site['url'] }}", "title url"),
        ("{{ site.about.url }} {{ site.labels[0].name }} {{ site.recent[:1]|length }}", "about labels recent"),
        ("{{ site.words[page.kind] }} {{ site['options']['reading_time'] }}", "options words"),
        ("{% for x in site.menu if site.base %}{{ x }}{% else %}{{ site.credit }}{% endfor %}", "base credit menu"),
        ("{% macro m(x=site.url) %}{{ site.tagline }}{% endmacro %}{{ m() }}", "tagline url"),
        ("{% set ns = namespace(a=site.url) %}{% with b = site.base %}{{ b ~ ns.a }}{% endwith %}", "base url"),
        ("{% block a %}{{ site.url }}{% endblock %}{{ self.a() }}", "url"),
        ("{% filter fill(x=site.url) %}{x}{% endfilter %}", "url"),
        ("{{ site.data.links.a }} {{ site['data']['other'] }}", "data.links data.other"),
        ("{{ site.data[page.kind] is defined }}", "data"),
        ("{% for name in site.data %}{{ name }}{% endfor %}", "data"),
        ("{% for name, it in site.data.items() %}{{ name }}{% endfor %}", "data"),
        ("{{ site.data['a.b'] is defined }} {{ site.data.gone is defined }}", "data data.gone"),
        ("{{ page|jsonld(site) }}", "description language title url"),
        ("{{ page|jsonld(site, site.options.article_type or 'x') }}", "description language options title url"),
    ],
)
def test_names_that_a_template_writes_out(tmp_path, text, names):
    theme = theme_of(tmp_path, text)
    options = Record({"article_type": "", "reading_time": True})
    theme = replace(theme, words=Record({"post": "Post"}), options=options)
    found = closure_of(theme, "post.html").site_names
    assert found == frozenset(names.split())
    assert {name for name in reads(theme) if not {name, name.split(".")[0]} & found} == set()


@pytest.mark.parametrize(
    "text",
    [
        "{{ site[page.kind] }}",
        "{{ site[0] }}",
        "{{ site }}",
        "{{ site|length }}",
        "{{ site|jsonld(page) }}",
        "{{ site|jsonld(site) }}",
        "{{ page|jsonld(article=site) }}",
        "{{ page|fill(x=site) }}",
        "{{ [page]|map('jsonld', site)|list }}",
        "{% set s = site %}",
        "{% with s = site %}{% endwith %}",
        "{% set site = page %}{{ site.title }}",
        "{% for site in page.tags %}{{ site.url }}{% endfor %}",
        "{% macro m(site) %}{{ site.url }}{% endmacro %}",
        "{% macro m(x) %}{% endmacro %}{{ m(site) }}",
        "{{ {'a': site}.a.title }} {{ (site,)[0].title }}",
        "{{ (site if page else page).title }} {{ (site or page).title }}",
        "{% if site == page %}{% endif %}",
        "{% include page.title %}",
        "{% include ['a.html', page.title] %}",
        "{% extends page.title %}",
        "{% import page.title as x %}",
        "{% from page.title import x %}",
        "{% if %}",
        "{{ " + "(" * 5000 + ")" * 5000 + " }}",
    ],
)
def test_a_template_that_may_read_anything(tmp_path, text):
    found = closure_of(theme_of(tmp_path, text, a="", b=""), "post.html")
    assert found.site_names is None


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("{% extends 'a.html' %}", "a"),
        ("{% include 'a.html' %}{% include 'c.html' ignore missing %}", "a c"),
        ("{% include ['c.html', 'a.html'] without context %}", "a c"),
        ("{% import 'a.html' as x %}", "a"),
        ("{% from 'a.html' import x with context %}", "a"),
        ("{% shared 'a.html' %}", "a"),
        ("{% if false %}{% include 'a.html' %}{% endif %}", "a"),
        ("{% block b %}{% include 'post.html' %}{% endblock %}", ""),
        ("{% include 'b.html' %}", "a b"),
        ("{% include page.title %}", "a b"),
    ],
)
def test_templates_that_can_be_reached(tmp_path, text, reached):
    theme = theme_of(tmp_path, text, a="{{ site.labels }}", b="{% shared 'a.html' %}")
    found = closure_of(theme, "post.html")
    assert found.templates == {"post.html", *(f"{name}.html" for name in reached.split())}
    assert found.site_names is None or found.site_names == ({"labels"} if "a.html" in found.templates else set())


def test_the_digest_follows_every_template_of_the_closure_and_no_other(tmp_path):
    text = "{% include 'a.html' %}{% include 'c.html' ignore missing %}"
    changes: tuple[dict[str, str], ...] = ({}, {"b": "!"}, {"a": "!"}, {"c": ""}, {"c": "C"}, {"a": "C", "c": "A"})
    digests = [
        closure_of(theme_of(tmp_path / str(number), text, **{"a": "A", "b": "B"} | change), "post.html").digest
        for number, change in enumerate(changes)
    ]
    assert digests[0] == digests[1]
    assert len(set(digests[1:])) == 5


def test_themes_do_not_share_closures(tmp_path):
    themes = [theme_of(tmp_path / text[-2:], f"{{{{ site.{text} }}}}") for text in ("url", "title")]
    found = [closure_of(theme, "post.html").site_names for theme in (*themes, *themes)]
    assert found == [frozenset({"url"}), frozenset({"title"})] * 2


def test_filters_read_what_they_are_declared_to_read():
    site: Any = Watched(views.site_view(views.newspaper()))
    for page in (views.post_page(), views.front_page(), views.list_page(), views.page_page()):
        jsonld(page, site)
    assert {"jsonld": site.read} == FILTER_SITE_NAMES


def test_every_page_of_this_repositorys_site_reads_within_its_closure():
    edition = plan_edition(ROOT, Selection(now=datetime(2026, 11, 22, 12, tzinfo=UTC)))
    routes = [route for route in edition.plan.routes if route.template in edition.theme.templates]
    outside = {}
    for route in routes:
        assert route.view.site is not None
        site: Any = Watched(route.view.site)
        render(replace(route, view=View(site, route.view.page)), edition.theme, edition.store)
        names = closure_of(edition.theme, route.template).site_names
        assert names is not None, f"{route.template} may read anything: write out the fields of `site` it reads"
        outside[route.output] = site.read - names
    assert {route.template for route in routes} >= {"post.html", "page.html", "front.html", "list.html", "404.html"}
    assert {output: read for output, read in outside.items() if read} == {}
