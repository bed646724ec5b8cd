"""Delete the lines of pages and examples one at a time; what checks them has to notice (`make mutate`).

python scripts/mutate.py [PART ...]     only files whose path contains a PART: 05-d1, docs/start
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.docs.replay import mutate


def main(parts: list[str]) -> int:
    started = time.monotonic()
    chosen = [
        target for target in mutate.targets() if not parts or any(part in target.file for part in parts)
    ]
    print(f"{len(chosen)} mutants in {len({target.file for target in chosen})} files", flush=True)
    done = 0

    def say(target: mutate.Target, survived: bool) -> None:
        nonlocal done
        done += 1
        if survived:
            print(f"  survived: {target.place}: {target.mutant.code}", flush=True)
        elif done % 20 == 0:
            print(f"  {done} of {len(chosen)}", flush=True)

    report = mutate.hunt(chosen, mutate.read_reasons(), say)
    for checker in report.broken:
        print(f"BROKEN: {checker}: fails as it is, so its mutants say nothing. Run `make test` first.")
    for target in report.excused:
        print(f"may survive (survivors.toml): {target.place}: {target.mutant.code}")
    for target in report.survivors:
        print(f"SURVIVED: {target.place}: {target.mutant.code}")
        print("    No output and no test depends on this line.")
    for reason in report.needless:
        print(f"NEEDLESS in survivors.toml: {reason.file}: {reason.line}")
        print("    Nothing like it survives: take it out.")
    without, excused = len(report.survivors), len(report.excused)
    took = time.monotonic() - started
    print(f"{len(chosen)} mutants, {without} survivors without a reason, {excused} with one, {took:.0f} s")
    return 1 if report.broken or report.survivors or report.needless else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
