"""Tags, categories and authors: which posts belong together, under which name and URL."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.errors import Finding, Severity
from sitegen.model import Author, Post, Site
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
    terms with one slug are an error each.
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
        post.source.place("tags" if kind is Kind.TAG else "category"),
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
            names = " and ".join(sorted(f'"{term.name}"' for term in same))
            oldest = min((term.posts[-1] for term in same), key=lambda post: (post.date, post.id))
            yield Finding(
                f'the {_PLURAL[kind]} {names} have one address, "{slug}"',
                oldest.source.place("tags" if kind is Kind.TAG else "category"),
                why="each needs a page of its own",
                hint="spell them alike, or rename one",
            )


_PLURAL = {Kind.CATEGORY: "categories", Kind.TAG: "tags", Kind.AUTHOR: "authors"}
