"""Copies of a project that several people work on at once, united anyhow, against a fold that this file makes itself.

The machine knows nothing of how the project folds: it reads the rows of every log as they lie in the file, keeps
them as one set, and works out what each state table must hold.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import EditKind
from annotator.domain.model.notes import note_text
from annotator.domain.model.span import Span
from annotator.domain.review.stopwatch import WorkInterval
from annotator.errors import UserError
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.services.project.merge_copies import merge_copies
from annotator.services.search.label_all import clear_all, label_all
from annotator.session import Session
from annotator.storage.file.clock import Clock, wall_ms
from annotator.storage.project import Project
from annotator.team.merge import MergeConflicts, MergeReport
from tests.roles import set_role
from tests.storage.strategies import (
    ACTIONS,
    PEOPLE,
    TEXTS,
    contents,
    make_document,
    make_project,
    make_suggestions,
)

MOST_COPIES = 4
HOUR = 3_600_000
TABLES = {
    "annotation": ("spans", ("start", "end", "label", "origin")),
    "verdict": ("verdicts", ("verdict", "suggester", "version", "score")),
    "status": ("statuses", ("status",)),
    "note": ("notes", ("text", "doubtful")),
    "removed": ("removals", ("removed",)),
    "title": ("titles", ("title",)),
    "assignment": ("assignments", ("assigned",)),
    "checked": ("label_checks", ("label",)),
    "rule": ("label_rules", ("pattern", "label")),
    "gold": ("gold", ("label", "by", "rests")),
}

Rows = dict[str, tuple[Any, ...]]
"""The log as it lies in the file, by id."""
State = dict[tuple[str, ...], Any]

copies = st.integers(0, MOST_COPIES - 1)
numbers = st.integers(0, 59)
people = st.sampled_from(PEOPLE)


def log_of(path: Path) -> Rows:
    """Read the log of a file row by row."""
    with closing(sqlite3.connect(path)) as db:
        return {row[0]: row for row in db.execute("select id, annotator, payload from edits")}


def folded(rows: Rows) -> State:
    """Work out what the state tables must hold after these rows."""
    state: State = {}
    for _, annotator, payload in (rows[edit] for edit in sorted(rows)):
        for write in json.loads(payload):
            if write["cell"] == "team":
                continue  # Who has which role is read from the log alone.
            shared = write["cell"] in ("tagset", "removed", "title", "rule")
            place = (write["cell"], "" if shared else annotator, write["document"], write["key"])
            if write["after"] is None:
                state.pop(place, None)
            else:
                state[place] = {name: value for name, value in write["after"].items() if value is not None}
    return state


def held(path: Path) -> State:
    """Read what the state tables hold."""
    state: State = {}
    with closing(sqlite3.connect(path)) as db:
        for cell, (table, fields) in TABLES.items():
            columns = ", ".join(f'"{field}"' for field in fields)
            for annotator, document, key, *values in db.execute(
                f"select annotator, document, key, {columns} from {table}"  # noqa: S608
            ):
                value = {n: v for n, v in zip(fields, values, strict=True) if v is not None}
                assert cell != "removed" or annotator == ""
                state[cell, annotator, document, key] = value
        for key, value in db.execute("select key, value from tagset"):
            state["tagset", "", "", key] = json.loads(value)
    return state


def heads(path: Path) -> list[tuple[Any, ...]]:
    """Read by what documents are filtered and ordered, after a look that it is what the documents themselves say."""
    query = "select id, stamp, coalesce(date, ''), source from articles order by id"
    with closing(sqlite3.connect(path)) as db:
        own = db.execute(query).fetchall()
        assert (
            db.execute("select document, stamp, date, source from document_heads order by document").fetchall() == own
        )
        dates = db.execute("select document, date from document_numbers order by document").fetchall()
        assert dates == [(document, date) for document, _, date, _ in own]
    return own


def seen(session: Session) -> tuple[object, ...]:
    """Return all that a session shows of its open document."""
    return (session.items, dict(session.notes), session.progress, session.is_done, session.tagset)


class Replicas(RuleBasedStateMachine):
    """Copies of one project, each open in one program, with a clock of its own and one session for each person."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.projects: list[Project] = []
        self.sessions: dict[tuple[int, str], Session] = {}
        self.skews: list[int] = []
        self.logs: list[Rows] = []
        self.everything: Rows = {}
        self.touched: set[int] = set()

    @initialize(nested=st.booleans(), skews=st.lists(st.integers(-50, 50), min_size=2, max_size=2))
    def begin(self, nested: bool, skews: list[int]) -> None:
        first = make_project(self.folder / "0.annot", nested)
        shutil.copyfile(first, self.folder / "1.annot")
        for skew in skews:
            self._open(skew * HOUR)

    def _open(self, skew: int) -> None:
        """Open the next copy, whose clock goes wrong by some ms."""
        number = len(self.projects)
        project = Project.open(self._path(number))
        self.projects.append(project)
        self.skews.append(skew)
        project._connection.clock = Clock(lambda: wall_ms() + self.skews[number])
        self.logs.append(log_of(self._path(number)))
        self.touched.add(number)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.annot"

    def _number(self, copy: int) -> int:
        return copy % len(self.projects)

    def _session(self, copy: int, person: Annotator) -> Session:
        """Return a person's session at a copy, which was there before or begins."""
        key = self._number(copy), person.id
        if key not in self.sessions:
            self.sessions[key] = Session(self.projects[key[0]], person)
            self.sessions[key].open(document_id(TEXTS[0]))
        self.touched.add(key[0])
        return self.sessions[key]

    @rule(copy=copies, person=people, name=st.sampled_from(sorted(ACTIONS)), a=numbers, b=numbers, fresh=st.booleans())
    def action(self, copy: int, person: Annotator, name: str, a: int, b: int, fresh: bool) -> None:
        """Make an action, perhaps without having seen what others did at this copy meanwhile."""
        session = self._session(copy, person)
        if fresh:
            session.refresh()
        ACTIONS[name](session, a, b)
        if fresh:
            shown = seen(session)
            if session.document:
                session._load(session.document.id)
            assert shown == seen(session)

    @rule(copy=copies, person=people, text=st.sampled_from(["", "لا", "لا أدري"]), a=numbers)
    def note(self, copy: int, person: Annotator, text: str, a: int) -> None:
        """Note something on an item or on the document: exactly this is noted there then, and stays so."""
        session = self._session(copy, person)
        session.refresh()
        assert session.document
        keys = ["", *session.notes, *(item.key for item in session.items)]
        key = keys[a % len(keys)]
        session.set_note(text, key)
        assert note_text(session.notes.get(key)) == text
        session._load(session.document.id)
        assert note_text(session.notes.get(key)) == text

    @rule(copy=copies, person=people, a=numbers, b=numbers, clearing=st.booleans())
    def spread(self, copy: int, person: Annotator, a: int, b: int, clearing: bool) -> None:
        """Label, or clear, places in all articles in one edit."""
        session = self._session(copy, person)
        project = session.project
        session.read_tagset()
        spots = [(document_id(text), Span(at % 15, at % 15 + 1 + b % 5)) for text in TEXTS for at in (a, a + b)]
        if clearing:
            writes = clear_all(project, person.id, spots)
        else:
            labels = project.tagset.labels
            writes = label_all(project, person.id, spots, labels[b % len(labels)].id)
        session.apply(EditKind.PROPAGATE, writes)

    @rule(copy=copies, person=people, a=numbers)
    def remove(self, copy: int, person: Annotator, a: int) -> None:
        """Remove an article: it is gone for everybody at this copy, and its text is still in the file."""
        session = self._session(copy, person)
        name = document_id(TEXTS[a % len(TEXTS)])
        was_there = name in session.project.documents
        assert (session.remove_articles([name]) is not None) == was_there
        assert name not in list(session.project.documents.ids())
        assert session.project.documents.get(name).text == TEXTS[a % len(TEXTS)]

    @rule(copy=copies, person=people, a=numbers)
    def take_in(self, copy: int, person: Annotator, a: int) -> None:
        """Import articles, some of them new, with somebody's labels."""
        session = self._session(copy, person)
        session.read_tagset()
        label = session.project.tagset.labels[a % len(session.project.tagset.labels)].id
        spans = [{"start": a % 7, "end": a % 7 + 4, "label": label}, {"start": 12, "end": 16, "label": label}]
        file = self.folder / "labelled.jsonl"
        records = [{"text": text, "spans": spans} for text in (*TEXTS, f"نص رقم {a % 5} جاء بعلامات")]
        file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        import_paths(session.project, [file], target=ImportTarget(person), who=lambda: person)
        assert all(document_id(text) in session.project.documents for text in TEXTS)

    @rule(copy=copies, person=people, steps=st.integers(1, 4))
    def undo_and_redo(self, copy: int, person: Annotator, steps: int) -> None:
        """Take actions back and do them again: everything is as it was."""
        session = self._session(copy, person)
        path = self._path(self._number(copy))
        before = held(path)
        undone = 0
        while undone < steps and session.undo():
            undone += 1
        for _ in range(undone):
            assert session.redo()
        assert held(path) == before

    @rule(goal=copies, source=copies)
    def unite(self, goal: int, source: int) -> None:
        """Merge one copy into another."""
        to, of = self._number(goal), self._number(source)
        merge_copies(self.projects[to], [self._path(of)])
        for (number, _), session in self.sessions.items():
            if number == to:
                session.read_tagset()
                session.refresh()
        assert log_of(self._path(to)).keys() >= self.logs[of].keys()
        self.touched.add(to)

    @precondition(lambda self: len(self.projects) < MOST_COPIES)
    @rule(source=copies, skew=st.integers(-50, 50))
    def copy_file(self, source: int, skew: int) -> None:
        """Copy the file of a copy while it is open, as a program for backups would; both go on."""
        of = self._number(source)
        self.projects[of]._connection.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self._path(of), self._path(len(self.projects)))
        self._open(skew * HOUR)

    @rule(copy=copies, skew=st.integers(-500_000, 500_000))
    def set_clock(self, copy: int, skew: int) -> None:
        """Set the clock of a computer, years away or by less than a ms."""
        self.skews[self._number(copy)] = skew * HOUR

    @rule(copy=copies)
    def restart(self, copy: int) -> None:
        """Close a program and open it again: it knows only what is in its file."""
        number = self._number(copy)
        self.projects[number].close()
        self.projects[number] = Project.open(self._path(number))
        self.projects[number]._connection.clock = Clock(lambda: wall_ms() + self.skews[number])
        self.sessions = {key: session for key, session in self.sessions.items() if key[0] != number}

    @rule(copy=copies, person=people, a=numbers)
    def other_work(self, copy: int, person: Annotator, a: int) -> None:
        """Spend time, import, run a suggester, take another name or role."""
        number = self._number(copy)
        project = self.projects[number]
        project.annotators.add(person if a % 3 else Annotator(person.id, f"{person.name} {a}"))
        if a % 2:
            with suppress(UserError):  # The only lead of a copy cannot step down.
                set_role(project, person.id, Role.ADJUDICATOR if a % 4 == 1 else Role.ANNOTATOR)
        project.time_spent.add(person.id, [WorkInterval(document_id(TEXTS[a % len(TEXTS)]), a, 1000 + a)])
        project.documents.add(make_document(f"نص رقم {a % 5}", title=f"عنوان {a}"))
        found = make_suggestions(TEXTS[a % len(TEXTS)], "lexicon", seed=a)
        project.suggestions.replace(document_id(TEXTS[a % len(TEXTS)]), "lexicon", "1", found)
        self.touched.add(number)
        for (where, _), session in self.sessions.items():
            if where == number:
                session.refresh()

    @invariant()
    def the_state_is_the_fold_of_a_log_that_only_grows(self) -> None:
        """Look at the copies that were written to."""
        for number in self.touched:
            rows = log_of(self._path(number))
            assert self.logs[number].items() <= rows.items()
            assert all(self.everything.get(edit, row) == row for edit, row in rows.items())
            assert held(self._path(number)) == folded(rows)
            self.logs[number] = rows
            self.everything |= rows
        self.touched = set()

    def teardown(self) -> None:
        """Unite all with all, in two directions; then every copy holds the same, and nobody can tell who was first."""
        try:
            self._finish()
        finally:
            for project in self.projects:
                project.close()
            shutil.rmtree(self.folder)

    def _finish(self) -> None:
        paths = [self._path(number) for number in range(len(self.projects))]
        if not paths:
            return
        for path in paths:
            self.everything |= log_of(path)
        for number, project in enumerate(self.projects):
            others = paths[number + 1 :] + paths[:number]
            merge_copies(project, reversed_if(others, number % 2 == 1))
        for number, project in enumerate(self.projects):
            again = merge_copies(project, [path for path in paths if path != paths[number]])
            assert replace(again, unsettled=MergeConflicts()) == MergeReport()
            assert log_of(paths[number]) == self.everything
            assert held(paths[number]) == folded(self.everything)
        for project in self.projects:
            project.close()
        first, *rest = [contents(path) | {"heads": heads(path)} for path in paths]
        for other in rest:
            assert other == first


def reversed_if(paths: Iterable[Path], backwards: bool) -> list[Path]:
    """Return paths, the last first where that is asked for."""
    return list(paths)[::-1] if backwards else list(paths)


@pytest.fixture(autouse=True)
def any_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let copies be merged whose clocks are years ahead."""
    monkeypatch.setattr("annotator.storage.log.timestamps.DAY_MS", 10**13)


def test_copies_end_alike_however_they_are_worked_on_and_united() -> None:
    run_state_machine_as_test(Replicas, settings=settings(max_examples=10, stateful_step_count=25, phases=QUICK))


@pytest.mark.long
def test_copies_end_alike_after_long_work() -> None:
    run_state_machine_as_test(Replicas, settings=settings(max_examples=300, stateful_step_count=60))


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
