"""Maps of labels are written whole, never over a project, and so that they are read as they were meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.model.label_map import LabelMap
from annotator.errors import ExportError
from annotator.formats.base.label_map_file import read_label_map
from annotator.services.project import tagset_io
from annotator.services.project.tagset_io import write_label_map
from tests.storage.strategies import make_project

MAP = LabelMap({"PER": "PERS", "MISC": None, "*": None})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the path of the project that is open."""
    return make_project(tmp_path / "news.annot")


@pytest.mark.parametrize("name", ["map.tsv", "map.json", "map"])
def test_a_map_is_read_as_it_was_written(tmp_path: Path, project: Path, name: str) -> None:
    for _again in range(2):
        write_label_map(MAP, tmp_path / name, project)
        assert read_label_map(tmp_path / name) == MAP
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "news.annot"])


@pytest.mark.parametrize("name", ["news.annot", "news.annot-wal", "other.annot", ".", "\ud800"])
def test_no_project_is_written_over_and_no_name_is_made_up(tmp_path: Path, project: Path, name: str) -> None:
    make_project(tmp_path / "other.annot")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ExportError):
        write_label_map(MAP, tmp_path / name if name != "." else Path(name), project)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("label", ["# a", "a\tb", "a\nb", " a", "{a", "\u2028"])
def test_a_table_that_would_be_read_otherwise_is_refused_and_json_holds_it(
    tmp_path: Path, project: Path, label: str
) -> None:
    labels = LabelMap({label: "PERS"})
    (tmp_path / "map.tsv").write_text("before", encoding="utf-8")
    with pytest.raises(ExportError, match=r"map\.tsv"):
        write_label_map(labels, tmp_path / "map.tsv", project)
    assert (tmp_path / "map.tsv").read_text("utf-8") == "before"
    write_label_map(labels, tmp_path / "map.json", project)
    assert read_label_map(tmp_path / "map.json") == labels


def test_a_fault_in_the_midst_leaves_the_file_as_it_was(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> LabelMap:
        """Have the disk fail when all is written."""
        raise OSError(28, "No space left on device", str(path))

    (tmp_path / "map.tsv").write_text("before", encoding="utf-8")
    monkeypatch.setattr(tagset_io, "read_label_map", fail)
    with pytest.raises(ExportError, match="No space left on device"):
        write_label_map(MAP, tmp_path / "map.tsv", project)
    assert (tmp_path / "map.tsv").read_text("utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.tsv", "news.annot"]
