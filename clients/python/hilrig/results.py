"""Results of runs: what ``hilrig run`` prints and what it leaves in a run's folder."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Tuple, Union

from .errors import ResultError

__all__ = ["Budget", "Divergence", "Latency", "Run", "RunSet", "Verdict", "load", "parse_suite"]

#: Newest run.json that this package reads.
SCHEMA_VERSION = 1


class Verdict(Enum):
    """Outcome of a run; the value is the exit code."""

    Pass = 0
    Inconclusive = 20
    Fail = 30
    Aborted = 40
    RigError = 50


@dataclass(frozen=True)
class Latency:
    """One hop, microseconds; None where there are too few samples for the percentile."""

    count: int
    p50_us: Optional[float]
    p90_us: Optional[float]
    p99_us: Optional[float]
    p999_us: Optional[float]
    max_us: Optional[float]


@dataclass(frozen=True)
class Divergence:
    """One signal: real(t) = offset + gain * twin(t - delay) + residual.

    Figures are in ``unit`` unless their name says otherwise; None where the data cannot support
    them. ``details`` is the whole object of run.json, intervals and band included.
    """

    unit: str
    rmse: Optional[float]
    mae: Optional[float]
    max_abs: Optional[float]
    offset: Optional[float]
    gain: Optional[float]
    delay_ms: Optional[float]
    residual_rmse: Optional[float]
    noise_floor_rmse: Optional[float]
    details: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Budget:
    """A limit of the scenario against what was measured."""

    metric: str
    unit: str
    limit: float
    measured: Optional[float]
    verdict: Verdict
    note: Optional[str]


@dataclass(frozen=True)
class Run:
    """One run of one scenario. ``details`` is the whole JSON object."""

    scenario: str
    verdict: Verdict
    reason: Optional[str]
    #: By hop: "wake", "commandSend", "busReply", "endToEnd" and so on, from the planned instant.
    latency: Mapping[str, Latency]
    #: By signal: "joint/NAME/position" and "joint/NAME/velocity".
    divergence: Mapping[str, Divergence]
    missed_ticks: int
    #: Limits and measurements; only where the run's folder was read.
    budgets: Tuple[Budget, ...]
    #: The MCAP file; None when there is none.
    recording: Optional[Path]
    #: The HTML report; None when there is none.
    report: Optional[Path]
    details: Mapping[str, Any] = field(repr=False)

    @property
    def passed(self) -> bool:
        """Whether the verdict is Pass."""
        return self.verdict is Verdict.Pass

    @property
    def folder(self) -> Optional[Path]:
        """The run's folder; None when it left neither report nor recording."""
        file = self.report or self.recording
        return None if file is None else file.parent


@dataclass(frozen=True)
class RunSet:
    """What one call of ``hilrig run`` gave: the worst verdict, and every run in order."""

    verdict: Verdict
    exit_code: int
    runs: Tuple[Run, ...]

    @property
    def passed(self) -> bool:
        """Whether every run passed."""
        return self.verdict is Verdict.Pass

    def __iter__(self) -> Any:
        return iter(self.runs)

    def __len__(self) -> int:
        return len(self.runs)

    def __getitem__(self, index: int) -> Run:
        return self.runs[index]


def load(folder: "Union[str, os.PathLike[str]]") -> Run:
    """Reads a run's folder, or its run.json. Raises ResultError when it is not one."""
    path = Path(folder)
    if path.is_dir():
        path = path / "run.json"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ResultError(
            "a run's result cannot be read",
            where=str(path),
            expected="run.json of a finished run",
            found=error.strerror,
            remedy="name the folder that hilrig run printed",
        ) from error
    value = _parse(text, str(path))
    version = value.get("schemaVersion")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise ResultError(
            "run.json has a schema that this package does not know",
            where=str(path),
            expected=f"schemaVersion up to {SCHEMA_VERSION}",
            found=str(version),
            remedy="read it with the package of the HilRig that wrote it",
        )
    return _run(value, str(path))


def parse_suite(text: str) -> RunSet:
    """Reads what ``hilrig run --json`` printed."""
    where = "hilrig run --json"
    value = _parse(text, where)
    try:
        return RunSet(
            Verdict[value["verdict"]],
            value["exitCode"],
            tuple(_run(run, where) for run in value["runs"]),
        )
    except (KeyError, TypeError) as error:
        raise _unlike(where, error) from error


def _parse(text: str, where: str) -> "Dict[str, Any]":
    try:
        value = json.loads(text)
    except ValueError as error:
        raise _unlike(where, error) from error
    if not isinstance(value, dict):
        raise _unlike(where, f"a {type(value).__name__}")
    return value


def _unlike(where: str, found: object) -> ResultError:
    return ResultError(
        "this is not a HilRig result", where=where, expected="its JSON", found=repr(found)
    )


def _run(value: "Dict[str, Any]", where: str) -> Run:
    try:
        return Run(
            scenario=value["scenario"],
            verdict=Verdict[value["verdict"]],
            reason=value.get("reason"),
            latency={key: Latency(**hop) for key, hop in value["latency"].items()},
            divergence={key: _divergence(it) for key, it in value["divergence"].items()},
            missed_ticks=value["missedTicks"],
            budgets=tuple(_budget(budget) for budget in value.get("budgets", ())),
            recording=_path(value["recording"]),
            report=_path(value["report"]),
            details=value,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _unlike(where, error) from error


def _divergence(value: "Dict[str, Any]") -> Divergence:
    return Divergence(
        unit=value["unit"],
        rmse=value["rmse"],
        mae=value["mae"],
        max_abs=value["maxAbs"],
        offset=value["offset"],
        gain=value["gain"],
        delay_ms=value["delay_ms"],
        residual_rmse=value["residualRmse"],
        noise_floor_rmse=value["noiseFloorRmse"],
        details=value,
    )


def _budget(value: "Dict[str, Any]") -> Budget:
    return Budget(
        value["metric"],
        value["unit"],
        value["limit"],
        value["measured"],
        Verdict[value["verdict"]],
        value["note"],
    )


def _path(value: Optional[str]) -> Optional[Path]:
    return None if value is None else Path(value)
