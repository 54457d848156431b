"""Writes newspaper prose without meaning: same key, same words, on every machine and every Python.

The words come from a grammar: a symbol in braces stands for any of its lines, which may hold symbols again.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate
from typing import Final

__all__ = ["Prose", "Stream"]

_MASK: Final = (1 << 64) - 1
_SYMBOL: Final = re.compile(r"\{(\w+)\}")

_GRAMMAR: Final = {
    "title": """The {adjective} {thing} of {place}
        How {place} lost its {thing}
        Who pays for the {adjective} {thing}?
        A {thing} for every {person}
        {name} and the {adjective} {thing}
        What the {person} told the {person}
        Why the {thing} can't wait
        {number} things nobody says about the {thing}
        The {person} who would not {act} the {thing}
        {place} votes to {act} its {thing}
        Letter from {place}: a {adjective} {thing}
        No {thing} without a {adjective} {thing}
        In praise of the {adjective} {person}
        Should the {person} {act} the {thing}?""",
    "heading": """What the {person} saw
        A {adjective} {thing}
        Before the {thing}
        The {thing} and the {thing}
        {number} {adjective} questions
        Who will {act} it?
        Meanwhile in {place}
        The {person}'s answer""",
    "sentence": """The {person} of {place} had {number} days to {act} the {thing}, and took one.
        Nobody at the {thing} {lately} believed that a {person} could {act} it.
        "We never asked for a {adjective} {thing}," said {name}, "and now we can't {act} it."
        It was {name}, the {adjective} {person}, who first proposed to {act} the {thing}.
        Between the {thing} and the {thing} lies {place} -- {adjective}, and {lately} forgotten.
        That the {thing} is {adjective} surprises only the {person}.
        Some {number} hundred people live off the {thing}; the others {act} it.
        For a {thing} this {adjective}, the town would {act} almost anything...
        {name} doesn't {act} the {thing} any more.
        If the {person} won't {act} it, the {person} of {place} will.
        The {thing} cost {number} million, {number} times as much as the {adjective} one before it.
        They met by the {thing}, spoke of the {adjective} {thing}, and {lately} agreed.
        "Is it {adjective}?" the {person} asked, and left {place} without an answer.
        A {adjective} {thing} needs a {adjective} {person}; {place} has {number}.
        Ask any {person} about the {thing} and you'll hear the same {adjective} story.
        In the end the {person} chose to {act} the {thing} and to let the {thing} be.
        The report, {number} hundred pages long, calls the {thing} "{adjective}" and the {person} "{adjective}".
        Since then the {thing} has {lately} been the {person}'s business.""",
    "short": """{name} disagrees.
        The {thing} stayed {adjective}.
        It wasn't the first {thing} of its kind.
        So the {person} waited.""",
    "summary": """The {thing} of {place} is {adjective}, says the {person}, and {name} knows why.
        A {person}, a {thing} and {number} {adjective} years: the story of {place}.
        How a {adjective} {person} came to {act} the {thing}.""",
    "curly": """“It’s a {adjective} {thing} — nothing more,” said Zoë Brückner of Łódź.
        Señora Muñoz’s {thing}, “the {adjective} one”, stands in Århus – still {adjective}.""",
    "caption": """The {thing} of {place} before the {person} came
        A {adjective} {person} with a {thing}
        {name} beside the {thing}""",
    "code": """ferry.csv
        =SUM(C4:C19)
        Ref. 2014/77-b
        #harbour
        Ctrl+P""",
    "address": """https://example.org/council/minutes
        https://example.com/timetable
        https://example.net/archive/1931
        https://example.org/orchard#prices""",
    "thing": """harbour ferry vineyard library bakery bridge school tramway lighthouse market hospital theatre
        quarry river cinema brewery budget festival railway mill chapel printworks timetable meadow tower
        reservoir canal museum ballot newspaper statue swimming-pool greenhouse bandstand signal-box""",
    "person": """mayor baker teacher councillor ferryman surgeon gardener printer farmer postman widow bricklayer
        judge fisherman cellist plumber beekeeper translator nurse caretaker reporter cyclist locksmith""",
    "name": """Agnes Bartholomew Clara Desmond Edith Ferdinand Greta Horace Isolde Jasper Käthe Leopold Maud
        Nils Odile Percival René Sibyl Tadeusz Ursula""",
    "place": """Saltmarsh Eastwick Hollowford Kettering-on-Sea Marlbridge Thornholm Wexcombe Ashby
        Dunmere Northhaven Quillby Rookley""",
    "adjective": """quiet crooked generous wooden forgotten narrow brave damp costly handsome yellow patient
        crowded famous rusty modest public northern sleepless borrowed stubborn temporary graceful noisy""",
    "act": """repair sell paint defend close visit measure rename rebuild borrow praise insure photograph
        inherit flood reopen move count abandon restore""",
    "lately": "seldom rarely openly quietly often gladly usually secretly proudly barely",
    "number": "two three four five six seven eight nine eleven twelve",
}
_SENTENCES: Final = {"title", "heading", "sentence", "short", "summary", "curly", "caption"}
_PHRASES: Final = _SENTENCES | {"code", "address"}


