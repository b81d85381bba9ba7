"""The intact part of a damaged project is saved in a new file, and the rest is reported."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import main
from annotator.domain.model.edit import Address, fold
from annotator.errors import ProjectError
from annotator.services.project.merge_copies import merge_paths
from annotator.session import Session
from annotator.storage.file.checksums import checksum
from annotator.storage.project import Project
from annotator.storage.recovery import repair as repair_module
from annotator.storage.recovery.integrity import Finding, Part
from annotator.storage.recovery.page_scan import scan_rows
from annotator.storage.recovery.repair import RepairReport
from annotator.storage.rows import edit_to_row
from tests.storage.recovery.test_integrity import FIRST, execute
from tests.storage.recovery.test_integrity import path as path
from tests.storage.strategies import PEOPLE, TEXTS, contents, make_document

PAGE = 4096


def blank_page(path: Path, table: str) -> None:
    """Fill the page at the root of a table with zeros."""
    with closing(sqlite3.connect(path)) as db:
        (root,) = db.execute("select rootpage from sqlite_master where name = ?", [table]).fetchone()
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
    path.write_bytes(content)


def test_a_sound_project_is_saved_whole(path: Path, tmp_path: Path) -> None:
    before, was = path.read_bytes(), contents(path)
    report = Project.repair(path, tmp_path / "new.annot")
    assert report.is_complete
    assert report.lines()[-1] == "Everything was saved."
    assert path.read_bytes() == before
    assert contents(tmp_path / "new.annot") == was
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["new.annot", "p.annot"]


@pytest.mark.parametrize("table", ["spans", "verdicts", "statuses", "notes", "tagset", "document_numbers"])
def test_what_is_worked_out_from_the_log_is_worked_out_again(path: Path, tmp_path: Path, table: str) -> None:
    was = contents(path)
    blank_page(path, table)
    assert Project.check(path)
    report = Project.repair(path, tmp_path / "new.annot")
    assert report.is_complete
    assert contents(tmp_path / "new.annot") == was


def test_edits_below_a_broken_page_are_saved(path: Path, tmp_path: Path) -> None:
    was = contents(path)
    blank_page(path, "edits")
    report = Project.repair(path, tmp_path / "new.annot")
    assert report.is_complete, report.lines()
    assert contents(tmp_path / "new.annot") == was


def test_an_edit_that_is_lost_is_named_with_the_labels_that_only_it_gave(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        log = list(project.log.edits())
    lost = next(edit for edit in log if edit.kind == "add")
    execute(path, f"update edits set payload = substr(payload, 2) where id = '{lost.id}'")  # noqa: S608
    report = Project.repair(path, tmp_path / "new.annot")
    assert (report.lost_edits, report.edits, report.unlogged) == ((lost.id,), len(log) - 1, 1)
    assert report.unlogged_documents == (lost.document,)
    with Project.open(tmp_path / "new.annot") as project:
        saved = list(project.log.edits())
        assert saved == [edit for edit in log if edit != lost]
        assert project.log.state() == fold(saved)


def test_labels_of_an_article_that_is_lost_come_back_with_it(path: Path, tmp_path: Path) -> None:
    new, good = tmp_path / "new.annot", Path(shutil.copyfile(path, tmp_path / "good.annot"))
    was = contents(good)
    execute(path, f"update articles set text = 'x' where id = '{FIRST}'")  # noqa: S608
    report = Project.repair(path, new)
    assert report.lost_documents == (FIRST,)
    assert Project.check(new) == []
    with Project.open(new) as project:
        assert project.documents.count() == len(TEXTS) - 1
        assert [(edit, edit.time) for edit in project.log.edits()] == was["edits"]
    merge_paths(new, [good])
    assert contents(new)["state"] == was["state"]
    with Project.open(new) as project:
        assert FIRST in project.documents


def test_of_a_field_that_cannot_be_read_the_article_is_reported(path: Path, tmp_path: Path) -> None:
    execute(path, f"update articles set regions = '[', date = '2026-99-01' where id = '{FIRST}'")  # noqa: S608
    report = Project.repair(path, tmp_path / "new.annot")
    assert report.changed_documents == (FIRST,)
    with Project.open(tmp_path / "new.annot") as project:
        document = project.documents.get(FIRST)
        assert (document.regions, document.date, document.title) == ((), None, "عنوان")


def test_runs_of_suggesters_that_are_not_complete_are_counted_and_left_out(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        runs = db.execute("select id from runs where size > 0 order by id").fetchall()
    (lacking,), (dateless,) = runs[:2]
    execute(path, f"delete from suggestions where run = {lacking}")  # noqa: S608
    execute(path, f"update runs set stamp = 'x' where id = {dateless}")  # noqa: S608
    report = Project.repair(path, tmp_path / "new.annot")
    assert report.suggestions == 2
    with closing(sqlite3.connect(tmp_path / "new.annot")) as db:
        assert db.execute("select count(*) from runs").fetchone() == (6 - 2,)


def test_a_project_that_does_not_know_its_labels_keeps_those_in_use(path: Path, tmp_path: Path) -> None:
    execute(path, "delete from meta")
    report = Project.repair(path, tmp_path / "new.annot")
    assert report.is_nameless
    with Project.open(tmp_path / "new.annot") as project:
        assert {label.id for label in project.tagset.labels} == {"PERS", "LOC", "ORG"}
        assert project.log.counts()["spans"] > 0


def test_nothing_is_written_over_and_nothing_half_done_is_left(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there.annot"
    there.write_text("mine")
    with pytest.raises(ProjectError, match="already exists"):
        Project.repair(path, there)
    assert there.read_text() == "mine"
    monkeypatch.setattr(repair_module, "find_damage", lambda db: [Finding(Part.STATE, "not sound")])
    with pytest.raises(RuntimeError, match="not sound"):
        Project.repair(path, tmp_path / "new.annot")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["p.annot", "there.annot"]


def test_the_command_says_what_is_lost(path: Path, tmp_path: Path) -> None:
    execute(path, f"update articles set text = 'x' where id = '{FIRST}'")  # noqa: S608
    result = CliRunner().invoke(main, ["repair", str(path), str(tmp_path / "new.annot")], catch_exceptions=False)
    assert result.exit_code == 1
    assert FIRST in result.output
    told = CliRunner().invoke(main, ["repair", str(path), str(tmp_path / "b.annot"), "--json"], catch_exceptions=False)
    report = json.loads(told.output)
    assert (report["lost_documents"], report["complete"]) == ([FIRST], False)


def test_rows_are_read_from_pages_as_sqlite_reads_them(path: Path) -> None:
    long = make_document("نص طويل " * 9000)
    with Project.open(path) as project:
        project.documents.add(long)
    with closing(sqlite3.connect(path)) as db:
        there = sorted(db.execute("select * from articles"))
        assert sorted(tuple(row) for row in scan_rows(path, 13) if row[0] in {each[0] for each in there}) == there
        edits = sorted(db.execute("select * from edits"))
    assert edits == sorted(tuple(row) for row in scan_rows(path, 7) if row[0] in {each[0] for each in edits})


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", "replace(payload, 'manual', 'lanual')"),
        ("payload", "replace(payload, 'manual', 'Manual')"),
        ("time", "time + (time & 1) * -2 + 1"),
    ],
)
def test_an_edit_of_which_one_bit_was_turned_over_is_as_it_was(
    path: Path, tmp_path: Path, column: str, value: str
) -> None:
    was = contents(path)
    chosen = "(select id from edits where kind = 'add' and length(payload) < 1000 limit 1)"
    execute(path, f"update edits set {column} = {value} where id = {chosen}")  # noqa: S608
    assert Project.repair(path, tmp_path / "new.annot").lost_edits == ()
    with Project.open(tmp_path / "new.annot") as project:
        assert [(edit, edit.time) for edit in project.log.edits()] == was["edits"]


def misspell_checksum(path: Path, edit: str) -> None:
    """Change a letter in the key of an edit's checksum, wherever it is written."""
    content = path.read_bytes()
    path.write_bytes(content.replace(f"edits{edit}".encode(), f"Edits{edit}".encode()))


