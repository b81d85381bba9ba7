"""Read CoNLL-U. The text is rebuilt to the character if MISC says which spaces it has, else with one between words.

A sentence that does not say what follows it ends its line. Entities are CorefUD's brackets in Entity=, with the fields
that "# global.Entity" names, or tags of any scheme: in NER=, NE= or NamedEntity=, alone in MISC, in an eleventh column,
or in one that "# global.columns" names. A multiword token is in the text as it is written. Its words are parts of it if
they spell it exactly; otherwise each word is the whole of it. Comments that begin with "# note" are those that
conllu/writer.py writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain.corpus.iob import decode, is_tag, ranges_to_spans
from annotator.domain.model.span import Span
from annotator.errors import InputError, Message
from annotator.formats.base.encoding import open_text, position
from annotator.formats.base.note_fields import unescape_line_ends
from annotator.formats.base.record import MAX_TEXT, Entity, FileNote, Problem, Record
from annotator.formats.conll.lines import LONGEST_LINE, NEW_DOCUMENT
from annotator.formats.suffixes import SUFFIXES

_ESCAPES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_UNESCAPED = {escape: char for char, escape in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")
_BRACKET = re.compile(r"\(([^()]*)(\)?)|(?<![^()])([^()]+)\)")
_GLOBAL = re.compile(r"#\s*global\.Entity\s*=\s*(\S+)")
_NOTE = re.compile(r"# note(?: (e\d+))?( doubtful)? = (.*)")
_NUMBER = re.compile(r"(\d{1,9})(?:([-.])(\d{1,9}))?")
_GLOBAL_COLUMNS = re.compile(r"#\s*global\.columns\s*=\s*(.*)")
_TAGS = ("ner", "ne", "namedentity", "named_entity", "ner_tag")
_TAG = " tag"  # cannot be an attribute in MISC: those have no spaces
_MOST_BAD = 100  # bad lines before the first good one


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; tag is a column of tags, if there is one."""

    width: int = 10
    number: int = 0
    form: int = 1
    misc: int | None = 9
    tag: int | None = None

    @classmethod
    def named(cls, names: list[str]) -> _Columns:
        """Return the columns that CoNLL-U Plus names. Raises InputError if ID or FORM is missing."""
        if "ID" not in names or "FORM" not in names:
            raise InputError("no ID or FORM column. Name both in the line # global.columns.")
        tags = [at for at, name in enumerate(names) if not set(name.casefold().split(":")).isdisjoint(_TAGS)]
        misc = names.index("MISC") if "MISC" in names else None
        return cls(len(names), names.index("ID"), names.index("FORM"), misc, tags[0] if tags else None)


def escape_spaces(text: str) -> str:
    r"""Return spaces as MISC writes them (UDPipe's escapes), and what some programs take for a line end as \uXXXX."""
    plain = "".join(_ESCAPES.get(char, char) for char in text)
    return re.sub("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", plain)


def _spaces(text: str) -> str:

    def plain(match: re.Match[str]) -> str:
        return (
            chr(int(match[0][2:], 16))
            if match[0][1] == "u" and len(match[0]) > 2
            else _UNESCAPED.get(match[0], match[0])
        )

    return _ESCAPE.sub(plain, text)


