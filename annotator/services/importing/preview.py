"""Preview an import: the formats of the files, how much is in them, and which labels they use.

Articles are read as an import reads them, but no more of them than asked for.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import InputError
from annotator.formats.base.reader import Configurable, ReadOptions
from annotator.formats.base.record import Problem, Record
from annotator.formats.registry import reader_for
from annotator.services.importing.files import list_files, read_file
from annotator.services.importing.record_to_document import annotations_of, to_document
from annotator.services.progress import Progress

FIRST_ARTICLES = 300
"""How many articles a preview reads at first."""
_RECOGNISED = 50
"""How many files with one extension are looked into; the others are taken to be like the last of them."""
_SAMPLES = 5
_TEXT = 240  # code points of a sample's text
_EXAMPLE = 60  # code points of a label's example


@dataclass(slots=True)
class FileKind:
    """Files with the same extension and format; reader is "" if none can read them.

    by_sentences is True if ReadOptions.sentences matters to the reader.
    """

    suffix: str
    reader: str
    by_sentences: bool = False
    files: list[Path] = field(default_factory=list)
    articles: int = 0
    annotations: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of an article as it would be imported; text has at most 240 code points."""

    title: str
    date: datetime.date | None
    source: str
    text: str
    annotations: int


@dataclass(slots=True)
class LabelCount:
    """How often a label is in the files, and the first text with it."""

    count: int
    example: str


@dataclass(slots=True)
class Preview:
    """What was found. If whole is False, not everything was read, and all numbers are minimums."""

    kinds: list[FileKind] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    labels: dict[str, LabelCount] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    articles: int = 0
    annotations: int = 0
    whole: bool = True

    @property
    def files(self) -> int:
        """Return the number of files."""
        return sum(len(kind.files) for kind in self.kinds)


def preview(
    paths: Iterable[str | Path],
    *,
    readers: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
    most: int | None = FIRST_ARTICLES,
    progress: Progress | None = None,
) -> Preview:
    """Look into files and folders: at this many articles at most, as many of each kind of file; None for all.

    readers names the reader for an extension (".json"); the others are detected. progress gets (bytes read, bytes in
    all); an exception that it raises stops the preview. A file that cannot be read is a Problem.
    """
    seen = Preview()
    listed = list_files(paths, seen.problems)
    sizes = dict(listed)
    seen.kinds = _kinds(listed, readers or {}, options)
    total, done = sum(sizes.values()), 0
    for kind in seen.kinds:
        left = None if most is None else max(1, most // len(seen.kinds))
        for path in kind.files:
            if left is not None and left <= 0:
                seen.whole = False
                break
            for offset in _look(path, kind, (readers or {}).get(kind.suffix), options, left, seen):
                left = None if left is None else left - 1
                if progress:
                    progress(done + min(offset, sizes[path]), total)
            done += sizes[path]
            if progress:
                progress(done, total)
    return seen


def named_readers(kinds: Iterable[FileKind], readers: Mapping[str, str]) -> dict[Path, str]:
    """Return the reader of each file with an extension that one was chosen for, as import_paths() takes it."""
    return {path: readers[kind.suffix] for kind in kinds if kind.suffix in readers for path in kind.files}


def _kinds(
    files: Iterable[tuple[Path, int]], readers: Mapping[str, str], options: ReadOptions | None
) -> list[FileKind]:
    """Return the files by extension and format, in order of appearance; of many, only the first are looked into."""
    found: dict[tuple[str, str], FileKind] = {}
    last: dict[str, FileKind] = {}
    looked_into: Counter[str] = Counter()
    for path, _ in files:
        suffix = path.suffix.lower()
        if looked_into[suffix] < _RECOGNISED:
            looked_into[suffix] += 1
            try:
                reader = reader_for(path, readers.get(suffix), options)
                kind = FileKind(suffix, reader.name, isinstance(reader, Configurable))
            except (InputError, OSError):
                kind = FileKind(suffix, "")
            last[suffix] = found.setdefault((suffix, kind.reader), kind)
        last[suffix].files.append(path)
    return list(found.values())


def _look(
    path: Path, kind: FileKind, named: str | None, options: ReadOptions | None, most: int | None, seen: Preview
) -> Iterator[int]:
    """Read a file into the preview, yielding the bytes read after each article."""
    number = 0
    for item in read_file(path, named, options):
        if isinstance(item, Problem):
            seen.problems.append(item)
            continue
        if most is not None and number >= most:
            seen.whole = False
            return
        number += 1
        _take_in(item, kind, seen)
        yield item.offset


def _take_in(record: Record, kind: FileKind, seen: Preview) -> None:
    """Count one article, and keep it if it is one of the first."""
    document = to_document(record)
    if isinstance(document, Problem):
        seen.problems.append(document)
        return
    entities = annotations_of(record)
    kind.articles += 1
    kind.annotations += len(entities)
    seen.articles += 1
    seen.annotations += len(entities)
    for entity in entities:
        if entity.label in seen.labels:
            seen.labels[entity.label].count += 1
        else:
            example = " ".join(entity.span.of(document.text).split())
            seen.labels[entity.label] = LabelCount(1, example if len(example) <= _EXAMPLE else example[:_EXAMPLE] + "…")
    if len(seen.samples) < _SAMPLES:
        body = document.text.removeprefix(document.title).strip() if document.title else document.text
        text = " ".join(body[: 2 * _TEXT].split())
        shown = text if len(text) <= _TEXT else text[:_TEXT].rpartition(" ")[0] + "…"
        seen.samples.append(Sample(document.title, document.date, document.source, shown, len(entities)))
