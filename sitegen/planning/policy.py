"""The Content-Security-Policy of a page, decided while it is planned (CSP Level 3)."""

from collections.abc import Iterable, Mapping

__all__ = ["content_policy"]

# `connect-src 'self'`: without it, auditing tools cannot fetch robots.txt (measured with Lighthouse).
_STRICT = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def content_policy(additions: Mapping[str, Iterable[str]], hosts: Iterable[str] = (), *, media: bool = False) -> str:
    """Return the strict policy, opened for the `hosts` whose pictures the body loads and for the config's `additions`.

    `media`: the body plays sound or film.
    """
    policy = dict(_STRICT)
    if media:
        policy["media-src"] = "'self'"
    for host in hosts:
        policy["img-src"] += f" {host}"
        if media:
            policy["media-src"] += f" {host}"
    for directive, sources in sorted(additions.items()):
        known = policy.get(directive, "")
        added = " ".join(sources)
        policy[directive] = added if known in {"", "'none'"} else f"{known} {added}"
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())
