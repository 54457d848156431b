"""A new draft has the right name, date, zone and title, and is never written over another file."""

import re
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tiny import PLAIN_CONFIG

from sitegen.config import read_config
from sitegen.desk.new import Form, plan_draft, write_draft
from sitegen.errors import OutputError, UsageError
from sitegen.reading import Selection, read_site
from sitegen.store import Store

NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    root = tmp_path_factory.mktemp("configured")
    (root / "sitegen.toml").write_text(PLAIN_CONFIG + 'timezone = "America/Toronto"\nauthor = "desk"\n')
    return read_config(root)


@pytest.mark.parametrize(
    ("form", "path"),
    [
        (Form.POST, "content/posts/2026/2026-11-21-why-c-plus-plus.md"),
        (Form.BUNDLE, "content/posts/2026/2026-11-21-why-c-plus-plus/index.md"),
        (Form.PAGE, "content/pages/why-c-plus-plus.md"),
    ],
)
def test_the_name_follows_title_and_day_in_the_sites_zone(config, form, path):
    assert str(plan_draft("Why C++?", form, config, NOW).path) == path


def test_a_post(config):
    draft = plan_draft('  Yes:\n"no" # maybe ', Form.POST, config, NOW)
    assert draft.text == (
        '---\ntitle: "Yes: \\"no\\" # maybe"\ndate: 2026-11-21 21:30-05:00\nauthor: "desk"\n'
        "draft: true  # delete this line to publish\n---\n\n"
    )
    assert draft.line == len(draft.text.splitlines())


def test_a_page_has_neither_date_nor_author(config):
    text = plan_draft("About", Form.PAGE, config, NOW).text
    assert text == '---\ntitle: "About"\ndraft: true  # delete this line to publish\n---\n\n'


@given(title=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1).filter(str.strip))
def test_every_title_is_read_as_it_was_typed(config, title):
    text = plan_draft(title, Form.POST, config, NOW).text
    assert yaml.safe_load(text.split("---\n")[1])["title"] == " ".join(title.split())


@pytest.mark.parametrize("title", ["", " \n ", "bell\a", "c1\x80", "half \ud800", "not a character \uffff"])
def test_titles_that_no_feed_could_carry(config, title):
    with pytest.raises(UsageError):
        plan_draft(title, Form.POST, config, NOW)


@pytest.mark.parametrize(("first", "second"), [(Form.POST,) * 2, (Form.POST, Form.BUNDLE), (Form.BUNDLE, Form.POST)])
def test_nothing_is_overwritten(config, tmp_path, first, second):
    file = write_draft(tmp_path, plan_draft("Twice", first, config, NOW))
    with pytest.raises(UsageError, match="is there already"):
        write_draft(tmp_path, plan_draft("Twice", second, config, NOW))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


def test_a_file_where_a_folder_must_be(config, tmp_path):
    (tmp_path / "content").touch()
    with pytest.raises(OutputError, match=r"[Nn]ot a directory"):
        write_draft(tmp_path, plan_draft("A", Form.POST, config, NOW))


@pytest.mark.parametrize("form", Form)
def test_what_is_written_is_read_as_a_draft(site, form):
    folder = site(config='timezone = "Asia/Tokyo"\n')
    config = read_config(folder.root)
    write_draft(folder.root, plan_draft('It\'s "C#": no', form, config, NOW))
    (held,) = read_site(folder.root, config, Selection(now=NOW), Store()).held
    assert (held.title, held.reason) == ('It\'s "C#": no', "draft: true")
    assert held.date == (None if form is Form.PAGE else NOW)
    assert folder.build(strict=True).findings == ()


def test_publishing_is_deleting_a_line(site):
    folder = site()
    file = write_draft(folder.root, plan_draft("Out", Form.POST, read_config(folder.root), NOW))
    file.write_text(re.sub("draft: .*\n", "", file.read_text()) + "Some text.\n")
    assert folder.build(strict=True).posts == 1
    assert "Out" in folder.text("/2026/11/out.html")
