"""Converting only what no earlier build has converted."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from threading import local
from time import perf_counter

import sitegen
from sitegen.build.pool import ConvertEncoded, convert_encoded, convert_over, processors
from sitegen.build.scratch import Scratch
from sitegen.build.stopwatch import Stopwatch
from sitegen.cache import Cache
from sitegen.config import MarkupOptions
from sitegen.errors import SitegenError
from sitegen.freshness import library_versions
from sitegen.model import Document
from sitegen.reading import (
    ConvertAll,
    LoadDocument,
    Markdown,
    convert_each,
    convert_one,
    decode_document,
    digest_of_markdown,
)
from sitegen.store import digest_of

__all__ = ["Conversion", "convert_remembered", "converter_key", "load_remembered"]

_Result = Document | SitegenError
_LIBRARIES = ("markdown", "pygments", "pymdown-extensions")
_MANY = 4
"""Texts that are worth opening the cache for: as long as there is no new one, Markdown need not be imported."""
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
    """Return a conversion for any thread.

    When there are many texts, it looks into the cache in `folder` first, and leaves there what it did not find; that is
    converted over all processors if it is much.
    """
    engine, convert = cache(converter_key), convert_over(processors(), afresh=True)

    def convert_all(texts: Sequence[Markdown], options: MarkupOptions) -> Iterable[Document | SitegenError]:
        if len(texts) < _MANY:
            return convert_each(texts, options)
        with Cache.open(folder) as kept:
            return Conversion(kept, engine(), convert)(texts, options)

    return convert_all


def load_remembered(folder: Path) -> LoadDocument:
    """Return what has the document of one text from the cache in `folder`, else converts the text.

    For any threads; each has a connection of its own to the cache for as long as it lives.
    """
    engine, of_thread = cache(converter_key), local()

    def load(text: Markdown, options: MarkupOptions) -> Document:
        if not hasattr(of_thread, "conversion"):
            of_thread.conversion = Conversion(Cache.open(folder), engine())
        (key,) = of_thread.conversion.keys_of([text], options)
        return of_thread.conversion.recall([key]).get(key) or convert_one(text, options)

    return load


class Conversion:
    """A `ConvertAll` that has `convert_all` convert, each once, the texts whose documents are not in `cache`.

    `engine` stands for all but text and options that a document depends on (`converter_key`). Errors are not kept: a
    text that took too long may be quicker on another day. What documents are made of lies in `scratch` until it is
    shown. A `watch` takes the time of each text.
    """

    def __init__(
        self,
        cache: Cache,
        engine: str,
        convert_all: ConvertEncoded = convert_encoded,
        watch: Stopwatch | None = None,
        scratch: Scratch | None = None,
    ) -> None:
        self._watch = watch
        self._cache = cache
        self._engine = engine
        self._convert_all = convert_all
        self._scratch = scratch or Scratch(None)
        self.keys: dict[str, str] = {}
        """Under which key of the cache the document lies that has a body, by the body's digest."""

    def __call__(self, texts: Sequence[Markdown], options: MarkupOptions) -> Iterable[_Result]:
        """Return a document or an error for each text."""
        keys = self.keys_of(texts, options)
        results: dict[str, _Result] = {**self.recall(keys)}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in results}
        results.update(self._make(missing, options))
        self.keys.update((result.body.digest, key) for key, result in results.items() if isinstance(result, Document))
        return [results[key] for key in keys]

    def keys_of(self, texts: Sequence[Markdown], options: MarkupOptions) -> list[str]:
        """Return the keys under which the documents of these texts lie in the cache."""
        engine = digest_of(self._engine, repr(options))
        return [digest_of(engine, digest_of_markdown(text)) for text in texts]

    def _make(self, missing: Mapping[str, Markdown], options: MarkupOptions) -> Iterator[tuple[str, _Result]]:
        """Yield what becomes of the texts, by their keys, a batch of documents in the cache before the next is made."""
        results = zip(missing, self._convert(list(missing.values()), options), strict=True)
        while batch := dict(islice(results, _BATCH)):
            self._cache.put_many({key: result for key, result in batch.items() if isinstance(result, bytes)})
            for key, result in batch.items():
                yield key, decode_document(result, self._scratch.keep) if isinstance(result, bytes) else result

    def _convert(self, texts: Sequence[Markdown], options: MarkupOptions) -> Iterable[bytes | SitegenError]:
        if self._watch is None:
            return self._convert_all(texts, options)
        with self._watch.phase("converting"):
            if texts:
                list(self._convert_all([""], options))  # imports Markdown, which is not the first text's doing
            return [self._convert_timed(text, options, self._watch) for text in texts]

    def _convert_timed(self, text: Markdown, options: MarkupOptions, watch: Stopwatch) -> bytes | SitegenError:
        started = perf_counter()
        (result,) = self._convert_all([text], options)
        seconds = perf_counter() - started
        if isinstance(result, bytes):
            watch.converted(decode_document(result).body.digest, seconds)
        return result

    def recall(self, keys: Sequence[str]) -> dict[str, Document]:
        """Return the documents that lie in the cache under `keys`."""
        return dict(self._recall(keys))

    def _recall(self, keys: Sequence[str]) -> Iterator[tuple[str, Document]]:
        for start in range(0, len(keys), _BATCH):
            for key, data in self._cache.get_many(keys[start : start + _BATCH]).items():
                try:
                    yield key, decode_document(data, self._scratch.keep)
                except ValueError:  # another sitegen with this key, which is a bug, costs no more than converting
                    continue
