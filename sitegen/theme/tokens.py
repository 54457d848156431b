"""Tokens: the custom properties of a skin, of files `static/tokens.css`, and of a site's `theme_options.tokens`.

They are gathered as CSS cascades (what comes later wins; what is said for all schemes replaces what was said for one)
and published as one short stylesheet, `tokens.css`, which a theme's own stylesheet takes in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from sitegen.errors import Finding, Place, TemplateError
from sitegen.records import dataclass
from sitegen.text import nearest
from sitegen.theme.files import ThemeFile

__all__ = ["ALL", "DARK", "Token", "css_of", "read_token_file", "settle", "token_fault"]

ALL = ""
"""The condition that always holds."""
DARK = "(prefers-color-scheme: dark)"
"""The condition of the dark scheme."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PIECE = re.compile(r"""((?:"[^"]*"|'[^']*'|\([^()]*(?:\([^()]*\)[^()]*)*\)|[^{};"'(])*)([{};]|\Z)""")
_NAME = re.compile(r"--[a-z0-9_-]+|color-scheme", re.IGNORECASE)
_VALUE = re.compile(r"""(?:"[^"<>\\]*"|'[^'<>\\]*'|[^{};<>\\"'])+""")
_GRAMMAR = "a file of tokens holds `:root { --name: value; }`, and the same within `@media`; other rules go elsewhere"


@dataclass(frozen=True, slots=True)
class Token:
    """One declaration."""

    name: str
    """`accent` for `--accent`; `color-scheme` is one too."""
    value: str
    condition: str
    """Of the `@media` around it; empty for always."""
    place: Place
    excerpt: str = ""

    def fault(self, what: str, *, why: str = "", hint: str = "") -> Finding:
        """Return an error about it."""
        return Finding(what, self.place, why, hint, self.excerpt)


def read_token_file(file: ThemeFile) -> list[Token]:
    """Return the tokens of a stylesheet that holds nothing else. Raises TemplateError with what does not belong."""
    text = file.text()
    blank = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    lines, tokens, around = text.split("\n"), [], list[str]()
    for match in _PIECE.finditer(blank):
        piece, mark = " ".join(match[1].split()), match[2]
        line = blank.count("\n", 0, match.end(1) - len(match[1].lstrip())) + 1
        place, excerpt = Place(file.path, line), lines[line - 1]
        if mark == "{" and _opens(piece, around):
            around.append(piece)
        elif mark != "{" and (not piece or (around[-1:] == [":root"] and ":" in piece)):
            tokens += [_token(piece, around, place, excerpt)] if piece else []
            if mark == "}":
                around = around[:-1]
        else:
            raise TemplateError(Finding("this is no token", place, hint=_GRAMMAR, excerpt=excerpt))
    return tokens


def _opens(piece: str, around: list[str]) -> bool:
    return (piece == ":root" and ":root" not in around) or (piece.startswith("@media ") and not around)


def _token(piece: str, around: list[str], place: Place, excerpt: str) -> Token:
    name, _, value = piece.partition(":")
    condition = around[0].removeprefix("@media ") if len(around) > 1 else ALL
    token = Token(name.strip().removeprefix("--"), value.strip(), condition, place, excerpt)
    if fault := token_fault(name.strip(), token.value):
        raise TemplateError(token.fault(fault, hint=_GRAMMAR))
    return token


def token_fault(name: str, value: str) -> str:
    """Return what is wrong with `--name: value`, or nothing."""
    if not _NAME.fullmatch(name):
        return f"{name} is no token: their names start with --"
    return "" if _VALUE.fullmatch(value) else f"{name} has no value that a stylesheet can hold"


def settle(sources: Iterable[Iterable[Token]]) -> dict[tuple[str, str], Token]:
    """Return the tokens that hold, by condition and name, when each source stands behind the one before it.

    Raises TemplateError for a token of a later source whose name is one letter away from one that is known.
    """
    settled: dict[tuple[str, str], Token] = {}
    faults: list[Finding] = []
    for tokens in sources:
        known = {name for _, name in settled}
        for token in tokens:
            near = nearest(token.name, known) if token.name not in known else None
            if near:
                faults.append(token.fault(f"the theme has no token --{token.name}", hint=f"did you mean --{near}?"))
            if token.condition == ALL:
                settled = {key: value for key, value in settled.items() if key[1] != token.name}
            settled[token.condition, token.name] = token
    if faults:
        raise TemplateError(*faults)
    return settled


def css_of(settled: Mapping[tuple[str, str], Token]) -> str:
    """Return the tokens as a stylesheet."""
    conditions = dict.fromkeys(condition for condition, _ in settled)
    return "\n".join(_block(condition, settled) for condition in sorted(conditions, key=bool)) + "\n"


def _block(condition: str, settled: Mapping[tuple[str, str], Token]) -> str:
    body = "; ".join(_declarations(condition, settled))
    return f"@media {condition} {{ :root {{ {body} }} }}" if condition else f":root {{ {body} }}"


def _declarations(condition: str, settled: Mapping[tuple[str, str], Token]) -> Iterator[str]:
    for (where, name), token in settled.items():
        if where == condition:
            yield f"{name if name == 'color-scheme' else f'--{name}'}: {token.value}"
