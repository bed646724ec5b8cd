"""The Pyodide bundle: what is written, what is refused, and that nothing is built twice."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from scripts import build_bundle
from scripts.build_bundle import (
    DATA,
    SOURCE,
    WASM,
    BundleError,
    Module,
    adapt_asm_module,
    build,
    encode_bundle,
    main,
)

ASM = (
    "new WebAssembly.Module(a);" * 4
    + "new WebAssembly.Instance(a);"
    + "WebAssembly.instantiate(a);" * 2
    + "WebAssembly.instantiateStreaming(a);"
    + "Date.now();" * 22
    + "crypto.getRandomValues(view);"
    + "eval(x);" * 6
    + "function loadLibData(){if(a){b}return c}function getExports(){}"
    + "getMemory(metadata.memorySize+memAlign);"
    + "export default _createPyodideModule;"
)


def decode_bundle(message: bytes) -> list[tuple[int, str, int, bytes]]:
    """Read a bundle as Cap'n Proto prescribes: (module type, name, union tag, content) of each module."""
    segments, words = struct.unpack_from("<II", message)
    segment = message[8:]
    assert segments == 0
    assert len(segment) == words * 8

    def pointed_bytes(at: int) -> bytes:
        low, high = struct.unpack_from("<II", segment, at * 8)
        assert (low & 3, high & 7) == (1, 2), "a pointer to a list of bytes"
        start = (at + 1 + (low >> 2)) * 8
        return segment[start : start + (high >> 3)]

    root, pointers = struct.unpack_from("<IHH", segment)[0], struct.unpack_from("<IHH", segment)[2]
    assert (root & 3, pointers) == (0, 1)
    low, high = struct.unpack_from("<II", segment, 8)
    assert (low & 3, high & 7) == (1, 7), "a pointer to a composite list"
    tag_at = 2 + (low >> 2)
    tag, data_words, pointer_words = struct.unpack_from("<IHH", segment, tag_at * 8)
    size = data_words + pointer_words
    assert high >> 3 == (tag >> 2) * size
    found = []
    for number in range(tag >> 2):
        at = tag_at + 1 + number * size
        module_type, union_tag = struct.unpack_from("<HH", segment, at * 8)
        name = pointed_bytes(at + data_words)
        assert name.endswith(b"\0")
        assert segment[(at + data_words + 2) * 8 : (at + size) * 8] == bytes(16), "null pointers"
        found.append((module_type, name[:-1].decode(), union_tag, pointed_bytes(at + data_words + 1)))
    return found


def test_a_bundle_reads_back() -> None:
    modules = [
        Module("a:source", SOURCE, b"text"),
        Module("b:wasm", WASM, b""),
        Module("c:data", DATA, bytes(range(256))),
    ]
    assert decode_bundle(encode_bundle(modules)) == [
        (2, module.name, module.kind, module.content) for module in modules
    ]


def test_the_asm_module_takes_its_primitives_from_workerd() -> None:
    adapted = adapt_asm_module(ASM)
    assert adapted.count("newWasmModule(a)") == 4
    assert adapted.count("new WebAssembly.Instance(") == 1
    assert adapted.count("WebAssembly.instantiateStreaming(") == 1
    assert adapted.count("refuseEval(x)") == 6
    assert adapted.count("monotonicDateNow()") == 22
    assert "getRandomValues(Module,view)" in adapted
    assert "patchedLoadLibData(Module,libName,flags.rpath)" in adapted
    assert "Module.getMemoryPatched(Module,libName,metadata.memorySize+memAlign)" in adapted
    assert "export{_createPyodideModule}" in adapted


def test_another_asm_module_is_refused_by_name_of_what_changed() -> None:
    with pytest.raises(BundleError, match=r"the clock: expected 22 places, found 21.*SUBSTITUTIONS"):
        adapt_asm_module(ASM.replace("Date.now();", "", 1))
    with pytest.raises(BundleError, match="the code of side modules: expected 1 places, found 0"):
        adapt_asm_module(ASM.replace("loadLibData", "loadData"))


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    """Packages as npm would install them, small."""
    folder = tmp_path / "node_modules"
    for name in build_bundle.PACKAGES:
        (folder / name).mkdir(parents=True)
        (folder / name / "package.json").write_text(json.dumps({"version": "1.2.3"}))
    (folder / "pyodide" / "pyodide.asm.mjs").write_text(ASM)
    (folder / "pyodide" / "pyodide.asm.wasm").write_bytes(b"\0asm")
    (folder / "pyodide" / "python_stdlib.zip").write_bytes(b"PK")
    return folder


def test_a_bundle_is_built_once(node_modules: Path, tmp_path: Path) -> None:
    folder = build(node_modules, tmp_path / "cache")
    bundle = folder / build_bundle.BUNDLE_NAME
    names = [name for _, name, _, _ in decode_bundle(bundle.read_bytes())]
    assert names[0] == "pyodideRuntime-internal:pyodide.asm"
    bundle.write_bytes(b"kept")
    assert build(node_modules, tmp_path / "cache") == folder
    assert bundle.read_bytes() == b"kept"
    build(node_modules, tmp_path / "cache", force=True)
    assert bundle.read_bytes() != b"kept"


def test_a_bundle_is_built_again_for_another_version(node_modules: Path, tmp_path: Path) -> None:
    folder = build(node_modules, tmp_path / "cache")
    (folder / build_bundle.BUNDLE_NAME).write_bytes(b"old")
    (node_modules / "wrangler" / "package.json").write_text(json.dumps({"version": "1.2.4"}))
    assert build(node_modules, tmp_path / "cache") == folder
    assert (folder / build_bundle.BUNDLE_NAME).read_bytes() != b"old"


def test_a_missing_package_is_named(
    node_modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (node_modules / "workerd" / "package.json").unlink()
    monkeypatch.setenv("DORIS_CACHE", str(tmp_path / "cache"))
    assert main(["--node-modules", str(node_modules)]) == 1
    said = capsys.readouterr().err
    assert "npm package 'workerd' is not installed" in said
    assert "make setup" in said


def test_a_missing_file_is_named(node_modules: Path, tmp_path: Path) -> None:
    (node_modules / "pyodide" / "python_stdlib.zip").unlink()
    with pytest.raises(BundleError, match=r"python_stdlib\.zip"):
        build(node_modules, tmp_path / "cache")


def test_the_cache_lies_where_the_environment_says() -> None:
    assert build_bundle.cache_folder({"DORIS_CACHE": "/a"}) == Path("/a")
    assert build_bundle.cache_folder({"XDG_CACHE_HOME": "/b"}) == Path("/b/doris-workers")
    assert build_bundle.cache_folder({}) == Path.home() / ".cache" / "doris-workers"
    assert build_bundle.node_modules_folder({"DORIS_NODE_MODULES": "/n"}) == Path("/n")
    assert build_bundle.node_modules_folder({}) == build_bundle.ROOT / "node_modules"
