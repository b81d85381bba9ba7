"""Gold files: articles with settled annotations, to score suggesters and to guide simulated annotators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.label_map import LabelMap
from annotator.domain.review.visibility import conflict
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import InputError, Message, join_messages
from annotator.formats.base.reader import ReadOptions
from annotator.formats.base.record import Problem
from annotator.formats.json.spans import is_suggestion
from annotator.formats.read import read_records
from annotator.services.importing.annotations import Labelled, apply_label_map
from annotator.services.importing.record_to_document import annotations_of, to_document

ANNOTATOR = "gold"


@dataclass(slots=True)
class Gold:
    """The documents of a gold file, under the labels that a map gives.

    dropped: annotations whose label the map drops, by label. problems: what could not be read.
    """

    path: Path
    documents: list[AnnotatedDocument] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def labels(self) -> Counter[str]:
        """Return how often each label occurs."""
        return Counter(annotation.label for document in self.documents for annotation in document.annotations)


def read_gold(path: Path, labels: LabelMap, reader: str | None = None, options: ReadOptions | None = None) -> Gold:
    """Read a gold file; reader names the reader, by default the one for the file's suffix.

    A text that occurs again is skipped; if its annotations differ, that is a problem. Unconfirmed suggestions in the
    file are not gold and are skipped, too.

    Raises InputError if the file cannot be read at all, or contains no annotation.
    """
    gold = Gold(path)
    seen: dict[str, set[Labelled]] = {}
    for item in read_records(path, reader, options):
        if isinstance(item, Problem):
            gold.problems.append(item)
            continue
        document = to_document(item)
        if isinstance(document, Problem):
            gold.problems.append(document)
            continue
        given = [entity for entity in annotations_of(item) if not is_suggestion(entity.origin)]
        if document.id in seen:
            if seen[document.id] != set(apply_label_map(given, labels, {})):
                said = Message("duplicate text with other annotations: the earlier ones were kept, these were skipped.")
                gold.problems.append(Problem(item.place, said))
            continue
        gold.problems += [
            Problem(item.place, Message("annotation {misfit}; skipped.", misfit=misfit))
            for misfit in item.annotation_problems
        ]
        spans = apply_label_map(given, labels, gold.dropped)
        seen[document.id] = set(spans)
        annotations = (
            Annotation(f"{number}", span, label, ANNOTATOR, Origin(OriginKind.IMPORTED))
            for number, (span, label) in enumerate(spans)
        )
        gold.documents.append(AnnotatedDocument(document, tuple(annotations)))
    if not gold.labels():
        parts = [Message("{path} has no annotations to compare with.", path=path)]
        parts += [Message("{place}: {problem}", place=p.place, problem=p.message) for p in gold.problems[:1]]
        if not reader:
            parts.append(Message("If this is a CoNLL file with another suffix, add --format conll."))
        raise InputError(join_messages(parts))
    return gold


def compatible_annotations(annotations: Sequence[Annotation], tagset: Tagset) -> list[Annotation]:
    """Return the annotations that one annotator can have together, by start: of competing ones the longest."""
    kept: list[Annotation] = []
    for annotation in sorted(annotations, key=lambda a: (-len(a.span), a.span, a.label)):
        if not any(conflict(annotation.span, other.span, tagset.nested) for other in kept):
            kept.append(annotation)
    return sorted(kept, key=lambda a: (a.span.start, -a.span.end))


def format_counts(labels: Iterable[tuple[str, int]]) -> str:
    """Return labels with their counts for a message: "PERS (12), LOC (3)"."""
    return ", ".join(f"{label} ({count})" for label, count in sorted(labels, key=lambda item: (-item[1], item[0])))
