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
from annotator.domain.model.edit import AnnotationValue, CellKind, Edit, EditKind, Write
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
    """Whose annotations those in the files become: an annotator's, or nobody's (suggestions) if annotator is None."""

    annotator: Annotator | None
    labels: LabelMap = field(default_factory=LabelMap)


def find_annotator(project: Project, name: str, me: Annotator) -> Annotator:
    """Return the annotator with this name or id: me, one of the project's, or a new one.

    Raises InputError if several annotators of the project have the name.
    """
    if name in (me.name, me.id):
        return me
    found = [person for person in project.annotators.all() if name in (person.name, person.id)]
    if len(found) > 1:
        ids = ", ".join(person.id for person in found)
        raise InputError("Several annotators are called {name}. Give the ID of one: {ids}.", name=name, ids=ids)
    return found[0] if found else Annotator(uuid.uuid4().hex, name)


def check_labels(found: Counter[str], labels: LabelMap, tagset: Tagset) -> None:
    """Raise InputError, with each label and its count, if some are neither in the tagset nor dropped by the map.

    found has the count of each label in the files.
    """
    known = {label_id for label in tagset.labels for label_id in (label.id, *label.formerly)}
    targets = {label: labels.get(label) for label in found}
    unknown = [label for label, target in targets.items() if target is not None and target not in known]
    if unknown:
        unknown.sort(key=lambda label: (-found[label], label))
        names = (label if targets[label] == label else f"{label}, mapped to {targets[label]}" for label in unknown)
        listed = ", ".join(f"{name} ({found[label]})" for name, label in zip(names, unknown, strict=True))
        raise InputError(
            'Labels not in tagset {tagset}: {listed}. Nothing was changed. Map them with --label-map FILE ("-" '
            "drops a label). Valid labels: {known}.",
            tagset=tagset.name,
            listed=listed,
            known=", ".join(sorted(label.id for label in tagset.labels)),
        )


def apply_label_map(
    entities: Iterable[Entity], labels: LabelMap, dropped: dict[str, int], tagset: Tagset | None = None
) -> list[Labelled]:
    """Return the spans with their labels in the project, each once, in the order of the text.

    Dropped labels are counted in dropped. A former id of a label becomes its current one.
    """
    found: dict[Labelled, None] = {}
    become: dict[str, str | None] = {}
    for entity in sorted(entities, key=lambda entity: (entity.span[0], -entity.span[1])):
        span, in_file = entity.span, entity.label
        if in_file not in become:
            become[in_file] = current_label(in_file, labels, tagset)
        label = become[in_file]
        if label is None:
            dropped[in_file] = dropped.get(in_file, 0) + 1
        else:
            found[span, label] = None
    return list(found)


def current_label(label: str, labels: LabelMap, tagset: Tagset | None = None) -> str | None:
    """Return the current id of a label from a file in the tagset, or None if the map drops it."""
    target = labels.get(label)
    now = tagset.find(target) if tagset and target is not None else None
    return now.id if now else target


@dataclass(frozen=True, slots=True)
class AddedAnnotations:
    """The result of adding spans to an annotator's annotations in a document.

    added: the new annotations. there: how many the annotator had already. refused: those that overlap (in a nested
    tagset: cross) another annotation of the annotator. before: those that existed.
    """

    added: list[Annotation]
    there: int
    refused: list[Labelled]
    before: list[Annotation]

    def ids(self) -> dict[Labelled, str]:
        """Return the annotation's id for each span and label, new or not."""
        return {(a.span, a.label): a.id for a in (*self.before, *self.added)}

    def edit(self, document_id: str, annotator: Annotator) -> Edit:
        """Return the edit that adds the annotations; the log gives it its id."""
        origin = str(_IMPORTED)
        values: Iterator[tuple[str, AnnotationValue]] = (
            (added_id, {"start": start, "end": end, "label": label, "origin": origin})
            for added_id, (start, end), label, _, _ in self.added
        )
        writes = [Write(document_id, CellKind.ANNOTATION, added_id, None, value) for added_id, value in values]
        return Edit("", annotator.id, document_id, EditKind.IMPORT, tuple(writes))


def annotate(
    before: list[Annotation], annotator: Annotator, spans: list[Labelled], *, nested: bool
) -> AddedAnnotations:
    """Return what adding the spans to an annotator's annotations gives; those that exist stay as they are.

    spans are in the order of the text. Existing annotations win, then the one that begins first, then the longest.
    Equal spans with different labels are all added if the tagset allows nesting.
    """
    edges = [edge for span, _ in spans for edge in span]
    if not before and edges == sorted(edges):  # No two spans overlap, as in nearly all files.
        return AddedAnnotations(_annotations(spans, annotator), 0, [], before)
    places = {(a.span, a.label) for a in before}
    existing = sorted(span for span, _ in places)
    reached = furthest = 0
    accepted: list[Labelled] = []
    refused: list[Labelled] = []
    there = 0
    open_spans: list[Span] = []
    for place in spans:
        span = place[0]
        start, end = span
        while reached < len(existing) and existing[reached].start < end:
            open_spans.append(existing[reached])
            furthest = max(furthest, existing[reached].end)
            reached += 1
        # Nearly all spans begin after the ones before have ended.
        open_spans = [s for s in open_spans if s.end > start] if furthest > start else []
        if place in places:
            there += 1
        elif open_spans and any(_excludes(other, span, nested) for other in open_spans):
            refused.append(place)
        else:
            open_spans.append(span)
            furthest = max(furthest, end)
            accepted.append(place)
    return AddedAnnotations(_annotations(accepted, annotator), there, refused, before)


def _annotations(spans: list[Labelled], annotator: Annotator) -> list[Annotation]:
    new = zip(spans, _new_ids(len(spans)), strict=True)
    return [Annotation(new_id, span, label, annotator.id, _IMPORTED) for (span, label), new_id in new]


def _new_ids(count: int) -> Iterator[str]:
    """Yield random ids for annotations, of 32 hexadecimal digits."""
    digits = secrets.token_hex(_BYTES * count)
    return (digits[at : at + 2 * _BYTES] for at in range(0, len(digits), 2 * _BYTES))


def suggest(project: Project, document_id: str, file: Path, spans: Iterable[Labelled], *, more: bool = False) -> int:
    """Store the spans as suggestions by the file, instead of its earlier ones; return how many are new.

    more keeps the earlier ones, if they are from the same import.
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
    """Return the number of notes and flags in a record."""
    return len(record.notes) + len([True for entity in record.annotations if entity.note or entity.doubtful])


def has_damaged_note(record: Record) -> bool:
    """Return True if a note of a record has NUL or a lone surrogate, which cannot be stored."""
    texts = [note.text for note in record.notes] + [entity.note for entity in record.annotations if entity.note]
    return any(_DAMAGED.search(text) for text in texts)


def note_edit(
    project: Project,
    document_id: str,
    annotator: Annotator,
    entities: Iterable[tuple[str, Entity]],
    notes: Iterable[FileNote],
) -> Edit | None:
    """Return the edit that writes the notes on a document and on the annotator's annotations in it, or None.

    entities have the id of the annotation that each became; without one ("") its note is not imported. Several notes on
    one subject are joined. A note that the annotator has already stays as it is.
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
