"""Take the recorded answers of the reference runtime again: `tests/conformance/truth/*.json`.

    python scripts/record.py [PROBE …]

Do this after a new version of workerd, of the SDK or of a probe, and read what changed before committing it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.conformance import truth
from tests.conformance.engines import WORKER, ReferenceEngine
from tests.conformance.http_cases import cases, shown
from tests.reference import Reference, ReferenceError, ReferenceRuntime


def ask_http(worker: Reference) -> dict[str, object]:
    told = {}
    for case in cases():
        told[case.name] = shown(
            worker.fetch(case.path, method=case.method, headers=case.headers, body=case.body)
        )
    return told


def main(names: list[str]) -> int:
    """Record the named probes, or all of them and remove what is no longer asked."""
    unknown = set(names) - set(truth.probe_names())
    if unknown:
        print(f"record: no such probe: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    try:
        with ReferenceRuntime() as runtime, runtime.start(WORKER) as worker:
            engine = ReferenceEngine(worker)
            for name in names or truth.probe_names():
                truth.record(name, truth.ask_probe(engine, name))
            if not names:
                truth.record(truth.MODULE_SCOPE, truth.ask_module_scope(engine))
                truth.record(truth.SCHEDULED, truth.ask_scheduled(engine))
                truth.record(truth.HTTP, ask_http(worker))
                asked = {*truth.probe_names(), truth.MODULE_SCOPE, truth.SCHEDULED, truth.HTTP}
                for file in truth.TRUTH.glob("*.json"):
                    if file.stem not in asked:
                        file.unlink()
    except ReferenceError as error:
        print(f"record: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
