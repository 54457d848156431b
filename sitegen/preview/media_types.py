"""Content types by suffix: a fixed table, so that no setting of the machine decides how a browser reads a file."""

from pathlib import PurePosixPath

__all__ = ["HTML", "TEXT", "media_type"]

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

_XML = "application/xml; charset=utf-8"
_TYPES = {
    ".html": HTML,
    ".htm": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".xml": _XML,
    ".xsl": _XML,
    ".xslt": _XML,
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".txt": TEXT,
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
    ".ico": "image/vnd.microsoft.icon",
    ".bmp": "image/bmp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
    ".gz": "application/gzip",
}
_UNKNOWN = "application/octet-stream"


def media_type(path: str, medium: str = "") -> str:
    """Return the content type of a file by its name; what is not known is offered as a download.

    Where the name says nothing, the `medium` that made it may: Blogger's feeds have no suffix, and a site's `_headers`
    tell their type.
    """
    return _TYPES.get(PurePosixPath(path).suffix.lower() or f".{medium}", _UNKNOWN)
