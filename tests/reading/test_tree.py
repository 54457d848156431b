"""What each file below content/ is taken for."""

from pathlib import Path

import pytest

from sitegen.reading.tree import Kind, read_tree


def put(root: Path, path: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("posts/a.md", Kind.POST),
        ("posts/2008/09/a.MD", Kind.POST),
        ("posts/a.markdown", Kind.POST),
        ("posts/a/index.md", Kind.POST),
        ("posts/a/chart.png", Kind.FILE),
        ("posts/a.txt", Kind.FILE),
        ("posts/static/a.md", Kind.POST),
        ("drafts/a.md", Kind.DRAFT),
        ("pages/help/faq.md", Kind.PAGE),
        ("authors/ada.md", Kind.AUTHOR),
        ("authors/photos/ada.jpg", Kind.FILE),
        ("promos/book.md", Kind.PROMO),
        ("comments/2008/a.yaml", Kind.COMMENTS),
        ("comments/a.yml", Kind.COMMENTS),
        ("data/links.toml", Kind.DATA),
        ("data/links.yaml", Kind.DATA),
        ("data/links.JSON", Kind.DATA),
        ("data/table.csv", Kind.FILE),
        ("data/raw/table.csv", Kind.FILE),
        ("static/robots.txt", Kind.STATIC),
        ("static/guide.md", Kind.STATIC),
        ("static/.well-known/x", Kind.STATIC),
        ("images/logo.png", Kind.FILE),
        ("favicon.ico", Kind.FILE),
        ("static", Kind.FILE),
    ],
)
def test_the_folder_says_what_a_file_is(tmp_path, path, kind):
    put(tmp_path, f"content/{path}")
    tree, faults = read_tree(tmp_path)
    assert not faults
    assert [entry.path for entry in tree.of(kind)] == [f"content/{path}"]
    assert len(tree.entries) == 1


NO_MARKDOWN = "is not read: Markdown belongs into one of the folders posts, drafts, pages, authors and promos"


@pytest.mark.parametrize(
    ("path", "what", "hint"),
    [
        ("hello.md", NO_MARKDOWN, "move it to content/posts/ or content/pages/"),
        ("blog/hello.md", NO_MARKDOWN, "move it to content/posts/ or content/pages/"),
        ("post/hello.md", NO_MARKDOWN, "did you mean content/posts/?"),
        ("Posts/hello.md", NO_MARKDOWN, "did you mean content/posts/?"),
        ("authors/staff/ada.md", "is not read: content/authors/ has no folders", "move it to content/authors/"),
        ("promos/old/book.md", "is not read: content/promos/ has no folders", "move it to content/promos/"),
        ("data/old/links.toml", "is not read: content/data/ has no folders", "move it to content/data/"),
        ("comments/a.json", "is not read: comments are kept in .yaml files", "rename it, or move it elsewhere"),
    ],
)
def test_what_nothing_would_read_is_an_error(tmp_path, path, what, hint):
    put(tmp_path, f"content/{path}")
    tree, faults = read_tree(tmp_path)
    assert [str(fault) for fault in faults] == [f"content/{path}: error: {what}\n  fix: {hint}"]
    assert not tree.entries


def test_an_empty_content_folder_is_an_empty_tree(tmp_path):
    (tmp_path / "content").mkdir()
    tree, faults = read_tree(tmp_path)
    assert (tree.entries, faults) == ((), ())
