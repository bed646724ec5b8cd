from __future__ import annotations

from pathlib import Path

import pytest

from doris import examples
from doris.errors import UserError

ROOT = Path(__file__).parent.parent / "examples"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder with examples beside the modules, as installed; the current folder is another."""
    shelf = tmp_path / "doris" / "_examples"
    for name in ("01-first", "lessons/02-second", ".hidden/03-third"):
        (shelf / name / "src").mkdir(parents=True)
        (shelf / name / "wrangler.jsonc").write_text('{"main": "src/entry.py"}')
    (shelf / "01-first" / "README.md").write_text("text\n# The first\n# Another\n")
    (shelf / "01-first" / "src" / "entry.py").write_text("# code")
    (shelf / "01-first" / ".doris").mkdir()
    (shelf / "01-first" / "src" / "__pycache__").mkdir()
    monkeypatch.setattr(examples, "_PACKAGE", tmp_path / "doris")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return shelf


def test_those_of_this_repository() -> None:
    found = examples.all_examples()
    assert [example.folder for example in found] == [ROOT / example.name for example in found]
    assert "05-d1" in {example.name for example in found}
    assert all(example.title for example in found)


def test_list(shelf: Path) -> None:
    assert examples.all_examples() == [
        examples.Example("01-first", "The first", shelf / "01-first"),
        examples.Example("lessons/02-second", "", shelf / "lessons" / "02-second"),
    ]


def test_copy(shelf: Path, tmp_path: Path) -> None:
    destination = tmp_path / "new" / "folder"
    examples.copy(examples.find("01-first"), destination)
    copied = sorted(path.relative_to(destination).as_posix() for path in destination.rglob("*"))
    assert copied == ["README.md", "src", "src/entry.py", "wrangler.jsonc"]


def test_copy_to_an_empty_folder(shelf: Path) -> None:
    examples.copy(examples.find("lessons/02-second"), Path())
    assert sorted(path.name for path in Path().iterdir()) == ["src", "wrangler.jsonc"]


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("01-fist", 'Did you mean "01-first"? '),
        ("02", 'Did you mean "lessons/02-second"? '),
        ("nothing-like-it", ""),
    ],
)
def test_unknown_name(name: str, guess: str, shelf: Path) -> None:
    with pytest.raises(UserError) as caught:
        examples.find(name)
    assert str(caught.value) == (
        f'there is no example "{name}"\n  {guess}The examples are: 01-first, lessons/02-second.'
    )


def test_full_folder_is_left_alone(shelf: Path) -> None:
    folder = Path("full")
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(UserError) as caught:
        examples.copy(examples.find("01-first"), folder)
    assert str(caught.value) == (
        "full is not empty, nothing was copied\n  Name another folder: doris new 01-first FOLDER"
    )
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_a_file_is_left_alone(shelf: Path) -> None:
    Path("file").write_text("mine")
    with pytest.raises(UserError) as caught:
        examples.copy(examples.find("01-first"), Path("file"))
    assert str(caught.value) == "file is a file\n  Name another folder: doris new 01-first FOLDER"
    assert Path("file").read_text() == "mine"


def test_a_tree_that_cannot_be_copied_says_what_the_system_said(shelf: Path) -> None:
    example = examples.find("01-first")
    (example.folder / "dangling").symlink_to("nowhere")
    with pytest.raises(UserError, match=r"^new cannot be written: .*No such file or directory: .*dangling"):
        examples.copy(example, Path("new"))


def test_a_place_that_cannot_be_written(shelf: Path) -> None:
    Path("file").touch()
    with pytest.raises(UserError, match=r"^file/below cannot be written: Not a directory$"):
        examples.copy(examples.find("01-first"), Path("file") / "below")


def test_installation_without_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "_PACKAGE", tmp_path / "src" / "doris")
    with pytest.raises(UserError, match="this installation of doris has no examples"):
        examples.all_examples()
