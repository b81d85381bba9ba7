"""Import files and folders into a project: store what can be stored, and report why everything else cannot."""

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
from annotator.services.importing.files import list_files, read_file
from annotator.services.importing.record_to_document import annotations_of, to_document
from annotator.services.progress import Progress
from annotator.storage.project import Project

_BATCH = 400  # documents in one transaction, which takes about 0.2 s
_LARGEST_BATCH = 8_000_000  # code points
_HELD = 1 << 24  # code points, roughly; files up to this size are read only once
_SIZE_OF_PART = 100  # code points counted for an annotation or a field
_MOST_LISTED = 3  # spans quoted in one message


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A text that is already in the project: where it is in the files, and the document's id."""

    place: str
    document: str


@dataclass(slots=True)
class ImportReport:
    """What an import did.

    repeated: texts that were already in the project. problems: what could not be imported. annotations: spans that
    became annotations or suggestions. annotations_there: those that the annotator had already. ignored: spans, if
    nobody asked for them. dropped: how many the map dropped, by label. notes: the imported notes and flags;
    notes_found: those in the files. suggestions: spans that the files mark as undecided suggestions; they are nobody's
    annotations and were not imported. same_ids: new texts with an id that another text of the same file has; both are
    stored, as a document is identified by its text. skipped: files in folders that no reader can read. restored:
    documents that had been removed and are back; removed: those that stay removed, as nobody was named who restores
    them.
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
        """Return how many texts were already in the project."""
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
    """Import files, and folders with everything in them, in the order given; folders in the order of names.

    target says whose the annotations in the files become, also those on texts that are already in the project; without
    it they are only counted. reader names the reader for all files, or for some of them; the others are detected. who
    returns the person who imports: documents that had been removed are restored by that person's edit. Files in folders
    are skipped if their name begins with a dot or no reader can read them; the latter are reported.

    Documents are stored in transactions of a few hundred, each with its annotations, so memory does not grow with the
    input. progress gets (bytes read, bytes in all). An exception that it raises, or Ctrl+C, stops the import; what was
    stored stays. Raises ProjectError, and InputError if a label is not in the project, before anything is stored.
    """
    report = ImportReport()
    files = list_files(paths, report.problems, reader, report.skipped)
    total = sum(size for _, size in files)

    def read(path: Path) -> Iterator[Record | Problem]:
        return read_file(path, reader if isinstance(reader, str) else (reader or {}).get(path), options)

    held: dict[Path, list[Record | Problem]] = {}
    if target:
        labels, held = _first_look(read, files, lambda: progress(0, total) if progress else None)
        check_labels(labels, target.labels, project.tagset)
    batch = _Batch(project, report, target, who)
    done = 0
    with project.bulk_writing():
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
    read: Callable[[Path], Iterator[Record | Problem]],
    files: Iterable[tuple[Path, int]],
    report_progress: Callable[[], None],
) -> tuple[Counter[str], dict[Path, list[Record | Problem]]]:
    """Return the count of each label in the files, and the content of the first files, to read little twice.

    report_progress is called now and then, and may raise to stop.
    """
    labels: Counter[str] = Counter()
    held: dict[Path, list[Record | Problem]] = {}
    room = _HELD
    for path, _ in files:
        items: list[Record | Problem] = []
        for number, item in enumerate(read(path)):
            if number % _BATCH == 0:
                report_progress()
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
    """The annotations and notes of one record for a document."""

    document: Document
    place: str
    file: Path
    entities: list[Entity]
    notes: tuple[FileNote, ...]


class _Batch:
    """Documents and annotations to be stored in one transaction."""

    def __init__(
        self, project: Project, report: ImportReport, target: ImportTarget | None, who: Callable[[], Annotator] | None
    ) -> None:
        self._who = who
        self._project = project
        self._report = report
        self._target = target
        self._taken: list[tuple[Document, str, Path]] = []
        self._waiting: dict[str, Document] = {}
        self._given: list[_Given] = []
        self._length = 0
        self._file: Path | None = None
        self._ids: set[int] = set()
        self._suggested: set[int] = set()  # hashes of (document, file) with suggestions stored in this import

    def take(self, document: Document, record: Record, file: Path) -> bool:
        """Add a document and its annotations; return True if the batch was stored."""
        self._taken.append((document, record.place, file))
        self._report.notes_found += count_notes(record)
        if self._target is None:
            self._report.ignored += len(record.annotations) + len(record.annotation_problems)
        else:
            self._report.problems += [
                Problem(record.place, Message("annotation {misfit}; skipped.", misfit=misfit))
                for misfit in record.annotation_problems
            ]
            if has_damaged_note(record):
                said = Message("notes skipped: one has a damaged character. Correct the file.")
                self._report.problems.append(Problem(record.place, said))
                whole = [entity._replace(note="", doubtful=False) for entity in record.annotations]
                record = replace(record, notes=(), annotations=tuple(whole))
            if record.annotations or record.notes:
                self._given.append(_Given(document, record.place, file, annotations_of(record), record.notes))
        self._length += len(document.text)
        if len(self._taken) < _BATCH and self._length < _LARGEST_BATCH:
            return False
        self.store()
        return True

    def _find_new(self) -> None:
        """Divide the documents into those to be stored and those that were already in the project."""
        there = self._project.documents.present(document.id for document, *_ in self._taken)
        for document, place, file in self._taken:
            if document.id in self._waiting or document.id in there:
                self._report.repeated.append(Duplicate(place, document.id))
            else:
                self._waiting[document.id] = document
                self._note_id(document.external_id, file)
        self._taken.clear()

    def _note_id(self, external_id: str, file: Path) -> None:
        """Count an id that another text of the file has. Only hashes are kept, as files may be long."""
        if file != self._file:
            self._file, self._ids = file, set()
        if external_id:
            self._report.same_ids += hash(external_id) in self._ids
            self._ids.add(hash(external_id))

    def store(self) -> None:
        """Store the batch in one transaction."""
        with self._project.transaction():
            if self._target and self._target.annotator and self._given:
                self._project.annotators.add(self._target.annotator)
            self._find_new()
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
        """Restore the documents of the batch that had been removed."""
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
        """Store the annotations and notes of all documents as the person's own."""
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
        """Yield the edits that add a document's annotations and notes to those that the person has (before)."""
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
        noted = [entity for entity in asked if entity.note or entity.doubtful]
        ids = taken.ids() if noted else {}
        with_notes = (
            (ids.get((entity.span, current_label(entity.label, labels, tagset) or ""), ""), entity) for entity in noted
        )
        edit = note_edit(self._project, given.document.id, person, with_notes, given.notes)
        if edit:
            self._report.notes += len(edit.writes)
            yield edit

    def _refuse(self, given: _Given, refused: list[Labelled]) -> None:
        """Report the annotations of a document that overlap others."""
        if not refused:
            return
        listed = ", ".join(f"«{span.of(given.document.text)}» {label}" for span, label in refused[:_MOST_LISTED])
        self._report.problems.append(
            Problem(
                given.place,
                Message(
                    "skipped {count} overlapping annotations (tagset {tagset} allows no nesting): {listed}{more}.",
                    count=len(refused),
                    tagset=self._project.tagset.name,
                    listed=listed,
                    more=", …" if len(refused) > _MOST_LISTED else "",
                ),
            )
        )
