"""Archived comments: whose they are, in which order, and what is wrong with them."""

import pytest

from sitegen.errors import Severity

POST = "---\ntitle: A\ndate: 2026-01-01\n---\n"


def comment(name: str, date: str = "2026-01-02", **keys: str) -> str:
    given = {"id": name, "author": "Bob", "date": date, "body": "Hi", **keys}
    return "- " + "  ".join(f"{key}: {value}\n" for key, value in given.items() if value)


@pytest.mark.parametrize(
    ("path", "comments"),
    [
        ("posts/a.md", "comments/a.yaml"),
        ("posts/2008/2008-09-27-a.md", "comments/2008/2008-09-27-a.yaml"),
        ("posts/2008/tour/index.md", "comments/2008/tour.yaml"),
        ("posts/2008/tour/index.md", "comments/2008/tour/index.yml"),
    ],
)
def test_comments_lie_at_their_posts_path(read, path, comments):
    (entry,) = read({path: POST, comments: comment("1")}).posts
    assert [found.id for found in entry.thread] == ["1"]


def test_comments_come_oldest_first_then_by_id(read):
    text = comment("b") + comment("a") + comment("late", "2026-01-03") + comment("early", "2026-01-01 23:59")
    (entry,) = read({"posts/a.md": POST, "comments/a.yaml": text}).posts
    assert [found.id for found in entry.thread] == ["early", "a", "b", "late"]


def test_a_comment_is_what_was_written_made_harmless(read):
    text = comment("1", "2008-09-28 10:00", url="https://bob.example/", body="'<b>Hi</b><script>x()</script>'")
    (entry,) = read({"posts/a.md": POST, "comments/a.yaml": text}, timezone="America/Toronto").posts
    (found,) = entry.thread
    assert (found.author, found.url, found.body) == ("Bob", "https://bob.example/", "<b>Hi</b>")
    assert found.date.isoformat() == "2008-09-28T10:00:00-04:00"


@pytest.mark.parametrize("text", ["", "[]", "# nobody wrote yet\n"])
def test_a_file_without_comments_is_fine(read, text):
    site = read({"posts/a.md": POST, "comments/a.yaml": text})
    assert (site.posts[0].thread, site.findings) == ((), ())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/", "//a.example", "https://", "bob.example"])
def test_an_address_that_nobody_should_follow_is_left_out(read, url):
    site = read({"posts/a.md": POST, "comments/a.yaml": comment("1", url=f"'{url}'")})
    (warning,) = site.findings
    assert str(warning).startswith(f"content/comments/a.yaml:5:8: warning: the address `{url}` is left out\n")
    assert site.posts[0].thread[0].url == ""


def replies(site) -> dict[str, str]:
    return {found.id: found.reply_to for found in site.posts[0].thread}


def test_replies_keep_their_thread(read):
    site = read({"posts/a.md": POST, "comments/a.yaml": comment("1") + comment("2", reply_to="1")})
    assert replies(site) == {"1": "", "2": "1"}
    assert not site.findings


def test_a_reply_to_nothing_stands_on_its_own(read):
    site = read({"posts/a.md": POST, "comments/a.yaml": comment("1") + comment("2", reply_to="9")})
    assert replies(site) == {"1": "", "2": ""}
    assert [str(finding) for finding in site.findings] == [
        "content/comments/a.yaml:9:13: warning: replies to `9`, which is not there\n"
        "      reply_to: 9\n"
        "                ^\n"
        "  fix: it is shown on its own"
    ]


def test_replies_in_a_circle_are_all_shown(read):
    text = (
        comment("x", reply_to="1")
        + comment("1", reply_to="2")
        + comment("2", reply_to="1")
        + comment("3", reply_to="3")
    )
    site = read({"posts/a.md": POST, "comments/a.yaml": text})
    assert replies(site) == {"x": "1", "1": "", "2": "1", "3": ""}
    assert {finding.what for finding in site.findings} == {"replies to itself"}


def test_replies_nest_sixteen_deep(read):
    text = comment("0") + "".join(comment(str(n), reply_to=str(n - 1)) for n in range(1, 21))
    parents = replies(read({"posts/a.md": POST, "comments/a.yaml": text}))
    assert [parents[str(n)] for n in (1, 15, 16, 17, 20)] == ["0", "14", "15", "15", "15"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b", ":1:1: error: comments must be a list"),
        ("- a", ":1:3: error: a comment must be a mapping"),
        ("- [a", ":1:3: error: this list has no end"),
        (comment("1", author=""), ":1:3: error: `author` is missing"),
        (comment("1", body=""), ":1:3: error: `body` is missing"),
        (comment("1", id="''"), ":1:7: error: `id` must be a word without blanks"),
        (comment("1", date="2026-13-01"), ":3:9: error: `date` "),
        (comment("1", athor="x"), ":5:3: error: unknown key `athor`"),
        (comment("1") + comment("1"), ":5:7: error: the id `1` is given twice"),
        ("- &a {id: 1}\n- *a", ":1:3: error: the anchor `&a` is not read"),
    ],
)
def test_faults_have_their_place(fails, text, message):
    assert fails({"posts/a.md": POST, "comments/a.yaml": text}).startswith(f"content/comments/a.yaml{message}")


def test_comments_that_are_not_text_are_an_error(fails):
    assert fails({"posts/a.md": POST, "comments/a.yaml": b"- id: \xff"}).startswith(
        "content/comments/a.yaml:1: error: not UTF-8 at byte 7"
    )


def test_faults_in_comments_of_a_held_post_are_warnings(read):
    site = read({"drafts/a.md": POST, "comments/a.yaml": comment("1", author="")})
    assert [finding.severity for finding in site.findings] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("comments/follow-pu.yaml", "did you mean follow-up.yaml?"),
        ("comments/old/follow-up.yaml", "did you mean follow-up.yaml?"),
        ("comments/x/other.yaml", "they belong to content/posts/x/other.md: was it renamed?"),
    ],
)
def test_comments_without_a_post_are_a_warning(read, path, hint):
    (warning,) = read({"posts/follow-up.md": POST, path: comment("1")}).findings
    assert str(warning) == f"content/{path}: warning: comments without a post\n  fix: {hint}"


def test_two_files_of_comments_for_one_post_are_an_error(fails):
    files = {"posts/a/index.md": POST, "comments/a.yaml": comment("1"), "comments/a/index.yaml": comment("1")}
    assert fails(files) == (
        "content/comments/a/index.yaml: error: the comments of content/posts/a/index.md "
        "are in content/comments/a.yaml too\n  fix: join the two"
    )
