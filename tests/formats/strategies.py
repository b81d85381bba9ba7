"""Random documents made of what Arabic news really holds, annotated at random."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import strategies as st

from annotator.domain.annotation import Annotation, Origin, OriginKind
from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document, Region, RegionKind, document_id
from annotator.domain.notes import Note
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


NOTES = ["", "قد يكون اسماً", "سطر\nثانٍ\tبعده", "C:\\new \\\\ \\u0041", "=1+1", '"', "\u2028 x\u0085", " ؟ ", "# |,;[("]


@st.composite
def annotated_documents(draw: st.DrawFn) -> AnnotatedDocument:
    """Return a document with up to six annotations by up to three annotators, perhaps debris, and perhaps notes."""
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=25))
    text = "".join(pieces)
    regions, annotations, notes = [], [], []
    if text:
        places = st.one_of(_anywhere(len(text)), _on_pieces(pieces))
        regions = [Region(span, RegionKind.DEBRIS) for span in draw(st.lists(places, max_size=2))]
        for i, span in enumerate(draw(st.lists(places, max_size=6))):
            label, who = draw(st.sampled_from(LABELS)), draw(st.sampled_from(["a1", "a2", "a3"]))
            annotations.append(Annotation(f"k{i}", span, label, who, draw(st.sampled_from(ORIGINS))))
            notes += draw(st.lists(_notes(who, f"k{i}"), max_size=1))
    notes += draw(st.lists(st.sampled_from(["a1", "a2"]).flatmap(lambda who: _notes(who, "")), max_size=2))
    annotations.sort(key=lambda a: (a.span.start, -a.span.end, a.id))
    newlines = draw(st.sampled_from(["lf", "crlf", "mixed"])) if "\n" in text else ""
    document = Document(document_id(text), text, regions=tuple(regions), newlines=newlines)
    each = {(note.annotator, note.key): note for note in notes}
    return AnnotatedDocument(document, tuple(annotations), tuple(each[place] for place in sorted(each)))


def _anywhere(length: int) -> st.SearchStrategy[Span]:
    """Return spans of up to twelve characters anywhere in a text."""
    ends = st.tuples(st.integers(0, length - 1), st.integers(1, 12))
    return ends.map(lambda p: Span(p[0], min(p[0] + p[1], length)))


def _on_pieces(pieces: list[str]) -> st.SearchStrategy[Span]:
    """Return spans of one to three whole pieces, of which the first may lose its first letter, as a clitic is lost."""
    starts = [0, *accumulate(map(len, pieces))]
    first = st.integers(0, len(pieces) - 1)

    def spans(at: int) -> st.SearchStrategy[Span]:
        """Return those that begin in a piece."""
        ends = st.sampled_from(starts[at + 1 : at + 4])
        skipped = st.integers(0, min(1, len(pieces[at]) - 1))
        return st.tuples(skipped, ends).map(lambda p: Span(starts[at] + p[0], p[1]))

    return first.flatmap(spans)


def _notes(annotator: str, key: str) -> st.SearchStrategy[Note]:
    """Return notes of an annotator under a key, of which none is empty."""
    said = st.tuples(st.sampled_from(NOTES), st.booleans()).filter(any)
    return said.map(lambda note: Note(annotator, key, *note))