def _lines(symbol: str, text: str) -> tuple[str, ...]:
    if symbol in _PHRASES:
        return tuple(line.strip() for line in text.splitlines())
    return tuple(text.split())


_LINES: Final = {symbol: _lines(symbol, text) for symbol, text in _GRAMMAR.items()}


class Stream:
    """Numbers from SplitMix64 (Steele, Lea and Flood, 2014), begun at a key."""

    def __init__(self, *key: str | int) -> None:
        self._state = int.from_bytes(sha256(repr(key).encode()).digest()[:8], "big")

    def below(self, limit: int) -> int:
        """Return a number from 0 to `limit` - 1."""
        self._state = state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ state >> 27) * 0x94D049BB133111EB) & _MASK
        return (state ^ state >> 31) % limit

    def between(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`."""
        return low + self.below(high - low + 1)

    def one_in(self, chances: int) -> bool:
        """Return True once in `chances`."""
        return self.below(chances) == 0

    def pick(self, choices: Sequence[str]) -> str:
        """Return any of `choices`, each as often."""
        return choices[self.below(len(choices))]

    def pick_zipf(self, choices: Sequence[str]) -> str:
        """Return any of `choices`, the n-th with a weight of 1/n (Zipf's law, exponent 1)."""
        weights = list(accumulate(100_000 // rank for rank in range(1, len(choices) + 1)))
        return choices[bisect(weights, self.below(weights[-1]))]


class Prose:
    """Text in Markdown, drawn from one stream. Quotation marks and dashes are straight, for a typographer to curl."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    def line(self, symbol: str) -> str:
        """Return a line of the grammar with its symbols filled in: `title`, `summary`, `curly`."""
        words = _SYMBOL.sub(lambda match: self.line(match[1]), self.stream.pick(_LINES[symbol]))
        return words[0].upper() + words[1:] if symbol in _SENTENCES else words

    def sentence(self) -> str:
        """Return a sentence; in one of four a word is strong, emphasised, a link or followed by code."""
        sentence = self.line("short" if self.stream.one_in(6) else "sentence")
        return self._marked(sentence) if self.stream.one_in(4) else sentence

    def _marked(self, sentence: str) -> str:
        words = sentence.split(" ")
        index = self.stream.below(len(words))
        if words[index].isalpha():
            marks = ("**{}**", "*{}*", f"[{{}}]({self.line('address')})", f"{{}} (`{self.line('code')}`)")
            words[index] = self.stream.pick(marks).format(words[index])
        return " ".join(words)

    def paragraph(self) -> str:
        """Return three to six sentences."""
        return " ".join(self.sentence() for _ in range(self.stream.between(3, 6)))

    def section(self) -> str:
        """Return a heading, and below it paragraphs with, sometimes, a list, a quotation or a heading between."""
        blocks = [f"## {self.line('heading')}", self.paragraph()]
        extra = self.stream.below(8)
        if extra < 3:
            blocks.append(self.bullets())
        elif extra == 3:
            blocks.append("\n".join(f"> {self.sentence()}" for _ in range(self.stream.between(1, 3))))
        elif extra == 4:
            blocks.append(f"### {self.line('heading')}")
        return "\n\n".join([*blocks, self.paragraph()])

    def bullets(self) -> str:
        """Return a list of three to six sentences, numbered or not."""
        numbered = self.stream.one_in(3)
        count = self.stream.between(3, 6)
        return "\n".join(f"{f'{n}.' if numbered else '-'} {self.sentence()}" for n in range(1, count + 1))

    def table(self) -> str:
        """Return a table of three columns and four to eight rows."""
        rows = ["| Subject | State | Cost |", "| --- | --- | ---: |"]
        for _ in range(self.stream.between(4, 8)):
            cost = f"{self.stream.between(10, 99)},{self.stream.below(10)}00"
            rows.append(f"| {self.line('thing')} | {self.line('adjective')} | {cost} |")
        return "\n".join(rows)

    def body(self, words: int, images: Sequence[str] = ()) -> str:
        """Return the text of a post of about `words` words.

        One in 10 has a table, one in 5 one of `images`, one in 10 a footnote, one in 4 letters and quotation marks that
        are not ASCII.
        """
        blocks = [self.paragraph()]
        if images and self.stream.one_in(5):
            blocks.append(f"![{self.line('caption')}]({self.stream.pick(images)})")
        if self.stream.one_in(4):
            blocks.append(self.line("curly"))
        if self.stream.one_in(10):
            blocks.append(self.table())
        while sum(block.count(" ") for block in blocks) < words:
            blocks.append(self.section())
        if self.stream.one_in(10):
            blocks[0] += "[^1]"
            blocks.append(f"[^1]: {self.line('sentence')}")
        return "\n\n".join(blocks) + "\n"
