"""Detect a file's format by its content, if it is unmistakable. Otherwise the extension decides.

A sample from the beginning is enough: the first bytes of binary formats, the root of XML, the start of JSON, and lines
with nothing but the columns of CoNLL.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from annotator.domain.corpus.iob import OUTSIDE, is_tag
from annotator.errors import InputError
from annotator.formats.base.encoding import detect_encoding
from annotator.formats.conll.dialect import find_spelling
from annotator.formats.json.article_fields import TEXT, find_field

_SAMPLE = 1 << 16  # bytes
_PROLOG = re.compile(
    r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s++(?!html)[^<>\[]*+(?:\[.*?\]\s*+)?>)*+", re.DOTALL | re.I
)
_ROOT = re.compile(r"<(?:!DOCTYPE\s+)?([\w:.-]+)", re.I)
_ROOTS = {
    "html": "html",
    "rss": "feed",
    "rdf:rdf": "feed",
    "feed": "feed",
    "gatedocument": "gate",
    "tei": "tei",
    "tei.2": "tei",
    "teicorpus": "tei",
    "tei:tei": "tei",
    "tei:teicorpus": "tei",
    "xmi:xmi": "xmi",
}
_ARCHIVE = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?mime-version:", re.I)
_OBJECT = re.compile(r'\s*\{\s*(?:"[^"\n]*"\s*:|\})')
_LIST = re.compile(r'\s*\[\s*\{\s*"[^"\n]*"\s*:')
SAYS_DELIMITER = re.compile(r'"?sep=([^\w"\s]|\t|\\t|tab)"?[,;\t|]*', re.IGNORECASE)
"""A first line that names the separator of a table, as Excel understands it."""
_OFFICE = {"[Content_Types].xml", "mimetype"}
_BRAT = ".ann"
_COLUMNS = {".conll", ".conllu", ".conllup", ".bio", ".iob", ".iob2", ".bioes", ".iobes", ".bmes", ".bilou"}
"""Extensions of CoNLL files, which are not tables, whatever their first line says."""
_ENOUGH = 6  # lines needed to recognise columns, or to find one line of valid JSON


def detect_formats(path: Path) -> tuple[str, ...]:
    """Return the names of the readers for this content, the best one first; none if no content is typical.

    Never raises for what is wrong with the file.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_SAMPLE)
        if data.startswith(b"PK\x03\x04"):
            return ("zip",) if _is_plain_zip(path) else ()
        if data.startswith(b"PAR1"):
            return ("parquet",)
        text = data.decode(detect_encoding(data, whole=len(data) < _SAMPLE), "replace").removeprefix("\ufeff")
    except (OSError, InputError, LookupError, UnicodeError):
        return ()
    return _by_text(text, path.suffix.lower())


def _is_plain_zip(path: Path) -> bool:
    """Return True if a file is a complete zip, and not a document of an office program."""
    try:
        with ZipFile(path) as archive:
            return _OFFICE.isdisjoint(archive.namelist())
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return False


def _by_text(text: str, suffix: str) -> tuple[str, ...]:
    """Return the readers for a text in a file with this extension."""
    if text.startswith("#FORMAT=WebAnno TSV 3"):
        return ("csv",)
    if _ARCHIVE.match(text):
        return ("html",)
    prolog = _PROLOG.match(text)
    if root := _ROOT.match(text, prolog.end() if prolog else 0):
        name = _ROOTS.get(root[1].lower())
        return (name,) if name else ()
    if _LIST.match(text):
        return ("json",)
    if _OBJECT.match(text):
        lines = text.lstrip().split("\n")
        if any(_is_json(line) for line in lines[:_ENOUGH] if line.startswith("{")):
            return ("jsonl", "json", "doccano")
        # A single line may go on after the sample, so the extension decides.
        return ("json",) if len(lines) > 1 else ("json", "jsonl", "doccano")
    if suffix == _BRAT:
        return ()
    is_table = suffix not in _COLUMNS and _is_table(text.split("\n", 1)[0].rstrip("\r"))
    return _by_columns(text) or (("csv",) if is_table else ())


def _is_table(first: str) -> bool:
    """Return True if a first line can only be that of a table: Excel's sep=, or tabs and the name of a text column.

    Excel gives its "Unicode text" the extension .txt.
    """
    if SAYS_DELIMITER.fullmatch(first):
        return True
    names = first.rstrip("\t").split("\t")
    return len(names) > 1 and not is_tag(names[-1]) and find_field(names, TEXT) is not None


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _by_columns(text: str) -> tuple[str, ...]:
    """Return the reader for lines of words with columns, if all complete lines of the sample are such."""
    lines = [line.rstrip("\r") for line in text.split("\n")[:-1]]
    rows = [line.split("\t") for line in lines if line.strip() and not (line.startswith("#") and "\t" not in line)]
    if len(rows) < _ENOUGH:
        return ()
    if all(len(row) == 10 and re.fullmatch(r"\d+([-.]\d+)?", row[0]) for row in rows):
        return ("conllu",)
    if not any("\t" in line for line in lines):
        rows = [row[0].split(" ") for row in rows]
    rows = [row for row in rows if not row[0].startswith("-DOCSTART-")]
    tags = {row[-1] for row in rows}
    if not all(len(row) > 1 and row[0] for row in rows) or not tags - {OUTSIDE}:
        return ()
    return ("conll",) if all(map(is_tag, tags)) or find_spelling(tags) else ()
