"""Notes and doubts through files: exported where the format holds them, told where not, and back as the annotator's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.edit import CellKind, Edit, EditKind, NoteValue, Write
from annotator.domain.model.notes import Note
from annotator.errors import ExportError
from annotator.formats.base.writer import NoteWriter
from annotator.formats.registry import find_reader, find_writer
from annotator.services.exporting.request import USED_BY, PseudonymOptions
from annotator.services.exporting.selection import Resolution, Selection
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.storage.project import Project
from tests.formats.installed import FORMATS
from tests.formats.marks import marked
from tests.services.corpus.corpora import add_annotation, make_project, settle
from tests.services.exporting.requests import export_as

ARTICLE = marked("أعلنت ⟦FORCE|القوات⟧ في ⟦LOC|العراق⟧ و⟦LOC|ديالى⟧ هدوءاً.\n⟦debris|شارك ⟦PLATFORM|واتساب⟧⟧")
DOUBT = "أهي المدينة؟\nأم المحافظة\t\\n"
READERS = {"csv": "csv", "doccano": "doccano", "label-studio": "json", "prodigy": "jsonl", "conllu": "conllu"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project of one article with a note on it, one on ديالى, doubt on العراق, and a note in debris."""
    with make_project(tmp_path / "news.annot", [ARTICLE]) as made:
        note(made, "", "راجع التاريخ", False)
        note(made, key_of(made, "ديالى"), DOUBT, False)
        note(made, key_of(made, "العراق"), "", True)
        note(made, key_of(made, "واتساب"), "رمز", True)
        yield made


def key_of(project: Project, surface: str) -> str:
    """Return the id of the first annotation that covers these words."""
    text = ARTICLE.document.text
    return next(a.id for a in project.log.annotations(ARTICLE.document.id) if a.span.of(text) == surface)


def note(project: Project, key: str, text: str, doubtful: bool, annotator: str = "a1") -> None:
    """Have an annotator note something."""
    value: NoteValue = {"text": text, "doubtful": doubtful}
    write = Write(ARTICLE.document.id, CellKind.NOTE, key, None, value)
    project.log.append(Edit(project.log.new_id(), annotator, ARTICLE.document.id, EditKind.NOTE, (write,)))


def notes_by_surface(project: Project, annotator: str) -> set[tuple[str, str, bool]]:
    """Return the annotator's notes with the words that they are on."""
    text = ARTICLE.document.text
    surfaces = {a.id: a.span.of(text) for a in project.log.annotations(ARTICLE.document.id, annotator)} | {"": ""}
    return {(surfaces[n.key], n.text, n.doubtful) for n in project.log.notes(ARTICLE.document.id, annotator)}


def report_of(out: Path) -> dict[str, Any]:
    """Return the report beside an export."""
    report: dict[str, Any] = json.loads(out.with_name("export-report.json").read_text("utf-8"))
    return report


@pytest.mark.parametrize("name", FORMATS)
def test_each_note_is_in_the_file_or_in_the_report(name: str, project: Project, tmp_path: Path) -> None:
    writer = find_writer(name)
    out = tmp_path / f"out{writer.suffix}"
    report = export_as(project, out, name)
    lost = {"span-left-out": 1}
    if not isinstance(writer, NoteWriter):
        lost = {"format": 4}
    elif not writer.holds_document_notes:
        lost = {"format": 1, "span-left-out": 1}
    written = report_of(out)
    assert (written["notes"], written["notes_left_out"]) == (4, lost)
    told = [line for line in written["remarks"] if line["reason"] == "note"]
    assert len(told) == sum(lost.values())
    assert {"fate": "left-out", "note": "رمز", "doubtful": True}.items() <= told[-1].items()
    assert told[-1]["span"]["text"] == "واتساب"
    assert any(line.startswith("Notes and flags: 4. Not written:") for line in report.lines())


@pytest.mark.parametrize("name", FORMATS)
def test_notes_come_back_as_those_of_the_annotator(name: str, project: Project, tmp_path: Path) -> None:
    writer = find_writer(name)
    out = tmp_path / f"out{writer.suffix}"
    clitics = "split" if name in USED_BY["clitics"] else "word"
    export_as(project, out, name, include_debris=True, clitics=clitics)
    expected = notes_by_surface(project, "a1") if isinstance(writer, NoteWriter) else set()
    if isinstance(writer, NoteWriter) and not writer.holds_document_notes:
        expected = {found for found in expected if found[0]}
    salma = Annotator("s1", "سلمى")
    with make_project(tmp_path / "other.annot", []) as other:
        for _ in range(2):
            report = import_paths(
                other, [out / "data" if out.is_dir() else out], target=ImportTarget(salma), reader=READERS.get(name)
            )
            assert report.problems == []
        assert notes_by_surface(other, "s1") == expected
        assert (report.notes_found, report.notes) == (len(expected), 0)


