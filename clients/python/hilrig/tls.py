"""The way to a rig on another machine: mutual TLS 1.3 to its gate, by the rules of docs/security.md.

libzmq cannot speak TLS, so a thread carries its bytes: libzmq connects to a Unix socket in a folder
of this user alone, and each such connection becomes one TLS stream.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import select
import shutil
import socket
import ssl
import struct
import tempfile
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any, Deque, Optional, Tuple

from .errors import ProtocolError

_CHUNK = 16 * 1024
_CONNECT_SECONDS = 5.0
_CLOCK_SECONDS = 0.5
_PROBES_KEPT = 16
_CLOCK = struct.Struct("<HIBBHQqq")
_CLOCK_MAGIC = 0x4B43_5248


class Tunnel:
    """Local addresses for control and states, and the offset of the other machine's clock."""

    def __init__(self, host: str, port: int, key: str, server: str) -> None:
        self._address = (host, port)
        self._server = server
        self._key = key
        self._closing = threading.Event()
        self._probes: Deque[Tuple[int, int]] = deque(maxlen=_PROBES_KEPT)
        self._folder = tempfile.mkdtemp(prefix="hilrig-")
        try:
            self._clock = self._connect("hilrig-clock/1")
            self._begin()
            self.control = self._listen("control")
            self.states = self._listen("states")
        except BaseException:
            self.close()
            raise
        self._start(self._keep_time)

    @property
    def clock_offset_nanoseconds(self) -> int:
        """What to add to our CLOCK_MONOTONIC, ns: of the quickest of the newest probes."""
        return min(self._probes)[1]

    @property
    def clock_uncertainty_nanoseconds(self) -> int:
        """Half the round trip of that probe, ns: the offset is not further off than this."""
        return min(self._probes)[0] // 2

    def close(self) -> None:
        """Ends every stream. May be called twice."""
        self._closing.set()
        clock = getattr(self, "_clock", None)
        if clock is not None:
            clock.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # In TLS 1.3 a refused key shows as the end of the first stream.
    def _begin(self) -> None:
        try:
            self._probe()
        except OSError as error:
            raise ProtocolError(
                "the gate does not let this key in",
                f"tls://{self._address[0]}:{self._address[1]}",
                "an answer of the rig's clock",
                str(error),
                f"on the rig's machine: hilrig keys allow, with what hilrig keys show {self._key} "
                "prints here",
            ) from error

    def _connect(self, protocol: str) -> ssl.SSLSocket:
        where = f"tls://{self._address[0]}:{self._address[1]}"
        context = _context(self._key)
        context.set_alpn_protocols([protocol])
        try:
            plain = socket.create_connection(self._address, _CONNECT_SECONDS)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            stream = context.wrap_socket(plain)
        except OSError as error:
            raise ProtocolError(
                "the gate cannot be reached",
                where,
                f"TLS 1.3 for {protocol}",
                str(error),
                "check address and key, and that the gate allows this key",
            ) from error
        certificate = stream.getpeercert(binary_form=True) or b""
        found = "sha256:" + hashlib.sha256(public_key_of(certificate)).hexdigest()
        if not hmac.compare_digest(found, self._server):
            stream.close()
            raise ProtocolError(
                "the gate shows another key than expected",
                where,
                self._server,
                found,
                "ask the rig's owner for its fingerprint: hilrig keys show",
            )
        return stream

    def _listen(self, name: str) -> str:
        path = os.path.join(self._folder, name)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen(1)
        listener.settimeout(0.2)
        self._start(self._accept, listener, f"hilrig-{name}/2")
        return "ipc://" + path

    def _start(self, work: Any, *arguments: Any) -> None:
        threading.Thread(target=work, args=arguments, name="hilrig-tls", daemon=True).start()

    def _accept(self, listener: socket.socket, protocol: str) -> None:
        with listener:
            while not self._closing.is_set():
                try:
                    near, _ = listener.accept()
                except socket.timeout:
                    continue
                with near:
                    try:
                        with self._connect(protocol) as far:
                            self._carry(near, far)
                    except (ProtocolError, OSError):
                        # libzmq connects again; the session hears of it by silence.
                        self._closing.wait(0.1)

    # One thread for both ways: a TLS stream is not for two.
    def _carry(self, near: socket.socket, far: ssl.SSLSocket) -> None:
        near.settimeout(_CONNECT_SECONDS)
        far.settimeout(_CONNECT_SECONDS)
        while not self._closing.is_set():
            ready = [far] if far.pending() else select.select([near, far], [], [], 0.2)[0]
            for source, target in ((near, far), (far, near)):
                if source in ready:
                    data = source.recv(_CHUNK)
                    if not data:
                        return
                    target.sendall(data)

    def _keep_time(self) -> None:
        while not self._closing.wait(_CLOCK_SECONDS):
            try:
                self._probe()
            except OSError:
                try:
                    self._clock = self._connect("hilrig-clock/1")
                except ProtocolError:
                    pass  # The gate is gone; the session hears of it by silence.

    def _probe(self) -> None:
        nonce = secrets.randbits(64)
        sent = time.monotonic_ns()
        self._clock.sendall(
            _CLOCK.pack(_CLOCK.size - 2, _CLOCK_MAGIC, 1, 1, 0, nonce, 0, 0)
        )
        answer = b""
        while len(answer) < _CLOCK.size:
            part = self._clock.recv(_CLOCK.size - len(answer))
            if not part:
                raise OSError("the clock's stream has ended")
            answer += part
        received = time.monotonic_ns()
        *head, echoed, there, back = _CLOCK.unpack(answer)
        if head != [_CLOCK.size - 2, _CLOCK_MAGIC, 1, 2, 0] or echoed != nonce:
            raise OSError("not an answer to a clock's question")
        round_trip = (received - sent) - (back - there)
        self._probes.append((round_trip, ((there - sent) + (back - received)) // 2))


def _home() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return Path(home) / "hilrig"


def key_files(key: str) -> "Tuple[Path, Path]":
    """Certificate and private key of a key that ``hilrig keys new`` made."""
    folder = _home() / "keys"
    return folder / f"{key}.cert.pem", folder / f"{key}.key.pem"


def known_server(host: str, port: int) -> "Optional[str]":
    """The fingerprint that ``hilrig keys allow --server`` noted for a gate; None: it did not."""
    try:
        lines = (_home() / "known-servers").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    known = {}
    for line in lines[1:]:
        words = line.split()
        if len(words) == 2 and not line.startswith("#"):
            known[words[1]] = words[0]
    return known.get(f"{host}:{port}", known.get(host))


def public_key_of(certificate: bytes) -> bytes:
    """SubjectPublicKeyInfo of a DER certificate."""

    def item(at: int) -> "Tuple[int, int]":
        length, head = certificate[at + 1], 2
        if length & 0x80:
            head += length & 0x7F
            length = int.from_bytes(certificate[at + 2 : at + head], "big")
        return at + head, at + head + length

    at = item(item(0)[0])[0]
    if certificate[at] == 0xA0:
        at = item(at)[1]
    for _ in range(5):
        at = item(at)[1]
    return certificate[at : item(at)[1]]


def _context(key: str) -> ssl.SSLContext:
    certificate, private = key_files(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    # The gate's key is compared with its fingerprint; no authority would prove more.
    context.verify_mode = ssl.CERT_NONE
    try:
        context.load_cert_chain(certificate, private)
    except OSError as error:
        raise ProtocolError(
            "a key cannot be used",
            where=str(private),
            expected="the files of hilrig keys new",
            found=str(error),
            remedy=f"make it: hilrig keys new --name {key}",
        ) from error
    return context
