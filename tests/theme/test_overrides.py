"""What a site or a child theme changes of a theme: one file, one block, one token; and what it is told if it cannot."""

import pytest
from small_themes import small_theme, write_files
from tiny import SiteFolder, post

from sitegen.theme import read_theme

BROADSHEET_PAPER = "#fdfbf6"
CHILD = {
    "themes/mine/theme.toml": 'name = "mine"\nparent = "newspaper"\n',
    "themes/mine/templates/partials/footer.html": '<p>My own footer.</p>\n<p><a href="#top">Up</a></p>\n',
    "themes/mine/templates/post.html": (
        '{% extends "parent:post.html" %}\n{% block main %}\n<p>Before.</p>\n{{ super() }}<p>After.</p>\n{% endblock %}'
    ),
    "themes/mine/static/tokens.css": ":root { --accent: #0a5c36 }\n"
    "@media (prefers-color-scheme: dark) { :root { --accent: #7fd0a5 } }\n",
}


def stylesheet(folder: SiteFolder) -> str:
    (name,) = [name for name in folder.files if name.startswith("assets/theme.")]
    return folder.files[name].decode()


def test_a_child_theme_changes_one_partial_one_block_and_one_token(site):
    folder = site({"content/posts/a.md": post("A"), **CHILD}, config='theme = "mine"\n')
    folder.build(strict=True)
    page, css = folder.text("/2026/01/a.html"), stylesheet(folder)
    assert "My own footer." in page
    assert "Back to TOP" not in page
    assert page.index("<p>Before.</p>") < page.index('<article class="article h-entry">') < page.index("<p>After.</p>")
    assert css.count("--accent:") == 2  # light, dark
    assert "--accent:#0a5c36" in css
    assert "--accent:#7fd0a5" in css
    assert f"--paper:{BROADSHEET_PAPER}" in css


def test_a_site_changes_a_bundled_theme_in_a_folder_of_the_same_name(site):
    files = {path.replace("/mine/", "/newspaper/"): text for path, text in CHILD.items() if "theme.toml" not in path}
    folder = site({"content/posts/a.md": post("A"), **files})
    folder.build(strict=True)
    assert "<p>Before.</p>" in folder.text("/2026/01/a.html")
    assert "--accent:#0a5c36" in stylesheet(folder)


def test_each_theme_of_a_chain_adds_to_the_one_below(tmp_path, site):
    def wrapping(name: str, parent: str) -> dict[str, str]:
        return {
            f"themes/{name}/theme.toml": f'name = "{name}"\nparent = "{parent}"\n',
            f"themes/{name}/templates/partials/footer.html": f'{name}({{% include "parent:partials/footer.html" %}})',
        }

    shared = '{% shared "parent:partials/masthead.html" %}child\n'
    files = wrapping("child", "mother") | wrapping("mother", "newspaper")
    folder = site({**files, "themes/child/templates/partials/masthead.html": shared}, config='theme = "child"\n')
    folder.build(strict=True)
    page = folder.text("/archive/")
    assert page.index("child(mother(") < page.index("Back to TOP") < page.index("))")
    assert page.index('<div class="mast') < page.index("child\n")


def test_only_what_depends_on_an_overridden_version_is_rendered_again(site):
    child = '{% extends "parent:post.html" %}\n{% block main %}{{ super() }}{% endblock %}\n'
    mother = {"themes/newspaper/templates/post.html": child}
    folder = site({"content/posts/a.md": post("A"), "content/pages/b.md": "---\ntitle: B\n---\nB.\n", **mother})
    folder.build()
    folder.edit({"themes/newspaper/templates/post.html": child + "{# changed #}"}).build()
    assert folder.rendered == {"2026/01/a.html"}


def test_an_override_whose_block_is_gone_names_it_and_the_template_that_lacks_it(site):
    text = '{% extends "parent:post.html" %}\n\n{% block mian %}x{% endblock %}\n'
    said = site({"content/posts/a.md": post("A"), "themes/newspaper/templates/post.html": text}).fails()
    assert said.startswith(
        'themes/newspaper/templates/post.html:3: error: the block "mian" is in no template that this one extends: '
        "post.html of the bundled theme newspaper has "
    )
    assert "    {% block mian %}x{% endblock %}\n" in said
    assert 'fix: did you mean "main"?' in said


