"""What is printed: findings in colour say the same as without, and nothing in them steers the terminal."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cli.terminal import count, cut, joined, paint_finding, safe, with_note
from sitegen.errors import Finding, Place, Severity

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf")))
FINDINGS = st.builds(
    Finding,
    what=WORDS,
    place=st.builds(Place, WORDS, st.integers(0, 9), st.integers(0, 9)),
    why=WORDS,
    hint=WORDS,
    excerpt=WORDS,
    severity=st.sampled_from(Severity),
)


@given(finding=FINDINGS)
def test_colours_change_no_word(finding):
    assert click.unstyle(paint_finding(finding)) == str(finding)


@given(finding=FINDINGS, width=st.integers(0, 80))
def test_folding_changes_blanks_alone(finding, width):
    assert click.unstyle(paint_finding(finding, width)).split() == str(finding).split()


def test_advice_is_folded_below_its_first_word():
    finding = Finding("bad", hint="one two three four five six")
    assert click.unstyle(paint_finding(finding, 20)) == "error: bad\n  fix: one two three\n       four five six"


def test_the_first_line_is_folded_behind_its_place():
    finding = Finding("one two three four", Place("a.md", 3))
    assert click.unstyle(paint_finding(finding, 24)) == "a.md:3: error: one two\n    three four"


@pytest.mark.parametrize(
    ("note", "width", "shown"),
    [("", 5, "a path"), ("why", 0, "a path (why)"), ("why", 12, "a path (why)"), ("why", 11, "a path\n  (why)")],
)
def test_a_note_stands_behind_or_below(note, width, shown):
    assert click.unstyle(with_note("a path", note, indent=2, width=width)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("größer\n\t日本語 👩‍🚒", "größer\n\t日本語 👩‍🚒"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b2J", "\\x9b2J"),
        ("a\rb\x07", "a\\rb\\x07"),
        ("half \udce9", "half \\udce9"),
        ("gpj.\u202etxt", "gpj.\\u202etxt"),
    ],
)
def test_nothing_steers_the_terminal(text, shown):
    assert safe(text) == shown


def test_an_escape_in_a_line_of_content_stays_text():
    finding = Finding("bad", Place("a.md", 1), excerpt="title: \x1b]0;owned\x07")
    assert "\x1b]" not in paint_finding(finding)


@pytest.mark.parametrize(
    ("parts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_joined(parts, text):
    assert joined(parts) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0 posts"), (1, "1 post"), (1204, "1,204 posts")])
def test_count(number, text):
    assert count(number, "post") == text


@pytest.mark.parametrize(("length", "shown"), [(0, 0), (3, 3), (4, 4), (5, 4)])
def test_a_long_list_is_cut_where_that_spares_a_line(length, shown):
    assert len(cut(["line"] * length, 3)) == shown
