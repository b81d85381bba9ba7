"""Every item model of the window keeps Qt's rules, empty and filled; a model that nobody makes here fails."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel
from pytestqt.modeltest import ModelTester

import annotator.ui
from annotator.domain.label_check.case import Case, CaseKind, CasePlace, Fix
from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.document import document_id
from annotator.domain.model.place import Place
from annotator.domain.model.span import Span
from annotator.domain.team.adjudication_state import DifferenceGroup
from annotator.domain.team.roles import TeamFacts
from annotator.domain.team.work_state import WorkCounts
from annotator.services.label_check.checked_cases import CheckedCases, PlaceState
from annotator.services.search.concordance import Hit
from annotator.services.search.label_examples import Example, NameInUse
from annotator.services.team.adjudicate import QueuedDifference
from annotator.services.team.agreement import AgreementReport, agreement_in, finished_or_begun
from annotator.services.team.team_progress import PersonProgress
from annotator.session import ReviewItem
from annotator.storage.project import Project
from annotator.storage.tables.removals import RemovedDocument
from annotator.storage.tables.tagsets import load_tagset
from annotator.team.differences import DifferenceKind
from annotator.text.context import Context
from annotator.ui.documents.document_model import DocumentModel
from annotator.ui.label_check.case_list import CaseModel
from annotator.ui.label_check.place_list import CasePlaceModel
from annotator.ui.notes.note_model import NoteModel
from annotator.ui.search.concordance_model import ConcordanceModel
from annotator.ui.search.occurrence_model import OccurrenceModel
from annotator.ui.search.place_model import LazyKwicModel, PlaceModel
from annotator.ui.sidebar.item_model import ItemModel
from annotator.ui.tagset.draft_history import DraftHistory
from annotator.ui.tagset.label_model import LabelModel
from annotator.ui.tagset.label_usage_model import LabelUsageModel
from annotator.ui.team.agreement_models import (
    AgreementArticleModel,
    AgreementLabelModel,
    AgreementPairModel,
    ConfusionModel,
)
from annotator.ui.team.assign_page import ShareModel, _Team
from annotator.ui.team.difference_queue import DifferenceModel
from annotator.ui.team.lane_list import LaneModel, LaneRow
from annotator.ui.team.people_dialog import RoleModel
from annotator.ui.team.progress_models import ArticleModel, PeopleModel
from annotator.ui.widgets.table import TableModel
from annotator.ui.window.remove_articles import RemovedArticlesModel
from tests.services.corpus.corpora import add_annotation
from tests.ui.conftest import ANNOTATOR, FIRST
from tests.ui.documents.test_document_list import FakeRows
from tests.ui.search.test_label_all_dialog import PLACES
from tests.ui.window.test_notes_controller import many

TAGSET = load_tagset("security")
SPAN, CONTEXT = Span(4, 9), Context("قرب بغداد", Span(4, 9))
Fill = Callable[[], object]


def documents(_project: Project) -> tuple[DocumentModel, Fill]:
    model = DocumentModel()
    return model, lambda: model.set_source(FakeRows(250))


def items(_project: Project) -> tuple[ItemModel, Fill]:
    model = ItemModel()
    model.set_document("العراق وسوريا ولبنان", TAGSET)
    return model, lambda: model.set_items([ReviewItem(Span(n, n + 2), "LOC", n > 4, f"{n}:LOC") for n in (0, 5, 9)])


def places(_project: Project) -> tuple[OccurrenceModel, Fill]:
    model = OccurrenceModel(TAGSET)
    model.set_label("LOC")
    return model, lambda: model.add(PLACES)


def hits(_project: Project) -> tuple[ConcordanceModel, Fill]:
    model = ConcordanceModel(TAGSET, ANNOTATOR.id, [ANNOTATOR])
    held = Annotation("x", SPAN, "LOC", ANNOTATOR.id)
    rows = [Hit("d", "عنوان", SPAN, CONTEXT, here) for here in (None, held)]
    return model, lambda: model.add(rows, is_more=True)


def notes(_project: Project) -> tuple[NoteModel, Fill]:
    model, _ = many(250)
    model.set_numbers([])
    return model, lambda: model.set_numbers(list(range(250)))


def uses(_project: Project) -> tuple[LabelUsageModel, Fill]:
    model = LabelUsageModel()
    example = Example("d", "عنوان", SPAN, CONTEXT)
    return model, lambda: model.show_names([NameInUse("بغداد", 3, example), NameInUse("بابل", 1, example)], "LOC")


def given_places(project: Project) -> tuple[PlaceModel, Fill]:
    model = PlaceModel(project)
    return model, lambda: model.set_places([Place(document) for document in project.documents.ids()])


def removed(_project: Project) -> tuple[RemovedArticlesModel, Fill]:
    model = RemovedArticlesModel()
    gone = [RemovedDocument(f"d{n}", f"خبر {n}", None, "", ANNOTATOR.id, 1_700_000_000_000 + n) for n in range(3)]
    return model, lambda: model.show_documents(gone, {ANNOTATOR.id: ANNOTATOR.name})


def people(_project: Project) -> tuple[PeopleModel, Fill]:
    model = PeopleModel()
    both = [PersonProgress(Annotator(name, name), None, WorkCounts(3, 1, 1, 2)) for name in "ab"]
    return model, lambda: model.set_people(both, {"a": "سلمى", "b": "Omar"})


def articles(project: Project) -> tuple[ArticleModel, Fill]:
    project.annotators.add(ANNOTATOR)
    model = ArticleModel()
    return model, lambda: model.set_project(project)


def labels(project: Project) -> tuple[LabelModel, Fill]:
    model = LabelModel(DraftHistory(project.labels.draft))
    return model, lambda: model.set_usages({})


def agreement(project: Project) -> AgreementReport:
    """Return the agreement of two annotators who labelled both articles."""
    ids = list(project.documents.ids())
    for number, who in enumerate((ANNOTATOR, Annotator("b" * 32, "Omar"))):
        project.annotators.add(who)
        for document in ids:
            add_annotation(project, document, Annotation(f"a{who.id[0]}", SPAN, ("LOC", "ORG")[number], who.id))
    return agreement_in(project, ids, rule=finished_or_begun)


def pairs(project: Project) -> tuple[AgreementPairModel, Fill]:
    model = AgreementPairModel()
    return model, lambda: model.set_report(agreement(project), {ANNOTATOR.id: "سلمى"})


def pair_labels(project: Project) -> tuple[AgreementLabelModel, Fill]:
    model, report = AgreementLabelModel(), agreement(project)
    return model, lambda: model.set_report(report, None, report.overall, TAGSET)


def confusion(project: Project) -> tuple[ConfusionModel, Fill]:
    model = ConfusionModel()
    return model, lambda: model.set_report(None, agreement(project).overall, TAGSET)


def compared_articles(project: Project) -> tuple[AgreementArticleModel, Fill]:
    model = AgreementArticleModel()
    return model, lambda: model.set_report(agreement(project))


def lanes(_project: Project) -> tuple[LaneModel, Fill]:
    model = LaneModel()
    rows = [LaneRow(1, "Omar", (("بغداد", "LOC"),), is_settled=True), LaneRow(2, "سلمى", ())]
    return model, lambda: model.set_lanes(rows, TAGSET)


def differences(_project: Project) -> tuple[DifferenceModel, Fill]:
    model = DifferenceModel()
    group = DifferenceGroup((SPAN,), (((SPAN, "LOC"),), ()))
    one = QueuedDifference("d", "عنوان", "بغداد", group, ("a", "b"), frozenset({DifferenceKind.ONE_SIDE}))
    return model, lambda: model.set_rows([one, replace(one, document="e")])


CASE_PLACE = CasePlace(document_id(FIRST), SPAN, "ORG", Fix(SPAN, "LOC"))
CASE = Case(CaseKind.LABELS, "بغداد", ("LOC", "ORG"), (CASE_PLACE, CASE_PLACE), 0.9)


def cases(_project: Project) -> tuple[CaseModel, Fill]:
    model = CaseModel()
    return model, lambda: model.set_cases(CheckedCases(ANNOTATOR.id, [CASE, replace(CASE, name="كركوك")]), TAGSET)


def case_places(project: Project) -> tuple[CasePlaceModel, Fill]:
    model = CasePlaceModel(project)
    return model, lambda: model.set_case(CASE, [PlaceState.OPEN, PlaceState.RIGHT])


def shares(_project: Project) -> tuple[ShareModel, Fill]:
    model = ShareModel()
    return model, lambda: model.set_team(_Team((ANNOTATOR, Annotator("b" * 32, "Omar")), {}))


def roles(_project: Project) -> tuple[RoleModel, Fill]:
    model = RoleModel()
    return model, lambda: model.show_people((ANNOTATOR, Annotator("b" * 32, "Omar")), TeamFacts(), ANNOTATOR.id)


MAKERS: dict[type[QAbstractItemModel], Callable[[Project], tuple[QAbstractItemModel, Fill]]] = {
    DocumentModel: documents,
    ConcordanceModel: hits,
    ItemModel: items,
    NoteModel: notes,
    RemovedArticlesModel: removed,
    OccurrenceModel: places,
    LabelModel: labels,
    LabelUsageModel: uses,
    PlaceModel: given_places,
    PeopleModel: people,
    ArticleModel: articles,
    AgreementPairModel: pairs,
    AgreementLabelModel: pair_labels,
    ConfusionModel: confusion,
    AgreementArticleModel: compared_articles,
    LaneModel: lanes,
    DifferenceModel: differences,
    CaseModel: cases,
    CasePlaceModel: case_places,
    ShareModel: shares,
    RoleModel: roles,
}


def every_model() -> set[type[QAbstractItemModel]]:
    """Return all item models that the modules of the window define; abstract ones are tested with their subclasses."""
    found: set[type[QAbstractItemModel]] = set()
    for module in pkgutil.walk_packages(annotator.ui.__path__, "annotator.ui."):
        defined = vars(importlib.import_module(module.name)).values()
        found |= {one for one in defined if isinstance(one, type) and issubclass(one, QAbstractItemModel)}
    return {one for one in found if one.__module__.startswith("annotator.") and one not in (TableModel, LazyKwicModel)}


@pytest.fixture
def project(project_path: Path) -> Iterator[Project]:
    with Project.open(project_path) as opened:
        yield opened


def test_every_model_has_a_maker() -> None:
    assert every_model() == set(MAKERS)


@pytest.mark.parametrize("kind", MAKERS, ids=lambda kind: kind.__name__)
def test_model_keeps_the_rules_of_models(
    project: Project, qtmodeltester: ModelTester, kind: type[QAbstractItemModel]
) -> None:
    model, fill = MAKERS[kind](project)
    assert type(model) is kind
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    fill()
    assert model.rowCount() >= 2
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
