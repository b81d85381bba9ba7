"""Filters of documents: each condition compared with a plain count, all together, in every order, by index."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import Edit, EditKind, assignment
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.document_filter import MINE, UNBEGUN, DocumentFilter, Progress
from annotator.domain.review.document_order import DocumentOrder
from annotator.domain.tagset.changes import RemoveLabel
from annotator.services.document_metrics import metric_inputs
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.queries.filtered_documents import Viewer
from tests.storage.strategies import (
    PEOPLE,
    TEXTS,
    Action,
    actions,
    make_document,
    make_suggestions,
    make_tagset,
)
from tests.storage.strategies import work as work_on

ME, OTHER = PEOPLE[:2]
TITLES = ("إنفجار في بغداد", "الجيش في كركوك", "بَغداد تنتظر", "اجتماع الوزراء", "هجوم")
DATES = (datetime.date(2020, 4, 17), datetime.date(2020, 4, 30), None, datetime.date(2019, 1, 1), None)
IDS = tuple(document_id(title) for title in TITLES)
VIEWER = Viewer(ME.id, 0.5)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", make_tagset()) as made:
        for number, (title, date) in enumerate(zip(TITLES, DATES, strict=True)):
            made.documents.add(
                Document(IDS[number], title, title=title, date=date, source="وكالة" if number % 2 else "")
            )
            score = 0.2 if number == 4 else 0.9
            offered = [Suggestion(Span(0, 3), "LOC", score, "s", "1"), Suggestion(Span(3, 4), "LOC", score, "s", "1")]
            made.suggestions.replace(IDS[number], "s", "1", offered)
        made.metrics.update(IDS, metric_inputs(made))
        work(made)
        yield made


def work(project: Project) -> None:
    """Call the first done, begin the second, only put off in the third; note and doubt here and there."""
    session = Session(project, ME)
    session.open(IDS[0])
    session.confirm_all()
    session.set_done(True)
    session.set_doubtful(True)
    session.open(IDS[1])
    session.confirm()
    session.set_note("لماذا؟", session.items[0].key)
    session.open(IDS[2])
    session.skip()
    stranger = Session(project, OTHER)
    stranger.open(IDS[3])
    stranger.confirm_all()
    stranger.set_done(True)
    stranger.set_note("غريب")


def numbers(project: Project, asked: DocumentFilter, order: DocumentOrder = DocumentOrder.IMPORTED) -> list[int]:
    return [IDS.index(i) for i in project.filtered_documents.ids(asked, order, VIEWER)]


def progress(*wanted: Progress) -> DocumentFilter:
    return DocumentFilter(progress=frozenset(wanted))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (DocumentFilter(), [0, 1, 2, 3, 4]),
        (progress(Progress.DONE), [0]),
        (progress(Progress.DOING), [1]),
        (progress(Progress.NOTHING), [2, 3, 4]),
        (progress(Progress.DONE, Progress.DOING), [0, 1]),
        (DocumentFilter(doubtful=True), [0]),
        (DocumentFilter(noted=True), [1]),
        (DocumentFilter(pending=True), [1, 2, 3]),
        (DocumentFilter(source="وكالة"), [1, 3]),
        (DocumentFilter(since=datetime.date(2020, 1, 1)), [0, 1]),
        (DocumentFilter(until=datetime.date(2020, 4, 17)), [0, 3]),
        (DocumentFilter(since=datetime.date(2020, 4, 17), until=datetime.date(2020, 4, 17)), [0]),
        (DocumentFilter(words="بغداد"), [0, 2]),
        (DocumentFilter(words=" بغداد انفجار "), [0]),
        (DocumentFilter(words="100%"), []),
        (DocumentFilter(frozenset({Progress.NOTHING}), pending=True, source="وكالة", words="وزراء"), [3]),
    ],
)
def test_each_part_lets_through_what_it_says_and_all_together_what_each_does(
    project: Project, asked: DocumentFilter, expected: list[int]
) -> None:
    assert numbers(project, asked) == expected
    for number, document in enumerate(IDS):
        alone = project.filtered_documents.ids(asked, DocumentOrder.IMPORTED, VIEWER, among=[document])
        assert alone == [document] * (number in expected)


@pytest.mark.parametrize("order", DocumentOrder)
def test_what_comes_through_keeps_the_order(project: Project, order: DocumentOrder) -> None:
    everything = project.documents.page_ids(0, 9, order)
    assert project.filtered_documents.ids(DocumentFilter(), order, VIEWER) == everything
    wanted = project.filtered_documents.ids(DocumentFilter(pending=True), order, VIEWER)
    assert wanted == [i for i in everything if i in wanted]
    assert len(wanted) == 3


def test_pending_counts_what_the_list_counts(project: Project) -> None:
    session = Session(project, ME)
    session.open(IDS[1])
    session.confirm()
    assert project.documents.row(IDS[1], ME.id, 0.5).pending == 0
    assert numbers(project, DocumentFilter(pending=True)) == [2, 3]
    session.undo()
    assert numbers(project, DocumentFilter(pending=True)) == [1, 2, 3]


@pytest.mark.parametrize("score", [0.494, 0.495, 0.496, 0.5, 0.504])
def test_a_document_is_to_decide_exactly_if_it_shows_something(tmp_path: Path, score: float) -> None:
    with Project.create(tmp_path / "p.annot", make_tagset()) as project:
        project.documents.add(Document(IDS[0], TITLES[0]))
        project.suggestions.replace(IDS[0], "s", "1", [Suggestion(Span(0, 3), "LOC", score, "s", "1")])
        project.metrics.update(IDS[:1], metric_inputs(project))
        session = Session(project, ME)
        session.open(IDS[0])
        session.threshold = 0.5
        viewer = Viewer(ME.id, 0.5, session.confidence.reliability)
        found = project.filtered_documents.ids(DocumentFilter(pending=True), DocumentOrder.IMPORTED, viewer)
        assert bool(found) == bool(session.items) == (score >= 0.5)


def test_what_is_to_decide_follows_what_scores_are_worth_without_new_measuring(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.annot", make_tagset()) as project:
        for document, text in zip(IDS, TITLES, strict=True):
            project.documents.add(Document(document, text))
            offered = [Suggestion(Span(n, n + 1), "LOC", 0.8, "s", "1") for n in range(len(text))]
            project.suggestions.replace(document, "s", "1", offered)
        project.metrics.update(IDS, metric_inputs(project))
        session = Session(project, ME)

        def to_decide() -> list[str]:
            """Return the documents that the filter takes for undecided."""
            viewer = Viewer(ME.id, 0.5, session.confidence.reliability)
            return project.filtered_documents.ids(DocumentFilter(pending=True), DocumentOrder.IMPORTED, viewer)

        assert to_decide() == list(IDS)
        session.open(IDS[0])
        session.threshold = 0.5
        while session.focus:
            session.reject()
        session.open(IDS[1])
        assert session.items == [], "the rejections have made what such scores are worth fall below the threshold"
        assert to_decide() == []


def test_sources_are_counted(project: Project) -> None:
    assert project.filtered_documents.sources() == [("", 3), ("وكالة", 2)]


def test_titles_that_came_in_by_a_merge_are_found(project: Project) -> None:
    text = "خبر من المَوصِل"
    project.replica.put_document(Document(document_id(text), text, title=text), project._connection.clock.new())
    found = project.filtered_documents.ids(DocumentFilter(words="الموصل"), DocumentOrder.IMPORTED, VIEWER)
    assert found == [document_id(text)]


def test_no_filter_reads_the_texts(project: Project) -> None:
    statements: list[str] = []
    project._connection.db.conn.set_trace_callback(statements.append)
    everything = DocumentFilter(
        frozenset(Progress), True, True, True, "وكالة", datetime.date(2020, 1, 1), datetime.date(2021, 1, 1), "بغداد"
    )
    for order in DocumentOrder:
        project.filtered_documents.ids(everything, order, VIEWER)
    project._connection.db.conn.set_trace_callback(None)
    asked = [statement for statement in statements if "document_heads h" in statement]
    assert len(asked) == len(DocumentOrder)
    for statement in asked:
        plan = [row[3] for row in project._connection.db.execute(f"explain query plan {statement}")]
        looked_at = {step.split()[1] for step in plan if step.startswith(("SCAN ", "SEARCH "))}
        assert looked_at
        assert not looked_at & {"d", "articles"}, plan
        assert all("COVERING" in step for step in plan if step.split()[1] == "n"), plan


def expected(project: Project, asked: DocumentFilter, document: Document) -> bool:
    """Tell from what the project holds, without the filter's query, whether a filter lets a document through."""
    row = project.documents.row(document.id, ME.id)
    verdicts = project.log.verdicts(document.id, ME.id).values()
    is_touched = row.annotations > 0 or any(verdict["verdict"] != "skipped" for verdict in verdicts)
    state = Progress.DONE if row.done else Progress.DOING if is_touched else Progress.NOTHING
    return (
        (not asked.progress or state in asked.progress)
        and (not asked.doubtful or row.doubts > 0)
        and (not asked.noted or row.notes > 0)
        and (not asked.pending or (row.pending > 0 and not row.done))
        and (not asked.words or all(word in document.title for word in asked.words.split()))
    )


