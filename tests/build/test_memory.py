"""A text is converted once, by whichever build comes first."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import SiteFolder, post

import sitegen
from sitegen.build import memory, story
from sitegen.build.memory import Conversion, converter_key
from sitegen.build.pool import ConvertEncoded, convert_encoded
from sitegen.cache import Cache
from sitegen.config import MarkupOptions
from sitegen.errors import Severity, SourceError
from sitegen.freshness import library_versions
from sitegen.reading import Markdown, convert_each, read_markdown
from sitegen.store import digest_of

OPTIONS = MarkupOptions()
BROKEN = "* " * 500 + "a"


class Spy:
    """A `ConvertEncoded` that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[Markdown], options: MarkupOptions):
        self.asked += map(read_markdown, texts)
        return convert_encoded(texts, options)


def converted(folder: Path, texts: Sequence[str], engine: str = "", options: MarkupOptions = OPTIONS) -> list[str]:
    """Convert `texts` as a build does, check the result, and return what was not in the cache."""
    spy = Spy()
    with Cache.open(folder) as cache:
        made = list(Conversion(cache, engine, spy)(texts, options))
    expected = list(convert_each(texts, options))
    assert [str(m) if isinstance(m, SourceError) else m for m in made] == [
        str(e) if isinstance(e, SourceError) else e for e in expected
    ]
    return spy.asked


def test_the_next_build_converts_what_is_new(tmp_path):
    assert converted(tmp_path, ["a", "b", "a"]) == ["a", "b"]
    assert converted(tmp_path, ["c", "b", "*a*"]) == ["c", "*a*"]
    assert converted(tmp_path, ["a", "b", "c", "*a*"]) == []


def test_another_engine_and_other_options_convert_again(tmp_path):
    for engine in ("one", "two"):
        for options in (OPTIONS, replace(OPTIONS, typography=False)):
            assert converted(tmp_path, ['"a"'], engine, options) == ['"a"']
            assert converted(tmp_path, ['"a"'], engine, options) == []


def test_errors_are_not_kept(tmp_path):
    for _ in range(2):
        assert converted(tmp_path, [BROKEN, "a"])[0] == BROKEN


def test_a_value_of_another_form_is_converted_again(tmp_path):
    with Cache.open(tmp_path) as cache:
        cache.put_many({digest_of("", repr(OPTIONS), digest_of("a")): b"[]"})
    assert converted(tmp_path, ["a"]) == ["a"]
    assert converted(tmp_path, ["a"]) == []


def test_without_a_cache_everything_is_converted(tmp_path):
    (tmp_path / "cache.db").mkdir()
    for _ in range(2):
        assert converted(tmp_path, ["a", "b"]) == ["a", "b"]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "*c*", "[d](e.md)", ""]), max_size=4), max_size=4))
def test_batches_do_not_show(tmp_path_factory, builds):
    folder = tmp_path_factory.mktemp("site")
    seen: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "_BATCH", 2)
        for texts in builds:
            assert set(converted(folder, texts)) == set(texts) - seen
            seen |= set(texts)


# ---- What a document depends on besides text and options ------------------------------------------


def package(folder: Path, files: dict[str, str]) -> str:
    """Write a package and return the path of its `__init__.py`."""
    for path, text in {"__init__.py": "", **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return str(folder / "__init__.py")


def test_the_key_is_of_content_wherever_it_lies(tmp_path, monkeypatch):
    keys = []
    for folder, files in {
        "same": {"a.py": "1", "b/c.py": "2"},
        "moved": {"a.py": "1", "b/c.py": "2", "starter/a.md": "not code"},
        "edited": {"a.py": "1", "b/c.py": "3"},
        "renamed": {"a.py": "1", "b/d.py": "2"},
        "longer": {"a.py": "1", "b/c.py": "2", "d.py": ""},
    }.items():
        monkeypatch.setattr(sitegen, "__file__", package(tmp_path / folder, files))
        keys.append(converter_key())
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4


def test_the_key_has_the_versions(monkeypatch):
    keys = {converter_key()}
    versions = library_versions()
    for library in ("markdown", "pygments", "pymdown-extensions"):
        with monkeypatch.context() as patch:
            patch.setattr(memory, "library_versions", lambda changed=library: {**versions, changed: "99"})
            keys.add(converter_key())
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 11, 99))
        keys.add(converter_key())
    assert len(keys) == 5
    assert converter_key() in keys


# ---- Whole builds ---------------------------------------------------------------------------------

Spied = tuple[SiteFolder, Spy]


@pytest.fixture
def spied(site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch) -> Spied:
    """Return a built site and what converts its texts."""
    spy = Spy()

    def convert_over(_pool: object) -> ConvertEncoded:
        return spy

    monkeypatch.setattr(story, "convert_over", convert_over)
    files = {f"content/posts/{name}.md": post(name, body=f"Text of *{name}*.") for name in ("one", "two", "three")}
    made = site(files)
    made.build()
    assert len(spy.asked) == 3
    spy.asked.clear()
    return made, spy


def test_a_build_converts_what_was_edited(spied: Spied):
    site, spy = spied
    site.edit({"content/posts/two.md": post("two", body="Other text.")}).build()
    assert [text.strip() for text in spy.asked] == ["Other text."]
    assert "Other text." in site.text("/2026/01/two.html")


def test_a_text_that_comes_back_is_known(spied: Spied):
    site, spy = spied
    before = (site.root / "content/posts/two.md").read_bytes()
    site.remove("content/posts/two.md").build()
    site.edit({"content/posts/two.md": before}).build()
    assert spy.asked == []


def test_without_the_cache_and_to_verify_every_text_is_converted(spied: Spied):
    site, spy = spied
    site.build(verify=True)
    assert len(spy.asked) == 3
    site.build(cache=False)
    assert len(spy.asked) == 6


def test_the_cache_forgets_what_builds_do_not_use(spied: Spied, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sitegen.freshness._RACY_NS", 10**15)  # a build that trusts all stamps counts for none
    site, spy = spied
    before = (site.root / "content/posts/two.md").read_bytes()
    site.remove("content/posts/two.md")
    for _ in range(20):
        site.build(clean=True)  # the whole site, also where so much time goes by that there is nothing to do
    site.edit({"content/posts/two.md": before}).build()
    assert len(spy.asked) == 1


DAMAGE = {
    "cut off": lambda data: data[:5_000],
    "changed": lambda data: data.replace(b"Text of", b"Tent of"),
    "no database": lambda data: b"garbage" * 1_000,
    "empty": lambda data: b"",
    "pages of zeros": lambda data: data[:4_096] + bytes(len(data) - 4_096),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("strict", [False, True])
def test_a_damaged_cache_harms_nothing(spied: Spied, damage, strict):
    site, _ = spied
    files = site.files
    file = site.root / ".sitegen/cache.db"
    file.write_bytes(damage(file.read_bytes()))
    warnings = [f.place.path for f in site.build(strict=strict, clean=True).findings if f.severity is Severity.WARNING]
    assert warnings == [".sitegen/cache.db"] * (damage is not DAMAGE["empty"])
    assert site.files == files
    assert site.build(strict=True, clean=True).findings == ()
    assert site.files == files


def test_the_warning_is_not_repeated(spied: Spied):
    site, _ = spied
    (site.root / ".sitegen/cache.db").write_bytes(b"garbage")
    assert len(site.build().findings) == 1
    ledger = next((site.root / ".sitegen").glob("ledger-*.json"))
    assert "cache.db" not in ledger.read_text(encoding="utf-8")
