"""Static files that an option asks for."""

import pytest
from small_themes import small_theme
from views import newspaper

from sitegen.errors import TemplateError
from sitegen.store import digest_of

TOML = """
name = "small"
[options.face]
type = "choice"
choices = ["plain", "fine"]
default = "plain"
doc = "of the text"
[options.wide]
type = "bool"
default = false
doc = "wide pages"
"""
FILES: dict[str, str | bytes] = {
    "theme.toml": TOML,
    "static/theme.css": '@import url("face.css");\np { margin: 0 }',
    "static/face.css": "",
    "static/options/face/fine/face.css": '@font-face { src: url("fonts/fine.woff2") }',
    "static/options/face/fine/fonts/fine.woff2": b"wOF2",
    "static/options/wide/true/wide.svg": "<svg/>",
}


def test_nothing_is_published_that_no_option_asks_for(tmp_path):
    assets = small_theme(tmp_path, FILES).assets
    assert {path: asset.data for path, asset in assets.items()} == {"theme.css": b"p{margin:0}"}


def test_what_an_option_asks_for_lies_over_the_rest(tmp_path):
    assets = small_theme(tmp_path, FILES, face="fine", wide=True).assets
    assert set(assets) == {"theme.css", "fonts/fine.woff2", "wide.svg"}
    font = f"fonts/fine.{digest_of(b'wOF2')[:8]}.woff2"
    assert assets["fonts/fine.woff2"].output == f"assets/{font}"
    assert assets["theme.css"].data.decode() == f'@font-face{{src:url("{font}")}}p{{margin:0}}'


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("static/options/fase/fine/a.css", "error: there is no option fase\n  fix: did you mean face?"),
        ("static/options/face/fin/a.css", "error: the option face is never fin\n  fix: it is one of plain, fine"),
        ("static/options/xyz/on/a.css", "there is no option xyz\n  fix: folders below static/options/ are"),
    ],
)
def test_a_folder_that_nobody_can_ask_for_is_an_error(tmp_path, path, message):
    with pytest.raises(TemplateError) as caught:
        small_theme(tmp_path, {**FILES, path: ""})
    assert message in str(caught.value)
    assert path in str(caught.value)


def test_the_newspapers_faces_come_with_their_licences():
    plain, dressed = newspaper().assets, newspaper(fonts="full", title="black-letter").assets
    assert sorted(set(dressed) - set(plain)) == [
        "fonts/newsreader-400-italic.woff2",
        "fonts/newsreader-400.woff2",
        "fonts/unifrakturcook-700.woff2",
        "fonts/unifrakturcook-OFL.txt",
    ]
    assert max(len(file.data) for path, file in dressed.items() if path.endswith(".woff2")) <= 23_000
    style = dressed["theme.css"].data.decode()
    assert style.count("@font-face") == 2 + 4 + 1
    assert "Reserved Font Name UnifrakturCook" in dressed["fonts/unifrakturcook-OFL.txt"].data.decode()
