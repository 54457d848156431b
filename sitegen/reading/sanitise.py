"""HTML from strangers, made harmless: archived comments."""

__all__ = ["sanitise"]

_ELEMENTS = {"a", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "pre", "strong", "ul"}
_SCHEMES = {"http", "https", "mailto"}


def sanitise(html: str) -> str:
    """Return `html` with nothing left but text, simple markup and links to `http`, `https` and `mailto`.

    Search engines are told that the links are not ours. A link to a path is taken off: it led to a page of the site
    that the comment was written on.
    """
    import nh3  # most sites have no archived comments

    return nh3.clean(
        html,
        tags=_ELEMENTS,
        attributes={"*": set(), "a": {"href"}},  # `*`: nh3 would let `title` and `lang` through
        attribute_filter=_filter,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
        strip_comments=True,
    )


def _filter(element: str, name: str, value: str) -> str | None:
    is_elsewhere = value.strip().lower().startswith(tuple(f"{scheme}:" for scheme in _SCHEMES))
    return value if (element, name) != ("a", "href") or is_elsewhere else None
