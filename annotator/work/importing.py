"""Bring files and folders into a project: what can be taken goes in, of all else it is told why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain.document import Document
from annotator.errors import Sentence
from annotator.formats.json_spans import is_suggestion
from annotator.formats.registry import Entity, FileNote, Problem, ReadOptions, Record
from annotator.storage.project import Project
from annotator.work.articles import annotations_of, to_document
from annotator.work.import_files import list_files, read_file
from annotator.work.intake import Intake, annotate, mapped, refuse_unknown, suggest
from annotator.work.note_intake import count_notes, is_damaged, take_in

Progress = Callable[[int, int], None]

_BATCH = 200  # documents in one transaction
_LARGEST_BATCH = 8_000_000  # code points
_MOST_TOLD = 3  # spans named in one message


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A text that was in the project already: where it was met again, and the document's id."""

    place: str
    document: str


@dataclass(slots=True)
class ImportReport:
    """How many documents were added, which texts were there already, and what could not be taken.

    annotations: spans that became annotations or suggestions. annotations_there: those that the annotator had already.
    ignored: spans in the files that nobody asked for. dropped: how many the map drops, by label. notes: those notes
    and doubts that were taken. notes_found: those that the files hold. suggestions: spans that the files mark as
    suggestions nobody confirmed, which are nobody's annotations and were left. same_ids: new texts whose id in the file
    another text of that file has; a document is known by its text, so both are there.
    """

    added: int = 0
    repeated: list[Duplicate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    annotations: int = 0
    annotations_there: int = 0
    ignored: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    notes: int = 0
    notes_found: int = 0
    suggestions: int = 0
    same_ids: int = 0

    @property
    def duplicates(self) -> int:
        """Return how many texts were there already."""
        return len(self.repeated)


def import_paths(
    project: Project,
    paths: Iterable[str | Path],
    *,
    progress: Progress | None = None,
    intake: Intake | None = None,
    reader: str | Mapping[Path, str] | None = None,
    options: ReadOptions | None = None,
) -> ImportReport:
    """Import files, and folders with all that is in them, in the order given; folders in the order of names.

    intake says what becomes of the annotations that the files hold, also of those on texts that are there already;
    without it they are counted and left. reader names the reader for all files, or for some of them; it is else
    chosen by each file's name. Files whose name begins with a dot are passed over in folders. Documents are stored
    some hundred a transaction, each with its annotations, so memory does not grow with the input. progress is told
    (bytes read, bytes in all). An exception that it raises, or Ctrl+C, stops the import, and what was stored stays.
    Raises ProjectError, and InputError, before anything is stored, where a label has no place in the project.
    """
    report = ImportReport()
    files = list_files(paths, report.problems, reader if isinstance(reader, str) else None)
    total = sum(size for _, size in files)

    def read(path: Path) -> Iterator[Record | Problem]:
        """Read a file as asked."""
        return read_file(path, reader if isinstance(reader, str) else (reader or {}).get(path), options)

    if intake:
        refuse_unknown(_labels(read, files), intake.labels, project.tagset)
    batch = _Batch(project, report, intake)
    done = 0
    for path, size in files:
        for item in read(path):
            document = to_document(item) if isinstance(item, Record) else item
            if isinstance(document, Problem):
                report.problems.append(document)
            elif isinstance(item, Record) and batch.take(document, item, path) and progress:
                progress(done + min(item.offset, size), total)
        done += size
        if progress:
            progress(done, total)
    batch.store()
    return report


def _labels(read: Callable[[Path], Iterator[Record | Problem]], files: Iterable[tuple[Path, int]]) -> Counter[str]:
    """Return how often each label stands in the files."""
    records = (item for path, _ in files for item in read(path) if isinstance(item, Record))
    return Counter(entity.label for record in records for entity in record.annotations)


@dataclass(frozen=True, slots=True)
class _Given:
    """The annotations that a record of a file gives to a document."""

    document: Document
    place: str
    file: Path
    entities: list[Entity]
    notes: tuple[FileNote, ...]


class _Batch:
    """Documents and annotations that wait to be stored together."""

    def __init__(self, project: Project, report: ImportReport, intake: Intake | None) -> None:
        """Begin with none; the report is told what becomes of each."""
        self._project = project
        self._report = report
        self._intake = intake
        self._waiting: dict[str, Document] = {}
        self._given: list[_Given] = []
        self._length = 0
        self._file: Path | None = None
        self._ids: set[int] = set()

    def take(self, document: Document, record: Record, file: Path) -> bool:
        """Take a document that is not there yet, and its annotations; return whether the batch was stored."""
        if document.id in self._waiting or document.id in self._project.documents:
            self._report.repeated.append(Duplicate(record.place, document.id))
        else:
            self._waiting[document.id] = document
            self._note_id(document.external_id, file)
        self._report.notes_found += count_notes(record)
        if self._intake is None:
            self._report.ignored += len(record.annotations) + len(record.misfits)
        else:
            self._report.problems += [
                Problem(record.place, Sentence("its annotation {misfit}; it was left out.", misfit=misfit))
                for misfit in record.misfits
            ]
            if is_damaged(record):
                said = Sentence("a note in it holds a damaged character, and its notes were left out; mend the file.")
                self._report.problems.append(Problem(record.place, said))
                whole = [entity._replace(note="", doubtful=False) for entity in record.annotations]
                record = replace(record, notes=(), annotations=tuple(whole))
            if record.annotations or record.notes:
                self._given.append(_Given(document, record.place, file, annotations_of(record), record.notes))
        self._length += len(document.text)
        if max(len(self._waiting), len(self._given)) < _BATCH and self._length < _LARGEST_BATCH:
            return False
        self.store()
        return True

    def _note_id(self, external_id: str, file: Path) -> None:
        """Count an id that another text of the same file has; of each id a number is kept, as files may be long."""
        if file != self._file:
            self._file, self._ids = file, set()
        if external_id:
            self._report.same_ids += hash(external_id) in self._ids
            self._ids.add(hash(external_id))

    def store(self) -> None:
        """Store what waits, in one transaction."""
        with self._project.batch():
            if self._intake and self._intake.annotator and self._given:
                self._project.annotators.add(self._intake.annotator)
            added = self._project.documents.add_many(self._waiting.values())
            for given in self._given:
                self._place(given)
        self._report.added += added
        self._waiting.clear()
        self._given.clear()
        self._length = 0

    def _place(self, given: _Given) -> None:
        """Store a document's annotations."""
        assert self._intake is not None  # noqa: S101 - without it nothing is given
        confirmed = [entity for entity in given.entities if not is_suggestion(entity.origin)]
        asked = given.entities if self._intake.annotator is None else confirmed
        self._report.suggestions += len(given.entities) - len(asked)
        spans = mapped(asked, self._intake.labels, self._report.dropped, self._project.tagset)
        if self._intake.annotator is None:
            self._report.annotations += suggest(self._project, given.document.id, given.file, spans)
            return
        person, labels = self._intake.annotator, self._intake.labels
        added, again, refused = annotate(self._project, given.document.id, person, spans)
        self._report.notes += take_in(self._project, given.document.id, person, labels, asked, given.notes)
        self._report.annotations += added
        self._report.annotations_there += again
        if refused:
            told = ", ".join(f"«{span.of(given.document.text)}» {label}" for span, label in refused[:_MOST_TOLD])
            self._report.problems.append(
                Problem(
                    given.place,
                    Sentence(
                        "{count} of its annotations overlap others, which the tagset {tagset} does not allow, "
                        "and were left out: {told}{more}.",
                        count=len(refused),
                        tagset=self._project.tagset.name,
                        told=told,
                        more=", …" if len(refused) > _MOST_TOLD else "",
                    ),
                )
            )
