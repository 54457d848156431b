"""What was measured, and the tables of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from sites import Kind

__all__ = ["Result", "Run", "markdown_of", "put_between_marks"]

_BEGIN: Final = "<!-- begin: made by benchmarks/compare.py -->\n"
_END: Final = "<!-- end -->\n"


@dataclass(frozen=True, slots=True)
class Run:
    """One build."""

    generator: str
    posts: int
    kind: Kind
    round: int
    """From 1."""
    seconds: float
    cpu: float
    """Seconds of processor time, user and system, of all processes."""
    memory: int
    """Bytes: the largest resident set of any process."""
    files: int
    """Number of published files."""
    pages: int
    """Number of published pages that show what was edited before this build."""


@dataclass(frozen=True, slots=True)
class Result:
    """All builds, and what they were made with."""

    cores: int
    python: str
    titles: Mapping[str, str]
    """What tables call each generator, in their order: with its version."""
    runs: Sequence[Run]

    def of(self, posts: int, generator: str, kind: Kind | None = None) -> list[Run]:
        """Return the runs of a generator with that many posts, of one kind or of all."""
        runs = (run for run in self.runs if (run.posts, run.generator) == (posts, generator))
        return [run for run in runs if kind in (None, run.kind)]

    @property
    def sizes(self) -> list[int]:
        """Numbers of posts, ascending."""
        return sorted({run.posts for run in self.runs})


def markdown_of(result: Result) -> str:
    """Return two tables per number of posts, of time and of processor time, and what else is to be said."""
    rounds = max(run.round for run in result.runs)
    parts = [
        f"Medians; {result.cores} processors, Python {result.python}, rounds: {rounds}. In brackets: how many times "
        "what sitegen took. Memory: the most that any one process had."
    ]
    for posts in result.sizes:
        parts += [f"{posts:,} posts, seconds:", _table(["", *Kind, "memory", "files"], _time_rows(result, posts))]
        parts += [f"{posts:,} posts, seconds of processor time:", _table(["", *Kind], _cpu_rows(result, posts))]
    return "\n\n".join([*parts, *_growth(result), *_cut_short(result), *_stale(result)]) + "\n"


def put_between_marks(file: Path, text: str) -> None:
    """Replace what stands between the two marks of a file. Raises ValueError when they are not there."""
    old = file.read_text(encoding="utf-8")
    before, begin, rest = old.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"{file} has no lines `{_BEGIN.strip()}` and, below it, `{_END.strip()}`")
    file.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---", *["---:"] * (len(head) - 1)], *rows])


def _time_rows(result: Result, posts: int) -> Iterator[list[str]]:
    for name, cells in _medians(result, posts, lambda run: run.seconds):
        runs = result.of(posts, name)
        yield [*cells, f"{max(run.memory for run in runs) / 1e6:,.0f} MB", f"{runs[0].files:,}"]


def _cpu_rows(result: Result, posts: int) -> Iterator[list[str]]:
    return (cells for _, cells in _medians(result, posts, lambda run: run.cpu))


def _medians(result: Result, posts: int, value: Callable[[Run], float]) -> Iterator[tuple[str, list[str]]]:
    """Yield each generator that made all kinds of builds, and its cells: name, then medians of a value."""
    ours: list[float] | None = None
    for name, title in result.titles.items():
        kinds = [result.of(posts, name, kind) for kind in Kind]
        if all(kinds):
            theirs = [median(map(value, runs)) for runs in kinds]
            cells = [_with_ratio(*pair) for pair in zip(theirs, ours, strict=True)] if ours else map(_number, theirs)
            ours = theirs if name == "sitegen" else ours
            yield name, [title, *cells]


def _with_ratio(theirs: float, ours: float) -> str:
    return f"{_number(theirs)} ({_number(theirs / ours)})"


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _growth(result: Result) -> Iterator[str]:
    """Yield how a cold build grows from the smallest number of posts to the largest."""
    small, large = result.sizes[0], result.sizes[-1]
    for name in result.titles:
        first, last = result.of(small, name, Kind.COLD), result.of(large, name, Kind.COLD)
        if large > small and first and last:
            ratio = median(run.seconds for run in last) / median(run.seconds for run in first)
            yield f"{name}: {large:,} posts took {_number(ratio)} times as long as {small:,}, cold."


def _cut_short(result: Result) -> Iterator[str]:
    """Yield the generators that have fewer rounds than others: they failed, or were too slow for more."""
    for posts in result.sizes:
        made = {name: max((run.round for run in result.of(posts, name)), default=0) for name in result.titles}
        for name, rounds in made.items():
            if rounds < max(made.values()):
                yield f"{name}, {posts:,} posts: {rounds} of {max(made.values())} rounds."


def _stale(result: Result) -> Iterator[str]:
    """Yield the builds after which no page showed what had been edited."""
    for run in result.runs:
        if run.pages == 0 and run.kind not in {Kind.COLD, Kind.UNCHANGED}:
            yield f"{run.generator}, {run.posts:,} posts, {run.kind}: no page shows the edit."
