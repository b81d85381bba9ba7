"""The check of labels: what it finds, what was found right, and corrections that one undo takes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.label_check.case import CaseKind, LabelRule, right_writes, rule_write
from annotator.domain.model.edit import Edit, EditKind, fold
from annotator.domain.tagset.changes import RenameLabel
from annotator.services.label_check.check import CheckRequest, check_labels, fix_writes
from annotator.session import Session
from annotator.storage.project import Project
from tests.services.label_check.projects import ME, cases, make_project, places

TEXTS = (
    "وصل الوفد إلى [LOC الموصل] ثم عاد إلى [LOC الموصل] مساء.",
    "في [LOC الموصل] هدوء، وفي [ORG الموصل] قلق.",
    "قال [PERS سالم الراوي،] إنه سيعود.",
    "غادر [PERS سالم الراوي] المدينة.",
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p.annot", TEXTS) as opened:
        yield opened


def test_the_rarer_label_of_a_name_is_a_case(project: Project) -> None:
    (case,) = cases(project, CaseKind.LABELS)
    assert (case.name, case.labels, case.agreeing) == ("الموصل", ("LOC", "ORG"), 3)
    assert places(case, project) == [("الموصل", "ORG", "LOC الموصل")]
    assert len(case.examples) == 3 and {example.label for example in case.examples} == {"LOC"}
    assert 0 < case.score < 1


def test_a_mark_at_the_edge_is_a_case(project: Project) -> None:
    (case,) = cases(project, CaseKind.EDGE)
    assert places(case, project) == [("سالم الراوي،", "PERS", "PERS سالم الراوي")]


def test_corrections_are_one_edit_and_one_undo(project: Project) -> None:
    session = Session(project, ME)
    session.open(next(iter(project.documents.ids())))
    found = cases(project)
    assert not found
    found = cases(project, CaseKind.LABELS, CaseKind.EDGE)
    wrong = [place for case in found for place in case.places]
    change = session.apply(EditKind.FIX, fix_writes(project, ME.id, wrong))
    assert change is not None and len(change.documents) == 2
    assert cases(project, CaseKind.LABELS, CaseKind.EDGE) == []
    assert fix_writes(project, ME.id, wrong) == []
    session.undo()
    assert cases(project, CaseKind.LABELS, CaseKind.EDGE) == found
    assert project.log.state() == fold(project.log.edits())


def test_what_was_found_right_is_no_case_until_its_label_changes(project: Project) -> None:
    session = Session(project, ME)
    session.open(next(iter(project.documents.ids())))
    (case,) = cases(project, CaseKind.LABELS)
    session.apply(EditKind.CHECK, right_writes(case.kind, case.places))
    assert cases(project, CaseKind.LABELS) == []
    result = check_labels(project, CheckRequest(ME.id, frozenset({CaseKind.LABELS}), include_right=True))
    assert list(result.cases) == [case]
    assert check_labels(project, CheckRequest(ME.id)).right == 1
    assert project.integrity() == []
    session.undo()
    assert cases(project, CaseKind.LABELS) == [case]


def test_rules_are_shared_cells_that_follow_a_renamed_label(project: Project) -> None:
    rule = LabelRule("r1", "تنظيم .+", "ARMED")
    project.log.append(Edit(project.log.new_id(), ME.id, "", EditKind.RULE, (rule_write(rule),)))
    Session(project, ME).change_tagset([RenameLabel("ARMED", "GROUP")])
    assert project.label_checks.rules() == [LabelRule("r1", "تنظيم .+", "GROUP")]
    assert project.integrity() == []
    project.log.append(Edit(project.log.new_id(), ME.id, "", EditKind.RULE, (rule_write(rule, removed=True),)))
    assert project.label_checks.rules() == []
