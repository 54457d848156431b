"""What each key of front matter means, and every message about one that is wrong (CONTENT.md section 2)."""

import time
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.values import read_zone
from sitegen.errors import Finding, Severity
from sitegen.model import CommentPolicy, Picture, PromoMatch
from sitegen.reading.fields import (
    KNOWN_PAGE_KEYS,
    KNOWN_POST_KEYS,
    AuthorFields,
    InlineAuthor,
    InlinePromo,
    PageFields,
    PostFields,
    PromoFields,
    read_author_fields,
    read_page_fields,
    read_post_fields,
    read_promo_fields,
)
from sitegen.reading.front_matter import Matter, read_matter

ZONE = read_zone("America/Toronto")
TITLED = "title: A Post\n"


def matter_of(yaml: str) -> Matter:
    return read_matter(f"---\n{yaml}\n---\n".encode(), "a.md")


def message(finding: Finding) -> str:
    return " | ".join(filter(None, (str(finding.place).removeprefix("a.md:"), finding.what, finding.hint)))


def post(yaml: str) -> PostFields:
    found, findings = read_post_fields(matter_of(yaml), ZONE)
    assert findings == ()
    return found


def faults(yaml: str) -> list[str]:
    _, findings = read_post_fields(matter_of(yaml), ZONE)
    assert all(finding.severity is Severity.ERROR and finding.excerpt for finding in findings if finding.place.column)
    return [message(finding) for finding in findings]


def test_the_least_is_a_title():
    assert post("title: A Post") == PostFields(title="A Post")


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [
        ("title", "2024", "2024"),
        ("title", "no", "no"),
        ("title", "null", "null"),
        ("title", "'  A & B <i>\"x\"</i> ]]>  '", 'A & B <i>"x"</i> ]]>'),
        ("title", "a  b", "a  b"),
        ("title", ">\n  two\n  lines", "two lines"),
        ("tags", "2024", ("2024",)),
        ("tags", "pay, , Pay,  PAY , hiring", ("pay", "hiring")),
        ("tags", "[C, C++, 'a, b', '']", ("C", "C++", "a, b")),
        ("tags", "[]", ()),
        ("tags", "", ()),
        ("category", "Hiring & Firing", "Hiring & Firing"),
        ("category", "", "general"),
        ("summary", "|\n  One\n  *paragraph*.", "One\n*paragraph*."),
        ("slug", "follow-up", "follow-up"),
        ("permalink", "/a/b c/é.html", "/a/b c/é.html"),
        ("permalink", "/a/", "/a/"),
        ("aliases", "/old.html", ("/old.html",)),
        ("aliases", "[/old.html, /older/]", ("/old.html", "/older/")),
        ("id", "tag:example.org,2000:x", "tag:example.org,2000:x"),
        ("image", "desk.jpg", Picture("desk.jpg", None)),
        ("image", "https://example.org/desk.jpg", Picture("https://example.org/desk.jpg", None)),
        ("image", "{src: my desk.jpg, alt: ''}", Picture("my desk.jpg", "")),
        ("image", "{src: /d.jpg, alt: A desk, caption: C, credit: D}", Picture("/d.jpg", "A desk", "C", "D")),
        ("comments", "Closed", CommentPolicy.CLOSED),
        ("comments", "off", CommentPolicy.OFF),
        ("series", "Letters", "Letters"),
        ("lang", "pt-BR", "pt-BR"),
        ("template", "wide.html", "wide.html"),
        ("description", "", ""),
        ("extra", "{a: 1, b: [true, ~]}", {"a": 1, "b": (True, None)}),
    ],
)
def test_values(key, written, value):
    assert getattr(post(f"{'' if key == 'title' else TITLED}{key}: {written}"), key) == value


@pytest.mark.parametrize("key", ["draft", "unlisted", "featured"])
@pytest.mark.parametrize(
    ("word", "value"), [("true", True), ("YES", True), ("False", False), ("no", False), ("", False)]
)
def test_truth(key, word, value):
    assert getattr(post(f"{TITLED}{key}: {word}"), key) is value


def test_dates():
    found = post(f"{TITLED}date: 2008-09-27 14:05\nupdated: 2008-09-28T00:00Z\nexpires: 2008-12-31")
    assert str(found.date) == "2008-09-27 14:05:00-04:00"
    assert str(found.updated) == "2008-09-28 00:00:00+00:00"
    assert str(found.expires) == "2009-01-01 00:00:00-05:00"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("author: carl", ("carl",)),
        ("authors: Carl Mueller, PhD", ("Carl Mueller, PhD",)),
        ("author: [carl, jane]", ("carl", "jane")),
        ("author: {name: Jane}", (InlineAuthor("Jane"),)),
        (
            "authors: [carl, {name: J, bio: '*B*', url: /j, email: j@x.org, photo: j.jpg}]",
            ("carl", InlineAuthor("J", "*B*", "/j", "j@x.org", Picture("j.jpg", None))),
        ),
        ("author:", ()),
        ("author: []", ()),
    ],
)
def test_authors(written, authors):
    assert post(TITLED + written).authors == authors


