"""Neighbours, series and related posts."""

from hypothesis import given
from hypothesis import strategies as st
from models import make_post, make_site

from sitegen.planning.relations import Relations
from sitegen.planning.taxonomies import Kind, plan_taxonomies

PATTERNS = {kind: f"/{kind.value}/{{slug}}/" for kind in Kind}


def relations(*posts):
    site = make_site(*posts)
    terms, _ = plan_taxonomies(site, PATTERNS)
    return Relations.of(site, terms)


def ids(posts):
    return [post.id for post in posts]


def test_neighbours_skip_unlisted_posts():
    a, b, c = make_post("a", "2026-01-01"), make_post("b", "2026-01-02", unlisted=True), make_post("c", "2026-01-03")
    found = relations(a, b, c)
    assert (found.older(c), found.newer(a)) == (a, c)
    assert (found.newer(c), found.older(a), found.newer(b), found.older(b)) == (None, None, None, None)


def test_related_posts_share_most_tags_then_the_category_and_are_older():
    posts = [
        make_post("both", "2026-01-01", tags=("x", "y")),
        make_post("one", "2026-01-02", tags=("x",)),
        make_post("section", "2026-01-03", category="Pay"),
        make_post("none", "2026-01-04", category="Other"),
        make_post("it", "2026-01-05", tags=("x", "y"), category="Pay"),
        make_post("newer", "2026-01-06", tags=("x", "y"), category="Pay"),
    ]
    found = relations(*posts)
    assert ids(found.related(posts[4])) == ["both", "one", "section"]
    assert ids(found.related(posts[0])) == ["it", "newer", "one"]  # the oldest post has only newer ones
    assert found.related(posts[3]) == ()


@given(st.lists(st.sets(st.sampled_from("xyz")), min_size=5, max_size=30), st.sets(st.sampled_from("xyz")))
def test_a_new_post_leaves_the_older_related_posts_alone(old, new):
    posts = [make_post(f"p{i:02}", f"2026-01-{i + 1:02}", tags=tuple(sorted(tags))) for i, tags in enumerate(old)]
    before, after = relations(*posts), relations(*posts, make_post("zz", "2026-02-01", tags=tuple(sorted(new))))
    for post in posts:
        older = [other.id for other in before.related(post) if other.date < post.date]
        assert ids(after.related(post))[: len(older)] == older


@given(st.lists(st.tuples(st.sets(st.sampled_from("xyz")), st.sampled_from("PQ")), max_size=12))
def test_related_posts_are_those_that_the_rule_names(drawn):
    posts = [
        make_post(f"p{i:02}", f"2026-01-{i + 1:02}", tags=tuple(sorted(tags)), category=category)
        for i, (tags, category) in enumerate(drawn)
    ]
    for own, post in enumerate(posts):
        kin = [
            other
            for other in posts
            if other != post and (set(post.tags) & set(other.tags) or other.category == post.category)
        ]

        def rank(other, own=own, post=post):
            distance = own - posts.index(other)
            shared = len(set(post.tags) & set(other.tags))
            return (distance < 0, -shared, other.category != post.category, abs(distance))

        assert list(relations(*posts).related(post)) == sorted(kin, key=rank)[:3]


def test_a_post_that_has_a_tag_twice_is_not_related_to_itself():
    posts = [make_post("old", "2026-01-01", tags=("x",)), make_post("it", "2026-01-02", tags=("x", "X"))]
    assert ids(relations(*posts).related(posts[1])) == ["old"]
    assert ids(relations(*posts).related(posts[0])) == ["it"]


def test_a_series_runs_from_the_oldest_part():
    parts = [make_post(f"p{i}", f"2026-01-0{i}", series="Salary Talks") for i in (1, 2, 3)]
    assert ids(relations(*parts).series["salary talks"]) == ["p1", "p2", "p3"]