class ConlluReader:
    """Reads words, spaces and entities; all other columns are ignored."""

    name = "conllu"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the documents with their entities, or a Problem for a line that cannot be read."""
        try:
            yield from _documents(path)
        except (InputError, OSError, UnicodeDecodeError) as error:
            yield Problem.from_error(path, error)


@dataclass(slots=True)
class _Reading:
    """A document that is being read: its first line, id, text so far, entities, and the entities still open."""

    first: int
    id: str = ""
    label_at: int = 1
    parts: list[str] = field(default_factory=list)
    length: int = 0
    gap: str = ""
    is_gap_told: bool = False
    words: list[Span] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)
    whole: Span | None = None
    whole_end: int = 0
    at: int = 0
    open: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)
    annotation_problems: list[str] = field(default_factory=list)
    notes: list[FileNote] = field(default_factory=list)
    noted: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def put(self, form: str, misc: Mapping[str, str]) -> Span:
        """Append a word to the text, with the spaces before it; return its span."""
        before = _spaces(misc.get("SpacesBefore", "")) if "SpacesBefore" in misc else ""
        self.parts += (self.gap, before, form)
        start = self.length + len(self.gap) + len(before)
        self.length = start + len(form)
        if self.length > MAX_TEXT:
            raise InputError("the document that begins on line {line} is larger than 50 MB. Split it.", line=self.first)
        self.is_gap_told = "SpacesAfter" in misc or misc.get("SpaceAfter") == "No"
        self.gap = _spaces(misc.get("SpacesAfter", "")) if self.is_gap_told else " "
        return Span(start, self.length)

    def take(self, number: int, form: str, misc: Mapping[str, str]) -> None:
        """Add a word that is not part of a multiword token, or one of the words of such a token."""
        if self.whole and number <= self.whole_end:
            text = "".join(self.parts[-1:])
            inner = text.startswith(form, self.at)
            start = self.whole.start + self.at
            span = Span(start, start + len(form)) if inner and self.at >= 0 else self.whole
            self.at = self.at + len(form) if inner and self.at >= 0 else -1
        else:
            self.whole = None
            span = self.put(form, misc)
        self.words.append(span)
        self.tags.append((misc[_TAG],) if _TAG in misc else ())
        for opening, closed, closing in _BRACKET.findall(misc.get("Entity", "")):
            self._bracket(opening, bool(closed), closing, span)

    def _bracket(self, opening: str, is_single: bool, closing: str, span: Span) -> None:
        fields = (opening or closing).split("-")
        eid = fields[0]
        if "[" in eid:
            self.annotation_problems.append(Message("{eid} is discontinuous, which is not supported", eid=eid))
            return
        label = fields[self.label_at] if self.label_at < len(fields) else ""
        if opening and not label:
            self.annotation_problems.append(Message("{opening} has no label", opening=opening))
        elif is_single:
            self._add(eid, span, label)
        elif opening:
            self.open.setdefault(eid, []).append((span.start, label))
        elif self.open.get(eid):  # an entity can be mentioned inside a mention of itself
            start, label = self.open[eid].pop()
            self._add(eid, Span(start, span.end), label)
        else:
            self.annotation_problems.append(Message("{closing} was never opened", closing=closing))

    def _add(self, eid: str, span: Span, label: str) -> None:
        note, doubtful = self.noted.pop(eid, ("", False))
        self.entities.append(Entity(span, label, note=note, doubtful=doubtful))

    def note(self, eid: str | None, text: str, doubtful: bool) -> None:
        """Keep a comment that is a note on an entity that follows, or on the document."""
        if eid:
            self.noted[eid] = (text, doubtful)
        else:
            self.notes.append(FileNote(text, doubtful))

    def end_sentence(self) -> None:
        """End the sentence: decode its tags. It ends its line unless the file says what follows."""
        self.entities += (Entity(s, label) for s, label in ranges_to_spans(self.words, decode(self.tags)))
        self.words, self.tags, self.whole = [], [], None
        self.gap = self.gap if self.is_gap_told or not self.parts else "\n"

    def record(self, path: Path, number: int, last: int, offset: int) -> Record:
        """Return the document; number counts those of the file from 1."""
        messages = [
            *self.annotation_problems,
            *(Message("{eid} is never closed", eid=eid) for eid, left in self.open.items() if left),
        ]
        text = "".join(self.parts) + (self.gap if self.is_gap_told else "")
        place = f"{path}, lines {self.first}-{last}"
        fields = {"id": self.id or f"{path.stem}-{number}"}
        return Record(text, fields, place, offset, tuple(sorted(self.entities)), tuple(messages), tuple(self.notes))


def _documents(path: Path) -> Iterator[Record | Problem]:
    """Yield the documents. Raises InputError for a line that is too long, and for a file without words."""
    reading: _Reading | None = None
    count, label_at, number, first_width = 0, 1, 0, 0
    columns, held = _Columns(), list[Problem]()
    is_begun = False
    with open_text(path) as stream:
        for number, text in enumerate(iter(lambda: stream.readline(LONGEST_LINE), ""), 1):
            if len(text) == LONGEST_LINE:
                raise InputError(
                    "line {number} is longer than a million characters. Write one word on each line.", number=number
                )
            line = text.rstrip("\r\n")
            if match := NEW_DOCUMENT.fullmatch(line):
                if reading:
                    count += 1
                    yield reading.record(path, count, number - 1, position(stream))
                reading = _Reading(number, match[1].strip(), label_at)
            elif match := _GLOBAL.match(line):
                names = match[1].split("-")
                label_at = names.index("etype") if "etype" in names else 1
                if reading:
                    reading.label_at = label_at
            elif reading and (match := _NOTE.fullmatch(line)):
                reading.note(match[1], unescape_line_ends(match[3]), bool(match[2]))
            elif match := _GLOBAL_COLUMNS.match(line):
                columns = _Columns.named(match[1].split())
            elif not line.strip():
                if reading:
                    reading.end_sentence()
            elif not line.startswith("#"):
                reading = reading or _Reading(number, label_at=label_at)
                cells = line.split("\t")
                first_width = first_width or len(cells)
                trouble = _take(cells, reading, columns)
                if trouble:
                    messages = Message("{trouble}: line skipped. Correct it.", trouble=trouble)
                    held.append(Problem(f"{path}, line {number}", messages))
                is_begun = is_begun or not trouble
                if is_begun:
                    yield from held
                    held.clear()
                elif len(held) > _MOST_BAD:
                    break
        if held:
            raise InputError(
                "the first line with a word has {columns} columns. Write CoNLL-U with ten columns, separated by tabs.",
                columns=first_width,
            )
        if reading is None:
            raise InputError("no word found. The file must be CoNLL-U with ten columns.")
        reading.end_sentence()
        yield reading.record(path, count + 1, number, position(stream))


def _take(cells: list[str], reading: _Reading, columns: _Columns) -> str:
    """Add the word of a line to the document; return what is wrong with the line, or ""."""
    if columns == _Columns() and len(cells) == columns.width + 1 and is_tag(cells[-1]):
        columns = replace(columns, width=len(cells), tag=len(cells) - 1)
    match = _NUMBER.fullmatch(cells[columns.number]) if len(cells) == columns.width else None
    if not match or not cells[columns.form]:
        return Message(
            "{columns} columns, instead of a number, a word and {more} more",
            columns=len(cells),
            more=columns.width - 2,
        )
    if match[2] == ".":
        return ""  # an empty node is not in the text
    misc = _misc(cells[columns.misc]) if columns.misc is not None else {}
    if columns.tag is not None:
        misc[_TAG] = cells[columns.tag]
    if match[2]:
        whole = reading.put(cells[columns.form], misc)
        reading.whole, reading.whole_end, reading.at = whole, int(match[3]), 0
    else:
        reading.take(int(match[1]), cells[columns.form], misc)
    return ""


def _misc(cell: str) -> dict[str, str]:
    """Return the attributes in MISC; a tag, under whatever name, is under _TAG."""
    misc: dict[str, str] = {}
    tags: dict[str, str] = {}
    for pair in cell.split("|") if cell != "_" else ():
        name, equals, value = pair.partition("=")
        if not equals and is_tag(name):
            tags[_TAGS[-1]] = name
        elif equals:
            misc[name] = value
            if (plain := name.casefold()) in _TAGS:
                tags[plain] = value
    if tags:
        misc[_TAG] = tags[min(tags, key=_TAGS.index)]
    return misc