@pytest.mark.parametrize(
    ("written", "promos"),
    [
        ("series: x", None),
        ("promo:", None),
        ("promo: none", ()),
        ("promos: None", ()),
        ("promos: []", ()),
        ("promo: book", ("book",)),
        ("promo: [book, course]", ("book", "course")),
        ("promo: {title: A Book, body: '*Buy*'}", (InlinePromo("A Book", "*Buy*"),)),
        (
            "promos: [book, {title: T, url: 'https://x.org/', label: Ad, image: {src: b.png, alt: B}}]",
            ("book", InlinePromo("T", "", "https://x.org/", "Ad", Picture("b.png", "B"))),
        ),
    ],
)
def test_promos(written, promos):
    assert post(TITLED + written).promos == promos


def test_unknown_keys_are_extra_and_typed():
    found = post(TITLED + "mood: 3\nok: true\nzip: '012'\nmap: {a: 1.5}\nextra: {mood: 4}")
    assert found.extra == {"mood": 4, "ok": True, "zip": "012", "map": {"a": 1.5}}


LINE = "must be one line without control characters"
FAULTS = [
    ("tags: {a: b}", "3:7 | `tags` must be text, not a mapping"),
    (
        "tags: [a, [b], {c: d}]",
        "3:11 | `tags[1]` must be text, not a list",
        "3:16 | `tags[2]` must be text, not a mapping",
    ),
    ('tags: [a, "b\\nc"]', f"3:11 | `tags[1]` {LINE}"),
    ("tagz: a", "3:1 | unknown key `tagz` | did you mean `tags`?"),
    ("sumary: a", "3:1 | unknown key `sumary` | did you mean `summary`?"),
    ("dtae: a", "3:1 | unknown key `dtae` | did you mean `date`?"),
    ("Tags: a", "3:1 | unknown key `Tags` | did you mean `tags`?"),
    ("ID: a", "3:1 | unknown key `ID` | did you mean `id`?"),
    ("date: 2024-02-30", "3:7 | `date` is impossible, there is no 30 February in 2024"),
    ("updated: 2024-13-45", "3:10 | `updated` is impossible, there is no month 13"),
    (
        "expires: soon",
        "3:10 | `expires` must be a date | such as 2008-09-27, 2008-09-27 14:05 or 2008-09-27T14:05:00-04:00",
    ),
    ("date: [2024-01-01]", "3:7 | `date` must be text, not a list"),
    ("draft: maybe", "3:8 | `draft` must be true or false, not `maybe`"),
    ("draft: 'yes: soon'", "3:8 | `draft` must be true or false, not `yes: soon`"),
    ("featured: 1", "3:11 | `featured` must be true or false, not `1`"),
    ("comments: false", "3:11 | `comments` must be `open`, `closed` or `off`, not `false`"),
    ("category: ' '", "3:11 | `category` is empty"),
    ("category: [a]", "3:11 | `category` must be text, not a list"),
    ("slug: a/b", "3:7 | `slug` must be one part of a path | for a whole path use `permalink`"),
    ("slug: ..", "3:7 | `slug` must not contain segments of dots | write it without them"),
    ("slug: a%2fb", "3:7 | `slug` must not contain `%` | write the path as it reads, not encoded"),
    ("slug: 'a '", None),
    ("slug: a.", "3:7 | `slug` must not contain segments with a blank at either end or a dot at the end"),
    ("slug: " + "é" * 101, "3:7 | `slug` must not contain segments of more than 200 bytes"),
    ("permalink: a.html", "3:12 | `permalink` must start with `/`"),
    ("permalink: /../a", "3:12 | `permalink` must not contain segments of dots | write it without them"),
    ("permalink: /a/./b", "3:12 | `permalink` must not contain segments of dots | write it without them"),
    ("permalink: /a//b", "3:12 | `permalink` must not contain `//`"),
    ("permalink: //a", "3:12 | `permalink` must not contain `//`"),
    ("permalink: /%2e%2e/a", "3:12 | `permalink` must not contain `%` | write the path as it reads, not encoded"),
    ("permalink: /a\\b", "3:12 | `permalink` must not contain a backslash or control characters"),
    ('permalink: "/a\\nb"', "3:12 | `permalink` must not contain a backslash or control characters"),
    ("permalink: /a?b", "3:12 | `permalink` must not contain `?` | write the path as it reads, not encoded"),
    (
        "aliases: [old.html, /a, '/b#c']",
        "3:11 | `aliases[0]` must start with `/`",
        "3:25 | `aliases[2]` must not contain `#` | write the path as it reads, not encoded",
    ),
    ("id: a b", "3:5 | `id` must be a word without blanks"),
    ("id: ''", "3:5 | `id` must be a word without blanks"),
    ("summary: |\n  a\n\n  b", "3:10 | `summary` must be one paragraph"),
    ("lang: en_US", "3:7 | `lang` must be a language tag such as `en` or `pt-BR` | did you mean `en-US`?"),
    ("template: ../a.html", "3:11 | `template` must be a name of letters, digits, `.`, `_` and `-`"),
    ("extra: 3", "3:8 | `extra` must be a mapping, not text"),
    ("image: []", "3:8 | `image` must be a mapping, not a list"),
    ("image: {alt: a}", "3:8 | `image` needs a `src`"),
    (
        "image: {src: a.png, atl: b}",
        "3:21 | `image.atl` is not known here | one of: alt, caption, credit, src",
    ),
    ("image: 'javascript:alert(1)'", "3:8 | `image` must be a path, or an address that starts with `https://`"),
    ("image: //x.org/a.png", "3:8 | `image` must be a path, or an address that starts with `https://`"),
    ("image: ''", "3:8 | `image` must be the path of a picture | beside this file, or from the site's root with `/`"),
    ("author: a\nauthors: b", "4:1 | `author` and `authors` are both given | they mean the same: keep one of them"),
    ("promos: a\npromo: b", "4:1 | `promos` and `promo` are both given | they mean the same: keep one of them"),
    ("author: ['']", "3:10 | `author[0]` is empty"),
    ("author: {bio: b}", "3:9 | `author` needs a `name`"),
    (
        "author: {name: a, url: 'javascript:b', email: c}",
        "3:24 | `author.url` must start with `https://`, `http://`, `mailto:` or `/`",
        "3:47 | `author.email` must be an e-mail address",
    ),
    ("authors: [{name: a, photo: {alt: b}}]", "3:28 | `authors[0].photo` needs a `src`"),
    ("promo: [book, {body: b}]", "3:15 | `promo[1]` needs a `title`"),
    ("promo: {title: a, boddy: b}", "3:19 | `promo.boddy` is not known here | did you mean `body`?"),
]  # fmt: skip


