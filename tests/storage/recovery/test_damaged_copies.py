"""Random damage to copies of a project: none gives a wrong export, and the intact part of the log can be saved."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import main
from annotator.domain.model.document import document_id
from annotator.session import Session
from annotator.storage.file.checksums import checksum
from annotator.storage.project import Project
from tests.storage.strategies import ACTIONS, PEOPLE, make_document, make_project

SEED = 2026
FEW, MANY, PART = 16, 200, 20
PAGE = 4096
WORDS = [
    "وصل",
    "أحمد",
    "العلي",
    "إلى",
    "بغداد",
    "ومنها",
    "إلى",
    "ديالى",
    "ثم",
    "عاد",
    "مع",
    "خالد",
    "من",
    "الموصل",
    "إلى",
    "البصرة",
    "صباحا",
    "وقال",
    "إن",
    "القوات",
    "دخلت",
]
TURNS = [name for name in sorted(ACTIONS) if name not in ("tagset", "open")]


@dataclass(frozen=True)
class Original:
    """A sound project: its bytes, those of some earlier moments, what it exports, and the rows of its log by id."""

    now: bytes
    earlier: tuple[bytes, ...]
    export: bytes
    log: dict[str, tuple[object, ...]]


def read_log(path: Path) -> list[tuple[object, ...]]:
    """Return the rows of the log that SQLite reads from the beginning, in the order of their numbers."""
    found: list[tuple[object, ...]] = []
    query = "select id, annotator, document, kind, reverts, time, payload from edits not indexed order by rowid"
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as db:
        try:
            found.extend(db.execute(query))
        except (sqlite3.Error, UnicodeDecodeError):
            return found
    return found


def fitting(path: Path, original: Original) -> set[str]:
    """Return the edits of the original whose checksums a file still holds, or of which it holds none."""
    held: dict[str, int] = {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as db:
        for order in ("", "desc"):
            with suppress(sqlite3.Error, UnicodeDecodeError):
                for part, edit, known in db.execute(f"select * from checksums order by part {order}"):  # noqa: S608
                    held |= {edit: known} if part == "edits" else {}
    columns = ("id", "annotator", "document", "kind", "reverts", "time", "payload")
    rows = {edit: dict(zip(columns, row, strict=True)) for edit, row in original.log.items()}
    return {edit for edit, row in rows.items() if held.get(edit) in (None, checksum("edits", row))}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """Return a project with some dozen articles and hundreds of edits by three people."""
    folder = tmp_path_factory.mktemp("original")
    path, rng = folder / "p.annot", random.Random(SEED)
    texts = [" ".join(rng.choices(WORDS, k=rng.randrange(20, 160))) + f" {n}." for n in range(14)]
    make_project(path, texts=texts[:12])
    earlier = []
    for turn in range(3):
        for person in PEOPLE:
            with Project.open(path) as project:
                session = Session(project, person)
                for text in rng.sample(texts[:12], 6):
                    session.open(document_id(text))
                    for _ in range(12):
                        ACTIONS[rng.choice(TURNS)](session, rng.randrange(60), rng.randrange(60))
        if turn == 1:
            with Project.open(path) as project:
                project.documents.add_many(
                    make_document(text, f"عنوان {text[:9]}", place="بغداد") for text in texts[12:]
                )
        earlier.append(path.read_bytes())
    export = call("export", path, folder / "truth.jsonl", "--documents", "all")
    assert export.exit_code == 0, export.output
    rows = {str(row[0]): row for row in read_log(path)}
    assert len(rows) > 250
    return Original(path.read_bytes(), tuple(earlier[:2]), (folder / "truth.jsonl").read_bytes(), rows)


def call(*arguments: str | Path) -> Result:
    """Run a command, and check that it ends with one of its exit codes and not with an exception."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


