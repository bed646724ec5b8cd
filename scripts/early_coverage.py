"""A pytest plugin that measures what pytest-cov cannot: the import of `doris` itself.

pytest loads `doris.pytest_plugin` by its entry point before pytest-cov starts to measure, so every line that
runs on import would count as never run. This plugin comes first (`-p scripts.early_coverage`), measures until
pytest-cov begins, and leaves its data beside pytest-cov's, which combines all that it finds there.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import coverage
import pytest

_early = coverage.Coverage(data_suffix="early")
if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker is measured from its start, as every subprocess is
    _early.erase()
    _early.start()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Stop measuring when pytest-cov starts."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _early.stop()
        _early.save()
    return (yield)
