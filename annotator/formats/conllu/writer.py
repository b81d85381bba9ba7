r"""CoNLL-U: ten columns, entities in MISC, and the text to the character.

Entities stand as CorefUD's brackets, Entity=(e1-LOC) on a word alone, (e1-LOC where one opens and e1) where it
closes, because these hold nested and crossing spans, and udapi and CorefUD's tools read them; NER=B-LOC,
which some corpora have, is read too. A word that a clitic is written onto is a multiword token where --clitics split
cuts it, as in the Arabic treebanks of Universal Dependencies. Spaces stand as SpaceAfter=No, SpacesAfter and
SpacesBefore with the escapes of UDPipe (\s \t \n \r \p \\), and \uXXXX for spaces that some take for line ends.

What is noted stands in comments: "# note = …" behind the line that begins the document, "# note e7 = …" for an entity
before the sentence it is in, "# note e7 doubtful = …" where it is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.corpus.iob import TokenRange
from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.note_fields import document_notes, entity_notes, escape_line_ends
from annotator.formats.base.read_back import places_outside_debris, read_back
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.conll.writer import check_label
from annotator.formats.conllu.reader import ConlluReader, escape_spaces
from annotator.formats.tokens.flatten import Block, flatten
from annotator.text.tokenizer import tokenize

_BRACKETS = "()|=-[]"


class ConlluWriter:
    """Writes sentences with ids and texts, and each entity under a number of its own in the file, as CorefUD asks."""

    name = "conllu"
    suffix = ".conllu"
    holds_annotators = False
    holds_document_notes = True

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file, yielding the remarks on each document; raises ExportError for a label with brackets in it."""
        number = 0
        layered = replace(options, nested="all", scheme="IOB2")
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for annotated in documents:
                for annotation in annotated.annotations:
                    _check(annotation.label)
                blocks, deviations = flatten(annotated, layered)
                file.write(f"# newdoc id = {annotated.document.id}\n# global.Entity = eid-etype\n")
                for note in document_notes(annotated, options, named=False):
                    file.write(_comment("", (note.text, note.doubtful)))
                noted = entity_notes(annotated, deviations)
                file.writelines(_sentences(annotated.document, blocks, options, number, noted))
                number += sum(len(block.entities) for block in blocks)
                file.write("" if blocks else "\n")
                yield tuple(deviations)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:
        """Yield what the file holds of each document; raises ExportError where it does not fit."""
        return read_back(ConlluReader(), path, documents, without_debris=not options.include_debris)


def _check(label: str) -> None:
    """Refuse a label that would tear the brackets apart."""
    check_label(label)
    if any(char in label for char in _BRACKETS):
        raise ExportError(
            "The label {label} has one of {brackets} in it, which CoNLL-U cannot hold; change its id in the tagset, "
            "or export as json.",
            label=label,
            brackets=_BRACKETS,
        )


def _comment(entity: str, note: tuple[str, bool]) -> str:
    """Return the line that says what is noted on an entity (" e7") or on the document ("")."""
    return f"# note{entity}{' doubtful' * note[1]} = {escape_line_ends(note[0])}\n"