def flip(content: bytearray, original: Original, rng: random.Random) -> None:
    """Turn some bits over."""
    for _ in range(rng.choice((1, 1, 1, 2, 8, 64))):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def swap(content: bytearray, original: Original, rng: random.Random) -> None:
    """Exchange some pages."""
    for _ in range(rng.choice((1, 1, 2, 5))):
        one, other = (PAGE * page for page in rng.sample(range(len(content) // PAGE), 2))
        content[one : one + PAGE], content[other : other + PAGE] = (
            content[other : other + PAGE],
            content[one : one + PAGE],
        )


def leave_stale(content: bytearray, original: Original, rng: random.Random) -> None:
    """Put pages of an earlier moment in the place of some that changed since, but not of all."""
    old = rng.choice(original.earlier)
    places = [at for at in range(0, len(old), PAGE) if old[at : at + PAGE] != content[at : at + PAGE]]
    count = rng.choice((1, 2, 5, rng.randrange(1, len(places)), len(places) - 1))
    chosen = rng.sample(places, count) if rng.random() < 0.7 else places[len(places) - count :]
    for at in chosen:
        content[at : at + PAGE] = old[at : at + PAGE]


def truncate(content: bytearray, original: Original, rng: random.Random) -> None:
    """Cut the end off."""
    del content[rng.randrange(200, len(content)) :]


def blank(content: bytearray, original: Original, rng: random.Random) -> None:
    """Fill some sectors of the disk with zeros."""
    for _ in range(rng.choice((1, 2, 6))):
        at = 512 * rng.randrange(len(content) // 512)
        content[at : at + 512] = bytes(512)


DAMAGES: list[Callable[[bytearray, Original, random.Random], None]] = [flip, swap, leave_stale, truncate, blank]


def write(folder: Path, content: bytes) -> Path:
    """Write a file under a name of its own."""
    path = folder / f"{hash(content)}.annot"
    path.write_bytes(content)
    return path


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that SQLite reads from the tables of a file."""
    tables = "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as db:
        names = [row[0] for row in db.execute(tables).fetchall()]
        return {name: db.execute(f'select * from "{name}"').fetchall() for name in names}  # noqa: S608


def try_copy(number: int, original: Original, folder: Path) -> Counter[str]:
    """Damage a copy, try to export, check and repair it, and return what came of it."""
    rng = random.Random(f"{SEED}-{number}")
    content = bytearray(original.now)
    damage = DAMAGES[number % len(DAMAGES)]
    damage(content, original, rng)
    path, out, saved = folder / "p.annot", folder / "out.jsonl", folder / "saved.annot"
    path.write_bytes(content)
    out.write_bytes(original.export)
    seen: Counter[str] = Counter([damage.__name__])
    exported = call("export", path, out, "--documents", "all")
    assert exported.exit_code in (0, 2)
    if out.read_bytes() != original.export:
        # Only pages that were free then are of now: what SQLite reads is the sound file of an earlier moment.
        assert exported.exit_code == 0
        moments = [write(folder, earlier) for earlier in original.earlier]
        assert any(rows_of(path) == rows for rows in map(rows_of, moments))
        # The file alone cannot show that, but its newest backup does.
        path.write_bytes(original.now)
        assert call("backup", path).exit_code == 0
        path.write_bytes(content)
        assert "lacks decisions" in call("export", path, out, "--documents", "all").output
        return Counter(["the whole file of an earlier moment"])
    seen[f"export {exported.exit_code}"] += 1
    assert bytes(content) == path.read_bytes()
    checked = call("check", path)
    seen[f"check {checked.exit_code}"] += 1
    assert checked.exit_code or not exported.exit_code
    repaired = call("repair", path, saved, "--json")
    seen[f"repair {repaired.exit_code}"] += 1
    assert bytes(content) == path.read_bytes()
    readable = {str(row[0]) for row in read_log(path) if original.log.get(str(row[0])) == row}
    if repaired.exit_code == 2:
        assert not saved.exists()
        assert not readable, repaired.output
        return seen
    assert call("check", saved).exit_code == 0
    rows, report = {str(row[0]): row for row in read_log(saved)}, json.loads(repaired.output)
    # An edit that does not fit its checksum is only kept if something else confirms it, and is named if it is not.
    unconfirmed = readable - rows.keys()
    seen["intact edits with a damaged checksum left out"] += len(unconfirmed)
    assert not unconfirmed & fitting(path, original)
    assert unconfirmed <= set(report["lost_edits"])
    seen["edits saved"] += len(rows)
    seen["edits lost"] += len(original.log.keys() - rows.keys())
    # An edit whose checksum is lost, too, can be saved with a change; it is named.
    altered = {edit for edit, row in rows.items() if original.log.get(edit) != row}
    seen["altered edits saved and named"] += len(altered)
    assert altered <= set(report["unconfirmed_edits"])
    if rows.keys() == original.log.keys():
        seen["log saved whole"] += 1
    if repaired.exit_code == 0 and damage is not leave_stale:
        # Nothing in a file of an earlier moment names what came later.
        assert rows.keys() == original.log.keys()
        assert call("export", saved, out, "--documents", "all").exit_code == 0
        assert out.read_bytes() == original.export
    return seen


def try_copies(numbers: range, original: Original, folder: Path) -> None:
    """Try the copies of some numbers, and print what came of them."""
    seen: Counter[str] = Counter()
    for number in numbers:
        own = folder / str(number)
        own.mkdir()
        try:
            seen += try_copy(number, original, own)
        except (Exception, AssertionError) as error:
            raise AssertionError(f"copy {number}: {error}") from error
        shutil.rmtree(own)
    print(", ".join(f"{what}: {times}" for what, times in sorted(seen.items())))
    assert seen["export 2"] > len(numbers) // 2


def test_no_damaged_copy_of_a_few_is_exported_wrongly(original: Original, tmp_path: Path) -> None:
    try_copies(range(FEW), original, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, MANY, PART))
def test_no_damaged_copy_of_many_is_exported_wrongly(original: Original, tmp_path: Path, first: int) -> None:
    try_copies(range(first, first + PART), original, tmp_path)
