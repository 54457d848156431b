"""Titles, texts and pictures of every kind, for the sites that a theme is checked with."""

from collections.abc import Mapping

__all__ = ["BODIES", "PICTURES", "TITLES"]

_LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesentwurfsverfassungsbeirat"

TITLES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("Go", {}),
    ("On and on, " * 27 + "to the end", {}),
    (_LONG_WORD, {"lang": "de"}),
    ('C++ & <b> "quoted" {{ braces }}', {"tags": "[C++, 'a & b']", "category": "'R & D'"}),
    ("🎈🎈", {}),
    ("عنوان طويل بعض الشيء لمقال باللغة العربية", {"lang": "ar"}),
    ("כותרת בעברית עם English בתוכה", {"lang": "he"}),
    ("हिन्दी में एक शीर्षक", {"lang": "hi"}),
    ("没有空格的中文标题也必须能够换行因为它可能很长很长很长", {"lang": "zh"}),
)
"""Titles, each with other keys of its post."""

_PARAGRAPH = (
    "The paper was printed at night and carried to the houses before the day began, and whoever read it at breakfast "
    "knew what had been said in the evening. "
)
_NESTED = "\n\n".join(f"{'    ' * depth}- level {depth + 1}" for depth in range(10))
_TABLE = "\n".join(
    "|" + "|".join(f" {cell} {column} " for column in range(12)) + "|" if cell != "---" else "|---" * 12 + "|"
    for cell in ("head", "---", "one", "another")
)
BODIES: Mapping[str, str] = {
    "nothing in it": "",
    "one line": "One line.",
    "20,000 words": "\n\n".join([_PARAGRAPH * 10] * 74),
    "a quotation first": f"> {_PARAGRAPH}\n\n{_PARAGRAPH}",
    "a list first": "- one\n- two\n\nText.",
    "a heading first": f"## First\n\n{_PARAGRAPH}",
    "a picture first": f'![A tower](tall.svg "The tower")\n\n{_PARAGRAPH}',
    "code first": "```python\n" + "value = " + "'x' + " * 40 + "'y'\n```\n",
    "quotation marks first": f"“{_PARAGRAPH}” {_PARAGRAPH}",
    "headings": "\n\n".join(f"{'#' * level} Heading {level}\n\n{_PARAGRAPH}" for level in (2, 3, 4, 5, 6, 2, 2, 2)),
    "a wide table": _TABLE,
    "lists in lists": _NESTED,
    "notes": "A text with a note[^1] and another[^2].\n\n[^1]: The note.\n[^2]: The other.",
    "much else": '!!! warning "Mind"\n    This.\n\nterm\n: what it means\n\n- [ ] open\n- [x] done\n\n---\n\n'
    "Text with `code`, <kbd>Ctrl</kbd>, ~~not~~ and <https://example.org/>.",
}
"""Texts of posts by what is special about them."""

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"/>'
PICTURES: Mapping[str, str] = {
    f"content/posts/{name}.svg": _SVG.format(width, height)
    for name, width, height in (("tall", 600, 1800), ("wide", 3000, 500), ("tiny", 8, 8))
}
"""Pictures beside the posts: portrait, panorama, tiny."""