def _sentences(
    document: Document,
    blocks: Sequence[Block],
    options: WriteOptions,
    number: int,
    noted: Mapping[tuple[Span, str], tuple[str, bool]],
) -> Iterator[str]:
    """Yield each sentence of a document with its comments and an empty line.

    number counts the entities before it. noted is what is noted on entities, by their places in the text.
    """
    tokens = [token for block in blocks for token in block.tokens]
    gaps = _gaps(document, tokens, options)
    words = _cut_words(document.text, tokens)
    first = 0
    for index, block in enumerate(blocks, 1):
        end = first + len(block.tokens)
        brackets = _brackets(block, number)
        notes = _notes(block, number, noted)
        number += len(block.entities)
        text = "".join(
            token.text + " " * bool(gap) for token, gap in zip(block.tokens, gaps[first + 1 :], strict=False)
        )
        yield f"# sent_id = {document.id}-{index}\n# text = {text.strip()}\n"
        yield from notes
        for at in range(first, end):
            spaces = _spaces(gaps[at + 1], at == end - 1)
            if at == 0 and gaps[0]:
                spaces.append(f"SpacesBefore={escape_spaces(gaps[0])}")
            last = words.get(at)
            if last is not None:
                whole = "".join(token.text for token in tokens[at : last + 1])
                before = spaces[1:] if at == 0 and gaps[0] else []
                spaces = _spaces(gaps[last + 1], last == end - 1) + before
                yield _row(f"{at - first + 1}-{last - first + 1}", whole, spaces)
            entity = [f"Entity={brackets[at - first]}"] if brackets[at - first] else []
            inside = any(start <= at <= stop for start, stop in words.items())
            yield _row(str(at - first + 1), tokens[at].text, entity + ([] if inside else spaces))
        yield "\n"
        first = end


def _in_order(block: Block) -> list[TokenRange]:
    """Return the entities of a sentence in the order in which they are numbered."""
    return sorted(block.entities, key=lambda e: (e[0], -e[1]))


def _notes(block: Block, number: int, noted: Mapping[tuple[Span, str], tuple[str, bool]]) -> Iterator[str]:
    """Yield the comments on the entities of a sentence; number is how many entities came before."""
    for eid, (first, end, label) in enumerate(_in_order(block), number + 1):
        place = Span(block.tokens[first].span.start, block.tokens[end - 1].span.end)
        note = noted.get((place, label), ("", False))
        if any(note):
            yield _comment(f" e{eid}", note)


def _row(number: str, form: str, misc: Sequence[str]) -> str:
    """Return a line."""
    return "\t".join([number, form, *"_" * 7, "|".join(misc) or "_"]) + "\n"


def _spaces(gap: str, is_last: bool) -> list[str]:
    """Return what MISC says of the spaces behind a word; behind a sentence it always says something."""
    if not gap:
        return ["SpaceAfter=No"]
    return [] if gap == " " and not is_last else [f"SpacesAfter={escape_spaces(gap)}"]


def _brackets(block: Block, number: int) -> list[str]:
    """Return for each word the brackets that open and close at it; number is how many entities came before."""
    opened: list[list[str]] = [[] for _ in block.tokens]
    single: list[list[str]] = [[] for _ in block.tokens]
    closed: list[list[str]] = [[] for _ in block.tokens]
    for eid, (first, end, label) in enumerate(_in_order(block), number + 1):
        if end - first == 1:
            single[first].append(f"(e{eid}-{label})")
        else:
            opened[first].append(f"(e{eid}-{label}")
            closed[end - 1].insert(0, f"e{eid})")
    return [  # a bracket that closes must not stand behind one that opens, where it would close that one
        "".join([*c, *o, *s] if o else [*s, *c]) for o, s, c in zip(opened, single, closed, strict=True)
    ]


def _gaps(document: Document, tokens: Sequence[Token], options: WriteOptions) -> list[str]:
    """Return the characters that are kept before the first token, and behind each one."""
    text = document.text
    kept = None if options.include_debris or not document.debris() else set(places_outside_debris(document))
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    return [
        text[a:b] if kept is None else "".join(text[i] for i in range(a, b) if i in kept)
        for a, b in zip(ends, starts, strict=True)
    ]


def _cut_words(text: str, tokens: Sequence[Token]) -> dict[int, int]:
    """Return for the first token of each word that was cut into several its last one."""
    starts = {token.start: number for number, token in enumerate(tokens)}
    words = {}
    for word in tokenize(text):
        first = starts.get(word.start)
        if first is None:
            continue
        last = first
        while tokens[last].end < word.end and starts.get(tokens[last].end) == last + 1:
            last += 1
        if last > first and tokens[last].end == word.end:
            words[first] = last
    return words
