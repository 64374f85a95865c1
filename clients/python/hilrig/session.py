"""Sessions with an agent: an Observer watches, an Owner commands."""

from __future__ import annotations

import hashlib
import math
import time
from pathlib import Path
from typing import Any, Generator, Iterator, NamedTuple, Optional, Sequence, Union

import numpy as np

from . import endpoints, wire
from .errors import LostError, ProtocolError, RefusedError, StoppedError
from .link import Link, LinkCounters
from .states import Health, Joint, State

__all__ = ["Observer", "Owner", "Tick", "connect"]

_SOFTWARE = "hilrig (Python) 0.1.0"
_REARM_REMEDY = "look at the rig, remove the cause, then re-arm it"


class Tick(NamedTuple):
    """One turn of Owner.ticks."""

    index: int
    #: Since the first tick, by the grid.
    seconds: float
    #: The instant of the grid, CLOCK_MONOTONIC ns.
    planned_nanoseconds: int


class Observer:
    """Watches an agent that somebody else may own. It cannot command, but may ask for a stop."""

    def __init__(self, link: Link, lost_timeout: float) -> None:
        self._link = link
        self._lost_nanoseconds = int(lost_timeout * 1e9)
        self._opened = time.monotonic_ns()

    @property
    def rig_name(self) -> str:
        """Name of the agent's rig."""
        return str(self._link.welcome.rig_name)

    @property
    def rig_sha256(self) -> str:
        """SHA-256 of the agent's rig file, lower-case hex."""
        return str(self._link.welcome.rig_sha256)

    @property
    def joints(self) -> "tuple[Joint, ...]":
        """Names and units, in the order of every array."""
        return self._link.joints

    @property
    def joint_names(self) -> "tuple[str, ...]":
        """Names, in the order of every array."""
        return tuple(joint.name for joint in self.joints)

    @property
    def position_limits(self) -> "tuple[np.ndarray, np.ndarray]":
        """Lowest and highest goals, shape [dof] each; NaN where the agent tells none."""
        low = np.array([joint.position_min for joint in self.joints])
        return low, np.array([joint.position_max for joint in self.joints])

    @property
    def dof(self) -> int:
        """Number of joints."""
        return len(self.joints)

    @property
    def deadman_seconds(self) -> float:
        """Longest time without a valid fresh command before the agent stops the rig."""
        return float(self._link.welcome.deadman_nanoseconds) / 1e9

    @property
    def session_id(self) -> int:
        """Random id of this session."""
        return int(self._link.welcome.session_id)

    @property
    def counters(self) -> LinkCounters:
        """What this side has counted so far; what the agent counts is in each state."""
        return self._link.snapshot()

    @property
    def latest(self) -> Optional[State]:
        """The newest state; None before the first one."""
        return self._link.latest

    def read(self, timeout: float = 1.0) -> State:
        """Takes the oldest unread state; waits for one.

        Raises LostError when none comes within ``timeout`` seconds.
        """
        until = time.monotonic() + timeout
        with self._link.changed:
            while not self._link.queue:
                self._require_life()
                self._wait(until, f"a state within {timeout:g} s")
            return self._link.queue.popleft()

    def states(self, timeout: float = 1.0) -> Iterator[State]:
        """Every state in order, without end.

        Raises LostError when the agent is silent for ``timeout`` seconds.
        """
        while True:
            yield self.read(timeout)

    def flush(self) -> None:
        """Forgets unread states."""
        with self._link.changed:
            self._link.queue.clear()

    def next(self, timeout: float = 1.0) -> State:
        """Waits for a state newer than ``latest``; leaves unread ones where they are."""
        with self._link.changed:
            seen = self._link.latest
            until = time.monotonic() + timeout
            while self._link.latest is seen or self._link.latest is None:
                self._require_life()
                self._wait(until, f"a new state within {timeout:g} s")
            return self._link.latest

    def request_stop(self) -> None:
        """Asks the agent to bring the rig to its safe posture; repeated until acknowledged.

        Does not wait. Anybody who is let in may ask.
        """
        self._link.post("STOP")

    def stop(self, timeout: float = 5.0) -> State:
        """Asks for a stop and waits until every servo has confirmed the safe posture.

        Returns the state that says so. Raises LostError when none does in ``timeout`` seconds.
        """
        self.request_stop()
        until = time.monotonic() + timeout
        with self._link.changed:
            while True:
                state = self._link.latest
                if state is not None and state.is_stopped and state.stop_acknowledged:
                    return state
                self._require_life()
                self._wait(until, f"a confirmed safe posture within {timeout:g} s")

    def close(self) -> None:
        """Ends the session. May be called twice."""
        self._link.close()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        kind = type(self).__name__
        return f"<{kind} of {self.rig_name} at {self._link.endpoint.given}>"

    # The caller holds the lock.
    def _wait(self, until: float, expected: str) -> None:
        left = until - time.monotonic()
        if left <= 0:
            raise self._lost("the agent did not do what was asked", expected)
        self._link.changed.wait(min(left, 0.05))

    def _require_life(self) -> None:
        if self._link.failure is not None:
            raise ProtocolError("the session's thread has ended") from self._link.failure
        if self._link.expelled:
            raise self._lost("the agent no longer knows this session", "a session that it knows")
        silence = time.monotonic_ns() - self._link.heard
        if silence > self._lost_nanoseconds:
            raise self._lost("the agent is lost", "an answer to heartbeats")

    def _lost(self, what: str, expected: str) -> LostError:
        state = self._link.latest
        found = "no state so far"
        if state is not None:
            age = (time.monotonic_ns() - state.received_nanoseconds) / 1e6
            found = f"health {state.health.name.lower()}, {age:.0f} ms ago"
            why = state.why_stopped()
            found += f", {why}" if why else ""
        return LostError(
            what,
            self._link.endpoint.given,
            expected,
            found,
            "check that the agent's process lives; read its log",
        )


