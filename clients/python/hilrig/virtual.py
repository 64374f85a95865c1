"""A virtual rig with all its processes, for trying things without an arm."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any, Dict, List, Optional, Union

from . import program as programs
from . import session
from .errors import ProgramError

__all__ = ["VirtualRig"]

# The tree's launcher may have to build the program first.
_READY_SECONDS = 300.0
_END_SECONDS = 20.0


class VirtualRig:
    """Starts emulator, guardian, agent and bridge of a rig file whose bus is ``virtual``.

    Ends them in order on ``close``; they also end when this process does, however it
    ends, because each watches the pipe to its standard input.
    """

    def __init__(
        self,
        rig: "Union[str, os.PathLike[str]]",
        *,
        bus: str = "servo",
        folder: "Optional[Union[str, os.PathLike[str]]]" = None,
        program: "Optional[Union[str, os.PathLike[str]]]" = None,
    ) -> None:
        self.rig = Path(rig).resolve()
        self._program = programs.find(program)
        self._is_temporary = folder is None
        #: Holds latch, logs and the arm's events.
        self.folder = Path(folder or tempfile.mkdtemp(prefix="hilrig-rig-"))
        self._children: Dict[str, subprocess.Popen[str]] = {}
        try:
            emulator = self._start("emulate", "--events", str(self.events_path))
            shared = ["--port", f"{bus}={emulator['endpoint']}", "--state", str(self.folder)]
            agent = self._start("agent", *shared)
            self._start("guardian", *shared)
            #: Where HilRig's own programs on this machine connect.
            self.agent_address: str = agent["endpoint"]
            bridge = self._run("bridge", self.agent_address)
            #: Where to connect.
            self.endpoint: str = bridge["endpoint"]
        except BaseException:
            self.close()
            raise

    @property
    def events_path(self) -> Path:
        """What the emulated servos did and when, JSON lines, CLOCK_MONOTONIC."""
        return self.folder / "events.jsonl"

    @property
    def process_ids(self) -> "Dict[str, int]":
        """Process ids by role: "emulate", "guardian", "agent" and so on."""
        return {role: child.pid for role, child in self._children.items()}

    def connect(self, role: str = "observer", **options: Any) -> Any:
        """``hilrig.connect`` to this rig."""
        return session.connect(self.endpoint, role, **options)

    def close(self) -> None:
        """Ends the processes; the agent takes the safe posture first. May be called twice."""
        # The guardian must see the agent end well, and a servo outlives who drives it.
        for child in [
            self._children[role]
            for role in ("bridge", "agent", "guardian", "emulate")
            if role in self._children
        ]:
            assert child.stdin is not None
            child.stdin.close()
            try:
                child.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            assert child.stdout is not None
            child.stdout.close()
        self._children.clear()
        if self._is_temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "VirtualRig":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, role: str, *arguments: str) -> Any:
        return self._run(role, str(self.rig), *arguments)

    def _run(self, role: str, *arguments: str) -> Any:
        log = self.folder / f"{role}.log"
        with open(log, "w", encoding="utf-8") as errors:
            child = subprocess.Popen(
                [self._program, role, *arguments, "--supervised"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._children[role] = child
        line = _first_line(child)
        try:
            ready = json.loads(line)
        except ValueError:
            ready = {"error": {"what": f"the {role} process did not say that it is ready"}}
            ready["error"]["found"] = log.read_text(encoding="utf-8").strip() or "nothing"
        error = ready.get("error")
        if error:
            parts = {key: error.get(key) for key in ("where", "expected", "found", "remedy")}
            raise ProgramError(error["what"], exit_code=child.poll(), **parts)
        return ready


def _first_line(child: "subprocess.Popen[str]") -> str:
    lines: "queue.Queue[str]" = queue.Queue()
    stream = child.stdout
    assert stream is not None
    threading.Thread(target=_pump, args=(stream, lines), daemon=True).start()
    try:
        return lines.get(timeout=_READY_SECONDS)
    except queue.Empty:
        return ""


# Whatever else a child prints must not fill its pipe.
def _pump(stream: Any, lines: "queue.Queue[str]") -> None:
    seen: List[str] = []
    try:
        for line in stream:
            if not seen:
                seen.append(line)
                lines.put(line)
    except ValueError:
        pass  # Closed.
    if not seen:
        lines.put("")
