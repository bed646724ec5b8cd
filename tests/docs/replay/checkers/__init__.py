"""What is done with a block of each language.

A checker takes the page and the fence, and says how far it got.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..fence import Fence
from ..levels import Level
from . import bash, config, console, http, javascript, markdown, mermaid, python, rust, sql, text, yaml

if TYPE_CHECKING:
    from ..page import Page

Checker = Callable[["Page", Fence], Level]

CHECKERS: dict[str, Checker] = {
    "bash": bash.check,
    "console": console.check,
    "http": http.check,
    "ini": config.check_ini,
    "js": javascript.check,
    "json": config.check_json,
    "jsonc": config.check_jsonc,
    "markdown": markdown.check,
    "mermaid": mermaid.check,
    "pycon": python.check_prompts,
    "python": python.check,
    "rust": rust.check,
    "sql": sql.check,
    "text": text.check,
    "toml": config.check_toml,
    "yaml": yaml.check,
}

STATIC = {"ini", "jsonc", "js", "markdown", "mermaid", "rust", "toml", "yaml"}
"""Languages whose blocks say nothing about those further down: a wrong one does not stop the page."""
