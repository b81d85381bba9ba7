"""CoNLL: what stands in the file, what is said of the rest, and that it reads back."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.deviation import Deviation, DeviationKind, Reason
from annotator.formats.base.record import Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.conll.reader import ConllReader
from annotator.formats.conll.writer import ConllWriter
from annotator.formats.tokens.flatten import flatten
from tests.conftest import ROOT
from tests.formats.marks import annotated, marked, plain_conll, plain_entities
from tests.formats.strategies import annotated_documents

DATA = ROOT / "tests" / "data" / "export"

ARTICLES = [
    marked(
        "⟦title|⟦FORCE|القوات العراقية⟧ تلاحق خلايا في ⟦LOC|كركوك⟧ و⟦LOC|ديالى⟧⟧\n"
        "⟦debris|+ الخط -⟧\n"
        'قال ⟦TITLE|العميد⟧ ⟦PERS|سلام الخزاعي⟧ لـ"⟦MEDIA|صوت الرافدين⟧" إن '
        "⟦ARMED|كتيبة ⟦LOC|بغداد⟧⟧ هاجمت ل⟦FORCE|لقوات⟧ فجراً. "
        "وأضاف: «لا خسائر».",
        title="القوات العراقية تلاحق خلايا في كركوك وديالى",
        date=datetime.date(2024, 4, 17),
        source="صوت الرافدين",
    ),
    marked("عاد ⟦PERS|د. ليث ح. الربيعي⟧ إلى ⟦LOC|دمشق⟧،⟦LOC|حلب⟧ 👍🏽 عام 2019.\n⟦debris|المساهمون⟧"),
]


def write(path: Path, documents: list[AnnotatedDocument], options: WriteOptions) -> list[tuple[Deviation, ...]]:
    """Write the documents and check that the writer's own reading back finds what the remarks leave."""
    writer = ConllWriter()
    deviations = list(writer.write(documents, path, options))
    back = list(writer.read_back(path, [each.document for each in documents], options))
    assert [each.document for each in back] == [each.document.id for each in documents]
    for found, source, said in zip(back, documents, deviations, strict=True):
        assert sorted((e.span.start, e.span.end, e.label) for e in found.entities) == expected(source, said)
    return deviations


def expected(source: AnnotatedDocument, deviations: tuple[Deviation, ...]) -> list[tuple[int, int, str]]:
    """Return what must be in a flat file: all annotations but for what the remarks say."""
    spans = {a.id: a.span for a in source.annotations}
    for deviation in deviations:
        if deviation.kind is DeviationKind.LEFT_OUT:
            del spans[deviation.annotation.id]
        elif deviation.kind is DeviationKind.ALTERED:
            assert deviation.written is not None
            spans[deviation.annotation.id] = deviation.written
    return sorted({(spans[a.id].start, spans[a.id].end, a.label) for a in source.annotations if a.id in spans})


