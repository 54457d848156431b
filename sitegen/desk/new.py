"""A new post or page: a draft with the right name, date and zone."""

import enum
import json
import unicodedata
from datetime import datetime
from pathlib import Path, PurePosixPath

from sitegen.config import Config
from sitegen.desk.files import write_new_file
from sitegen.errors import UsageError
from sitegen.records import dataclass
from sitegen.text import is_clean, slugify

__all__ = ["Draft", "Form", "plan_draft", "write_draft"]


class Form(enum.Enum):
    """What kind of draft is begun."""

    POST = "post"
    """One file, `content/posts/2026/2026-11-22-slug.md`."""
    BUNDLE = "bundle"
    """A folder of that name with an index.md, for a post with pictures and files."""
    PAGE = "page"
    """A page that is not dated, `content/pages/slug.md`."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that is not written yet."""

    path: PurePosixPath
    """Below the site's folder."""
    text: str

    @property
    def line(self) -> int:
        """The line on which writing starts, counted from 1: the last one."""
        return self.text.count("\n")


def plan_draft(title: str, form: Form, config: Config, now: datetime) -> Draft:
    """Return a draft begun at `now`, which is aware and may have any zone; the date is written in the site's.

    Posts lie where they will be published from, so that publishing one is deleting a line: its path is its id in
    feeds, and must not change. Raises UsageError for a title that no feed could carry.
    """
    title = " ".join(title.split())
    _check(title)
    moment = now.astimezone(config.zone)
    dated = form is not Form.PAGE
    keys = {
        "title": json.dumps(title, ensure_ascii=False),  # as YAML reads text in double quotes
        "date": moment.isoformat(sep=" ", timespec="minutes") if dated else "",
        "author": json.dumps(config.author, ensure_ascii=False) if dated and config.author else "",
        "draft": "true  # delete this line to publish",
    }
    matter = "".join(f"{key}: {value}\n" for key, value in keys.items() if value)
    return Draft(_path(slugify(title), form, moment), f"---\n{matter}---\n\n")


def _check(title: str) -> None:
    if not title:
        raise UsageError.of("a post needs a title", hint='such as `sitegen new "What the strike changed"`')
    # Cc has what XML allows and YAML does not, such as U+0080.
    if not is_clean(title) or any(unicodedata.category(character) == "Cc" for character in title):
        raise UsageError.of(f"the title {title!a} has a character that is no text", hint="leave it out")


def _path(slug: str, form: Form, moment: datetime) -> PurePosixPath:
    if form is Form.PAGE:
        return PurePosixPath("content/pages", f"{slug}.md")
    name = f"{moment.date()}-{slug}"
    folder = PurePosixPath("content/posts", f"{moment:%Y}")
    return folder / name / "index.md" if form is Form.BUNDLE else folder / f"{name}.md"


def write_draft(root: Path, draft: Draft) -> Path:
    """Write a draft into the site in the folder `root` and return where it is.

    Raises UsageError when there is such a post already, as a file or a bundle; OutputError when the disk refuses.
    """
    file = root / draft.path
    twin = file.parent.with_suffix(".md") if file.name == "index.md" else file.with_suffix("") / "index.md"
    if there := next((path for path in (file, twin) if path.exists()), None):
        raise UsageError.of("is there already, and nothing was changed", path=str(there), hint="choose another title")
    write_new_file(file, draft.text.encode())
    return file
