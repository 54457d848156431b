import json
from dataclasses import replace
from typing import Any

import pytest
import views

from sitegen.rendering.semantics import jsonld
from sitegen.view import LinkView

SITE = views.site_view(views.newspaper())


def graph(page: Any, **options: str) -> dict[str, Any]:
    """The things that a page describes, by type."""
    data = json.loads(jsonld(page, SITE, **options))
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_a_post_says_what_its_page_shows():
    page = views.post_page(social_image=views.picture(), comments=views.comments(3))
    post = graph(page)["BlogPosting"]
    assert post["headline"] == page.title
    assert (post["datePublished"], post["dateModified"]) == (page.date.iso, page.modified.iso)
    assert post["author"] == [
        {"@type": "Person", "name": "Carl Mueller", "url": "https://example.org/authors/carl-mueller/"}
    ]
    assert post["mainEntityOfPage"] == page.canonical
    assert (post["image"]["url"], post["image"]["width"]) == ("https://example.org/2008/09/desk.svg", 1200)
    assert (post["articleSection"], post["keywords"], post["commentCount"]) == ("Interviews", ["phone", "C++"], 3)


def test_the_picture_of_a_post_is_the_one_that_is_shared():
    card = replace(views.picture(), url="/cards/a.png", absolute_url="https://example.org/cards/a.png")
    own = graph(views.post_page(image=None, social_image=card))["BlogPosting"]["image"]
    assert own["url"] == "https://example.org/cards/a.png"


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (-1, None)])
def test_a_count_is_told_only_when_it_is_known(count, expected):
    assert graph(views.post_page(comments=views.comments(count)))["BlogPosting"].get("commentCount") == expected


def test_what_is_not_known_is_not_told():
    post = graph(views.post_page(authors=(views.author(url=""),), tags=(), comments=None, description=""))[
        "BlogPosting"
    ]
    assert not {"image", "keywords", "commentCount", "description"} & post.keys()
    assert post["author"] == [{"@type": "Person", "name": "Carl Mueller"}]


def test_the_type_of_an_article_can_be_chosen():
    assert "NewsArticle" in graph(views.post_page(), article="NewsArticle")


def test_breadcrumbs_lead_from_the_front_page_to_the_page_itself():
    crumbs = (LinkView("Home", "/"), LinkView("Archive", "/archive/"))
    steps = graph(views.list_page("month", title="May 2008", crumbs=crumbs))["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Home", "https://example.org/"),
        (2, "Archive", "https://example.org/archive/"),
        (3, "May 2008", "https://example.org/sections/interviews/"),
    ]


def test_the_front_page_describes_the_site():
    things = graph(views.front_page())
    assert things.keys() == {"WebSite", "Blog"}
    assert things["WebSite"]["url"] == SITE.url


def test_the_page_of_an_author_describes_a_person():
    author = views.author(photo=views.picture(), website="https://carl.example/", same_as=("https://social.example/c",))
    assert graph(views.list_page("author", author=author))["ProfilePage"]["mainEntity"] == {
        "@type": "Person",
        "name": "Carl Mueller",
        "url": "https://example.org/authors/carl-mueller/",
        "jobTitle": "Recruiter",
        "image": "https://example.org/2008/09/desk.svg",
        "sameAs": ["https://carl.example/", "https://social.example/c"],
    }


def test_a_page_with_nothing_to_tell_has_no_data():
    assert jsonld(views.not_found_page(), SITE) == ""


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028\u2029", 'a "b" \\ c'])
def test_no_text_ends_the_script(text):
    page = replace(views.post_page(), title=text)
    data = jsonld(page, SITE)
    assert not set("<>&\u2028\u2029") & set(data)
    assert graph(page)["BlogPosting"]["headline"] == text
