"""Random documents made of what Arabic news really holds, annotated at random."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.domain.annotation import Annotation, Origin, OriginKind
from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document, Region, RegionKind, document_id
from annotator.domain.span import Span

PIECES = [
    " ",
    " ",
    " ",
    "\n",
    "\u00a0",
    "\t",
    "وديالى",
    "بغداد",
    "،",
    "للقوات",
    "كُتِبَ",
    "الـــجيش",
    "\u200fمحمد\u200f",
    "👍🏽",
    "👨‍👩‍👧",
    "17/4/2020",
    "F-16",
    "إف-16",
    "«",
    "»",
    '"',
    ".",
    "؟",
    "!",
    "#عاجل",
    "# ",
    "د. ",
    "٢٠٢٠",
    "\u2028",
    "\u0085",
    "\u0301",
    "ـ",
    "\u200c",
    "\ufeff",
    "a@b.iq",
    "-",
    "O",
    "-DOCSTART-",
    "[",
    "]",
    "(",
    ")",
    "\u202b",
    "ﷲ",
    "x",
]
LABELS = ["PERS", "LOC", "ORG"]
ORIGINS = [Origin(), Origin(OriginKind.CONFIRMED, "lexicon"), Origin(OriginKind.CORRECTED, "camel")]


@st.composite
def annotated_documents(draw: st.DrawFn) -> AnnotatedDocument:
    """Return a document with up to six annotations by up to three annotators, and perhaps debris."""
    text = "".join(draw(st.lists(st.sampled_from(PIECES), max_size=25)))
    regions, annotations = [], []
    if text:
        places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)).map(
            lambda p: Span(p[0], min(p[0] + p[1], len(text)))
        )
        regions = [Region(span, RegionKind.DEBRIS) for span in draw(st.lists(places, max_size=2))]
        for i, span in enumerate(draw(st.lists(places, max_size=6))):
            label, who = draw(st.sampled_from(LABELS)), draw(st.sampled_from(["a1", "a2", "a3"]))
            annotations.append(Annotation(f"k{i}", span, label, who, draw(st.sampled_from(ORIGINS))))
    annotations.sort(key=lambda a: (a.span.start, -a.span.end, a.id))
    return AnnotatedDocument(Document(document_id(text), text, regions=tuple(regions)), tuple(annotations))
