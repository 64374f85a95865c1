"""Where an agent listens: control at one port, states at the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlsplit

from .errors import ProtocolError
from .tls import Tunnel, known_server

PORT_MAX = 65534


@dataclass
class Endpoint:
    """The two addresses for libzmq, and what was opened to reach them."""

    #: As the user wrote it.
    given: str
    control: str
    states: str
    tunnel: Any = None

    @property
    def clock_offset_nanoseconds(self) -> int:
        """What to add to this machine's CLOCK_MONOTONIC to have the agent's, ns."""
        return 0 if self.tunnel is None else int(self.tunnel.clock_offset_nanoseconds)

    def close(self) -> None:
        """Closes the tunnel, where there is one."""
        if self.tunnel is not None:
            self.tunnel.close()


def parse(endpoint: str, key: str = "default", server: Optional[str] = None) -> Endpoint:
    """The addresses in "tcp://127.0.0.1:40122", or at the near end of "tls://rig.local:7420"."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme not in ("tcp", "tls") or not host or not port or port > PORT_MAX:
        raise ProtocolError(
            "the agent's endpoint cannot be used",
            where=endpoint,
            expected="an address such as tcp://127.0.0.1:40122 or tls://rig.local:7420, "
            f"its port at most {PORT_MAX}",
            remedy="use the endpoint that hilrig bridge printed when it started",
        )
    if parts.scheme == "tcp":
        return Endpoint(endpoint, f"tcp://{host}:{port}", f"tcp://{host}:{port + 1}")
    server = server or known_server(host, port)
    if server is None:
        raise ProtocolError(
            "nothing says which key the gate must show",
            where=endpoint,
            expected='server="sha256:…", or an entry among the known servers',
            remedy="hilrig keys allow KEY --server --name HOST:PORT, with the line of the rig's owner",
        )
    tunnel = Tunnel(host, port, parts.username or key, server)
    return Endpoint(endpoint, tunnel.control, tunnel.states, tunnel)
