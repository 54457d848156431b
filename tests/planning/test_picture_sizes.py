"""A page keeps room for each picture, so that nothing moves when it comes (CLS 0)."""

import re
from io import BytesIO

from PIL import Image
from tiny import post


def picture(width, height):
    data = BytesIO()
    Image.new("RGB", (width, height)).save(data, "PNG")
    return data.getvalue()


def sizes(html):
    return [re.findall(r'(?:width|height)="([^"]*)"', tag) for tag in re.findall("<img[^>]*>", html)]


BUNDLE = "content/posts/one/index.md"
URL = "/2026/01/one.html"


def test_a_picture_in_a_text_has_its_size(site):
    paper = site(
        {BUNDLE: post("One", "2026-01-01", "![x](p.png) ![y](/q.png)"), "content/posts/one/p.png": picture(4, 3)}
    )
    paper.edit({"content/static/q.png": picture(20, 10)}).build()
    assert sizes(paper.text(URL)) == [["4", "3"], ["20", "10"]]
    assert "width=&quot;4" not in paper.text("/feed.xml")
    assert 'width="4" height="3"' in paper.text("/feed.xml")


def test_a_size_that_the_text_gives_stays(site):
    text = '![x](p.png){width=2} <img src="p.png" height="1" alt="">'
    paper = site({BUNDLE: post("One", "2026-01-01", text), "content/posts/one/p.png": picture(4, 3)})
    paper.build()
    assert sizes(paper.text(URL)) == [["2"], ["1"]]


def test_what_does_not_say_its_size_has_none(site):
    text = "![x](p.svg) ![y](https://elsewhere.example/p.png) ![z](p.png?v=1)"
    paper = site({BUNDLE: post("One", "2026-01-01", text)})
    paper.edit({"content/posts/one/p.svg": "<svg/>", "content/posts/one/p.png": picture(4, 3)}).build()
    assert sizes(paper.text(URL)) == [[], [], ["4", "3"]]


def test_a_lead_picture_has_its_size(site):
    paper = site({BUNDLE: post("One", "2026-01-01", "Text.", image="{src: p.png, alt: P}")})
    paper.edit({"content/posts/one/p.png": picture(40, 30)}).build()
    assert sizes(paper.text(URL)) == [["40", "30"]]


def test_another_size_makes_the_page_anew(site):
    paper = site({BUNDLE: post("One", "2026-01-01", "![x](p.png)"), "content/posts/one/p.png": picture(4, 3)})
    paper.build()
    paper.edit({"content/posts/one/p.png": picture(5, 3)}).build()
    assert sizes(paper.text(URL)) == [["5", "3"]]
    assert URL[1:] in paper.rendered
