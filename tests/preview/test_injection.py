"""Where the reload script goes. `|` stands for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.preview.injection import inject, script_tag


@pytest.mark.parametrize(
    "expected",
    [
        "<!doctype html><html><head>|<meta charset=utf-8></head>",
        '<!DOCTYPE HTML>\n<HTML lang="en">\n<HEAD>|\n<title>x</title>',
        '<!doctype html><html lang=en><head prefix="og: a>b">|<meta>',
        "<!-- <head> --><!doctype html><html><head>|<title>",
        "\ufeff<!doctype html><head>|<title>",
        "<!doctype html>\n<html>\n|<body><header><head></header>",
        "<!doctype html><title>no head</title>".replace("<title>", "|<title>"),
        "|<header>part of a page</header>",
        "|just text",
        "|",
    ],
)
def test_it_is_the_first_child_of_the_head(expected: str):
    assert inject(expected.replace("|", "").encode(), b"|") == expected.encode()


@given(st.text(alphabet='<>!-/"= \nheadtmloc'))
def test_it_changes_nothing_else(text: str):
    page = text.encode()
    assert inject(page, b"|").replace(b"|", b"", 1) == page


def test_its_settings_are_in_its_address_and_the_page_in_an_attribute():
    tag = script_tag("localhost:8000", 8000, {"shown": "a1"}).decode()
    assert tag == (
        '<script src="/livereload.js?port=8000&amp;mindelay=200&amp;maxdelay=2000"'
        ' data-sitegen="{&quot;shown&quot;: &quot;a1&quot;}"></script>'
    )


def test_no_name_of_a_file_ends_the_attribute():
    tag = script_tag("localhost:8000", 8000, {"path": '"><script>\udcff'})
    assert b"&quot;\\&quot;&gt;&lt;script&gt;\\udcff&quot;" in tag


def test_an_ipv6_address_is_named_since_the_script_finds_none():
    assert b"&amp;host=[::1]" in script_tag("[::1]:8000", 8000, {})
