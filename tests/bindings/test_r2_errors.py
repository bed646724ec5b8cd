from __future__ import annotations

import pytest

from doris.bindings import r2_errors as errors
from doris.js import to_string


def test_the_operation_goes_before_the_code_behind() -> None:
    thrown = errors.invalid_name().thrown_by("put")
    assert to_string(thrown.value) == "Error: put: The specified object name is not valid. (10020)"


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (errors.internal_error(), 10001),
        (errors.too_small(), 10011),
        (errors.metadata_too_large(), 10012),
        (errors.invalid_limit(), 10022),
        (errors.no_such_upload(), 10024),
        (errors.invalid_part(), 10025),
        (errors.invalid_range(), 10039),
        (errors.bad_upload(), 10048),
        (errors.too_many_writes(), 10058),
        (errors.too_large(), 100100),
    ],
)
def test_codes(failure: errors.R2Failure, code: int) -> None:
    assert str(failure).endswith(f" ({code})")


def test_a_digest_that_differs_is_shown() -> None:
    assert str(errors.bad_digest("MD5", b"\0", b"\xff")).split("\n") == [
        "The MD5 checksum you specified did not match what we received.",
        "You provided a MD5 checksum with value: 00",
        "Actual MD5 was: ff (10037)",
    ]
