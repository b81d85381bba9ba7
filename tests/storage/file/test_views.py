"""The views for other programs: what they show of a project, and that nothing about them is left to chance."""

from __future__ import annotations

import datetime
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.domain.tagset.changes import MergeLabels, RenameLabel
from annotator.resources import resource
from annotator.services.project.merge_copies import merge_paths
from annotator.session import Session
from annotator.storage.project import Project
from tests.formats.marks import marked
from tests.services.corpus.corpora import PEOPLE, add_annotation, finish, make_project
from tests.storage.file.test_older_files import as_it_was

FIRST, SECOND = marked("قال ⟦PERS|محمد⟧ في ⟦ORG|وزارة ⟦NAT|العراق⟧⟧ 𝔸 و⟦LOC|ديالى⟧."), marked("هجوم في ⟦LOC|كركوك⟧.")
DOCUMENTS = [
    *("id", "title", "date", "source", "url", "author", "external_id", "length", "metadata", "text", "finished"),
]
ANNOTATIONS = [
    *("id", "document", "title", "date", "source", "start", "end", "label", "text"),
    *("annotator", "annotator_id", "origin", "finished"),
]


PAGE = (resource("manual") / "en" / "data-model.md").read_text("utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.annot"
    article = replace(FIRST.document, title="خبر", date=datetime.date(2026, 11, 1), source="سانا")
    with make_project(path, [replace(FIRST, document=article), SECOND]) as project:
        add_annotation(project, FIRST.document.id, Annotation("k9", Span(4, 8), "PERS", PEOPLE[1].id))
        finish(project, FIRST.document.id, PEOPLE[1].id)
    return path


def read(path: Path, query: str) -> list[dict[str, Any]]:
    """Return rows as another program reads them."""
    with closing(sqlite3.connect(path)) as db:
        cursor = db.execute(query)
        return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]


def labels(path: Path) -> set[str]:
    return {row["label"] for row in read(path, "select label from annotations")}


def test_annotations_have_what_other_programs_need(path: Path) -> None:
    rows = read(path, "select * from annotations order by document, start, end desc, annotator".replace("end", '"end"'))
    assert [list(row) for row in rows] == [ANNOTATIONS] * 6
    of_first = [row for row in rows if row["document"] == FIRST.document.id]
    assert [(row["text"], row["label"], row["annotator"], row["finished"]) for row in of_first] == [
        ("محمد", "PERS", "Omar", 1),
        ("محمد", "PERS", "سعاد", 0),
        ("وزارة العراق", "ORG", "سعاد", 0),
        ("العراق", "NAT", "سعاد", 0),
        ("ديالى", "LOC", "سعاد", 0),
    ]
    for row in of_first:
        assert FIRST.document.text[row["start"] : row["end"]] == row["text"]
    first = of_first[0]
    assert (first["id"], first["annotator_id"], first["origin"]) == ("k9", PEOPLE[1].id, "manual")
    assert (first["title"], first["date"], first["source"]) == ("خبر", "2026-11-01", "سانا")


def test_the_manual_names_the_columns_and_its_query_runs(path: Path) -> None:
    for view, columns in (("documents", DOCUMENTS), ("annotations", ANNOTATIONS)):
        (row,) = re.findall(rf"^\| `{view}` \| (`id`.*) \|$", PAGE, re.MULTILINE)
        assert re.findall("`(.*?)`", row) == columns
    (query,) = re.findall(r'sqlite3 -readonly news.annot "(.*)"', PAGE)
    assert read(path, query) == [{"label": "PERS", "count(*)": 1}]


def test_documents_are_the_articles_of_the_list(path: Path) -> None:
    rows = {row["id"]: row for row in read(path, "select * from documents")}
    assert list(rows[FIRST.document.id]) == DOCUMENTS
    assert {name: (row["text"], row["length"], row["finished"]) for name, row in rows.items()} == {
        FIRST.document.id: (FIRST.document.text, len(FIRST.document.text), 1),
        SECOND.document.id: (SECOND.document.text, len(SECOND.document.text), 0),
    }