GOLDEN = {
    "word": WriteOptions(),
    "split": WriteOptions("split"),
    "inner-io": WriteOptions(nested="inner", scheme="IO"),
    "columns-iobes": WriteOptions("split", nested="columns", scheme="IOBES"),
    "docstart-bilou": WriteOptions(docstart=True, scheme="BILOU"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_golden_files_are_written_to_the_byte(tmp_path: Path, name: str) -> None:
    write(tmp_path / "out.conll", ARTICLES, GOLDEN[name])
    assert (tmp_path / "out.conll").read_bytes() == (DATA / f"golden-{name}.conll").read_bytes()


def deviations_on(tmp_path: Path, source: str, **options: object) -> list[tuple[DeviationKind, Reason, str | None]]:
    """Return what is said of the annotations of a marked text, with the text that was written."""
    document = marked(source)
    (deviations,) = write(tmp_path / "out.conll", [document], WriteOptions(**options))  # type: ignore[arg-type]
    return [(r.kind, r.reason, r.written.of(document.document.text) if r.written else None) for r in deviations]


def test_a_clitic_is_kept_with_its_word_or_made_a_token(tmp_path: Path) -> None:
    source = "في بغداد و⟦LOC|ديالى⟧"
    assert deviations_on(tmp_path, source) == [(DeviationKind.ALTERED, Reason.CLITIC, "وديالى")]
    assert "\nوديالى\tB-LOC\n" in (tmp_path / "out.conll").read_text("utf-8")
    assert deviations_on(tmp_path, source, clitics="split") == [(DeviationKind.ADAPTED, Reason.CLITIC, "ديالى")]
    assert "\nو\tO\nديالى\tB-LOC\n" in (tmp_path / "out.conll").read_text("utf-8")


def test_the_longest_of_overlapping_spans_stands_and_the_others_are_named(tmp_path: Path) -> None:
    document = marked("⟦ORG|وزارة دفاع ⟦LOC|العراق⟧⟧ تنفي")
    (deviations,) = write(tmp_path / "out.conll", [document], WriteOptions())
    (deviation,) = deviations
    assert (deviation.kind, deviation.reason) == (DeviationKind.LEFT_OUT, Reason.OVERLAP)
    assert deviation.annotation.label == "LOC"
    assert deviation.because is not None
    assert deviation.because.label == "ORG"


def test_inner_spans_or_a_column_for_each_level_can_be_asked_for(tmp_path: Path) -> None:
    source = "⟦ORG|وزارة دفاع ⟦LOC|العراق⟧⟧ تنفي"
    assert deviations_on(tmp_path, source, nested="inner") == [(DeviationKind.LEFT_OUT, Reason.OVERLAP, None)]
    assert "العراق\tB-LOC" in (tmp_path / "out.conll").read_text("utf-8")
    assert deviations_on(tmp_path, source, nested="columns") == []
    rows = (tmp_path / "out.conll").read_text("utf-8").split("\n")[1:5]
    assert rows == ["وزارة\tB-ORG\tO", "دفاع\tI-ORG\tO", "العراق\tI-ORG\tB-LOC", "تنفي\tO\tO"]


def test_columns_keep_crossing_spans_of_one_label_apart_by_leaving_one_out(tmp_path: Path) -> None:
    text = "جيش سوريا الحر"
    for labels, said in (("LOC", []), ("ORG", [(DeviationKind.LEFT_OUT, Reason.OVERLAP)])):
        document = annotated(marked(text).document, [(Span(0, 9), "ORG"), (Span(4, 14), labels)])
        (deviations,) = write(tmp_path / "out.conll", [document], WriteOptions(nested="columns"))
        assert [(r.kind, r.reason) for r in deviations] == said


def test_io_unites_neighbours_of_one_label_and_says_so(tmp_path: Path) -> None:
    said = deviations_on(tmp_path, "⟦LOC|دمشق⟧ و⟦LOC|حلب⟧ ⟦ORG|قسد⟧", scheme="IO")
    assert said == [
        (DeviationKind.ALTERED, Reason.CLITIC, "دمشق وحلب"),
        (DeviationKind.ALTERED, Reason.NEIGHBOUR, "دمشق وحلب"),
    ]
    with pytest.raises(ExportError, match="IO cannot"):
        write(tmp_path / "out.conll", ARTICLES, WriteOptions(scheme="IO", nested="columns"))


def test_a_span_over_a_sentence_end_joins_the_sentences(tmp_path: Path) -> None:
    said = deviations_on(tmp_path, "زار ⟦ORG|منظمة يا أمل! العربية⟧ أمس. ثم عاد.")
    assert said == [(DeviationKind.ADAPTED, Reason.SENTENCE_BORDER, "منظمة يا أمل! العربية")]
    (sentences,) = plain_conll((tmp_path / "out.conll").read_text("utf-8")).values()
    assert [len(sentence) for sentence in sentences] == [8, 3]


def test_debris_and_the_spans_in_it_stay_out_unless_asked_for(tmp_path: Path) -> None:
    source = "⟦LOC|دمشق⟧\n⟦debris|شارك عبر ⟦ORG|واتساب⟧⟧\nانتهى"
    assert deviations_on(tmp_path, source) == [(DeviationKind.LEFT_OUT, Reason.DEBRIS, None)]
    assert "شارك" not in (tmp_path / "out.conll").read_text("utf-8")
    assert deviations_on(tmp_path, source, include_debris=True) == []
    assert "واتساب\tB-ORG" in (tmp_path / "out.conll").read_text("utf-8")


def test_debris_that_repeats_the_article_is_told_from_it(tmp_path: Path) -> None:
    document = marked("⟦debris|دمشق⟧ ⟦LOC|دمشق⟧ ⟦debris|دمشق⟧⟦LOC|دمشق⟧")
    assert write(tmp_path / "out.conll", [document], WriteOptions()) == [()]


def test_equal_spans_of_two_annotators_are_written_once(tmp_path: Path) -> None:
    document = marked("⟦LOC|⟦LOC|دمشق⟧⟧ ⟦PERS|⟦ORG|حلب⟧ اليوم⟧")
    annotations = [type(a)(a.id, a.span, a.label, f"a{i % 2}", a.origin) for i, a in enumerate(document.annotations)]
    (deviations,) = write(
        tmp_path / "out.conll", [AnnotatedDocument(document.document, tuple(annotations))], WriteOptions()
    )
    assert [(r.kind, r.reason) for r in deviations] == [
        (DeviationKind.ADAPTED, Reason.SAME_SPAN),
        (DeviationKind.LEFT_OUT, Reason.OTHER_ANNOTATOR),
    ]


def test_spaces_at_the_edge_and_spans_of_spaces_alone_are_reported(tmp_path: Path) -> None:
    said = deviations_on(tmp_path, "قال⟦LOC| دمشق\u00a0⟧ثم⟦LOC| ⟧عاد", clitics="split")
    assert (DeviationKind.ALTERED, Reason.EDGE_SPACE, "دمشق") in said
    assert (DeviationKind.LEFT_OUT, Reason.ONLY_SPACE, None) in said


def test_an_empty_corpus_and_an_empty_document_can_be_written(tmp_path: Path) -> None:
    assert write(tmp_path / "none.conll", [], WriteOptions()) == []
    assert (tmp_path / "none.conll").read_bytes() == b""
    assert write(tmp_path / "blank.conll", [marked(""), marked(" \n")], WriteOptions()) == [(), ()]


def test_a_label_with_a_space_is_refused(tmp_path: Path) -> None:
    document = marked("⟦LOC|دمشق⟧")
    (annotation,) = document.annotations
    spaced = type(annotation)(annotation.id, annotation.span, "BIG CITY", "a1")
    with pytest.raises(ExportError, match="BIG CITY"):
        write(tmp_path / "out.conll", [AnnotatedDocument(document.document, (spaced,))], WriteOptions())


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda text: text.replace("دمشق", "حلب"), "Line 2"),
        (lambda text: text.replace("انتهى\tO\n", ""), "ends early"),
        (lambda text: text.replace("\tB-LOC", " B-LOC"), "Line 2"),
        (lambda text: text.replace("# newdoc id = ", "# newdoc id = 0"), "Line 1"),
        (lambda text: text.split("\n", 1)[1], "is not the beginning of the document"),
        (lambda text: text + text, "is not the beginning of the document"),
        (lambda text: "", "before its last document"),
    ],
)
def test_a_damaged_file_does_not_read_back(tmp_path: Path, damage: object, complaint: str) -> None:
    document = marked("⟦LOC|دمشق⟧ انتهى")
    path = tmp_path / "out.conll"
    write(path, [document], WriteOptions())
    path.write_text(damage(path.read_text("utf-8")), "utf-8")  # type: ignore[operator]
    with pytest.raises(ExportError, match=complaint):
        list(ConllWriter().read_back(path, [document.document], WriteOptions()))


