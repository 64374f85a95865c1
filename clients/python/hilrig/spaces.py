"""Spaces of actions and observations: gymnasium's where it is installed, else a stand-in."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Sequence

import numpy as np


class Box:
    """Arrays between two bounds; the part of gymnasium.spaces.Box that matters here."""

    def __init__(self, low: np.ndarray, high: np.ndarray, dtype: Any = np.float64) -> None:
        self.low = np.asarray(low, dtype=dtype)
        self.high = np.asarray(high, dtype=dtype)
        self.dtype = np.dtype(dtype)
        self.shape = self.low.shape
        self._random = np.random.default_rng(0)

    def seed(self, seed: Optional[int] = None) -> None:
        """Seeds ``sample``."""
        self._random = np.random.default_rng(seed)

    def sample(self) -> np.ndarray:
        """A random array: uniform between bounds, normal (and clipped) where one is missing."""
        bounded = np.isfinite(self.low) & np.isfinite(self.high)
        low = np.where(bounded, self.low, 0.0)
        high = np.where(bounded, self.high, 1.0)
        uniform = self._random.uniform(low, high)
        normal = np.clip(self._random.normal(size=self.shape), self.low, self.high)
        return np.where(bounded, uniform, normal).astype(self.dtype)

    def contains(self, value: Any) -> bool:
        """Whether ``value`` is such an array."""
        array = np.asarray(value)
        return array.shape == self.shape and bool(
            ((array >= self.low) & (array <= self.high)).all()
        )

    def __repr__(self) -> str:
        return f"Box({self.low.min()}, {self.high.max()}, {self.shape}, {self.dtype})"


class Dictionary:
    """Named spaces; the part of gymnasium.spaces.Dict that matters here."""

    def __init__(self, spaces: "Mapping[str, Box]") -> None:
        self.spaces: "Dict[str, Box]" = dict(spaces)

    def seed(self, seed: Optional[int] = None) -> None:
        """Seeds every space."""
        for index, space in enumerate(self.spaces.values()):
            space.seed(None if seed is None else seed + index)

    def sample(self) -> "Dict[str, np.ndarray]":
        """A random value of each space."""
        return {name: space.sample() for name, space in self.spaces.items()}

    def contains(self, value: Any) -> bool:
        """Whether ``value`` has every name and nothing else, each in its space."""
        return value.keys() == self.spaces.keys() and all(
            space.contains(value[name]) for name, space in self.spaces.items()
        )

    def __getitem__(self, name: str) -> Box:
        return self.spaces[name]

    def __repr__(self) -> str:
        return f"Dict({self.spaces})"


def box(low: Sequence[float], high: Sequence[float]) -> Any:
    """A box of float64, of gymnasium where it is installed."""
    module = _gymnasium()
    kind = Box if module is None else module.Box
    return kind(np.array(low, dtype=float), np.array(high, dtype=float), dtype=np.float64)


def named(spaces: "Mapping[str, Any]") -> Any:
    """A dictionary of spaces, of gymnasium where it is installed."""
    module = _gymnasium()
    return Dictionary(spaces) if module is None else module.Dict(spaces)


def _gymnasium() -> Any:
    try:
        from gymnasium import spaces
    except ImportError:
        return None
    return spaces
