"""Data files become values that nothing can change, or errors with their place."""

import pytest

YAML = 'a: [1, 1.5, true, no, null, "1"]\nb: {c: text}\n'
TOML = 'day = 2008-09-27\nnoon = 2008-09-27T12:00:00Z\nlist = [{a = 1}]\ninf = "x"\n'


def test_each_file_is_a_value_under_its_name(read):
    data = read({"data/one.yaml": YAML, "data/two.toml": TOML, "data/three.json": '[{"a": [1, null]}]'}).data
    assert data["one"] == {"a": (1, 1.5, True, "no", None, "1"), "b": {"c": "text"}}
    assert data["two"] == {"day": "2008-09-27", "noon": "2008-09-27T12:00:00+00:00", "list": ({"a": 1},), "inf": "x"}
    assert data["three"] == ({"a": (1, None)},)


def test_data_cannot_be_changed(read):
    data = read({"data/one.yaml": YAML}).data
    with pytest.raises(TypeError):
        data["one"]["b"]["c"] = "other"


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("x.json", '{"a": 1,\n "b" 2}', ":2:6: error: this is no JSON: expecting ':' delimiter\n"),
        ("x.json", '{"a": 1, "a": 2}', ": error: the key `a` is given twice in one object"),
        ("x.json", "[NaN]", ": error: `NaN` is no JSON"),
        ("x.json", "[" * 100_000, ": error: lists and mappings lie more than 16 deep in one another"),
        ("x.json", "[" * 18 + "]" * 18, ": error: lists and mappings lie more than 16 deep in one another"),
        ("x.json", r'["\u0000"]', r": error: the text '\x00' has a character that no page can carry"),
        ("x.json", r'{"\ud800": 1}', r": error: the text '\ud800' has a character that no page can carry"),
        ("x.json", "[" + "1" * 5000 + "]", ": error: "),
        ("x.yaml", "a: 1\na: 2\n", ":2:1: error: the key `a` is given twice, first on line 1"),
        ("x.yaml", "a: &x 1\nb: *x\n", ":1:4: error: the anchor `&x` is not read"),
        ("x.yaml", "a: [1\n", ":1:4: error: this list has no end"),
        ("x.toml", "a = \n", ":1:5: error: "),
        ("x.toml", "a = 1\na = 2\n", ":2:1: error: `a` is given twice, first on line 1"),
        ("x.toml", b"\xff\xfe", ":1: error: not UTF-8 at byte 1"),
    ],
)
def test_faults_have_their_place(fails, path, text, message):
    assert fails({f"data/{path}": text}).startswith(f"content/data/{path}{message}")


def test_two_files_cannot_have_one_name(fails):
    assert fails({"data/x.json": "1", "data/x.yaml": "1"}) == (
        "content/data/x.json: error: the name `x` is also that of content/data/x.yaml\n"
        "  fix: templates read data by the file's name: rename one of them"
    )
