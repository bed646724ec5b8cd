"""Build the Pyodide bundle that lets workerd run Python Workers without a download.

workerd has Python Workers built in, except for Pyodide itself, which it downloads at first use. With the
compatibility flag `python_workers_development` it reads `pyodide_dev.capnp.bin` from a folder instead, and
that file can be made from npm's `pyodide` package of the version that workerd names. The file is one Cap'n
Proto message of workerd's type `Bundle`: a list of three modules. It is small enough to be written with
`struct`.

Emscripten's module has to take a few primitives from workerd's own module in place of the globals: creating
Wasm modules, the clock, randomness, side modules. Each substitution is counted; a release of Pyodide that
differs stops the build with the name of the substitution.

    python scripts/build_bundle.py [--node-modules DIR] [--force]

prints the folder of the bundle. Building again with the same packages returns at once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BUNDLE_NAME = "pyodide_dev.capnp.bin"
MANIFEST_NAME = "manifest.json"
SNAPSHOT_FOLDER = "snapshot"

# The versions go together: workerd names the Pyodide it accepts, wrangler pins workerd and miniflare.
PACKAGES = ("workerd", "wrangler", "miniflare", "pyodide")

# What `enum ModuleType` and the module's union are called in workerd's schema.
MODULE_TYPE_INTERNAL = 2
SOURCE, WASM, DATA = 0, 1, 2


class BundleError(Exception):
    """The bundle cannot be built; the text says what is missing or has changed."""


@dataclass(frozen=True)
class Module:
    """One module of the bundle: its name for `import`, its kind (SOURCE, WASM or DATA) and its bytes."""

    name: str
    kind: int
    content: bytes


# ----------------------------------------------------------------------------------------------------
# The Emscripten module, adapted


@dataclass(frozen=True)
class Substitution:
    """Text to replace in `pyodide.asm.mjs`, and how often it must be there."""

    what: str
    pattern: re.Pattern[str]
    replacement: str
    count: int


def _literal(what: str, old: str, new: str, count: int) -> Substitution:
    return Substitution(what, re.compile(re.escape(old)), new.replace("\\", r"\\"), count)


PRELUDE = """\
import { newWasmModule, wasmInstantiate, monotonicDateNow, getRandomValues } from
  "pyodide-internal:builtin_wrappers";
import { patchedLoadLibData, addEventListener, location } from "pyodide-internal:builtin_wrappers";
function refuseEval() { throw new Error("Emscripten's eval is refused inside workerd"); }
"""

SUBSTITUTIONS = (
    _literal("Wasm modules from bytes", "new WebAssembly.Module(", "newWasmModule(", 4),
    _literal("Wasm instances", "WebAssembly.instantiate(", "wasmInstantiate(", 2),
    _literal("the clock", "Date.now", "monotonicDateNow", 22),
    _literal("randomness", "crypto.getRandomValues(", "getRandomValues(Module,", 1),
    Substitution("eval", re.compile(r"(?<![\w$.])eval\("), "refuseEval(", 6),
    # workerd reads the code of a side module (an extension module's .so) from its read-only file system.
    Substitution(
        "the code of side modules",
        re.compile(r"function loadLibData\(\)\{.*?\}(?=function getExports\(\))", re.DOTALL),
        "function loadLibData(){var libData=patchedLoadLibData(Module,libName,flags.rpath);"
        "return flags.loadAsync?Promise.resolve(libData):libData}",
        1,
    ),
    # The third argument is a size. With anything else hello still runs and pydantic-core dies.
    _literal(
        "the memory of side modules",
        "getMemory(metadata.memorySize+memAlign)",
        "Module.getMemoryPatched(Module,libName,metadata.memorySize+memAlign)",
        1,
    ),
    _literal(
        "the export",
        "export default _createPyodideModule;",
        "export default _createPyodideModule;export{_createPyodideModule};",
        1,
    ),
)


def adapt_asm_module(source: str) -> str:
    """Return Emscripten's module as workerd needs it.

    Raises BundleError, naming every substitution that is not found exactly as often as expected.
    """
    wrong = []
    for substitution in SUBSTITUTIONS:
        source, found = substitution.pattern.subn(substitution.replacement, source)
        if found != substitution.count:
            wrong.append(f"{substitution.what}: expected {substitution.count} places, found {found}")
    if wrong:
        raise BundleError(
            "pyodide.asm.mjs is not the one this script knows (" + "; ".join(wrong) + "). "
            "Look at the new release and correct SUBSTITUTIONS in scripts/build_bundle.py."
        )
    return PRELUDE + source


# ----------------------------------------------------------------------------------------------------
# Cap'n Proto, as far as one list of structs needs it (https://capnproto.org/encoding.html)


def _words(size: int) -> int:
    return (size + 7) // 8


def _list_of_bytes_pointer(offset: int, length: int) -> bytes:
    """A pointer to a list of bytes, `offset` words behind the end of the pointer."""
    return struct.pack("<II", (offset << 2 | 1) & 0xFFFFFFFF, length << 3 | 2)


def encode_bundle(modules: list[Module]) -> bytes:
    """Write `Bundle { modules :List(Module) }` as one segment with the standard stream header."""
    data_words, pointers = 1, 4
    size_of_struct = data_words + pointers
    # word 0: root pointer; 1: its only pointer, to the list; 2: the list's tag; then the structs; then the
    # bytes.
    structs_at = 3
    bytes_at = structs_at + size_of_struct * len(modules)

    structs, blobs = bytearray(), bytearray()
    for number, module in enumerate(modules):
        pointer_at = structs_at + number * size_of_struct + data_words
        structs += struct.pack("<HHI", MODULE_TYPE_INTERNAL, module.kind, 0)
        # Text counts its NUL, Data has none.
        for content in (module.name.encode() + b"\0", module.content):
            structs += _list_of_bytes_pointer(bytes_at + len(blobs) // 8 - (pointer_at + 1), len(content))
            blobs += content.ljust(_words(len(content)) * 8, b"\0")
            pointer_at += 1
        structs += bytes(2 * 8)

    root = struct.pack("<IHH", 0, 0, 1)
    to_list = struct.pack("<II", 0 << 2 | 1, (size_of_struct * len(modules)) << 3 | 7)
    tag = struct.pack("<IHH", len(modules) << 2, data_words, pointers)
    segment = root + to_list + tag + bytes(structs) + bytes(blobs)
    return struct.pack("<II", 0, len(segment) // 8) + segment


# ----------------------------------------------------------------------------------------------------
# Where things are


def node_modules_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder with the npm packages: `DORIS_NODE_MODULES`, else `node_modules` of the repository."""
    chosen = environment.get("DORIS_NODE_MODULES")
    return Path(chosen).expanduser() if chosen else ROOT / "node_modules"


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The cache outside the work tree: `DORIS_CACHE`, else `doris-workers` in the user's cache folder."""
    if chosen := environment.get("DORIS_CACHE"):
        return Path(chosen).expanduser()
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base).expanduser() if base else Path.home() / ".cache") / "doris-workers"


