"""The fast writer of CoNLL writes the lines that the general one writes, and most articles can use it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.corpus.iob import Scheme
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.span import Span
from annotator.formats.base.deviation import Deviation, DeviationKind, Reason
from annotator.formats.base.writer import NESTED, SCHEMES, WriteOptions
from annotator.formats.conll.fast_writer import plain_lines
from annotator.formats.conll.writer import block_lines
from annotator.formats.tokens.flatten import flatten
from annotator.text.tokenizer import tokenize
from tests.benchmarks.beside_others import articles
from tests.formats.marks import marked
from tests.formats.strategies import PIECES, annotated_documents

options = st.builds(
    WriteOptions,
    clitics=st.sampled_from(["word", "split"]),
    include_debris=st.booleans(),
    scheme=st.sampled_from(SCHEMES),
    nested=st.sampled_from(NESTED),
)


def by_annotation(deviations: Sequence[Deviation]) -> list[Deviation]:
    """Return the remarks by the annotation, those on one in their order."""
    return sorted(deviations, key=lambda deviation: deviation.annotation.id)


def check(annotated: AnnotatedDocument, how: WriteOptions) -> bool:
    """Compare the two ways; tell whether the short one could be taken."""
    plain = plain_lines(annotated, how)
    if plain is None:
        return False
    blocks, deviations = flatten(annotated, how)
    assert plain[0] == block_lines(blocks, Scheme(how.scheme))
    assert by_annotation(plain[1]) == by_annotation(deviations)
    return True


@st.composite
def parted_documents(draw: st.DrawFn) -> AnnotatedDocument:
    """Return a document whose spans do not overlap, most of them on whole tokens, and perhaps debris on whole lines."""
    words = st.sampled_from([*PIECES, *["قال", "وبغداد", "نعم.", "(دمشق)", "د.", "«حلب».", "3.5", "ثم،"] * 6])
    lines = draw(st.lists(st.lists(words, max_size=8).map(draw(st.sampled_from([" ", ""])).join), max_size=5))
    text = "\n".join(lines)
    tokens = tokenize(text)
    edges = sorted(
        draw(st.sets(st.sampled_from([edge for t in tokens for edge in (t.start, t.end)] or [0]), max_size=12))
        | draw(st.sets(st.integers(0, len(text)), max_size=draw(st.sampled_from([0, 0, 2]))))
    )
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    labels = draw(st.lists(st.sampled_from(["LOC", "ORG"]), min_size=len(spans), max_size=len(spans)))
    annotations = [
        Annotation(str(n), span, label, "a1") for n, (span, label) in enumerate(zip(spans, labels, strict=True))
    ]
    regions = []
    if lines and lines[0].strip() and draw(st.booleans()):
        regions.append(Region(Span(0, len(lines[0])), RegionKind.DEBRIS))
    return AnnotatedDocument(Document(document_id(text), text, regions=tuple(regions)), tuple(annotations))


@settings(max_examples=400, deadline=None)
@given(annotated=annotated_documents() | parted_documents(), how=options)
def test_the_short_way_gives_the_lines_and_remarks_of_the_long_one(
    annotated: AnnotatedDocument, how: WriteOptions
) -> None:
    check(annotated, how)


@pytest.mark.long
@settings(max_examples=10_000, deadline=None)
@given(annotated=annotated_documents() | parted_documents(), how=options)
def test_the_same_for_many_more(annotated: AnnotatedDocument, how: WriteOptions) -> None:
    check(annotated, how)


@pytest.mark.parametrize("scheme", ["IOB2", "IOBES", "BILOU"])
@pytest.mark.parametrize("include_debris", [True, False])
def test_articles_take_the_short_way(scheme: str, include_debris: bool) -> None:
    taken = [check(each, WriteOptions(include_debris=include_debris, scheme=scheme)) for each in articles(40)]
    assert sum(taken) > 35


SIMPLE = [
    ("قال ⟦PERS|أحمد⟧ نعم.\nفي ⟦LOC|بغداد⟧.\n", []),
    ("في (⟦LOC|بغداد⟧)، ثم «⟦LOC|دمشق⟧».", []),
    ("إلى و⟦LOC|بغداد⟧ اليوم", [(DeviationKind.ALTERED, Reason.CLITIC)]),
    ("إلى ⟦LOC|بغدا⟧د اليوم", [(DeviationKind.ALTERED, Reason.INSIDE_WORD)]),
    ("عاد ⟦ORG|جيش\nالعراق⟧ إلى", [(DeviationKind.ADAPTED, Reason.SENTENCE_BORDER)]),
    ("عاد ⟦ORG|جيش. العراق⟧ إلى. هنا. وهناك", [(DeviationKind.ADAPTED, Reason.SENTENCE_BORDER)]),
    ("قال نعم. ثم قال ⟦PERS|د. أحمد⟧. وعاد.", []),
    ("\n\n أ\n\n\n \n⟦LOC|ب⟧\n", []),
    ("⟦debris|شارك ⟦ORG|واتساب⟧⟧\nفي ⟦LOC|حلب⟧", [(DeviationKind.LEFT_OUT, Reason.DEBRIS)]),
    ("\n \n", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "said"), SIMPLE)
def test_what_is_simple_takes_the_short_way(text: str, said: list[tuple[DeviationKind, Reason]]) -> None:
    annotated = marked(text)
    assert check(annotated, WriteOptions())
    plain = plain_lines(annotated, WriteOptions())
    assert plain and [(deviation.kind, deviation.reason) for deviation in plain[1]] == said


NOT_SIMPLE = [
    "⟦LOC|ديالى ⟦LOC|بغداد⟧⟧",
    "بين ⟦LOC|بغداد⟧-⟦LOC|دمشق⟧ طريق",
    "في⟦LOC| بغداد⟧",
    "كلمة\u2028⟦LOC|بغداد⟧",
    "هنا ⟦debris|شارك⟧ في ⟦LOC|حلب⟧",
    f"{'ا' * 70}⟦LOC|حلب⟧",
    f"⟦LOC|حلب⟧{'ا' * 70}",
]


@pytest.mark.parametrize("text", NOT_SIMPLE)
def test_what_is_not_simple_is_left_to_the_long_way(text: str) -> None:
    assert not check(marked(text), WriteOptions())


def test_words_that_were_met_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.formats.conll import fast_writer

    monkeypatch.setattr(fast_writer, "_MOST_WORDS", 10)
    kept = fast_writer._Lines()
    for number in range(25):
        assert kept[f"w{number}"] == f"w{number}\tO\n"
        assert len(kept) <= 10
    long = "ا" * 65
    assert kept[long] == f"{long}\tO\n" and long not in kept
