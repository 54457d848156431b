"""What a configuration may say, what it means, and every message about one that is wrong."""

import importlib.resources
import pickle  # noqa: TID251  a configuration goes to other processes
import zoneinfo
from datetime import datetime

import pytest

from sitegen.config import Config, MarkupOptions, SidebarItem, read_config, read_config_file
from sitegen.config.values import read_zone, zone_names
from sitegen.errors import ConfigError, ExitCode

LEAST = 'title = "The Gazette"\nurl = "https://example.org"\n'


@pytest.fixture
def read(tmp_path):
    def read(text: str, name: str = "sitegen.toml") -> Config:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_config(tmp_path)

    return read


@pytest.fixture
def refuse(read):
    def refuse(text: str, name: str = "sitegen.toml") -> list[str]:
        with pytest.raises(ConfigError) as caught:
            read(text, name)
        assert caught.value.exit_code is ExitCode.USAGE
        return [
            " | ".join(filter(None, (f"{finding.place} {finding.what}", finding.why, finding.hint)))
            for finding in caught.value.findings
        ]

    return refuse


def test_the_least_that_a_site_needs(read):
    config = read(LEAST)
    assert (config.title, config.url, config.address) == ("The Gazette", "https://example.org/", "https://example.org/")
    assert (config.base, config.authority, config.source) == ("/", "example.org", "sitegen.toml")
    assert (config.language, config.timezone, config.theme, config.output) == ("en", "UTC", "newspaper", "output")
    assert (config.posts_per_page, config.feeds.limit, config.feeds.content) == (10, 20, "full")
    assert (config.comments.provider, config.comments.default) == ("archive", "open")
    assert config.markdown == MarkupOptions()
    assert [(item.block, item.on) for item in config.sidebar] == [
        ("about", "all"),
        ("recent", "lists"),
        ("labels", "lists"),
        ("archive", "lists"),
    ]


def test_everything_given(read):
    config = read(
        LEAST
        + """
founded = 1998-02-03
timezone = "America/Toronto"
editor = "code --goto {file}:{line}"
posts_per_page = 1000
theme_options = {fonts = "full", sections = ["a", "b"]}
markdown = {typography = false}
csp = {img-src = "https://a.example https://b.example", script-src = ["'self'"]}
[feeds]
authority = "editor@Old.example"
[[menu]]
title = "About"
url = "/about.html"
[[sidebar]]
block = "recent"
[[sidebar]]
block = "text"
body = "Write to us."
"""
    )
    assert str(config.founded) == "1998-02-03"
    assert config.authority == "editor@old.example"
    assert config.theme_options == {"fonts": "full", "sections": ("a", "b")}
    assert config.markdown == MarkupOptions(typography=False)
    assert config.csp == {"img-src": ("https://a.example", "https://b.example"), "script-src": ("'self'",)}
    assert config.sidebar == (
        SidebarItem(block="recent", on="lists"),
        SidebarItem(block="text", body="Write to us.", on="all"),
    )
    assert datetime(2008, 9, 27, tzinfo=config.zone).isoformat() == "2008-09-27T00:00:00-04:00"
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301


@pytest.mark.parametrize(
    ("written", "address", "base"),
    [
        ("https://example.org/", "https://example.org/", "/"),
        ("HTTP://Example.ORG:8080/Blog//", "http://example.org:8080/Blog/", "/Blog/"),
        ("https://me.github.io/my-paper", "https://me.github.io/my-paper/", "/my-paper/"),
        ("http://[::1]:8000/", "http://[::1]:8000/", "/"),
    ],
)
def test_addresses(read, written, address, base):
    config = read(f'title = "x"\nurl = "{written}"')
    assert (config.address, config.base) == (address, base)


def test_the_preset_of_blogger_keeps_what_is_given(read):
    links = read(LEAST + '[permalinks]\npreset = "blogger"\ntag = "/t/{slug}/"').permalinks
    assert (links.page, links.tag, links.post) == ("/p/{path}.html", "/t/{slug}/", "/{year}/{month}/{slug}.html")


def test_in_pyproject(read):
    config = read('[project]\nname = "x"\n[tool.sitegen]\n' + LEAST, "pyproject.toml")
    assert (config.title, config.source) == ("The Gazette", "pyproject.toml")