def package_version(node_modules: Path, name: str) -> str:
    """The version of an installed npm package; BundleError when it is not there."""
    manifest = node_modules / name / "package.json"
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8"))["version"])
    except FileNotFoundError:
        raise BundleError(
            f"npm package {name!r} is not installed in {node_modules}. Run `make setup`, "
            "or name another folder in DORIS_NODE_MODULES."
        ) from None


def reference_folder(node_modules: Path, cache: Path) -> Path:
    """The cache folder of the reference runtime that these npm packages make up."""
    versions = (package_version(node_modules, name) for name in ("workerd", "pyodide"))
    return cache / ("reference-" + "-".join(versions))


# ----------------------------------------------------------------------------------------------------
# The build


def read_modules(pyodide: Path) -> list[Module]:
    """Read the three modules from npm's `pyodide` package."""
    try:
        asm = (pyodide / "pyodide.asm.mjs").read_text(encoding="utf-8")
        wasm = (pyodide / "pyodide.asm.wasm").read_bytes()
        stdlib = (pyodide / "python_stdlib.zip").read_bytes()
    except FileNotFoundError as missing:
        raise BundleError(f"npm package 'pyodide' has no {missing.filename}") from None
    return [
        Module("pyodideRuntime-internal:pyodide.asm", SOURCE, adapt_asm_module(asm).encode()),
        Module("pyodideRuntime-internal:pyodide.asm.wasm", WASM, wasm),
        Module("pyodideRuntime-internal:python_stdlib.zip", DATA, stdlib),
    ]


def _manifest(node_modules: Path) -> dict[str, str]:
    versions = {name: package_version(node_modules, name) for name in PACKAGES}
    script = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return {**versions, "script": script}


def build(node_modules: Path | None = None, cache: Path | None = None, *, force: bool = False) -> Path:
    """Build the bundle when it is not there yet and return its folder.

    Raises BundleError when a package is missing or is not the one this script knows.
    """
    node_modules = node_modules or node_modules_folder()
    folder = reference_folder(node_modules, cache or cache_folder())
    manifest = _manifest(node_modules)
    manifest_file, bundle_file = folder / MANIFEST_NAME, folder / BUNDLE_NAME
    if not force and bundle_file.exists() and _read_manifest(manifest_file) == manifest:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    # A memory snapshot belongs to the bundle that it was made with.
    shutil.rmtree(folder / SNAPSHOT_FOLDER, ignore_errors=True)
    # Whole or not at all: two builds at once, or one that is stopped, leave no half file behind.
    unfinished = folder / f"{BUNDLE_NAME}.{os.getpid()}"
    unfinished.write_bytes(encode_bundle(read_modules(node_modules / "pyodide")))
    unfinished.replace(bundle_file)
    manifest_file.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return folder


def _read_manifest(file: Path) -> dict[str, str] | None:
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return None


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="Build the Pyodide bundle for workerd from npm's pyodide package."
    )
    parser.add_argument(
        "--node-modules", type=Path, help="folder of the npm packages (default: DORIS_NODE_MODULES)"
    )
    parser.add_argument("--force", action="store_true", help="build again even when nothing changed")
    options = parser.parse_args(arguments)
    try:
        print(build(options.node_modules, force=options.force))
    except BundleError as error:
        print(f"build_bundle: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
