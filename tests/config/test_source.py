from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from doris.config import ConfigError, load


def refused(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return str(caught.value)


def test_nothing_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "no") == (
        f"{tmp_path}/no: no such file or folder\n"
        "  Give a folder with a wrangler.jsonc or wrangler.toml, or the file itself."
    )


def test_folder_without_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        f"{tmp_path}: no wrangler file in this folder\n"
        '  It needs a wrangler.jsonc, with at least {"name": "my-worker", "main": "src/entry.py", …}.'
    )


def test_another_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "wrangler.yaml").touch()
    assert refused(tmp_path / "wrangler.yaml") == (
        f"{tmp_path}/wrangler.yaml: this is no wrangler file\n"
        "  A wrangler file ends in .jsonc, .json or .toml."
    )


def test_wrangler_s_order(tmp_path: Path) -> None:
    (tmp_path / "wrangler.toml").write_text('name = "toml"')
    assert load(tmp_path).name == "toml"
    (tmp_path / "wrangler.jsonc").write_text('{"name": "jsonc"}')
    assert load(tmp_path).name == "jsonc"
    (tmp_path / "wrangler.json").write_text('{"name": "json"} // comments here too')
    assert load(tmp_path).name == "json"


def test_file_of_another_name(tmp_path: Path) -> None:
    (tmp_path / "other.jsonc").write_text('{"name": "other"}')
    assert load(tmp_path / "other.jsonc").name == "other"


def test_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "wrangler.jsonc").write_bytes(b'\xef\xbb\xbf{"name": "marked"}')
    assert load(tmp_path).name == "marked"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{}".encode("utf-16"), "this is UTF-16\n  Save the file as UTF-8."),
        ("{}".encode("utf-32"), "this is UTF-32\n  Save the file as UTF-8."),
        (b'{\n"a": "\xe9"}', "2:7: this is not UTF-8: invalid continuation byte\n  Save the file as UTF-8."),
        (b"[]", '1:1: expected an object with fields\n  Begin with "{".'),
        (b"", "1:1: this is not JSON: a value is missing at the end of the file"),
        (b'{"name": }', '1:10: this is not JSON: expected a value, found "}"'),
    ],
)
def test_unreadable(data: bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrangler.jsonc").write_bytes(data)
    assert re.sub("^wrangler.jsonc: ?", "", refused(tmp_path)) == message


def test_toml_mistake(refusal: Callable[..., str]) -> None:
    assert refusal('name = "a"\nmain = ') == "wrangler.toml:2:8: this is not TOML: Invalid value"


def test_a_file_that_the_system_does_not_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "wrangler.toml").touch()
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert refused(tmp_path) == f"{tmp_path}/wrangler.toml: cannot be read: Permission denied"
