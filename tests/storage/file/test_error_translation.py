"""User errors of a project file: each is a message that names the file."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import fold
from annotator.domain.tagset.changes import DescribeLabel, RenameLabel
from annotator.errors import ExportError, ProjectError
from annotator.services.project.merge_copies import merge_paths
from annotator.session import Session
from annotator.storage.file import connection
from annotator.storage.file.error_translation import is_damage, translate_errors, translate_file_errors
from annotator.storage.file.identity import current_annotator
from annotator.storage.project import Project
from tests.conftest import ROOT
from tests.services.exporting.requests import export_as
from tests.storage.strategies import PEOPLE, TEXTS, contents, make_document, make_project, make_tagset

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "p.annot")


def refusal(path: Path, act: Callable[[], object] | None = None) -> str:
    """Return the sentence of the ProjectError that opening (or act) raises, after checking its form."""
    with pytest.raises(ProjectError) as caught:
        if act:
            act()
        else:
            Project.open(path, timeout=0.0)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    assert "sqlite3" not in sentence
    return sentence


@contextmanager
def without_the_rights_of_root() -> Iterator[None]:
    """Let file permissions count in the block, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every account can reach."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "Project not found" in refusal(tmp_path / "none.annot")
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert "is a device or a pipe" in refusal(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 something else", "not a project"),
        (b"SQLite format 3\0" + bytes(84), "not a project"),
    ],
    ids=["empty", "another kind", "a bare header"],
)
def test_what_is_no_project(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "other.annot"
    path.write_bytes(content)
    assert reason in refusal(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table t (x)")
    before = path.read_bytes()
    assert "SQLite file of another program" in refusal(path)
    assert path.read_bytes() == before


def test_a_project_of_a_newer_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('annotator', '0099_hub', 'later')"
        )
        newer.commit()
    sentence = refusal(path)
    assert "needs a newer annotator" in sentence
    assert "0099_hub" in sentence


def test_a_file_that_lost_its_facts(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("delete from meta")
        other.commit()
    assert "damaged" in refusal(path)


def test_a_file_whose_beginning_is_whole_and_whose_pages_are_not(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + bytes(len(content) - 100))
    assert "damaged" in refusal(path)


def test_a_file_that_is_cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096])
    assert "damaged" in refusal(path)


def test_damage_that_is_met_only_while_reading(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        size = other.execute("PRAGMA page_size").fetchone()[0]
        root = other.execute("select rootpage from sqlite_master where name = 'articles'").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(content)
    with Project.open(path) as project:
        assert "damaged" in refusal(path, lambda: project.documents.get(document_id(TEXTS[0])))
        assert "damaged" in refusal(path, lambda: list(project.documents.iter()))


@pytest.mark.parametrize(
    "damage",
    [
        "update articles set text = replace(text, 'بغداد', 'بغدان')",
        "update articles set regions = '[[1, 2'",
        "update articles set date = '2026-13-01'",
        "update edits set payload = substr(payload, 2)",
        "update edits set payload = replace(payload, 'before', 'befure')",
        "update edits set kind = 'konfirm'",
        "update edits set payload = cast(x'5bff5d' as text)",
        "update spans set origin = 'konfirmed'",
        "update spans set start = 90",
        "update verdicts set verdict = 'konfirmed'",
        "update verdicts set verdict = 'rejected', key = '5'",
        "update tagset set value = '{'",
        "update articles set title = cast(x'ff' as text)",
    ],
)
def test_bytes_that_changed_where_sqlite_does_not_notice(path: Path, damage: str) -> None:
    def look() -> None:
        with Project.open(path) as project:
            session = Session(project, PEOPLE[0])
            session.open(document_id(TEXTS[0]))
            session.undo()

    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.change_tagset([RenameLabel("LOC", "PLACE")])
        session.open(document_id(TEXTS[0]))
        assert session.confirm()
    with closing(sqlite3.connect(path)) as other:
        other.execute("drop trigger edits_no_update")
        other.execute(damage)
        other.commit()
    before = path.read_bytes()
    assert "damaged" in refusal(path, look)
    assert path.read_bytes() == before


def test_a_rejection_whose_key_names_no_place_is_damage(path: Path) -> None:
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[0]))
        assert session.reject()
    with closing(sqlite3.connect(path)) as other:
        other.execute("update verdicts set key = '5'")
        other.commit()
    with Project.open(path) as project, pytest.raises(ProjectError, match="damaged"):
        project.log.verdicts(document_id(TEXTS[0]), PEOPLE[0].id)


