from __future__ import annotations

import traceback

import doris
from doris.config import ConfigError
from doris.errors import UserError
from doris.migrations import MigrationError


def test_errors_that_a_person_can_mend_have_one_base() -> None:
    assert issubclass(ConfigError, UserError)
    assert issubclass(MigrationError, UserError)


def test_tracebacks_show_public_names() -> None:
    assert traceback.format_exception_only(UserError("x")) == ["doris.UserError: x\n"]
    assert traceback.format_exception_only(ConfigError([])) == ["doris.ConfigError\n"]
    assert doris.UserError is UserError
    assert doris.ConfigError is ConfigError