class Owner(Observer):
    """Commands a rig. One at a time; leaving the ``with`` block stops the rig.

    Between ``arm`` and ``stop`` a command has to reach the agent at least once in every deadman:
    use ``ticks`` for the pace. Commands carry session, sequence, the state they answer, the
    planned instant, a time until which they are valid, and the owner's token; the agent refuses
    what is stale, repeated, out of order or not the owner's.
    """

    def __init__(
        self, link: Link, lost_timeout: float, period: float, validity_ticks: int = 2
    ) -> None:
        super().__init__(link, lost_timeout)
        self._period_nanoseconds = int(period * 1e9)
        self._validity_nanoseconds = validity_ticks * self._period_nanoseconds
        self._sequence = 0
        self._planned: Optional[int] = None
        self._goal: Optional[np.ndarray] = None
        self._has_armed = False
        self._previous_goal: Optional[np.ndarray] = None
        self._before: Optional[State] = None

    @property
    def period(self) -> float:
        """Time between two commands, s."""
        return self._period_nanoseconds / 1e9

    def now(self) -> int:
        """The agent's CLOCK_MONOTONIC now, ns: this machine's where both are on one."""
        return time.monotonic_ns() + self._link.endpoint.clock_offset_nanoseconds

    @property
    def goal(self) -> Optional[np.ndarray]:
        """Goals of the last command; after arming, the measured pose within the limits.

        None before that. Shape [dof], rad or m.
        """
        return None if self._goal is None else self._goal.copy()

    def arm(self, timeout: float = 5.0) -> State:
        """Torque on at the measured pose; nothing moves.

        Returns the first armed state. The first command may take up to two seconds, the next ones
        a deadman. An arm that rests outside its limits may be led back no faster than its joints'
        velocity: the wait that takes is taken here. Raises StoppedError while a stop is latched.
        """
        until = time.monotonic() + timeout
        with self._link.changed:
            while self._link.latest is None:
                self._wait(until, "a state of the rig")
            self._require_not_stopped(self._link.latest)
            seen = self._link.latest.sequence
            self._link.post("ARM")
            while True:
                state = self._link.latest
                self._require_not_stopped(state)
                if state.health is Health.ARMED and state.fresh.all() and state.sequence > seen:
                    break
                self._require_acknowledged("ARM")
                self._wait(until, f"an armed rig within {timeout:g} s")
        self._has_armed = True
        self._goal = self.clip(state.position)
        velocity = np.array([joint.velocity_max for joint in self.joints])
        way_back = np.nan_to_num(np.abs(self._goal - state.position) / velocity).max()
        if way_back > 0:
            time.sleep(1.1 * way_back + 0.002)
        self.flush()
        return state

    def command(
        self,
        position: Union[Sequence[float], np.ndarray],
        torque: Union[bool, Sequence[bool]] = True,
        *,
        planned_nanoseconds: Optional[int] = None,
        valid_until_nanoseconds: Optional[int] = None,
    ) -> int:
        """Sends goals for every joint; does not wait. Only the newest is ever on its way.

        ``position`` has shape [dof], rad or m. The planned instant is that of the current tick of
        ``ticks``, else now; the command is valid for two periods after it unless
        ``valid_until_nanoseconds`` says otherwise. Returns its sequence, for ``answer``. Raises
        StoppedError when the rig has stopped, RefusedError when it is not armed.
        """
        goal = np.array(position, dtype=float)
        if goal.shape != (self.dof,):
            raise ValueError(f"position: expected shape ({self.dof},), found {goal.shape}")
        if not np.isfinite(goal).all():
            worst = self.joint_names[int(np.argmin(np.isfinite(goal)))]
            raise ValueError(f'position: joint "{worst}" is not finite')
        self._require_armed()
        now = self.now()
        planned = planned_nanoseconds or self._planned or now
        self._sequence += 1
        answered = self._link.latest
        command = wire.Command(
            session_id=self._link.welcome.session_id,
            owner_token=self._link.welcome.owner_token,
            sequence=self._sequence,
            answered_state_sequence=answered.sequence if answered else 0,
            planned_nanoseconds=planned,
            created_nanoseconds=now,
            valid_until_nanoseconds=valid_until_nanoseconds
            or planned + self._validity_nanoseconds,
            torque_bits=self._torque_bits(torque),
            position=goal.tolist(),
        )
        self._previous_goal, self._goal, self._before = self._goal, goal, answered
        self._link.send(command)
        return self._sequence

    def clip(self, position: Union[Sequence[float], np.ndarray]) -> np.ndarray:
        """The nearest goals within the joints' position limits. Shape [dof]."""
        low, high = self.position_limits
        return np.fmin(np.fmax(np.array(position, dtype=float), low), high)

    def answer(self, sequence: int, timeout: float = 1.0) -> State:
        """Waits for the state that answers a command, or a newer one of this session.

        Raises RefusedError when the agent refused a command meanwhile, StoppedError when the rig
        stopped, LostError when neither comes within ``timeout`` seconds.
        """
        until = time.monotonic() + timeout
        with self._link.changed:
            while True:
                while self._link.queue:
                    state = self._link.queue.popleft()
                    if state.answered_command_sequence >= sequence:
                        return state
                    self._require_not_stopped(state)
                    self._require_not_refused(state, sequence)
                self._require_life()
                self._wait(until, f"an answer to command {sequence} within {timeout:g} s")

    def exchange(
        self, position: Union[Sequence[float], np.ndarray], timeout: float = 1.0
    ) -> State:
        """``command``, then ``answer``."""
        return self.answer(self.command(position), timeout)

    def ticks(self, seconds: Optional[float] = None) -> Generator[Tick, None, None]:
        """An absolute grid of periods: sleeps until each tick and yields it.

        Ends after ``seconds``, or never. Ticks that were slept through are skipped and counted in
        ``counters.ticks_missed``.
        """
        start = time.monotonic_ns() + self._period_nanoseconds
        last = math.inf if seconds is None else round(seconds * 1e9 / self._period_nanoseconds)
        index = 0
        try:
            while index < last:
                planned = start + index * self._period_nanoseconds
                wait = planned - time.monotonic_ns()
                if wait > 0:
                    time.sleep(wait / 1e9)
                late = (time.monotonic_ns() - planned) // self._period_nanoseconds
                if late > 0:
                    late = int(min(late, last - index))
                    self._link.counters.ticks_missed += late
                    index += late
                    planned += late * self._period_nanoseconds
                    if index >= last:
                        break
                self._planned = planned + self._link.endpoint.clock_offset_nanoseconds
                yield Tick(index, index * self.period, planned)
                index += 1
        finally:
            self._planned = None

    def move_to(
        self, position: Union[Sequence[float], np.ndarray], velocity: float = 0.5
    ) -> State:
        """Moves every joint smoothly to a pose, the furthest at ``velocity`` rad/s at most.

        Returns the last state. The goals are a raised cosine; limits are still the agent's.
        """
        self._require_armed()
        start, end = self._goal, np.array(position, dtype=float)
        assert start is not None
        if end.shape != start.shape:
            raise ValueError(f"position: expected shape {start.shape}, found {end.shape}")
        if not velocity > 0:
            raise ValueError(f"velocity: expected above 0, found {velocity}")
        outside = end != self.clip(end)
        if outside.any():
            index = int(np.argmax(outside))
            joint = self.joints[index]
            raise ValueError(
                f'position: joint "{joint.name}" goes from {joint.position_min:g} to '
                f"{joint.position_max:g} {joint.unit}, found {end[index]:g}"
            )
        distance = float(np.abs(end - start).max())
        duration = max(self.period, distance * math.pi / 2 / velocity)
        for tick in self.ticks():
            done = min(1.0, tick.seconds / duration)
            share = (1 - math.cos(math.pi * done)) / 2
            sequence = self.command(end if done == 1.0 else start + share * (end - start))
            if done == 1.0:
                try:
                    return self.answer(sequence)
                except RefusedError as refusal:  # Late on a busy machine: the next tick repeats it.
                    if refusal.reason != "stale" or tick.seconds > duration + 1.0:
                        raise
        raise AssertionError("ticks end never")

    def hold(self, seconds: float) -> None:
        """Repeats the last goals for a while."""
        for _ in self.ticks(seconds):
            assert self._goal is not None
            self.command(self._goal)

    def rearm(self, timeout: float = 5.0) -> State:
        """Clears a latched stop, on behalf of a person who has looked at the rig.

        Returns the first state without the stop; the rig is then disarmed.
        """
        until = time.monotonic() + timeout
        self._link.post("REARM")
        with self._link.changed:
            while self._link.latest is None or self._link.latest.is_stopped:
                self._require_acknowledged("REARM")
                self._wait(until, f"a rig without a latched stop within {timeout:g} s")
            return self._link.latest

    def close(self) -> None:
        """Stops the rig when it was armed and has not stopped, and ends the session."""
        try:
            state = self._link.latest
            if self._has_armed and state is not None and state.health is Health.ARMED:
                self._has_armed = False
                self.stop()
        finally:
            super().close()

    def _torque_bits(self, torque: Union[bool, Sequence[bool]]) -> int:
        if isinstance(torque, (bool, np.bool_)):
            return (1 << self.dof) - 1 if torque else 0
        if len(torque) != self.dof:
            raise ValueError(f"torque: expected {self.dof} values, found {len(torque)}")
        return sum(1 << i for i, enabled in enumerate(torque) if enabled)

    def _require_armed(self) -> None:
        self._require_life()
        state = self._link.latest
        if state is not None:
            self._require_not_stopped(state)
        if state is None or state.health is not Health.ARMED:
            raise RefusedError(
                "not_armed",
                "the rig is not armed",
                self._link.endpoint.given,
                "health armed",
                "no state so far" if state is None else f"health {state.health.name.lower()}",
                "call arm() first",
            )

    def _require_not_stopped(self, state: State) -> None:
        if state.is_stopped:
            raise StoppedError(
                state.stop,
                "the rig has stopped",
                self._link.endpoint.given,
                "a rig without a latched stop",
                f"health {state.health.name.lower()}, {state.why_stopped()}",
                _REARM_REMEDY,
            )

    def _require_acknowledged(self, kind: str) -> None:
        self._require_life()
        status = self._link.status_of(kind)
        if status not in (0, wire.ACKS["ACK_STATUS_OK"]):
            raise RefusedError(
                wire.short_name(wire.ACKS, status, "ACK_STATUS_"),
                f"the agent does not take the request {kind.lower()} from this session",
                self._link.endpoint.given,
                "a session that owns the rig",
                wire.short_name(wire.ACKS, status, "ACK_STATUS_").replace("_", " "),
                "connect again as the owner, with a key that may",
            )

    # Against the state that was the newest when the last command was made.
    def _require_not_refused(self, now: State, sequence: int) -> None:
        if self._before is None or now.sequence <= self._before.sequence:
            return
        earlier = self._before.counts.refused_of_owner
        for reason, count in now.counts.refused_of_owner.items():
            if count > earlier[reason]:
                self._goal = self._previous_goal  # Not where the rig was told to go.
                raise RefusedError(
                    reason,
                    f"the agent refused a command as {reason.replace('_', ' ')}",
                    self._link.endpoint.given,
                    "a fresh command in order, within the joints' limits, for an armed rig",
                    f"{reason.replace('_', ' ')}, at or before command {sequence}",
                    "compare the goals with the rig file's limits and the pace with its deadman",
                )


