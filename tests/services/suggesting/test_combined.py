"""Combined suggestions in a project: what is shown, who proposed it, and when it is combined again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED, Suggestion, proposers_of
from annotator.services.project.stats import reliability_table
from annotator.services.suggesting.suggest_project import ComputeOptions, suggest_project
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import DEFAULT

TEXT = "قال وزير الخارجية العراقي فؤاد حسين إن بغداد ترحب بالمبادرة. ووصل حسين إلى ديالى أمس الخميس."
OTHER = "اجتمع فؤاد حسين في بيروت وأعلن بالمبادرة عن موقفه."
ID = document_id(TEXT)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", load_tagset("security")) as project:
        project.documents.add_many([Document(document_id(text), text) for text in (TEXT, OTHER)])
        yield project


def shown(project: Project, document: str = ID) -> dict[str, Suggestion]:
    text = project.documents.get(document).text
    return {s.span.of(text): s for s in project.suggestions.of(document)}


def test_by_default_one_answer_is_shown_that_names_those_who_proposed_it(project: Project) -> None:
    report = suggest_project(project)
    assert report.suggesters[-1] == COMBINED
    found = shown(project)
    assert all(s.suggester.startswith("combined:") for s in found.values())
    assert set(proposers_of(found["بغداد"].suggester)) >= {"starter", "lexicon"}
    spans = [s.span for s in found.values()]
    assert not any(one.overlaps(other) for one, other in combinations(spans, 2))
    counts = project.suggestions.counts()
    assert counts["starter"] and counts["lexicon"], "what it was made from stays stored"


def test_separate_suggestions_of_an_older_project_are_shown_until_they_are_combined(project: Project) -> None:
    suggest_project(project, ["starter", "lexicon"])
    assert {s.suggester for s in project.suggestions.of(ID)} == {"starter", "lexicon"}
    assert COMBINED not in project.suggestions.counts()
    suggest_project(project, [COMBINED])
    assert proposers_of(shown(project)["بغداد"].suggester) == ("lexicon", "starter")


def test_a_new_answer_of_one_suggester_is_combined_with_the_stored_ones(project: Project) -> None:
    suggest_project(project)
    before = project.suggestions.proposals([ID])[ID]["starter"]
    session = Session(project, Annotator("a", "A"))
    session.open(document_id(OTHER))
    place = OTHER.index("المبادرة")
    session.give_label("ORG", Span(place, place + 8))
    suggest_project(project, ["memory"])
    assert not project.suggestions.stale([ID])
    assert project.suggestions.proposals([ID])[ID]["starter"] == before
    assert "memory" in proposers_of(shown(project)["المبادرة"].suggester)


def test_what_is_newer_than_the_combined_answer_is_shown_beside_it_until_the_next_run(project: Project) -> None:
    suggest_project(project)
    assert not project.suggestions.stale([ID])
    place = TEXT.index("بالمبادرة")
    made = Suggestion(Span(place, place + 9), "ORG", 0.99, "plug-in", "1")
    project.suggestions.replace(ID, "plug-in", "1", [made])
    assert project.suggestions.stale([ID]) == {ID}
    assert shown(project)["بالمبادرة"].suggester == "plug-in"
    suggest_project(project)
    assert proposers_of(shown(project)["بالمبادرة"].suggester) == ("plug-in",)


def test_imported_suggestions_are_neither_combined_nor_hidden(project: Project) -> None:
    suggest_project(project)
    place = TEXT.index("بالمبادرة")
    project.suggestions.replace(ID, "file.jsonl", "", [Suggestion(Span(place, place + 9), "ORG", 1.0, "file.jsonl")])
    assert not project.suggestions.stale([ID])
    assert shown(project)["بالمبادرة"].suggester == "file.jsonl"


def test_two_named_suggesters_are_combined_without_the_others(project: Project) -> None:
    suggest_project(project)
    assert "فؤاد حسين" in shown(project), "the starter finds it"
    suggest_project(project, ["lexicon+memory"])
    assert "فؤاد حسين" not in shown(project)
    assert "بغداد" in shown(project)
    suggest_project(project, [DEFAULT])
    assert "فؤاد حسين" in shown(project)


def test_a_second_run_asks_nobody(project: Project) -> None:
    suggest_project(project)
    report = suggest_project(project)
    assert (report.documents, report.skipped) == (0, 2 * (len(report.suggesters) - 1))


def test_several_processes_combine_what_one_does(project: Project, tmp_path: Path) -> None:
    suggest_project(project)
    with Project.create(tmp_path / "q.annot", load_tagset("security")) as other:
        other.documents.add_many([Document(document_id(text), text) for text in (TEXT, OTHER)])
        suggest_project(other, compute=ComputeOptions(processes=2))
        for document in (ID, document_id(OTHER)):
            assert other.suggestions.of(document) == project.suggestions.of(document)


def test_a_decision_says_who_proposed_and_counts_for_the_combination(project: Project) -> None:
    suggest_project(project)
    session = Session(project, Annotator("a", "A"))
    session.open(ID)
    baghdad = next(item for item in session.items if item.span.of(TEXT) == "بغداد")
    session.set_focus(baghdad)
    session.confirm()
    kept = next(item for item in session.items if item.span.of(TEXT) == "بغداد")
    assert kept.suggester == baghdad.suggester
    assert set(proposers_of(kept.suggester)) >= {"starter", "lexicon"}
    (row,) = reliability_table(project)
    assert (row["suggester"], row["accepted"]) == (baghdad.suggester, 1)
    reliability = project.decisions.reliability()
    assert reliability.confidence("combined:camel", "LOC", 0.9) == reliability.confidence(
        baghdad.suggester, "LOC", 0.9
    ), "all combined scores are those of one model"
