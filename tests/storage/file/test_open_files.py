"""A process knows which project files it has open, because closing one in another way drops the locks of SQLite."""

from __future__ import annotations

from pathlib import Path

from annotator.storage.file.open_files import is_open_in_this_process
from annotator.storage.project import Project
from tests.storage.strategies import make_project


def test_a_file_is_open_until_its_last_connection_is_closed(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    assert not is_open_in_this_process(path)
    with Project.open(path):
        with Project.open(path):
            assert is_open_in_this_process(path)
        assert is_open_in_this_process(path)
    assert not is_open_in_this_process(path)
