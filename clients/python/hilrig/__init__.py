"""HilRig from Python: watch and command a rig, run scenarios, read their results.

    import hilrig

    with hilrig.connect("tcp://127.0.0.1:40122", "owner", period=0.02) as owner:
        owner.arm()
        for tick in owner.ticks(seconds=2):
            owner.command(owner.goal)

Positions are rad or m in arrays of shape [dof]; instants are CLOCK_MONOTONIC nanoseconds.
"""

from . import errors, results
from .env import RigEnv
from .errors import (
    LostError,
    ProgramError,
    ProtocolError,
    RefusedError,
    ResultError,
    RigError,
    SilentError,
    StoppedError,
)
from .link import LinkCounters
from .results import Run, RunSet, Verdict
from .running import run
from .session import Observer, Owner, Tick, connect
from .states import CommandCounts, Health, Joint, State, StopReason
from .virtual import VirtualRig

__version__ = "0.1.0"

__all__ = [
    "CommandCounts",
    "Health",
    "Joint",
    "LinkCounters",
    "LostError",
    "Observer",
    "Owner",
    "ProgramError",
    "ProtocolError",
    "RefusedError",
    "ResultError",
    "RigEnv",
    "RigError",
    "Run",
    "RunSet",
    "SilentError",
    "State",
    "StopReason",
    "StoppedError",
    "Tick",
    "Verdict",
    "VirtualRig",
    "connect",
    "errors",
    "results",
    "run",
]
