"""Files that mean harm, or were badly damaged: one sentence each, and never a traceback."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from annotator.formats.registry import Problem, Record, readers

BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&b;</xmi:XMI>"""


def problems(name: str, path: Path, content: bytes) -> list[Problem]:
    """Return what the reader complains of; every complaint is a sentence."""
    path.write_bytes(content)
    found = list(readers()[name].read(path))
    told = [item for item in found if isinstance(item, Problem)]
    assert all(p.message.endswith(".") and "\n" not in p.message for p in told)
    return told


@pytest.mark.parametrize("name", sorted(readers()))
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 500,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"PK\x03\x04" + bytes(range(256)),
        "بغداد ".encode() * 3 + b"\xd8\xd8\xd8" + "دمشق".encode("cp1256") * 9,
        b"[" * 100_000,
        b"{" * 100_000,
        b'{"data": {"text": 7}, "annotations": [7, {"result": 7}]}\n',
        b'{"text": "x", "spans": [[1, 2]], "answer": {}, "tokens": 7}\n',
        b"1\tx\t_\t_\t_\t_\t_\t_\t_\tEntity=((((-)))\n",
        b"1-2\tx\n2\t\n1.1\n",
        b"document,start,end,label,text,annotator,origin\n,,,\n'='\n",
    ],
    ids=range(12),
)
def test_no_reader_breaks_on_garbage(name: str, content: bytes, tmp_path: Path) -> None:
    suffixes = readers()[name].suffixes
    path = tmp_path / f"a{suffixes[0] if suffixes else ''}"
    path.with_suffix(".txt").write_text("بغداد", "utf-8")
    problems(name, path, content)


@pytest.mark.parametrize("name", ["conll", "conllu"])
def test_an_endless_line_is_refused_where_words_stand_on_lines(name: str, tmp_path: Path) -> None:
    (told,) = problems(name, tmp_path / "a", b"x" * (1 << 21))
    assert "line 1 is longer than a million characters" in told.message


def test_offsets_beyond_the_text_are_told_and_the_text_comes_in(tmp_path: Path) -> None:
    task = {
        "data": {"text": "بغداد"},
        "annotations": [{"result": [{"value": {"start": 3, "end": 9**9, "labels": ["X"]}}]}],
    }
    for name, content in (
        ("jsonl", {"text": "بغداد", "spans": [{"start": -1, "end": 3, "label": "X"}]}),
        ("doccano", {"text": "بغداد", "label": [[0, 6, "X"]]}),
        ("json", task),
    ):
        path = tmp_path / "a"
        path.write_text(json.dumps(content), "utf-8")
        (record,) = readers()[name].read(path)
        assert isinstance(record, Record)
        assert (record.text, record.annotations, len(record.misfits)) == ("بغداد", (), 1)


@pytest.mark.skipif(find_spec("cassis") is None, reason="dkpro-cassis is optional; make interop installs and tests it")
def test_an_xml_entity_bomb_is_refused_unread(tmp_path: Path) -> None:
    (told,) = problems("xmi", tmp_path / "a.xmi", BOMB.encode())
    assert "as XML bombs do" in told.message
    (told,) = problems("xmi", tmp_path / "a.xmi", BOMB.encode("utf-16"))
    assert "it is not UTF-8" in told.message
