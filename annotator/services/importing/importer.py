"""Bring files and folders into a project: what can be taken goes in, of all else it is reported why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import Document
from annotator.domain.model.edit import Edit, EditKind, removal
from annotator.domain.model.label_map import LabelMap
from annotator.errors import Message
from annotator.formats.base.reader import ReadOptions
from annotator.formats.base.record import Entity, FileNote, Problem, Record
from annotator.formats.json.spans import is_suggestion
from annotator.services.gc_tuning import infrequent_gc
from annotator.services.importing.annotations import (
    ImportTarget,
    Labelled,
    annotate,
    apply_label_map,
    check_labels,
    count_notes,
    current_label,
    has_damaged_note,
    note_edit,
    suggest,
)
from annotator.services.importing.documents import annotations_of, to_document
from annotator.services.importing.files import list_files, read_file
from annotator.services.progress import Progress
from annotator.storage.project import Project

_BATCH = 200  # documents in one transaction
_LARGEST_BATCH = 8_000_000  # code points
_HELD = 1 << 24  # code points, about; what is not more is read only once
_SIZE_OF_PART = 100  # code points that an annotation or a field counts for
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
    another text of that file has; a document is known by its text, so both are there. skipped: the files in folders
    that are of no kind that can be read. restored: documents that had been removed and are there again. removed: those
    that stay removed, as nobody was named who restores them.
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
    skipped: list[str] = field(default_factory=list)
    restored: int = 0
    removed: int = 0

    @property
    def duplicates(self) -> int:
        """Return how many texts were there already."""
        return len(self.repeated)


@infrequent_gc()
def import_paths(
    project: Project,
    paths: Iterable[str | Path],
    *,
    progress: Progress | None = None,
    target: ImportTarget | None = None,
    reader: str | Mapping[Path, str] | None = None,
    options: ReadOptions | None = None,
    who: Callable[[], Annotator] | None = None,
) -> ImportReport:
    """Import files, and folders with all that is in them, in the order given; folders in the order of names.

    intake says what becomes of the annotations that the files hold, also of those on texts that are there already;
    without it they are counted and left. reader names the reader for all files, or for some of them; it is else
    chosen by each file's name. who returns who imports: documents that were removed are restored as that
    annotator's edit. In folders, files whose name begins with a dot are passed over, and files that no reader
    takes are skipped and reported. Documents are stored
    some hundred a transaction, each with its annotations, so memory does not grow with the input. progress is reported
    (bytes read, bytes in all). An exception that it raises, or Ctrl+C, stops the import, and what was stored stays.
    Raises ProjectError, and InputError, before anything is stored, where a label has no place in the project.
    """
    report = ImportReport()
    files = list_files(paths, report.problems, reader, report.skipped)
    total = sum(size for _, size in files)

    def read(path: Path) -> Iterator[Record | Problem]:
        """Read a file as asked."""
        return read_file(path, reader if isinstance(reader, str) else (reader or {}).get(path), options)

    held: dict[Path, list[Record | Problem]] = {}
    if target:
        labels, held = _first_look(read, files, lambda: progress(0, total) if progress else None)
        check_labels(labels, target.labels, project.tagset)
    batch = _Batch(project, report, target, who)
    done = 0
    for path, size in files:
        for item in held.pop(path) if path in held else read(path):
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


def _first_look(
    read: Callable[[Path], Iterator[Record | Problem]], files: Iterable[tuple[Path, int]], tell: Callable[[], None]
) -> tuple[Counter[str], dict[Path, list[Record | Problem]]]:
    """Return how often each label stands in the files, and what the first of them hold, so as to read little twice.

    tell is called now and then, and may end the look with an exception.
    """
    labels: Counter[str] = Counter()
    held: dict[Path, list[Record | Problem]] = {}
    room = _HELD
    for path, _ in files:
        items: list[Record | Problem] = []
        for number, item in enumerate(read(path)):
            if number % _BATCH == 0:
                tell()
            if isinstance(item, Record):
                labels.update([entity.label for entity in item.annotations])
                room -= len(item.text) + _SIZE_OF_PART * (len(item.annotations) + len(item.fields))
            if room > 0:
                items.append(item)
        if room > 0:
            held[path] = items
    return labels, held


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

    def __init__(
        self, project: Project, report: ImportReport, target: ImportTarget | None, who: Callable[[], Annotator] | None
    ) -> None:
        """Begin with none; the report counts what becomes of each, and who restores what was removed."""
        self._who = who
        self._project = project
        self._report = report
        self._target = target
        self._waiting: dict[str, Document] = {}
        self._given: list[_Given] = []
        self._length = 0
        self._file: Path | None = None
        self._ids: set[int] = set()
        self._suggested: set[int] = set()  # numbers of the texts and names of files that gave suggestions

    def take(self, document: Document, record: Record, file: Path) -> bool:
        """Take a document that is not there yet, and its annotations; return whether the batch was stored."""
        if document.id in self._waiting or document.id in self._project.documents:
            self._report.repeated.append(Duplicate(record.place, document.id))
        else:
            self._waiting[document.id] = document
            self._note_id(document.external_id, file)
        self._report.notes_found += count_notes(record)
        if self._target is None:
            self._report.ignored += len(record.annotations) + len(record.annotation_problems)
        else:
            self._report.problems += [
                Problem(record.place, Message("its annotation {misfit}; it was left out.", misfit=misfit))
                for misfit in record.annotation_problems
            ]
            if has_damaged_note(record):
                said = Message("a note in it holds a damaged character, and its notes were left out; mend the file.")
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
        with self._project.transaction():
            if self._target and self._target.annotator and self._given:
                self._project.annotators.add(self._target.annotator)
            self._restore()
            added = self._project.documents.add_many(self._waiting.values())
            if self._target and self._target.annotator:
                self._place_all(self._target.annotator, self._target.labels)
            elif self._target:
                self._suggest_all(self._target.labels)
        self._report.added += added
        self._waiting.clear()
        self._given.clear()
        self._length = 0

    def _restore(self) -> None:
        """Restore those of the documents that wait which had been removed."""
        documents, log = self._project.documents, self._project.log
        removed = documents.removed(self._waiting)
        if not removed:
            return
        back = [self._waiting.pop(document) for document in list(self._waiting) if document in removed]
        if self._who is None:
            self._report.removed += len(back)
            return
        person = self._who()
        self._project.annotators.add(person)
        erased = documents.erased(removed)
        self._project.removals.refill([document for document in back if document.id in erased])
        writes = tuple(removal(document.id, removed=False) for document in back)
        log.append(Edit(log.new_id(), person.id, back[0].id, EditKind.RESTORE_ARTICLE, writes))
        self._report.restored += len(back)

    def _suggest_all(self, labels: LabelMap) -> None:
        """Store the annotations of all documents as suggestions."""
        for given in self._given:
            spans = apply_label_map(given.entities, labels, self._report.dropped, self._project.tagset)
            place = hash((given.document.id, given.file.name))
            more = place in self._suggested
            self._suggested.add(place)
            self._report.annotations += suggest(self._project, given.document.id, given.file, spans, more=more)

    def _place_all(self, person: Annotator, labels: LabelMap) -> None:
        """Store the annotations of all documents, and what is noted, as the person's own."""
        log = self._project.log
        before = log.annotations_of_many([given.document.id for given in self._given], person.id)
        edits: list[Edit] = []
        met: set[str] = set()
        for given in self._given:
            if given.document.id in met:
                log.append_many(edits)
                edits, met = [], set()
                before[given.document.id] = log.annotations(given.document.id, person.id)
            met.add(given.document.id)
            edits += self._edits(given, person, labels, before[given.document.id])
        log.append_many(edits)

    def _edits(self, given: _Given, person: Annotator, labels: LabelMap, before: list[Annotation]) -> Iterator[Edit]:
        """Yield what makes a document's annotations, and what is noted, the person's, who has those before."""
        tagset = self._project.tagset
        asked = [entity for entity in given.entities if not is_suggestion(entity.origin)]
        self._report.suggestions += len(given.entities) - len(asked)
        taken = annotate(
            before, person, apply_label_map(asked, labels, self._report.dropped, tagset), nested=tagset.nested
        )
        self._report.annotations += len(taken.added)
        self._report.annotations_there += taken.there
        self._refuse(given, taken.refused)
        if taken.added:
            yield taken.edit(given.document.id, person)
        with_notes = (
            (taken.ids.get((entity.span, current_label(entity.label, labels, tagset) or ""), ""), entity)
            for entity in asked
            if entity.note or entity.doubtful
        )
        edit = note_edit(self._project, given.document.id, person, with_notes, given.notes)
        if edit:
            self._report.notes += len(edit.writes)
            yield edit

    def _refuse(self, given: _Given, refused: list[Labelled]) -> None:
        """Tell which annotations of a document cannot stand beside others."""
        if not refused:
            return
        told = ", ".join(f"«{span.of(given.document.text)}» {label}" for span, label in refused[:_MOST_TOLD])
        self._report.problems.append(
            Problem(
                given.place,
                Message(
                    "{count} of its annotations overlap others, which the tagset {tagset} does not allow, "
                    "and were left out: {told}{more}.",
                    count=len(refused),
                    tagset=self._project.tagset.name,
                    told=told,
                    more=", …" if len(refused) > _MOST_TOLD else "",
                ),
            )
        )
