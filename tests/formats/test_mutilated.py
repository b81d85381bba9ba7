"""Files of every format that were cut, garbled or tampered with: articles and sentences come of them, never a fault."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from annotator.domain.model.notes import Note
from annotator.errors import InputError
from annotator.formats.base.record import Problem, Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.read import read_records
from annotator.formats.registry import readers, writers
from annotator.services.importing.record_to_document import annotations_of, to_document
from tests.formats.installed import NEEDS
from tests.formats.marks import marked
from tests.formats.web.test_pages import ATOM, PAGE, RSS

DOCUMENTS = [
    marked("⟦PERS|محمد⟧ في ⟦LOC|و⟦ORG|ديالى⟧⟧ 👍🏽.\nقال ⟦LOC|بغداد⟧ «x»."),
    marked("⟦ORG|القوات\nالعراقية⟧ اليوم\t[a]|b"),
]
NUMBERS = [b"-1", b"0", b"1.5", b"true", b'"3"', b"9" * 20, b"9" * 5000, b"1e400", b"NaN", b"null", b"[]", b"{}", b""]
PIECES = [
    b'"',
    b"\\",
    b"\t",
    b"\n",
    b"\r",
    b"\0",
    b"<",
    b">",
    b"&",
    b"]",
    b"[",
    b"{",
    b"}",
    b"|",
    b"(",
    b")",
    b"-",
    b"_",
]
PIECES += [b"\\ud800", b"\\u0000", b"&#0;", b"\xd8", b"\xed\xa0\x80", b"\xef\xbf\xbd", b"\xe2\x80\xa8"]
PIECES += [b"1-1\t", b"T1", b".", b";", b",", b"#"]


def cut(data: bytearray, random: Random) -> None:
    """Leave the beginning."""
    del data[random.randrange(len(data) + 1) :]


def flip(data: bytearray, random: Random) -> None:
    """Change some bytes."""
    for _ in range(random.randint(1, 4)):
        data[random.randrange(len(data))] = random.randrange(256)


def drop(data: bytearray, random: Random) -> None:
    """Leave a part out."""
    at = random.randrange(len(data))
    del data[at : at + random.randint(1, 40)]


def repeat(data: bytearray, random: Random) -> None:
    """Put a part elsewhere a second time."""
    at, to = random.randrange(len(data)), random.randrange(len(data))
    data[to:to] = data[at : at + random.randint(1, 40)]


def renumber(data: bytearray, random: Random) -> None:
    """Put something else in the place of a number."""
    if places := [match.span() for match in re.finditer(rb"\d+", data)]:
        start, end = random.choice(places)
        data[start:end] = random.choice(NUMBERS)


def strew(data: bytearray, random: Random) -> None:
    """Strew in what has a meaning in some format."""
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(data))
        data[at : at + random.randint(0, 2)] = random.choice(PIECES)


HARMS: list[Callable[[bytearray, Random], None]] = [cut, flip, drop, repeat, renumber, strew]


def seeds(folder: Path) -> dict[str, bytes]:
    """Return a good file of each kind by its name: what we write, the files in our zips, pages and feeds."""
    found = {"a.html": PAGE.encode(), "a.rss": RSS.encode("cp1256"), "a.atom": ATOM.encode()}
    notes = (Note("a1", "", "ملاحظة\nسطر"), Note("a1", "k000", "x", doubtful=True))
    for name, writer in writers().items():
        if name in NEEDS:
            continue
        path = folder / f"{name}{writer.suffix}"
        noted = [type(each)(each.document, each.annotations, notes) for each in DOCUMENTS]
        list(writer.write(noted, path, WriteOptions(names={"a1": "سعاد"})))
        found[path.name] = path.read_bytes()
        if writer.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                members = [member for member in archive.namelist() if not member.endswith((".txt", ".conf"))]
                found[f"{name}{Path(members[0]).suffix}"] = archive.read(members[0])
    return found


def check(path: Path, name: str | None) -> None:
    """Read a file to its end; fails for whatever could not be shown or stored."""
    try:
        items = list(read_records(path, name))
    except InputError as error:
        items = [Problem(str(path), error.message)]
    for item in items:
        document = to_document(item) if isinstance(item, Record) else item
        if isinstance(document, Problem):
            said = [f"{document.place}: {document.message}"]
            assert said[0].endswith(".")
        else:
            assert isinstance(item, Record)
            said = list(item.annotation_problems)
            json.dumps(dict(document.metadata))
            for entity in annotations_of(item):
                assert 0 <= entity.span.start < entity.span.end <= len(document.text)
                assert entity.label.encode() and "\0" not in entity.label
        for each in said:
            each.encode()  # which fails for half a character
            assert not set(each) & {"\n", "\r", "\0"}
            assert len(each) < 2000


def mutilate(folder: Path, rounds: int, begin: int) -> int:
    """Harm each good file in every way so many times, and return how many were read."""
    done = 0
    for file, good in seeds(folder).items():
        path = folder / "harmed" / file
        path.parent.mkdir(exist_ok=True)
        path.with_suffix(".txt").write_text(DOCUMENTS[0].document.text, "utf-8")
        by_suffix = [reader for reader in readers().values() if path.suffix in reader.suffixes]
        for number in range(begin, begin + rounds):
            for harm in HARMS:
                data = bytearray(good)
                harm(data, Random(f"{file} {harm.__name__} {number}"))
                path.write_bytes(data)
                for name in (None, "doccano" if "doccano" in file else by_suffix[0].name):
                    check(path, name)
                    done += 1
    return done


def test_harmed_files_end_in_articles_and_sentences(tmp_path: Path) -> None:
    assert mutilate(tmp_path, 4, 0) > 500


@pytest.mark.long
@pytest.mark.parametrize("begin", range(100, 1000, 100))
def test_very_many_harmed_files_end_in_articles_and_sentences(begin: int, tmp_path: Path) -> None:
    assert mutilate(tmp_path, 100, begin) > 20_000
