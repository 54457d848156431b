"""Promotional blocks: those with a file, those running now, and those that a post names."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sitegen.config.toml import KeyPath
from sitegen.config.values import suggestion
from sitegen.errors import Finding, Severity
from sitegen.model import Document, Promo
from sitegen.reading.conversion import Documents, Text
from sitegen.reading.fields import InlinePromo, PostFields, PromoFields
from sitegen.reading.names import stem_of
from sitegen.reading.selection import Selection
from sitegen.reading.written import Written, missing_alt, same_names
from sitegen.records import dataclass

__all__ = ["Promos", "make_promos", "promos_of", "texts_of_inline_promos", "texts_of_promos"]

_KEYS = ("promos", "promo")


@dataclass(frozen=True, slots=True)
class Promos:
    """The promotional blocks that have a file."""

    running: tuple[Promo, ...]
    """Highest weight first, then by id."""
    ids: frozenset[str]
    """Of all of them, running or not, readable or not."""


def texts_of_promos(promos: Iterable[Written[PromoFields]]) -> Iterator[Text]:
    """Yield the texts that stand in the files of promos."""
    return (Text(written.matter, written.text) for written in promos)


def make_promos(
    promos: Iterable[Written[PromoFields]], ids: Iterable[str], documents: Documents, selection: Selection
) -> tuple[Promos, tuple[Finding, ...]]:
    """Return the promos that run now, beside the `ids` of all, readable or not; two with one id are an error."""
    known = {written.source.path: written for written in promos}
    named = ((stem_of(path), written.source.place()) for path, written in known.items())
    findings = [*same_names("id", named, hint="the id of a promo is the file's name: rename one of them")]
    running: list[Promo] = []
    for written in known.values():
        findings.extend(missing_alt(written, written.fields.image, "image"))
        body = documents.get((written.source.path, ()))
        if body and selection.is_running(written.fields.starts, written.fields.ends):
            running.append(_promo(written, body))
    running.sort(key=lambda promo: (-promo.weight, promo.id))
    return Promos(tuple(running), frozenset(ids)), tuple(findings)


def _promo(written: Written[PromoFields], body: Document) -> Promo:
    fields = written.fields
    return Promo(
        id=stem_of(written.source.path),
        title=fields.title,
        body=body,
        url=fields.url,
        label=fields.label,
        image=fields.image,
        weight=fields.weight,
        default=fields.default,
        match=fields.match,
        source=written.source,
    )


def texts_of_inline_promos(post: Written[PostFields]) -> Iterator[Text]:
    """Yield the texts of promos that are written out in a post itself."""
    for number, promo in enumerate(post.fields.promos or ()):
        if isinstance(promo, InlinePromo):
            yield Text(post.matter, promo.body, (*post.path_of(number, *_KEYS), "body"))


def promos_of(
    post: Written[PostFields], post_id: str, promos: Promos, documents: Documents
) -> tuple[tuple[Promo, ...] | None, tuple[Finding, ...]]:
    """Return the promos that a post names and that run now, each once; None if it leaves the choice to the site.

    An unknown name is an error, one that does not run now a notice.
    """
    if post.fields.promos is None:
        return None, ()
    found: dict[str, Promo] = {}
    findings: list[Finding] = []
    running = {promo.id: promo for promo in promos.running}
    for number, named in enumerate(post.fields.promos):
        path = post.path_of(number, *_KEYS)
        if isinstance(named, InlinePromo):
            findings.extend(missing_alt(post, named.image, *path, "image"))
            if body := documents.get((post.source.path, (*path, "body"))):
                name = f"{post_id}#promo-{number + 1}"
                found[name] = Promo(name, named.title, body, named.url, named.label, named.image)
        elif named in running:
            found.setdefault(named, running[named])
        else:
            findings.append(_absent(post, path, named, promos))
    return tuple(found.values()), tuple(findings)


def _absent(post: Written[PostFields], path: KeyPath, name: str, promos: Promos) -> Finding:
    if name in promos.ids:
        notice = post.matter.finding(path, f"the promo `{name}` does not run now, so it is left out")
        return replace(notice, severity=Severity.NOTICE)
    hint = suggestion(name, promos.ids) or "promos are files in content/promos/, and `none` means none"
    return post.matter.finding(path, f"there is no promo `{name}`", hint=hint)
