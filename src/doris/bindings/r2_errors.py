"""The errors of R2's service: ``put: The specified object name is not valid. (10020)``.

Source of codes and texts: miniflare 5.20261117.0-beta (``workers/r2``), which is the reference's R2, and
Cloudflare's documentation (*R2, Error codes*, 2026-10).
"""

from __future__ import annotations

from doris.js import Throw, error


class R2Failure(Exception):
    """What the service refuses. The binding names the operation: see `thrown_by`."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{text} ({code})")

    def thrown_by(self, operation: str) -> Throw:
        """The Error as a Worker gets it from an operation (``"put"``, ``"uploadPart"``)."""
        return error(f"{operation}: {self}")


def internal_error() -> R2Failure:
    """The service was asked for something that makes no sense."""
    return R2Failure(10001, "We encountered an internal error. Please try again.")


def too_small() -> R2Failure:
    """A part other than the last has less than 5 MiB."""
    return R2Failure(10011, "Your proposed upload is smaller than the minimum allowed object size.")


def metadata_too_large() -> R2Failure:
    """Custom metadata of more than 8192 bytes."""
    return R2Failure(10012, "Your metadata headers exceed the maximum allowed metadata size.")


def invalid_name() -> R2Failure:
    """A key that is empty or longer than 1024 bytes."""
    return R2Failure(10020, "The specified object name is not valid.")


def invalid_limit() -> R2Failure:
    """A page of no or more than 1000 keys."""
    return R2Failure(10022, "MaxKeys params must be positive integer <= 1000.")


def no_such_upload() -> R2Failure:
    """An upload that was completed, aborted or never begun."""
    return R2Failure(10024, "The specified multipart upload does not exist.")


def invalid_part() -> R2Failure:
    """A part that was not uploaded, or not with that etag."""
    return R2Failure(10025, "One or more of the specified parts could not be found.")


def bad_digest(name: str, given: bytes, computed: bytes) -> R2Failure:
    """The body does not have the checksum that came with it. ``name`` is the algorithm's: ``SHA-256``."""
    return R2Failure(
        10037,
        f"The {name} checksum you specified did not match what we received.\n"
        f"You provided a {name} checksum with value: {given.hex()}\n"
        f"Actual {name} was: {computed.hex()}",
    )


def invalid_range() -> R2Failure:
    """A range outside of the object."""
    return R2Failure(10039, "The requested range is not satisfiable")


def bad_upload() -> R2Failure:
    """Parts of different sizes."""
    return R2Failure(10048, "There was a problem with the multipart upload.")


def too_many_writes() -> R2Failure:
    """A second write to one key within a second."""
    return R2Failure(10058, "Reduce your concurrent request rate for the same object.")


def too_large() -> R2Failure:
    """More than 5 GiB less 5 MiB in one upload."""
    return R2Failure(100100, "Your proposed upload exceeds the maximum allowed object size.")
