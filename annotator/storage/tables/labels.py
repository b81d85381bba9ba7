"""The current tagset of a project, and the translation between stored label ids and current ones.

The log stores a label's first id; callers see its current one. After LOC is renamed to PLACE, the log still says LOC.
See domain/tagset/tagset_cells.py for the reason.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import TypeVar

from annotator.domain.model.edit import (
    AnnotationValue,
    CellKind,
    CheckedValue,
    Edit,
    GoldValue,
    NoteValue,
    RuleValue,
    VerdictValue,
    Write,
)
from annotator.domain.model.notes import is_doubtful, note_text
from annotator.domain.model.suggestion import Suggestion, Verdict
from annotator.domain.review.visibility import span_of_key
from annotator.domain.tagset.changes import RemoveLabel, TagsetChange
from annotator.domain.tagset.draft import TagsetDraft, writes_between
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.domain.tagset.tagset_cells import LabelIds
from annotator.errors import ResourceError
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.rows import to_json
from annotator.storage.tables.label_usage import LabelUsage, all_usages, annotations_with, usage

_T = TypeVar("_T")

_VERDICTS: frozenset[str] = frozenset(Verdict)
_RANKS = (Verdict.ACCEPTED, Verdict.CORRECTED, Verdict.REJECTED, Verdict.SKIPPED, Verdict.PENDING)
"""Which of the verdicts on merged labels counts, if there is none under the label's own first id."""


