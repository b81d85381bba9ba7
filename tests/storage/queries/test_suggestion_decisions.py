"""What the decisions in a project show about its suggesters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import Edit
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import KNOTS, ScoreOutcome
from annotator.domain.review.measured_precision import precision_by_suggester
from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries import suggestion_decisions
from annotator.storage.tables.tagsets import load_tagset

TEXT = " ".join(["بغداد"] * 40)
ME, OTHER = Annotator("me", "A"), Annotator("other", "B")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as project:
        project.documents.add(Document(document_id(TEXT), TEXT))
        spans = [Span(6 * n, 6 * n + 5) for n in range(40)]
        found = [Suggestion(span, "LOC", 0.804, "fake", "1") for span in spans]
        project.suggestions.replace(document_id(TEXT), "fake", "1", found)
        yield project


def at_work(project: Project, annotator: Annotator) -> Session:
    session = Session(project, annotator)
    session.open(document_id(TEXT))
    return session


def test_decisions_are_counted_by_suggester_label_and_score(project: Project) -> None:
    mine, theirs = at_work(project, ME), at_work(project, OTHER)
    mine.confirm(), mine.reject(), mine.give_label("ORG"), mine.skip()
    theirs.confirm()
    assert project.decisions.cases("me") == [ScoreOutcome("fake", "LOC", 0.8, 1, 3)]
    assert project.decisions.cases() == [ScoreOutcome("fake", "LOC", 0.8, 2, 4)]
    assert project.decisions.reliability().confidence("fake", "LOC", 0.8) == pytest.approx(
        (0.8 * 10 + 2) / 14, abs=1e-3
    )


def test_a_tally_is_kept_true_from_the_log_and_through_a_merge(project: Project, tmp_path: Path) -> None:
    mine = at_work(project, ME)
    mine.confirm(), mine.reject()
    tally = project.decisions.counts()
    mine.skip(), mine.undo(), mine.undo(), mine.confirm_all()
    theirs = at_work(project, OTHER)
    theirs.give_label("ORG"), theirs.undo(), theirs.redo()
    tally.refresh()
    for who in (None, "me", "other"):
        assert tally.cases(who) == project.decisions.cases(who)
    with Project.snapshot(project.path) as earlier:
        theirs.confirm()
        tally.refresh()
        old = next(earlier.log.edits())
        late = Edit(f"00{old.id[2:]}", "me", old.document, old.kind, old.writes)
        project.log.union([late])
    tally.refresh()
    for who in (None, "me", "other"):
        assert tally.cases(who) == project.decisions.cases(who)


@pytest.mark.parametrize("score", [0.0, 0.005, 0.125, 0.285, 0.375, 0.545, 0.995, 1.0])
def test_a_tally_counts_a_score_between_two_places_as_it_is_counted_at_first(project: Project, score: float) -> None:
    found = [Suggestion(Span(0, 5), "LOC", score, "half", "1")]
    project.suggestions.replace(document_id(TEXT), "fake", "1", [])
    project.suggestions.replace(document_id(TEXT), "half", "1", found)
    before = project.decisions.counts()
    mine = at_work(project, ME)
    assert mine.confirm()
    before.refresh()
    after = project.decisions.counts()
    assert before.cases() == after.cases()
    mine.undo()
    after.refresh()
    assert after.cases() == []


def test_a_tally_is_true_where_one_person_worked_on_two_copies(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "copy.annot"
    project.close()
    shutil.copy(tmp_path / "p.annot", path)
    with Project.open(tmp_path / "p.annot") as here, Project.open(path) as there:
        at_work(here, ME).confirm()
        tally = here.decisions.counts()
        at_work(there, ME).reject()  # Later, and it knows nothing of the first decision on the same suggestion.
        here.log.union(there.log.edits())
        tally.refresh()
        assert tally.cases("me") == here.decisions.cases("me") == [ScoreOutcome("fake", "LOC", 0.8, 0, 1)]


def test_after_a_decision_only_its_edit_is_counted(project: Project) -> None:
    counts, session = project.decisions.counts(), at_work(project, ME)
    session.confirm()
    statements: list[str] = []
    project._connection.db.conn.set_trace_callback(statements.append)
    counts.refresh()
    project._connection.db.conn.set_trace_callback(None)
    assert any("from edits where id >" in statement for statement in statements)
    assert not any("from verdicts" in statement for statement in statements)
    assert counts.cases() == project.decisions.cases() != []


def test_opening_an_article_during_a_merge_counts_nothing_again(project: Project) -> None:
    mine, theirs = at_work(project, ME), at_work(project, OTHER)
    mine.confirm()
    mine.open(document_id(TEXT))
    before = mine.confidence.by_suggester
    theirs.reject()
    last = list(project.log.edits())[-1]
    project.log.union([replace(last, id=f"00{last.id[2:]}")])
    statements: list[str] = []
    project._connection.db.conn.set_trace_callback(statements.append)
    mine.open(document_id(TEXT))
    project._connection.db.conn.set_trace_callback(None)
    assert statements
    assert not any("sum(verdict" in statement or "count(*)" in statement for statement in statements)
    assert mine.confidence.by_suggester == before
    mine.refresh()
    assert mine.confidence.by_suggester == precision_by_suggester(project.decisions.cases()) != before


def test_agreement_counts_an_annotators_last_decisions_and_none_that_were_taken_back(project: Project) -> None:
    session = at_work(project, ME)
    assert project.decisions.agreement("me") == (0, 0)
    session.confirm(), session.confirm(), session.reject(), session.skip()
    assert project.decisions.agreement("me") == (2, 3)
    assert project.decisions.agreement("me", last=2) == (1, 2)
    assert project.decisions.agreement("other") == (0, 0)
    session.undo(), session.undo()
    assert project.decisions.agreement("me") == (2, 2)
    session.confirm_all()
    assert project.decisions.agreement("me", last=10) == (10, 10)
    assert project.decisions.agreement("me") == (40, 40)


def test_measured_tables_are_whole() -> None:
    tables = suggestion_decisions.measured_curves()
    assert {suggester for suggester, _ in tables} >= {"lexicon", "memory"}
    for curve in tables.values():
        assert len(curve) == len(KNOTS)
        assert all(0 <= value <= 1 for value in curve)


@pytest.mark.parametrize(
    "content", ["", "[]", '{"suggesters": {"a": {"*": {}}}}', '{"suggesters": {"a": {"*": {"curve": [1]}}}}']
)
def test_a_damaged_table_is_told_in_one_sentence(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reliability.json"
    path.write_text(content)
    monkeypatch.setattr(suggestion_decisions, "resource", lambda name: path)
    with pytest.raises(ResourceError, match="Reinstall the program"):
        suggestion_decisions.measured_curves.__wrapped__()


def test_the_tables_that_the_program_brings_say_where_they_come_from() -> None:
    held = json.loads(resource("reliability.json").read_text(encoding="utf-8"))
    assert held["about"]
