"""What a document says about its body, besides the HTML."""

import threading
from typing import Any

import pytest

from sitegen.config import MarkupOptions
from sitegen.errors import SourceError
from sitegen.model import Document, Html
from sitegen.reading.markup import convert, engine
from sitegen.text import word_count

OPTIONS = MarkupOptions()
SENTENCE = "Every word of this sentence is counted by the test once. "  # 11 words


def document(text: str, **options: Any) -> Document:
    return convert(text, MarkupOptions(**options))


def filled(html: Html) -> str:
    return "".join(
        part + fill for part, fill in zip(html.parts, [*(slot.target for slot in html.slots), ""], strict=True)
    )


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Just text.", None),
        ("<!-- more -->\n\nText.", None),
        ("One *and* [two](a.md).\n\n<!-- more -->\n\nThree.", "One <em>and</em> two."),
        ("One.\n\nTwo `x < y`.\n\n<!--more-->\n\nThree.", "One. Two <code>x &lt; y</code>."),
        ("Before *it <!-- More --> after* it.", "Before <em>it</em>"),
        ("## Heading\n\n- a\n- b ![p](p.png)[^1]\n\n<!-- more -->\n\n[^1]: Note.", "a b"),
        ("A&nbsp;day & more.\n\n<!-- more -->", "A&nbsp;day &amp; more."),
        (
            'An HTML page.\n\n<!-- more -->\n\n*[HTML]: a "language"',
            'An <abbr title="a &quot;language&quot;">HTML</abbr> page.',
        ),
    ],
)
def test_more(text: str, more: str | None) -> None:
    assert document(text).more == more


def test_more_is_found_where_html_is_off() -> None:
    made = document("One <b>x</b>.\n\n<!-- more -->\n\nTwo <!-- note -->.", raw_html=False)
    assert made.more == "One &lt;b&gt;x&lt;/b&gt;."
    assert "note" not in filled(made.body)


def test_inline_is_the_whole_of_a_summary_and_nothing_of_a_long_text() -> None:
    assert document('Say "*yes*" and [read on](a.md).').inline == "Say “<em>yes</em>” and read on."
    assert document(SENTENCE * 100).inline == ""


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("", ""),
        ("First *one*\nhere.\n\nSecond.", "First one here."),
        ("## Heading\n\n- a list\n\nThe paragraph.", "The paragraph."),
        ("## Heading\n\n- a list", "Heading"),
        ("![only a picture](a.png)\n\nThe paragraph.", "The paragraph."),
        ("It's A&nbsp;B[^1] & `<c>`.\n\n[^1]: Note.", "It’s A\xa0B & <c>."),
        ("<div>raw</div>", "raw"),
    ],
)
def test_lead_text(text: str, lead: str) -> None:
    assert document(text).lead_text == lead


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("One *t*wo.\n\n- three\n- four", 4), ("<script>one two</script> three", 1), ("A | B\n--|--\nc | d", 4)],
)
def test_words(text: str, words: int) -> None:
    assert document(text).words == words


@pytest.mark.parametrize(
    ("text", "drop_cap"),
    [
        ("A" * 199, False),
        ("A" * 200, True),
        ("*A*" + "a" * 200, True),
        ("7" + "a" * 200, False),
        ('"' + "a" * 200, False),
        ("É" + "a" * 200, True),
        ("ي" * 200, False),
        ("我" * 200, False),
        ("![x](a.png)" + "a" * 200, False),
        ("## A\n\n" + "a" * 200, False),
        ("- " + "a" * 200, False),
    ],
)
def test_drop_cap(text: str, drop_cap: bool) -> None:
    assert document(text).drop_cap is drop_cap


class TestOpening:
    def test_of_a_long_text_is_120_to_180_words(self) -> None:
        opening = filled(document("\n\n".join([SENTENCE * 4] * 10)).opening)
        assert opening.count("<p>") == opening.count("</p>") == 3
        assert word_count(opening.replace("<p>", "").replace("</p>", "")) == 132

    def test_is_cut_behind_a_sentence(self) -> None:
        opening = filled(document(SENTENCE * 40).opening)
        assert opening == "<p>" + (SENTENCE * 11).strip() + "</p>"

    def test_is_not_cut_within_an_element(self) -> None:
        opening = filled(document(f"{SENTENCE * 2}*{(SENTENCE * 5).strip()}* {SENTENCE * 20}").opening)
        assert opening == f"<p>{SENTENCE * 2}<em>{(SENTENCE * 5).strip()}</em> {SENTENCE * 4}".rstrip() + "</p>"

    def test_without_a_sentence_to_cut_at_is_the_paragraph(self) -> None:
        text = " ".join(["word"] * 300)
        assert filled(document(text).opening) == f"<p>{text}</p>"
        assert filled(document(f"Short.\n\n{text}").opening) == "<p>Short.</p>"

    @pytest.mark.parametrize(
        "text", ["## Heading\n\nText.", "- list\n\nText.", "![x](a.png)\n\nText.", "", "<div>x</div>"]
    )
    def test_is_empty_when_something_else_comes_first(self, text: str) -> None:
        assert document(text).opening.parts == ("",)

    def test_ends_before_what_is_no_paragraph(self) -> None:
        assert filled(document("One.\n\nTwo.\n\n> Three.\n\nFour.").opening) == "<p>One.</p><p>Two.</p>"

    def test_has_its_slots_and_no_ids_or_footnotes(self) -> None:
        opening = document("A [link](a.md) and a note[^1].{#here}\n\n[^1]: Note.").opening
        assert [slot.target for slot in opening.slots] == ["a.md"]
        assert filled(opening) == '<p>A <a href="a.md">link</a> and a note.{#here}</p>'
        assert "id=" not in filled(document("Text\n{#here}").opening)


