"""What can go wrong, in words: what, where, what was expected, what was found, what to try."""

from __future__ import annotations

from typing import Optional

__all__ = [
    "LostError",
    "ProgramError",
    "ProtocolError",
    "RefusedError",
    "ResultError",
    "RigError",
    "SilentError",
    "StoppedError",
]


class RigError(Exception):
    """Base of every error of this package.

    Each part is a sentence or a phrase; those that say nothing are None.
    """

    def __init__(
        self,
        what: str,
        where: Optional[str] = None,
        expected: Optional[str] = None,
        found: Optional[str] = None,
        remedy: Optional[str] = None,
    ) -> None:
        self.what = what
        self.where = where
        self.expected = expected
        self.found = found
        self.remedy = remedy
        parts = [what if where is None else f"{what} ({where})"]
        if expected is not None:
            parts.append(f"Expected: {expected}")
        if found is not None:
            parts.append(f"Found: {found}")
        if remedy is not None:
            parts.append(f"Try: {remedy}")
        super().__init__(". ".join(part.rstrip(".") for part in parts) + ".")


class _ReasonedError(RigError):
    """An error with a reason that programs can compare."""

    def __init__(
        self,
        reason: object,
        what: str,
        where: Optional[str] = None,
        expected: Optional[str] = None,
        found: Optional[str] = None,
        remedy: Optional[str] = None,
    ) -> None:
        super().__init__(what, where, expected, found, remedy)
        self.reason = reason


class ProtocolError(RigError):
    """The peer is not what it should be, or the message definitions cannot be had."""


class SilentError(ProtocolError):
    """Nobody answered the handshake."""


class RefusedError(_ReasonedError, ProtocolError):
    """The rig's side said no; the words are its own.

    ``reason`` is the name of the wire's reason, such as "owned" or "not_owner".
    """


class LostError(RigError):
    """The agent fell silent, or no longer knows this session."""


class StoppedError(_ReasonedError):
    """The rig has stopped, and the stop is latched; ``reason`` is a ``StopReason``."""


class ProgramError(RigError):
    """The hilrig program cannot be started, or refused its command line (exit code 64)."""

    def __init__(self, what: str, exit_code: Optional[int] = None, **parts: Optional[str]) -> None:
        super().__init__(what, **parts)
        self.exit_code = exit_code


class ResultError(RigError):
    """A run's folder or file cannot be read as what it should be."""
