"""Who may ask: the hosts by which a preview is known, and the origins of its own pages.

A page of another site can make a browser send requests here, and through DNS rebinding even under its own name. Only
requests that name this server by one of its own names are answered (the class of CVE-2025-24010).
"""

from collections.abc import Sequence

from sitegen.records import dataclass

__all__ = ["Access"]

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_WILDCARDS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104  names that are not added, nothing is bound here
_HTTP_PORT = 80


@dataclass(frozen=True, slots=True)
class Access:
    """The names of one server."""

    hosts: frozenset[str]
    """Values of `Host` that are answered."""
    origins: frozenset[str]
    """Values of `Origin` that may open a socket."""

    @classmethod
    def of(cls, host: str, port: int, also: str = "") -> "Access":
        """Return the names of a server that listens on `port` of the address `host`, and is known as `also` too."""
        bracketed = f"[{host}]" if ":" in host else host.lower()
        names = (*_LOOPBACK, *(() if host in _WILDCARDS else (bracketed,)), *((also,) if also else ()))
        with_port = {f"{name}:{port}" for name in names}
        # Browsers leave the port of HTTP out of an origin (RFC 6454 section 6.2).
        origins = {f"http://{name}" for name in (names if port == _HTTP_PORT else with_port)}
        return cls(frozenset(names) | with_port, frozenset(origins))

    def admits_host(self, values: Sequence[str]) -> bool:
        """Whether a request with these `Host` fields is answered: there must be one, and it must be ours."""
        return len(values) == 1 and values[0].lower() in self.hosts

    def admits_origin(self, values: Sequence[str], fetch_site: str | None) -> bool:
        """Whether a page with these `Origin` fields may open a socket.

        A request without one comes from no page at all, unless `Sec-Fetch-Site` says that it does.
        """
        if not values:
            return fetch_site in {None, "same-origin", "none"}
        return len(values) == 1 and values[0] in self.origins
