"""A rig as a gymnasium-style environment: reset, step, spaces, under the rig's own rules."""

from __future__ import annotations

import threading
import time
from typing import Any, Callable, Dict, Iterator, Optional, Sequence, Tuple, Union

import numpy as np

from . import spaces
from .errors import RefusedError, StoppedError
from .session import Owner, Tick
from .states import Health, State

try:  # A gymnasium wrapper takes only its own class.
    from gymnasium import Env as _Base
except ImportError:
    _Base = object

__all__ = ["Observation", "RigEnv"]

#: "position" (rad or m) and "velocity" (rad/s or m/s), each of shape [dof].
Observation = Dict[str, np.ndarray]

_Vector = Union[Sequence[float], np.ndarray]


class RigEnv(_Base):  # type: ignore[misc,valid-type]
    """Steps a rig at the owner's period. An action is the goal of every joint, rad or m.

    ``reward(observation, action, next_observation, info)`` is yours, and so is ``is_done(...)``
    with the same arguments, where given. Actions are clipped to ``low`` and ``high`` (default: the
    joints' limits), which ``info["clipped"]`` tells; what the agent refuses beyond that is told in
    ``info["refused"]``. A stop ends the episode with
    ``info["stopped"]``, and no reset leads out of it: a person looks at the rig and calls
    ``rearm``.

    The agent stops the rig when no command comes within its deadman. A learner that thinks longer
    between steps says so with ``think_seconds``: for at most that long after the last step the
    last goals are repeated.
    """

    metadata: "Dict[str, Any]" = {"render_modes": []}

    def __init__(
        self,
        owner: Owner,
        *,
        start_pose: _Vector,
        reward: "Callable[[Observation, np.ndarray, Observation, Dict[str, Any]], float]",
        low: Optional[_Vector] = None,
        high: Optional[_Vector] = None,
        is_done: "Optional[Callable[[Observation, np.ndarray, Observation, Dict[str, Any]], bool]]"
        = None,
        episode_steps: Optional[int] = None,
        reset_velocity: float = 0.5,
        settle_seconds: float = 0.2,
        think_seconds: float = 0.0,
    ) -> None:
        self.owner = owner
        self.start_pose = np.array(start_pose, dtype=float)
        limits = owner.position_limits
        self.action_space = spaces.box(
            limits[0] if low is None else low, limits[1] if high is None else high
        )
        every = np.full(owner.dof, np.inf)
        self.observation_space = spaces.named(
            {"position": spaces.box(-every, every), "velocity": spaces.box(-every, every)}
        )
        for name, vector in (
            ("start_pose", self.start_pose),
            ("low and high", self.action_space.low),
        ):
            if vector.shape != (owner.dof,):
                raise ValueError(f"{name}: expected shape ({owner.dof},), found {vector.shape}")
        self.episode_steps = episode_steps
        self.random = np.random.default_rng()
        self._reward, self._is_done = reward, is_done
        self._reset_velocity, self._settle_seconds = reset_velocity, settle_seconds
        self._ticks: Optional[Iterator[Tick]] = None
        self._observation: Optional[Observation] = None
        self._steps = 0
        self._keeper = _Keeper(owner, think_seconds)

    def reset(
        self, *, seed: Optional[int] = None, options: "Optional[Dict[str, Any]]" = None
    ) -> "Tuple[Observation, Dict[str, Any]]":
        """Arms where needed and moves to the start pose; ``options={"pose": …}`` names another.

        Raises StoppedError while a stop is latched.
        """
        if seed is not None:
            self.random = np.random.default_rng(seed)
            self.action_space.seed(seed)
        pose = (options or {}).get("pose", self.start_pose)
        with self._keeper.paused():
            state = self.owner.latest
            if state is None or state.health is not Health.ARMED:
                self.owner.arm()
            self.owner.move_to(pose, self._reset_velocity)
            self.owner.hold(self._settle_seconds)
            state = self.owner.next()
            self._ticks = self.owner.ticks()
            self._steps = 0
            self._observation = observe(state)
            return self._observation, {"state": state}

    def step(
        self, action: _Vector
    ) -> "Tuple[Observation, float, bool, bool, Dict[str, Any]]":
        """Sends goals at the next tick and waits for the state that answers them.

        Returns observation, reward, terminated, truncated, info.
        """
        if self._ticks is None or self._observation is None:
            raise RuntimeError("step: call reset() first")
        before = self._observation
        goal = np.clip(
            np.array(action, dtype=float), self.action_space.low, self.action_space.high
        )
        info: "Dict[str, Any]" = {"clipped": bool((goal != action).any())}
        with self._keeper.paused():
            missed = self.owner.counters.ticks_missed
            tick = next(self._ticks)
            info["missed_ticks"] = self.owner.counters.ticks_missed - missed
            info["planned_nanoseconds"] = tick.planned_nanoseconds
            state = self._exchange(goal, info)
        self._steps += 1
        info["state"] = state
        self._observation = observe(state)
        judged = (before, goal, self._observation, info)
        done = self._is_done is not None and bool(self._is_done(*judged))
        terminated = done or "stopped" in info
        truncated = self.episode_steps is not None and self._steps >= self.episode_steps
        if terminated or truncated:
            self._ticks = None
        return self._observation, float(self._reward(*judged)), terminated, truncated, info

    def rearm(self) -> None:
        """Clears a latched stop, on behalf of a person who has looked at the rig."""
        self.owner.rearm()

    def close(self) -> None:
        """Stops the rig and ends the owner's session."""
        self._keeper.close()
        self.owner.close()

    def __enter__(self) -> "RigEnv":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _exchange(self, goal: np.ndarray, info: "Dict[str, Any]") -> State:
        try:
            return self.owner.exchange(goal)
        except StoppedError as stop:
            info["stopped"] = stop.reason
            info["why"] = str(stop)
        except RefusedError as refusal:
            info["refused"] = refusal.reason
            info["why"] = str(refusal)
        state = self.owner.latest
        assert state is not None
        return state


def observe(state: State) -> Observation:
    """The observation in a state."""
    return {"position": state.position, "velocity": state.velocity}


class _Keeper:
    """Repeats the last goals between steps, for a bounded time."""

    def __init__(self, owner: Owner, seconds: float) -> None:
        self._owner = owner
        self._seconds = seconds
        self._lock = threading.RLock()
        self._idle_since: Optional[float] = None
        self._closing = threading.Event()
        self._thread: Optional[threading.Thread] = None
        if seconds > 0:
            self._thread = threading.Thread(target=self._run, name="hilrig-keeper", daemon=True)
            self._thread.start()

    def paused(self) -> "_Keeper":
        """Used as ``with keeper.paused():`` around whatever commands."""
        return self

    def __enter__(self) -> None:
        self._lock.acquire()
        self._idle_since = None

    def __exit__(self, kind: object, *_: object) -> None:
        self._idle_since = time.monotonic() if kind is None else None
        self._lock.release()

    def close(self) -> None:
        """Ends the thread."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(self._owner.period):
            with self._lock:
                since, goal = self._idle_since, self._owner.goal
                if since is None or goal is None or time.monotonic() - since > self._seconds:
                    continue
                try:
                    self._owner.command(goal, planned_nanoseconds=self._owner.now())
                except (RefusedError, StoppedError):
                    self._idle_since = None
