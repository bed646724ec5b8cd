from __future__ import annotations

import uuid

from doris.bindings.version_metadata import version_metadata
from tests.bindings.calling import py


def test_a_version() -> None:
    version = py(version_metadata(1_700_000_000_000))
    assert list(version) == ["id", "tag", "timestamp"]
    assert uuid.UUID(version["id"]).version == 4
    assert (version["tag"], version["timestamp"]) == ("", "2023-11-14T22:13:20.000Z")
