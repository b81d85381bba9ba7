"""Annotations and notes of imported articles: as an annotator's own, or as suggestions, under the project's labels."""

from __future__ import annotations

import re
import secrets
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.model.annotation import Annotation, Annotator, Origin, OriginKind
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.label_map import LabelMap
from annotator.domain.model.notes import combine_notes, note_value
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.visibility import conflict
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import InputError
from annotator.formats.base.record import Entity, FileNote, Record
from annotator.storage.project import Project

Labelled = tuple[Span, str]

_IMPORTED = Origin(OriginKind.IMPORTED)
_BYTES = 16  # of an id
_DAMAGED = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """What becomes of the annotations in files: an annotator's own, or suggestions where annotator is None."""

    annotator: Annotator | None
    labels: LabelMap = field(default_factory=LabelMap)


def find_annotator(project: Project, name: str, me: Annotator) -> Annotator:
    """Return the annotator with a name (or id): me, one of the project's, or else a new one.

    Raises InputError if several of the project's bear the name.
    """
    if name in (me.name, me.id):
        return me
    found = [person for person in project.annotators.all() if name in (person.name, person.id)]
    if len(found) > 1:
        ids = ", ".join(person.id for person in found)
        raise InputError("Several annotators are called {name}; give the id of one of: {ids}.", name=name, ids=ids)
    return found[0] if found else Annotator(uuid.uuid4().hex, name)


def check_labels(found: Counter[str], labels: LabelMap, tagset: Tagset) -> None:
    """Raise InputError, naming each label with its number, where some become none of the tagset's and are not dropped.

    found is how often each label stands in the files.
    """
    known = {label_id for label in tagset.labels for label_id in (label.id, *label.formerly)}
    targets = {label: labels.get(label) for label in found}
    unknown = [label for label, target in targets.items() if target is not None and target not in known]
    if unknown:
        unknown.sort(key=lambda label: (-found[label], label))
        names = (label if targets[label] == label else f"{label}, mapped to {targets[label]}" for label in unknown)
        told = ", ".join(f"{name} ({found[label]})" for name, label in zip(names, unknown, strict=True))
        raise InputError(
            "The tagset {tagset} has no place for these labels: {told}. Nothing was done. Say in a map what each "
            "becomes, or - to drop it, and give the map with --label-map; there are: {known}.",
            tagset=tagset.name,
            told=told,
            known=", ".join(sorted(label.id for label in tagset.labels)),
        )


def apply_label_map(
    entities: Iterable[Entity], labels: LabelMap, dropped: dict[str, int], tagset: Tagset | None = None
) -> list[Labelled]:
    """Return the spans with their labels in the project, each once, in the order of the text; dropped is added to.

    A label that goes by a former id is given the one that it has in the tagset now.
    """
    found: dict[Labelled, None] = {}
    become: dict[str, str | None] = {}
    for entity in sorted(entities, key=lambda e: (e.span.start, -e.span.end)):
        if entity.label not in become:
            become[entity.label] = current_label(entity.label, labels, tagset)
        label = become[entity.label]
        if label is None:
            dropped[entity.label] = dropped.get(entity.label, 0) + 1
        else:
            found[entity.span, label] = None
    return list(found)


def current_label(label: str, labels: LabelMap, tagset: Tagset | None = None) -> str | None:
    """Return what a label of a file becomes, under the id that it has in the tagset now; None if it is dropped."""
    target = labels.get(label)
    now = tagset.find(target) if tagset and target is not None else None
    return now.id if now else target


@dataclass(frozen=True, slots=True)
class AddedAnnotations:
    """What becomes of spans that are to be an annotator's in a document.

    added: those that become annotations. there: how many the annotator has already. refused: those that cannot be,
    because they overlap (in a nested tagset: cross) another one of the same annotator. ids: the id of the annotation
    of each span and label, be it new or not.
    """

    added: list[Annotation]
    there: int
    refused: list[Labelled]
    ids: dict[Labelled, str]

    def edit(self, document_id: str, annotator: Annotator) -> Edit:
        """Return the edit that makes those that were added the annotator's own; the log gives it its id."""
        writes = tuple(Write(document_id, CellKind.ANNOTATION, a.id, None, a.to_value()) for a in self.added)
        return Edit("", annotator.id, document_id, EditKind.IMPORT, writes)


