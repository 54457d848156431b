"""What `list` is made of: each post and page once, in one state, with the reason."""

import pytest
from tiny import NOW, post

from sitegen.config import read_config
from sitegen.desk.listing import list_content
from sitegen.model import State

FILES = {
    "content/posts/live.md": post("Live", "2026-02-01"),
    "content/posts/older.md": post("Older", "2026-01-01", unlisted="true"),
    "content/posts/draft.md": post("Draft", draft="true"),
    "content/posts/undated.md": "---\ntitle: Undated\n---\nText.\n",
    "content/drafts/idea.md": post("Idea"),
    "content/posts/later.md": post("Later", "2027-01-02"),
    "content/posts/soon.md": post("Soon", "2026-12-01 08:30"),
    "content/posts/gone.md": post("Gone", expires="2026-10-31"),
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    "content/pages/plan.md": "---\ntitle: Plan\ndraft: true\n---\nText.\n",
}


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (
            [State.DRAFT],
            [
                ("content/drafts/idea.md", "Idea", "in drafts/"),
                ("content/pages/plan.md", "Plan", "draft: true"),
                ("content/posts/draft.md", "Draft", "draft: true"),
                ("content/posts/undated.md", "Undated", "no date"),
            ],
        ),
        (
            [State.EXPIRED, State.SCHEDULED],
            [
                ("content/posts/soon.md", "Soon", "due 2026-12-01 08:30"),
                ("content/posts/later.md", "Later", "due 2027-01-02 00:00"),
                ("content/posts/gone.md", "Gone", "expired 2026-11-01 00:00"),
            ],
        ),
        (
            [State.LIVE],
            [
                ("content/posts/live.md", "Live", ""),
                ("content/posts/older.md", "Older", "unlisted"),
                ("content/pages/about.md", "About", ""),
            ],
        ),
    ],
)
def test_states(site, states, expected):
    root = site(FILES).root
    entries = list_content(root, read_config(root), NOW, states)
    assert [(entry.path, entry.title, entry.reason) for entry in entries] == expected


def test_every_post_and_page_is_in_one_state(site):
    root = site(FILES).root
    entries = list_content(root, read_config(root), NOW, State)
    assert sorted(entry.path for entry in entries) == sorted(FILES)
