"""The probes, and the recorded answers of the reference runtime to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conformance.engines import Engine
from tests.conformance.masks import mask

HERE = Path(__file__).resolve().parent
PROBES = HERE / "probes"
TRUTH = HERE / "truth"

SEED = 1
MODULE_SCOPE, HTTP, SCHEDULED = "module_scope", "http", "scheduled"
# A fixed moment for what is asked about time.
MOMENT = 1_700_000_000_000


def probe_names() -> list[str]:
    """The probes that are Python source, in the order they are asked on one fresh state."""
    return sorted(file.stem for file in PROBES.glob("*.py"))


def all_names() -> list[str]:
    """What is asked in process: the probes, then module scope and the scheduled handler."""
    return [*probe_names(), MODULE_SCOPE, SCHEDULED]


def probe_source(name: str) -> str:
    return (PROBES / f"{name}.py").read_text(encoding="utf-8")


def ask_probe(engine: Engine, name: str, seed: int = SEED) -> dict[str, Any]:
    """Ask one probe; the answers are masked, and what one question asks of many values is taken apart."""
    answers: dict[str, Any] = {}
    for question, answer in mask(engine.ask(probe_source(name), seed)).items():
        if question.startswith("{") and isinstance(answer, dict):
            answers |= {f"{question} :: {key}": value for key, value in answer.items()}
        else:
            answers[question] = answer
    return answers


def ask_module_scope(engine: Engine) -> dict[str, Any]:
    answers: dict[str, Any] = mask(json.loads(engine.get("/module-scope")))
    return answers


def ask_scheduled(engine: Engine) -> dict[str, Any]:
    """What the scheduled handler is given, and what becomes of its error."""
    outcome = engine.scheduled("*/5 * * * *", MOMENT)
    seen = engine.ask('await env.KV.get("scheduled")')
    return {"outcome": outcome, "seen": seen, "raising": engine.scheduled("0 0 * * *", MOMENT)}


def recorded(name: str) -> dict[str, Any]:
    """The recorded answers to a probe, by question."""
    answers: dict[str, Any] = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))
    return answers


def record(name: str, answers: dict[str, Any]) -> None:
    # Lone surrogates are answers too, so the file is plain ASCII.
    (TRUTH / f"{name}.json").write_text(json.dumps(answers, indent=1) + "\n", encoding="utf-8")
