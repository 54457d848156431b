"""Tags, categories and authors: which posts belong together, under which name and URL."""

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from urllib.parse import unquote

from sitegen.errors import Finding, Place, Severity
from sitegen.model import Author, Post, Site, Source
from sitegen.planning.addresses import collision_key, fault_of, output_path
from sitegen.planning.permalinks import term_url
from sitegen.records import dataclass
from sitegen.text import fold, slugify

__all__ = ["Kind", "Taxonomies", "Term", "clashes", "plan_taxonomies"]


class Kind(enum.Enum):
    """What posts are grouped by."""

    CATEGORY = "category"
    TAG = "tag"
    AUTHOR = "author"

    # A member equals itself alone; `Enum` hashes its name, in Python, at each look into a mapping of kinds.
    __hash__ = object.__hash__


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
    def shown(self) -> str:
        """How messages name it."""
        return f'the {self.kind.value} "{self.name}"'

    @property
    def place(self) -> Place:
        """Where the term is written: in the author's own file, else in its oldest post."""
        if self.author and self.author.source:
            return self.author.source.place()
        return _place_in(self.posts[-1], self.kind)


@dataclass(frozen=True)
class Taxonomies:
    """All terms, by kind and by key: `text.fold` of a name, an author's id."""

    terms: Mapping[Kind, Mapping[str, Term]]

    def of(self, kind: Kind) -> tuple[Term, ...]:
        """Return the terms of a kind, sorted by name."""
        return self._sorted[kind]

    @cached_property
    def _sorted(self) -> Mapping[Kind, tuple[Term, ...]]:
        return {
            kind: tuple(sorted(terms.values(), key=lambda term: (fold(term.name), term.slug)))
            for kind, terms in self.terms.items()
        }

    def find(self, kind: Kind, key: str) -> Term | None:
        """Return the term with this key, if any listed post (or an author's file) made one."""
        return self.terms[kind].get(key)

    def __iter__(self) -> Iterator[Term]:
        return (term for kind in Kind for term in self.of(kind))


def plan_taxonomies(site: Site, patterns: Mapping[Kind, str]) -> tuple[Taxonomies, tuple[Finding, ...]]:
    """Group the listed posts by category, tag and author; `patterns` are the permalinks of each kind.

    Names that are equal in NFC and case fold are one term, spelled as in the oldest post, with a notice. Different
    terms with one address are an error that names all of them, and so is a term whose page can have no address.
    """
    posts = tuple(site.listed())
    findings: list[Finding] = []
    terms: dict[Kind, Mapping[str, Term]] = {
        Kind.CATEGORY: _named(Kind.CATEGORY, ((post, (post.category,)) for post in posts), patterns, findings),
        Kind.TAG: _named(Kind.TAG, ((post, post.tags) for post in posts), patterns, findings),
        Kind.AUTHOR: _authors(site, posts, patterns[Kind.AUTHOR]),
    }
    findings.extend(_faults_of_names(site.authors, posts))
    by_address = _by_address(terms)
    for terms_of_one in by_address:
        findings.extend(_faults_of_address(terms_of_one))
    return Taxonomies(_with_address(terms, by_address)), tuple(findings)


def clashes(terms: Taxonomies, later: Taxonomies) -> Iterator[Finding]:
    """Yield an error for each address that terms of the site would have to share with terms that come `later`."""
    both = {kind: {**later.terms[kind], **terms.terms[kind]} for kind in Kind}
    for group in _by_address(both):
        if len(group) > 1:
            yield _clash(group[0].url, ((term.shown, term.place) for term in group))


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
            key = fold(name)
            members.setdefault(key, []).append(post)
            # Posts come newest first, so the oldest post of a spelling is the last one seen.
            spellings = spelled.setdefault(key, {})
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


def _by_address(terms: Mapping[Kind, Mapping[str, Term]]) -> Collection[list[Term]]:
    """Return the terms in groups of those that would have one page."""
    groups: dict[str, list[Term]] = {}
    for term in (term for kind in Kind for term in terms[kind].values()):
        groups.setdefault(collision_key(output_path(term.url)), []).append(term)
    return groups.values()


def _faults_of_address(terms: list[Term]) -> Iterator[Finding]:
    if fault := fault_of(terms[0].url):
        what = f"{terms[0].shown} can have no page at {unquote(terms[0].url)}: {fault}"
        yield Finding(what, terms[0].place, hint="write its name in another way")
    elif len(terms) > 1:
        yield _clash(terms[0].url, ((term.shown, term.place) for term in terms))


def _with_address(
    terms: Mapping[Kind, Mapping[str, Term]], by_address: Iterable[list[Term]]
) -> Mapping[Kind, Mapping[str, Term]]:
    """Return one term per address: a clash is told once, and not again as a clash of files."""
    kept = {id(group[0]) for group in by_address if not fault_of(group[0].url)}
    return {kind: {key: term for key, term in terms[kind].items() if id(term) in kept} for kind in Kind}


def _faults_of_names(authors: Iterable[Author], posts: Iterable[Post]) -> Iterator[Finding]:
    """Yield an error for each id that differently named people have.

    `authors` are those with a file; `posts` are newest first.
    """
    named: dict[str, dict[str, tuple[str, Post | Source]]] = {}
    bylines: Iterator[tuple[Author, Post | Source]] = ((author, post) for post in posts for author in post.authors)
    written = ((author, author.source) for author in authors if author.source)
    for author, owner in chain(bylines, written):
        named.setdefault(author.id, {})[fold(author.name)] = (author.name, owner)
    for key, owners in sorted(named.items()):
        if len(owners) > 1:
            yield _clash(slugify(key), [(f'the author "{name}"', _byline(owner)) for name, owner in owners.values()])


def _byline(owner: Post | Source) -> Place:
    """Return where an author is named: in a post, or by a file of the author's own."""
    return _place_in(owner, Kind.AUTHOR) if isinstance(owner, Post) else owner.place()


def _clash(address: str, owners: Iterable[tuple[str, Place]]) -> Finding:
    (_, place), *_ = known = sorted(owners, key=lambda owner: (owner[1], owner[0]))
    what = f"{' and '.join(f'{name} ({place})' for name, place in known)} have one address, {unquote(address)}"
    return Finding(what, place, why="each needs a page of its own", hint="spell them alike, or rename one")


def _place_in(post: Post, kind: Kind) -> Place:
    """Return where a post names its terms of a kind."""
    places = [post.source.place(key) for key in _KEYS[kind]]
    return next((place for place in places if place.line), places[0])


_KEYS = {Kind.CATEGORY: ("category",), Kind.TAG: ("tags",), Kind.AUTHOR: ("author", "authors")}
