"""Converting only what no earlier build has converted."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

import sitegen
from sitegen.build.stopwatch import Stopwatch
from sitegen.cache import Cache
from sitegen.config import MarkupOptions
from sitegen.errors import SitegenError
from sitegen.freshness import library_versions
from sitegen.model import Document
from sitegen.reading import ConvertAll, convert_each, decode_document, encode_document
from sitegen.store import digest_of

__all__ = ["Conversion", "convert_remembered", "converter_key"]

_LIBRARIES = ("markdown", "pygments", "pymdown-extensions")
_MANY = 20
"""Texts that are worth opening the cache for."""
_BATCH = 500
"""Documents whose bytes are in memory at a time: 4 MB."""


def converter_key() -> str:
    """Return the digest of all that converts text: the code of sitegen, the libraries that it uses, and Python.

    A digest of content, so that caches may go from one machine to another. All of Python's version, because fixes of
    its `html.parser`, on which Markdown rests, have changed what texts become.
    """
    package = Path(sitegen.__file__).parent
    sources = sorted((path.relative_to(package).as_posix(), path) for path in package.rglob("*.py"))
    python = [sys.implementation.name, *map(str, sys.version_info)]
    libraries = [library_versions().get(library, "") for library in _LIBRARIES]
    return digest_of(*python, *libraries, *(part for name, path in sources for part in (name, path.read_bytes())))


def convert_remembered(folder: Path) -> ConvertAll:
    """Return a conversion that, when there are many texts, looks into the cache in `folder` first, and leaves there
    what it did not find."""
    engine = converter_key()

    def convert_all(texts: Sequence[str], options: MarkupOptions) -> Iterable[Document | SitegenError]:
        if len(texts) < _MANY:
            return convert_each(texts, options)
        with Cache.open(folder) as cache:
            return Conversion(cache, engine)(texts, options)

    return convert_all


class Conversion:
    """A `ConvertAll` that has `convert_all` convert, each once, the texts whose documents are not in `cache`.

    `engine` stands for all but text and options that a document depends on (`converter_key`). Errors are not kept: a
    text that took too long may be quicker on another day. A `watch` takes the time of each text.
    """

    def __init__(
        self, cache: Cache, engine: str, convert_all: ConvertAll = convert_each, watch: Stopwatch | None = None
    ) -> None:
        self._watch = watch
        self._cache = cache
        self._engine = engine
        self._convert_all = convert_all
        self.keys: dict[str, str] = {}
        """Under which key of the cache the document lies that has a body, by the body's digest."""

    def __call__(self, texts: Sequence[str], options: MarkupOptions) -> Iterable[Document | SitegenError]:
        """Return a document or an error for each text."""
        keys = [digest_of(self._engine, repr(options), text) for text in texts]
        known = self.recall(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        made = dict(zip(missing, self._convert(list(missing.values()), options), strict=True))
        documents = {key: result for key, result in made.items() if isinstance(result, Document)}
        _keep(self._cache, documents)
        self.keys.update((document.body.digest, key) for key, document in (known | documents).items())
        return [known[key] if key in known else made[key] for key in keys]

    def _convert(self, texts: Sequence[str], options: MarkupOptions) -> Iterable[Document | SitegenError]:
        if self._watch is None:
            return self._convert_all(texts, options)
        with self._watch.phase("converting"):
            if texts:
                list(self._convert_all([""], options))  # imports Markdown, which is not the first text's doing
            return [self._convert_timed(text, options, self._watch) for text in texts]

    def _convert_timed(self, text: str, options: MarkupOptions, watch: Stopwatch) -> Document | SitegenError:
        started = perf_counter()
        (result,) = self._convert_all([text], options)
        if isinstance(result, Document):
            watch.converted(result.body.digest, perf_counter() - started)
        return result

    def recall(self, keys: Sequence[str]) -> dict[str, Document]:
        """Return the documents that lie in the cache under `keys`."""
        return dict(_recall(self._cache, keys))


def _recall(cache: Cache, keys: Sequence[str]) -> Iterator[tuple[str, Document]]:
    for start in range(0, len(keys), _BATCH):
        for key, data in cache.get_many(keys[start : start + _BATCH]).items():
            try:
                yield key, decode_document(data)
            except ValueError:  # another sitegen with this key, which is a bug, costs no more than converting
                continue


def _keep(cache: Cache, documents: Mapping[str, Document]) -> None:
    keys = list(documents)
    for start in range(0, len(keys), _BATCH):
        cache.put_many({key: encode_document(documents[key]) for key in keys[start : start + _BATCH]})
