"""Packs: project files with the part of a project that one annotator needs.

A pack is a copy of the project like any other. It is merged back as it is, and a newer pack is merged into the file
that the annotator already has. So it keeps the project's id, and no edit in it is changed or cut: an edit with the same
id and another content would be a conflict.

A pack has:

- the documents that were ever handed out to the annotator, also those taken back since, so that she learns of it;
  and those in which she decided something;
- her own edits and the time that she spent;
- the edits of the tagset, the rules for checking labels and the team, her assignments, and removals and new titles of
  her documents;
- suggestions;
- unless it is blind, what others did in these documents. An edit of theirs that also concerns other documents is left
  out.

In a blind pack nobody else has a name. Rows that edits refer to have an empty name with the oldest stamp, so that the
real name wins in every merge. Without being named, `memory`, `learned` and suggestions that came from files are left
out: they carry the decisions of others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.atomic_file import create_file
from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import Document
from annotator.domain.model.edit import SHARED, CellKind, Edit, EditKind, StoredEdit
from annotator.domain.model.suggestion import COMBINED, Run
from annotator.domain.review.stopwatch import TimeEntry
from annotator.errors import ProjectError, UserError
from annotator.services.progress import Progress, no_progress
from annotator.services.team.assign import distinct_annotators
from annotator.storage.project import Project
from annotator.storage.replica import Replica, RunKey
from annotator.suggest.model_folders import LEARNED
from annotator.suggest.registry import names as suggester_names
from annotator.team.merge import MergeReport, merge

FROM_DECISIONS = frozenset({"memory", LEARNED, COMBINED})
"""The suggesters that learn from decisions in the project."""
_SHARED_KINDS = frozenset(
    kind.value
    for kind in (
        *(EditKind.TAGSET, EditKind.TEAM, EditKind.ASSIGN, EditKind.SETTLE, EditKind.RULE),
        *(EditKind.REMOVE_ARTICLE, EditKind.RESTORE_ARTICLE, EditKind.RENAME_ARTICLE),
        *(EditKind.UNDO, EditKind.REDO),
    )
)
"""The kinds of edits that may write shared cells."""
_OLDEST = "00000000-0000-7000-8000-000000000000"
"""The oldest stamp that a merge accepts."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|]+')
_LONGEST_NAME = 100  # bytes
_ENDING = ".annot"


