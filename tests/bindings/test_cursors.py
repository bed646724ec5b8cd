from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from doris.bindings.cursors import decode_cursor, encode_cursor


@given(st.text())
def test_a_cursor_is_its_name_again(name: str) -> None:
    if name.isprintable():
        assert decode_cursor(encode_cursor(name)) == name


def test_any_text_is_a_cursor() -> None:
    assert encode_cursor("a") == "YQ=="
    assert [decode_cursor(text) for text in ("YQ", "Y!Q=", "_-8", "!!", "", "Y")] == [
        "a",
        "a",
        "\ufffd\ufffd",
        "",
        "",
        "",
    ]
