"""Random documents made of what Arabic news really holds, annotated at random."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.notes import Note
from annotator.domain.model.span import Span

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
    # What is a space or a line end for some programs only, and what shows nothing.
    *("\x0b", "\x0c", "\x1c", "\x1f", "\u2029", "\u3000", "\u200b", "\u200e", "\u2066", "\u2069", "\u00ad"),
    # Characters that stand alone where others are expected, or are none.
    *("\u0600", "\u06dd", "\u034f", "\ue000", "\U000e0041", "\U0001f1ee", "\U0010fffd", "\ufe0f", "\u0670"),
    # What has a meaning in one of the formats.
    *(
        "\\",
        "\\n",
        "\\_",
        "|",
        "*",
        "_",
        "[1]",
        "->",
        "&lt;",
        "<p>",
        "]]>",
        "{",
        "}",
        ",",
        ";",
        "'",
        "=1+1",
        "\\u0041",
        "%",
    ),
    *("#Text=", "1-1\t0-1\tx", "T1\tLOC 0 1\tx", "Entity=(e1-LOC)", "# newdoc id = x\n", "B-LOC", "x\tB-LOC\n", "\n\n"),
    "ال" * 300,
]
LABELS = ["PERS", "LOC", "ORG"]
ODD_LABELS = ["B-LOC", "LOC-", "_", "L.1", "7", "شخص", "O-"]
"""Ids of labels that are allowed, and that some formats refuse: none may change them."""
ORIGINS = [Origin(), Origin(OriginKind.CONFIRMED, "lexicon"), Origin(OriginKind.CORRECTED, "camel")]


TITLES = ["", "عنوان", "# newdoc id = x", "a\\tb\\", "=1", "<b>&amp;", "\u2028\u0085\ufeff|*_"]
NOTES = [
    "",
    "قد يكون اسماً",
    "سطر\nثانٍ\tبعده",
    "C:\\new \\\\ \\u0041",
    "=1+1",
    '"',
    "\u2028 x\u0085",
    " ؟ ",
    "# |,;[(",
    "e1 = x",
    "<&]]>",
    "'",
    "\\",
]


@st.composite
def annotated_documents(draw: st.DrawFn, labels: Sequence[str] = LABELS) -> AnnotatedDocument:
    """Return a document with up to six annotations by up to three annotators, perhaps debris, and perhaps notes."""
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=25))
    text = "".join(pieces)
    regions, annotations, notes = [], [], []
    if text:
        places = st.one_of(_anywhere(len(text)), _on_pieces(pieces))
        regions = [Region(span, RegionKind.DEBRIS) for span in draw(st.lists(places, max_size=2))]
        for i, span in enumerate(draw(st.lists(places, max_size=6))):
            label, who = draw(st.sampled_from(labels)), draw(st.sampled_from(["a1", "a2", "a3"]))
            annotations.append(Annotation(f"k{i}", span, label, who, draw(st.sampled_from(ORIGINS))))
            notes += draw(st.lists(_notes(who, f"k{i}"), max_size=1))
    notes += draw(st.lists(st.sampled_from(["a1", "a2"]).flatmap(lambda who: _notes(who, "")), max_size=2))
    annotations.sort(key=lambda a: (a.span.start, -a.span.end, a.id))
    newlines = draw(st.sampled_from(["lf", "crlf", "mixed"])) if "\n" in text else ""
    title = draw(st.sampled_from(TITLES))
    document = Document(document_id(text), text, title, regions=tuple(regions), newlines=newlines)
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
