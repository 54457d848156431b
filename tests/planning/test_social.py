import pytest
from tiny import post

from sitegen.errors import ConfigError

CARDS = "social_cards = true\n"
SITE = {
    "content/posts/one.md": post("One", "2026-01-01", "First text."),
    "content/posts/two.md": post("Two", "2026-02-01", "Second text.", image="/p.png"),
    "content/static/p.png": b"picture",
}
CARD = "social/2026/01/one.png"


def images(html):
    return [line.split('content="')[1].rstrip('">') for line in html.splitlines() if "og:image" in line]


def test_a_post_without_a_picture_has_a_card(site):
    paper = site(SITE, config=CARDS)
    paper.build()
    assert (paper.output / CARD).read_bytes().startswith(b"\x89PNG")
    assert images(paper.text("/2026/01/one.html")) == ["https://test.example/" + CARD, "1200", "630", "One"]
    assert "summary_large_image" in paper.text("/2026/01/one.html")


def test_a_posts_own_picture_wins(site):
    paper = site(SITE, config=CARDS)
    paper.build()
    assert images(paper.text("/2026/02/two.html"))[0] == "https://test.example/p.png"
    assert not (paper.output / "social/2026/02/two.png").exists()


def test_no_card_is_drawn_unless_the_site_asks_for_it(site):
    paper = site(SITE)
    paper.build()
    assert not (paper.output / "social").exists()
    assert images(paper.text("/2026/01/one.html")) == []


def test_a_card_is_drawn_again_when_what_it_shows_has_changed(site):
    paper = site(SITE, config=CARDS)
    paper.build()
    before = (paper.output / CARD).read_bytes()
    paper.edit({"content/posts/one.md": post("One", "2026-01-01", "Another text.")}).build()
    assert CARD not in paper.rendered
    paper.edit({"content/posts/one.md": post("Number one", "2026-01-01", "Another text.")}).build()
    assert CARD in paper.rendered
    assert (paper.output / CARD).read_bytes() != before


def test_a_title_that_the_font_cannot_show_is_told(site):
    paper = site({"content/posts/one.md": post("仕事の話", "2026-01-01", "Text.")}, config=CARDS)
    (finding,) = paper.build().findings
    assert str(finding) == (
        "content/posts/one.md:2:8: notice: no social card: its font has no の 事 仕 話\n"
        "  fix: give the post an `image`, or the theme's card a font for this script"
    )
    assert images(paper.text("/2026/01/one.html")) == []


def test_pages_of_posts_in_folders_have_cards_too(site):
    paper = site({"content/posts/one.md": post("One", "2026-01-01", "Text.", permalink="/one/")}, config=CARDS)
    paper.build()
    assert (paper.output / "social/one.png").exists()


def test_without_the_extra_the_build_stops_and_names_it(site, monkeypatch):
    monkeypatch.setattr("sitegen.planning.social.find_spec", lambda _name: None)
    with pytest.raises(ConfigError, match=r'sitegen.toml:\d+.*extra "images"[\s\S]*pip install "sitegen\[images\]"'):
        site(SITE, config=CARDS).build()


def test_a_theme_without_a_look_for_cards_is_told(site):
    with pytest.raises(ConfigError, match="the theme letter does not say how social cards look"):
        site(SITE, config=CARDS + 'theme = "letter"\n').build()
