"""Where an agent listens: control at one port, states at the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .errors import ProtocolError

PORT_MAX = 65534


@dataclass
class Endpoint:
    """The two addresses for libzmq, and what was opened to reach them."""

    #: As the user wrote it.
    given: str
    control: str
    states: str
    #: What to add to this machine's CLOCK_MONOTONIC to have the agent's, ns.
    clock_offset_nanoseconds: int = 0
    tunnel: Any = None

    def close(self) -> None:
        """Closes the tunnel, where there is one."""
        if self.tunnel is not None:
            self.tunnel.close()
            self.tunnel = None


def parse(endpoint: str) -> Endpoint:
    """The addresses in "tcp://127.0.0.1:40122"."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme != "tcp" or not host or not port or port > PORT_MAX:
        raise ProtocolError(
            "the agent's endpoint cannot be used",
            where=endpoint,
            expected=f"an address such as tcp://127.0.0.1:40122, its port at most {PORT_MAX}",
            remedy="use the endpoint that hilrig bridge printed when it started",
        )
    return Endpoint(endpoint, f"tcp://{host}:{port}", f"tcp://{host}:{port + 1}")
