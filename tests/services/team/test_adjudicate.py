"""Adjudication of a whole project: the queue and its filters, and rules that settle many documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.domain.team.adjudication_state import DifferenceState
from annotator.errors import UserError
from annotator.services.team.adjudicate import (
    DifferenceFilter,
    SettleRule,
    difference_queue,
    settle_by_rule,
    take_documents,
)
from annotator.session.adjudication import AdjudicationSession
from annotator.storage.project import Project
from annotator.team.differences import DifferenceKind
from tests.storage.strategies import TEXTS
from tests.team.differing_projects import (
    ALI,
    BASMA,
    CARMEN,
    FIRST,
    LAST,
    SECOND,
    give,
    gold,
    make_differing_project,
    outdated,
)

DINA = Annotator("id-of-Dina", "Dina")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_differing_project(tmp_path / "p.annot")) as made:
        yield made


def words(project: Project, wanted: DifferenceFilter | None = None) -> list[str]:
    return [each.words for _, queued in difference_queue(project, wanted) for each in queued]


def test_the_queue_by_label_words_pair_kind_and_state(project: Project) -> None:
    everything = ["بغداد", "إلى ديالى", "القوات"]
    assert words(project) == everything
    assert words(project, DifferenceFilter(labels=frozenset({"ORG"}))) == ["القوات"]
    assert words(project, DifferenceFilter(words="دِيالى")) == ["إلى ديالى"]
    assert words(project, DifferenceFilter(pair=(ALI.id, BASMA.id))) == everything
    assert words(project, DifferenceFilter(pair=(ALI.id, CARMEN.id))) == []
    assert words(project, DifferenceFilter(kinds=frozenset({DifferenceKind.BOUNDARY}))) == ["إلى ديالى"]
    assert words(project, DifferenceFilter(states=frozenset({DifferenceState.SETTLED}))) == []
    session = AdjudicationSession(project, CARMEN)
    session.open(SECOND)
    session.reject()
    assert words(project) == everything[:2]
    assert words(project, DifferenceFilter(states=frozenset({DifferenceState.SETTLED}))) == ["القوات"]
    (first, *_), *_ = (queued for _, queued in difference_queue(project))
    assert [(given.annotator, given.label) for given in first.place.given] == [(ALI.id, ""), (BASMA.id, "LOC")]


def test_agreed_documents_are_settled_and_others_are_left(project: Project) -> None:
    with pytest.raises(UserError, match="3 differences are left"):
        settle_by_rule(project, CARMEN, SettleRule.AGREED)
    for person in (ALI, BASMA):
        give(project, person, TEXTS[2], {"البصرة": "LOC"})
    planned = settle_by_rule(project, CARMEN, SettleRule.AGREED, dry_run=True)
    assert gold(project, LAST) == {}
    done = settle_by_rule(project, CARMEN, SettleRule.AGREED)
    assert (planned.documents, planned.spans) == (done.documents, done.spans) == (1, 1)
    assert (done.left, done.left_documents) == (3, 2)
    assert gold(project, LAST) == {"": "", "البصرة": "LOC"}
    with pytest.raises(UserError, match="3 differences are left"):
        settle_by_rule(project, CARMEN, SettleRule.AGREED)
    assert not project.integrity()


def test_a_majority_settles_only_what_more_than_half_gave(project: Project) -> None:
    with pytest.raises(UserError, match="Nothing to settle"):
        settle_by_rule(project, CARMEN, SettleRule.MAJORITY)
    project.annotators.add(DINA)
    give(project, DINA, TEXTS[0], {"أحمد العلي": "PERS", "ديالى": "LOC"})
    give(project, DINA, TEXTS[1], {"القوات": "LOC", "الموصل": "LOC"})
    report = settle_by_rule(project, CARMEN, SettleRule.MAJORITY)
    assert (report.documents, report.differences, report.left) == (1, 2, 1)
    assert gold(project) == {"": "", "أحمد العلي": "PERS", "إلى ديالى": "", "ديالى": "LOC", "بغداد": ""}
    assert gold(project, SECOND) == {}
    session = AdjudicationSession(project, CARMEN)
    assert session.undo()
    assert gold(project) == {}


def test_what_a_person_settled_stays(project: Project) -> None:
    session = AdjudicationSession(project, CARMEN)
    session.open(FIRST)
    session.set_focus(session.differences[0])
    session.give_label("ORG")
    project.annotators.add(DINA)
    give(project, DINA, TEXTS[0], {"أحمد العلي": "PERS", "ديالى": "LOC"})
    settle_by_rule(project, CARMEN, SettleRule.MAJORITY)
    assert gold(project)["بغداد"] == "ORG"


def test_the_finished_documents_of_an_annotator_become_gold(project: Project) -> None:
    give(project, BASMA, TEXTS[2], {"البصرة": "LOC"}, done=False)
    report = take_documents(project, CARMEN, BASMA)
    assert (report.documents, report.differences) == (2, 3)
    assert gold(project) == {"": "", "أحمد العلي": "PERS", "إلى ديالى": "", "ديالى": "LOC", "بغداد": "LOC"}
    assert gold(project, LAST) == {}
    assert outdated(project) == []
    with pytest.raises(UserError, match="no article that Ali finished is left"):
        take_documents(project, CARMEN, ALI)


def test_only_adjudicators_and_leads_may(project: Project) -> None:
    with pytest.raises(UserError, match="Basma cannot settle"):
        settle_by_rule(project, BASMA, SettleRule.MAJORITY)
    with pytest.raises(UserError, match="Basma cannot settle"):
        take_documents(project, BASMA, ALI)
    assert project.gold.is_empty()


def test_a_stop_keeps_what_was_settled(project: Project) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_documents(project, CARMEN, BASMA, progress=stop)
    assert gold(project, SECOND) != {}
    assert not project.integrity()