def annotate(
    before: Iterable[Annotation], annotator: Annotator, spans: Iterable[Labelled], *, nested: bool
) -> AddedAnnotations:
    """Make the spans the annotator's own, who has those before in the document already: they stay as they are.

    spans are in the order of the text. What was there before stands, then what begins first, then the longest. Equal
    spans with several labels stand together where spans may be nested.
    """
    ids = {(a.span, a.label): a.id for a in before}
    standing = sorted(span for span, _ in ids)
    met = 0
    stands: list[Labelled] = []
    refused: list[Labelled] = []
    again = 0
    open_ones: list[Span] = []
    for place in spans:
        span = place[0]
        while met < len(standing) and standing[met].start < span.end:
            open_ones.append(standing[met])
            met += 1
        if open_ones:
            open_ones = [s for s in open_ones if s.end > span.start]
        if place in ids:
            again += 1
        elif open_ones and any(_excludes(other, span, nested) for other in open_ones):
            refused.append(place)
        else:
            open_ones.append(span)
            stands.append(place)
    added = [
        Annotation(new_id, span, label, annotator.id, _IMPORTED)
        for new_id, (span, label) in zip(_new_ids(len(stands)), stands, strict=True)
    ]
    ids.update(((a.span, a.label), a.id) for a in added)
    return AddedAnnotations(added, again, refused, ids)


def _new_ids(count: int) -> Iterator[str]:
    """Yield so many random ids of annotations, of 32 hexadecimal digits."""
    digits = secrets.token_hex(_BYTES * count)
    return (digits[at : at + 2 * _BYTES] for at in range(0, len(digits), 2 * _BYTES))


def suggest(project: Project, document_id: str, file: Path, spans: Iterable[Labelled], *, more: bool = False) -> int:
    """Make the spans suggestions in the name of the file, in place of those it gave before; return how many are new.

    more says that they come beside those it gave before, which it gave in the same import.
    """
    there = [s for s in project.suggestions.of(document_id) if s.suggester == file.name] if more else []
    places = {(s.span, s.label) for s in there}
    added = [Suggestion(span, label, 1.0, file.name) for span, label in spans if (span, label) not in places]
    project.suggestions.replace(document_id, file.name, "", [*there, *added])
    return len(added)


def _excludes(one: Span, other: Span, nested: bool) -> bool:
    """Return True if two spans cannot both be annotated."""
    return conflict(one, other, nested) and not (nested and one == other)


def count_notes(record: Record) -> int:
    """Return how many notes a record of a file holds."""
    return len(record.notes) + sum(bool(entity.note or entity.doubtful) for entity in record.annotations)


def has_damaged_note(record: Record) -> bool:
    """Return True if a note of a record holds NUL or a lone surrogate, which cannot be stored."""
    texts = [note.text for note in record.notes] + [entity.note for entity in record.annotations]
    return any(_DAMAGED.search(text) for text in texts)


def note_edit(
    project: Project,
    document_id: str,
    annotator: Annotator,
    entities: Iterable[tuple[str, Entity]],
    notes: Iterable[FileNote],
) -> Edit | None:
    """Return the edit that writes what is noted on a document and on the annotator's annotations in it, or None.

    entities are those of the file with the id of the annotation that each became, "" if it became none: a note on
    such a one has no place. Notes of several people on one subject become one. A note that the annotator has made
    already stays as it is.
    """
    found: dict[str, list[tuple[str, bool]]] = {}
    for note in notes:
        found.setdefault("", []).append((note.text, note.doubtful))
    for key, entity in entities:
        if key and (entity.note or entity.doubtful):
            found.setdefault(key, []).append((entity.note, entity.doubtful))
    if not found:
        return None
    there = project.log.note_values(document_id, annotator.id)
    values = {key: note_value(*combine_notes(said)) for key, said in found.items() if key not in there}
    writes = tuple(Write(document_id, CellKind.NOTE, key, None, value) for key, value in values.items() if value)
    return Edit("", annotator.id, document_id, EditKind.IMPORT, writes) if writes else None
