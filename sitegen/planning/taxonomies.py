"""Tags, categories and authors: which posts belong together, under which name and URL."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.errors import Finding, Place, Severity
from sitegen.model import Author, Post, Site
from sitegen.planning.addresses import fault_of
from sitegen.planning.permalinks import term_url
from sitegen.text import fold, slugify

__all__ = ["Kind", "Taxonomies", "Term", "plan_taxonomies"]


class Kind(enum.Enum):
    """What posts are grouped by."""

    CATEGORY = "category"
    TAG = "tag"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Term:
    """One tag, category or author with its posts."""

    kind: Kind
    name: str
    slug: str
    url: str
    posts: tuple[Post, ...]
    """Listed posts, newest first; empty only for an author who has a file and nothing listed."""
    author: Author | None = None
    """Of an author's term."""

    @property
    def place(self) -> Place:
        """Where the term is written: in the author's own file, else in its oldest post."""
        if self.author and self.author.source:
            return self.author.source.place()
        return _place_in(self.posts[-1], self.kind)


@dataclass(frozen=True, slots=True)
class Taxonomies:
    """All terms, by kind and by key: `text.fold` of a name, an author's id."""

    terms: Mapping[Kind, Mapping[str, Term]]

    def of(self, kind: Kind) -> tuple[Term, ...]:
        """Return the terms of a kind, sorted by name."""
        return tuple(sorted(self.terms[kind].values(), key=lambda term: (fold(term.name), term.slug)))

    def find(self, kind: Kind, key: str) -> Term | None:
        """Return the term with this key, if any listed post (or an author's file) made one."""
        return self.terms[kind].get(key)

    def __iter__(self) -> Iterator[Term]:
        return (term for kind in Kind for term in self.of(kind))


def plan_taxonomies(site: Site, patterns: Mapping[Kind, str]) -> tuple[Taxonomies, tuple[Finding, ...]]:
    """Group the listed posts by category, tag and author; `patterns` are the permalinks of each kind.

    Names that are equal in NFC and case fold are one term, spelled as in the oldest post, with a notice. Different
    terms with one slug are an error, and so is a term whose page can have no address; it is left out then, so that
    nothing else is said about it.
    """
    posts = tuple(site.listed())
    findings: list[Finding] = []
    terms: dict[Kind, Mapping[str, Term]] = {
        Kind.CATEGORY: _named(Kind.CATEGORY, ((post, (post.category,)) for post in posts), patterns, findings),
        Kind.TAG: _named(Kind.TAG, ((post, post.tags) for post in posts), patterns, findings),
        Kind.AUTHOR: _authors(site, posts, patterns[Kind.AUTHOR]),
    }
    for kind in (Kind.CATEGORY, Kind.TAG):
        findings.extend(_slug_faults(kind, terms[kind].values()))
        # One page for each address, so that a clash is told once and not again as a clash of files.
        owners = {term.slug: key for key, term in reversed(list(terms[kind].items()))}
        terms[kind] = {key: terms[kind][key] for key in owners.values()}
    findings.extend(_name_faults(posts))
    for kind in Kind:
        findings.extend(filter(None, map(_address_fault, terms[kind].values())))
        terms[kind] = {key: term for key, term in terms[kind].items() if not fault_of(term.url)}
    return Taxonomies(terms), tuple(findings)


def _named(
    kind: Kind,
    named_posts: Iterable[tuple[Post, tuple[str, ...]]],
    patterns: Mapping[Kind, str],
    findings: list[Finding],
) -> dict[str, Term]:
    members: dict[str, list[Post]] = {}
    spelled: dict[str, dict[str, Post]] = {}
    for post, names in named_posts:
        for name in names:
            members.setdefault(fold(name), []).append(post)
            # Posts come newest first, so the oldest post of a spelling is the last one seen.
            spellings = spelled.setdefault(fold(name), {})
            spellings.pop(name, None)
            spellings[name] = post
    terms = {}
    for key, group in members.items():
        *others, name = spelled[key]
        findings.extend(_merged(kind, other, name, spelled[key][other]) for other in sorted(others))
        slug = slugify(name)
        terms[key] = Term(kind, name, slug, term_url(name, slug, patterns[kind]), tuple(group))
    return terms


def _merged(kind: Kind, other: str, name: str, post: Post) -> Finding:
    return Finding(
        f'the {kind.value} "{other}" is "{name}" in an older post; both are one',
        _place_in(post, kind),
        hint=f'write "{name}" everywhere',
        severity=Severity.NOTICE,
    )


def _authors(site: Site, posts: tuple[Post, ...], pattern: str) -> dict[str, Term]:
    members: dict[str, list[Post]] = {author.id: [] for author in site.authors}
    known = {author.id: author for author in site.authors}
    for post in posts:
        for author in post.authors:
            members.setdefault(author.id, []).append(post)
            known.setdefault(author.id, author)
    return {
        key: Term(Kind.AUTHOR, known[key].name, slugify(key), term_url(known[key].name, slugify(key), pattern),
                  tuple(group), known[key])
        for key, group in members.items()
    }  # fmt: skip


def _slug_faults(kind: Kind, terms: Iterable[Term]) -> Iterator[Finding]:
    by_slug: dict[str, list[Term]] = {}
    for term in terms:
        by_slug.setdefault(term.slug, []).append(term)
    for slug, same in sorted(by_slug.items()):
        if len(same) > 1:
            oldest = min((term.posts[-1] for term in same), key=lambda post: (post.date, post.id))
            yield _clash(kind, slug, (term.name for term in same), _place_in(oldest, kind))


def _name_faults(posts: Iterable[Post]) -> Iterator[Finding]:
    """Yield an error for each author's id that bylines give to differently named people; `posts` are newest first."""
    named: dict[str, dict[str, str]] = {}
    oldest: dict[str, Post] = {}
    for post in posts:
        for author in post.authors:
            named.setdefault(author.id, {})[fold(author.name)] = author.name
            oldest[author.id] = post
    for key, names in sorted(named.items()):
        if len(names) > 1:
            yield _clash(Kind.AUTHOR, slugify(key), names.values(), _place_in(oldest[key], Kind.AUTHOR))


def _clash(kind: Kind, slug: str, names: Iterable[str], place: Place) -> Finding:
    quoted = " and ".join(sorted(f'"{name}"' for name in names))
    what = f'the {_PLURAL[kind]} {quoted} have one address, "{slug}"'
    return Finding(what, place, why="each needs a page of its own", hint="spell them alike, or rename one")


def _address_fault(term: Term) -> Finding | None:
    fault = fault_of(term.url)
    what = f'the {term.kind.value} "{term.name}" can have no page at {term.url}: {fault}'
    return Finding(what, term.place, hint="write its name in another way") if fault else None


def _place_in(post: Post, kind: Kind) -> Place:
    """Return where a post names its terms of a kind."""
    places = [post.source.place(key) for key in _KEYS[kind]]
    return next((place for place in places if place.line), places[0])


_KEYS = {Kind.CATEGORY: ("category",), Kind.TAG: ("tags",), Kind.AUTHOR: ("author", "authors")}
_PLURAL = {Kind.CATEGORY: "categories", Kind.TAG: "tags", Kind.AUTHOR: "authors"}
