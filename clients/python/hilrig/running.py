"""Runs scenarios with the hilrig program."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import List, Optional, Sequence, Union

from . import program as programs
from . import results
from .errors import ProgramError

__all__ = ["run"]

_USAGE = 64
_GRACE_SECONDS = 30.0
_Path = Union[str, "os.PathLike[str]"]


def run(
    scenarios: "Union[_Path, Sequence[_Path]]",
    *,
    rig: "Optional[_Path]" = None,
    repeat: Optional[int] = None,
    out: "Optional[_Path]" = None,
    data: "Optional[_Path]" = None,
    timeout: Optional[float] = None,
    program: "Optional[_Path]" = None,
) -> results.RunSet:
    """Runs one scenario file or several, as ``hilrig run`` does, and returns what came of them.

    A verdict other than Pass is a result, not an error. ``rig`` and ``repeat`` stand in for the
    scenario's own, ``out`` is the folder in which each run makes its own, ``data`` that of
    recordings. After ``timeout`` seconds the run is interrupted as by Ctrl-C and is Aborted.
    Raises ProgramError, with what the program said, when it refuses a file or an argument.
    """
    files = [scenarios] if isinstance(scenarios, (str, os.PathLike)) else list(scenarios)
    command: List[str] = [programs.find(program), "run", *(os.fspath(file) for file in files)]
    options = {"--rig": rig, "--repeat": repeat, "--out": out, "--data": data}
    for option, value in options.items():
        if value is not None:
            command += [option, os.fspath(value) if isinstance(value, os.PathLike) else str(value)]
    command.append("--json")
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    output, errors = _await(child, timeout)
    if not output.strip():
        raise ProgramError(
            "hilrig refused to run this" if child.returncode == _USAGE else "hilrig broke off",
            exit_code=child.returncode,
            where=" ".join(command[1:]),
            expected="a result as JSON",
            found=errors.strip() or f"exit code {child.returncode}",
        )
    return results.parse_suite(output)


def _await(child: "subprocess.Popen[str]", timeout: Optional[float]) -> "tuple[str, str]":
    try:
        return child.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGINT)
    except BaseException:  # Ctrl-C here is one there: it ends in order.
        child.send_signal(signal.SIGINT)
        _finish(child)
        raise
    return _finish(child)


def _finish(child: "subprocess.Popen[str]") -> "tuple[str, str]":
    try:
        return child.communicate(timeout=_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.communicate()
