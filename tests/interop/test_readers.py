"""seqeval, dkpro-cassis, udapi, bratutils, bratly and gatenlp read what we write, and find the same spans.

TEI is held against the schema of the Text Encoding Initiative, and read by standoffconverter and by lxml alone.

For WebAnno TSV there is no such program to be had: what PyPI has (webanno2spacy 0.1) reads the first column of a layer
only, and neither stacked spans nor parts of words. tests/formats/webanno/grammar.py stands in for it.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.formats.base.deviation import DeviationKind
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_writer
from tests.interop.conftest import DOCUMENTS, part, program, surfaces

ALL = WriteOptions("split", include_debris=True)


def test_seqeval_scores_every_scheme(tmp_path: Path) -> None:
    program("seqeval")
    scheme = part("seqeval.scheme")
    metrics = part("seqeval.metrics")
    for name in ("IOB2", "IOBES", "BILOU"):
        path = tmp_path / "out.conll"
        said = list(find_writer("conll").write(DOCUMENTS, path, WriteOptions("split", scheme=name)))
        sentences = [
            [line.split("\t")[1] for line in block.splitlines() if "\t" in line]
            for block in path.read_text("utf-8").split("\n\n")
        ]
        score = metrics.f1_score(sentences, sentences, mode="strict", scheme=getattr(scheme, name))
        found = part("seqeval.scheme").Entities(sentences, getattr(scheme, name)).entities
        assert score == 1.0
        wanted = sum(len(source.annotations) for source in DOCUMENTS)
        left_out = sum(deviation.kind is DeviationKind.LEFT_OUT for deviations in said for deviation in deviations)
        assert sum(map(len, found)) == wanted - left_out


def test_cassis_finds_the_same_covered_text(tmp_path: Path) -> None:
    cassis = program("cassis", "dkpro-cassis")
    path = tmp_path / "out.zip"
    list(find_writer("xmi").write(DOCUMENTS, path, ALL))
    with zipfile.ZipFile(path) as archive:
        with archive.open("TypeSystem.xml") as file:
            system = cassis.load_typesystem(file)
        for source in DOCUMENTS:
            with archive.open(f"{source.document.id}.xmi") as file:
                cas = cassis.load_cas_from_xmi(file, typesystem=system)
            assert cas.sofa_string == source.document.text
            found = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
            assert sorted((a.get_covered_text(), a.value) for a in found) == surfaces(source)


@pytest.mark.filterwarnings("ignore:unclosed file", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_udapi_finds_the_same_entities(tmp_path: Path) -> None:
    program("udapi")
    path = tmp_path / "out.conllu"
    said = list(find_writer("conllu").write(DOCUMENTS, path, ALL))
    documents = part("udapi.core.document").Document(str(path))
    found: dict[str, list[tuple[str, str]]] = {}
    for entity in documents.coref_entities:
        for mention in entity.mentions:
            name = mention.words[0].root.sent_id.rpartition("-")[0]
            words = "".join(word.form for word in mention.words)
            found.setdefault(name, []).append((words, entity.etype))
    for source, deviations in zip(DOCUMENTS, said, strict=True):
        wanted = sorted(("".join(text.split()), label) for text, label in surfaces(source, deviations))
        assert sorted(found.get(source.document.id, [])) == wanted


def test_bratutils_reads_the_same_spans_and_notes(tmp_path: Path) -> None:
    program("bratutils")
    path = tmp_path / "out.zip"
    # It reads spans and notes and fails at all other lines, so nothing here is doubtful, which is an attribute.
    documents = [replace(each, notes=tuple(replace(n, doubtful=False) for n in each.notes)) for each in DOCUMENTS]
    said = list(find_writer("brat").write(documents, path, ALL))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "brat")
    read = part("bratutils.bratdata").BratDocument
    for source, deviations in zip(documents, said, strict=True):
        notes = read(str(tmp_path / "brat" / f"{source.document.id}.ann"))
        found = sorted((a.content, a.tag) for a in notes.values())
        assert found == sorted((text.replace("\n", " "), label) for text, label in surfaces(source, deviations))
    assert [a.comment.note for a in notes.values() if a.comment] == [r"أهي الراوي؟\nأم غيرها"]


def test_bratly_finds_every_line_in_order_with_notes_and_doubts(tmp_path: Path) -> None:
    program("bratly")
    path = tmp_path / "out.zip"
    said = list(find_writer("brat").write(DOCUMENTS, path, ALL))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "brat")
    read = part("bratly.io.file_read_src").read_and_load_ann_file
    kinds = part("bratly")
    as_written = {"no_duplicates": False, "sorting": False, "renumerotize": False}
    for source, deviations in zip(DOCUMENTS, said, strict=True):
        # It holds each line against brat's grammar, and each span's text against its places.
        lines = read(str(tmp_path / "brat" / f"{source.document.id}.ann"), **as_written).annotations
        spans = [a for a in lines if isinstance(a, kinds.EntityAnnotation)]
        found = sorted((a.content, a.label) for a in spans)
        assert found == sorted((text.replace("\n", " "), label) for text, label in surfaces(source, deviations))
    others = [(type(a).__name__, a.label, a.component.content) for a in lines if a not in spans]
    assert others == [
        ("AttributeAnnotation", "Doubtful", "سعاد"),
        ("AttributeAnnotation", "Doubtful", "بغداد"),
        ("NoteAnnotation", "AnnotatorNotes", "سعاد"),
    ]
    assert [a.value for a in lines if a.label == "AnnotatorNotes"] == [r"أهي الراوي؟\nأم غيرها"]


def test_gatenlp_finds_the_same_spans_and_features(tmp_path: Path) -> None:
    program("gatenlp")
    path = tmp_path / "out.zip"
    list(find_writer("gate").write(DOCUMENTS, path, ALL))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "gate")
    for source in DOCUMENTS:
        document = part("gatenlp").Document.load(str(tmp_path / "gate" / f"{source.document.id}.xml"), fmt="gatexml")
        assert document.text == source.document.text
        found = {
            (a.start, a.end, a.type, who, a.features.get("note", ""), a.features.get("doubtful") == "true")
            for who in document.annset_names()
            for a in document.annset(who)
        }
        assert found == {
            (a.span.start, a.span.end, a.label, a.annotator, *source.note_on(a.id)) for a in source.annotations
        }
    assert document.features["note:a1"] == "راجع\nالتاريخ"
