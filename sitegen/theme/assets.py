"""Static files of a theme under names that change with their content, so that browsers may keep them for ever."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rcssmin import cssmin

from sitegen.errors import Finding, Place, TemplateError
from sitegen.store import digest_of
from sitegen.text import nearest
from sitegen.theme.files import ThemeFile

__all__ = ["StaticFile", "fingerprint"]

FOLDER = "assets"
"""Folder of the output in which they are published."""

_DIGITS = 8
# A comment is matched so that a reference inside one is passed over.
_REFERENCE = re.compile(r"""/\*.*?\*/|(@import\s*["'])|url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)""", re.DOTALL)
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

    Stylesheets are minified, and their relative references lead to the published names. Raises TemplateError with a
    finding for each reference to a file that does not exist.
    """
    press = _Press(files)
    published = {path: press.publish(path) for path in files}
    if press.faults:
        raise TemplateError(*press.faults)
    return published


@dataclass(slots=True)
class _Press:
    """Publishes files, those before that they refer to."""

    files: Mapping[str, ThemeFile]
    faults: list[Finding] = field(default_factory=list)
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
        text = self.files[path].text()
        rewritten = _REFERENCE.sub(lambda match: self._reference(match, path), text)
        return _minified(rewritten).encode()

    def _reference(self, match: re.Match[str], path: str) -> str:
        if match[0].startswith("/*"):
            return match[0]
        if match[1]:
            self._fault(match, path, "an @import without url()", "write @import url(...)")
            return match[0]
        written = next((group for group in match.groups() if group), "")
        if _ELSEWHERE.match(written):
            return match[0]
        name, mark, rest = re.fullmatch(r"([^?#]*)(\??)(.*)", written, re.DOTALL).groups()  # type: ignore[union-attr]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        if target not in self.files:
            near = nearest(target, self.files)
            self._fault(
                match, path, f"refers to {written}, which is not in static/", f"did you mean {near}?" * bool(near)
            )
            return match[0]
        if target in self._waiting:
            self._fault(match, path, f"refers to {written}, which refers back to it", "drop one of the references")
            return match[0]
        here = posixpath.dirname(posixpath.join(FOLDER, path))
        return f'url("{posixpath.relpath(self.publish(target).output, here)}{mark}{rest}")'

    def _fault(self, match: re.Match[str], path: str, what: str, hint: str) -> None:
        line = match.string.count("\n", 0, match.start()) + 1
        excerpt = match.string.split("\n")[line - 1]
        self.faults.append(Finding(what, Place(self.files[path].path, line), hint=hint, excerpt=excerpt))


def _minified(css: str) -> str:
    # rcssmin 1.3 takes the colon in a nested `.a :is(b)` for that of a declaration and glues the two together.
    return str(cssmin(_SELECTOR.sub(lambda selector: _DESCENDANT.sub(" *", selector[0]), css)))