@dataclass(frozen=True, slots=True)
class PackRequest:
    """What packs hold.

    suggesters are those whose suggestions are included; None means all, and for a blind pack all that do not carry the
    decisions of others.
    """

    blind: bool = False
    suggesters: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was written, with counts.

    runs counts the answers of suggesters, one for each document and suggester. omitted counts the edits of others that
    were left out because they concern other documents too.
    """

    person: Annotator
    path: Path
    documents: int
    edits: int
    runs: int
    omitted: int


def make_packs(
    project: Project, names: Iterable[str], folder: str | Path, request: PackRequest, progress: Progress = no_progress
) -> list[Pack]:
    """Write a pack for each annotator, given by name or id, into a folder, which is created if needed.

    A pack is at its path only when it is complete. An exception that progress raises keeps the packs that are complete.
    Before anything is written, raises ProjectError if the project is damaged, and UserError for an unknown or repeated
    name, an annotator without documents, a suggester that never ran or that a blind pack must not have, or if a path
    exists. Raises UserError if the folder cannot be written.
    """
    folder = Path(folder)
    people = distinct_annotators(project, names)
    suggesters = _suggesters(project, request)
    with project.read_transaction():
        project.refuse_damage(lambda: progress(0, 0))
        contents = [_Contents(project, person, request, suggesters) for person in people]
        paths = _paths(project.path, folder, people)
        total = sum(each.steps for each in contents)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError("Cannot write {folder}: {why}.", folder=folder, why=error.strerror or error) from error
        done = 0
        packs = []
        for each, path in zip(contents, paths, strict=True):
            packs.append(_write(project, each, path, partial(_report, progress, done, total)))
            done += each.steps
    return packs


def _report(progress: Progress, before: int, total: int, steps: int) -> None:
    progress(before + steps, total)


def _suggesters(project: Project, request: PackRequest) -> frozenset[str]:
    """Return the suggesters whose suggestions go into packs."""
    there = frozenset(project.suggestions.counts())
    if request.suggesters is None:
        return there & frozenset(suggester_names()) - FROM_DECISIONS if request.blind else there
    for name in sorted(request.suggesters - there):
        raise UserError(
            "No suggestions of {name} in this project. Suggesters: {known}.",
            name=name,
            known=", ".join(sorted(there)) or "none",
        )
    if request.blind and (learning := request.suggesters & FROM_DECISIONS):
        raise UserError(
            "A blind pack cannot have the suggestions of {name}, which carry the decisions of others.",
            name=min(learning),
        )
    return request.suggesters


def _paths(project: Path, folder: Path, people: Sequence[Annotator]) -> list[Path]:
    """Return the paths of packs: the project's name and the annotator's, with the id if two have the same name."""
    names = [_file_name(person) for person in people]
    unique = [f"{name}-{p.id[:8]}" if names.count(name) > 1 else name for name, p in zip(names, people, strict=True)]
    paths = [folder / f"{project.stem}-{name}{_ENDING}" for name in unique]
    for path in paths:
        if path.exists():
            raise _is_there(path)
    return paths


def _is_there(path: Path) -> ProjectError:
    return ProjectError(
        "{path} already exists. Choose another folder. A newer pack can be merged into it with: annotator merge",
        path=path,
    )


def _file_name(person: Annotator) -> str:
    """Return a name that is valid in a path on every system."""
    name = _UNSAFE.sub("_", person.name).strip(" .")
    return name.encode(errors="ignore")[:_LONGEST_NAME].decode(errors="ignore") or person.id[:8]


def _write(project: Project, contents: _Contents, path: Path, on_steps: Callable[[int], None]) -> Pack:
    report, done = MergeReport(), 0

    def step(steps: int) -> None:
        nonlocal done
        done += steps
        on_steps(done)

    with ExitStack() as stack:
        try:
            part = stack.enter_context(create_file(path))
        except OSError as error:
            raise UserError("Cannot write {path}: {why}.", path=path, why=error.strerror or error) from error
        with Project.create_copy(part, project, contents.person.id, blind=contents.blind) as pack, pack.transaction():
            # One transaction, so that the file is flushed to the disk once.
            merge(pack.replica, contents, report, step)
        try:
            stack.close()
        except FileExistsError as error:
            raise _is_there(path) from error
        except OSError as error:
            raise UserError("Cannot write {path}: {why}.", path=path, why=error.strerror or error) from error
    documents, runs = len(contents.document_stamps()), len(contents.run_stamps())
    return Pack(contents.person, path, documents, report.edits, runs, contents.omitted)


class _Contents:
    """What goes into the pack of one annotator, as the source of a merge."""

    def __init__(self, project: Project, person: Annotator, request: PackRequest, suggesters: frozenset[str]) -> None:
        """Choose the documents, edits and suggestions. Raises UserError if the annotator has no documents."""
        self._replica: Replica = project.replica
        self.path, self.id, self.tagset = project.path, project.id, project.tagset
        self.person = person
        self.blind = request.blind
        self._edits, documents, self.omitted = _choose(project.replica, person.id, blind=request.blind)
        documents |= set(project.assignments.of(person.id))
        if not documents:
            raise UserError(
                "{name} has no articles. Hand some out first, in the window or with: annotator assign",
                name=person.name,
            )
        self._stamps = {i: s for i, s in self._replica.document_stamps().items() if i in documents}
        self._runs = {
            (document, suggester): stamp
            for (document, suggester), stamp in self._replica.run_stamps().items()
            if document in documents and suggester in suggesters
        }
        self._time = [entry for entry in self._replica.time_spent() if self._has_time(entry)]
        founder = project.team.copied_facts().get("founder", person.id)
        self._named = {person.id} if request.blind else set(self._replica.stamped_annotators())
        self._people = {person.id, founder, *self._named, *(edit.annotator for edit in self._edits)}

    @property
    def steps(self) -> int:
        """Return how many steps a merge of it has."""
        return len(self._stamps) + len(self._runs) + len(self._edits)

    def _has_time(self, entry: TimeEntry) -> bool:
        is_own = entry.annotator == self.person.id
        return entry.stretch.document in self._stamps and (is_own or not self.blind)

    def document_stamps(self) -> Mapping[str, str]:
        """Return the stamp of each document's import, by id."""
        return self._stamps

    def stamped_documents(self, ids: Collection[str]) -> Iterable[tuple[Document, str]]:
        """Yield documents with their stamps."""
        return self._replica.stamped_documents(ids)

    def stamped_annotators(self) -> Mapping[str, tuple[Annotator, str]]:
        """Return the annotators with their stamps, by id; without names if they must not be known."""
        return {
            who: (person, stamp) if who in self._named else (Annotator(who, ""), _OLDEST)
            for who, (person, stamp) in self._replica.stamped_annotators().items()
            if who in self._people
        }

    def former_roles(self) -> Mapping[str, Role]:
        """Return no roles: those that an earlier version stored stay in the project."""
        return {}

    def run_stamps(self) -> Mapping[RunKey, str]:
        """Return the stamp of each suggester's run on each document."""
        return self._runs

    def runs(self, keys: Collection[RunKey]) -> Iterable[Run]:
        """Yield runs."""
        return self._replica.runs(keys)

    def time_spent(self) -> Iterable[TimeEntry]:
        """Yield the rows of time spent."""
        return self._time

    def stored_edits(self) -> Iterable[Sequence[StoredEdit]]:
        """Yield the edits without decoding them, in the order of ids."""
        yield self._edits

    def read_edits(self, stored: Iterable[StoredEdit]) -> Sequence[Edit]:
        """Return edits decoded."""
        return self._replica.read_edits(stored)

    def damaged(self) -> ProjectError:
        """Return the ProjectError for damage of the project."""
        return self._replica.damaged()

    def check_timestamps(self) -> None:
        """Accept all stamps, which are those of the project itself."""


