"""Files and folders that are whole or not there, whatever stood in their place and whatever fails on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.work.safe_file import replacing, replacing_folder


def write_folder(out: Path, content: str, own: tuple[str, ...] = ("data/a.txt",)) -> None:
    """Write a folder of one file, in place of one that was written so before."""
    with replacing_folder(out, own) as part:
        (part / "data").mkdir(parents=True)
        (part / "data" / "a.txt").write_text(content)


def names_in(folder: Path) -> list[str]:
    """Return the names of all that is in a folder, however deep."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_folder_stays_where_the_new_one_cannot_take_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write_folder(out, "first")
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        """Rename anything but the new folder."""
        if path.name.endswith(".part"):
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="Input/output error"):
        write_folder(out, "second")
    assert (out / "data" / "a.txt").read_text() == "first"
    assert names_in(tmp_path) == ["out", "out/data", "out/data/a.txt"]


def test_a_file_in_a_folder_of_a_known_name_is_nobody_s_to_replace(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, "first")
    (out / "data" / "raw.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="no export of this format"):
        write_folder(out, "second")
    assert (out / "data" / "raw.txt").read_text() == "mine"
    (out / "data" / "raw.txt").unlink()
    (tmp_path / "elsewhere").mkdir()
    (out / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError, match="no export of this format"):
        write_folder(out, "second")
    (out / "link").unlink()
    (out / "data" / ".DS_Store").touch()  # what a file manager leaves is nobody's
    write_folder(out, "second")
    assert (out / "data" / "a.txt").read_text() == "second"


def test_behind_a_link_the_file_or_folder_itself_is_replaced(tmp_path: Path) -> None:
    far = tmp_path / "far"
    far.mkdir()
    for name in ("file", "folder"):
        (tmp_path / name).symlink_to(far / name)
    for content in ("first", "second"):
        with replacing(tmp_path / "file") as part:
            part.write_text(content)
        write_folder(tmp_path / "folder", content)
    assert (tmp_path / "file").is_symlink()
    assert (far / "file").read_text() == "second"
    assert (tmp_path / "folder").is_symlink()
    assert (far / "folder" / "data" / "a.txt").read_text() == "second"
    assert names_in(far) == ["file", "folder", "folder/data", "folder/data/a.txt"]
    assert names_in(tmp_path) == ["far", *(f"far/{name}" for name in names_in(far)), "file", "folder"]
