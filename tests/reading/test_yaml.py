"""Scalars by the core schema of YAML 1.2, and text where quotes say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.reading.yaml import Bare, read_yaml, typed


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-0012", -12),
        ("0o17", 15),
        ("0x1F", 31),
        ("0777", 777),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("1.50", 1.5),
        ("-.5e3", -500.0),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 5000, "9" * 5000),
        ("2008-09-27", "2008-09-27"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("| \n  12", "12"),
        ("[1, a, '1']", (1, "a", "1")),
        ("{a: 1, b: [~]}", {"a": 1, "b": (None,)}),
    ],
)
def test_types(written, value):
    found = typed(read_yaml(f"key: {written}").value)
    assert found == {"key": value}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(value)


@given(st.text())
def test_any_bare_scalar_has_a_type(text):
    value = typed(Bare(text))
    assert value is None or type(value) in (bool, int, float, str)
    assert not isinstance(value, str) or value == text