def test_removed_and_erased_articles_are_in_neither(path: Path) -> None:
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        assert session.remove_articles([SECOND.document.id])
    for query in ("select id as document from documents", "select document from annotations"):
        assert {row["document"] for row in read(path, query)} == {FIRST.document.id}
    with Project.open(path) as project:
        Session(project, PEOPLE[0]).restore_articles([SECOND.document.id])
    assert len(read(path, "select * from documents")) == 2
    with Project.open(path) as project:
        Session(project, PEOPLE[0]).remove_articles([SECOND.document.id])
        project.removals.erase()
    assert len(read(path, "select * from documents")) == 1


def test_a_title_that_an_annotator_gave_is_the_title(path: Path) -> None:
    with Project.open(path) as project:
        assert Session(project, PEOPLE[0]).rename_article(SECOND.document.id, "هجوم كركوك")
    titles = {row["title"] for row in read(path, "select title from documents")}
    assert titles == {row["title"] for row in read(path, "select title from annotations")} == {"خبر", "هجوم كركوك"}


def test_labels_are_those_of_today_through_renaming_merging_and_undo(path: Path) -> None:
    assert labels(path) == {"PERS", "ORG", "NAT", "LOC"}
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.change_tagset([RenameLabel("PERS", "PERSON")])
        assert labels(path) == {"PERSON", "ORG", "NAT", "LOC"}
        session.change_tagset([MergeLabels("NAT", "ORG")])
        assert labels(path) == {"PERSON", "ORG", "LOC"}
        session.change_tagset([RenameLabel("ORG", "BODY")])
        assert labels(path) == {"PERSON", "BODY", "LOC"}
        session.undo()
        session.undo()
        assert labels(path) == {"PERSON", "ORG", "NAT", "LOC"}
        project.log.rebuild()
        assert labels(path) == {"PERSON", "ORG", "NAT", "LOC"}
        assert project.integrity() == []


def test_labels_that_were_renamed_in_two_copies_are_those_of_the_merge(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.annot"
    other.write_bytes(path.read_bytes())
    for copy, change in ((path, RenameLabel("LOC", "PLACE")), (other, MergeLabels("NAT", "LOC"))):
        with Project.open(copy) as project:
            assert Session(project, PEOPLE[0]).change_tagset([change])
    merge_paths(path, [other])
    merge_paths(other, [path])
    assert labels(path) == labels(other) == {"PERS", "ORG", "PLACE"}


def test_the_views_show_what_the_program_itself_reads(path: Path) -> None:
    with Project.open(path) as project:
        Session(project, PEOPLE[0]).change_tagset([RenameLabel("PERS", "PERSON")])
        known = {
            (document.id, each.id, each.span.start, each.span.end, each.label, each.annotator, str(each.origin))
            for document in project.documents.iter()
            for each in project.log.annotations(document.id)
        }
    query = 'select document, id, start, "end", label, annotator_id, origin from annotations'
    assert {tuple(row.values()) for row in read(path, query)} == known


@pytest.mark.parametrize("kept", [8, 17, 18])
def test_a_file_of_an_earlier_version_gets_them_with_its_renamed_labels(path: Path, kept: int) -> None:
    with Project.open(path) as project:
        Session(project, PEOPLE[0]).change_tagset([RenameLabel("PERS", "PERSON")])
    old = as_it_was(path, path.with_name("old.annot"), kept)
    assert Project.check(old) == []
    Project.open(old).close()
    assert labels(old) == {"PERSON", "ORG", "NAT", "LOC"}
    assert Project.check(old) == []


def test_a_repair_of_a_file_of_an_earlier_version_saves_everything(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        Session(project, PEOPLE[0]).change_tagset([RenameLabel("PERS", "PERSON")])
    old = as_it_was(path, tmp_path / "old.annot", 18)
    report = Project.repair(old, tmp_path / "new.annot")
    assert report.is_complete, report.lines()
    assert (report.documents, labels(tmp_path / "new.annot")) == (2, {"PERSON", "ORG", "NAT", "LOC"})


def test_a_damaged_table_of_label_ids_is_found_and_repaired(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        Session(project, PEOPLE[0]).change_tagset([RenameLabel("PERS", "PERSON")])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("update label_ids set label = 'ORG'")
    assert [finding.part for finding in Project.check(path)] == ["state"]
    assert Project.repair(path, tmp_path / "new.annot").is_complete
    assert labels(tmp_path / "new.annot") == {"PERSON", "ORG", "NAT", "LOC"}


def test_a_view_of_a_stranger_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("drop view annotations")
        db.execute("create view annotations as select 1 as label")
    assert [finding.part for finding in Project.check(path)] == ["schema"]
