"""JSON and JSON Lines: every span to the character, one object for each document, and a reading back that sees all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.errors import ExportError
from annotator.formats.base.deviation import DeviationKind, Reason
from annotator.formats.base.record import Entity
from annotator.formats.base.writer import WriteOptions, Writer
from annotator.formats.json.writer import JsonlWriter, JsonWriter
from tests.conftest import ROOT
from tests.formats.conll.test_writer import ARTICLES
from tests.formats.marks import marked
from tests.formats.strategies import annotated_documents

DATA = ROOT / "tests" / "data" / "export"
WRITERS = [JsonWriter(), JsonlWriter()]
NAMES = {"a1": "سعاد", "a2": "Omar"}


def load(path: Path) -> list[dict[str, object]]:
    """Read an export as a stranger would."""
    content = path.read_text("utf-8")
    if path.suffix == ".json":
        array: list[dict[str, object]] = json.loads(content)
        return array
    return [json.loads(line) for line in content.splitlines()]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_the_golden_files_are_written_to_the_byte(tmp_path: Path, writer: Writer) -> None:
    out = tmp_path / f"out.{writer.name}"
    assert list(writer.write(ARTICLES, out, WriteOptions(names=NAMES))) == [(), ()]
    assert out.read_bytes() == (DATA / f"golden{writer.suffix}").read_bytes()


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_a_document_is_one_object_with_exactly_these_keys(tmp_path: Path, writer: Writer) -> None:
    out = tmp_path / f"out{writer.suffix}"
    list(writer.write(ARTICLES, out, WriteOptions(names=NAMES)))
    first, second = load(out)
    assert list(first) == ["id", "text", "title", "date", "source", "regions", "spans"]
    assert (first["date"], second["date"]) == ("2024-04-17", None)
    spans = first["spans"]
    assert isinstance(spans, list)
    assert spans[0] == {
        "start": 0,
        "end": 15,
        "label": "FORCE",
        "text": "القوات العراقية",
        "annotator": "سعاد",
        "origin": "confirmed:lexicon",
    }


def test_the_text_stays_whole_and_only_spans_leave_with_the_debris(tmp_path: Path) -> None:
    document = marked("⟦LOC|دمشق⟧ ⟦debris|شارك ⟦ORG|واتساب⟧⟧ ⟦LOC|حلب⟧")
    out = tmp_path / "out.jsonl"
    ((deviation,),) = JsonlWriter().write([document], out, WriteOptions())
    assert (deviation.kind, deviation.reason) == (DeviationKind.LEFT_OUT, Reason.DEBRIS)
    (record,) = load(out)
    assert record["text"] == document.document.text
    assert [span["text"] for span in record["spans"]] == ["دمشق", "حلب"]  # type: ignore[attr-defined]
    assert list(JsonlWriter().write([document], out, WriteOptions(include_debris=True))) == [()]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_an_empty_corpus_can_be_written(tmp_path: Path, writer: Writer) -> None:
    out = tmp_path / f"out{writer.suffix}"
    assert list(writer.write([], out, WriteOptions())) == []
    assert load(out) == []
    assert list(writer.read_back(out, [], WriteOptions())) == []


def check_round_trip(folder: Path, writer: Writer, documents: list[AnnotatedDocument]) -> None:
    """Write, read as a stranger and by the writer's own check: every span is exact."""
    out = folder / f"out{writer.suffix}"
    options = WriteOptions(include_debris=True, names=NAMES)
    assert list(writer.write(documents, out, options)) == [()] * len(documents)
    assert [record["text"] for record in load(out)] == [each.document.text for each in documents]
    back = list(writer.read_back(out, [each.document for each in documents], options))
    for found, record, source in zip(back, load(out), documents, strict=True):
        entities = [
            Entity(a.span, a.label, NAMES.get(a.annotator, a.annotator), str(a.origin), *source.note_on(a.id))
            for a in source.annotations
        ]
        assert list(found.entities) == entities
        assert [record["text"][s["start"] : s["end"]] for s in record["spans"]] == [  # type: ignore[index,attr-defined]
            a.span.of(source.document.text) for a in source.annotations
        ]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
@settings(max_examples=40, deadline=None)
@given(documents=st.lists(annotated_documents(), max_size=3))
def test_random_documents_come_back_exact(
    tmp_path_factory: pytest.TempPathFactory, writer: Writer, documents: list[AnnotatedDocument]
) -> None:
    check_round_trip(tmp_path_factory.mktemp("json"), writer, documents)


@settings(max_examples=60, deadline=None)
@given(annotated=annotated_documents(), is_noted=st.booleans())
def test_a_line_put_together_by_hand_is_the_one_of_the_object(annotated: AnnotatedDocument, is_noted: bool) -> None:
    writer, options = JsonlWriter(), WriteOptions(names=NAMES | {"a1": 'سعاد "م\\" \u0085'})
    given = annotated if is_noted else replace(annotated, notes=())
    for some in (given.annotations, given.annotations[1:], ()):
        made = json.dumps(writer.to_object(given, some, options), ensure_ascii=False)
        assert writer.to_line(given, some, options) == made


DAMAGES = [
    ('"start": 0', '"start": 1', "is not at"),
    ('"label": "LOC", ', "", "keys"),
    ('"label": "LOC", ', '"labels": "LOC", ', "keys|label"),
    ('"origin": "confirmed:lexicon"', '"origin": "suggestion:lexicon"', "keys"),
    ('"origin": "confirmed:lexicon"', '"origin": 1', "what was read back differs"),
    ('"text": "دمشق", "annotator"', '"text": "حلب", "annotator"', "is not at"),
    ('"title": ""', '"title": "x"', "title differs"),
    ('"kind": "date"', '"kind": "title"', "regions differs"),
    ('"source": "", ', "", "source differs"),
    ('"source": "", ', '"source": "", "extra": 1, ', "extra differs"),
    ("}]}\n", "}]}}\n", "what was read back differs"),
    ("}]}\n", '}]}\n{"id": "x"}\n', "more documents|single JSON array"),
]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
@pytest.mark.parametrize(("old", "damaged", "complaint"), DAMAGES)
def test_a_damaged_file_does_not_read_back(
    tmp_path: Path, writer: Writer, old: str, damaged: str, complaint: str
) -> None:
    document = marked("⟦LOC|دمشق⟧ ⟦date|أمس⟧")
    out = tmp_path / f"out{writer.suffix}"
    list(writer.write([document], out, WriteOptions()))
    content = out.read_text("utf-8")
    assert old in content
    out.write_text(content.replace(old, damaged), "utf-8")
    with pytest.raises(ExportError, match=complaint):
        list(writer.read_back(out, [document.document], WriteOptions()))


@pytest.mark.parametrize(
    "content", ["", "[\n", "]\n", "[\n]\n]\n", "[\n{},\n]\n", "[\n{}\n{}\n]\n", "[]\n", "[\n{}\n", "{}\n"]
)
def test_what_is_no_array_of_one_object_a_line_does_not_read_back(tmp_path: Path, content: str) -> None:
    out = tmp_path / "out.json"
    out.write_text(content, "utf-8")
    with pytest.raises(ExportError):
        list(JsonWriter().read_back(out, [marked("دمشق").document], WriteOptions()))


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_a_file_that_ends_early_does_not_read_back(tmp_path: Path, writer: Writer) -> None:
    one, two = marked("دمشق"), marked("حلب")
    out = tmp_path / f"out{writer.suffix}"
    list(writer.write([one], out, WriteOptions()))
    with pytest.raises(ExportError, match="before its last"):
        list(writer.read_back(out, [one.document, two.document], WriteOptions()))
