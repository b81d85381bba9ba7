"""WebAnno TSV: what we write is as the grammar of INCEpTION asks, with the same words in it; what it writes is read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.formats.base.deviation import DeviationKind
from annotator.formats.base.record import Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_reader, find_writer
from tests.formats.conll.test_writer import ARTICLES, EDGES
from tests.formats.marks import marked
from tests.formats.strategies import annotated_documents
from tests.formats.webanno.grammar import RefusedError, read_tsv, write_tsv

LAYER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
HEADER = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}|identifier|value\n\n\n"


def blank(text: str) -> str:
    """Return a text with a plain space for each that is one: those between sentences are not in the file."""
    return re.sub(r"\s", " ", text)


def check(documents: list[AnnotatedDocument], path: Path, options: WriteOptions) -> None:
    """Write documents, read them as INCEpTION does, and compare words and labels."""
    said = list(find_writer("webanno").write(documents, path, options))
    with zipfile.ZipFile(path) as archive:
        for source, deviations in zip(documents, said, strict=True):
            content = archive.read(f"{source.document.id}.tsv")
            if not source.document.text.strip():
                continue  # INCEpTION has no place for a document without a word
            text, found = read_tsv(content)
            assert blank(text).rstrip() == blank(source.document.text).rstrip()
            spans = {a.id: (a.span, a.label) for a in source.annotations}
            for deviation in deviations:
                if deviation.kind is DeviationKind.LEFT_OUT:
                    del spans[deviation.annotation.id]
                elif deviation.written:
                    spans[deviation.annotation.id] = (deviation.written, deviation.annotation.label)
            wanted = [(LAYER, blank(span.of(source.document.text)), label) for span, label in set(spans.values())]
            assert sorted((layer, blank(words), label) for layer, words, label in found) == sorted(wanted)


ODD = ["C:\\new\\table", "[1]", "a|b", "x_y", "->", "\\->", ";*", "\\", "\x01", "\b", "😊", "\t", " \\t "]


@settings(max_examples=200, deadline=None)
@given(documents=st.lists(annotated_documents(), max_size=2), debris=st.booleans())
def test_random_documents_are_read_as_inception_reads_them(
    tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], debris: bool
) -> None:
    documents = list({each.document.id: each for each in documents}.values())
    check(documents, tmp_path_factory.mktemp("out") / "out.zip", WriteOptions(include_debris=debris))


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(st.sampled_from([*ODD, "كلمة", " ", "\n", ". ", "!"]), min_size=1, max_size=12))
def test_odd_characters_are_read_as_inception_reads_them(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    text = "".join(pieces).replace("|", "¦") + " "
    documents = [marked(f"{text}⟦LOC|{text}⟦X_|بغداد⟧⟧{text}".replace("¦", "|"))]
    check(documents, tmp_path_factory.mktemp("out") / "out.zip", WriteOptions())


def test_the_edges_and_the_articles_are_read_as_inception_reads_them(tmp_path: Path) -> None:
    documents = [*ARTICLES, *(marked(f"{source} {n}") for n, source in enumerate(EDGES))]
    check(documents, tmp_path / "out.zip", WriteOptions("split", include_debris=True))


def test_a_file_has_no_empty_line_at_its_end_which_inception_refuses(tmp_path: Path) -> None:
    path = tmp_path / "out.zip"
    list(find_writer("webanno").write([marked("⟦LOC|دمشق⟧. حلب!")], path, WriteOptions()))
    with zipfile.ZipFile(path) as archive:
        content = archive.read(archive.namelist()[0])
    assert content.decode() == (
        f"{HEADER}#Text=دمشق.\n1-1\t0-4\tدمشق\t*[1]\tLOC[1]\t\n1-2\t4-5\t.\t_\t_\t\n"
        "\n#Text=حلب!\n2-1\t6-9\tحلب\t_\t_\t\n2-2\t9-10\t!\t_\t_\t\n"
    )
    with pytest.raises(RefusedError, match="ends with an empty line"):
        read_tsv(content + b"\n")


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a text and spans in it whose edges are no spaces; some share words, parts of words, or all."""
    pieces = st.sampled_from([*ODD, "كلمة", "بغداد", "#Text=", "1-1", " ", "  ", "\n", "\n\n"])
    text = "".join(draw(st.lists(pieces, min_size=1, max_size=12)))
    solid = [n for n, character in enumerate(text) if character not in " \t\n"]
    spans = []
    if solid:
        places = st.tuples(st.sampled_from(solid), st.sampled_from(solid), st.sampled_from(["LOC", "X_|", "*", "a]"]))
        for first, last, label in draw(st.lists(places, max_size=4, unique=True)):
            spans.append((min(first, last), max(first, last) + 1, label))
    return text, sorted(set(spans))


@settings(max_examples=300, deadline=None)
@given(given=texts_with_spans())
def test_what_inception_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, given: tuple[str, list[tuple[int, int, str]]]
) -> None:
    text, spans = given
    content = write_tsv(text, spans)
    path = tmp_path_factory.mktemp("in") / "a.tsv"
    path.write_bytes(content)
    (record,) = find_reader("csv").read(path)
    assert isinstance(record, Record)
    assert blank(record.text).rstrip() == blank(text).rstrip()
    assert [(e.span.start, e.span.end, e.label) for e in sorted(record.annotations)] == spans
    assert record.annotation_problems == ()


TOKENS = "1-1\t0-6\tC:\\new\t*\tLOC\t\n1-2\t7-8\tx\t*|*\tPER|\\*\t\n"


@pytest.mark.parametrize(
    ("version", "written", "text"),
    [
        ("3.3", "C:\\\\new x \\t\\r", "C:\\new x \t\r"),
        ("3.3", "C:\\\\new x \\u0041 \\q", "C:\\new x \\u0041 \\q"),
        ("3.1", "C:\\\\new x \\u0041", "C:\\new x A"),
        ("3.2", "C:\\\\new x\n#Text=y", "C:\\new x\ny"),
    ],
)
def test_the_escapes_of_inception_are_read(version: str, written: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(f"{HEADER.replace('3.3', version)}#Text={written}\n{TOKENS}", "utf-8", newline="")
    (record,) = find_reader("csv").read(path)
    assert isinstance(record, Record)
    assert record.text == text
    assert [(e.span.of(text), e.label) for e in record.annotations] == [("C:\\new", "LOC"), ("x", "PER"), ("x", "*")]


def test_a_value_with_every_reserved_character_comes_back(tmp_path: Path) -> None:
    label = r"[a]|b_c->d;\*"
    path = tmp_path / "out.zip"
    source = marked("⟦LOC|دير ⟦LOC|الزور⟧⟧")
    given = AnnotatedDocument(
        source.document, tuple(Annotation(a.id, a.span, label, a.annotator) for a in source.annotations)
    )
    list(find_writer("webanno").write([given], path, WriteOptions()))
    (record,) = find_reader("zip").read(path)
    assert isinstance(record, Record)
    assert [e.label for e in record.annotations] == [label, label]
    with zipfile.ZipFile(path) as archive:
        _, found = read_tsv(archive.read(archive.namelist()[0]))
    assert [(words, value) for _, words, value in found] == [("دير الزور", label), ("الزور", label)]
