"""The annotator of this account: created once, kept, renamed; an invalid file causes a user error."""

from __future__ import annotations

import errno
import getpass
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.errors import UserError
from annotator.storage.file import identity
from annotator.storage.file.identity import current_annotator, rename


def test_an_annotator_is_made_on_first_use_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "settings" / "annotator"
    me = current_annotator(folder)
    assert me.name == getpass.getuser()
    assert len(me.id) == 32
    assert current_annotator(folder) == me
    assert current_annotator(tmp_path / "elsewhere").id != me.id
    assert [p.name for p in folder.iterdir()] == ["annotator.json"]


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path))
    assert current_annotator() == current_annotator(tmp_path)


def test_the_system_s_own_folder_serves_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANNOTATOR_CONFIG", raising=False)
    monkeypatch.setattr(identity, "user_config_path", lambda name, appauthor: tmp_path / name)
    assert current_annotator() == current_annotator(tmp_path / "annotator")


def test_a_new_name_keeps_the_id(tmp_path: Path) -> None:
    me = current_annotator(tmp_path)
    assert rename("  ليلى  ", tmp_path) == Annotator(me.id, "ليلى")
    assert current_annotator(tmp_path) == Annotator(me.id, "ليلى")
    with pytest.raises(UserError, match="blank"):
        rename(" ", tmp_path)


def test_whoever_gives_a_name_first_is_a_new_annotator(tmp_path: Path) -> None:
    renamed = rename("ليلى", tmp_path)
    assert renamed.id and current_annotator(tmp_path) == renamed


def test_an_account_without_a_name_is_an_annotator_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_name() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", no_name)
    assert current_annotator(tmp_path).name == "annotator"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"id": "1"}',
        b'{"id": 1, "name": "x"}',
        b'{"id": "1", "name": " "}',
        b'{"id": "1", "name": "\\ud83d"}',
    ],
)
def test_a_broken_file_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "annotator.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match="is invalid") as caught:
        current_annotator(tmp_path)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "annotator.json").mkdir()
    with pytest.raises(UserError, match="Cannot read"):
        current_annotator(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"Cannot (read|write)"):
        current_annotator(tmp_path / "file" / "below")
    (tmp_path / "annotator.json").rmdir()
    (tmp_path / "annotator.json").write_bytes("é".encode("latin-1"))
    with pytest.raises(UserError, match="Cannot read"):
        rename("x", tmp_path)


def test_a_disk_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_how: object, **_more: object) -> None:
        """Say what a disk that is mounted for reading says, also of a file that is not there."""
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    def nothing_there(path: Path, encoding: str) -> str:
        """Say that there is no file yet."""
        raise FileNotFoundError(path)

    for name in ("open", "unlink"):
        monkeypatch.setattr(Path, name, refuse)
    monkeypatch.setattr(Path, "read_text", nothing_there)
    with pytest.raises(UserError, match=r"Cannot write .*: Read-only file system"):
        current_annotator(tmp_path)


def test_a_name_with_half_a_character_is_refused_and_nothing_is_left_over(tmp_path: Path) -> None:
    me = current_annotator(tmp_path)
    with pytest.raises(UserError, match="Cannot write"):
        rename("ليلى \ud83d", tmp_path)
    assert current_annotator(tmp_path) == me
    assert [p.name for p in tmp_path.iterdir()] == ["annotator.json"]


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def any_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the disk know links, or not."""

    def refuse(source: Path, target: Path) -> None:
        """Say what a disk without links says."""
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if not request.param:
        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("any_disk")
def test_who_comes_second_at_the_first_start_is_who_the_first_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first: list[Annotator] = []
    account_name = identity.account_name

    def name_while_another_is_started() -> str:
        """Return the name, when another program has been started and has made its annotator."""
        monkeypatch.setattr(identity, "account_name", account_name)
        first.append(current_annotator(tmp_path))
        return "later"

    monkeypatch.setattr(identity, "account_name", name_while_another_is_started)
    assert current_annotator(tmp_path) == first[0] == current_annotator(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["annotator.json"]


@pytest.mark.usefixtures("any_disk")
def test_many_first_starts_at_once_make_one_annotator(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(current_annotator, [tmp_path / "settings"] * 64))
    assert len(found) == 1
    assert [p.name for p in (tmp_path / "settings").iterdir()] == ["annotator.json"]
