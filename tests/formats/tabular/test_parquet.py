"""Parquet: what somebody answers for and what was only suggested stand apart, and both come back with all they say."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.notes import Note
from annotator.domain.model.span import Span
from annotator.formats.base.record import Entity, Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_reader, find_writer
from annotator.formats.tabular import parquet
from tests.formats.marks import marked

arrow = pytest.importorskip("pyarrow", reason="pyarrow is optional and not installed; make interop tests it")
SOURCE = marked("زار ⟦LOC|دمشق⟧ أحمد")
SUGGESTED = Annotation("s1", Span(9, 13), "PERS", "", Origin(OriginKind.SUGGESTION, "lexicon", 0.1 + 0.2))
OVER = Annotation("s2", Span(0, 13), "EVENT", "", Origin(OriginKind.SUGGESTION, "camel", 0.5))
GIVEN = AnnotatedDocument(
    SOURCE.document, (OVER, *SOURCE.annotations, SUGGESTED), (Note("a1", "k000", "مدينة", True), Note("a1", "s1", "؟"))
)
NAMES = {"a1": "سعاد"}


def rows(path: Path) -> tuple[list[dict[str, Any]], str]:
    """Return the rows of a file, and what stands in it for the datasets library."""
    from pyarrow import parquet as pyarrow_parquet

    table = pyarrow_parquet.read_table(path)
    return table.to_pylist(), table.schema.metadata[b"huggingface"].decode()


@pytest.mark.parametrize("name", ["parquet", "huggingface"])
def test_suggestions_have_a_column_of_their_own_and_are_in_no_tag(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    options = WriteOptions(names=NAMES, labels=("LOC",), suggestions=True)
    list(find_writer(name).write([GIVEN], path, options))
    file = path / "data" / "train.parquet" if path.is_dir() else path
    ((row,), features) = rows(file)
    assert [(s["text"], s["annotator"], s["note"], s["doubtful"]) for s in row["spans"]] == [
        ("دمشق", "سعاد", "مدينة", True)
    ]
    assert [(s["text"], s["suggester"], s["score"], s["note"]) for s in row["suggestions"]] == [
        ("زار دمشق أحمد", "camel", 0.5, None),
        ("أحمد", "lexicon", 0.1 + 0.2, "؟"),
    ]
    assert row["ner_tags"] == [0, 1, 0]
    assert "PERS" not in features and "EVENT" not in features
    (record,) = find_reader("parquet").read(file)
    assert isinstance(record, Record)
    assert sorted(record.annotations) == [
        Entity(Span(0, 13), "EVENT", "", "suggestion:camel", score=0.5),
        Entity(Span(4, 8), "LOC", "سعاد", "confirmed:lexicon", "مدينة", True),
        Entity(Span(9, 13), "PERS", "", "suggestion:lexicon", "؟", False, 0.1 + 0.2),
    ]
    assert "suggestions" not in record.fields
    if path.is_dir():
        assert re.search(r"with 1 named\s+entit", (path / "README.md").read_text("utf-8"))


def test_without_suggestions_there_is_no_such_column(tmp_path: Path) -> None:
    list(find_writer("parquet").write([SOURCE], tmp_path / "out", WriteOptions()))
    ((row,), features) = rows(tmp_path / "out")
    assert "suggestions" not in row
    assert "suggester" not in features


def test_a_column_of_others_that_is_called_so_stays_a_field(tmp_path: Path) -> None:
    from pyarrow import parquet as pyarrow_parquet

    listed = [{"value": "x", "agent": "y"}]
    pyarrow_parquet.write_table(
        arrow.Table.from_pylist([{"text": "دمشق", "spans": [], "suggestions": listed}]), tmp_path / "a.parquet"
    )
    (record,) = find_reader("parquet").read(tmp_path / "a.parquet")
    assert isinstance(record, Record)
    assert record.fields["suggestions"] == listed


LONG = "قال مصدر أمني في بغداد إن الوضع هادئ. " * 5_000
HELD = 30 << 20
"""Bytes: some texts as long as this, each of which takes 400,000, and not fifty of them."""


def test_long_articles_are_written_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet as pyarrow_parquet

    monkeypatch.setattr(parquet, "_TOGETHER", 200_000)
    texts = [f"{number} " + LONG[:lengths] for number, lengths in enumerate([10_000] * 10 + [100] * 10)]
    given = [AnnotatedDocument(Document(document_id(text), text)) for text in texts]
    list(find_writer("parquet").write(given, tmp_path / "a.parquet", WriteOptions()))
    with pyarrow_parquet.ParquetFile(tmp_path / "a.parquet") as file:
        groups = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert len(groups) > 3
    assert max(groups[:3]) < 4
    assert groups[-1] >= 10
    read = list(find_reader("parquet").read(tmp_path / "a.parquet"))
    assert [each.text for each in read if isinstance(each, Record)] == texts


@pytest.mark.parametrize("texts", [[f"{number} {LONG}" for number in range(150)], [LONG] * 150])
def test_long_articles_of_others_are_read_some_at_a_time(texts: list[str], tmp_path: Path) -> None:
    from pyarrow import parquet as pyarrow_parquet

    # Of texts that are all alike one stands in the file, so that it does not say how long its rows are.
    pyarrow_parquet.write_table(arrow.table({"text": texts}), tmp_path / "a.parquet", row_group_size=len(texts))
    tracemalloc.start()
    try:
        assert sum(1 for _ in find_reader("parquet").read(tmp_path / "a.parquet")) == len(texts)
        assert tracemalloc.get_traced_memory()[1] < HELD
    finally:
        tracemalloc.stop()
