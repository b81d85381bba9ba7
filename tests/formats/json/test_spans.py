"""The annotations that JSON articles hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.span import Span
from annotator.formats.base.record import Entity, FileNote, Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import readers, writers
from tests.formats.strategies import annotated_documents


def read(folder: Path, **fields: Any) -> Record:
    path = folder / "a.json"
    path.write_text(json.dumps(fields), "utf-8")
    (record,) = readers()["json"].read(path)
    assert isinstance(record, Record)
    return record


@settings(max_examples=40)
@given(annotated_documents())
def test_our_own_exports_come_back_to_the_character(
    tmp_path_factory: pytest.TempPathFactory, made: AnnotatedDocument
) -> None:
    path = tmp_path_factory.mktemp("export") / "a.json"
    for name in ("json", "jsonl"):
        list(writers()[name].write([made], path, WriteOptions(include_debris=True)))
        (record,) = readers()[name].read(path)
        assert isinstance(record, Record)
        assert record.text == made.document.text
        assert record.annotation_problems == ()
        assert record.annotations == tuple(
            Entity(a.span, a.label, a.annotator, str(a.origin), *made.note_on(a.id)) for a in made.annotations
        )
        assert sorted(record.notes) == sorted(
            FileNote(n.text, n.doubtful, n.annotator) for n in made.notes if not n.key
        )


@pytest.mark.parametrize("name", ["spans", "entities", "label", "Labels"])
@pytest.mark.parametrize("item", [{"start": 4, "end": 9, "label": "LOC"}, [4, 9, "LOC"]])
def test_lists_of_spans_are_found_under_several_names(tmp_path: Path, name: str, item: object) -> None:
    record = read(tmp_path, text="في  بغداد", id=7, **{name: [item]})
    assert record.annotations == (Entity(Span(4, 9), "LOC"),)
    assert record.fields == {"id": 7}


@pytest.mark.parametrize("value", ["politics", ["Iraq"], [[1, 2]], [{"start": 1, "end": 2}], [[1, "2", "X"]], {"a": 1}])
def test_what_is_no_list_of_spans_stays_a_field(tmp_path: Path, value: object) -> None:
    record = read(tmp_path, text="في بغداد", label=value)
    assert (record.annotations, record.fields) == ((), {"label": value})


def test_spans_that_do_not_fit_the_text_are_told(tmp_path: Path) -> None:
    spans = [[0, 99, "LOC"], [3, 3, "LOC"], [-1, 2, "LOC"], [3, 8, "LOC"]]
    record = read(tmp_path, text="في بغداد", spans=spans)
    assert record.annotations == (Entity(Span(3, 8), "LOC"),)
    assert record.annotation_problems[0] == "0-99 LOC is outside the text, which has 8 characters"
    assert len(record.annotation_problems) == 3
    shifted = read(tmp_path, text="👍 بغداد", spans=[{"start": 3, "end": 7, "label": "LOC", "text": "بغداد"}])
    assert (shifted.annotations, shifted.annotation_problems) == ((), ("3-7 LOC is «غداد», not «بغداد»",))
