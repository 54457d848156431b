"""Which posts belong to a tag, a category or an author, and under which name."""

from dataclasses import replace

from models import make_author, make_post, make_site

from sitegen.errors import Severity
from sitegen.planning.taxonomies import Kind, plan_taxonomies

PATTERNS = {Kind.TAG: "/tags/{slug}/", Kind.CATEGORY: "/sections/{slug}/", Kind.AUTHOR: "/authors/{slug}/"}


def plan(*posts, **fields):
    return plan_taxonomies(make_site(*posts, **fields), PATTERNS)


def test_terms_equal_in_case_and_form_are_one_spelled_as_in_the_oldest_post():
    terms, findings = plan(
        make_post("new", "2026-03-01", tags=("CAFÉ",)),
        make_post("middle", "2026-02-01", tags=("cafe\u0301",)),
        make_post("old", "2026-01-01", tags=("Café",)),
    )
    (tag,) = terms.of(Kind.TAG)
    assert (tag.name, [post.id for post in tag.posts]) == ("Café", ["new", "middle", "old"])
    assert [finding.severity for finding in findings] == [Severity.NOTICE, Severity.NOTICE]
    assert "content/posts/new.md" in {finding.place.path for finding in findings}


def test_c_and_its_children_are_three_terms():
    terms, findings = plan(make_post("a", tags=("C", "C++", "C#")))
    assert {tag.url for tag in terms.of(Kind.TAG)} == {"/tags/c/", "/tags/c-plus-plus/", "/tags/c-sharp/"}
    assert not findings


def test_different_terms_with_one_slug_are_an_error_that_names_both():
    _, (finding,) = plan(make_post("a", tags=("job search",)), make_post("b", tags=("job-search",)))
    assert finding.severity is Severity.ERROR
    assert finding.what == (
        'the tag "job search" (content/posts/a.md) and the tag "job-search" (content/posts/b.md) have one address, '
        "/tags/job-search/"
    )


def test_an_address_is_one_terms_alone_whatever_its_kind():
    one = dict.fromkeys(Kind, "/topics/{slug}/")
    site = make_site(make_post("a", tags=("Pay",), category="pay", authors=(make_author("PAY"),)))
    terms, (finding,) = plan_taxonomies(site, one)
    assert finding.what.endswith("have one address, /topics/pay/")
    assert [term.url for term in terms] == ["/topics/pay/"]


def test_people_whose_names_make_one_id_are_an_error():
    author = replace(make_author("A.B"), id="a-b")
    _, (finding,) = plan(make_post("a", authors=(author,)), make_post("b", authors=(replace(author, name="A/B"),)))
    assert '"A.B" (content/posts/a.md) and the author "A/B" (content/posts/b.md)' in finding.what


def test_a_term_whose_page_can_have_no_address_is_an_error_in_its_oldest_post():
    terms, (finding,) = plan(make_post("b", "2026-02-01", tags=("con",)), make_post("a", tags=("con",)))
    assert finding.what.startswith('the tag "con" can have no page at /tags/con/: ')
    assert finding.place.path == "content/posts/a.md"
    assert not terms.of(Kind.TAG)


def test_unlisted_posts_make_no_terms():
    terms, _ = plan(make_post("a", tags=("secret",), category="Hidden", unlisted=True))
    assert not list(terms)


def test_an_author_with_a_file_has_a_page_without_posts_and_a_named_one_has_not():
    desk = make_author("The Desk")
    terms, _ = plan(make_post("a", authors=(make_author("Somebody"),)), authors=(desk,))
    assert [(author.name, len(author.posts)) for author in terms.of(Kind.AUTHOR)] == [("Somebody", 1), ("The Desk", 0)]
