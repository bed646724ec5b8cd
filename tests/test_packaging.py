"""The wheel, tried in an empty environment as a user would: `doris new`, `doris dev`, one request."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / ("uv.exe" if os.name == "nt" else "uv")

# Everything was fetched in the setup, so what is missing now is missing from the requirements.
OFFLINE = {**os.environ, "UV_OFFLINE": "1"}


Done = subprocess.CompletedProcess[str]


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> Done:
    """Run a command; what it printed stands in the failure."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this work tree."""
    out = tmp_path_factory.mktemp("wheel")
    build = (UV, "build", "--wheel", "--no-build-isolation", "--python", sys.executable)
    run(*build, "--out-dir", out, ROOT, env=OFFLINE)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel, pytest and what they require, and nothing else."""
    venv = tmp_path_factory.mktemp("empty") / "venv"
    run(UV, "venv", "--quiet", "--python", sys.executable, venv, env=OFFLINE)
    programs = venv / ("Scripts" if os.name == "nt" else "bin")
    install = (UV, "pip", "install", "--quiet", "--python", programs / "python")
    run(*install, "--constraint", ROOT / "requirements-dev.txt", wheel, "pytest", env=OFFLINE)
    return programs


@pytest.fixture(scope="module")
def user() -> dict[str, str]:
    """The environment variables of a user who never heard of this work tree."""
    ours = ("VIRTUAL_ENV", "PYTHONPATH", "COV_", "COVERAGE_", "PYTEST_", "DORIS_", "UV_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def names(archive: Path) -> set[str]:
    with zipfile.ZipFile(archive) as opened:
        return set(opened.namelist())


def sources(folder: str) -> set[str]:
    """The files of a folder that git has or would take."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", folder)
    listed = run(*command).stdout.splitlines()
    return {name for name in listed if (ROOT / name).is_file()}


def test_wheel_holds_the_package_and_the_examples_and_nothing_else(wheel: Path) -> None:
    package = {name.removeprefix("src/") for name in sources("src/doris")}
    examples = {f"doris/_{name}" for name in sources("examples")}
    assert "doris/_examples/05-d1/wrangler.jsonc" in examples
    assert {name for name in names(wheel) if ".dist-info/" not in name} == package | examples


def test_wheel_is_typed_and_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        (metadata,) = (name for name in opened.namelist() if name.endswith("/METADATA"))
        text = opened.read(metadata).decode()
        licences = [name for name in opened.namelist() if name.endswith("/licenses/LICENSE")]
    assert "doris/py.typed" in names(wheel)
    assert "License-Expression: MIT" in text
    assert "Requires-Python: >=3.11" in text
    assert len(licences) == 1


def test_nothing_for_workers_is_left_importable(environment: Path, user: dict[str, str]) -> None:
    """An interpreter that runs no Worker has no `js`, no `pyodide` and no `_cloudflare` from us."""
    code = (
        "import importlib.util, doris; "
        "print([name for name in ('js', 'pyodide', '_cloudflare', '_pyodide_entrypoint_helper') "
        "if importlib.util.find_spec(name)])"
    )
    assert run(environment / "python", "-c", code, env=user).stdout.strip() == "[]"


def test_import_needs_nothing_compiled(environment: Path, user: dict[str, str]) -> None:
    """Inside Pyodide there is no apsw, no ada-url and no server: `import doris` works without them."""
    code = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {'apsw', 'ada_url', 'greenlet', 'uvicorn', 'h11', 'wsproto'}:\n"
        "            raise ModuleNotFoundError(f'no {name} in Pyodide', name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "import doris\n"
        "print(doris.__version__)\n"
    )
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", run(environment / "python", "-c", code, env=user).stdout)


README = (ROOT / "README.md").read_text(encoding="utf-8")


def readme_block(language: str) -> list[str]:
    """The lines of the README's first block in a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no block in {language}"
    return found[1].splitlines()


@pytest.fixture(scope="module")
def project(environment: Path, user: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, made by following the README up to `doris dev`."""
    folder = tmp_path_factory.mktemp("user")
    install, *commands, serve = readme_block("bash")
    assert (install, serve) == ("pip install .", "doris dev")  # done in `environment`, left to `address`
    for command in commands:
        program, *arguments = command.split()
        if program == "cd":
            folder /= arguments[0]
        else:
            run(environment / program, *arguments, cwd=folder, env=user)
    return folder


def test_examples_are_listed(environment: Path, user: dict[str, str], tmp_path: Path) -> None:
    assert "05-d1" in run(environment / "doris", "new", cwd=tmp_path, env=user).stdout


def test_example_is_copied_whole(project: Path) -> None:
    copied = {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}
    shipped = {name.removeprefix("examples/05-d1/") for name in sources("examples/05-d1")}
    assert {name for name in copied if not name.startswith(".doris/")} == shipped


def test_example_has_nothing_to_complain_of(environment: Path, user: dict[str, str], project: Path) -> None:
    run(environment / "doris", "check", cwd=project, env=user)


@pytest.fixture
def address(environment: Path, user: dict[str, str], project: Path) -> Iterator[str]:
    """The address of `doris dev` with the example, stopped by its own process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [environment / "doris", "dev", "--port", str(port)]
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    server = subprocess.Popen(command, cwd=project, env=user, **output)  # type: ignore[call-overload]
    try:
        said = []
        for line in server.stdout:
            said.append(line)
            if f"Ready on http://127.0.0.1:{port}" in line:
                break
        else:
            pytest.fail(f"doris dev ended with {server.wait()}:\n{''.join(said)}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=20)


def test_readme_shows_what_the_example_answers(address: str, user: dict[str, str]) -> None:
    prompt, *expected = readme_block("console")
    command = shlex.split(prompt.removeprefix("$ ").replace("http://127.0.0.1:8787", address))
    assert run(*command, env=user).stdout.splitlines() == expected


def test_tests_of_the_readme_and_of_the_copied_example_pass(
    environment: Path, user: dict[str, str], project: Path, tmp_path: Path
) -> None:
    """Also while nothing but the wheel and pytest is installed."""
    copied = shutil.copytree(project, tmp_path / "notes")
    test = copied / "tests" / "test_readme.py"
    test.write_text("\n".join([*readme_block("python"), ""]), encoding="utf-8")
    done = run(environment / "pytest", "-q", "-W", "error", cwd=copied, env=user)
    count = re.search(r"^(\d+) passed", done.stdout, re.MULTILINE)
    assert count, done.stdout
    assert int(count[1]) > 10