def test_a_table_of_contents_that_is_no_text(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'CREATE TABLE "articles"', b'CREATE TABLE "article\xff"', 1))
    assert "damaged" in refusal(path)


def test_a_file_that_another_program_keeps_to_itself(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=exclusive")
        other.execute("BEGIN EXCLUSIVE")
        assert "in use by another program" in refusal(path)
        other.execute("ROLLBACK")


def test_a_file_that_another_program_is_writing(path: Path) -> None:
    with Project.open(path, timeout=0.0) as project, closing(sqlite3.connect(path, isolation_level=None)) as other:
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[0]))
        other.execute("BEGIN IMMEDIATE")
        items, focus = list(session.items), session.focus
        assert "in use by another program" in refusal(path, session.confirm)
        assert (session.items, session.focus) == (items, focus)
        assert project.log.latest_id() is None
        other.execute("ROLLBACK")
        assert session.confirm() is not None


def test_a_writer_waits_for_another_as_long_as_the_timeout_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        assert now < 110

    with Project.open(path, timeout=0.2) as project, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        clock = SimpleNamespace(monotonic=lambda: now, sleep=sleep)
        monkeypatch.setattr("annotator.storage.file.connection.time", clock)
        assert "in use by another program" in refusal(path, lambda: project.annotators.add(PEOPLE[0]))
        assert now == pytest.approx(100.2, abs=0.002)
        other.execute("ROLLBACK")
        project.annotators.add(PEOPLE[0])


def test_a_folder_that_cannot_be_written(open_folder: Path) -> None:
    path = make_project(open_folder / "p.annot")
    open_folder.chmod(0o555)
    path.chmod(0o444)
    try:
        with without_the_rights_of_root():
            assert "Cannot write" in refusal(path)
            new = open_folder / "new.annot"
            assert "Cannot open" in refusal(new, lambda: Project.create(new, make_tagset()))
    finally:
        open_folder.chmod(0o755)
    assert [p.name for p in open_folder.iterdir()] == ["p.annot"]


def test_a_file_that_cannot_be_written_in_a_folder_that_can(open_folder: Path) -> None:
    path = make_project(open_folder / "p.annot")
    open_folder.chmod(0o777)
    path.chmod(0o444)
    with without_the_rights_of_root():
        assert "Cannot write" in refusal(path)
    assert [p.name for p in open_folder.iterdir()] == ["p.annot"]
    path.chmod(0o666)
    with without_the_rights_of_root(), Project.open(path) as project:
        assert project.documents.count() == len(TEXTS)


def refuse_to_unlink(path: Path, missing_ok: bool = False) -> None:
    """Say what a disk that is mounted for reading says, also of a file that is not there."""
    raise OSError(errno.EROFS, "Read-only file system", str(path))


def test_a_project_cannot_be_made_where_nothing_can_be_written(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "unlink", refuse_to_unlink)
    open_folder.chmod(0o555)
    path = open_folder / "p.annot"
    with without_the_rights_of_root():
        assert "Cannot open" in refusal(path, lambda: Project.create(path, make_tagset()))


def test_a_project_cannot_be_made_in_a_folder_that_cannot_be_looked_into(open_folder: Path) -> None:
    path = open_folder / "closed" / "p.annot"
    path.parent.mkdir(0)
    with without_the_rights_of_root():
        assert "Permission denied" in refusal(path, lambda: Project.create(path, make_tagset()))


def test_a_file_that_cannot_be_read(open_folder: Path) -> None:
    path = make_project(open_folder / "p.annot")
    path.chmod(0)
    with without_the_rights_of_root():
        assert "Cannot read" in refusal(path)


def test_a_file_that_is_read_only_while_it_is_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect_for_reading(file: Path, timeout: float) -> sqlite3.Connection:
        return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=timeout, isolation_level=None)

    monkeypatch.setattr(connection, "connect", connect_for_reading)
    assert "Cannot write" in refusal(path)


def test_a_full_disk(path: Path) -> None:
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[0]))
        with closing(sqlite3.connect(path)) as other:
            pages = other.execute("PRAGMA page_count").fetchone()[0]
        with project._connection.reading() as db:
            db.execute(f"PRAGMA max_page_count={pages}")
        long = make_document("نص طويل " * 100_000)
        assert "full" in refusal(path, lambda: project.documents.add(long))
        assert long.id not in project.documents
        assert session.confirm() is not None


