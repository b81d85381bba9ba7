"""Read CoNLL: a word and its tags on each line, an empty line after each sentence.

What is read: IOB1, IOB2, IOBES (BMES), BILOU and IO, detected from the whole file; two or more columns, separated by
tabs or spaces, with the word in the first and the tag in the last. If all columns after the word hold tags (or one cell
several tags), each token may be in as many entities, as in Wojood. A file with chunk tags as well as entity tags must
lose that column first. Lines that begin with # are comments. Unusual forms are described in conll/dialect.py.

Documents: "# newdoc id = X", "# newdoc", "# doc_id = X" and -DOCSTART- begin one. In a file without any of these, every
20 sentences are one (ReadOptions.sentences), because a sentence is too little to read and a corpus is too much.

Text: such a file has lost its spaces, so words are joined by one space, and sentences by a line end. No word is changed
or left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.domain.corpus.iob import decode, ranges_to_spans
from annotator.domain.model.span import Span
from annotator.errors import InputError, Message
from annotator.formats.base.encoding import open_text, position
from annotator.formats.base.reader import Reader, ReadOptions
from annotator.formats.base.record import MAX_TEXT, Entity, Problem, Record
from annotator.formats.conll.dialect import Dialect, find_dialect, usual_lines
from annotator.formats.conll.lines import DocumentStart, Layout, Row, detect_layout, lines
from annotator.formats.suffixes import SUFFIXES


class ConllReader:
    """Words with tags in columns. The file is read twice, first to detect its columns."""

    name = "conll"
    suffixes = SUFFIXES[name]

    def __init__(self, options: ReadOptions | None = None) -> None:
        self._options = options or ReadOptions()

    def with_options(self, options: ReadOptions) -> Reader:
        """Return a reader with these options."""
        return ConllReader(options)

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the documents with their annotations; a line that is wrong is a Problem, and its word stays."""
        try:
            with open_text(path) as stream:
                dialect = find_dialect(lines(stream))
            with open_text(path) as stream:
                layout = detect_layout(usual_lines(lines(stream), dialect))
            yield from self._documents(path, dialect, layout)
        except (InputError, OSError, UnicodeDecodeError) as error:
            yield Problem.from_error(path, error)

    def _documents(self, path: Path, dialect: Dialect, layout: Layout) -> Iterator[Record | Problem]:
        """Yield the documents. Raises InputError for one that is too long."""
        limit = 0 if layout.marked else self._options.sentences
        number = 0
        gathered = _Gathered()
        with open_text(path) as stream:
            for line in usual_lines(lines(stream), dialect):
                if isinstance(line, Row) and not line.cells[0]:
                    message = Message("no word before the tag, line skipped. Correct it.")
                    yield Problem(f"{path}, line {line.number}", message)
                    continue
                if isinstance(line, Row):
                    tags, trouble = layout.tags(line)
                    if trouble:
                        message = Message(
                            "{trouble}: the word was read with {tags}. Correct the line.",
                            trouble=trouble,
                            tags=" ".join(tags) or "O",
                        )
                        yield Problem(f"{path}, line {line.number}", message)
                    gathered.add(layout.word(line), line.number, tags)
                    continue
                gathered.end_sentence()
                ends = isinstance(line, DocumentStart) or (limit and len(gathered.sentences) >= limit)
                if ends and gathered.is_begun:
                    number += 1
                    yield gathered.record(path, number, layout, position(stream))
                    gathered = _Gathered()
                if isinstance(line, DocumentStart):
                    gathered = _Gathered(line.number, line.number, line.id)
            gathered.end_sentence()
            if gathered.is_begun:
                yield gathered.record(path, number + 1, layout, position(stream))


@dataclass(slots=True)
class _Gathered:
    """A document that is being read: its first and last line, its id, the words and tags of its sentences."""

    first: int = 0
    last: int = 0
    id: str = ""
    sentences: list[tuple[list[str], list[tuple[str, ...]]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)
    length: int = 0

    @property
    def is_begun(self) -> bool:
        """Return True if a document has begun, even if it is empty."""
        return self.first > 0

    def add(self, word: str, number: int, tags: tuple[str, ...]) -> None:
        """Add the word of a line. Raises InputError if the document grows beyond the limit."""
        self.first, self.last = self.first or number, number
        self.length += len(word) + 1
        if self.length > MAX_TEXT:
            raise InputError("the document that begins on line {line} is larger than 50 MB. Split it.", line=self.first)
        self.words.append(word)
        self.tags.append(tags)

    def end_sentence(self) -> None:
        """End the current sentence, if there is one."""
        if self.words:
            self.sentences.append((self.words, self.tags))
            self.words, self.tags = [], []

    def record(self, path: Path, number: int, layout: Layout, offset: int) -> Record:
        """Return the document; number counts the documents of the file from 1."""
        entities: list[Entity] = []
        parts: list[str] = []
        at = 0
        for words, tags in self.sentences:
            places = []
            for word in words:
                places.append(Span(at, at + len(word)))
                at += len(word) + 1
            parts.append(" ".join(words))
            entities += (Entity(span, label) for span, label in ranges_to_spans(places, decode(tags)))
        fields: dict[str, Any] = {"id": self.id or f"{path.stem}-{number}", "tag_scheme": str(layout.scheme)}
        return Record("\n".join(parts), fields, f"{path}, lines {self.first}-{self.last}", offset, tuple(entities))