@pytest.mark.parametrize(("yaml", "messages"), [(yaml, messages) for yaml, *messages in FAULTS])
def test_faults(yaml, messages):
    assert faults(TITLED + yaml) == [text for text in messages if text]


@pytest.mark.parametrize(
    ("yaml", "messages"),
    [
        ("date: 2008-09-27", ["1 | `title` is missing | write it between the fences: title: ..."]),
        ("title:", ["2:7 | `title` is missing | write it between the fences: title: ..."]),
        ("title: ' '", ["2:8 | `title` is empty"]),
        ("title: [a]", ["2:8 | `title` must be text, not a list"]),
        ("title: |\n  a\n  b", [f"2:8 | `title` {LINE}"]),
        (
            "titel: a",
            [
                "1 | `title` is missing | write it between the fences: title: ...",
                "2:1 | unknown key `titel` | did you mean `title`?",
            ],
        ),
    ],
)  # fmt: skip
def test_a_title_is_needed(yaml, messages):
    assert faults(yaml) == messages


@pytest.mark.parametrize("read", [read_post_fields, read_page_fields])
def test_a_file_without_front_matter_is_told_what_to_write(read):
    found, findings = read(read_matter(b"Some text.\n", "a.md"), ZONE)
    assert found.title == ""
    assert [message(finding) for finding in findings] == [
        "1 | `title` is missing: the file has no front matter | "
        "start the file with three lines: `---`, `title: ...`, `---`"
    ]


def test_a_faulty_key_leaves_the_others_alone():
    found, findings = read_post_fields(matter_of(TITLED + "draft: yes\ndate: never\ntags: a, b\nslug: /"), ZONE)
    assert (found.draft, found.date, found.tags, found.slug) == (True, None, ("a", "b"), "")
    assert [str(finding.place) for finding in findings] == ["a.md:4:7", "a.md:6:7"]


def test_pages_have_the_keys_of_pages():
    found, findings = read_page_fields(matter_of(TITLED + "updated: 2008-09-27\nslug: x\ntags: a"), ZONE)
    assert findings == ()
    assert (found.slug, str(found.updated), found.extra) == ("x", "2008-09-27 00:00:00-04:00", {"tags": "a"})


