"""`jsnull` in JSON, with every way to encode."""

from __future__ import annotations

import json

import pytest

from doris.pyodide.ffi import jsnull
from doris.pyodide.json_null import teach_json


@pytest.fixture(autouse=True)
def taught(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("c_make_encoder", "_make_iterencode"):
        monkeypatch.setattr(json.encoder, name, getattr(json.encoder, name))
    teach_json()


def test_it_is_null_with_both_encoders() -> None:
    assert json.dumps({"a": [jsnull, 1]}) == '{"a": [null, 1]}'
    assert json.dumps([jsnull], indent=1) == "[\n null\n]"
    assert json.dumps(jsnull) == "null"


def test_default_is_not_asked() -> None:
    class Encoder(json.JSONEncoder):
        def default(self, o: object) -> object:
            return "asked"

    assert json.dumps([jsnull, object()], cls=Encoder) == '[null, "asked"]'
    assert json.dumps([jsnull, object()], default=lambda value: "asked") == '[null, "asked"]'


def test_what_has_no_json_is_refused_as_ever() -> None:
    with pytest.raises(TypeError, match="Object of type JsNull is not JSON serializable"):
        json.JSONEncoder().default(jsnull)
    with pytest.raises(TypeError, match="Object of type object is not JSON serializable"):
        json.dumps(object())


def test_it_is_taught_once() -> None:
    before = json.encoder._make_iterencode
    teach_json()
    assert json.encoder._make_iterencode is before
