"""Static files of a theme under names that change with their content, so that browsers may keep them for ever."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import field

from rcssmin import cssmin

from sitegen.errors import Finding, Place, TemplateError
from sitegen.records import dataclass
from sitegen.store import digest_of
from sitegen.text import nearest
from sitegen.theme.files import ThemeFile

__all__ = ["StaticFile", "fingerprint"]

FOLDER = "assets"
"""Folder of the output in which they are published."""

_DIGITS = 8
# A comment is matched so that a reference inside one is passed over.
_REFERENCE = re.compile(
    r"""/\*.*?\*/"""
    r"""|@import\s+(?P<imported>url\([^)]*\))\s*(?P<how>[^;]*);"""
    r"""|(?P<bare>@import\s*["'])"""
    r"""|url\(\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>[^)"'\s]*))\s*\)""",
    re.DOTALL,
)
_INSIDE_URL = re.compile(r"""url\(\s*["']?([^"']*?)["']?\s*\)""")
_LAYER = re.compile(r"layer\(\s*([\w.-]+)\s*\)")
_SELECTOR = re.compile(r"(?<=[;{}])[^@;{}]+(?=\{)")
_DESCENDANT = re.compile(r"(?<=[\w\])])\s+(?=:)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that is published with the theme."""

    output: str
    """Path below the output folder: `assets/theme.3f2a1b9c.css`."""
    data: bytes
    digest: str
    """`digest_of(data)`."""


def fingerprint(files: Mapping[str, ThemeFile]) -> dict[str, StaticFile]:
    """Return the files of static/ as they are published, by path below static/.

    Stylesheets are minified, and their relative references lead to the published names. What a stylesheet imports
    takes the place of the `@import`, so that browsers ask for one file, and is not published by itself. Raises
    TemplateError with a finding for each reference to a file that does not exist.
    """
    press = _Press(files)
    published = {path: press.publish(path) for path in files}
    if press.faults:
        raise TemplateError(*press.faults)
    return {path: file for path, file in published.items() if path not in press.imported}


@dataclass(slots=True)
class _Press:
    """Publishes files, those before that they refer to."""

    files: Mapping[str, ThemeFile]
    faults: list[Finding] = field(default_factory=list)
    imported: set[str] = field(default_factory=set)
    """Paths of the files that stylesheets took in."""
    _done: dict[str, StaticFile] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)

    def publish(self, path: str) -> StaticFile:
        if path not in self._done:
            self._waiting.append(path)
            data = self._stylesheet(path) if path.endswith(".css") else self.files[path].data
            self._waiting.pop()
            digest = digest_of(data)
            stem, suffix = posixpath.splitext(path)
            self._done[path] = StaticFile(f"{FOLDER}/{stem}.{digest[:_DIGITS]}{suffix}", data, digest)
        return self._done[path]

    def _stylesheet(self, path: str) -> bytes:
        return _minified(self._with_references(path, posixpath.dirname(posixpath.join(FOLDER, path)))).encode()

    def _with_references(self, path: str, here: str) -> str:
        """Return a stylesheet with what it imports, its references leading from `here`, a folder of the output."""
        return _REFERENCE.sub(lambda match: self._replaced(match, path, here), self.files[path].text())

    def _replaced(self, match: re.Match[str], path: str, here: str) -> str:
        if match["bare"]:
            self._fault(match, path, "an @import without url()", "write @import url(...)")
        written = self._written(match)
        if match[0].startswith("/*") or match["bare"] or _ELSEWHERE.match(written):
            return match[0]
        name, mark, rest = re.fullmatch(r"([^?#]*)(\??)(.*)", written, re.DOTALL).groups()  # type: ignore[union-attr]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        if target not in self.files:
            near = nearest(target, self.files)
            hint = f"did you mean {near}?" if near else ""
            self._fault(match, path, f"refers to {written}, which is not in static/", hint)
        elif target in self._waiting:
            self._fault(match, path, f"refers to {written}, which refers back to it", "drop one of the references")
        elif match["imported"]:
            return self._imported(match, path, target, here)
        else:
            return f'url("{posixpath.relpath(self.publish(target).output, here)}{mark}{rest}")'
        return match[0]

    @staticmethod
    def _written(match: re.Match[str]) -> str:
        """Return the address between the parentheses of a reference."""
        inside = _INSIDE_URL.fullmatch(match["imported"] or "")
        return inside[1] if inside else match["double"] or match["single"] or match["plain"] or ""

    def _imported(self, match: re.Match[str], path: str, target: str, here: str) -> str:
        """Return what stands in place of an `@import` of the file `target`: its text, in the layer that is named."""
        layer = _LAYER.fullmatch(match["how"].strip())
        if match["how"].strip() and not layer:
            what = f"an @import with {match['how'].strip()!r}"
            self._fault(match, path, what, "write @import url(...), and nothing behind it but layer(NAME)")
        self.imported.add(target)
        self._waiting.append(target)
        text = self._with_references(target, here)
        self._waiting.pop()
        return f"@layer {layer[1]} {{\n{text}}}" if layer else text

    def _fault(self, match: re.Match[str], path: str, what: str, hint: str) -> None:
        line = match.string.count("\n", 0, match.start()) + 1
        excerpt = match.string.split("\n")[line - 1]
        self.faults.append(Finding(what, Place(self.files[path].path, line), hint=hint, excerpt=excerpt))


def _minified(css: str) -> str:
    # rcssmin 1.3 takes the colon in a nested `.a :is(b)` for that of a declaration and glues the two together.
    return str(cssmin(_SELECTOR.sub(lambda selector: _DESCENDANT.sub(" *", selector[0]), css)))
