"""The versions of sitegen that a theme is made for."""

import pytest
from small_themes import small_theme

from sitegen import __version__
from sitegen.errors import TemplateError
from sitegen.theme.engine import engine_fault


@pytest.mark.parametrize("wanted", ["", ">=0.1", ">=1.2, <2", "==1.2.3", "==1.2.3.0", ">1.2.2,<=1.2.3", "<1.2.4"])
@pytest.mark.parametrize("version", ["1.2.3", "1.2.3.dev4", "1.2.3rc1"])
def test_versions_in_range(wanted, version):
    assert engine_fault(wanted, version) is None


@pytest.mark.parametrize(
    ("wanted", "version", "hint"),
    [
        (">=2", "1.9", 'sitegen is too old for it: pip install "sitegen>=2"'),
        (">1.9", "1.9", 'sitegen is too old for it: pip install "sitegen>1.9"'),
        (">=1, <2", "2.0", 'look for a newer version of the theme, or keep the older sitegen: pip install "sitegen>='),
        ("==1.2", "1.10", "look for a newer version"),
    ],
)  # fmt: skip
def test_versions_out_of_range(wanted, version, hint):
    fault = engine_fault(wanted, version)
    assert fault is not None
    assert fault[0] == f"this theme is made for sitegen {wanted}, and this is sitegen {version}"
    assert fault[1].startswith(hint)


@pytest.mark.parametrize("wanted", ["1", "~=1.0", ">=x", ">=1,", "newer"])
def test_what_is_no_range(wanted):
    fault = engine_fault(wanted, "1.0")
    assert fault is not None
    assert fault[0].startswith("`engine` is no range of versions")


def test_the_error_has_its_place(tmp_path):
    with pytest.raises(TemplateError) as caught:
        small_theme(tmp_path, {"theme.toml": 'name = "small"\nengine = ">=99"\n'})
    assert str(caught.value) == (
        f"themes/small/theme.toml:2:10: error: this theme is made for sitegen >=99, and this is sitegen {__version__}\n"
        '    engine = ">=99"\n             ^\n'
        '  fix: sitegen is too old for it: pip install "sitegen>=99"'
    )
