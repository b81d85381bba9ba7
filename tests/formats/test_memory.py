"""Writers and readers hold some articles at a time, however many there are."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.formats.base import encoding
from annotator.formats.base.writer import FolderWriter, WriteOptions
from annotator.formats.conll import read_back as check_conll
from annotator.formats.json import reader as read_json
from annotator.formats.read import read_records
from annotator.formats.registry import find_writer
from annotator.formats.tabular import parquet
from tests.formats.installed import FORMATS

WHOLE = {"spacy"}
"""Formats of which the program they are for holds a file whole, to write and to read."""

LINE = "قال محمد في بغداد إن ديالى هادئة.\n"
LINES = 100
FEW, MANY = 16, 40
ENTRY = 5_000  # bytes that may stay of an article of 6,800: a zip lists its members at its end, under three names each


def articles(count: int) -> Iterator[AnnotatedDocument]:
    """Yield so many articles, each with ten spans."""
    for number in range(count):
        head = f"خبر رقم {number}\n"
        text = head + LINE * LINES
        starts = [len(head) + n * len(LINE) + 4 for n in range(0, LINES, 10)]
        spans = (Annotation(f"{number}-{start}", Span(start, start + 4), "PERS", "a1") for start in starts)
        yield AnnotatedDocument(Document(document_id(text), text), tuple(spans))


def peak(act: Callable[[], Iterable[object]]) -> int:
    """Return the most bytes that are held while something is gone through."""
    gc.collect()
    gc.freeze()  # among the many objects of other tests, cycles would be collected too seldom
    tracemalloc.start()
    try:
        for _ in act():
            continue
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and write in smaller pieces, so that fewer articles show what is held."""
    for module, name in ((check_conll, "_READ"), (encoding, "_SAMPLE"), (read_json, "_CHUNK")):
        assert getattr(module, name) >= 1 << 16
        monkeypatch.setattr(module, name, 1 << 14)
    monkeypatch.setattr(parquet, "_BATCH", 5)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("name", FORMATS)
def test_neither_writing_nor_proving_nor_reading_takes_more_memory_for_more_articles(tmp_path: Path, name: str) -> None:
    writer, options = find_writer(name), WriteOptions()
    held: dict[str, list[int]] = {"written": [], "proven": [], "read": []}
    for count in (3, FEW, MANY):  # the first ones fill what is kept between files
        path = tmp_path / f"{count}{writer.suffix}"
        if isinstance(writer, FolderWriter):
            path.mkdir()
        held["written"].append(peak(partial(writer.write, articles(count), path, options)))
        documents = (each.document for each in articles(count))
        held["proven"].append(peak(partial(writer.read_back, path, documents, options)))
        if path.is_file():
            held["read"].append(peak(partial(read_records, path)))
    grown = {what: (peaks[2] - peaks[1]) // (MANY - FEW) for what, peaks in held.items() if peaks}
    assert (max(grown.values()) < ENTRY) is (name not in WHOLE), grown