def test_no_note_leaves_with_those_it_is_not_by(project: Project, tmp_path: Path) -> None:
    add_annotation(project, ARTICLE.document.id, ARTICLE.annotations[0]._replace(id="x", annotator="a2"))
    note(project, "", "لي", False, "a2")
    out = tmp_path / "out.json"
    export_as(project, out, "json", selection=Selection(annotators=("a2",)))
    (document,) = json.loads(out.read_text("utf-8"))
    assert [n["text"] for n in document["notes"]] == ["لي"]
    assert not [span for span in document["spans"] if "note" in span]
    report = export_as(project, tmp_path / "out.jsonl", "jsonl")
    assert (report.notes, report.unnamed) == (5, 0)
    assert export_as(project, tmp_path / "out.conllu", "conllu").unnamed == 5


def test_notes_on_what_does_not_leave_stay_behind_and_are_counted(project: Project, tmp_path: Path) -> None:
    note(project, "3:9:LOC", "على اقتراح", False)
    out = tmp_path / "out.json"
    export_as(project, out, "json")
    assert "على اقتراح" not in out.read_text("utf-8")
    assert (report_of(out)["notes"], report_of(out)["notes_not_selected"]) == (4, 1)
    place = ARTICLE.annotations[0].span
    settle(project, ARTICLE.document.id, "a2", [(*place, ARTICLE.annotations[0].label)])
    note(project, "", "حُسم", False, "a2")
    note(project, f"{place.start}:{place.end + 1}:", "لأن", False, "a2")
    note(project, f"{place.end + 1}:{place.end + 2}:", "لا شيء هنا", False, "a2")
    export_as(project, out, "json", selection=Selection(resolution=Resolution.ADJUDICATED))
    (document,) = json.loads(out.read_text("utf-8"))
    assert [n["text"] for n in document["notes"]] == ["حُسم"]
    assert [span["note"] for span in document["spans"]] == ["لأن"]
    assert (report_of(out)["notes"], report_of(out)["notes_not_selected"]) == (2, 1)


def test_a_note_goes_with_the_label_that_a_majority_gave(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    export_as(project, out, "json", selection=Selection(resolution=Resolution.MAJORITY))
    (document,) = json.loads(out.read_text("utf-8"))
    assert {(s["text"], s.get("note", ""), s.get("doubtful", False)) for s in document["spans"] if len(s) > 6} == {
        ("ديالى", DOUBT, False),
        ("العراق", "", True),
    }


def test_a_note_that_is_there_stays_and_a_damaged_one_is_told(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    document: dict[str, Any] = {"text": ARTICLE.document.text, "notes": [{"text": "أخرى"}]}
    path.write_text(json.dumps(document), "utf-8")
    before = project.log.notes(ARTICLE.document.id)
    report = import_paths(project, [path], target=ImportTarget(Annotator("a1", "سعاد")))
    assert (report.notes_found, report.notes) == (1, 0)
    assert project.log.notes(ARTICLE.document.id) == before
    document["notes"] = [{"text": "\ud800"}]
    path.write_text(json.dumps(document), "utf-8")
    report = import_paths(project, [path], target=ImportTarget(Annotator("z", "زينب")))
    assert [p.message for p in report.problems] == ["notes skipped: one has a damaged character. Correct the file."]
    assert Note("z", "", "", False) not in project.log.notes(ARTICLE.document.id)
    assert project.log.notes(ARTICLE.document.id, "z") == []


def test_notes_that_nobody_asked_for_are_counted(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    export_as(project, out, "json")
    with make_project(tmp_path / "other.annot", []) as other:
        report = import_paths(other, [out])
        assert (report.added, report.notes_found, report.notes) == (1, 3, 0)


@pytest.mark.parametrize("notes", [["x"], [{"text": 7}], [{"text": "x", "more": 1}], "x", {"text": "x"}])
def test_a_field_called_notes_that_holds_none_stays_a_field(notes: object, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": "بغداد", "notes": notes}), "utf-8")
    (record,) = find_reader("json").read(path)
    assert record.fields == {"notes": notes}  # type: ignore[union-attr]
    assert record.notes == ()  # type: ignore[union-attr]


def test_a_strict_export_refuses_to_lose_notes_or_names(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    with pytest.raises(ExportError, match=r"brat cannot store 2 of 4 notes and flags") as told:
        export_as(project, out, "brat", strict=True)
    assert "1 of 4 confirmed spans" in str(told.value)
    add_annotation(project, ARTICLE.document.id, ARTICLE.annotations[0]._replace(id="x", annotator="a2"))
    with pytest.raises(ExportError, match=r"doccano cannot store who made 5 spans"):
        export_as(project, out, "doccano", strict=True, include_debris=True)
    assert not out.exists()
    export_as(project, out, "gate", strict=True, include_debris=True)


def test_no_note_leaves_where_names_are_replaced_and_the_report_does_not_repeat_it(
    project: Project, tmp_path: Path
) -> None:
    note(project, key_of(project, "القوات"), "قالها سلام الخزاعي", False)
    out = tmp_path / "out.jsonl"
    pseudonyms = PseudonymOptions(("PERS",))
    report = export_as(project, out, "jsonl", pseudonyms=pseudonyms)
    assert report.notes_left_out == {"stand-ins": 5}
    assert "الخزاعي" not in out.read_text("utf-8") + report.report_path.read_text("utf-8")
    assert "note" not in out.read_text("utf-8")
    with pytest.raises(ExportError, match="5 of 5 notes and flags"):
        export_as(project, out, "jsonl", pseudonyms=pseudonyms, strict=True)
