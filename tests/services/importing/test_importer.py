"""Import: what goes in, as what, and what is said of the rest."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from annotator.domain.model.document import Document, RegionKind
from annotator.formats import read as reading
from annotator.formats.base.record import Problem, Record
from annotator.services.importing.importer import import_paths
from annotator.services.importing.preview import preview
from annotator.services.importing.record_to_document import to_document
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.file_locks import locks_in, needs_locks
from tests.text.strategies import any_texts


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annotator", load_tagset("camel")) as made:
        yield made


def document(text: str, **fields: object) -> Document:
    made = to_document(Record(text, fields, "here"))
    assert isinstance(made, Document), made
    return made


def refusal(text: str, **fields: object) -> str:
    made = to_document(Record(text, fields, "here"))
    assert isinstance(made, Problem) and made.place == "here"
    assert made.message.endswith(".") and "\n" not in made.message
    return made.message


@given(any_texts)
def test_only_line_ends_are_altered(text: str) -> None:
    made = to_document(Record(text))
    if isinstance(made, Document):
        assert made.text == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("text", "newlines"),
    [("أ", ""), ("أ\nب", "lf"), ("أ\r\nب\r\n", "crlf"), ("أ\rب", "cr"), ("أ\nب\r\nج", "mixed"), ("أ\u2028ب\x85", "")],
)
def test_the_line_ends_that_were_there_are_recorded(text: str, newlines: str) -> None:
    assert document(text).newlines == newlines


def test_fields_find_their_places_and_the_rest_is_kept() -> None:
    made = document(
        "نص",
        Headline=" عنوان \n الخبر ",
        published="2020-04-17",
        source="وكالة",
        link="http://example.org",
        author="سعاد",
        id=7,
        section="أمن",
        tags=["أ", None],
        empty="",
    )
    assert (made.title, made.date, made.source) == ("عنوان الخبر", datetime.date(2020, 4, 17), "وكالة")
    assert (made.url, made.author, made.external_id) == ("http://example.org", "سعاد", "7")
    assert made.metadata == {"section": "أمن", "tags": ["أ", None]}


def test_a_date_that_says_more_than_the_day_or_cannot_be_read_stays_as_it_was() -> None:
    made = document("نص", date_extracted="2015-08-08 06:30:06")
    assert (made.date, made.metadata) == (datetime.date(2015, 8, 8), {"date_extracted": "2015-08-08 06:30:06"})
    made = document("نص", date="أمس", author=["سعاد", "عمر"])
    assert (made.date, made.metadata) == (None, {"date": "أمس", "author": ["سعاد", "عمر"]})


def test_title_and_date_found_in_the_text_stand_in() -> None:
    text = "الشرطة توقف ثلاثة مشتبه بهم شمال المدينة\n\n17 نيسان 2020\nنص الخبر"
    made = document(text)
    assert (made.title, made.date) == ("الشرطة توقف ثلاثة مشتبه بهم شمال المدينة", datetime.date(2020, 4, 17))
    made = document(text, title="عنوان آخر", date="1/2/2019")
    assert (made.title, made.date) == ("عنوان آخر", datetime.date(2019, 2, 1))
    assert [region.kind for region in made.regions] == [RegionKind.DATE]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\u00a0\t", "only spaces"),
        ("\ufeff\n", "only spaces"),
        ("أول\nثان\x00", "NUL character on line 2"),
        ("أول\r\n\ud800", "invalid character on line 2"),
        ("أول \udcd8", "line 1"),
    ],
)
def test_an_unfit_text_is_refused(text: str, says: str) -> None:
    assert says in refusal(text)


def test_a_text_larger_than_50_mb_is_refused() -> None:
    assert "larger than 50 MB" in refusal("نص " * (11 * 1024 * 1024))


def test_an_unfit_field_is_refused_by_name() -> None:
    assert "field title" in refusal("نص", title="\ud800")
    assert "field tags" in refusal("نص", tags=["\udcd8"])
    assert "field note" in refusal("نص", note="a\x00")


def test_folders_are_read_by_name_to_the_bottom_and_hidden_files_are_not(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "b" / ".hidden").mkdir(parents=True)
    for name, text in {
        "b/2.txt": "ثالث",
        "b/1.txt": "ثان",
        "a.txt": "أول",
        ".b.txt": "مخفي",
        "b/.hidden/a.txt": "مخفي أيضاً",
        "c.xyz": "لا",
    }.items():
        (folder / name).write_text(text, "utf-8")
    report = import_paths(project, [folder])
    assert [made.text for made in project.documents.iter()] == ["أول", "ثان", "ثالث"]
    assert report.added == 3
    assert (report.problems, report.skipped) == ([], [str(folder / "c.xyz")])


def test_a_file_of_unknown_kind_is_skipped_only_in_a_folder_and_only_without_a_reader(
    project: Project, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    readme = folder / "README.md"
    readme.write_text("# أخبار", "utf-8")
    (folder / "page").write_text("<!DOCTYPE html><html><body><p>خبر قصير</p></body></html>", "utf-8")
    report = import_paths(project, [readme])
    assert [problem.place for problem in report.problems] == [str(readme)]
    report = import_paths(project, [folder])
    assert (report.added + report.duplicates, report.skipped) == (1, [str(readme)])
    report = import_paths(project, [folder], reader={readme: "text"})
    assert (report.added, report.skipped) == (1, [])


@needs_locks
def test_the_open_project_is_not_looked_into_where_it_lies_among_the_articles(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "one.txt").write_text("خبر\nنص", "utf-8")
    (folder / "link.txt").symlink_to(folder / "news.txt")
    with Project.create(folder / "news.txt", load_tagset("security")) as project:
        next(iter(project.documents.ids()), None)
        held = locks_in(folder)
        assert len(held) >= 2
        looked = preview([folder])
        report = import_paths(project, [folder, folder / "news.txt"])
        assert locks_in(folder) == held
        assert looked.articles == report.added == 1
        told = {Path(problem.place).name: str(problem.message) for problem in report.problems}
        assert set(told) == {"news.txt", "news.txt-wal", "news.txt-shm", "link.txt"}
        assert all("open project or database" in said for said in told.values())


def test_the_same_text_is_told_and_not_doubled(project: Project, tmp_path: Path) -> None:
    first, second = tmp_path / "1.txt", tmp_path / "2.jsonl"
    first.write_bytes("نص\r\nآخر".encode("cp1256"))
    second.write_text('{"text": "نص\\nآخر", "title": "ع"}\n{"text": "جديد"}\n{"text": "جديد"}\n', "utf-8")
    report = import_paths(project, [first, second])
    assert (report.added, report.duplicates, report.problems) == (2, 2, [])
    assert [twin.place.rpartition("2.jsonl")[2] for twin in report.repeated] == [", line 1", ", line 3"]
    assert report.repeated[0].document == next(project.documents.ids())
    assert import_paths(project, [first, second]).duplicates == 4
    assert project.documents.count() == 2


def test_what_is_bad_is_named_and_the_rest_goes_in(project: Project, tmp_path: Path) -> None:
    lines = ['{"text": "أول"}', "{", '{"text": ""}', '{"text": "\\ud800"}', '{"text": "أ\\u0000"}', '{"text": "ثان"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(99))
    report = import_paths(project, [tmp_path / "a.jsonl", tmp_path / "none.txt", tmp_path / "b.txt"])
    assert report.added == 2
    places = [problem.place.removeprefix(str(tmp_path) + os.sep) for problem in report.problems]
    assert places == ["none.txt", *(f"a.jsonl, line {n}" for n in (2, 3, 4, 5)), "b.txt"]
    assert all(problem.message.endswith(".") for problem in report.problems)


def test_what_cannot_be_reached_or_entered_is_told(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, closed = tmp_path / "loop.txt", tmp_path / "closed"
    loop.symlink_to(loop)
    closed.mkdir()

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    report = import_paths(project, [loop, closed])
    assert "loop.txt" in report.problems[0].place and "cannot be reached" in report.problems[0].message
    assert "closed" in report.problems[1].place and "cannot open this folder" in report.problems[1].message


def test_a_pipe_is_told_and_not_waited_for(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "text.txt").write_text("نص", encoding="utf-8")
    report = import_paths(project, [folder])
    assert report.added == 1
    assert [problem.message for problem in report.problems] == ["a pipe or device. Save its output as a file."]


def test_a_reader_that_fails_is_one_sentence(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        name = "broken"
        suffixes = (".txt",)

        def read(self, path: Path) -> Iterator[Record | Problem]:
            yield Record("نص", {}, "a")
            raise RuntimeError("oops")

    monkeypatch.setattr(reading, "reader_for", lambda path, name, options: Broken())
    (tmp_path / "a.txt").write_text("x", "utf-8")
    report = import_paths(project, [tmp_path / "a.txt"])
    assert report.added == 1
    assert "reader failed (RuntimeError: oops)" in report.problems[0].message
    assert "the reader for" in caplog.text


def test_progress_counts_bytes_and_reaches_the_end(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"نص {n}"}) + "\n" for n in range(900)), "utf-8")
    told: list[tuple[int, int]] = []
    import_paths(project, [path], progress=lambda done, total: told.append((done, total)))
    size = path.stat().st_size
    assert [total for _, total in told] == [size] * 3
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (size, size)


def test_ctrl_c_stops_the_import_and_what_was_stored_stays(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"نص {n}"}) + "\n" for n in range(900)), "utf-8")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_paths(project, [path], progress=stop)
    assert project.documents.count() == 400
    assert import_paths(project, [path]).added == 500


def test_the_article_this_project_started_from(project: Project, corpora: Path) -> None:
    report = import_paths(project, [corpora / "seed"])
    assert (report.added, report.problems) == (1, [])
    [made] = project.documents.iter()
    assert made.title.startswith("العراق يسعى") and made.date == datetime.date(2020, 4, 17)
    assert [span.of(made.text) for span in made.debris()] == ["+ الخط -", "المساهمون"]


def test_a_day_of_real_articles(project: Project, corpora: Path) -> None:
    report = import_paths(project, [corpora / "saudinewsnet"])
    assert (report.added, report.duplicates, len(report.problems)) == (1312, 17, 19)
    debris = [span.of(made.text) for made in project.documents.iter() for span in made.debris()]
    known = ("سمات ", "رابط الخبر ", "مقالات أخرى للكاتب", "للتواصل مع الكاتب", "تبدأ بالرمز", "...المزيد")
    assert all(text.startswith(known) or text.split()[-1] in ("Stc", "Mobily", "Zain") for text in debris)
    assert len(debris) > 170


def test_ids_that_two_texts_of_a_file_have_are_counted_and_both_come_in(project: Project, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        lines = [{"id": 7, "text": f"{text} {name}"} for text in ("أول", "ثان", "ثالث")]
        (tmp_path / name).write_text("\n".join(map(json.dumps, [*lines, lines[0], {"id": 8, "text": name}])), "utf-8")
    report = import_paths(project, [tmp_path / "a.jsonl", tmp_path / "b.jsonl"])
    assert (report.added, report.duplicates, report.same_ids) == (8, 2, 4)
