"""Checking a theme: the bundled ones hold, and each kind of fault is found and named."""

from pathlib import Path

import pytest
from small_themes import write_files

from sitegen.checking import check_theme, themes
from sitegen.checking.states import state_sites
from sitegen.errors import Severity, SitegenError, TemplateError

THEMES = sorted(path.parent.name for path in (Path(__file__).parents[2] / "themes").glob("*/theme.toml"))


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_a_bundled_theme_holds_in_every_state(tmp_path, theme):
    checked = check_theme(tmp_path, theme, {})
    assert [str(finding) for finding in checked.findings] == []
    assert checked.states >= 13
    assert checked.pages > 300
    assert list(tmp_path.iterdir()) == []


CHILD = {
    "theme.toml": 'name = "child"\nparent = "letter"\n[skins]\npale = "grey on white"\n',
    "skins/pale.css": ":root { --paper: #fff; --ink: #999; --mute: #555; --link: #00f; --rule: #555 }",
    "templates/page.html": "{% extends 'base.html' %}\n{% block text %}\n{% if page.kind == 'nothing' %}"
    "{{ page.titel }}{% endif %}{{ page.content }}<p>{{ page.updated }}</p>{% endblock %}",
    "templates/list.html": "{% extends 'parent:list.html' %}{% block text %}{{ super() }}"
    "{{ page.colour|default('') }}{% if site.words.later is defined %}x{% endif %}{% endblock %}",
    "templates/feeds.html": "{% extends 'base.html' %}{% block txt %}{% endblock %}",
    "templates/404.html": "{% if false %}{% include 'partials/gone.html' %}{{ site.words.gone }}{{ site.tagLine }}"
    "{{ site.assets['theme.cs'] }}{{ site.options.wide }}{% endif %}"
    "<html><main><h1>x</h1><h3>y</h3><img src=x><a href='#no'></a><p style='a'></p></main>",
    "templates/partials/left_over.html": "x",
    "i18n/fr.toml": 'comments = { one = "un", other = "{n}" }\nupdated = "x"\n',
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    write_files(root, {f"themes/child/{path}": text for path, text in CHILD.items()})
    return check_theme(root, "child", {"skin": "plain"}).findings


@pytest.mark.parametrize(
    "said",
    [
        "themes/child/skins/pale.css:1: error: --ink on --paper has a contrast of 2.84 in the light scheme; it",
        "themes/child/templates/page.html:3: error: there is no page.titel\n    {% if page.kind == 'nothing' %}{{ pa",
        "themes/child/templates/page.html:3: error: a value that is not there (None) cannot be printed",
        'themes/child/templates/feeds.html:1: error: the block "txt" is in no template that this one extends: '
        "base.html of the bundled theme letter has main, text",
        "themes/child/templates/404.html:1: error: there is no template partials/gone.html",
        "themes/child/templates/404.html:1: error: there is no site.words.gone",
        "themes/child/templates/404.html:1: error: there is no site.tagLine",
        "themes/child/templates/404.html:1: error: there is no site.assets.theme.cs",
        "themes/child/templates/404.html:1: error: there is no site.options.wide",
        "themes/child/templates/404.html: error: the page does not say its language",
        "themes/child/templates/404.html: error: <h3> follows <h1>: a level is left out",
        "themes/child/templates/404.html: error: a picture has no alt text",
        "themes/child/templates/404.html: error: the attribute style is stopped by the Content-Security-Policy",
        "themes/child/templates/404.html: error: the page is read from right to left and does not say so",
        "themes/child/templates/partials/left_over.html: warning: no template includes this one",
        "themes/child/i18n/fr.toml:1:1: warning: the word comments lacks plural forms of this language: many",
    ],
)
def test_every_kind_of_fault_is_found(findings, said):
    assert any(str(finding).startswith(said) for finding in findings), "\n".join(map(str, findings))


def test_a_fault_is_told_once_with_a_page_and_the_number_of_others(findings):
    (fault,) = [finding for finding in findings if finding.what == "a picture has no alt text"]
    assert fault.why.startswith("on /404.html of a site with this state: no post, and on ")
    assert fault.excerpt == '<img src="x">'


def test_nothing_is_told_twice(findings):
    told = [(finding.what, finding.place) for finding in findings]
    assert len(told) == len(set(told))


def test_what_a_template_asks_for_first_may_be_missing(findings):
    assert [finding for finding in findings if finding.place.path.endswith("list.html")] == []


def test_without_the_dates_of_a_language_its_states_are_left_out_and_it_is_said(tmp_path, monkeypatch):
    def missing(language: str) -> tuple[str, ...]:
        if language != "en":
            raise SitegenError.of("no dates", hint="install them")
        return ("one", "other")

    monkeypatch.setattr(themes, "plural_forms", missing)
    monkeypatch.setattr(themes, "state_sites", lambda: (s for s in state_sites() if s.name in ("no post", "in German")))
    checked = check_theme(tmp_path, "letter", {})
    assert (checked.states, [finding.severity for finding in checked.findings]) == (1, [Severity.NOTICE])
    assert str(checked.findings[0]) == (
        "notice: not checked in the language de: its dates need the extra i18n\n  fix: install them"
    )


def test_errors_stand_before_warnings(findings):
    kinds = [finding.severity for finding in findings]
    assert kinds.index(Severity.WARNING) == kinds.count(Severity.ERROR)


def test_a_theme_without_pages_is_one_error(tmp_path):
    write_files(tmp_path, {"themes/child/theme.toml": 'name = "child"\n'})
    with pytest.raises(
        TemplateError, match=r"lacks the templates of these pages: 404\.html, archive\.html, feeds\.html, front"
    ):
        check_theme(tmp_path, "child", {})