def found_checksums(path: Path) -> set[str]:
    """Return the edits whose checksums a search finds."""
    with closing(sqlite3.connect(path)) as db:
        return {row[0] for row in db.execute("select id from checksums where part = 'edits'")}


def test_a_checksum_is_used_although_a_search_does_not_find_it(path: Path, tmp_path: Path) -> None:
    """SQLite compares a search with keys on its way; a damaged one among them hides intact ones without an error."""
    with Project.open(path) as project:
        edits = list(project.log.edits())
    for damaged in edits:
        copy = Path(shutil.copyfile(path, tmp_path / "copy.annot"))
        misspell_checksum(copy, damaged.id)
        hidden = {edit.id for edit in edits if edit.kind == "add"} - found_checksums(copy) - {damaged.id}
        if hidden:
            break
    changed = min(hidden)
    # The label is another one, so that the edit is still one that the program could have written.
    other = 'replace(payload, \'"label":"\', \'"label":"X\')'
    execute(path, f"update edits set payload = {other} where id = '{changed}'")  # noqa: S608
    misspell_checksum(path, damaged.id)
    report = Project.repair(path, tmp_path / "new.annot")
    assert (report.lost_edits, report.unconfirmed_edits) == ((changed,), (damaged.id,))
    with Project.open(tmp_path / "new.annot") as project:
        assert list(project.log.edits()) == [edit for edit in edits if edit.id != changed]