EDGES: list[str] = json.loads((DATA.parent / "edges" / "edges.json").read_text("utf-8"))


@pytest.mark.parametrize("clitics", ["word", "split"])
def test_each_edge_of_the_list_is_exact_or_reported(tmp_path: Path, clitics: str) -> None:
    documents = [marked(f"{source} {number}") for number, source in enumerate(EDGES)]
    write(tmp_path / "out.conll", documents, WriteOptions(clitics=clitics))
    content = plain_conll((tmp_path / "out.conll").read_text("utf-8"))
    for document, (_, deviations) in zip(documents, _pairs(documents, tmp_path, clitics), strict=True):
        found = plain_entities(document.document, content[document.document.id], False)
        assert found == expected(document, deviations)
        if clitics == "split" and not any(r.kind is not DeviationKind.ADAPTED for r in deviations):
            assert found == [(a.span.start, a.span.end, a.label) for a in document.annotations]


def _pairs(
    documents: list[AnnotatedDocument], folder: Path, clitics: str
) -> list[tuple[AnnotatedDocument, tuple[Deviation, ...]]]:
    """Return each document with the remarks on it."""
    deviations = ConllWriter().write(documents, folder / "again.conll", WriteOptions(clitics=clitics))
    return list(zip(documents, deviations, strict=True))


