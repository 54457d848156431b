"""Authors: those with a file, and what a byline means that names one."""

from collections.abc import Iterable, Iterator

from sitegen.errors import Finding
from sitegen.model import Author
from sitegen.reading.conversion import Documents, Text
from sitegen.reading.fields import AuthorFields, InlineAuthor, PostFields
from sitegen.reading.names import stem_of
from sitegen.reading.written import Written, same_names
from sitegen.records import dataclass
from sitegen.text import fold, nearest, slugify

__all__ = ["People", "bylines_of", "make_people", "texts_of_authors", "texts_of_bylines"]

_KEYS = ("authors", "author")


@dataclass(frozen=True, slots=True)
class People:
    """The authors who have a file."""

    authors: tuple[Author, ...]
    """By id."""

    def named(self, name: str) -> Author:
        """Return the author with this id or name, else one who has no more than the name.

        Raises ValueError with a hint when `name` is so near to an id or a name that it must be a slip.
        """
        for author in self.authors:
            if name == author.id or fold(name) == fold(author.name):
                return author
        known = [text for author in self.authors for text in (author.id, author.name)]
        meant = nearest(name, known) or next((author.id for author in self.authors if author.id == slugify(name)), None)
        if meant:
            raise ValueError(f"did you mean `{meant}`?")
        return Author(slugify(name), name)


def texts_of_authors(authors: Iterable[Written[AuthorFields]]) -> Iterator[Text]:
    """Yield the bios that stand in the files of authors."""
    return (Text(written.matter, written.text) for written in authors if written.text.size)


def make_people(authors: Iterable[Written[AuthorFields]], documents: Documents) -> tuple[People, tuple[Finding, ...]]:
    """Return all authors who have a file, and an error for each id or name that two of them have."""
    known = tuple(authors)
    people = tuple(_author(written, documents) for written in known)
    ids = ((author.id, written.source.place()) for author, written in zip(people, known, strict=True))
    names = ((fold(written.fields.name), written.source.place("name")) for written in known if written.fields.name)
    faults = (
        *same_names("id", ids, hint="the id of an author is the file's name: rename one of them"),
        *same_names("name", names, hint="posts name authors by it: tell the two apart"),
    )
    return People(tuple(sorted(people, key=lambda author: author.id))), faults


def _author(written: Written[AuthorFields], documents: Documents) -> Author:
    fields = written.fields
    return Author(
        id=stem_of(written.source.path),
        name=fields.name,
        bio=documents.get((written.source.path, ())),
        short=fields.short,
        role=fields.role,
        email=fields.email,
        url=fields.url,
        photo=fields.photo,
        same_as=fields.same_as,
        source=written.source,
    )


def texts_of_bylines(post: Written[PostFields]) -> Iterator[Text]:
    """Yield the bios of authors who are described in a post itself."""
    for number, author in enumerate(post.fields.authors):
        if isinstance(author, InlineAuthor) and author.bio:
            yield Text(post.matter, author.bio, (*post.path_of(number, *_KEYS), "bio"))


def bylines_of(
    post: Written[PostFields], people: People, default: tuple[Author, ...], documents: Documents
) -> tuple[tuple[Author, ...], tuple[Finding, ...]]:
    """Return the authors of a post, each once: those it names, else `default`. Slips in names are errors."""
    authors: dict[str, Author] = {}
    faults: list[Finding] = []
    for number, named in enumerate(post.fields.authors):
        try:
            author = people.named(named) if isinstance(named, str) else _described(named, post, number, documents)
        except ValueError as error:
            path = post.path_of(number, *_KEYS)
            faults.append(post.matter.finding(path, f"there is no author `{named}`", hint=str(error)))
        else:
            authors.setdefault(author.id, author)
    return (tuple(authors.values()) if post.fields.authors else default), tuple(faults)


def _described(named: InlineAuthor, post: Written[PostFields], number: int, documents: Documents) -> Author:
    bio = documents.get((post.source.path, (*post.path_of(number, *_KEYS), "bio")))
    return Author(
        id=slugify(named.name),
        name=named.name,
        bio=bio,
        email=named.email,
        url=named.url,
        photo=named.photo,
        described_in=post.source,
    )