class Labels:
    """The labels of a project as they were last read; refresh() reads what others wrote since."""

    def __init__(self, connection: ProjectConnection, base: Tagset) -> None:
        self._connection = connection
        self.base = base
        self._held = self.draft = TagsetDraft(base)
        self.refresh()

    def refresh(self) -> bool:
        """Read the tagset again. Return True if it changed."""
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            cells = {key: json.loads(value)["value"] for key, value in db.execute("select key, value from tagset")}
            if cells == self._held.cells:
                return False
            held = TagsetDraft(self.base, cells)
            self._held, self.draft = held, held.settled()
        return True

    def writes(self, changes: Sequence[TagsetChange]) -> tuple[Write, ...]:
        """Return the writes that changes make to the tagset in the file.

        Raises ResourceError for a change that is not possible, such as removing a label that annotations have.
        """
        self.refresh()
        draft = self.draft
        for change in changes:
            if isinstance(change, RemoveLabel) and (label := draft.tagset.find(change.label)):
                self._refuse_used(label)
            draft = change.apply(draft)
        return writes_between(self._held, draft) if draft.cells != self.draft.cells else ()

    def kept_labels(self) -> list[str]:
        """Return the labels that were kept although each was removed in some copy: otherwise none would be left."""
        return [label.id for label in self.tagset.labels if label.first_id in self._held.folded.kept]

    def usage(self, label_id: str) -> LabelUsage:
        """Return how much a label is used. Reads all suggestions of the project."""
        with self._connection.reading() as db:
            return usage(db, self.ids.all_in_log(label_id))

    def usage_by_label(self) -> dict[str, LabelUsage]:
        """Return how much each label is used, by stored id. Reads all suggestions once."""
        with self._connection.reading() as db:
            return all_usages(db)

    def _refuse_used(self, label: Label) -> None:
        with self._connection.reading() as db:
            used = annotations_with(db, self.ids.all_in_log(label.id))
        if used.annotations:
            raise ResourceError(
                "Cannot remove {label}: {annotations} annotations in {documents} articles have it. Merge it into "
                "another label.",
                label=label.id,
                annotations=used.annotations,
                documents=used.documents,
            )

    @property
    def tagset(self) -> Tagset:
        """Return the current tagset."""
        return self.draft.tagset

    @property
    def ids(self) -> LabelIds:
        """Return the mapping between stored and current label ids."""
        return self.draft.folded.ids

    def is_removed(self, stored: str) -> bool:
        """Return True if a stored id is that of a removed label."""
        return stored in self.ids.gone

    def current_ids(self) -> str:
        """Return the current id of each stored id that differs, as a JSON object for a query."""
        return to_json(dict(self.ids.present))

    def all_stored(self, label_id: str) -> str:
        """Return every stored id of a label, as a JSON array for a query."""
        return to_json(self.ids.all_in_log(label_id))

    def are_separate(self, writes: Iterable[Write]) -> bool:
        """Return True if no verdict or note among the writes is read as one with that of a merged label."""
        if self.ids.is_plain:
            return True
        keyed = [w.key.rpartition(":") for w in writes if w.cell in (CellKind.VERDICT, CellKind.NOTE)]
        return not any(colon and self.ids.is_joint(label) for _, colon, label in keyed)

    def current_verdicts(self, verdicts: Mapping[str, VerdictValue]) -> dict[str, VerdictValue]:
        """Return verdicts by Suggestion.key with the labels' current ids.

        Example: LOC was merged into PLACE, so the verdicts on 4:10:LOC and 4:10:PLACE are both about 4:10:PLACE now.
        The verdict under the label's own first id counts. Without one, the first in the order of _RANKS does.
        Raises ProjectError for a value that no verdict has, and for a rejection whose key names no place.
        """
        with translate_decode_errors(self._connection.path):
            for key, value in verdicts.items():
                if value["verdict"] not in _VERDICTS:
                    raise ValueError(value["verdict"])
                if value["verdict"] == Verdict.REJECTED:
                    span_of_key(key)
        if self.ids.is_plain:
            return dict(verdicts)

        def weight(stored: str) -> tuple[bool, int, str]:
            return not self._is_own_key(stored), _RANKS.index(Verdict(verdicts[stored]["verdict"])), stored

        return {key: verdicts[min(stored, key=weight)] for key, stored in self._stored_keys(verdicts).items()}

    def current_notes(self, notes: Mapping[str, NoteValue]) -> dict[str, NoteValue]:
        """Return notes by key with the labels' current ids.

        Notes that have the same key now are read as one, the note under the label's own first id first. Example: LOC
        was merged into PLACE. The notes "river?" on 4:10:LOC and "the city" on 4:10:PLACE are now one note on
        4:10:PLACE, "the city" and "river?" in two lines. It is flagged as doubtful if one of them is.
        """
        if self.ids.is_plain:
            return dict(notes)

        def own_first(stored: str) -> tuple[bool, str]:
            return not self._is_own_key(stored), stored

        return {
            key: reduce(_joined, (notes[each] for each in sorted(stored, key=own_first)))
            for key, stored in self._stored_keys(notes).items()
        }

    def _stored_keys(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Return the keys in the log by the key that they have with the labels' current ids."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            found[translate_label(key, self.ids.now)].append(key)
        return found

    def _is_own_key(self, stored: str) -> bool:
        """Return True if a key in the log names its label by the first id of the label that is meant now."""
        return translate_label(translate_label(stored, self.ids.now), self.ids.in_log) == stored

    def current_suggestions(self, suggestions: Iterable[Suggestion]) -> list[Suggestion]:
        """Return suggestions with current label ids, without those of removed labels.

        If one suggester then has two with the same span and label, the higher score is kept.
        """
        if self.ids.is_plain:
            return list(suggestions)
        best: dict[tuple[str, str], Suggestion] = {}
        for each in suggestions:
            if self.is_removed(each.label):
                continue
            now = each._replace(label=self.ids.now(each.label))
            key = (now.key, now.suggester)
            if key not in best or best[key].score < now.score:
                best[key] = now
        return list(best.values())

    def current_curves(self, curves: Mapping[tuple[str, str], _T]) -> dict[tuple[str, str], _T]:
        """Return values by (suggester, label), also under the labels' current ids if these have none of their own."""
        known = dict(curves)
        for (suggester, label), curve in curves.items():
            known.setdefault((suggester, self.ids.now(label)), curve)
        return known


def _joined(first: NoteValue, second: NoteValue) -> NoteValue:
    """Return two notes on one thing as one; lines of the second that the first has are not repeated."""
    one, other = note_text(first), note_text(second)
    text = one if f"\n{other}\n" in f"\n{one}\n" else "\n".join(filter(None, (one, other)))
    return {"text": text, "doubtful": is_doubtful(first) or is_doubtful(second)}


def with_stored_labels(edit: Edit, ids: LabelIds) -> Edit:
    """Return an edit with the first ids of its labels, as the log stores it."""
    if not ids.stored:
        return edit
    return replace(edit, writes=tuple(_translated(w, ids.in_log) for w in edit.writes))


def with_current_labels(edit: Edit, ids: LabelIds) -> Edit:
    """Return a stored edit with the current ids of its labels."""
    if ids.is_plain:
        return edit
    return replace(edit, writes=tuple(_translated(w, ids.now) for w in edit.writes))


def translate_label(key: str, translate: Callable[[str], str]) -> str:
    """Return a Suggestion.key with its label translated; any other key is returned unchanged."""
    start, colon, rest = key.partition(":")
    end, colon, label = rest.partition(":")
    return f"{start}:{end}:{translate(label)}" if colon else key


def _translated(write: Write, translate: Callable[[str], str]) -> Write:
    if write.cell is CellKind.ANNOTATION:
        before, after = (_relabelled(value, translate) for value in write.annotations)
        return write._replace(before=before, after=after)
    if write.cell in (CellKind.VERDICT, CellKind.NOTE):
        return write._replace(key=translate_label(write.key, translate))
    if write.cell is CellKind.CHECKED:
        marks = (_with_label(value, translate) for value in write.checks)
        return write._replace(before=next(marks), after=next(marks))
    if write.cell is CellKind.RULE:
        rules = (_with_label(value, translate) for value in write.rules)
        return write._replace(before=next(rules), after=next(rules))
    if write.cell is CellKind.GOLD:
        settled = (translate_gold(value, translate) if value else None for value in write.golds)
        return write._replace(before=next(settled), after=next(settled))
    return write


def translate_gold(value: GoldValue, translate: Callable[[str], str]) -> GoldValue:
    """Return a value of the gold layer with its labels translated; "" stays."""

    def translated(label: str) -> str:
        return translate(label) if label else ""

    rests = {who: translated(label) for who, label in value["rests"].items()}
    return {"label": translated(value["label"]), "by": value["by"], "rests": rests}


def _relabelled(value: AnnotationValue | None, translate: Callable[[str], str]) -> AnnotationValue | None:
    return {**value, "label": translate(value["label"])} if value else value


_Labelled = TypeVar("_Labelled", CheckedValue, RuleValue)


def _with_label(value: _Labelled | None, translate: Callable[[str], str]) -> _Labelled | None:
    """Return a value with its label translated; "" stays."""
    if value is None or not value["label"]:
        return value
    changed = value.copy()
    changed["label"] = translate(value["label"])
    return changed