def check_round_trip(folder: Path, documents: list[AnnotatedDocument], options: WriteOptions) -> None:
    """Write, read with the stranger's reader, and compare: each span is exact or reported."""
    documents = list({each.document.id: each for each in documents}.values())
    deviations = write(folder / "out.conll", documents, options)
    content = plain_conll((folder / "out.conll").read_text("utf-8"))
    assert list(content) == [each.document.id for each in documents]
    for document, said in zip(documents, deviations, strict=True):
        found = plain_entities(document.document, content[document.document.id], options.include_debris)
        assert found == expected(document, said)
        assert all(
            r.written == r.annotation.span
            for r in said
            if r.kind is DeviationKind.ADAPTED and r.reason.value != "sentence-border"
        )
        assert len([r for r in said if r.kind is not DeviationKind.ADAPTED]) == len(
            {r.annotation.id for r in said if r.kind is not DeviationKind.ADAPTED}
        )


OPTIONS = st.builds(WriteOptions, clitics=st.sampled_from(["word", "split"]), include_debris=st.booleans())


@settings(max_examples=60, deadline=None)
@given(documents=st.lists(annotated_documents(), max_size=3), options=OPTIONS)
def test_random_documents_come_back_exact_or_reported(
    tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], options: WriteOptions
) -> None:
    check_round_trip(tmp_path_factory.mktemp("conll"), documents, options)


JOINED_OVER_DEBRIS = AnnotatedDocument(
    Document(document_id("الال"), "الال", regions=(Region(Span(1, 2), RegionKind.DEBRIS),)),
    (Annotation("k0", Span(0, 1), "PERS", "a1"), Annotation("k1", Span(2, 3), "PERS", "a1")),
)
"""In IO the two are one, with debris between their words that is not written."""
VARIANTS = st.builds(
    WriteOptions,
    clitics=st.sampled_from(["word", "split"]),
    include_debris=st.booleans(),
    scheme=st.sampled_from(["IOB2", "IOBES", "BILOU", "IO"]),
    nested=st.sampled_from(["outer", "inner", "columns"]),
    docstart=st.booleans(),
).filter(lambda options: (options.scheme, options.nested) != ("IO", "columns"))


def check_variant(folder: Path, documents: list[AnnotatedDocument], options: WriteOptions) -> None:
    """Write, and read by the program's own reader: the words and spans are those that the remarks leave."""
    deviations = write(folder / "out.conll", documents, options)
    records = [r for r in ConllReader().read(folder / "out.conll") if isinstance(r, Record)]
    if not any(flatten(each, options)[0] for each in documents):
        return  # without a word it is no CoNLL file
    for record, source, said in zip(records, documents, deviations, strict=True):
        text = source.document.text
        left_out = () if options.include_debris else source.document.regions
        kept = ["" if any(r.span.start <= at < r.span.end for r in left_out) else c for at, c in enumerate(text)]
        wanted = [("".join(kept[start:end]).split(), label) for start, end, label in expected(source, said)]
        found = [(entity.span.of(record.text).split(), entity.label) for entity in record.annotations]
        assert sorted((["".join(words), label] for words, label in found)) == sorted(
            ["".join(words), label] for words, label in wanted
        )


@example(documents=[JOINED_OVER_DEBRIS], options=WriteOptions(scheme="IO"))
@settings(max_examples=60, deadline=None)
@given(documents=st.lists(annotated_documents(), min_size=1, max_size=3), options=VARIANTS)
def test_every_variant_comes_back_exact_or_reported(
    tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], options: WriteOptions
) -> None:
    check_variant(tmp_path_factory.mktemp("conll"), documents, options)


@pytest.mark.long
@settings(max_examples=3000, deadline=None)
@given(documents=st.lists(annotated_documents(), min_size=1, max_size=3), options=VARIANTS)
def test_every_variant_of_very_many_documents_comes_back_exact_or_reported(
    tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], options: WriteOptions
) -> None:
    check_variant(tmp_path_factory.mktemp("conll"), documents, options)


@pytest.mark.long
@settings(max_examples=3000, deadline=None)
@given(documents=st.lists(annotated_documents(), max_size=3), options=OPTIONS)
def test_very_many_random_documents_come_back_exact_or_reported(
    tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], options: WriteOptions
) -> None:
    check_round_trip(tmp_path_factory.mktemp("conll"), documents, options)


def test_the_split_of_a_span_at_the_start_and_end_of_the_text_is_exact(tmp_path: Path) -> None:
    document = marked("و⟦LOC|ديالى⟧")
    (deviations,) = write(tmp_path / "out.conll", [document], WriteOptions(clitics="split"))
    assert [r.written for r in deviations] == [Span(1, 6)]
