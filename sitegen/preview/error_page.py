"""Pages that the preview makes itself: what is wrong with the site, and where. They need nothing of the site."""

import re
from collections.abc import Iterable
from html import escape

from sitegen.errors import Finding

__all__ = ["error_page", "notice_page", "sentence"]

_STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1b1a18; --soft: #5f5b54; --line: #d9d4c9; --code: #f1eee6;
  --alarm: #a81e1e; --mark: #f6c9c2; }
@media (prefers-color-scheme: dark) { :root { --paper: #171614; --ink: #ece8df; --soft: #a8a297; --line: #3b3833;
  --code: #22201d; --alarm: #ff8f80; --mark: #74261f; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 0 1.25rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  border-top: .375rem solid var(--alarm); }
main { max-width: 58rem; margin: 0 auto; padding: clamp(1.5rem, 5vw, 3.5rem) 0 3rem; }
h1 { margin: 0; font: 700 clamp(1.75rem, 4.5vw, 2.5rem)/1.15 Georgia, "Times New Roman", serif;
  letter-spacing: -.01em; text-wrap: balance; }
.lead { margin: .75rem 0 0; color: var(--soft); }
article { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.place { margin: 0; color: var(--alarm); }
.place, pre, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: .9375rem; overflow-wrap: anywhere; }
h2 code { font-size: 1.125rem; }
h2 { margin: .25rem 0 0; font-size: 1.25rem; line-height: 1.35; overflow-wrap: anywhere; }
pre { display: flex; margin: 1rem 0 0; padding: .75rem 1rem; overflow-x: auto; background: var(--code);
  border-left: .25rem solid var(--alarm); border-radius: 0 .25rem .25rem 0; tab-size: 4; overflow-wrap: normal; }
pre span { padding-right: 1rem; color: var(--soft); user-select: none; }
mark { background: var(--mark); color: inherit; border-radius: .125rem; padding: .125rem 0;
  box-shadow: 0 .125rem 0 var(--alarm); }
dl { display: grid; grid-template-columns: 2.25rem 1fr; gap: .375rem .75rem; margin: 1rem 0 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
"""
# The page needs no script of its own, and nothing that a file or an error says may become one.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_QUOTED = re.compile("`([^`]+)`")
_TITLE = "This page cannot be shown"


def error_page(findings: Iterable[Finding]) -> bytes:
    """Return a page with every finding: where, what, the line with its mark, why, and what to do."""
    found = tuple(findings)
    count = "One thing is" if len(found) == 1 else f"{len(found)} things are"
    lead = f"{count} in the way. Save the repair, and the page is back by itself."
    return _page(_TITLE, f'<p class="lead">{lead}</p>' + "".join(map(_article, found)))


def notice_page(title: str, sentence: str) -> bytes:
    """Return a page that says one thing."""
    return _page(title, f'<p class="lead">{escape(sentence)}</p>')


def _page(title: str, content: str) -> bytes:
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1>{content}</main></body></html>\n"
    )
    # Names of files and lines of sources may hold bytes that are no text.
    return page.encode("utf-8", "backslashreplace")


def _article(finding: Finding) -> str:
    place = f'<p class="place">{escape(str(finding.place))}</p>' if finding.place.path else ""
    rows = "".join(
        f"<dt>{name}</dt><dd>{_text(text)}</dd>" for name, text in (("Why", finding.why), ("Fix", finding.hint)) if text
    )
    detail = f"<dl>{rows}</dl>" if rows else ""
    return f"<article>{place}<h2>{_text(sentence(finding.what))}</h2>{_excerpt(finding)}{detail}</article>\n"


def _text(text: str) -> str:
    """Return a message as HTML; what it quotes in backticks is code."""
    return _QUOTED.sub(r"<code>\1</code>", escape(text))


def sentence(what: str) -> str:
    """Return a message with a capital; it may start with a name or a quotation, which stays as it is."""
    return what[:1].upper() + what[1:] if what.split(" ", 1)[0].isalpha() else what


def _excerpt(finding: Finding) -> str:
    line = finding.excerpt.rstrip()
    if not line.strip():
        return ""
    number = f"<span>{finding.place.line}</span>" if finding.place.line else ""
    return f'<pre tabindex="0">{number}<code>{_marked(line, finding.place.column)}</code></pre>'


def _marked(line: str, column: int) -> str:
    """Return a line as HTML, with a mark on the character at `column` (counted from 1; 0: none)."""
    if not column:
        return escape(line)
    before, marked, after = line[: column - 1], line[column - 1 : column] or " ", line[column:]
    return f"{escape(before)}<mark>{escape(marked)}</mark>{escape(after)}"
