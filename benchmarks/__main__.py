"""Measure the emulator and the reference runtime in one run, turn by turn, and print them side by side.

    make bench

Figures of different runs are not comparable: the machine is never twice the same. The ratio of one run is.
Nothing here is a test, and no test compares a figure.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.engines import Engine, dev_server, in_process, reference

ROUNDS = 5


@dataclass(frozen=True)
class Measure:
    """A path asked `times` times a round; each time it does `inner` of the thing measured."""

    name: str
    path: str
    times: int
    inner: int = 1

    def seconds(self, engine: Engine) -> float:
        """The time of one of the thing measured, in one round."""
        begin = time.perf_counter()
        engine.get(self.path, self.times)
        return (time.perf_counter() - begin) / (self.times * self.inner)


MEASURES = [
    Measure("hello: a request and its answer", "/hello", times=300),
    Measure("a request with one D1 read", "/read/1", times=200),
    Measure("a D1 point read inside the Worker", "/read/500", times=1, inner=500),
]


def measure(engines: dict[str, Engine]) -> dict[str, dict[str, float]]:
    """The best round of every measure on every engine. The engines take turns, so noise falls on all."""
    best: dict[str, dict[str, float]] = {}
    for one in MEASURES:
        rounds: dict[str, list[float]] = {name: [] for name in engines}
        for engine in engines.values():  # once without looking, so that everything is warm
            one.seconds(engine)
        for _ in range(ROUNDS):
            for name, engine in engines.items():
                rounds[name].append(one.seconds(engine))
        best[one.name] = {name: min(times) for name, times in rounds.items()}
        spread = max(statistics.median(times) / min(times) for times in rounds.values())
        print(f"  measured: {one.name} (median over best: at most {spread:.2f})", file=sys.stderr)
    return best


def table(best: dict[str, dict[str, float]]) -> str:
    """Markdown: microseconds, and how many times as long the reference takes."""
    engines = list(next(iter(best.values())))
    lines = ["| microseconds, best of five | " + " | ".join(engines) + " | workerd / in process |"]
    lines.append("| --- |" + " ---: |" * (len(engines) + 1))
    for name, times in best.items():
        ratio = times["workerd"] / times["in process"]
        figures = " | ".join(f"{times[engine] * 1e6:,.0f}" for engine in engines)
        lines.append(f"| {name} | {figures} | {ratio:.1f} |")
    return "\n".join(lines)


def main() -> int:
    with ExitStack() as stack:
        engines: dict[str, Engine] = {
            "in process": stack.enter_context(in_process()),
            "doris dev": stack.enter_context(dev_server()),
            "workerd": stack.enter_context(reference()),
        }
        answers = set()
        for engine in engines.values():
            engine.get("/prepare/100", 1)
            answers.add(engine.get("/read/7", 1))
        if len(answers) != 1:
            print(f"bench: the engines do not answer the same: {answers}", file=sys.stderr)
            return 1
        best = measure(engines)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    print(table(best))
    return 0


if __name__ == "__main__":
    sys.exit(main())
