"""Putting the reload script into an answer. The files of the site never see it."""

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

__all__ = ["EDIT_PATH", "SCRIPT_PATH", "SOCKET_PATH", "inject", "script_tag"]

SCRIPT_PATH = "/livereload.js"
SOCKET_PATH = "/livereload"
"""Both are fixed by LiveReload's protocol, below no base path."""
EDIT_PATH = "/livereload/edit"

_ATTRIBUTES = rb"""(?:[\s/](?:[^>"']|"[^"]*"|'[^']*')*+)?"""
# What may stand before <head> and its start tag; a <head> inside a comment is none. A script above the doctype would
# put the browser into quirks mode.
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.*?-->|<!doctype[^>]*>|<html%b>)*+(?:<head%b>)?" % (_ATTRIBUTES, _ATTRIBUTES),
    re.IGNORECASE | re.DOTALL,
)
_QUICKEST_MS, _SLOWEST_MS = 200, 2000


def script_tag(host: str, port: int, page: Mapping[str, Any]) -> bytes:
    """Return the tag of the script that follows changes, for a page at `host` (with or without port).

    The script finds its own tag: it reads its settings from the address, and from an attribute what is to be known of
    the `page`.
    """
    settings: dict[str, Any] = {"port": port, "mindelay": _QUICKEST_MS, "maxdelay": _SLOWEST_MS}
    if host.startswith("["):
        # The script takes no IPv6 address out of its own address.
        settings["host"] = host.partition("]")[0] + "]"
    address = escape(urlencode(settings, safe="[]:"))
    # Names of files may hold bytes that are no text; JSON in ASCII has an escape for each.
    return f'<script src="{SCRIPT_PATH}?{address}" data-sitegen="{escape(json.dumps(page))}"></script>'.encode()


def inject(page: bytes, tag: bytes) -> bytes:
    """Return an HTML page with `tag` as the first child of its head, or where a head would start when it has none.

    It stands before the Content-Security-Policy of the page, which allows no script that is not the site's.
    """
    found = _HEAD.match(page)
    end = found.end() if found else 0  # it always matches, if only the empty string
    return page[:end] + tag + page[end:]