def connect(
    endpoint: str,
    role: str = "observer",
    *,
    period: float = 0.02,
    rig: "Optional[str | Path]" = None,
    timeout: float = 2.0,
    lost_timeout: float = 1.0,
    name: str = _SOFTWARE,
    key: str = "default",
    server: Optional[str] = None,
) -> Any:
    """Shakes hands with an agent.

    ``role`` is "observer" (gives an Observer) or "owner" (gives an Owner, who commands every
    ``period`` seconds). An owner who names a ``rig`` file is refused where the agent runs
    another; one who does not takes the rig that is there. ``timeout`` is how long the agent has
    to answer, ``lost_timeout`` the silence after which it counts as lost, both in seconds.
    For ``tls://HOST:PORT``, ``key`` is the name of ours and ``server`` the fingerprint of theirs.
    Raises SilentError or RefusedError, in the agent's own words.
    """
    if role not in ("observer", "owner"):
        raise ValueError(f'role: expected "observer" or "owner", found "{role}"')
    if role == "observer":
        hello = wire.Hello(software=name, role=wire.ROLES["ROLE_OBSERVER"])
        return Observer(Link(endpoints.parse(endpoint, key, server), hello, timeout), lost_timeout)
    if not period > 0:
        raise ValueError(f"period: expected above 0, found {period}")
    hello = wire.Hello(
        software=name, role=wire.ROLES["ROLE_OWNER"], period_nanoseconds=int(period * 1e9)
    )
    if rig is not None:
        hello.rig_sha256 = hashlib.sha256(Path(rig).read_bytes()).hexdigest()
    return Owner(Link(endpoints.parse(endpoint, key, server), hello, timeout), lost_timeout, period)
