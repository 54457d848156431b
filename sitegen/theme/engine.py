"""The versions of sitegen that a theme is made for: `engine = ">=0.1, <1"`."""

import re
from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt

__all__ = ["engine_fault"]

_Release = tuple[int, ...]

_CLAUSE = re.compile(r"(>=|<=|==|>|<)\s*(\d+(?:\.\d+)*)")
_RELEASE = re.compile(r"\d+(?:\.\d+)*")
_COMPARE: Mapping[str, Callable[[_Release, _Release], bool]] = {">=": ge, "<=": le, "==": eq, ">": gt, "<": lt}


def engine_fault(wanted: str, version: str) -> tuple[str, str] | None:
    """Return why sitegen `version` is not in the range `wanted`, and what to do; None when it is, or none is given.

    Of a version only the release counts: 1.2.0.dev3 is 1.2.0.
    """
    if not wanted.strip():
        return None
    clauses = [_CLAUSE.fullmatch(part.strip()) for part in wanted.split(",")]
    if not all(clauses):
        return f"`engine` is no range of versions: {wanted!r}", 'write, for example: engine = ">=0.1, <1"'
    found = _RELEASE.match(version)
    here = _release(found[0] if found else "0")
    for clause in filter(None, clauses):
        sign, bound = clause[1], _release(clause[2])
        if not _COMPARE[sign](here, bound):
            what = f"this theme is made for sitegen {wanted.strip()}, and this is sitegen {version}"
            return what, _advice(wanted, is_too_old=here < bound or sign == ">")
    return None


def _advice(wanted: str, *, is_too_old: bool) -> str:
    wanted = ",".join(part.strip() for part in wanted.split(","))
    if is_too_old:
        return f'sitegen is too old for it: pip install "sitegen{wanted}"'
    return f'look for a newer version of the theme, or keep the older sitegen: pip install "sitegen{wanted}"'


def _release(text: str) -> _Release:
    """Return a version as numbers that compare: 1.0 and 1 are equal."""
    numbers = [int(number) for number in text.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
