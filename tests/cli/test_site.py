"""Which folder a command takes for the site."""

from pathlib import Path

import pytest

from sitegen.cli.site import find_site, shown_path


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, "."),
        ({"sitegen.toml": ""}, "."),
        ({"../sitegen.toml": ""}, ".."),
        ({"../../sitegen.toml": "", "../sitegen.toml": ""}, ".."),
        ({"../../pyproject.toml": "[tool.sitegen]\n"}, "../.."),
        ({"../pyproject.toml": "[tool.sitegen.feeds]\nlimit = 1\n"}, ".."),
        ({"../pyproject.toml": "[[tool.sitegen.menu]]\n[broken"}, ".."),
        ({"pyproject.toml": "[tool.sitegenerator]\n# [tool.sitegen]\n"}, "."),
        ({"pyproject.toml": "[tool.black]\n", "../sitegen.toml": ""}, ".."),
    ],
)
def test_the_nearest_folder_with_a_configuration(tmp_path, monkeypatch, files, found):
    here = tmp_path / "a" / "b" / "c"
    here.mkdir(parents=True)
    for path, text in files.items():
        (here / path).write_text(text)
    monkeypatch.chdir(here)
    assert find_site(None) == Path(found)


def test_a_named_folder_is_taken_as_it_is(tmp_path):
    assert find_site(tmp_path) == tmp_path


def test_paths_are_shown_as_they_would_be_typed(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    assert shown_path(tmp_path / "site" / "output") == "output"
    assert shown_path(tmp_path / "other") == str(tmp_path / "other")
    assert shown_path(Path("../other")) == "../other"
