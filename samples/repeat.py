#!/usr/bin/env python3
"""Runs a scenario several times and prints a table: samples/repeat.py [SCENARIO] [TIMES].

PYTHONPATH=clients/python python3 samples/repeat.py scenarios/so101/step-response.yaml 3
"""

import statistics
import sys

import hilrig

SCENARIO = "scenarios/so101/step-response.yaml"


def number(value, digits=3):
    """A figure as text; a dash where the data cannot support it."""
    return "-" if value is None else f"{value:.{digits}f}"


def main():
    """Prints one row a run, and the spread of the worst joint's error."""
    scenario = sys.argv[1] if len(sys.argv) > 1 else SCENARIO
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    print(f"{'run':>3}  {'verdict':<12} {'p50 ms':>8} {'p99 ms':>8} {'missed':>6}  worst joint, residual rmse")
    residuals = []
    for index in range(1, times + 1):
        run = hilrig.run(scenario)[0]
        end = run.latency["endToEnd"]
        milliseconds = [None if us is None else us / 1e3 for us in (end.p50_us, end.p99_us)]
        positions = {
            signal.split("/")[1]: figure.residual_rmse
            for signal, figure in run.divergence.items()
            if signal.endswith("/position") and figure.residual_rmse is not None
        }
        worst = max(positions, key=positions.get, default=None)
        if worst is not None:
            residuals.append(positions[worst])
        print(
            f"{index:>3}  {run.verdict.name:<12} {number(milliseconds[0]):>8}"
            f" {number(milliseconds[1]):>8} {run.missed_ticks:>6}"
            f"  {worst or '-'}, {number(positions.get(worst), 5)} rad"
        )
    if len(residuals) > 1:
        mean, spread = statistics.mean(residuals), statistics.stdev(residuals)
        print(f"worst residual over {len(residuals)} runs: {mean:.5f} ± {spread:.5f} rad")


if __name__ == "__main__":
    main()
