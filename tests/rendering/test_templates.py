"""The machinery under every theme: strict, escaping, closed, and with errors that name the line."""

from dataclasses import replace
from typing import Any

import pytest
import views
from markupsafe import Markup
from small_themes import small_theme

from sitegen.errors import TemplateError
from sitegen.view import Record


def rendered(tmp_path: Any, text: str, *, site: Any = None, page: Any = None, **partials: str) -> str:
    """What the template `text` makes of a post; partials are named `x` for partials/x.html."""
    files = {f"templates/partials/{name}.html": source for name, source in partials.items()}
    theme = small_theme(tmp_path, {"templates/post.html": text, **files})
    site = site or views.site_view(views.newspaper())
    return views.page_html(page or views.post_page(), theme, site)


def fault(tmp_path: Any, text: str, **partials: str) -> str:
    with pytest.raises(TemplateError) as caught:
        rendered(tmp_path, text, **partials)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ page.title }} & {{ site.title }}", "The follow-up guide & The Career Gazette"),
        ("{{ page.date }}, {{ page.older }}, {{ page.authors[0] }}",
         "Saturday, September 27, 2008, Seven questions before you resign, Carl Mueller"),
        ("{{ page.words }} {{ page.summary }}", "160 What to <em>write</em> after an interview, and when."),
        ("{% if page.extra.colour is defined %}x{% endif %}{{ page.extra.colour|default('red') }}", "red"),
        ("\n\n{% if true %}\n<p>\n{% endif %}\n\n", "<p>"),
        ("{% set ns = namespace(n=1) %}{% set ns.n = ns.n + 1 %}{{ ns.n }}", "2"),
        ("{{ page['title'] }}", "The follow-up guide"),
        ("{{ 'a {x} <b>'|fill(x='&') }}", "a &amp; &lt;b&gt;"),
    ],
)  # fmt: skip
def test_what_templates_print(tmp_path, text, expected):
    assert rendered(tmp_path, text) == expected + "\n"


def test_names_of_a_writers_own_are_free(tmp_path):
    page = views.post_page(extra=Record({"co_author": "A", "format": "B", "f_number": "C"}))
    text = "{{ page.extra.co_author }}{{ page.extra['format'] }}{{ page.extra.f_number }}"
    assert rendered(tmp_path, text, page=page) == "ABC\n"


def test_a_body_is_printed_with_its_addresses(tmp_path):
    page = views.post_page(content=views.body('<a href="', '">x</a>', fills=("/a?b&amp;c",)))
    assert rendered(tmp_path, "{{ page.content }}", page=page) == '<a href="/a?b&amp;c">x</a>\n'


XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><b>",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("text", XSS)
def test_text_is_escaped_and_never_run(tmp_path, text):
    html = rendered(tmp_path, '<p title="{{ page.title }}">{{ page.title }}</p>', page=views.post_page(title=text))
    assert html.count("<") == 2
    assert html.count('"') == 2
    assert "49" not in html


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "a\n{{ page.titel }}",
            [":2: error: PostPage has no titel", "    {{ page.titel }}", "fix: did you mean title?"],
        ),
        ("{{ paeg.title }}", [":1: error: paeg is not defined", "fix: templates know `site` and `page`"]),
        ("{{ site.words.bye }}", [":1: error: Record has no bye"]),
        ("{{ page.date.month }}", ["DateView has no month", "fix: there are day, full, iso"]),
        ("{{ page.tags[9] }}", ["a list has no element 9"]),
        ("{{ page.updated }}", ["a value that is not there (None) cannot be printed", "fix: ask `{% if"]),
        ("{{ page.tags }}", ["a list cannot be printed"]),
        ("{{ page.comments }}", ["CommentsView cannot be printed"]),
        ("{% if %}", [":1: error: Expected an expression"]),
        ("x\n{% include 'partials/bylin.html' %}", [":2: error: the theme has no template partials/bylin.html"]),
        ("{{ page.words + page.title }}", [":1: error: unsupported operand"]),
        ("{{ page.words / 0 }}", [":1: error: division by zero"]),
        ("{% include 'post.html' %}", ["includes or calls itself without end"]),
        ("{{ x|nofilter }}", ["No filter named 'nofilter'"]),
        ("{% shared page.title %}", ["shared takes the name of a template in quotes"]),
    ],
)
def test_a_fault_names_template_line_and_page(tmp_path, text, messages):
    message = fault(tmp_path, text)
    assert message.startswith("themes/small/templates/post.html:")
    assert "why: while rendering /2008/09/follow-up.html from content/x.md" in message
    assert [part for part in messages if part not in message] == []


def test_a_fault_in_a_partial_names_the_partial(tmp_path):
    for tag in ("include", "shared"):
        message = fault(tmp_path / tag, f'{{% {tag} "partials/a.html" %}}', a="\n{{ site.titel }}")
        assert message.startswith("themes/small/templates/partials/a.html:2: error: SiteView has no titel")


def test_a_fault_in_a_macro_names_its_line(tmp_path):
    message = fault(
        tmp_path, '{% from "partials/m.html" import m %}{{ m(page) }}', m="{% macro m(x) %}\n{{ x.y }}{% endmacro %}"
    )
    assert message.startswith("themes/small/templates/partials/m.html:2: error: PostPage has no y")


