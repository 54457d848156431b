"""Reading one post again whose file was saved: the site without a look at all the others.

It gives what `read_site` would, or nothing where that is not certain: when there is something to say about the post,
and when its id, its date or its state is another, which other posts and the whole site hang on.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from sitegen.config import Config
from sitegen.memo import Forgetful
from sitegen.model import Post, Site
from sitegen.reading.conversion import ConvertAll, convert_files
from sitegen.reading.manuscripts import Manuscript, read_manuscripts, texts_of_posts
from sitegen.reading.memory import Memory, no_memory
from sitegen.reading.posts import Shelf, make_posts
from sitegen.reading.selection import Selection
from sitegen.reading.walk import Entry

__all__ = ["reread_posts"]


def reread_posts(
    posts: Mapping[str, Post],
    site: Site,
    config: Config,
    selection: Selection,
    memory: Memory,
    convert_all: ConvertAll,
) -> Site | None:
    """Return the site with what these of its posts, by path, say now; nothing else may have changed since.

    `site` is what `read_site` returned with this configuration and memory, or this function. None if the whole site
    has to be read to know. Raises SourceError when a file cannot be read.
    """
    shelf: Shelf | None = memory.shared.find("shelf", ())
    if shelf is None or any(finding.place.path in posts for finding in site.findings):
        return None
    now: dict[str, Post] = {}
    for path, post in posts.items():
        read = _reread(post, Entry(path, str(site.root / path)), shelf, config, selection, convert_all)
        if read is None:
            return None
        now[path] = read
    return replace(site, posts=tuple([now.get(post.source.path, post) for post in site.posts]))


def _reread(
    post: Post, entry: Entry, shelf: Shelf, config: Config, selection: Selection, convert_all: ConvertAll
) -> Post | None:
    if Path(entry.file).is_symlink():
        return None  # only a walk through the tree knows how to take it
    manuscripts, findings = read_manuscripts([entry], config.zone, selection, no_memory())
    if findings or not _are_in_the_same_place(post, manuscripts):
        return None
    files = ((entry.path, None, partial(texts_of_posts, manuscripts)),)
    documents, faults = convert_files(files, config.markup, convert_all, Forgetful(), lambda _path, _texts: {})
    ((read, _), found) = make_posts(manuscripts, replace(shelf, documents=documents), Forgetful())
    return None if faults or found or not read else read[0]


def _are_in_the_same_place(post: Post, manuscripts: tuple[Manuscript, ...]) -> bool:
    """Whether the one manuscript is on the site where the post is: as late, as live, in lists or not."""
    return [(post.id, post.date, post.state, post.expires, post.unlisted)] == [
        (one.id, one.date, one.state, one.written.fields.expires, one.written.fields.unlisted)
        for one in manuscripts
        if one.taken
    ]
