"""What `import sitegen` promises."""

import importlib
import subprocess
import sys

import pytest

import sitegen


def test_names_are_sorted_once_each_and_public():
    assert sitegen.__all__ == sorted(set(sitegen.__all__))
    assert [name for name in sitegen.__all__ if name.startswith("_")] == ["__version__"]
    assert dir(sitegen) == sitegen.__all__


@pytest.mark.parametrize("name", [name for name in sitegen.__all__ if name != "__version__"])
def test_each_name_is_what_its_module_exports(name):
    value = getattr(sitegen, name)
    home = importlib.import_module(value.__module__)
    assert getattr(home, name) is value
    assert name in home.__all__
    assert value.__doc__


def test_what_is_not_public_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'utils'"):
        _ = sitegen.utils


def test_importing_it_imports_nothing_else():
    script = "import sys; before = set(sys.modules); import sitegen; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "['sitegen']\n"