def test_a_template_that_a_post_asks_for_must_exist(tmp_path):
    theme = small_theme(tmp_path, {"templates/post.html": ""})
    with pytest.raises(
        TemplateError, match=r"content/x\.md: error: the theme has no template pots\.html\n.*\n.*post\.html\?"
    ):
        views.page_html(views.post_page(), theme, views.site_view(views.newspaper()), "pots.html")


ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ site.__init__.__globals__ }}",
    "{{ page['__init__'] }}",
    "{{ page|attr('__class__') }}",
    "{{ [page]|map(attribute='__class__')|list }}",
    "{{ [page]|map(attribute='extra.__class__')|list }}",
    "{{ [page]|map('attr', '__class__')|list }}",
    "{{ [page]|groupby('__class__') }}",
    "{{ [page]|sort(attribute='__init__') }}",
    "{{ [page]|selectattr('__init__')|list }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ '{0.__class__}'.format(page) }}",
    "{{ '{0.__class__}'['format'](page) }}",
    "{{ ('{0.__class__}'|e).format_map(page) }}",
    "{{ ([1]|map('upper')).gi_frame.f_globals }}",
    "{{ ([1]|map('upper'))['gi_frame'] }}",
    "{% set page.__class__ = 1 %}",
    "{% include '../../../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{{ range(9) }}",
    "{{ page.title.mro() }}",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_no_way_leads_out_of_the_views(tmp_path, text):
    assert "error:" in fault(tmp_path, text)


def test_macros_and_loops_have_no_way_out_either(tmp_path):
    for text in ("{% macro m() %}{% endmacro %}{{ m._func }}", "{% for x in [1] %}{{ loop._iterable }}{% endfor %}"):
        assert "out of reach for templates" in fault(tmp_path, text)


def test_a_shared_partial_is_rendered_once_per_site_and_sees_no_page(tmp_path):
    site = views.site_view(views.newspaper())
    theme = small_theme(
        tmp_path,
        {
            "templates/post.html": '{% shared "partials/a.html" %}{{ page.title }}',
            "templates/partials/a.html": "{{ site.data.count }} ",
            "templates/page.html": '{% shared "partials/b.html" %}',
            "templates/partials/b.html": "{{ page.title }}",
        },
    )
    counted = [replace(site, data=Record({"count": n})) for n in (1, 2)]
    pages = [views.page_html(views.post_page(title=t), theme, s) for s in counted for t in "ab"]
    assert pages == ["1 a\n", "1 b\n", "2 a\n", "2 b\n"]
    with pytest.raises(TemplateError, match="page is not defined"):
        views.page_html(views.page_page(), theme, site)


def test_a_shared_partial_is_not_rendered_again_for_the_next_page(tmp_path):
    class Counter:
        asked = 0

        def __str__(self) -> str:
            Counter.asked += 1
            return "x"

    site = views.site_view(views.newspaper(), data=Record({"x": Counter()}))
    theme = small_theme(
        tmp_path, {"templates/post.html": '{% shared "p.html" %}', "templates/p.html": "{{ site.data.x }}"}
    )
    assert [views.page_html(views.post_page(), theme, site) for _ in range(3)] == ["x\n"] * 3
    assert Counter.asked == 1


def test_the_output_does_not_hang_on_what_was_rendered_before(tmp_path):
    theme, site = views.newspaper(), views.site_view(views.newspaper())
    first = views.page_html(views.post_page(), theme, site)
    views.page_html(views.front_page(), theme, views.site_view(theme, title="Another", credit=Markup("else")))
    assert views.page_html(views.post_page(), theme, site) == first
    assert "\r" not in first
    assert first.endswith("</html>\n")


def test_what_stands_in_autoescape_false_is_not_escaped_and_only_that(tmp_path):
    text = (
        "{% autoescape false %}{{ page.title }}{{ '<i>' }}{{ page.words }}{% endautoescape %}{{ page.title }}{{ '<' }}"
    )
    assert rendered(tmp_path, text, page=views.post_page(title="<b>", words=3)) == "<b><i>3&lt;b&gt;&lt;\n"
    off = "{% autoescape page.drop_cap %}{{ page.title }}{% endautoescape %}"
    pages = [views.post_page(title="<b>", drop_cap=drop_cap) for drop_cap in (False, True)]
    assert [rendered(tmp_path / "x", off, page=page) for page in pages] == ["<b>\n", "&lt;b&gt;\n"]


def test_what_a_template_puts_in_is_escaped_once(tmp_path):
    text = "{% set x %}{{ page.title }}{% endset %}{{ x }}{% macro m(y) %}{{ y }}{% endmacro %}{{ m(page.title) }}"
    text += "{{ page.title ~ page.summary }}{{ page.title|upper }}{{ page.title|e }}{{ page.title|safe }}"
    page = views.post_page(title="&", summary=Markup("<em>"))
    assert rendered(tmp_path, text, page=page) == "&amp;&amp;&amp;<em>&amp;&amp;&\n"


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        ("{% set x = 1 %}{% include 'partials/a.html' %}{{ x }}", "1;2;1"),
        ("{% for x in [3, 4] %}{% include 'partials/a.html' %},{% endfor %}", "3;2;,4;2;,"),
        ("{% with x = 5 %}{% include 'partials/a.html' %}{% endwith %}", "5;2;"),
        ("{% macro m(x) %}{% include 'partials/a.html' %}{% endmacro %}{{ m(6) }}", "6;2;"),
        ("{% include 'partials/gone.html' ignore missing %}x", "x"),
        ("{% include ['partials/gone.html', 'partials/b.html'] %}", "b"),
        ("{% set name = 'partials/b.html' %}{% include name %}", "b"),
        ("{% include 'partials/b.html' without context %}", "b"),
        ("{% set x %}{% include 'partials/b.html' %}{% endset %}{{ x }}", "b"),
    ],
)
def test_what_an_included_partial_sees_and_leaves(tmp_path, include, expected):
    partials = {"a": "{{ x }};{% set x = 2 %}{{ x }};", "b": "b"}
    assert rendered(tmp_path, include, **partials) == expected + "\n"
