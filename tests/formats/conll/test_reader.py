"""CoNLL in: dialects told apart, documents and texts made by rule, and what is amiss named by its line."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.corpus.iob import Scheme, encode
from annotator.formats.base.reader import ReadOptions
from annotator.formats.base.record import Problem, Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.conll.reader import ConllReader
from annotator.formats.conll.writer import ConllWriter
from annotator.formats.registry import reader_for
from annotator.formats.tokens.flatten import flatten
from tests.domain.corpus.test_iob import disjoint_entities
from tests.formats.strategies import annotated_documents

Found = list[tuple[str, str]]
"""The words of each entity, and its label."""


def read(path: Path, content: str, options: ReadOptions | None = None) -> tuple[list[Record], list[str]]:
    path.write_bytes(content.encode("utf-8"))
    return sorted_out(path, options)


def sorted_out(path: Path, options: ReadOptions | None = None) -> tuple[list[Record], list[str]]:
    found = list(reader_for(path, "conll", options).read(path))
    problems = [f"{p.place}: {p.message}" for p in found if isinstance(p, Problem)]
    assert all(told.endswith(".") and "\n" not in told for told in problems)
    return [r for r in found if isinstance(r, Record)], problems


def entities(record: Record) -> Found:
    return [(e.span.of(record.text), e.label) for e in record.annotations]


def rows(content: str) -> str:
    """Write a row for each word/tag/tag..., and an empty line for each bar."""
    return "\n".join("" if word == "|" else word.replace("/", "\t") for word in content.split()) + "\n"


@settings(max_examples=60)
@given(st.lists(annotated_documents(), max_size=4), st.sampled_from(["word", "split"]), st.booleans())
def test_what_the_writer_writes_is_read_as_it_was_flattened(
    documents: list[AnnotatedDocument], clitics: str, include_debris: bool
) -> None:
    options = WriteOptions(clitics, include_debris)
    blocks = [flatten(document, options)[0] for document in documents]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.conll")
        list(ConllWriter().write(documents, path, options))
        records, problems = sorted_out(path)
    if not any(blocks):
        assert problems == [f"{path}: no word found. Each line must have a word and its tag."] or not documents
        return
    assert not problems
    assert [record.fields["id"] for record in records] == [document.document.id for document in documents]
    for record, sentences in zip(records, blocks, strict=True):
        assert record.text == "\n".join(" ".join(token.text for token in block.tokens) for block in sentences)
        assert entities(record) == [
            (" ".join(token.text for token in block.tokens[first:end]), label)
            for block in sentences
            for first, end, label in block.entities
        ]


@given(disjoint_entities(), st.sampled_from([Scheme.IOB1, Scheme.IOB2, Scheme.IOBES, Scheme.BILOU]))
def test_every_scheme_is_read(drawn: tuple[int, list[tuple[int, int, str]]], scheme: Scheme) -> None:
    length, wanted = drawn
    if not length:
        return
    words = [f"w{i}" for i in range(length)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.bio")
        path.write_text("\n".join(map(" ".join, zip(words, encode(length, wanted, scheme), strict=True))))
        ((record,), problems) = sorted_out(path)
    assert not problems
    assert entities(record) == [(" ".join(words[first:end]), label) for first, end, label in wanted]


@pytest.mark.parametrize(
    ("content", "scheme", "found"),
    [
        ("a/B-X b/I-X c/O d/B-Y", "IOB2", [("a b", "X"), ("d", "Y")]),
        ("a/I-X b/I-X c/B-X d/O", "IOB1", [("a b", "X"), ("c", "X")]),
        ("a/I-X b/I-X c/I-Y", "IO", [("a b", "X"), ("c", "Y")]),
        ("a/X b/X c/O d/Y-Z", "IO", [("a b", "X"), ("d", "Y-Z")]),
        ("a/B-X b/I-X c/E-X d/S-X", "IOBES", [("a b c", "X"), ("d", "X")]),
        ("a/B-X b/M-X c/E-X d/S-X", "IOBES", [("a b c", "X"), ("d", "X")]),
        ("a/B-X b/L-X c/U-X d/U-X", "BILOU", [("a b", "X"), ("c", "X"), ("d", "X")]),
        ("a/B-X b/I-Y c/O d/I-X", "IOB2", [("a", "X"), ("b", "Y"), ("d", "X")]),
        ("a/B-X | b/I-X", "IOB2", [("a", "X"), ("b", "X")]),
    ],
)
def test_schemes_are_told_apart_by_the_whole_file(tmp_path: Path, content: str, scheme: str, found: Found) -> None:
    ((record,), problems) = read(tmp_path / "a.conll", rows(content))
    assert (record.fields["tag_scheme"], entities(record), problems) == (scheme, found, [])


def test_nested_entities_stand_in_one_cell_or_in_columns(tmp_path: Path) -> None:
    wanted = [
        ("وزير الدفاع في بغداد", "OCC"),
        ("الدفاع في بغداد", "ORG"),
        ("بغداد", "GPE"),
        ("مجلس بغداد", "ORG"),
        ("بغداد", "ORG"),
    ]
    spaced = (
        "وزير B-OCC\nالدفاع I-OCC B-ORG\nفي I-OCC I-ORG\nبغداد I-OCC I-ORG B-GPE\n\nمجلس B-ORG\nبغداد I-ORG B-ORG\n"
    )
    one_cell = (
        "وزير\tB-OCC\nالدفاع\tI-OCC B-ORG\nفي\tI-OCC I-ORG\nبغداد\tI-OCC I-ORG B-GPE\n\nمجلس\tB-ORG\nبغداد\tI-ORG B-ORG"
    )
    levels = rows(
        "وزير/B-OCC/O/O الدفاع/I-OCC/B-ORG/O في/I-OCC/I-ORG/O بغداد/I-OCC/I-ORG/B-GPE | مجلس/B-ORG/O/O "
        "بغداد/I-ORG/B-ORG/O"
    )
    for content in (spaced, one_cell, levels):
        ((record,), problems) = read(tmp_path / "a.conll", content)
        assert not problems
        assert entities(record) == wanted


def test_of_columns_that_are_no_tags_the_last_is_read(tmp_path: Path) -> None:
    content = "-DOCSTART- -X- O O\n\nU.N. NNP I-NP I-ORG\nofficial NN I-NP O\n\nBaghdad NNP B-NP I-LOC\n. . O O\n"
    ((record,), problems) = read(tmp_path / "a.conll", content)
    assert record.text == "U.N. official\nBaghdad ."
    assert (entities(record), problems) == ([("U.N.", "ORG"), ("Baghdad", "LOC")], [])


def test_documents_are_as_the_file_says(tmp_path: Path) -> None:
    before = "# global\nا O\n\n# newdoc id = x 1\n# sent_id = 7\nب O\n\nت O\n# doc_id: y\nث O\n"
    content = before + "# newdoc\nج B-LOC\n\n-DOCSTART- O\n\nح O"
    records, problems = read(tmp_path / "a.conll", content)
    assert [r.text for r in records] == ["ا", "ب\nت", "ث", "ج", "ح"]
    assert [r.fields["id"] for r in records] == ["a-1", "x 1", "y", "a-4", "a-5"]
    assert records[1].place == f"{tmp_path / 'a.conll'}, lines 4-8"
    assert not problems


def test_without_documents_so_many_sentences_are_one(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    content = "\n\n\n".join(f"w{i} O\nx B-X" for i in range(45))
    assert [len(r.text.split("\n")) for r in read(path, content)[0]] == [20, 20, 5]
    assert [len(r.text.split("\n")) for r in read(path, content, ReadOptions(sentences=44))[0]] == [44, 1]
    (whole,), _ = read(path, content, ReadOptions(sentences=0))
    assert len(whole.annotations) == 45
    assert all(e.span.of(whole.text) == "x" for e in whole.annotations)


def test_a_hash_may_be_a_word(tmp_path: Path) -> None:
    ((record,), problems) = read(tmp_path / "a.conll", "# O\nعاجل B-X\n#عاجل B-X\n# a comment O\n")
    assert (record.text, problems) == ("# عاجل #عاجل", [])


def test_a_line_that_is_amiss_is_named_and_its_word_stays(tmp_path: Path) -> None:
    good = "كلمة O\n" * 30
    path = tmp_path / "a.conll"
    (record,), problems = read(path, good + "بغداد B-LOC\nوحدها\n. Oثم O\nدمشق BLOC\n" + good)
    assert entities(record) == [("بغداد", "LOC")]
    assert "بغداد وحدها . Oثم دمشق" in record.text
    assert problems == [
        f"{path}, line 32: the word has no tag: the word was read with O. Correct the line.",
        f"{path}, line 33: 3 columns, and the others have 2: the word was read with O. Correct the line.",
        f"{path}, line 34: 'BLOC' is not a tag: the word was read with O. Correct the line.",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no word found"),
        ("# newdoc id = 1\n\n", "no word found"),
        ("نص عادي\nليس جدولا\n\nكلمة\n", "1 of 3 lines have no tag"),
        ("a B-X\nb foo\nc bar\n", "2 of 3 lines do not end in a tag"),
        ("a O\n" + "x" * (1 << 20) + " O\n", "line 2 is longer"),
        ("\x00\x01\x02" * 50, "binary"),
    ],
)
def test_what_is_no_conll_is_one_sentence(tmp_path: Path, content: str, reason: str) -> None:
    records, (problem,) = read(tmp_path / "a.conll", content)
    assert not records
    assert reason in problem


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    (problem,) = ConllReader().read(tmp_path / "none.conll")
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.message


def test_a_document_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.formats.conll.reader.MAX_TEXT", 100)
    records, problems = read(tmp_path / "a.conll", "كلمة O\n" * 50)
    assert not records
    assert "begins on line 1 is larger" in problems[0]


@pytest.mark.parametrize(("name", "documents"), [("train.txt", 56), ("val.txt", 8)])
def test_the_wojood_sample_is_read_whole(corpora: Path, name: str, documents: int) -> None:
    path = corpora / "wojood-sample" / name
    records, problems = sorted_out(path)
    assert not problems
    assert len(records) == documents
    assert Counter(e.label for r in records for e in r.annotations) == plainly_counted(path)
    assert sum(len(r.text.split()) for r in records) == sum(bool(row) for row in path.read_text("utf-8").splitlines())


def test_anercorp_is_read_whole_but_for_its_damaged_line(corpora: Path) -> None:
    path = corpora / "anercorp-dev" / "anercorp-dev.conll"
    records, problems = sorted_out(path)
    assert len(problems) == 1 and "line 17824" in problems[0]
    assert Counter(e.label for r in records for e in r.annotations) == plainly_counted(path)


def plainly_counted(path: Path) -> Counter[str]:
    """Count what begins an entity: each B-, and each I- whose label the row before does not have."""
    counts: Counter[str] = Counter()
    before: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        tags = [cell for cell in line.split(" ")[1:] if cell[1:2] == "-"]
        counts.update(tag[2:] for tag in tags if tag[0] == "B" or tag[2:] not in before)
        before = [tag[2:] for tag in tags]
    return counts


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["قال O", "محمد B_PER", "علي I_PER", "بغداد B_LOC"], ["محمد علي PER", "بغداد LOC"]),
        (["قال O", "محمد B:PER", "علي E:PER", "بغداد S:LOC"], ["محمد علي PER", "بغداد LOC"]),
        (["قال O", "محمد PER-B", "علي PER-I", "بغداد LOC-B"], ["محمد علي PER", "بغداد LOC"]),
        (["قال o", "محمد b-per", "علي i-per", "بغداد b-loc"], ["محمد علي per", "بغداد loc"]),
        (["1\tقال\tO", "2\tمحمد\tB-PER", "3\tعلي\tI-PER", "4\tبغداد\tB-LOC"], ["محمد علي PER", "بغداد LOC"]),
        (["0 قال V O", "1 محمد N B_PER", "2 علي N I_PER", "3 بغداد N B_LOC"], ["محمد علي PER", "بغداد LOC"]),
        (
            ["1\tقال\tO\t-\tx", "2\tمحمد\tB-PER\t-\tx", "3\tعلي\tI-PER\t-\tx", "4\tبغداد\tB-LOC\t-\tx"],
            ["محمد علي PER", "بغداد LOC"],
        ),
        (["قال  B-VP O", "محمد  B-NP PER", "علي   I-NP PER", "بغداد B-NP LOC"], ["محمد علي PER", "بغداد LOC"]),
    ],
)
def test_what_is_written_otherwise_is_read_as_it_is_meant(lines: list[str], found: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    for start in ("-DOCSTART- -X- -X- O\n\n", "-DOCSTART -X-\n", "-docstart- O\n\n", "#begin document (a); part 000\n"):
        path.write_text(start + "\n".join([*lines, "", *lines]) + "\n", "utf-8")
        (record,) = ConllReader().read(path)
        assert isinstance(record, Record)
        assert record.text == "قال محمد علي بغداد\nقال محمد علي بغداد"
        assert [f"{e.span.of(record.text)} {e.label}" for e in record.annotations] == found * 2


def test_numbers_that_do_not_count_are_words(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    for content, text in (("1 CD O\n3 CD B-DATE\n\n1 CD O\n", "1 3\n1"), ("1\tB-A\tO\n2\tI-A\tB-B\n", "1 2")):
        path.write_text(content, "utf-8")
        (record,) = ConllReader().read(path)
        assert isinstance(record, Record)
        assert record.text == text


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("nw/a 0 {n} قال VBD (TOP* - - - * (PERSON) -", "entities are in brackets, as in CoNLL-2012. "),
        ("B-LOC بغداد\nO قال", "tags in the first column. "),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(row: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text("\n".join(row.format(n=n) for n in range(5)) + "\n", "utf-8")
    (problem,) = ConllReader().read(path)
    assert isinstance(problem, Problem)
    assert problem.message.startswith(says)
