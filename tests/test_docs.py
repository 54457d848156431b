"""What the documentation says is so: its commands run, its keys and options exist, its examples build."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest
from documents import CHECKOUT, DOCUMENTS, blocks, sections, spans
from tiny import PLAIN_CONFIG

from sitegen.cli import main
from sitegen.config import CommentOptions, Config, FeedOptions, MarkupOptions, MenuItem, Permalinks, SidebarItem
from sitegen.config.tables import keys_of
from sitegen.reading.fields import KNOWN_AUTHOR_KEYS, KNOWN_PAGE_KEYS, KNOWN_POST_KEYS, KNOWN_PROMO_KEYS

README, WRITING, CONFIGURATION = (CHECKOUT / name for name in ("README.md", "docs/writing.md", "docs/configuration.md"))
NOT_RUN = {
    "make site": "installs packages from the network; CI runs it",
    "make test": "is what runs this test",
    "pip install .": "fetches packages from the network; test_wheel.py installs the wheel without",
    "sitegen serve": "does not end by itself; test_cli.py starts and ends it",
}
PUBLISHING = CHECKOUT / "docs/publishing.md"  # test_publishing.py runs its commands


def in_document(document):
    return document.relative_to(CHECKOUT).as_posix()


# ---- commands ----


def shell_blocks():
    return [
        pytest.param(block, id=f"{in_document(document)}: {block.section}")
        for document in DOCUMENTS
        if document != PUBLISHING
        for block in blocks(document, "sh")
    ]


@pytest.mark.parametrize("block", shell_blocks())
def test_commands_run(block, tmp_path):
    commands = "\n".join(command for command in block.commands if command not in NOT_RUN)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-euc", commands], cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_not_run_is_still_in_the_documentation():
    shown = {command for block in shell_blocks() for command in block.values[0].commands}
    assert set(NOT_RUN) <= shown


@pytest.mark.parametrize("document", DOCUMENTS, ids=in_document)
def test_commands_and_options_of_sitegen_exist(document):
    text = document.read_text(encoding="utf-8")
    for command in [span for span in spans(text) if re.match("sitegen [a-z]", span)]:
        _, name, *arguments = shlex.split(command.partition("&&")[0])
        known = main.commands[name]
        if isinstance(known, click.Group):
            assert arguments, command
            known, *arguments = known.commands[arguments[0]], *arguments[1:]
        options = {option for parameter in known.params for option in [*parameter.opts, *parameter.secondary_opts]}
        assert {argument for argument in arguments if argument.startswith("-")} <= options, command


@pytest.mark.parametrize("document", [README, WRITING, CONFIGURATION], ids=in_document)
def test_options_that_stand_alone_exist(document):
    options = {
        option
        for command in main.commands.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    named = spans(document.read_text(encoding="utf-8"))
    assert {span for span in named if re.match("--[a-z]", span)} <= options


@pytest.mark.parametrize("document", DOCUMENTS, ids=in_document)
def test_targets_of_make_exist(document):
    targets = re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"(?:^|`)\s*make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= set(targets)


@pytest.mark.parametrize("document", DOCUMENTS, ids=in_document)
def test_links_lead_to_files(document):
    text = re.sub(r"^```.*?^```$|`[^`\n]+`", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)\)", text)
    missing = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert missing == []


# ---- keys ----


def table_keys(text):
    """The code spans of the first column of the tables of a text."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return {key for row in rows for key in spans(row.split("|")[1])}


def words(text):
    """The words within the code spans of a text."""
    return {word for span in spans(text) for word in re.findall(r"\w+", span)}


def test_every_key_of_a_post_is_explained_and_no_other():
    assert table_keys(sections(WRITING)["A post"]) == KNOWN_POST_KEYS


def test_every_key_of_a_page_is_named():
    assert words(sections(WRITING)["A page"]) >= KNOWN_PAGE_KEYS


def test_every_key_of_an_author_and_of_a_promo_is_named_and_no_other():
    text = sections(WRITING)["Authors and promotional blocks"]
    authors, promos = re.findall(r"with keys ((?:`\w+`(?: \([^)]*\))?,?\s*)+)", text)
    assert set(spans(authors)) == KNOWN_AUTHOR_KEYS
    assert set(spans(promos)) == KNOWN_PROMO_KEYS


def test_every_key_of_the_configuration_is_explained_and_no_other():
    assert table_keys(sections(CONFIGURATION)[""]) == set(keys_of(Config))
    assert table_keys(sections(CONFIGURATION)["Addresses"]) == set(keys_of(Permalinks)) - {"preset"}


@pytest.mark.parametrize("table", [CommentOptions, FeedOptions, MarkupOptions, MenuItem, SidebarItem])
def test_every_key_of_its_tables_is_named(table):
    assert words(sections(CONFIGURATION)[""]) >= {field.name for field in fields(table)}


# ---- examples ----


@pytest.fixture
def example(site):
    """The site that the examples of docs/writing.md make together."""
    post, author, promo = (block.text for block in blocks(WRITING, "markdown"))
    (comments,) = (block.text for block in blocks(WRITING, "yaml"))
    return site(
        {
            "content/posts/2008/2008-09-27-follow-up.md": post,
            "content/authors/carl-mueller.md": author,
            "content/promos/subscribe.md": promo,
            "content/comments/2008/2008-09-27-follow-up.yaml": comments,
        }
    )


def test_the_examples_of_writing_build_without_a_word(example):
    assert example.build(strict=True).findings == ()
    page = example.text("/2008/09/follow-up.html")
    for text in ("Job Interview Follow Up", "Executive recruiter", "Every new post, free", "2 comments:"):
        assert text in page


def test_the_example_of_an_error_is_what_is_said(example):
    (shown,) = (block.text for block in blocks(WRITING) if block.section == "When something is wrong")
    post = blocks(WRITING, "markdown")[0].text.replace("carl-mueller", "carl-muller")
    front = re.sub(r"^(category|tags|summary): .*\n", "", post, flags=re.MULTILINE)
    example.edit({"content/posts/2026/offers.md": front})
    assert example.fails() == shown.rstrip("\n")


@pytest.mark.parametrize("block", blocks(CONFIGURATION, "toml"), ids=lambda block: block.section)
def test_the_examples_of_configuration_are_configurations(block, site):
    required = "" if "title" in tomllib.loads(block.text) else PLAIN_CONFIG
    site().edit({"sitegen.toml": required + block.text}).build()
