"""Both directions of one session: a thread that owns the sockets.

The rules are those of HilRig's own host (src/Bridge/Host): a handshake, heartbeats, requests that
are repeated until they are acknowledged, and only the newest command on its way.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from dataclasses import dataclass, fields
from typing import Any, Deque, Dict, Optional

import zmq

from . import states, wire
from .endpoints import Endpoint
from .errors import ProtocolError, RefusedError, SilentError

#: SO_SNDBUF and SO_RCVBUF: old commands must not pile up in the kernel.
KERNEL_BUFFER_BYTES = 16 * 1024

#: States that wait for a reader; when there are more, the oldest goes and is counted.
STATES_QUEUED = 256

_STATES_HIGH_WATERMARK = 8
_REPEAT_NANOSECONDS = 100_000_000
_CYCLE_SECONDS = 0.005
_URGENCY = ("STOP", "REARM", "ARM", "QUIT", "RELEASE", "HEARTBEAT")


@dataclass
class LinkCounters:
    """What this side of the bridge has counted."""

    states_received: int = 0
    #: States that the agent published and that never arrived.
    states_skipped: int = 0
    #: States that arrived and that nobody read in time.
    states_dropped: int = 0
    malformed_messages: int = 0
    commands_sent: int = 0
    #: Commands that a newer one replaced before they were sent.
    commands_superseded: int = 0
    #: Commands that were never sent because their time was over.
    commands_expired: int = 0
    #: Ticks of Owner.ticks that this process slept through.
    ticks_missed: int = 0


@dataclass
class _Request:
    id: int
    due: bool = True
    sent_at: int = 0
    status: int = 0


class Link:
    """Sockets, thread and counters of one session. Made by hilrig.connect."""

    def __init__(self, endpoint: Endpoint, hello: Any, timeout: float) -> None:
        self.endpoint = endpoint
        self.counters = LinkCounters()
        self.changed = threading.Condition()
        self.latest: Optional[states.State] = None
        self.queue: Deque[states.State] = deque()
        self.heard = 0
        self.expelled = False
        self.failure: Optional[BaseException] = None
        self._requests: Dict[str, _Request] = {}
        self._last_request_id = 0
        self._last_sequence = 0
        self._command: Any = None
        self._closing = False
        self._waker, self._wake_target = socket.socketpair()
        self._waker.setblocking(False)
        self._wake_target.setblocking(False)
        self._context = zmq.Context()
        try:
            self._control = self._open(zmq.DEALER, endpoint.control, 1)
            self._states = self._open(zmq.SUB, endpoint.states, _STATES_HIGH_WATERMARK)
            self._states.setsockopt(zmq.SUBSCRIBE, b"")
            self.welcome = self._shake_hands(hello, timeout)
        except BaseException:
            self._tear_down()
            raise
        self.joints = states.joints_of(self.welcome)
        self.heard = time.monotonic_ns()
        self._thread = threading.Thread(target=self._run, name="hilrig-link", daemon=True)
        self._thread.start()

    def post(self, kind: str) -> None:
        """Asks the agent for something, such as "STOP"; does not wait."""
        with self.changed:
            self._last_request_id += 1
            self._requests[kind] = _Request(self._last_request_id)
        self._wake()

    def status_of(self, kind: str) -> int:
        """What the newest request of a kind was answered; 0 while it is open."""
        with self.changed:
            request = self._requests.get(kind)
            return request.status if request else 0

    def send(self, command: Any) -> None:
        """Makes a command the next to be sent; an unsent older one is forgotten and counted."""
        with self.changed:
            if self._command is not None:
                self.counters.commands_superseded += 1
            self._command = command
        self._wake()

    def snapshot(self) -> LinkCounters:
        """The counters now."""
        return LinkCounters(*(getattr(self.counters, field.name) for field in fields(LinkCounters)))

    def close(self) -> None:
        """Takes leave of the agent and ends the thread. May be called twice."""
        if self._closing:
            return
        self.post("RELEASE")
        until = time.monotonic() + 0.2
        with self.changed:
            while not self._requests["RELEASE"].status and self._thread.is_alive():
                if not self.changed.wait(until - time.monotonic()):
                    break
        self._closing = True
        self._wake()
        self._thread.join()
        self._tear_down()

    def _open(self, kind: int, address: str, high_watermark: int) -> Any:
        opened = self._context.socket(kind)
        opened.setsockopt(zmq.LINGER, 0)
        opened.setsockopt(zmq.SNDHWM, high_watermark)
        opened.setsockopt(zmq.RCVHWM, high_watermark)
        opened.setsockopt(zmq.SNDBUF, KERNEL_BUFFER_BYTES)
        opened.setsockopt(zmq.RCVBUF, KERNEL_BUFFER_BYTES)
        opened.setsockopt(zmq.MAXMSGSIZE, wire.MESSAGE_BYTES_MAX)
        opened.connect(address)
        return opened

    def _shake_hands(self, hello: Any, timeout: float) -> Any:
        hello.protocol_major = wire.PROTOCOL_MAJOR
        hello.protocol_minor = wire.PROTOCOL_MINOR
        hello.schema_sha256 = wire.SCHEMA.sha256
        welcome = self._ask(hello, timeout)
        if hello.role != wire.ROLES["ROLE_OWNER"] or hello.rig_name:
            return welcome

        # An owner names the rig it means. Whoever means "the one at this address" learns its name
        # as an observer first.
        release = wire.Request(
            session_id=welcome.session_id, request_id=1, kind=wire.REQUESTS["REQUEST_KIND_RELEASE"]
        )
        self._exchange(release, timeout)
        hello.rig_name = welcome.rig_name
        if not hello.rig_sha256:
            hello.rig_sha256 = welcome.rig_sha256
        hello.joints.extend(welcome.joints)
        return self._ask(hello, timeout)

    def _ask(self, hello: Any, timeout: float) -> Any:
        asked = hello
        if hello.role == wire.ROLES["ROLE_OWNER"] and not hello.rig_name:
            asked = wire.Hello()
            asked.CopyFrom(hello)
            asked.role = wire.ROLES["ROLE_OBSERVER"]
        return self._judge(self._exchange(asked, timeout))

    # One at a time: the other side has room for one answer.
    def _exchange(self, question: Any, timeout: float) -> Any:
        self._control.send(wire.encode(question))
        if self._control.poll(timeout * 1000):
            parts = self._control.recv_multipart()
            return wire.decode(parts[0]) if len(parts) == 1 else None
        raise SilentError(
            "no agent answered the handshake",
            where=self.endpoint.given,
            expected=f"an answer within {timeout:g} s",
            found="silence",
            remedy="check that the agent and its bridge run, and that the bridge printed this endpoint",
        )

    def _judge(self, answer: Any) -> Any:
        if isinstance(answer, wire.Refusal):
            raise RefusedError(
                wire.short_name(wire.REFUSALS, answer.reason, "REFUSAL_REASON_"),
                answer.what,
                self.endpoint.given,
                answer.expected,
                answer.found,
                answer.remedy,
            )
        if isinstance(answer, wire.Welcome) and answer.protocol_major == wire.PROTOCOL_MAJOR:
            return answer
        raise ProtocolError(
            "the peer is not a HilRig agent of this version",
            where=self.endpoint.given,
            expected=f"an answer in protocol {wire.PROTOCOL_MAJOR}.{wire.PROTOCOL_MINOR}",
            found="something else",
            remedy="check the endpoint, and install the same HilRig version on both sides",
        )

    def _run(self) -> None:
        poller = zmq.Poller()
        for source in (self._control, self._states, self._wake_target):
            poller.register(source, zmq.POLLIN)
        heartbeat = max(1_000_000, self.welcome.deadman_nanoseconds // 4)
        due = 0
        try:
            while not self._closing:
                now = time.monotonic_ns()
                if now >= due:
                    self.post("HEARTBEAT")
                    due = now + heartbeat
                self._send_requests(now)
                self._send_command(now)
                ready = dict(poller.poll(_CYCLE_SECONDS * 1000))
                self._drain_wake()
                if self._control in ready:
                    self._receive_acks()
                if self._states in ready:
                    self._receive_states()
        except BaseException as failure:  # The user's thread must hear of it.
            with self.changed:
                self.failure = failure
                self.changed.notify_all()

    def _send_requests(self, now: int) -> None:
        with self.changed:
            for kind in _URGENCY:
                request = self._requests.get(kind)
                if request is None or request.status:
                    continue
                if not request.due and now - request.sent_at <= _REPEAT_NANOSECONDS:
                    continue
                frame = wire.encode(
                    wire.Request(
                        session_id=self.welcome.session_id,
                        owner_token=self.welcome.owner_token,
                        request_id=request.id,
                        kind=wire.REQUESTS["REQUEST_KIND_" + kind],
                    )
                )
                if not self._try_send(frame):
                    return
                request.due = False
                request.sent_at = now

    # A command the socket has no room for is kept until a newer one comes or it expires.
    def _send_command(self, now: int) -> None:
        with self.changed:
            command = self._command
            if command is None:
                return
            if now + self.endpoint.clock_offset_nanoseconds > command.valid_until_nanoseconds:
                self.counters.commands_expired += 1
                self._command = None
                return
            command.sent_nanoseconds = now + self.endpoint.clock_offset_nanoseconds
            if self._try_send(wire.encode(command)):
                self.counters.commands_sent += 1
                self._command = None

    def _try_send(self, frame: bytes) -> bool:
        try:
            self._control.send(frame, zmq.NOBLOCK)
            return True
        except zmq.Again:
            return False

    def _receive_acks(self) -> None:
        while True:
            try:
                parts = self._control.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            ack = wire.decode(parts[0]) if len(parts) == 1 else None
            with self.changed:
                if not isinstance(ack, wire.Ack) or ack.session_id != self.welcome.session_id:
                    self.counters.malformed_messages += 1
                    continue
                self.heard = time.monotonic_ns()
                self.expelled = ack.status == wire.ACKS["ACK_STATUS_UNKNOWN_SESSION"]
                for request in self._requests.values():
                    if request.id == ack.request_id:
                        request.status = ack.status
                self.changed.notify_all()

    def _receive_states(self) -> None:
        while True:
            try:
                parts = self._states.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            message = wire.decode(parts[0]) if len(parts) == 1 else None
            state = None
            if isinstance(message, wire.State) and message.agent_id == self.welcome.agent_id:
                state = states.decode(
                    message, self.joints, self.welcome.session_id, time.monotonic_ns()
                )
            with self.changed:
                self._accept(state)

    def _accept(self, state: Optional[states.State]) -> None:
        if state is None:
            self.counters.malformed_messages += 1
            return
        self.counters.states_received += 1
        if self._last_sequence:
            self.counters.states_skipped += max(0, state.sequence - self._last_sequence - 1)
        self._last_sequence = state.sequence
        if len(self.queue) == STATES_QUEUED:
            self.queue.popleft()
            self.counters.states_dropped += 1
        self.queue.append(state)
        self.latest = state
        self.changed.notify_all()

    def _wake(self) -> None:
        try:
            self._waker.send(b"\0")
        except (BlockingIOError, OSError):
            pass  # It is awake already, or has ended.

    def _drain_wake(self) -> None:
        try:
            while self._wake_target.recv(4096):
                pass
        except BlockingIOError:
            pass

    def _tear_down(self) -> None:
        self._context.destroy(linger=0)
        self._waker.close()
        self._wake_target.close()
        self.endpoint.close()