def test_an_override_whose_template_is_gone_names_both(site):
    text = '<p>\n{% include "parent:partials/foter.html" %}\n'
    said = site({"themes/newspaper/templates/partials/footer.html": text}).fails()
    assert said.startswith(
        "themes/newspaper/templates/partials/footer.html:2: error: parent:partials/foter.html does not exist: no theme "
        "below your folder themes/newspaper has the template partials/foter.html\n"
    )
    assert "fix: did you mean parent:partials/footer.html?" in said


def test_a_fault_in_the_version_below_is_told_from_one_in_the_override(site):
    mother = {
        "themes/mother/theme.toml": 'name = "mother"\nparent = "newspaper"\n',
        "themes/mother/templates/post.html": "{{ page.titel }}\n",
        "themes/child/theme.toml": 'name = "child"\nparent = "mother"\n',
        "themes/child/templates/post.html": '{% extends "parent:post.html" %}\n',
    }
    said = site({"content/posts/a.md": post("A"), **mother}, config='theme = "child"\n').fails()
    assert said.startswith("themes/mother/templates/post.html:1: error: PostPage has no titel\n    {{ page.titel }}\n")


def test_bundled_files_have_another_name_than_those_of_the_site(tmp_path):
    write_files(tmp_path, {"themes/newspaper/templates/404.html": "x"})
    templates = read_theme(tmp_path, "newspaper", {}, "en").templates
    assert templates["404.html"].path == "themes/newspaper/templates/404.html"
    assert templates["parent:404.html"].path == "sitegen:themes/newspaper/templates/404.html"


def test_a_new_block_inside_a_filled_one_is_fine(tmp_path, site):
    text = (
        '{% extends "parent:page.html" %}{% block main %}<h1>{{ page.title }}</h1>{% block new %}N{% endblock %}'
        "{% endblock %}"
    )
    files = {"content/pages/b.md": "---\ntitle: B\n---\nB.\n", "themes/newspaper/templates/page.html": text}
    folder = site(files)
    folder.build()
    assert "<h1>B</h1>N" in folder.text("/b.html")


WHOLE = {
    f"templates/{name}.html": "<!doctype html><title>{{ page.title }}</title>"
    for name in ("404", "archive", "feeds", "front", "list", "page", "post")
} | {
    "theme.toml": 'name = "whole"\nengine = ">=0.1"\n',
    "i18n/en.toml": 'archive = "Archive"\ncomments = "{n}"\ncomments_unknown = "?"\ncredit = "me"\n'
    'edition = "{volume}"\nfeed_of = "{name}"\nfeeds = "Feeds"\nnot_found = "?"\n',
}


def test_a_whole_theme_needs_no_parent(site):
    files = {f"themes/whole/{path}": text for path, text in WHOLE.items()}
    folder = site({"content/posts/a.md": post("A"), **files}, config='theme = "whole"\n')
    folder.build(strict=True)
    assert folder.text("/2026/01/a.html") == "<!doctype html><title>A</title>\n"


def test_templates_of_pages_that_are_missing_are_one_error(site):
    files = {f"themes/whole/{path}": text for path, text in WHOLE.items() if path[10:14] not in {"arch", "feed"}}
    said = site(files, config='theme = "whole"\n').fails()
    assert said == (
        "themes/whole/templates: error: the theme whole lacks the templates of these pages: archive.html, feeds.html\n"
        "  fix: write them, or give the theme a `parent` in its theme.toml that has them"
    )


@pytest.mark.parametrize("theme", ["newspaper"])
def test_a_version_that_is_overridden_is_not_found_by_its_plain_name(tmp_path, theme):
    files = {"theme.toml": f'name = "small"\nparent = "{theme}"\n', "templates/404.html": "x"}
    templates = small_theme(tmp_path, files).templates
    assert templates["404.html"].text == "x"
    assert templates["parent:404.html"].path == f"themes/{theme}/templates/404.html"
    assert "parent:post.html" not in templates
