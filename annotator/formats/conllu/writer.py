r"""CoNLL-U: ten columns, entities in MISC, and the text to the character.

Entities are CorefUD's brackets: Entity=(e1-LOC) on a single word, (e1-LOC where one opens and e1) where it closes. They
hold nested and crossing spans, and udapi and CorefUD's tools read them. NER=B-LOC, which some corpora have, is read
too. With --clitics split a word with a clitic is a multiword token, as in the Arabic treebanks of Universal
Dependencies. Spaces are SpaceAfter=No, SpacesAfter and SpacesBefore with UDPipe's escapes (\s \t \n \r \p \\), and
\uXXXX for characters that some programs take for line ends.

Notes are comments: "# note = …" after the line that begins the document, "# note e7 = …" for an entity before its
sentence, and "# note e7 doubtful = …" if it is flagged.
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
    """Writes sentences with ids and texts. Each entity has a number that is unique in the file, as CorefUD requires."""

    name = "conllu"
    suffix = ".conllu"
    holds_annotators = False
    holds_document_notes = True

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document. Raises ExportError for a label with brackets in it."""
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
        """Yield what the file holds of each document. Raises ExportError if it does not match."""
        return read_back(ConlluReader(), path, documents, without_debris=not options.include_debris)


def _check(label: str) -> None:
    check_label(label)
    if any(char in label for char in _BRACKETS):
        raise ExportError(
            "CoNLL-U cannot hold the label {label}: it has one of {brackets}. Change its id in the tagset, or "
            "export as json.",
            label=label,
            brackets=_BRACKETS,
        )


def _comment(entity: str, note: tuple[str, bool]) -> str:
    """Return the comment for a note on an entity (" e7") or on the document ("")."""
    return f"# note{entity}{' doubtful' * note[1]} = {escape_line_ends(note[0])}\n"


def _sentences(
    document: Document,
    blocks: Sequence[Block],
    options: WriteOptions,
    number: int,
    noted: Mapping[tuple[Span, str], tuple[str, bool]],
) -> Iterator[str]:
    """Yield each sentence of a document with its comments and an empty line.

    number is how many entities of the file come before the document. noted holds the notes on its entities, by span and
    label.
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
    """Return the entities of a sentence in the order of their numbers."""
    return sorted(block.entities, key=lambda e: (e[0], -e[1]))


def _notes(block: Block, number: int, noted: Mapping[tuple[Span, str], tuple[str, bool]]) -> Iterator[str]:
    """Yield the comments on the entities of a sentence; number is how many entities come before."""
    for eid, (first, end, label) in enumerate(_in_order(block), number + 1):
        place = Span(block.tokens[first].span.start, block.tokens[end - 1].span.end)
        note = noted.get((place, label), ("", False))
        if any(note):
            yield _comment(f" e{eid}", note)


def _row(number: str, form: str, misc: Sequence[str]) -> str:
    return "\t".join([number, form, *"_" * 7, "|".join(misc) or "_"]) + "\n"


def _spaces(gap: str, is_last: bool) -> list[str]:
    """Return the attributes for the spaces after a word; after a sentence there is always one."""
    if not gap:
        return ["SpaceAfter=No"]
    return [] if gap == " " and not is_last else [f"SpacesAfter={escape_spaces(gap)}"]


def _brackets(block: Block, number: int) -> list[str]:
    """Return for each word the brackets that open and close at it; number is how many entities come before."""
    opened: list[list[str]] = [[] for _ in block.tokens]
    single: list[list[str]] = [[] for _ in block.tokens]
    closed: list[list[str]] = [[] for _ in block.tokens]
    for eid, (first, end, label) in enumerate(_in_order(block), number + 1):
        if end - first == 1:
            single[first].append(f"(e{eid}-{label})")
        else:
            opened[first].append(f"(e{eid}-{label}")
            closed[end - 1].insert(0, f"e{eid})")
    return [  # closing brackets come first: after an opening one they would close it
        "".join([*c, *o, *s] if o else [*s, *c]) for o, s, c in zip(opened, single, closed, strict=True)
    ]


def _gaps(document: Document, tokens: Sequence[Token], options: WriteOptions) -> list[str]:
    """Return the characters kept before the first token and after each token."""
    text = document.text
    kept = None if options.include_debris or not document.debris() else set(places_outside_debris(document))
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    return [
        text[a:b] if kept is None else "".join(text[i] for i in range(a, b) if i in kept)
        for a, b in zip(ends, starts, strict=True)
    ]


def _cut_words(text: str, tokens: Sequence[Token]) -> dict[int, int]:
    """Return, for the first token of each word that was cut into several, the number of its last token."""
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
