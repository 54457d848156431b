"""Where the time of a build goes: by phase, by text, by file."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from sitegen.report import Profile

__all__ = ["Stopwatch"]


@dataclass(slots=True)
class Stopwatch:
    """Takes the times of one build. Work within work counts once: for the inner one."""

    _started: float = field(default_factory=lambda: perf_counter())
    _phases: dict[str, float] = field(default_factory=dict)
    _texts: dict[str, float] = field(default_factory=dict)
    _files: dict[str, tuple[str, float]] = field(default_factory=dict)
    _inner: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """How long the build has taken so far."""
        return perf_counter() - self._started

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count what happens within as the phase `name`."""
        self._phases.setdefault(name, 0.0)
        started = perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            seconds = perf_counter() - started
            self._phases[name] += seconds - self._inner.pop()
            if self._inner:
                self._inner[-1] += seconds

    def converted(self, body: str, seconds: float) -> None:
        """Note how long it took to make the body with that digest."""
        self._texts[body] = seconds

    def rendered(self, output: str, template: str, seconds: float) -> None:
        """Note how long it took to render a file."""
        self._files[output] = (template, seconds)

    def profile(self, manuscripts: Mapping[str, Sequence[str]]) -> Profile:
        """Return all that was noted; `manuscripts` says, as in an edition, which post has which body."""
        texts = {path: self._texts[body] for path, (_, body) in manuscripts.items() if body in self._texts}
        templates: dict[str, list[float]] = {}
        for template, seconds in self._files.values():
            templates.setdefault(template, []).append(seconds)
        return Profile(
            phases=tuple(self._phases.items()),
            texts=_longest(texts),
            templates=tuple(
                (name, len(each), sum(each)) for name, each in sorted(templates.items(), key=lambda item: -sum(item[1]))
            ),
            files=_longest({output: seconds for output, (_, seconds) in self._files.items()}),
        )


def _longest(seconds: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(seconds.items(), key=lambda item: -item[1]))
