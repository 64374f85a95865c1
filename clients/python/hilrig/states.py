"""What an agent says of its rig, as values that do not change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any, Optional, Sequence

import numpy as np

from . import wire


class Health(Enum):
    """What the agent says of the rig."""

    DISARMED = wire.SCHEMA.enum("Health")["HEALTH_DISARMED"]
    ARMED = wire.SCHEMA.enum("Health")["HEALTH_ARMED"]
    #: Stopped; stays so until a person re-arms the rig.
    STOPPED = wire.SCHEMA.enum("Health")["HEALTH_STOPPED"]
    #: Stopped, and something is broken.
    FAULTED = wire.SCHEMA.enum("Health")["HEALTH_FAULTED"]


#: Why the rig has stopped first: StopReason.NONE, REQUESTED, DEADMAN_EXPIRED and so on. The
#: members are those of the wire's enum Stop.
StopReason = Enum(  # type: ignore[misc]
    "StopReason",
    {
        name[len("STOP_"):]: number
        for name, number in wire.SCHEMA.enum("Stop").items()
        if number != 0
    },
)


@dataclass(frozen=True)
class Joint:
    """A joint of the rig. Limits are in its unit, NaN where the agent tells none."""

    name: str
    #: "rad" or "m".
    unit: str
    #: Lowest goal that a command may ask for.
    position_min: float = math.nan
    #: Highest goal that a command may ask for.
    position_max: float = math.nan
    #: Fastest change of goals, per second.
    velocity_max: float = math.nan


@dataclass(frozen=True)
class CommandCounts:
    """Commands that reached the agent, by what became of each, since it started."""

    accepted: int = 0
    stale: int = 0
    duplicate: int = 0
    reordered: int = 0
    foreign_session: int = 0
    not_owner: int = 0
    illegal: int = 0
    not_armed: int = 0

    @property
    def refused_of_owner(self) -> "dict[str, int]":
        """Refusals that only the owner's own commands can meet."""
        return {
            "stale": self.stale,
            "duplicate": self.duplicate,
            "reordered": self.reordered,
            "illegal": self.illegal,
            "not_armed": self.not_armed,
        }


@dataclass(frozen=True)
class HopStamps:
    """Hops of the answered command, CLOCK_MONOTONIC ns of the agent's machine; 0: not stamped."""

    planned: int = 0
    command_sent: int = 0
    agent_received: int = 0
    bus_write_start: int = 0
    bus_write_end: int = 0
    bus_reply: int = 0


@dataclass(frozen=True, eq=False)
class State:
    """One state of the rig. Arrays have shape [dof], SI units, and cannot be written to."""

    sequence: int
    #: Sequence of this session's command that the state answers; 0 for none.
    answered_command_sequence: int
    #: When the joints were read, CLOCK_MONOTONIC ns of the agent's machine.
    sampled_nanoseconds: int
    #: When the state arrived here, CLOCK_MONOTONIC ns of this machine.
    received_nanoseconds: int
    health: Health
    #: rad or m.
    position: np.ndarray
    #: rad/s or m/s; NaN where there is none.
    velocity: np.ndarray
    #: N·m or N; NaN where there is none.
    effort: np.ndarray
    #: Whether each joint was read for this state.
    fresh: np.ndarray
    stamps: HopStamps
    stop: Any
    #: Joint that caused the stop; None when no joint did.
    stop_joint: Optional[str]
    #: Whether every servo has confirmed the safe posture by being read back.
    stop_acknowledged: bool
    bus_error_count: int
    bus_retry_count: int
    #: Bytes allocated by the agent's process since warm-up.
    allocated_bytes: int
    counts: CommandCounts

    @property
    def is_stopped(self) -> bool:
        """Whether a stop is latched."""
        return self.health in (Health.STOPPED, Health.FAULTED)

    def why_stopped(self) -> str:
        """The stop in words; empty while there is none."""
        if self.stop is StopReason.NONE:  # type: ignore[attr-defined]
            return ""
        joint = f' at joint "{self.stop_joint}"' if self.stop_joint else ""
        return f"stop reason {self.stop.name.lower()}{joint}"


def joints_of(message: Any) -> "tuple[Joint, ...]":
    """The joints of a Welcome."""
    return tuple(_joint_of(joint) for joint in message.joints)


def _joint_of(joint: Any) -> Joint:
    unit = "m" if joint.unit == wire.UNITS["JOINT_UNIT_METERS"] else "rad"
    if not joint.position_max > joint.position_min:
        return Joint(joint.name, unit)
    return Joint(joint.name, unit, joint.position_min, joint.position_max, joint.velocity_max)


def decode(
    message: Any, joints: Sequence[Joint], session_id: int, received: int
) -> Optional[State]:
    """A State of its wire message; None when it is not one of this many joints."""
    dof = len(joints)
    counts = CommandCounts.__dataclass_fields__.keys()
    try:
        health, stop = Health(message.health), StopReason(message.stop)
    except ValueError:
        return None
    shape = {len(message.position), len(message.velocity), len(message.effort)}
    if shape != {dof} or len(message.command_counts) != len(counts):
        return None
    ours = message.answered_session_id == session_id
    blamed = 0 <= message.stop_joint < dof
    return State(
        sequence=message.sequence,
        answered_command_sequence=message.answered_command_sequence if ours else 0,
        sampled_nanoseconds=message.sampled_nanoseconds,
        received_nanoseconds=received,
        health=health,
        position=_frozen(message.position, float),
        velocity=_frozen(message.velocity, float),
        effort=_frozen(message.effort, float),
        fresh=_frozen([message.fresh_joints >> i & 1 for i in range(dof)], bool),
        stamps=HopStamps(
            message.planned_nanoseconds,
            message.command_sent_nanoseconds,
            message.agent_received_nanoseconds,
            message.bus_write_start_nanoseconds,
            message.bus_write_end_nanoseconds,
            message.bus_reply_nanoseconds,
        ),
        stop=stop,
        stop_joint=joints[message.stop_joint].name if blamed else None,
        stop_acknowledged=message.stop_acknowledged,
        bus_error_count=message.bus_error_count,
        bus_retry_count=message.bus_retry_count,
        allocated_bytes=message.allocated_bytes,
        counts=CommandCounts(*message.command_counts),
    )


def _frozen(values: Any, kind: type) -> np.ndarray:
    array = np.array(values, dtype=kind)
    array.setflags(write=False)
    return array
