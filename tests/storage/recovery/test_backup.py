"""Backups: complete, checked, in a separate folder, the last ones kept; and restored without loss."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import ProjectError, UserError
from annotator.services.project.merge_copies import merge_paths
from annotator.storage.file.backup_folder import (
    BackupSettings,
    backup_folder,
    backup_settings,
    list_backups,
    newest_backup,
    write_backup_settings,
)
from annotator.storage.file.error_translation import damage_error
from annotator.storage.project import Project
from annotator.storage.recovery.backup import back_up, back_up_automatically, is_backup_due, restore, write_backup
from tests.conftest import ROOT
from tests.storage.file.test_foreign_wal import crash, log_of
from tests.storage.file.test_older_files import as_it_was
from tests.storage.strategies import PEOPLE, contents, make_document, make_project, work


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BackupSettings:
    """Give each test settings and backups of its own."""
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(tmp_path / "backups"))
    return backup_settings()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    made = make_project(tmp_path / "project" / "p.annot")
    work(made, PEOPLE[0], [("confirm all", 0, 0)])
    return made


def files_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def spoil(path: Path) -> None:
    """Leave of a file its first page and noise."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + os.urandom(len(content) - 4096))


def test_a_backup_holds_all_that_is_there_while_somebody_works(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.annot"
    with Project.open(path) as project:
        project.documents.add(make_document("in the log alone"))
        write_backup(path, out)
        project.documents.add(make_document("afterwards"))
    assert files_in(tmp_path) >= {"copy.annot"}
    assert not [name for name in files_in(tmp_path) if name.startswith(".")]
    with Project.open(out) as copy:
        texts = [document.text for document in copy.documents.iter()]
    assert "in the log alone" in texts
    assert "afterwards" not in texts


def test_a_backup_of_a_file_at_rest_leaves_nothing_beside_it_and_is_for_its_owner_alone(path: Path) -> None:
    before = path.read_bytes()
    made = back_up(path)
    assert made is not None
    assert path.read_bytes() == before
    assert files_in(path.parent) == {"p.annot"}
    assert files_in(made.parent) == {made.name}
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert contents(made) == contents(path)


def test_a_backup_never_writes_over_a_file(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "there"
    out.write_text("mine")
    with pytest.raises(ProjectError, match="already exists"):
        write_backup(path, out)
    assert out.read_text() == "mine"


def test_a_state_is_backed_up_once_and_then_it_is_not_due_for_a_day(path: Path) -> None:
    assert is_backup_due(path)
    made = back_up(path)
    assert made is not None
    assert not is_backup_due(path)
    yesterday = time.time() - 25 * 3600
    os.utime(made, (yesterday, yesterday))
    assert is_backup_due(path)
    assert back_up(path) is None
    assert not is_backup_due(path)
    work(path, PEOPLE[0], [("note", 1, 1)])
    assert back_up(path) is not None
    assert len(list_backups(path)) == 2


def test_only_the_last_ones_are_kept(path: Path, settings: BackupSettings) -> None:
    made = []
    for number in range(5):
        work(path, PEOPLE[0], [("note", number % 2 + 1, 0)])
        made.append(back_up(path, BackupSettings(settings.folder, 3)))
    assert [b.path for b in list_backups(path)] == [b for b in reversed(made) if b is not None][:3]


def test_a_damaged_project_gets_no_backup_and_drives_none_out(path: Path, settings: BackupSettings) -> None:
    good = back_up(path)
    spoil(path)
    with pytest.raises(ProjectError, match="is damaged"):
        back_up(path, BackupSettings(settings.folder, 1))
    assert [b.path for b in list_backups(path)] == [good]
    assert files_in(backup_folder(path, settings)) == {good.name if good else ""}


def test_a_project_whose_labels_are_not_those_of_its_log_gets_no_backup(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute("delete from spans where rowid = 1").rowcount == 1
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    with pytest.raises(ProjectError, match="is damaged"):
        back_up(path)
    assert list_backups(path) == []


KILLED = """
import os, sys
from pathlib import Path
from annotator.storage.recovery import backup
rename, calls = Path.rename, []
def dying(self, to):
    calls.append(to)
    if len(calls) > int(sys.argv[2]):
        os.kill(os.getpid(), 9)
    return rename(self, to)
Path.rename = dying
backup.restore(Path(sys.argv[1]))
"""


def document_count(path: Path) -> int:
    with Project.open(path) as project:
        return project.documents.count()


@pytest.mark.parametrize("renames", [0, 1, 2])
def test_a_restore_that_is_killed_loses_nothing_and_can_be_done_again(path: Path, renames: int) -> None:
    back_up(path)
    crash(path, edits=0, documents=3)
    subprocess.run([sys.executable, "-c", KILLED, str(path), str(renames)], cwd=ROOT, check=False)
    kept = [entry for entry in path.parent.iterdir() if " before restoring " in entry.name]
    assert path.exists() == (not kept) == (renames == 0)
    restore(path)
    assert document_count(path) == 3
    (first,) = (e for e in path.parent.iterdir() if " before restoring " in e.name and e.name.endswith(".annot"))
    assert log_of(first).stat().st_size
    assert document_count(first) == 6


def test_what_a_killed_backup_left_is_removed_by_a_later_one(path: Path, settings: BackupSettings) -> None:
    folder = backup_folder(path, settings)
    folder.mkdir(parents=True)
    old, young = folder / ".p-1Z.annot.1.aa.new", folder / ".p-2Z.annot.2.bb.new"
    for file in (old, young):
        file.touch()
    os.utime(old, (0, 0))
    back_up(path)
    assert not old.exists()
    assert young.exists()


def test_a_backup_can_be_stopped_and_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.storage.recovery.integrity._INSTRUCTIONS", 1)
    asked = []

    def stop() -> None:
        """Stop in the midst of reading through."""
        asked.append(1)
        if len(asked) == 5:
            raise KeyboardInterrupt

    for make in (back_up, back_up_automatically):
        asked.clear()
        with pytest.raises(KeyboardInterrupt):
            make(path, on_progress=stop)
    assert list_backups(path) == []
    assert files_in(backup_folder(path, backup_settings())) == set()


def test_settings_are_kept_and_broken_ones_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backup_settings() == BackupSettings(tmp_path / "backups", 10)
    monkeypatch.delenv("ANNOTATOR_BACKUPS")
    assert backup_settings().folder.parts[-2:] == ("annotator", "backups")
    chosen = BackupSettings(tmp_path / "chosen", 3)
    write_backup_settings(chosen)
    assert backup_settings() == chosen
    file = tmp_path / "settings" / "backups.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for content in ("[]", '{"kept": -1}', '{"kept": "3"}', '{"folder": 3}', "{"):
        file.write_text(content)
        with pytest.raises(UserError, match="backup settings"):
            backup_settings()


def test_with_none_to_keep_none_is_made_by_itself_and_none_is_removed(path: Path, settings: BackupSettings) -> None:
    write_backup_settings(BackupSettings(settings.folder, 0))
    assert not is_backup_due(path)
    assert back_up_automatically(path) is None
    assert back_up(path) is not None
    work(path, PEOPLE[0], [("note", 1, 0)])
    assert back_up(path) is not None
    assert len(list_backups(path)) == 2


def test_the_message_of_a_damaged_file_names_the_newest_backup_and_the_command(path: Path) -> None:
    assert "backup or a colleague's copy" in str(damage_error(path))
    back_up(path)
    newest = newest_backup(path)
    assert newest is not None
    day = newest.made.astimezone().strftime("%Y-%m-%d %H:%M")
    spoil(path)
    with pytest.raises(ProjectError, match=f"its backup of {day} with: annotator restore {path}"):
        Project.open(path)


def test_a_merge_and_an_upgrade_make_a_backup_before(path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copyfile(path, tmp_path / "other.annot"))
    work(other, PEOPLE[1], [("confirm all", 0, 0)])
    before = contents(path)
    merge_paths(path, [other])
    (made,) = list_backups(path)
    assert contents(made.path) == before
    assert list_backups(other) == []
    old = as_it_was(path, tmp_path / "old.annot", 8)
    Project.open(old).close()
    Project.open(old).close()
    (made,) = list_backups(old)
    with closing(sqlite3.connect(made.path)) as db:
        (last,) = db.execute("select max(name) from _sqlite_migrations").fetchone()
    assert last.startswith("0008")


def test_restoring_puts_the_newest_back_and_keeps_what_is_there(path: Path) -> None:
    back_up(path)
    before = contents(path)
    work(path, PEOPLE[1], [("confirm all", 0, 0)])
    after = contents(path)
    restored = restore(path)
    assert restored.kept is not None
    assert contents(path) == before
    assert contents(restored.kept) == after
    assert files_in(path.parent) == {"p.annot", restored.kept.name}


def test_restoring_after_a_crash_keeps_the_file_with_its_log(path: Path) -> None:
    back_up(path)
    before = contents(path)
    crash(path, edits=0, documents=3)
    restored = restore(path)
    assert restored.kept is not None
    assert log_of(restored.kept).stat().st_size
    assert contents(path) == before
    with Project.open(restored.kept) as project:
        assert project.documents.count() == 6


def test_restoring_takes_the_newest_that_is_sound(path: Path) -> None:
    back_up(path)
    before = contents(path)
    work(path, PEOPLE[1], [("confirm all", 0, 0)])
    newer = back_up(path)
    assert newer is not None
    spoil(newer)
    path.unlink()
    assert restore(path).kept is None
    assert contents(path) == before


def refuse_without_backup(path: Path) -> None:
    restore(path)


def refuse_a_damaged_one(path: Path) -> None:
    bad = Path(shutil.copyfile(path, path.with_name("bad")))
    spoil(bad)
    restore(path, bad)


def refuse_no_project(path: Path) -> None:
    path.with_name("text").write_text("no project" * 1000)
    restore(path, path.with_name("text"))


def refuse_itself(path: Path) -> None:
    restore(path, path)


def refuse_a_folder(path: Path) -> None:
    restore(path.parent, path)


def refuse_what_is_not_there(path: Path) -> None:
    restore(path, path.with_name("nothing"))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (refuse_without_backup, "No intact backup"),
        (refuse_a_damaged_one, "bad is damaged or not a project"),
        (refuse_no_project, "text is damaged or not a project"),
        (refuse_itself, "is the project itself"),
        (refuse_a_folder, "is a folder"),
        (refuse_what_is_not_there, "Project not found"),
    ],
)
def test_what_cannot_be_restored_is_told_and_nothing_has_changed(
    path: Path, act: Callable[[Path], None], said: str
) -> None:
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=said):
        act(path)
    assert path.read_bytes() == before
    assert not [name for name in files_in(path.parent) if name.startswith(".")]


def test_a_project_that_is_open_is_not_restored(path: Path) -> None:
    back_up(path)
    with Project.open(path), pytest.raises(ProjectError, match="is open in a window or another program"):
        restore(path)
    holding = (
        "import sys\nfrom annotator.storage.project import Project\n"
        "with Project.open(sys.argv[1]): print('open', flush=True), sys.stdin.read()"
    )
    command = [sys.executable, "-c", holding, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(ProjectError, match="is open in a window or another program"):
            restore(path)
        other.stdin.close()
    assert restore(path).kept is not None


def test_a_backup_without_a_revision_does_not_count_as_up_to_date(path: Path) -> None:
    made = back_up(path)
    assert made is not None
    with closing(sqlite3.connect(made)) as db, db:
        db.execute("delete from file_revision")
    assert back_up(path) is not None


def test_a_file_that_is_older_than_its_newest_backup_is_recognised(path: Path, tmp_path: Path) -> None:
    earlier = Path(shutil.copyfile(path, tmp_path / "earlier.annot"))
    with Project.open(path) as project:
        assert project.newer_backup() is None
        back_up(path)
        assert project.newer_backup() is None
    work(path, PEOPLE[0], [("note", 1, 0)])
    with Project.open(path) as project:
        assert project.newer_backup() is None
    back_up(path)
    shutil.copyfile(earlier, path)
    with Project.open(path) as project:
        assert project.newer_backup() == newest_backup(path)
    merge_paths(path, [list_backups(path)[0].path])
    with Project.open(path) as project:
        assert project.newer_backup() is None


def test_a_backup_that_cannot_be_read_or_is_of_another_project_says_nothing_about_the_age(path: Path) -> None:
    made = back_up(path)
    assert made
    path.unlink()
    make_project(path)
    with Project.open(path) as project:
        assert project.newer_backup() is None
        spoil(made)
        assert project.newer_backup() is None