def test_a_pyproject_without_a_site_is_no_matter(read, tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    assert read(LEAST).source == "sitegen.toml"


def test_line_ends_and_byte_order_mark_change_nothing(read, tmp_path):
    plain = read(LEAST + "[feeds]\nlimit = 3\n")
    (tmp_path / "sitegen.toml").write_bytes(
        b"\xef\xbb\xbf" + (LEAST + "[feeds]\nlimit = 3\n").encode().replace(b"\n", b"\r\n")
    )
    assert read_config(tmp_path) == plain


FAULTS = [
    ("title = 3", "3:9 `title` must be text in quotes"),
    ('title = " "', "3:9 `title` is empty"),
    ('title = "a\\nb"', "3:9 `title` must be one line without control characters"),
    ('title = "a\\u0007b"', "3:9 `title` must be one line without control characters"),
    ('titel = "x"', "3:1 unknown key `titel` | did you mean `title`?"),
    ('Tagline = "x"', "3:1 unknown key `Tagline` | did you mean `tagline`?"),
    ("colour = 1", "3:1 unknown key `colour` | the documentation lists every key"),
    ("feeds.limt = 3", "3:1 unknown key `feeds.limt` | did you mean `limit`?"),
    ("[comments]\nprovidr = 1", "4:1 unknown key `comments.providr` | did you mean `provider`?"),
    (
        "[markdown]\nraw = true",
        "4:1 unknown key `markdown.raw` | one of: autolink, highlight, language, raw_html, typography",
    ),
    ('[[menu]]\ntitle = "a"\nurl = "/"\n[[menu]]\nurl = "/"', "6:1 `menu[1].title` is missing"),
    ('[[menu]]\ntitle = "a"\nurl = "x"', "5:7 `menu[0].url` must start with `https://`, `http://`, `mailto:` or `/`"),
    (
        '[[menu]]\ntitle = "a"\nurl = "/a b"',
        "5:7 `menu[0].url` must be an address without blanks and control characters",
    ),
    ('menu = "x"', "3:8 `menu` must be a list"),
    ("menu = [1]", "3:9 `menu[0]` must be a table"),
    ("feeds = 1", "3:9 `feeds` must be a table"),
    ("markdown = 1", "3:12 `markdown` must be a table"),
    ("permalinks = 1", "3:14 `permalinks` must be a table"),
    ("theme_options = 1", "3:17 `theme_options` must be a table"),
    ("markdown.highlight = 1", "3:22 `markdown.highlight` must be true or false"),
    ('posts_per_page = "10"', "3:18 `posts_per_page` must be a whole number"),
    ("posts_per_page = 0", "3:18 `posts_per_page` must be at least 1, not 0"),
    ("posts_per_page = 1001", "3:18 `posts_per_page` must be at most 1000, not 1001"),
    ('language = "en_US"', "3:12 `language` must be a language tag such as `en` or `pt-BR` | did you mean `en-US`?"),
    ('language = "english language"', "3:12 `language` must be a language tag such as `en` or `pt-BR`"),
    ('timezone = "Europe/Pariss"', "3:12 `timezone` is not a time zone | did you mean `Europe/Paris`?"),
    ('timezone = "europe/paris"', "3:12 `timezone` is not a time zone | did you mean `Europe/Paris`?"),
    ('timezone = "../UTC"', "3:12 `timezone` is not a time zone | write a name such as `Europe/Paris`"),
    ('founded = "2008"', "3:11 `founded` must be a date such as 2008-09-27"),
    ("founded = 2008-09-27T10:00:00", "3:11 `founded` must be a date such as 2008-09-27"),
    ('theme = "../x"', "3:9 `theme` must be a name of letters, digits, `.`, `_` and `-`"),
    ('output = "a\\nb"', "3:10 `output` must not contain control characters"),
    ('founded = "2008-09-31"', "3:11 `founded` must be a date such as 2008-09-27"),
    ('output = ""', "3:10 `output` is empty | name the folder that is published"),
    *(
        (
            f'output = "{output}"',
            "3:10 `output` must be a plain path | `~`, `$NAME` and `%NAME%` are never expanded, so that a build is the "
            "same everywhere",
        )
        for output in ("~/public", "$HOME/public", "%HOME%")
    ),
    ('comments.provider = "disqus"', "3:21 `comments.provider` must be `archive` or `none`, not `disqus`"),
    ('feeds.content = "all"', "3:17 `feeds.content` must be `full` or `summary`, not `all`"),
    (
        'feeds.authority = "a b"',
        "3:19 `feeds.authority` must be a host name or an e-mail address, such as `example.org`",
    ),
    ("csp.img_src = []", "3:1 `csp.img_src` is no directive | did you mean `img-src`?"),
    (
        'csp.img-src = ["a;b"]',
        "3:16 `csp.img-src[0]` must be one source without blanks, `,` and `;`, such as `https://example.org`",
    ),
    ('editor = "vi"', "3:10 `editor` must contain `{file}`, such as `code --goto {file}:{line}`"),
    ('editor = "vi {file} {row}"', "3:10 `editor` has an unknown placeholder `{row}` | one of: {file}, {line}"),
    (
        '[[sidebar]]\nblock = "abut"',
        "4:9 `sidebar[0].block` must be `about`, `recent`, `labels`, `archive`, `text` or `promo`, not `abut`",
    ),
    ('[[sidebar]]\nblock = "text"', "3:1 `sidebar[0]` of the block `text` needs a `body`"),
    ('[[sidebar]]\nblock = "about"\nbody = "x"', "3:1 `sidebar[0]` of the block `about` takes no `body`"),
    ('permalinks.preset = "wix"', "3:21 `permalinks.preset` must be `default` or `blogger`, not `wix`"),
]


@pytest.mark.parametrize(("line", "message"), FAULTS)
def test_faults(refuse, line, message):
    kept = LEAST if not line.startswith("title =") else LEAST.replace("title =", "tagline =")
    assert refuse(kept + line) == [f"sitegen.toml:{message}"]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "must be absolute, such as `https://example.org/`"),
        ("example.org", "must be absolute, such as `https://example.org/`"),
        ("/blog/", "must be absolute, such as `https://example.org/`"),
        ("ftp://example.org/", "must be absolute, such as `https://example.org/`"),
        ("https:///x", "must be absolute, such as `https://example.org/`"),
        ("https://me:pw@example.org/", "must not contain a user name or password | it is shown on every page"),
        ("https://example.org/?", "must not contain `?` or `#`"),
        ("https://example.org/#top", "must not contain `?` or `#`"),
        ("https://example.org:port/", "is not an address such as `https://example.org/`"),
        ("https://[::1/", "is not an address such as `https://example.org/`"),
        ("https://exa mple.org/", "has a host that is no DNS name"),
        ("https://" + "a" * 64 + ".example/", "has a host that is no DNS name"),
        ("https://bücher.example/", "has a host that is no DNS name | write `xn--bcher-kva.example`"),
        ("https://example.org/a/../b", "must have a path of plain letters, digits and `-`, such as `/blog/`"),
        ("https://example.org/a%20b", "must have a path of plain letters, digits and `-`, such as `/blog/`"),
    ],
)
def test_wrong_addresses(refuse, url, message):
    assert refuse(f'title = "x"\nurl = "{url}"') == [f"sitegen.toml:2:7 `url` {message}"]


