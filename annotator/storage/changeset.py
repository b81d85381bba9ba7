"""Changesets: rows of a project on their way to other copies, and a changeset as the source of a merge.

A row has the columns of its table, and a run also has its suggestions. How a changeset travels is not decided here: a
shared folder carries it as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from types import NoneType

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import Edit, StoredEdit
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Run, Suggestion
from annotator.domain.review.stopwatch import TimeEntry, WorkInterval
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ProjectError
from annotator.storage.log.timestamps import check_stamps
from annotator.storage.rows import Row, document_from_row, edit_from_row

RunKey = tuple[str, str]
"""(document id, suggester)."""

_OLDEST = "00000000-0000-7000-8000-000000000000"
"""The oldest stamp that a merge accepts."""
_TEXT, _NUMBER = (str,), (int,)
_LARGEST_NUMBER = (1 << 63) - 1
COLUMNS: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "documents": {
        **dict.fromkeys(("id", "stamp"), _TEXT),
        "length": _NUMBER,
        "title": _TEXT,
        "date": (str, NoneType),
        **dict.fromkeys(("source", "url", "author", "external_id", "newlines", "regions", "metadata", "text"), _TEXT),
    },
    "annotators": dict.fromkeys(("id", "name", "stamp"), _TEXT),
    "runs": {**dict.fromkeys(("document", "suggester", "version", "stamp"), _TEXT), "suggestions": (list,)},
    "spells": {**dict.fromkeys(("id", "annotator", "document"), _TEXT), **dict.fromkeys(("started", "ms"), _NUMBER)},
    "edits": {
        **dict.fromkeys(("id", "annotator"), _TEXT),
        "document": (str, NoneType),
        "kind": _TEXT,
        "reverts": (str, NoneType),
        "time": _NUMBER,
        "payload": _TEXT,
    },
}
"""The tables whose rows travel, in an order in which each refers to earlier ones, and the types of their columns."""
KEYS: Mapping[str, tuple[str, ...]] = {kind: {"runs": ("document", "suggester")}.get(kind, ("id",)) for kind in COLUMNS}
"""The columns of each table that identify a row."""


def row_key(kind: str, row: Row) -> str:
    """Return the key of a row in the outbox."""
    return " ".join(row[name] for name in KEYS[kind])


@dataclass(frozen=True, slots=True)
class Changeset:
    """Rows by table."""

    rows: Mapping[str, list[Row]] = field(default_factory=lambda: {kind: [] for kind in COLUMNS})

    def __len__(self) -> int:
        """Return the number of rows."""
        return sum(map(len, self.rows.values()))

    def counts(self) -> dict[str, int]:
        """Return the number of rows by table."""
        return {kind: len(rows) for kind, rows in self.rows.items()}

    def add(self, kind: str, row: object) -> None:
        """Add a row. Raises ValueError if it is no row of that table."""
        columns = COLUMNS.get(kind)
        if columns is None or not isinstance(row, dict) or row.keys() != columns.keys():
            raise ValueError(f"not a row of {kind}")
        if any(type(row[name]) not in types for name, types in columns.items()):
            raise ValueError(f"a value of another type in a row of {kind}")
        if any(type(value) is int and abs(value) > _LARGEST_NUMBER for value in row.values()):
            raise ValueError(f"a number that SQLite cannot store in a row of {kind}")
        self.rows[kind].append(row)


class ChangesetSource:
    """A changeset as the source of a merge: documents, people and edits without the rest of their project."""

    def __init__(self, changes: Changeset, path: Path, project_id: str, tagset: Tagset) -> None:
        """Decode a changeset that arrived as the file at path. Raises ValueError or LookupError if a row is invalid."""
        self.path, self.id, self.tagset = path, project_id, tagset
        rows = self._rows = changes.rows
        self._documents = {row["id"]: (_document(row), row["stamp"]) for row in rows["documents"]}
        self._annotators = {row["id"]: (Annotator(row["id"], row["name"]), row["stamp"]) for row in rows["annotators"]}
        self._runs = {(row["document"], row["suggester"]): _run(row) for row in rows["runs"]}
        self._time_spent = [
            TimeEntry(row["id"], row["annotator"], WorkInterval(row["document"], row["started"], row["ms"]))
            for row in rows["spells"]
        ]
        self._edits = {row["id"]: edit_from_row(row) for row in sorted(rows["edits"], key=itemgetter("id"))}

    def references(self) -> tuple[set[str], set[str]]:
        """Return the ids of the documents and of the annotators that rows of the changeset refer to."""
        documents = {row["document"] for kind in ("runs", "spells") for row in self._rows[kind]}
        annotators = {row["annotator"] for row in self._rows["spells"]}
        for edit in self._edits.values():
            documents |= _documents_of(edit)
            annotators.add(edit.annotator)
        return documents, annotators

    def withhold(self, documents: Set[str], annotators: Set[str]) -> int:
        """Take back the rows that refer to one of these documents or annotators; return how many.

        A project cannot store them before it has what they refer to, which arrives in another changeset.
        """
        if not documents and not annotators:
            return 0
        before = self._referring()
        self._runs = {key: run for key, run in self._runs.items() if run.document not in documents}
        self._time_spent = [
            entry
            for entry in self._time_spent
            if entry.annotator not in annotators and entry.stretch.document not in documents
        ]
        self._edits = {
            name: edit
            for name, edit in self._edits.items()
            if edit.annotator not in annotators and documents.isdisjoint(_documents_of(edit))
        }
        return before - self._referring()

    def restrict(self, annotator: str, documents: Set[str], is_kept: Callable[[Edit], bool]) -> None:
        """Keep only what a blind copy may have: some documents, an annotator's time, and the edits that is_kept allows.

        The authors of other edits lose their names, but not in a copy that knows them, as the stamp is the oldest.
        """
        self._documents = {name: given for name, given in self._documents.items() if name in documents}
        self._edits = {name: edit for name, edit in self._edits.items() if is_kept(edit)}
        authors = {edit.annotator for edit in self._edits.values()}
        self._annotators = {
            who: given if who == annotator else (Annotator(who, ""), _OLDEST)
            for who, given in self._annotators.items()
            if who == annotator or who in authors
        }
        self._runs = {}
        self._time_spent = [entry for entry in self._time_spent if entry.annotator == annotator]

    def _referring(self) -> int:
        return len(self._runs) + len(self._time_spent) + len(self._edits)

    def document_stamps(self) -> dict[str, str]:
        """Return the stamp of each document's import, by id."""
        return {name: stamp for name, (_, stamp) in self._documents.items()}

    def stamped_documents(self, ids: Collection[str]) -> Iterator[tuple[Document, str]]:
        """Yield documents with their stamps."""
        return (self._documents[name] for name in ids)

    def stamped_annotators(self) -> dict[str, tuple[Annotator, str]]:
        """Return the annotators with their stamps, by id."""
        return self._annotators

    def former_roles(self) -> dict[str, Role]:
        """Return the roles that an earlier version stored: none, as they do not travel."""
        return {}

    def run_stamps(self) -> dict[RunKey, str]:
        """Return the stamp of each suggester's run on each document."""
        return {key: run.stamp for key, run in self._runs.items()}

    def runs(self, keys: Collection[RunKey]) -> Iterator[Run]:
        """Yield runs."""
        return (self._runs[key] for key in keys)

    def time_spent(self) -> Iterator[TimeEntry]:
        """Yield the rows of time spent."""
        return iter(self._time_spent)

    def stored_edits(self) -> Iterator[Sequence[StoredEdit]]:
        """Yield the edits without decoding them, in the order of ids."""
        rows = {row["id"]: row for row in self._rows["edits"]}
        yield [StoredEdit(**rows[name]) for name in self._edits]

    def read_edits(self, stored: Iterable[StoredEdit]) -> list[Edit]:
        """Return edits decoded."""
        return [self._edits[edit.id] for edit in stored]

    def damaged(self) -> ProjectError:
        """Return the ProjectError for a file that holds what no program wrote."""
        return ProjectError("{path} is damaged. Delete it and synchronise again.", path=self.path)

    def check_timestamps(self) -> None:
        """Raise ProjectError if an id or a stamp is invalid, or more than a day ahead of the system clock."""
        check_stamps(self._rows, self.path)


def _documents_of(edit: Edit) -> set[str]:
    return {edit.document, *(write.document for write in edit.writes)} - {""}


def _document(row: Row) -> Document:
    return document_from_row(row, is_erased=row["text"] == "" and row["id"] != document_id(""))


def _run(row: Row) -> Run:
    found = []
    for start, end, label, score in row["suggestions"]:
        if not isinstance(label, str) or not isinstance(score, float):
            raise ValueError("a suggestion of other types")
        found.append(Suggestion(Span(start, end), label, score, row["suggester"], row["version"]))
    return Run(row["document"], row["suggester"], row["version"], row["stamp"], tuple(found))
