"""Tornado's server with a limit to its connections.

Each one takes a descriptor of the process. When none is left, no connection can be accepted, and Tornado tries it again
and again: whoever opens some hundred and says nothing would stop the preview, and fill the terminal with tracebacks.
"""

import sys
from collections import OrderedDict
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPConnection, HTTPMessageDelegate
from tornado.iostream import IOStream

__all__ = ["BoundedHTTPServer", "most_connections"]

_MOST = 512
_FEWEST = 16


def most_connections() -> int:
    """Return how many connections may be open: no more than half the descriptors that the system grants."""
    if sys.platform == "win32":  # no cover: Windows counts none
        return _MOST
    import resource

    granted, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST if granted == resource.RLIM_INFINITY else min(_MOST, max(granted // 2, _FEWEST))


class BoundedHTTPServer(HTTPServer):
    """A server that closes the connection that has been silent longest when there are too many.

    Browsers open those that they need again. Sockets of open pages stay as long as there are others.
    """

    def initialize(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401  Tornado's
        super().initialize(*arguments, **settings)
        self._most = most_connections()
        self._open: list[IOStream] = []
        self._requesting: OrderedDict[IOStream, None] = OrderedDict()
        """Those that speak HTTP, in the order of their last requests."""

    def handle_stream(self, stream: IOStream, address: Any) -> None:  # noqa: ANN401  Tornado's
        self._open = [*(one for one in self._open if not one.closed()), stream]
        self._requesting[stream] = None
        if len(self._open) > self._most:
            silent, _ = self._requesting.popitem(last=False)
            silent.close()
        if not stream.closed():
            super().handle_stream(stream, address)

    def start_request(self, server_conn: Any, request_conn: HTTPConnection) -> HTTPMessageDelegate:  # noqa: ANN401
        if server_conn.stream in self._requesting:
            self._requesting.move_to_end(server_conn.stream)
        return super().start_request(server_conn, request_conn)

    def on_close(self, server_conn: Any) -> None:  # noqa: ANN401
        self._requesting.pop(server_conn.stream, None)
        super().on_close(server_conn)