@pytest.mark.parametrize(
    ("key", "pattern", "message"),
    [
        ("post", "{slug}.html", "must start with `/`"),
        ("post", "/{yeer}/{slug}/", "has an unknown placeholder `{yeer}` | did you mean `year`?"),
        (
            "post",
            "/{name}/",
            "has an unknown placeholder `{name}` | one of: category, day, id, month, path, slug, year",
        ),
        (
            "post",
            "/{year}/{month}/",
            "needs `{slug}` or `{path}` or `{id}` | without it several pages would have one address",
        ),
        ("post", "/{slug", "has a brace without its partner"),
        ("post", "/../{slug}", "must not contain segments of dots | write it without them"),
        ("post", "/a//{slug}", "must not contain `//`"),
        ("post", "/a\\\\{slug}", "must not contain a backslash or control characters"),
        ("post", "/a\\n{slug}", "must not contain a backslash or control characters"),
        ("post", "/%2e%2e/{slug}", "must not contain `%` | write the path as it reads, not encoded"),
        ("post", "/{slug}?x", "must not contain `?` | write the path as it reads, not encoded"),
        ("page", "/about.html", "needs `{path}` | without it several pages would have one address"),
        ("tag", "/tags/", "needs `{slug}` or `{name}` | without it several pages would have one address"),
        ("page", "/{a: b}/", "has an unknown placeholder `{a: b}` | one of: path"),
        ("archive", "/{year}/", "has an unknown placeholder `{year}` | it has no placeholders"),
        (
            "day",
            "/{year}/{day}/",
            "needs `{year}` and `{month}` and `{day}` | without it several pages would have one address",
        ),
    ],
)
def test_wrong_patterns(refuse, key, pattern, message):
    assert refuse(LEAST + f'[permalinks]\n{key} = "{pattern}"') == [
        f"sitegen.toml:4:{len(key) + 4} `permalinks.{key}` {message}"
    ]


