"""Both clocks for each benchmark, wall and processor, memory where it was measured, and one table of all at the end.

The wall clock of a machine that others use tells little; the processor's own clock tells what the program costs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.ui.conftest import answered_dialogs

__all__ = ["answered_dialogs"]

Measure = Callable[..., None]


@pytest.fixture
def measure(benchmark: BenchmarkFixture) -> Measure:
    """Return the function that times another one, some rounds long, by both clocks; target is in ms of wall time."""

    def run(function: Callable[[], object], rounds: int, target: float | None = None, warmup: int = 1) -> None:
        """Time a function."""
        used: list[float] = []

        def timed() -> None:
            """Call it, and note the processor time."""
            began = time.process_time()
            function()
            used.append(time.process_time() - began)

        benchmark.pedantic(timed, rounds=rounds, warmup_rounds=warmup)  # type: ignore[no-untyped-call]
        benchmark.extra_info["cpu_ms"] = median(used[warmup:]) * 1000
        if target is not None:
            benchmark.extra_info["target_ms"] = target

    return run


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the medians of all benchmarks, and what was told of memory."""
    session = getattr(config, "_benchmarksession", None)
    made = [bench for bench in session.benchmarks if bench.stats.rounds] if session else []
    if not made:
        return
    terminalreporter.section("medians in ms")
    names = {id(bench): re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), bench.name) for bench in made}
    width = max(map(len, names.values()))
    terminalreporter.write_line(f"{'':{width}}  {'wall':>9}  {'cpu':>9}  {'target':>7}")
    for bench in made:
        told = bench.extra_info
        cpu = f"{told['cpu_ms']:9.2f}" if "cpu_ms" in told else ""
        target = f"{told['target_ms']:7.0f}" if "target_ms" in told else ""
        if "memory" not in told:
            terminalreporter.write_line(
                f"{names[id(bench)]:{width}}  {bench.stats.median * 1000:9.2f}  {cpu:9}  {target}"
            )
    for name, grown in ((name, mb) for bench in made for name, mb in bench.extra_info.get("memory", {}).items()):
        terminalreporter.write_line(f"{'memory: ' + name:{width}}  {grown:6.1f} MB more")
