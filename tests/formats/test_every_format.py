"""What holds for every format that is written: each span comes back exact, or the writer says what became of it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.notes import combine_notes
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.deviation import Deviation, DeviationKind, Reason
from annotator.formats.base.record import Entity, FileNote, Problem
from annotator.formats.base.writer import NoteWriter, WriteOptions, Writer
from annotator.formats.registry import find_reader, writers
from tests.conftest import ROOT
from tests.formats.conll.test_writer import ARTICLES, EDGES
from tests.formats.installed import FORMATS, NEEDS, PLAIN
from tests.formats.marks import marked
from tests.formats.strategies import LABELS, ODD_LABELS, annotated_documents

DATA = ROOT / "tests" / "data" / "export"
NAMES = {"a1": "سعاد", "a2": "Omar"}
EXACT = ["csv", "doccano", "gate", "huggingface", "json", "jsonl", "label-studio", "parquet", "prodigy", "spacy", "tei"]
"""Formats that hold every span to the character."""
XML = ["gate", "tei", "xmi"]
REFUSING = ["conllu"]
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
OPTIONS = st.builds(
    WriteOptions, st.sampled_from(["word", "split"]), include_debris=st.booleans(), names=st.just(NAMES)
)


def wanted(source: AnnotatedDocument, said: tuple[Deviation, ...], writer: Writer) -> list[Entity]:
    """Return what must be in the file: all that was confirmed but for what is said."""
    spans = {a.id: a.span for a in source.annotations}
    for deviation in said:
        assert spans[deviation.annotation.id] == deviation.annotation.span, "no annotation is remarked on twice"
        if deviation.kind is DeviationKind.LEFT_OUT:
            del spans[deviation.annotation.id]
        elif deviation.kind is DeviationKind.ALTERED:
            assert deviation.written
            spans[deviation.annotation.id] = deviation.written
    held = [a for a in source.annotations if a.id in spans]
    noted = {a.id: source.note_on(a.id) if isinstance(writer, NoteWriter) else ("", False) for a in held}
    if writer.holds_annotators:
        who = {a.id: (NAMES.get(a.annotator, a.annotator), str(a.origin)) for a in held}
        return sorted(Entity(spans[a.id], a.label, *who[a.id], *noted[a.id]) for a in held)
    united: dict[tuple[Span, str], list[tuple[str, bool]]] = {}
    for a in held:
        united.setdefault((spans[a.id], a.label), []).append(noted[a.id])
    return sorted(Entity(span, label, "", "", *combine_notes(notes)) for (span, label), notes in united.items())


def wanted_notes(source: AnnotatedDocument, writer: Writer) -> list[FileNote]:
    """Return the notes on the document that must be in the file."""
    if not isinstance(writer, NoteWriter) or not writer.holds_document_notes:
        return []
    names = NAMES if writer.holds_annotators else dict.fromkeys(["a1", "a2"], "")
    return sorted(FileNote(n.text, n.doubtful, names[n.annotator]) for n in source.notes if not n.key)


def check(
    name: str, folder: Path, documents: list[AnnotatedDocument], options: WriteOptions
) -> list[tuple[Deviation, ...]]:
    """Write the documents, read them back, and compare; return what was said of them."""
    documents = list({each.document.id: each for each in documents}.values())
    writer = writers()[name]
    path = folder / f"out{writer.suffix}"
    said = list(writer.write(documents, path, options))
    back = list(writer.read_back(path, [each.document for each in documents], options))
    assert [each.document for each in back] == [each.document.id for each in documents]
    for found, source, deviations in zip(back, documents, said, strict=True):
        told = tuple(r for r in deviations if r.kind is not DeviationKind.ADAPTED)
        assert sorted(found.entities) == wanted(source, told, writer)
        assert sorted(found.notes) == wanted_notes(source, writer)
    return said


def held_by(name: str, documents: list[AnnotatedDocument]) -> list[AnnotatedDocument]:
    """Return the documents whose characters a format has a place for; that it refuses the others is tested here."""
    if name not in XML:
        return documents
    bad = [document for document in documents if _NO_XML.search(document.document.text)]
    if bad:
        with TemporaryDirectory() as folder, pytest.raises(ExportError, match=r"XML cannot store it\. Export as json"):
            list(writers()[name].write(bad, Path(folder) / "out", WriteOptions()))
    return [document for document in documents if document not in bad]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None)
@given(documents=st.lists(annotated_documents(), max_size=3), options=OPTIONS)
def test_random_documents_come_back_exact_or_reported(
    name: str, tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], options: WriteOptions
) -> None:
    for deviations in check(name, tmp_path_factory.mktemp("out"), held_by(name, documents), options):
        if name in EXACT:
            assert {r.reason for r in deviations} <= {Reason.DEBRIS, Reason.SAME_SPAN}


@pytest.mark.long
@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=1500, deadline=None)
@given(documents=st.lists(annotated_documents(), max_size=3), options=OPTIONS)
def test_very_many_random_documents_come_back_exact_or_reported(
    name: str, tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], options: WriteOptions
) -> None:
    check(name, tmp_path_factory.mktemp("out"), held_by(name, documents), options)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=10, deadline=None)
@given(documents=st.lists(annotated_documents([*LABELS, *ODD_LABELS]), max_size=2), options=OPTIONS)
def test_labels_of_any_allowed_form_come_back_or_are_refused(
    name: str, tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], options: WriteOptions
) -> None:
    try:
        check(name, tmp_path_factory.mktemp("out"), held_by(name, documents), options)
    except ExportError as error:
        assert name in REFUSING, "only these formats have labels that they cannot hold"
        assert "Change its id in the tagset, or export as json" in str(error)


@pytest.mark.parametrize("name", FORMATS)
def test_each_edge_is_exact_or_reported(name: str, tmp_path: Path) -> None:
    documents = [marked(f"{source} {number}") for number, source in enumerate(EDGES)]
    assert len(documents) >= 32
    said = check(name, tmp_path, documents, WriteOptions(names=NAMES))
    if name in EXACT:
        assert not any(said)


@pytest.mark.parametrize("name", [name for name in PLAIN if name not in ("conll", "json", "jsonl")])
def test_the_golden_files_are_written_to_the_byte(name: str, tmp_path: Path) -> None:
    writer = writers()[name]
    path = tmp_path / "out"
    list(writer.write(ARTICLES, path, WriteOptions("split", names=NAMES)))
    assert path.read_bytes() == (DATA / f"golden-{name}{writer.suffix}").read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_at_all_can_be_written(name: str, tmp_path: Path) -> None:
    assert check(name, tmp_path, [], WriteOptions()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_other_documents_does_not_read_back(name: str, tmp_path: Path) -> None:
    writer = writers()[name]
    path = tmp_path / "out"
    list(writer.write([marked("⟦LOC|دمشق⟧ اليوم")], path, WriteOptions()))
    for other in ([marked("⟦LOC|حلب⟧ أمس").document], []):
        with pytest.raises(ExportError):
            list(writer.read_back(path, other, WriteOptions()))


@pytest.mark.parametrize("name", NEEDS)
def test_a_format_whose_package_is_missing_says_what_to_install(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [NEEDS[name], *(m for m in sys.modules if m.startswith(f"{NEEDS[name]}."))]:
        monkeypatch.setitem(sys.modules, module, None)
    writer = writers()[name]
    with pytest.raises(ExportError, match=r'Install it with: pip install "[a-z-]+[<>]'):
        list(writer.write([marked("⟦LOC|دمشق⟧")], tmp_path / "out", WriteOptions()))
    reader = {"huggingface": "parquet"}.get(name, name)
    (problem,) = find_reader(reader).read(tmp_path / "a")
    assert isinstance(problem, Problem)
    assert "pip install" in problem.message
