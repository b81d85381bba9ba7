"""Documents written as marked text, and plain readers of our exports that share no code with the program."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.span import Span

PlainSentence = list[tuple[str, str]]
PlainEntity = tuple[int, int, str]

_MARK = re.compile(r"⟦(\w+)\||⟧")


def marked(marks: str, annotator: str = "a1", **fields: object) -> AnnotatedDocument:
    """Return the document of a text in which ⟦LABEL|these words⟧ are annotated, and ⟦debris|these⟧ a region."""
    text, open_marks, found = "", [], []
    cursor = 0
    for mark in _MARK.finditer(marks):
        text += marks[cursor : mark.start()]
        cursor = mark.end()
        if mark[1]:
            open_marks.append((len(text), mark[1]))
        else:
            start, label = open_marks.pop()
            found.append((Span(start, len(text)), label))
    text += marks[cursor:]
    kinds = set(RegionKind)
    regions = tuple(Region(span, RegionKind(name)) for span, name in sorted(found) if name in kinds)
    document = Document(document_id(text), text, regions=regions, **fields)  # type: ignore[arg-type]
    places = sorted(((s, name) for s, name in found if name not in kinds), key=lambda f: (f[0].start, -f[0].end))
    return annotated(document, places, annotator)


def annotated(document: Document, places: Iterable[tuple[Span, str]], annotator: str = "a1") -> AnnotatedDocument:
    """Return a document with annotations at these places, numbered in their order."""
    origin = Origin(OriginKind.CONFIRMED, "lexicon")
    annotations = (Annotation(f"k{i:03}", span, label, annotator, origin) for i, (span, label) in enumerate(places))
    return AnnotatedDocument(document, tuple(annotations))


def plain_conll(content: str) -> dict[str, list[PlainSentence]]:
    """Read a CoNLL export as a stranger would: split at line ends and tabs, and skip comments."""
    documents: dict[str, list[PlainSentence]] = {}
    sentences: list[PlainSentence] = []
    sentence: PlainSentence = []
    for line in [*content.split("\n"), ""]:
        if line.startswith("# newdoc id = "):
            sentences = documents.setdefault(line[14:], [])
        elif line == "":
            if sentence:
                sentences.append(sentence)
            sentence = []
        else:
            token, tag = line.split("\t")
            sentence.append((token, tag))
    return documents


def plain_entities(document: Document, sentences: list[PlainSentence], include_debris: bool) -> list[PlainEntity]:
    """Lay the tokens of a document on its text and return its entities; fails where the tokens are not the text."""
    text = document.text
    if not include_debris:
        for span in document.debris():
            text = text[: span.start] + " " * len(span) + text[span.end :]
    entities: list[PlainEntity] = []
    cursor = 0
    for sentence in sentences:
        current: PlainEntity | None = None
        for token, tag in sentence:
            assert token
            assert not re.search(r"\s", token)
            start = text.index(token, cursor)
            assert not text[cursor:start].strip(), "a character is in no token"
            cursor = start + len(token)
            if tag.startswith("I-"):
                assert current is not None
                assert current[2] == tag[2:], "an entity must begin with B-"
                current = (current[0], cursor, tag[2:])
            else:
                if current:
                    entities.append(current)
                current = (start, cursor, tag[2:]) if tag.startswith("B-") else None
                assert current or tag == "O"
        if current:
            entities.append(current)
    assert not text[cursor:].strip(), "the end of the text is in no token"
    return entities