@dataclass(frozen=True, slots=True)
class _Extent:
    """What an edit concerns: its documents, the kinds of its cells, and the keys of its assignments."""

    edit: StoredEdit
    documents: frozenset[str]
    cells: frozenset[CellKind]
    assigned: frozenset[str]

    @classmethod
    def of(cls, stored: StoredEdit, edit: Edit) -> _Extent:
        documents = {w.document for w in edit.writes if w.document} | ({edit.document} if edit.document else set())
        assigned = frozenset(w.key for w in edit.writes if w.cell is CellKind.ASSIGNMENT)
        return cls(stored, frozenset(documents), frozenset(w.cell for w in edit.writes), assigned)


def _choose(replica: Replica, person: str, *, blind: bool) -> tuple[list[StoredEdit], set[str], int]:
    """Return the edits of a pack, the documents that they concern, and how many edits of others were left out."""
    extents = list(_extents(replica, person, blind=blind))
    chosen = {each.edit.id: each for each in extents if _is_needed(each, person)}
    documents = {document for each in chosen.values() for document in each.documents}
    # An edit can remove several documents, and those may have been removed and restored by others.
    removals = [each for each in extents if each.cells and each.cells <= {CellKind.REMOVED, CellKind.TITLE}]
    grows = True
    while grows:
        found = [each for each in removals if each.edit.id not in chosen and each.documents & documents]
        chosen.update((each.edit.id, each) for each in found)
        before = len(documents)
        documents.update(document for each in found for document in each.documents)
        grows = len(documents) > before
    omitted = 0
    if not blind:
        for each in extents:
            if each.edit.id not in chosen and each.documents & documents and not each.assigned:
                if each.documents <= documents:
                    chosen[each.edit.id] = each
                else:
                    omitted += 1
    return [each.edit for each in sorted(chosen.values(), key=lambda each: each.edit.id)], documents, omitted


def _extents(replica: Replica, person: str, *, blind: bool) -> Iterator[_Extent]:
    """Yield the edits that a pack may have, in the order of the log. For a blind one most need not be decoded."""
    for chunk in replica.stored_edits():
        stored = [each for each in chunk if not blind or each.annotator == person or each.kind in _SHARED_KINDS]
        for one, edit in zip(stored, replica.read_edits(stored), strict=True):
            yield _Extent.of(one, edit)


def _is_needed(extent: _Extent, person: str) -> bool:
    """Return True if an edit is in every pack of an annotator, whatever the documents are."""
    if extent.cells <= {CellKind.TAGSET, CellKind.TEAM, CellKind.RULE}:
        return True
    if extent.cells == {CellKind.ASSIGNMENT}:
        return extent.assigned == {person}
    # What she settled rests on the labels of others.
    return extent.edit.annotator == person and not extent.cells <= SHARED
