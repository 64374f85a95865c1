"""Finds the hilrig program."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Optional, Union

from .errors import ProgramError

#: Names the program where it is not on the PATH.
VARIABLE = "HILRIG_PROGRAM"

_LAUNCHER_IN_TREE = Path(__file__).parents[3] / "hilrig"


def find(program: "Optional[Union[str, os.PathLike[str]]]" = None) -> str:
    """The program: ``program``, the variable HILRIG_PROGRAM, the tree's own, or the PATH's.

    Raises ProgramError when there is none.
    """
    named = os.fspath(program) if program is not None else os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            raise ProgramError(
                "the hilrig program cannot be started",
                where=named,
                expected="a file that may be executed",
                remedy=f"correct the argument program or the variable {VARIABLE}",
            )
        return found
    if (Path(__file__).parents[3] / "HilRig.sln").is_file() and os.access(
        _LAUNCHER_IN_TREE, os.X_OK
    ):
        return str(_LAUNCHER_IN_TREE)
    found = shutil.which("hilrig")
    if found is None:
        raise ProgramError(
            "the hilrig program is not there",
            expected="hilrig on the PATH",
            remedy=f"install it, or name it in the variable {VARIABLE}",
        )
    return found
