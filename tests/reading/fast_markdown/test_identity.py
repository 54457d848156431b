"""What is fast makes the same bytes. `benchmarks/markdown_identity.py` compares a hundred times as many texts."""

from pathlib import Path

import pytest
from markdown_pairs import SETS, Pair
from markdown_texts import mutated, texts_of

ROOT = Path(__file__).parents[3]
TEXTS = texts_of(ROOT / "content", ROOT / "tests" / "cases")
PLAIN = "ours"
EVERYTHING = "ours typography highlight autolink raw_html"


@pytest.mark.parametrize("name", [PLAIN, EVERYTHING, "core", "extra smarty toc"])
def test_whole_texts(name: str) -> None:
    pair = Pair(SETS[name])
    for text in TEXTS:
        stock, fast = pair.outcomes(text)
        assert fast == stock


@pytest.mark.untraced
@pytest.mark.parametrize("name", SETS)
def test_mutations(name: str) -> None:
    pair = Pair(SETS[name])
    first = list(SETS).index(name)
    for seed in range(first, 1_100, len(SETS)):
        text = mutated(seed, TEXTS)
        stock, fast = pair.outcomes(text)
        assert fast == stock, text


@pytest.mark.parametrize(
    "text",
    [
        '*a* `b` *c* [*d* `e`](f "g") ![h *i*](j) *k [l](m)* **n*o*p**',
        "''' \"\"\" '\"' \"'a'\" --- -- ... .... '80s 'tis \"a\"--\"b\" it's `it's`",
        "http://a.example HTTP://b.example www.c.example Www.d.example [http://e.example](f) d@e.example",
        "a\\*b\\\\`c`\\\\\\`d` `` e`f `` \\'g\\' &amp; &#39; & <b>h</b> <!-- i --> <j@k.example>",
        "Term\n: one\n\nA | B\n--|--\nc | d\n\nTitle\n===\n\nA line\n> quoted\n\nA\n- no list\n1. none",
        "/// note\nOne\n\nTwo\n\nThree\n///\n\nFour\n\n!!! note\n    Five\n\nSix\n\n    seven",
        '<div markdown="1">\nOne *two*\n\nThree\n</div>\n\n[^1] AB\n\n[^1]: Note\n\n*[AB]: Abbreviation',
    ],
)
def test_what_is_easily_got_wrong(text: str) -> None:
    for build in SETS.values():
        stock, fast = Pair(build).outcomes(text)
        assert fast == stock
