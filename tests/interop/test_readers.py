"""seqeval, dkpro-cassis, udapi and bratutils read what we write, and find the same spans."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.formats.registry import Fate, WriteOptions, find_writer
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
        left_out = sum(remark.fate is Fate.LEFT_OUT for remarks in said for remark in remarks)
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
    for source, remarks in zip(DOCUMENTS, said, strict=True):
        wanted = sorted(("".join(text.split()), label) for text, label in surfaces(source, remarks))
        assert sorted(found.get(source.document.id, [])) == wanted


def test_bratutils_reads_the_same_spans(tmp_path: Path) -> None:
    program("bratutils")
    path = tmp_path / "out.zip"
    said = list(find_writer("brat").write(DOCUMENTS, path, ALL))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "brat")
    read = part("bratutils.bratdata").BratDocument
    for source, remarks in zip(DOCUMENTS, said, strict=True):
        notes = read(str(tmp_path / "brat" / f"{source.document.id}.ann"))
        found = sorted((a.content, a.tag) for a in notes.values())
        assert found == sorted((text.replace("\n", " "), label) for text, label in surfaces(source, remarks))
