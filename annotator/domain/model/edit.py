"""Edits: every change as a small value that knows its inverse, and the fold of a log of them.

The state of a project is a set of cells. A cell is addressed by (annotator, document, kind, key)
and holds one JSON object or nothing. The cells in SHARED are everybody's, and annotator is "" there. The document is ""
for the tagset and the team. An edit writes one or more cells; the last write in the
order of edit ids decides what a cell holds. As ids are unique and time-ordered, the fold of a set of
edits does not depend on how the set was gathered: merging is the union of logs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, NotRequired, TypedDict, cast


class CellKind(StrEnum):
    """What a cell holds, and so the type of its value.

    annotation: the key is the annotation's id, the value an AnnotationValue.
    verdict: the key is Suggestion.key, the value a VerdictValue.
    status: the key is "", the value a StatusValue; an empty cell means that the document is not done.
    note: the key is "" for the document, an annotation's id, or Suggestion.key while the suggestion is undecided; the
    value is a NoteValue.
    tagset: the key names a field of the tagset, the value is a TagsetValue.
    removed: the key is REMOVED_KEY, the value a RemovedValue; an empty cell means that the document was not removed.
    title: the key is TITLE_KEY, the value a TitleValue; an empty cell means that the document has its imported title.
    team: the key names a fact about the team, the value is a TeamValue. domain/team/roles.py says which writes count.
    assignment: the key is the id of the annotator who is to label the document, the value an AssignmentValue.
    checked: a place that the annotator found right in a check of labels. The key is "kind:start:end", the kind that of
    the case and the ends in code points; the value is a CheckedValue, with the label that was right there.
    rule: a rule of the project for the check of labels. The key is a random id, the value a RuleValue.
    gold: the settled layer of a document. The key is "start:end" in code points for a settled span, and "" for the
    document, which is settled if the cell has a value; the value is a GoldValue.
    """

    ANNOTATION = "annotation"
    VERDICT = "verdict"
    STATUS = "status"
    NOTE = "note"
    TAGSET = "tagset"
    REMOVED = "removed"
    TITLE = "title"
    TEAM = "team"
    ASSIGNMENT = "assignment"
    CHECKED = "checked"
    RULE = "rule"
    GOLD = "gold"


class AnnotationValue(TypedDict):
    """A labelled span: start and end in code points, the label's first id, str(Origin)."""

    start: int
    end: int
    label: str
    origin: str


class VerdictValue(TypedDict):
    """What was decided on a suggestion (a Verdict), who suggested it, and with which score, 0 to 1.

    suggester is "" if the decision counts for none: the suggestion was accepted unseen, with all that were left in its
    document, or was below the threshold.
    """

    verdict: str
    suggester: NotRequired[str]
    version: NotRequired[str]
    score: NotRequired[float]


class StatusValue(TypedDict):
    """The state of a document for one annotator: "done"."""

    status: str


class NoteValue(TypedDict, total=False):
    """The words of a note, and whether its subject is flagged as doubtful."""

    text: str
    doubtful: bool


class TagsetValue(TypedDict):
    """The new value of one field of the tagset or of a label: any JSON value."""

    value: Any


class RemovedValue(TypedDict):
    """That a document was removed: always true."""

    removed: bool


class TitleValue(TypedDict):
    """The title that an annotator gave a document."""

    title: str


class TeamValue(TypedDict):
    """A role, or whether something is allowed."""

    value: str | bool


class AssignmentValue(TypedDict):
    """That a document was handed out to an annotator: always true."""

    assigned: bool


class CheckedValue(TypedDict):
    """The label that was found right at a place, by its first id; "" if it is right that there is none."""

    label: str


class RuleValue(TypedDict):
    """What a regular expression finds must have a label, given by its first id; "" if it must have none."""

    pattern: str
    label: str


class GoldValue(TypedDict):
    """What an adjudicator settled at a span.

    label: the label's first id, "" for "nothing here" and for the document itself. by: the id of who settled it. rests:
    what it rests on, the label that each annotator had given exactly this span, "" for none, by annotator id.
    """

    label: str
    by: str
    rests: Mapping[str, str]


Value = (
    AnnotationValue
    | VerdictValue
    | StatusValue
    | NoteValue
    | TagsetValue
    | RemovedValue
    | TitleValue
    | TeamValue
    | AssignmentValue
    | CheckedValue
    | RuleValue
    | GoldValue
)
"""The value of a cell, as the log stores it in JSON. CellKind says which type a kind of cell has."""


