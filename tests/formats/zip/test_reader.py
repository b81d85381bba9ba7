"""Zips as people and programs make them: what is odd in one file of a zip is told, and the others are read."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import pytest

from annotator.domain.model.span import Span
from annotator.formats.base.reader import ReadOptions
from annotator.formats.base.record import Entity, Problem, Record
from annotator.formats.read import read_records
from annotator.services.importing.importer import import_paths
from tests.services.corpus.corpora import make_project


def zipped(path: Path, members: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip of texts."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def texts(path: Path) -> list[str]:
    """Return the texts that a zip holds; fails where anything else is told of it."""
    found = list(read_records(path))
    assert all(isinstance(item, Record) for item in found), found
    return [item.text for item in found if isinstance(item, Record)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_file_in_a_zip_is_told_and_the_others_are_read(method: int, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": "بغداد", "b.txt": "حلب " * 200, "c.txt": "دمشق"}, method)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("b.txt").header_offset + 30 + len("b.txt")
    content[start + 2 : start + 12] = bytes(10)
    path.write_bytes(content)
    first, problem, last = read_records(path)
    assert isinstance(first, Record) and isinstance(problem, Problem) and isinstance(last, Record)
    assert (first.text, last.text) == ("بغداد", "دمشق")
    assert problem.place == f"{path}/b.txt"
    assert problem.message.startswith("damaged in the zip (")


def test_a_name_longer_than_the_disk_takes_is_no_hindrance_and_stays_the_id(tmp_path: Path) -> None:
    long = "عنوان " * 30
    path = zipped(tmp_path / "a.zip", {f"{long}.txt": "بغداد", f"{long}.ann": "T1\tLOC 0 5\tبغداد\n", "z.txt": "حلب"})
    first, last = read_records(path)
    assert isinstance(first, Record) and isinstance(last, Record)
    assert (first.text, first.fields["id"], first.place) == ("بغداد", long, f"{path}/{long}.ann")
    assert first.annotations == (Entity(Span(0, 5), "LOC"),)
    assert last.text == "حلب"
    assert texts(zipped(tmp_path / "b.zip", {"ق" * 300: "x\tB-LOC\n" * 9})) == [" ".join("x" * 9)]


def test_a_colon_in_a_name_is_no_drive(tmp_path: Path) -> None:
    assert texts(zipped(tmp_path / "a.zip", {"عاجل: بغداد.txt": "بغداد", "9:30.txt": "حلب"})) == ["بغداد", "حلب"]
    (problem,) = read_records(zipped(tmp_path / "b.zip", {"c:evil.txt": "x"}))
    assert isinstance(problem, Problem)
    assert "would be unpacked outside" in problem.message


@pytest.mark.parametrize("codec", ["utf-8", "cp720", "cp1256"])
def test_a_name_in_arabic_is_read_though_the_zip_does_not_say_how_it_is_written(codec: str, tmp_path: Path) -> None:
    name = "أخبار بغداد"
    written = f"{name}.txt".encode(codec)
    path = zipped(tmp_path / "a.zip", {"x" * len(written): "قال محمد"})
    path.write_bytes(path.read_bytes().replace(b"x" * len(written), written))
    (record,) = read_records(path)
    assert isinstance(record, Record)
    assert (record.text, record.place) == ("قال محمد", f"{path}/{name}.txt")


def test_a_line_end_in_a_name_does_not_part_what_is_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a\nb.jsonl": '{"text": "بغداد"}\n{}\n', "c\nd.zip": ""})
    record, problem, other = read_records(path)
    assert isinstance(record, Record) and isinstance(problem, Problem)
    assert [each.place for each in (record, problem, other)] == [
        rf"{path}/a\nb.jsonl, line 1",
        rf"{path}/a\nb.jsonl, line 2",
        rf"{path}/c\nd.zip",
    ]


def test_a_link_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("passwords.txt", "b.txt"):
            link = zipfile.ZipInfo(name)
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, "../../etc/passwd")
        archive.writestr("a.txt", "بغداد")
        archive.writestr("b.ann", "T1\tLOC 0 5\t../..\n")
    problem, record, other = read_records(path)
    assert isinstance(problem, Problem) and isinstance(record, Record) and isinstance(other, Problem)
    assert (problem.place, record.text) == (f"{path}/passwords.txt", "بغداد")
    assert other == Problem(f"{path}/b.ann", problem.message)
    assert problem.message == "a link to a file. Put the file itself into the zip."


@pytest.mark.parametrize(
    ("name", "says"),
    [(".", "contains a file without a name. Create the zip again."), ("empty/", "no file to import")],
)
def test_a_zip_without_a_file_says_so(name: str, says: str, tmp_path: Path) -> None:
    (problem,) = read_records(zipped(tmp_path / "a.zip", {name: ""}))
    assert isinstance(problem, Problem)
    assert problem.message.startswith(says)


@pytest.mark.parametrize("change", [(0, b"\xff"), (-18, b"\0\0")], ids=["name", "length of the name"])
def test_a_directory_of_names_that_is_damaged_is_told(change: tuple[int, bytes], tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"عنوان.txt": "x"})
    content = path.read_bytes()
    at = content.rindex("عنوان".encode()) + change[0]
    path.write_bytes(content[:at] + change[1] + content[at + len(change[1]) :])
    (problem,) = read_records(path)
    assert isinstance(problem, Problem)
    assert problem.message.startswith("damaged, or not a zip (")


def test_what_is_asked_of_readers_holds_for_the_files_in_a_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.conll": "x\tB-LOC\n\n" * 6})
    assert len(list(read_records(path, None, ReadOptions(sentences=2)))) == 3
    assert len(list(read_records(path, None, ReadOptions(sentences=0)))) == 1


def test_a_reader_that_is_named_for_a_zip_reads_the_files_in_it(tmp_path: Path) -> None:
    line = json.dumps({"text": "👍 بغداد", "label": [[3, 8, "LOC"]]})
    path = zipped(tmp_path / "a.zip", {"all.jsonl": line})
    (record,) = read_records(path, "doccano")
    assert isinstance(record, Record)
    assert record.annotations == (Entity(Span(2, 7), "LOC"),)
    (problem,) = read_records(zipped(tmp_path / "b.zip", {"all.jsonl": line}), "feed")
    assert isinstance(problem, Problem)
    assert problem.message.endswith("Its content looks like jsonl, not feed.")


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_pairs_are_two_files_for_a_reader_that_is_not_that_of_brat(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    members = {"a.txt": "بغداد", "a.ann": "T1\tLOC 0 5\tبغداد\n"}
    if kind == "zip":
        zipped(source / "a.zip", members)
    for name, content in members.items() if kind == "folder" else ():
        (source / name).write_text(content, "utf-8")
    with make_project(tmp_path / "news.annot") as project:
        import_paths(project, [source], reader="text")
        assert sorted(document.text for document in project.documents.iter()) == sorted(members.values())
