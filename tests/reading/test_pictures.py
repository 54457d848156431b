from io import BytesIO

import pytest
from PIL import Image

from sitegen.reading.pictures import picture_size

TURNED = 6
"""EXIF orientation: a quarter turn to the right."""


def picture(form, size=(40, 30), **options):
    data = BytesIO()
    Image.new("RGB", size, "red").save(data, form, **options)
    return data.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_each_format_of_the_web_says_its_size(form):
    assert picture_size(f"a/P.{form}", picture(form)) == (40, 30)


def test_a_photograph_that_is_shown_turned_has_the_size_of_what_is_shown():
    exif = Image.Exif()
    exif[0x0112] = TURNED
    assert picture_size("a.jpg", picture("JPEG", exif=exif)) == (30, 40)


@pytest.mark.parametrize(
    ("drawing", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30px"></svg>', (40, 30)),
        ('<?xml version="1.0"?><!-- a --><svg width="1in" height="48"/>', (96, 48)),
        ('<svg viewBox="0 0 9 9"><rect width="4" height="4"/></svg>', (0, 0)),
        ('<svg width="100%" height="100%"></svg>', (0, 0)),
        ("no drawing", (0, 0)),
    ],
)
def test_a_drawing_has_the_size_of_its_root(drawing, size):
    assert picture_size("a.svg", drawing.encode()) == size


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"text", picture("PNG")[:20]])
def test_what_is_no_picture_has_no_size(data):
    assert picture_size("a.png", data) == (0, 0)


def test_other_files_are_not_looked_at():
    assert picture_size("a.pdf", picture("PNG")) == (0, 0)