def test_a_file_that_was_moved_away_while_open(path: Path) -> None:
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[0]))
        assert session.confirm() is not None
        away = path.rename(path.with_name("away.annot"))
        assert "was moved" in refusal(path, session.confirm)
        away.rename(path)
        assert session.confirm() is not None


def test_a_file_that_was_replaced_while_open(path: Path, tmp_path: Path) -> None:
    other = make_project(tmp_path / "other.annot")
    with Project.open(path) as project:
        other.replace(path)
        assert "was moved" in refusal(path, lambda: project.annotators.add(PEOPLE[0]))


def test_a_name_that_is_taken_is_not_overwritten(path: Path) -> None:
    before = contents(path)
    assert "already exists" in refusal(path, lambda: Project.create(path, make_tagset()))
    assert contents(path) == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "no folder" / "p.annot"
    assert "Cannot " in refusal(path, lambda: Project.create(path, make_tagset()))


def test_a_bug_of_ours_is_not_told_as_a_fault_of_the_world(path: Path) -> None:
    with (
        Project.open(path) as project,
        pytest.raises(sqlite3.OperationalError, match="syntax error"),
        project._connection.reading() as db,
    ):
        db.execute("selekt * from edits")


@pytest.mark.parametrize("fault", [ValueError("a bug"), KeyError("a bug"), sqlite3.IntegrityError("a bug")])
def test_a_bug_of_ours_with_a_sound_project_stays_one(path: Path, fault: Exception) -> None:
    with pytest.raises(type(fault)) as caught, Project.open(path):
        raise fault
    assert caught.value is fault


def test_opening_a_project_again_gives_up_no_lock_on_it(path: Path) -> None:
    steal = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], timeout=0)\n"
        "try:\n"
        "    print(db.execute('pragma journal_mode=delete').fetchone()[0])\n"
        "except sqlite3.OperationalError as e:\n"
        "    print(e)\n"
    )
    with Project.open(path) as project:
        project.documents.count()
        with Project.open(path) as again:
            again.documents.count()
        with Project.snapshot(path) as copy:
            copy.documents.count()
        with pytest.raises(ExportError, match="is a project"):
            export_as(project, path, "json")
        stolen = subprocess.run([sys.executable, "-c", steal, str(path)], capture_output=True, text=True)
        assert stolen.stdout.strip() == "database is locked"


def test_a_disk_whose_file_system_knows_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = make_project(tmp_path / "p.annot")
    before = contents(path)
    assert [p.name for p in tmp_path.iterdir()] == ["p.annot"]
    assert "already exists" in refusal(path, lambda: Project.create(path, make_tagset()))
    assert contents(path) == before


def test_a_name_that_is_taken_while_the_file_is_being_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.annot"

    def come_first(source: Path, target: Path) -> None:
        path.write_text("somebody else's")
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", come_first)
    assert "Cannot " in refusal(path, lambda: Project.create(path, make_tagset()))
    assert path.read_text() == "somebody else's"
    assert [p.name for p in tmp_path.iterdir()] == ["p.annot"]


FILLING = """
import resource, sys
from annotator.errors import UserError
from annotator.storage.project import Project
from annotator.session import Session
from annotator.domain.model.document import document_id
from tests.storage.strategies import ACTIONS, PEOPLE, TEXTS
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with Project.open(sys.argv[1]) as project:
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[0]))
        for n in range(3000):
            if change := ACTIONS["annotate"](session, n % 40, n % 6):
                print(change.edit.id, flush=True)
except UserError as e:
    print("told", e)
"""