def test_edits_without_checksums_are_saved_and_named(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        first, *_ = edits = list(project.log.edits())
    execute(path, f"delete from checksums where id = '{first.id}'")  # noqa: S608
    report = Project.repair(path, tmp_path / "new.annot")
    assert (report.edits, report.unconfirmed_edits, report.is_complete) == (len(edits), (first.id,), False)
    assert f"Edits saved without a checksum that confirms them: 1 ({first.id})." in report.lines()[1]


def test_a_flipped_bit_after_which_a_text_is_not_utf8_is_flipped_back(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        edits = list(project.log.edits())
    changed = next(edit for edit in edits if edit.kind == "add")
    with closing(sqlite3.connect(path)) as db:
        (payload,) = db.execute("select payload from edits where id = ?", [changed.id]).fetchone()
    broken = payload.encode().replace(b"manual", bytes([ord("m") ^ 1 << 7]) + b"anual")
    execute(path, f"update edits set payload = cast(x'{broken.hex()}' as text) where id = '{changed.id}'")  # noqa: S608
    assert Project.repair(path, tmp_path / "new.annot").lost_edits == ()
    with Project.open(tmp_path / "new.annot") as project:
        assert list(project.log.edits()) == edits


def test_an_edit_whose_article_is_lost_is_not_saved_as_one_without_an_article(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        state = project.log.state()
        shown = next(
            edit
            for edit in project.log.edits()
            if all(state.get(Address.of(edit.annotator, write)) == write.after for write in edit.writes)
        )
    execute(path, f"update edits set document = null where id = '{shown.id}'")  # noqa: S608
    assert Project.repair(path, tmp_path / "new.annot").lost_edits == (shown.id,)


def test_a_report_has_a_sentence_for_what_is_lost_and_no_other() -> None:
    saved = "Saved: 2 articles, 3 edits, 1 annotator."
    assert RepairReport(2, 3, 1).lines() == [saved, "Everything was saved."]
    assert RepairReport(2, 3, 1, suggestions=4).lines()[1:] == ["Suggester runs to repeat: 4.", "Everything was saved."]
    lost = RepairReport(2, 3, 1, unlogged=5)
    assert lost.lines() == [
        saved,
        "Labels, verdicts and notes in the damaged tables that are not in the log: 5. They were not saved. "
        "Check these places.",
    ]
    assert RepairReport(2, 3, 1, unreadable=1).lines() == [saved, "Damaged rows of the log: 1."]
    (nameless,) = RepairReport(2, 3, 1, is_nameless=True).lines()[1:]
    assert nameless.startswith("The project ID or the tagset could not be saved.")


@pytest.mark.parametrize("content", [b"no database" * 1000, bytes(8192)])
def test_a_file_that_is_no_database_is_not_repaired(tmp_path: Path, content: bytes) -> None:
    path, new = tmp_path / "p.annot", tmp_path / "new.annot"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=f"^{path} is not a project"):
        Project.repair(path, new)
    assert not new.exists()


def test_an_edit_under_an_almost_equal_id_gets_the_missing_one_if_its_checksum_fits(path: Path) -> None:
    with Project.open(path) as project:
        edit, other = islice(project.log.edits(), 2)
    wrong = replace(edit, id=edit.id[:-1] + ("0" if edit.id[-1] != "0" else "1"))
    damaged, known = {wrong.id: wrong, other.id: other}, {edit.id, other.id}
    fitting = {edit.id: checksum("edits", edit_to_row(edit))}
    assert repair_module._with_correct_ids(damaged, known, fitting) == {edit.id: edit, other.id: other}
    assert repair_module._with_correct_ids(damaged, known, {}) == {other.id: other}


def test_names_without_a_checksum_are_taken_as_they_are(path: Path, tmp_path: Path) -> None:
    execute(path, "delete from checksums where part = 'annotators'")
    report = Project.repair(path, tmp_path / "new.annot")
    assert report.nameless == ()
    with Project.open(tmp_path / "new.annot") as project:
        assert {person.name for person in project.annotators.all()} <= {person.name for person in PEOPLE}


def test_an_edit_with_a_damaged_checksum_is_saved_if_the_tables_hold_what_it_wrote(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        Session(project, PEOPLE[0]).undo()
        state, edits = project.log.state(), list(project.log.edits())
    shown = {
        edit.id: all(state.get(Address.of(edit.annotator, write)) == write.after for write in edit.writes)
        for edit in edits
    }
    (held, *_, lost), (gone, *_) = ([name for name, is_shown in shown.items() if is_shown is n] for n in (True, False))
    execute(path, f"update checksums set checksum = checksum + 1 where part = 'edits' and id in ('{held}', '{gone}')")  # noqa: S608
    execute(path, f"update edits set payload = substr(payload, 2) where id = '{lost}'")  # noqa: S608
    report = Project.repair(path, tmp_path / "new.annot")
    assert report.lost_edits == tuple(sorted([gone, lost]))