@settings(max_examples=20)
@given(
    st.lists(actions.filter(lambda action: action[0] != "tagset"), max_size=25),
    st.builds(
        DocumentFilter,
        progress=st.frozensets(st.sampled_from(Progress)),
        doubtful=st.booleans(),
        noted=st.booleans(),
        pending=st.booleans(),
        words=st.sampled_from(["", "وكالة", "حدث شيء", "عنوان"]),
    ),
)
def test_after_whatever_work_a_filter_lets_through_what_it_says(done: list[Action], asked: DocumentFilter) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.annot"
        with Project.create(path, make_tagset()) as project:
            for text, title in zip(TEXTS, ("عنوان", "قالت وكالة", "لم يحدث شيء"), strict=True):
                project.documents.add(make_document(text, title=title))
                project.suggestions.replace(document_id(text), "lexicon", "1", make_suggestions(text, "lexicon"))
            project.metrics.update([document_id(text) for text in TEXTS], metric_inputs(project))
        work_on(path, ME, done)
        with Project.open(path) as project:
            found = project.filtered_documents.ids(asked, DocumentOrder.IMPORTED, Viewer(ME.id))
            assert found == [d.id for d in project.documents.iter() if expected(project, asked, d)]


def test_documents_by_whose_they_are(project: Project) -> None:
    """Mine and another's assignments, also of a single document; what nobody began, whoever has it."""
    for who, given_to in ((ME, (0, 2)), (OTHER, (2, 4))):
        writes = tuple(assignment(IDS[number], who.id) for number in given_to)
        project.log.append(Edit(project.log.new_id(), OTHER.id, "", EditKind.ASSIGN, writes))

    assert numbers(project, DocumentFilter(whose=MINE)) == [0, 2]
    assert numbers(project, DocumentFilter(whose=OTHER.id)) == [2, 4]
    assert numbers(project, DocumentFilter(whose="nobody")) == []
    # The third was only put off; the fourth is done by the other.
    assert numbers(project, DocumentFilter(whose=UNBEGUN)) == [2, 4]
    for whose, expected in ((MINE, {0, 2}), (OTHER.id, {2, 4}), (UNBEGUN, {2, 4})):
        one_by_one = {
            number
            for number, document in enumerate(IDS)
            if project.filtered_documents.ids(
                DocumentFilter(whose=whose), DocumentOrder.NEWEST, VIEWER, among=[document]
            )
        }
        assert one_by_one == expected


def test_suggestions_of_a_removed_label_are_not_to_decide(project: Project) -> None:
    project.suggestions.replace(IDS[4], "s", "1", [Suggestion(Span(0, 3), "PERS", 0.9, "s", "1")])
    project.metrics.update(IDS[4:], metric_inputs(project))
    assert numbers(project, DocumentFilter(pending=True)) == [1, 2, 3, 4]
    Session(project, OTHER).change_tagset([RemoveLabel("PERS")])
    assert numbers(project, DocumentFilter(pending=True)) == [1, 2, 3]
