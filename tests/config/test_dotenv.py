"""Local secrets, held against what wrangler makes of the same files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doris.config import ConfigError, Project, load

from .wrangler import Wrangler

DEV_VARS = """
# a comment
PLAIN=value
SPACED = with spaces  # and a comment
export EXPORTED=yes
COLON: also
EMPTY=
EMPTY_QUOTED=""
SINGLE='it is $PLAIN\\n # kept'
DOUBLE="two\\nlines\\rhere # kept"
BACK=`tick's "quotes"`
ESCAPED="a \\"quoted\\" word"
MULTI="first
second"
HASH=abc#def
URL=https://example.com/#anchor
EQUALS=a=b=c
DOLLAR=$PLAIN ${PLAIN}
dotted.name-1=x
TWICE=1
TWICE=2
 INDENTED=x
BROKEN LINE
=nothing
UNCLOSED="open
AFTER=seen
UNICODE=grüße
QUOTE_INSIDE=a"b"c
TRAILING='x' y
"""

DOT_ENV = """
A=a
B=${A}b
C=$B-c
MISSING=[$NOTHING]
DEFAULT=${NOTHING:-fallback}
DEFAULT2=${NOTHING-${A}}
ALTERNATIVE=${A:+other}
ALTERNATIVE2=${NOTHING:+other}
ALTERNATIVE3=${A+plus}
KEPT=\\$A costs \\${B}
SINGLE='$A'
DOUBLE="$A and ${B}"
SELF=$SELF
LOOP1=$LOOP2
LOOP2=$LOOP1
BOTH=${A}${B}$C
PASSWORD=pa$$word
"""

PROJECT = (
    'name = "a"\n[vars]\nPLAIN = "from vars"\nKEPT_VAR = 1\n[env.prod]\n[env.prod.vars]\nPLAIN = "prod"\n'
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "wrangler.toml").write_text(PROJECT)
    return tmp_path


def same(folder: Path, wrangler: Wrangler, env: str | None = None) -> Project:
    theirs = wrangler.ask("variables", file=folder / "wrangler.toml", env=env)
    ours = load(folder, env)
    assert theirs.error is None
    assert ours.variables == theirs.value
    return ours


def test_dev_vars(project: Path, wrangler: Wrangler) -> None:
    (project / ".dev.vars").write_bytes(DEV_VARS.encode())
    (project / ".env").write_text("FROM_ENV=not read")
    loaded = same(project, wrangler)
    assert loaded.secrets["PLAIN"] == "value"
    assert loaded.vars["PLAIN"] == "from vars"
    assert loaded.secrets["DOLLAR"] == "$PLAIN ${PLAIN}"
    assert "FROM_ENV" not in loaded.secrets


@pytest.mark.parametrize("ending", [b"\r\n", b"\r"])
def test_line_ends(ending: bytes, project: Path, wrangler: Wrangler) -> None:
    (project / ".dev.vars").write_bytes(DEV_VARS.encode().replace(b"\n", ending))
    same(project, wrangler)


def test_dev_vars_of_an_environment_stands_alone(project: Path, wrangler: Wrangler) -> None:
    (project / ".dev.vars").write_text("A=everywhere\nB=b")
    (project / ".dev.vars.prod").write_text("A=prod")
    assert same(project, wrangler, "prod").secrets == {"A": "prod"}
    assert same(project, wrangler).secrets == {"A": "everywhere", "B": "b"}


def test_env_files_lie_over_each_other(project: Path, wrangler: Wrangler) -> None:
    for name in (".env", ".env.local", ".env.prod", ".env.prod.local"):
        (project / name).write_text(f"LAST={name}\nIN{name.replace('.', '_')}=yes")
    assert same(project, wrangler).secrets["LAST"] == ".env.local"
    assert same(project, wrangler, "prod").secrets["LAST"] == ".env.prod.local"


def test_env_files_are_expanded(project: Path, wrangler: Wrangler) -> None:
    (project / ".env").write_text(DOT_ENV)
    assert same(project, wrangler).secrets["C"] == "ab-c"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(st.sampled_from("AB=: #'\"`\n\\$x{}-+"), max_size=24))
def test_any_text(project: Path, wrangler: Wrangler, text: str) -> None:
    (project / ".dev.vars").write_text(text)
    same(project, wrangler)
    (project / ".dev.vars").unlink()


def test_declared_secrets(
    tmp_path: Path, wrangler: Wrangler, read: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".dev.vars").write_text("KEY=k\nOTHER=o\nSHOWN=s")
    text = '[vars]\nSHOWN = "v"\n[secrets]\nrequired = ["KEY", "LACKING"]'
    project = read(text)
    theirs = wrangler.ask("variables", file=project.file)
    assert project.variables == theirs.value == {"KEY": "k", "SHOWN": "s"}
    lacking = "Missing required secrets: LACKING"
    assert lacking in theirs.warnings
    assert project.warnings == (
        "wrangler.toml:3:2: secrets: missing required secrets: LACKING\n"
        "  Add them to .dev.vars, .env, or set as environment variables.",
    )
    (tmp_path / ".dev.vars").unlink()
    monkeypatch.setenv("LACKING", "from the process")
    assert read(text).secrets == {"LACKING": "from the process"}


def test_variables_of_the_process(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_NAME", "some value")
    (project / ".env").write_text("SOME_NAME=x\nOWN=$SOME_NAME")
    assert load(project).secrets == {"SOME_NAME": "x", "OWN": "x"}
    monkeypatch.setenv("CLOUDFLARE_INCLUDE_PROCESS_ENV", "true")
    secrets = load(project).secrets
    assert (secrets["SOME_NAME"], secrets["OWN"]) == ("some value", "some value")


def test_env_files_can_be_left_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".env").write_text("A=a")
    monkeypatch.setenv("CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV", "false")
    assert load(project).secrets == {}


def test_not_utf8(project: Path) -> None:
    (project / ".dev.vars").write_bytes(b"A=1\nB=\xff")
    with pytest.raises(ConfigError, match=re.escape(".dev.vars:2:3: this is not UTF-8: invalid start byte")):
        load(project)