def test_every_fault_in_one_run(refuse):
    found = refuse('titel = "x"\nurl = 3\noutput = "~"\n[feeds]\nlimit = 0\n[[menu]]\n')
    assert [message.split(" ")[0] for message in found] == [
        "sitegen.toml:1",
        "sitegen.toml:1:1",
        "sitegen.toml:2:7",
        "sitegen.toml:3:10",
        "sitegen.toml:5:9",
        "sitegen.toml:6:1",
        "sitegen.toml:6:1",
    ]


def test_faults_in_pyproject_have_their_place(refuse):
    found = refuse('[project]\nname = "x"\n\n[tool.sitegen]\nurl = "x"\n', "pyproject.toml")
    assert found == [
        'pyproject.toml:4:1 `title` is missing | write the name of the site: title = "My Paper"',
        "pyproject.toml:5:7 `url` must be absolute, such as `https://example.org/`",
    ]


def test_a_site_that_is_no_table(refuse):
    assert refuse("[tool]\nsitegen = 3", "pyproject.toml") == [
        "pyproject.toml:2:11 `sitegen` must be a table: [tool.sitegen]"
    ]


def test_menus_may_lead_to_a_mailbox(read):
    menu = read(LEAST + '[[menu]]\ntitle = "Write"\nurl = "mailto:a@example.org"').menu
    assert [(item.title, item.url) for item in menu] == [("Write", "mailto:a@example.org")]


def test_zones_that_do_not_exist():
    with pytest.raises(KeyError):
        read_zone("../../etc/passwd")


def test_no_configuration(tmp_path):
    with pytest.raises(ConfigError, match="run `sitegen init`"):
        read_config(tmp_path)


def test_two_configurations(read, refuse):
    read(LEAST)
    assert refuse("[tool.sitegen]\n" + LEAST, "pyproject.toml") == [
        "pyproject.toml:1:1 the site is configured twice | sitegen.toml says what the site is too | keep one of them"
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"title = 'x'\nurl = http", "sitegen.toml:2:7 this is no value"),
        (b"title = 'x'\n  title = 'y'", "sitegen.toml:2:3 `title` is given twice, first on line 1"),
        (b"title = '\xe9'", "sitegen.toml:1 not UTF-8 at byte 10"),
        ("title = 'x'".encode("utf-16"), "sitegen.toml:1 not UTF-8 at byte 1"),
        (b"[tool]\nsitegen = 3", "sitegen.toml:1 `title` is missing"),
    ],
)
def test_what_is_no_toml(tmp_path, data, message):
    (tmp_path / "sitegen.toml").write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path)
    first = caught.value.findings[0]
    assert f"{first.place} {first.what}" == message


def test_the_excerpt_is_the_line_with_a_mark(refuse, read):
    with pytest.raises(ConfigError) as caught:
        read(LEAST + "\tposts_per_page = 0")
    assert "    \tposts_per_page = 0\n    \t                 ^" in str(caught.value)


def test_a_folder_in_its_place(tmp_path):
    (tmp_path / "sitegen.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path)


def test_others_may_find_fault_with_a_key(read, tmp_path):
    read(LEAST + "[theme_options]\nfonts = 'huge'")
    file = read_config_file(tmp_path)
    assert str(file.finding(("theme_options", "fonts"), "x").place) == "sitegen.toml:4:9"
    assert str(file.finding(("theme_options", "fonts"), "x", at_key=True).place) == "sitegen.toml:4:1"
    assert str(file.finding(("theme_options", "gone"), "x").place) == "sitegen.toml:3:1"


def test_zones_come_from_the_package_and_not_from_the_system(tmp_path):
    (tmp_path / "Europe").mkdir()
    lie = importlib.resources.files("tzdata.zoneinfo").joinpath("Asia", "Tokyo").read_bytes()
    (tmp_path / "Europe" / "Paris").write_bytes(lie)
    zoneinfo.reset_tzpath([str(tmp_path)])
    try:
        zone = read_zone.__wrapped__("Europe/Paris")
        assert datetime(2008, 9, 27, tzinfo=zone).isoformat() == "2008-09-27T00:00:00+02:00"
        assert datetime(2008, 9, 27, tzinfo=zoneinfo.ZoneInfo.no_cache("Europe/Paris")).isoformat().endswith("+09:00")
    finally:
        zoneinfo.reset_tzpath()


def test_every_zone_can_be_read():
    for name in zone_names():
        assert Config(title="x", url="https://example.org/", timezone=name).zone.key == name
