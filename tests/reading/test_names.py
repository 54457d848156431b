"""What a post's path says about it."""

from datetime import date

import pytest

from sitegen.errors import SourceError
from sitegen.reading.names import Name, read_name

DAY = date(2008, 9, 27)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("posts/a.md", Name("a", None, "a", "")),
        ("posts/2008/follow-up.md", Name("2008/follow-up", None, "follow-up", "")),
        ("posts/2008-09-27-follow-up.md", Name("2008-09-27-follow-up", DAY, "follow-up", "")),
        ("posts/2008-09-27_follow up.MD", Name("2008-09-27_follow up", DAY, "follow up", "")),
        ("posts/2008-09-27.md", Name("2008-09-27", DAY, "2008-09-27", "")),
        ("posts/2008-09-27x.md", Name("2008-09-27x", None, "2008-09-27x", "")),
        ("posts/2008-9-27-a.md", Name("2008-9-27-a", None, "2008-9-27-a", "")),
        ("posts/v1.2.md", Name("v1.2", None, "v1.2", "")),
        ("drafts/x/a.md", Name("x/a", None, "a", "")),
        ("posts/tour/index.md", Name("tour", None, "tour", "content/posts/tour")),
        ("posts/y/2008-09-27-tour/index.md", Name("y/2008-09-27-tour", DAY, "tour", "content/posts/y/2008-09-27-tour")),
        ("posts/cafe\N{COMBINING ACUTE ACCENT}.md", Name("café", None, "café", "")),
    ],
)
def test_a_path_is_taken_apart(path, name):
    assert read_name(f"content/{path}") == name


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("posts/2008-02-30-a.md", "the date 2008-02-30 in the file's name does not exist"),
        ("posts/2008-13-01-a/index.md", "the date 2008-13-01 in the file's name does not exist"),
        ("posts/0000-01-01-a.md", "the date 0000-01-01 in the file's name does not exist"),
        ("posts/index.md", "has no name of its own"),
    ],
)
def test_a_name_that_means_nothing_is_an_error(path, message):
    with pytest.raises(SourceError) as caught:
        read_name(f"content/{path}")
    assert str(caught.value).startswith(f"content/{path}: error: {message}\n  why: ")
