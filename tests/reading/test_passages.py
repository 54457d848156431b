"""A text that stays in its file until it is converted."""

import pytest

from sitegen.errors import SourceError
from sitegen.reading.front_matter import read_matter
from sitegen.reading.passages import Passage, digest_of_markdown, read_markdown, size_of_markdown
from sitegen.reading.walk import Entry

FILES = {
    "front matter": "---\ntitle: A\n---\nText *é*.\n\nMore.\n",
    "none": "Text.\n",
    "toml": "\n+++\ntitle = 'A'\n+++\n\n Text.",
    "other line ends": "\ufeff---\r\ntitle: A\r\n---\r\nText.\r\nMore.\r",
    "no text": "---\ntitle: A\n---",
    "blank": "---\ntitle: A\n---\n\n  \n",
}


def passage(folder, text: str) -> tuple[Passage, str]:
    """Write a file and return where its text stands, and the text."""
    file = folder / "a.md"
    file.write_bytes(text.encode())
    matter = read_matter(file.read_bytes(), "content/posts/a.md")
    return Passage.of(Entry("content/posts/a.md", str(file)), matter), matter.text


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_it_is_read_as_it_was(tmp_path, text):
    place, expected = passage(tmp_path, text)
    assert (read_markdown(place), digest_of_markdown(place)) == (expected, digest_of_markdown(expected))
    assert size_of_markdown(place) == len(expected.strip())


@pytest.mark.parametrize("now", ["---\ntitle: A\n---\nTexts.\n", "---\ntitle: AB\n---\nText.\n", "", None])
def test_another_text_is_refused(tmp_path, now):
    place, _ = passage(tmp_path, "---\ntitle: A\n---\nText.\n")
    if now is None:
        (tmp_path / "a.md").unlink()
    else:
        (tmp_path / "a.md").write_text(now)
    with pytest.raises(SourceError, match=r"changed while|vanished while"):
        place.read()