SHARED = frozenset(
    {
        *(CellKind.TAGSET, CellKind.REMOVED, CellKind.TITLE, CellKind.TEAM),
        *(CellKind.ASSIGNMENT, CellKind.RULE, CellKind.GOLD),
    }
)
"""The kinds of cells that are everybody's, so that the last write of all annotators counts."""
REMOVED_KEY = "removed"
TITLE_KEY = "title"


class EditKind(StrEnum):
    """The action that an edit records."""

    CONFIRM = "confirm"
    CONFIRM_ALL = "confirm-all"
    REJECT = "reject"
    SKIP = "skip"
    ADD = "add"
    RELABEL = "relabel"
    RESIZE = "resize"
    REMOVE = "remove"
    PROPAGATE = "propagate"
    STATUS = "status"
    NOTE = "note"
    IMPORT = "import"
    REMOVE_ARTICLE = "remove-article"
    RESTORE_ARTICLE = "restore-article"
    RENAME_ARTICLE = "rename-article"
    TAGSET = "tagset"
    TEAM = "team"
    ASSIGN = "assign"
    FIX = "fix"
    CHECK = "check"
    RULE = "rule"
    SETTLE = "settle"
    UNDO = "undo"
    REDO = "redo"


class Write(NamedTuple):
    """One cell's change; before and after are its values, None where the cell is empty.

    A log has very many of them, so they are plain tuples.
    """

    document: str
    cell: CellKind
    key: str
    before: Value | None
    after: Value | None

    @property
    def annotations(self) -> tuple[AnnotationValue | None, AnnotationValue | None]:
        """Return before and after of an annotation's cell."""
        return cast("tuple[AnnotationValue | None, AnnotationValue | None]", self._values(CellKind.ANNOTATION))

    @property
    def verdicts(self) -> tuple[VerdictValue | None, VerdictValue | None]:
        """Return before and after of a verdict's cell."""
        return cast("tuple[VerdictValue | None, VerdictValue | None]", self._values(CellKind.VERDICT))

    @property
    def notes(self) -> tuple[NoteValue | None, NoteValue | None]:
        """Return before and after of a note's cell."""
        return cast("tuple[NoteValue | None, NoteValue | None]", self._values(CellKind.NOTE))

    @property
    def statuses(self) -> tuple[StatusValue | None, StatusValue | None]:
        """Return before and after of a status cell."""
        return cast("tuple[StatusValue | None, StatusValue | None]", self._values(CellKind.STATUS))

    @property
    def golds(self) -> tuple[GoldValue | None, GoldValue | None]:
        """Return before and after of a cell of the gold layer."""
        return cast("tuple[GoldValue | None, GoldValue | None]", self._values(CellKind.GOLD))

    @property
    def titles(self) -> tuple[TitleValue | None, TitleValue | None]:
        """Return before and after of the title of a document."""
        return cast("tuple[TitleValue | None, TitleValue | None]", self._values(CellKind.TITLE))

    @property
    def checks(self) -> tuple[CheckedValue | None, CheckedValue | None]:
        """Return before and after of a place that was found right."""
        return cast("tuple[CheckedValue | None, CheckedValue | None]", self._values(CellKind.CHECKED))

    @property
    def rules(self) -> tuple[RuleValue | None, RuleValue | None]:
        """Return before and after of a rule."""
        return cast("tuple[RuleValue | None, RuleValue | None]", self._values(CellKind.RULE))

    @property
    def team_values(self) -> tuple[TeamValue | None, TeamValue | None]:
        """Return before and after of a fact about the team."""
        return cast("tuple[TeamValue | None, TeamValue | None]", self._values(CellKind.TEAM))

    def _values(self, cell: CellKind) -> tuple[Value | None, Value | None]:
        if self.cell is not cell:
            raise TypeError(f"a write to a cell of kind {self.cell}, not {cell}")
        return self.before, self.after

    def inverse(self) -> Write:
        """Return the write that takes this one back."""
        return Write(self.document, self.cell, self.key, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """One action of one annotator, as the log stores it.

    id is a UUIDv7 in canonical text form, so ids sort by time. document is the one that was open, the first of those
    that were removed or restored, and "" for a change of the tagset or the team.
    reverts names the edit that an undo or a redo acts on, and is None for every other kind.
    time is the wall clock in ms since 1970 at which it was written; 0 before that.
    """

    id: str
    annotator: str
    document: str
    kind: EditKind
    writes: tuple[Write, ...]
    reverts: str | None = None
    time: int = field(default=0, compare=False)

    def inverse(self) -> tuple[Write, ...]:
        """Return the writes that take this edit's back."""
        return tuple(w.inverse() for w in reversed(self.writes))

    def undo(self, new_id: str) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(new_id, self.annotator, self.document, EditKind.UNDO, self.inverse(), self.id)

    def redo(self, new_id: str) -> Edit:
        """Return the edit that does this one again after it was undone."""
        return Edit(new_id, self.annotator, self.document, EditKind.REDO, self.writes, self.id)


class StoredEdit(NamedTuple):
    """An edit as a log keeps it, its writes unread: enough to see whether another log has it too."""

    id: str
    annotator: str
    document: str | None
    kind: str
    reverts: str | None
    time: int
    payload: str


@dataclass(frozen=True)
class Change:
    """What an edit did alter, so that only the views it concerns redraw.

    Each view asks, and an edit may have thousands of writes, so answers are kept.
    """

    edit: Edit

    @cached_property
    def documents(self) -> frozenset[str]:
        """Return the ids of the documents that were altered."""
        return frozenset({w.document for w in self.edit.writes} - {""})

    @cached_property
    def alters_tagset(self) -> bool:
        """Tell whether labels were altered, and not only what has them."""
        return bool(self.writes(CellKind.TAGSET))

    def writes(self, cell: CellKind) -> Sequence[Write]:
        """Return the writes to cells of one kind, in order."""
        return self._by_cell.get(cell, ())

    @cached_property
    def _by_cell(self) -> Mapping[CellKind, list[Write]]:
        found: dict[CellKind, list[Write]] = defaultdict(list)
        for write in self.edit.writes:
            found[write.cell].append(write)
        return found

    @cached_property
    def removed(self) -> frozenset[str]:
        """Return the ids of the documents that were removed."""
        return frozenset(w.document for w in self.writes(CellKind.REMOVED) if w.after)

    @cached_property
    def restored(self) -> frozenset[str]:
        """Return the ids of the documents that were removed before and are there again."""
        return frozenset(w.document for w in self.writes(CellKind.REMOVED) if not w.after)

    def keys(self, cell: CellKind, document: str) -> frozenset[str]:
        """Return the keys of the cells of one kind that were altered in a document."""
        return frozenset(w.key for w in self.writes(cell) if w.document == document)


@dataclass(frozen=True, slots=True)
class Address:
    """The place of a cell in the state."""

    annotator: str
    document: str
    cell: CellKind
    key: str

    @classmethod
    def of(cls, annotator: str, write: Write) -> Address:
        """Return the place that a write of an annotator goes to."""
        return cls("" if write.cell in SHARED else annotator, write.document, write.cell, write.key)


def removal(document: str, *, removed: bool = True) -> Write:
    """Return the write that removes a document, or restores it."""
    value: RemovedValue = {"removed": True}
    before, after = (None, value) if removed else (value, None)
    return Write(document, CellKind.REMOVED, REMOVED_KEY, before, after)


def renaming(document: str, title: str | None) -> Write:
    """Return the write that gives a document another title, or with None its imported one."""
    after: TitleValue | None = None if title is None else {"title": title}
    return Write(document, CellKind.TITLE, TITLE_KEY, None, after)


def assignment(document: str, annotator: str, *, assigned: bool = True) -> Write:
    """Return the write that hands a document out to an annotator, or takes it back."""
    value: AssignmentValue = {"assigned": True}
    before, after = (None, value) if assigned else (value, None)
    return Write(document, CellKind.ASSIGNMENT, annotator, before, after)


def fold(edits: Iterable[Edit]) -> dict[Address, Value]:
    """Return the cells that hold something after all the edits, whatever order they come in."""
    state: dict[Address, Value] = {}
    for edit in sorted(edits, key=lambda e: e.id):
        for write in edit.writes:
            address = Address.of(edit.annotator, write)
            if write.after is None:
                state.pop(address, None)
            else:
                state[address] = write.after
    return state
