"""Which posts belong to a tag, a category or an author, and under which name."""

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
    assert '"job search" and "job-search"' in finding.what


def test_unlisted_posts_make_no_terms():
    terms, _ = plan(make_post("a", tags=("secret",), category="Hidden", unlisted=True))
    assert not list(terms)


def test_an_author_with_a_file_has_a_page_without_posts_and_a_named_one_has_not():
    desk = make_author("The Desk")
    terms, _ = plan(make_post("a", authors=(make_author("Somebody"),)), authors=(desk,))
    assert [(author.name, len(author.posts)) for author in terms.of(Kind.AUTHOR)] == [("Somebody", 1), ("The Desk", 0)]
