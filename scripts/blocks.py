"""Print how far each block of the documentation was checked in the last replay (`make blocks`)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.docs.replay import levels


def main() -> int:
    file = levels.blocks_file()
    if not file.exists():
        print(
            f"{file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file} is not there: "
            "the replay writes it. Run `make test`, or `pytest tests/docs`.",
            file=sys.stderr,
        )
        return 1
    print(levels.table(levels.read(file)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
