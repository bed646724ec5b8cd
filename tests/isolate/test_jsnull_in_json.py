"""`jsnull` in JSON, with every way to encode."""

from __future__ import annotations

import json.encoder

import pytest

from doris.isolate import jsnull_in_json
from doris.pyodide.ffi import jsnull


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    # An isolate of another test may be open: afterwards everything is as it was.
    for name in ("c_make_encoder", "_make_iterencode"):
        monkeypatch.setattr(json.encoder, name, getattr(json.encoder, name))
    jsnull_in_json.install()


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


def test_the_encoders_are_put_back() -> None:
    jsnull_in_json.remove()
    with pytest.raises(TypeError, match="Object of type JsNull is not JSON serializable"):
        json.dumps(jsnull)
