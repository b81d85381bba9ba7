"""The simulated annotator: each of its actions, what they cost, and that it always ends with the settled spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.services.evaluation.gold import compatible_annotations
from annotator.services.evaluation.simulated_annotator import Action, DocumentEffort, SimulatedAnnotator, moves
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.tokenizer import tokenize

Places = Iterable[tuple[str, str]]

TEXT = "زار ليث الربيعي مدينة وديالى ثم جامعة بغداد ، قرب دجلة ."
DOCUMENT = Document(document_id(TEXT), TEXT)
ME = Annotator("me", "me")


def span(words: str, text: str = TEXT) -> Span:
    assert text.count(words) == 1
    return Span(text.index(words), text.index(words) + len(words))


def made(tagset: str, path: Path) -> Project:
    project = Project.create(path, load_tagset(tagset))
    project.documents.add(DOCUMENT)
    return project


@pytest.fixture
def flat(tmp_path: Path) -> Iterator[Project]:
    with made("camel", tmp_path / "p.annot") as project:
        yield project


@pytest.fixture
def nested(tmp_path: Path) -> Iterator[Project]:
    with made("wojood", tmp_path / "n.annot") as project:
        yield project


def play(project: Project, settled: Places, suggested: Places) -> tuple[Session, DocumentEffort]:
    given = [Suggestion(span(words), label, 0.9, "test") for words, label in suggested]
    return play_spans(project, [(span(words), label) for words, label in settled], given)


def play_spans(
    project: Project,
    settled: Sequence[tuple[Span, str]],
    suggested: Iterable[Suggestion],
    threshold: float = 0.0,
) -> tuple[Session, DocumentEffort]:
    project.suggestions.replace(DOCUMENT.id, "test", "", suggested)
    session = Session(project, ME)
    session.threshold = threshold
    session.open(DOCUMENT.id)
    gold = [Annotation(str(i), place, label, "gold") for i, (place, label) in enumerate(settled)]
    annotator = SimulatedAnnotator(session, DOCUMENT, compatible_annotations(gold, project.tagset))
    return session, annotator.label_document()


def counts(effort: DocumentEffort) -> dict[str, int]:
    return {action.value: n for action, n in effort.actions.items() if n}


def test_without_suggestions_each_span_is_selected_and_labelled(flat: Project) -> None:
    session, effort = play(flat, [("ليث الربيعي", "PERS"), ("دجلة", "LOC")], [])
    assert counts(effort) == {"selection": 1, "jump": 1, "digit": 2}
    # By keys: two arrows to ليث, one to widen it, then a jump with two letters to دجلة, seven words on, and two digits.
    assert effort.presses == 2 + 1 + 3 + 2
    assert (effort.entities, effort.decisions, effort.offered, effort.right) == (2, 4, 0, 0)
    assert session.is_done


def test_a_right_suggestion_takes_enter_a_wrong_label_a_digit_and_any_other_delete(flat: Project) -> None:
    _, effort = play(
        flat,
        [("ليث الربيعي", "PERS"), ("دجلة", "LOC")],
        [("ليث الربيعي", "PERS"), ("مدينة", "LOC"), ("دجلة", "ORG")],
    )
    assert counts(effort) == {"enter": 1, "delete": 1, "digit": 1}
    assert (effort.presses, effort.offered, effort.right) == (3, 3, 1)


def test_a_wrong_span_is_moved_by_words_and_letters_and_then_confirmed(flat: Project) -> None:
    session, effort = play(flat, [("ليث الربيعي", "PERS"), ("ديالى", "LOC")], [("ليث", "PERS"), ("وديالى", "LOC")])
    assert counts(effort) == {"boundary": 2, "enter": 2}
    assert {str(a.origin) for a in flat.log.annotations(DOCUMENT.id)} == {"corrected:test"}
    assert session.focus is None


def test_a_moved_span_with_a_wrong_label_takes_a_digit(flat: Project) -> None:
    _, effort = play(flat, [("ليث الربيعي", "PERS")], [("الربيعي", "LOC")])
    assert counts(effort) == {"boundary": 1, "digit": 1}


def test_what_takes_several_moves_is_selected_over_the_suggestion(flat: Project) -> None:
    _, effort = play(flat, [("جامعة بغداد ، قرب دجلة", "ORG")], [("بغداد", "LOC")])
    assert counts(effort) == {"selection": 1, "digit": 1}


def test_a_selection_does_not_take_the_place_of_a_nested_suggestion_which_is_then_rejected(nested: Project) -> None:
    _, effort = play(nested, [("جامعة بغداد ، قرب دجلة", "ORG")], [("بغداد", "LOC")])
    assert counts(effort) == {"selection": 1, "digit": 1, "delete": 1}


def test_a_weak_suggestion_takes_enter_or_a_digit_if_it_is_right_and_nothing_if_not(flat: Project) -> None:
    weak = [("ليث الربيعي", "PERS"), ("مدينة", "LOC"), ("وديالى", "ORG")]
    given = [Suggestion(span(words), label, 0.3, "test") for words, label in weak]
    firm = Suggestion(span("دجلة"), "LOC", 0.9, "test")
    settled = [(span("ليث الربيعي"), "PERS"), (span("وديالى"), "LOC"), (span("دجلة"), "LOC")]
    _, effort = play_spans(flat, settled, [*given, firm], threshold=0.5)
    assert counts(effort) == {"enter": 2, "digit": 1}
    # Shift+Tab three times from دجلة to ليث, once to وديالى, and each time a key that decides.
    assert effort.presses == 3 + 1 + 1 + 1 + 1
    assert (effort.offered, effort.right) == (1, 1)


def test_missing_spans_before_a_suggestion_come_first(flat: Project) -> None:
    session, effort = play(flat, [("ليث", "PERS"), ("دجلة", "LOC")], [("دجلة", "LOC")])
    assert counts(effort) == {"jump": 1, "digit": 1, "enter": 1}
    # A jump with one letter takes two presses, where eight words back would take eight.
    assert effort.presses == 2 + 1 + 1
    assert [edit.kind.value for edit in flat.log.edits()] == ["add", "confirm", "status"]
    assert session.is_done


def test_a_suggestion_that_was_hidden_by_a_rejected_one_is_decided_on_too(flat: Project) -> None:
    wrong = Suggestion(span("جامعة بغداد ، قرب"), "LOC", 0.9, "test")
    right = Suggestion(span("دجلة"), "LOC", 0.5, "test")
    hidden = Suggestion(span("بغداد"), "LOC", 0.5, "test")
    _, effort = play_spans(flat, [(span("دجلة"), "LOC")], [wrong, right, hidden])
    assert counts(effort) == {"delete": 2, "enter": 1}


def test_in_a_nested_tagset_the_inner_and_the_outer_one_are_each_decided_on(nested: Project) -> None:
    _, effort = play(
        nested, [("جامعة بغداد", "ORG"), ("بغداد", "GPE")], [("جامعة بغداد", "ORG"), ("بغداد", "GPE"), ("جامعة", "ORG")]
    )
    assert counts(effort) == {"enter": 2, "delete": 1}


def test_of_settled_spans_that_cannot_stand_together_the_longest_do(flat: Project, nested: Project) -> None:
    gold = [
        Annotation(str(i), place, label, "gold")
        for i, (place, label) in enumerate(
            [(Span(0, 4), "A"), (Span(0, 9), "B"), (Span(0, 4), "C"), (Span(5, 12), "D")]
        )
    ]
    assert [a.label for a in compatible_annotations(gold, flat.tagset)] == ["B"]
    assert [a.label for a in compatible_annotations(gold, nested.tagset)] == ["B", "A"]


@given(st.data())
def test_moves_reach_an_overlapping_span_without_going_beyond_it(data: st.DataObject) -> None:
    tokens = tokenize(TEXT)
    start, aim = data.draw(_spans()), data.draw(_spans())
    ends = {token.span.end for token in tokens}
    if not start.overlaps(aim):
        return
    steps = list(moves(start, "end", Span(min(aim.start, start.start), aim.end), TEXT, tokens))
    assert all(edge == "end" and abs(step) == 1 for edge, step, _ in steps)
    if aim.end in ends:
        assert {unit for *_, unit in steps} <= {"word"}
    assert len(steps) <= abs(aim.end - start.end)


def _spans() -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 15)).map(
        lambda p: Span(p[0], min(p[0] + p[1], len(TEXT)))
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.sampled_from(["camel", "wojood"]), st.sampled_from([0.0, 0.5]))
def test_whatever_is_suggested_the_settled_spans_are_the_end(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, tagset: str, threshold: float
) -> None:
    labelled = st.tuples(_spans(), st.sampled_from(["PERS", "ORG", "LOC"]))
    settled = data.draw(st.lists(labelled, max_size=6))
    suggested = data.draw(st.lists(st.tuples(_spans(), st.sampled_from(["PERS", "ORG"]), st.floats(0, 1)), max_size=8))
    with made(tagset, tmp_path_factory.mktemp("play") / "p.annot") as project:
        given = [Suggestion(place, label, score, "test") for place, label, score in suggested]
        session, effort = play_spans(project, settled, given, threshold)
        assert session.is_done
        held = {(a.span, a.label) for a in project.log.annotations(DOCUMENT.id)}
        assert len(held) == effort.entities
        assert effort.decisions <= 2 * effort.entities + 3 * effort.offered
        assert effort.right <= effort.actions[Action.ENTER]