def test_authors_files():
    yaml = "name: Jane\nemail: j@x.org\nurl: https://x.org/\nphoto: j.jpg\nrole: Editor\nsame_as: /a\nshort: Writes."
    assert read_author_fields(matter_of(yaml)) == (
        AuthorFields(
            name="Jane",
            email="j@x.org",
            url="https://x.org/",
            photo=Picture("j.jpg", None),
            role="Editor",
            same_as=("/a",),
            short="Writes.",
        ),
        (),
    )


def test_faults_in_authors_files():
    _, findings = read_author_fields(matter_of("emial: a\nsame_as: [/a, 'data:b']\nage: 3"))
    assert [(finding.severity.value, message(finding)) for finding in findings] == [
        ("error", "1 | `name` is missing | write it between the fences: name: ..."),
        ("error", "2:1 | unknown key `emial` | did you mean `email`?"),
        ("error", "3:15 | `same_as[1]` must start with `https://`, `http://`, `mailto:` or `/`"),
        ("warning", "4:1 | `age` is not read here | delete it"),
    ]


def test_promos_files():
    yaml = """
title: T
starts: 2008-09-27
ends: 2008-09-27
weight: -3
default: yes
match: {tags: 'Pay, HIRING', authors: [Carl]}
"""
    found, findings = read_promo_fields(matter_of(yaml), ZONE)
    assert findings == ()
    assert (found.title, found.label, found.weight, found.default) == ("T", "Promotion", -3, True)
    assert (str(found.starts), str(found.ends)) == ("2008-09-27 00:00:00-04:00", "2008-09-28 00:00:00-04:00")
    assert found.match == PromoMatch(tags=frozenset({"pay", "hiring"}), authors=frozenset({"carl"}))


def test_faults_in_promos_files():
    yaml = "title: T\nstarts: 2008-09-27\nends: 2008-09-25\nweight: 1.5\nmatch: {tagz: a, authors: {b: c}}"
    found, findings = read_promo_fields(matter_of(yaml), ZONE)
    assert found.match == PromoMatch()
    assert [message(finding) for finding in findings] == [
        "5:9 | `weight` must be a whole number, not `1.5`",
        "6:9 | `match.tagz` is not known here | did you mean `tags`?",
        "6:27 | `match.authors` must be text, not a mapping",
        "4:7 | `ends` lies before `starts` | such a block would never run",
    ]


def test_the_known_keys_are_the_fields():
    names = {field.name for field in fields(PostFields)}
    assert names | {"author", "promo"} == KNOWN_POST_KEYS
    assert {field.name for field in fields(PageFields)} == KNOWN_PAGE_KEYS


@pytest.mark.parametrize(
    "yaml",
    [
        "aliases: [" + "x, " * 20_000 + "]",
        "tags: " + "a," * 30_000,
        "authors: [" + "'', " * 15_000 + "]",
        "extra: {" + "".join(f"a{number}: {number}, " for number in range(5000)) + "}",
        "{" + "".join(f"tag{chr(number)}: x, " for number in range(0x4E00, 0x5E00)) + "title: x}",
        "weight: " + "9" * 60_000,
    ],
)
def test_bombs_end_quickly(yaml):
    start = time.process_time()
    read_post_fields(matter_of(yaml), ZONE)
    assert time.process_time() - start < 6  # seconds of work, whatever else the machine does


scalars = st.one_of(
    st.none(),
    st.text(),
    st.sampled_from(["none", "yes", "2008-09-27", "2024-02-30", "/a", "..", "a/b", "~", "[", "https://"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from(["name", "title", "src", "alt", "url", "tags", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.one_of(st.sampled_from(sorted(KNOWN_POST_KEYS)), st.text(min_size=1)), values, max_size=6))
def test_any_value_is_converted_or_a_fault(given_values):
    """Law: any value of any key is converted or is a finding that names the key; nothing else is raised."""
    matter = Matter(given_values, "", read_matter(b"", "a.md").source)
    found, findings = read_post_fields(matter, ZONE)
    blamed = {finding.what.split("`")[1] for finding in findings}
    assert all(
        given_values[key] is None or (getattr(found, key) is None) == (key in blamed)
        for key in given_values.keys() & {"date", "updated", "expires"}
    )
    for read, kind in ((read_page_fields, PageFields), (read_promo_fields, PromoFields)):
        assert isinstance(read(matter, ZONE)[0], kind)
    assert isinstance(read_author_fields(matter)[0], AuthorFields)