def test_headings_and_anchors() -> None:
    made = document('## One & *two*[^1]\n\nText {#no}\n{#yes}\n\n<a name="old">x</a> <b id=raw>y</b>\n\n[^1]: Note.')
    assert [(heading.level, heading.id, heading.title) for heading in made.headings] == [
        (2, "one-and-two", "One & two")
    ]
    assert made.anchors == ("fn:1", "fnref:1", "old", "one-and-two", "raw", "yes")


def test_ids_do_not_depend_on_what_was_converted_before() -> None:
    text = "## A\n\nText[^1].\n\n[^1]: Note."
    assert document(text) == document(text)


def test_hosts() -> None:
    text = """
    ![a](https://CDN.example.com/a.png) ![b](//b.example:8080/b.png) ![c](c.png) [link](https://elsewhere.example/)
    <img src="http://user@d.example/" srcset="https://e.example/e.png 2x" alt="">
    <video poster="https://f.example/f.jpg"></video> ![g](https://exa;mple.org/) ![h](data:image/png;base64,AA)
    """.replace("    ", "")
    assert document(text).hosts == (
        "data:",
        "http://d.example",
        "https://b.example:8080",
        "https://cdn.example.com",
        "https://e.example",
        "https://f.example",
    )


def test_options() -> None:
    text = '"A" -- <b>b</b> https://example.org/\n\n```python\nx = 1\n```'
    off = filled(document(text, typography=False, highlight=False, autolink=False, raw_html=False).body)
    assert '"A" -- &lt;b&gt;b&lt;/b&gt; https://example.org/' in off
    assert "<span" not in off
    assert "x = 1" in off
    on = filled(document(text).body)
    assert '“A” – <b>b</b> <a href="https://example.org/">' in on
    assert '<span class="n">x</span>' in on


def test_findings_quote_the_line() -> None:
    finding = document("Text.\n\n![](a.png)\n").findings[0]
    assert (finding.place.line, finding.excerpt, finding.severity.value) == (3, "![](a.png)", "warning")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_count_with_any_newline(newline: str) -> None:
    assert document(newline.join(["a", "", "[b](c.md)"])).body.slots[0].line == 3


def test_characters_that_xml_forbids_are_left_out() -> None:
    made = document("a\x00\x02b\ud800\x03 [x](y&#x2;\x01.md)\ufffe klzzwxh:0 \x02wzxhzdk:0\x03")
    assert "".join(made.body.parts) == '<p>ab <a href="">x</a> klzzwxh:0 wzxhzdk:0</p>'
    assert made.body.slots[0].target == "y.md"


class TestFailure:
    def test_of_the_library_is_an_error_of_the_source(self) -> None:
        with pytest.raises(SourceError, match="nested too deeply"):
            convert("* " * 500 + "a", OPTIONS)

    def test_leaves_nothing_behind(self) -> None:
        text = "- a\n\n    - b\n\n        code"
        before = convert(text, OPTIONS)
        with pytest.raises(SourceError):
            convert("* " * 500 + "a", OPTIONS)
        assert convert(text, OPTIONS) == before

    @pytest.mark.parametrize(("error", "what"), [(MemoryError, "memory"), (KeyError, "KeyError")])
    def test_of_any_kind_says_what_to_do(
        self, error: type[Exception], what: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_options: MarkupOptions) -> object:
            raise error("x")

        class Broken:
            reset = fail

        monkeypatch.setattr(engine, "build_markdown", lambda _options: Broken())
        with pytest.raises(SourceError, match=what) as caught:
            convert("text", MarkupOptions(typography=False, raw_html=False))
        assert caught.value.findings[0].hint


def test_threads_do_not_disturb_each_other() -> None:
    texts = [f"# {n}\n\n" + f"- item *{n}*\n\n    more[^{n}]\n\n" * 20 + f"[^{n}]: Note {n}." for n in range(4)]
    expected = [convert(text, OPTIONS) for text in texts]
    made: dict[int, list[Document]] = {}

    def work(n: int) -> None:
        made[n] = [convert(texts[n], OPTIONS) for _ in range(5)]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {n: [expected[n]] * 5 for n in range(4)}


def test_no_extension_is_looked_up_in_the_metadata_of_all_that_is_installed(monkeypatch):
    monkeypatch.setattr("markdown.util.get_installed_extensions", None)
    engine.build_markdown(OPTIONS)