@pytest.mark.parametrize("more", [-200_000, -4096, 10, 50_000, 500_000])
def test_a_file_that_may_grow_no_more_keeps_all_that_was_reported(path: Path, more: int) -> None:
    limit = path.stat().st_size + more
    command = [sys.executable, "-c", FILLING, str(path), str(limit)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    *reported, told = ended.stdout.splitlines()
    assert told.startswith("told ") and str(path) in told, ended.stderr
    with Project.open(path) as project:
        assert project.integrity() == []
        log = list(project.log.edits())
        assert [edit.id for edit in log][: len(reported)] == reported
        assert project.log.state() == fold(log)


def test_half_a_character_is_refused_and_nothing_has_changed(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.open(document_id(TEXTS[0]))
        before = (session.items, dict(session.notes), project.log.counts())
        for act in (
            lambda: session.set_note("انظر \ud83d"),
            lambda: session.change_tagset([DescribeLabel("LOC", names={"en": "\ud83d"})]),
            lambda: project.annotators.add(Annotator("x", "\udc00")),
        ):
            assert "lone surrogate" in refusal(path, act)
        assert (session.items, dict(session.notes), project.log.counts()) == before
        assert session.set_note("انظر 😀")
    new = tmp_path / "new.annot"
    assert "lone surrogate" in refusal(new, lambda: Project.create(new, make_tagset(name="\ud83d")))
    assert not new.exists()


def test_a_file_with_two_names_is_refused_and_can_be_copied(path: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.annot"
    os.link(path, second)
    before = path.read_bytes()
    for name in (path, second):
        assert "has 2 hard links" in refusal(name)
    assert path.read_bytes() == before
    copy = shutil.copyfile(path, tmp_path / "copy.annot")
    assert merge_paths(copy, [second]).edits == 0
    second.unlink()
    with Project.open(path) as project:
        assert project.integrity() == []


def test_the_name_under_which_a_project_was_made_is_removed_if_a_crash_left_it(path: Path) -> None:
    left = path.with_name(f".{path.name}.123.new")
    os.link(path, left)
    with Project.open(path) as project:
        assert project.documents.count() == len(TEXTS)
    assert not left.exists()
    assert path.stat().st_nlink == 1


def test_new_projects_and_what_sqlite_keeps_beside_them_are_their_owner_s_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Project.create(tmp_path / "new.annot", make_tagset()) as project:
            project.documents.add(make_document("نص"))
            rights = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in tmp_path.iterdir()}
            current_annotator(tmp_path / "settings")
            settings = stat.S_IMODE((tmp_path / "settings" / "annotator.json").stat().st_mode)
            copy = project.watch().write_copy()
            kept = stat.S_IMODE(copy.stat().st_mode)
            copy.unlink()
            export_as(project, tmp_path / "out.json", "json")
            exported = stat.S_IMODE((tmp_path / "out.json").stat().st_mode)
    finally:
        os.umask(before)
    assert rights == {"new.annot": 0o600, "new.annot-wal": 0o600, "new.annot-shm": 0o600}
    assert (settings, kept) == (0o600, 0o600)
    assert exported == 0o666


def test_a_table_that_another_connection_holds_is_a_locked_file(tmp_path: Path) -> None:
    shared = f"file:{tmp_path.name}?mode=memory&cache=shared"
    with closing(sqlite3.connect(shared, uri=True)) as one, closing(sqlite3.connect(shared, uri=True)) as other:
        one.execute("create table t (a)")
        one.execute("insert into t values (1)")
        with pytest.raises(ProjectError, match="in use by another program"), translate_errors(tmp_path):
            other.execute("select * from t")


@pytest.mark.parametrize(("free", "said"), [(24_576, "is full. Free some space"), (1 << 30, "Cannot read or write")])
def test_a_disk_without_room_for_the_files_beside_a_project_is_a_full_one(
    path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    monkeypatch.setattr(
        "annotator.storage.file.error_translation.shutil.disk_usage", lambda folder: SimpleNamespace(free=free)
    )

    def fail() -> None:
        """Have SQLite fail as where it cannot make the index of its log."""
        with translate_errors(path):
            raise error

    assert said in refusal(path, fail)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "The disk that holds {path} is full. Free some space and try again."),
        (errno.EDQUOT, "The disk that holds {path} is full. Free some space and try again."),
        (errno.EFBIG, "The disk that holds {path} is full. Free some space and try again."),
        (errno.EIO, "Cannot read or write {path}: Input/output error."),
    ],
)
def test_an_error_of_the_file_system_is_one_sentence(tmp_path: Path, number: int, says: str) -> None:
    path = tmp_path / "p.annot"
    with pytest.raises(ProjectError) as fault, translate_file_errors(path):
        raise OSError(number, os.strerror(number))
    assert str(fault.value) == says.format(path=path)


@pytest.mark.parametrize(
    ("name", "damaged"),
    [("SQLITE_CORRUPT", True), ("SQLITE_CORRUPT_INDEX", True), ("SQLITE_IOERR_CORRUPTFS", False), (None, False)],
)
def test_extended_codes_of_damage_are_damage(name: str | None, damaged: bool) -> None:
    error = sqlite3.DatabaseError("x")
    if name:
        error.sqlite_errorname = name
    assert is_damage(error) is damaged
