"""What `import sitegen` promises."""

import importlib
import subprocess
import sys
from ast import literal_eval

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


def test_importing_it_imports_no_library():
    script = "import sys, sitegen; print({name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names)"
    bare, done = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for code in (script.replace(", sitegen", ""), script)
    )
    assert literal_eval(done) - literal_eval(bare) == {"sitegen"}


def test_a_name_is_loaded_alone():
    script = (
        "import sys, sitegen; sitegen.Finding; "
        "print(*sorted(name for name in sys.modules if name.startswith('sitegen')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "sitegen sitegen.errors sitegen.records\n"
