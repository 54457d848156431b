"""Putting the reload script into an answer. The files of the site never see it."""

import re
from html import escape
from urllib.parse import urlencode

__all__ = ["SCRIPT_PATH", "SOCKET_PATH", "inject", "script_tag"]

SCRIPT_PATH = "/livereload.js"
SOCKET_PATH = "/livereload"
"""Both are fixed by LiveReload's protocol, below no base path."""

_ATTRIBUTES = rb"""(?:[\s/](?:[^>"']|"[^"]*"|'[^']*')*+)?"""
# What may stand before <head> and its start tag; a <head> inside a comment is none. A script above the doctype would
# put the browser into quirks mode.
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.*?-->|<!doctype[^>]*>|<html%b>)*+(?:<head%b>)?" % (_ATTRIBUTES, _ATTRIBUTES),
    re.IGNORECASE | re.DOTALL,
)
_QUICKEST_MS, _SLOWEST_MS = 200, 2000


def script_tag(host: str, port: int, edition: str) -> bytes:
    """Return the tag of the script that reloads a page made of `edition`, for a page at `host` (with or without port).

    The script finds its own tag and reads its settings from the address.
    """
    settings = {"port": port, "mindelay": _QUICKEST_MS, "maxdelay": _SLOWEST_MS, "edition": edition}
    if host.startswith("["):
        # The script takes no IPv6 address out of its own address.
        settings["host"] = host.partition("]")[0] + "]"
    return f'<script src="{SCRIPT_PATH}?{escape(urlencode(settings, safe="[]:"))}"></script>'.encode()


def inject(page: bytes, tag: bytes) -> bytes:
    """Return an HTML page with `tag` as the first child of its head, or where a head would start when it has none.

    It stands before the Content-Security-Policy of the page, which allows no script that is not the site's.
    """
    found = _HEAD.match(page)
    end = found.end() if found else 0  # it always matches, if only the empty string
    return page[:end] + tag + page[end:]
