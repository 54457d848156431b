import subprocess
import sys

import pytest
import views

from sitegen import rendering
from sitegen.rendering import render
from sitegen.store import Store
from sitegen.view import Copy, Route, TextFile, View


@pytest.mark.parametrize("template", rendering._RENDERERS)
def test_every_medium_has_its_renderer(template):
    module, function = rendering._RENDERERS[template]
    __import__(f"sitegen.rendering.{module}", fromlist=[function])
    assert callable(getattr(getattr(rendering, module), function))


def test_a_route_is_rendered_by_its_template():
    store = Store()
    digest = store.add_bytes(b"\x00\x01")
    theme = views.newspaper()
    assert render(Route("/x", "x", "copy", View(None, Copy(digest))), theme, store) == b"\x00\x01"
    assert render(Route("/x", "x", "text", View(None, TextFile("a\n"))), theme, store) == b"a\n"


def test_a_page_does_not_load_what_only_feeds_need():
    code = "import sys, sitegen.rendering.templates; print('lxml' in sys.modules, 'feedgen' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
