"""The rules of merging, on copies in memory: which of two versions wins, in whatever order copies are merged."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import Document
from annotator.domain.model.edit import Edit, EditKind, StoredEdit
from annotator.domain.model.suggestion import Run
from annotator.domain.review.stopwatch import TimeEntry, WorkInterval
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import ProjectError
from annotator.team.adjudication import Rejections
from annotator.team.merge import MergeConflicts, MergeReport, RunKey, inspect_source, refuse_unrelated
from annotator.team.merge import merge as team_merge


class Copy:
    """A copy of a project in memory."""

    def __init__(self, name: str = "p", project_id: str = "1", tagset: str = "small") -> None:
        self.path = Path(name)
        self.id = project_id
        self.tagset = Tagset(tagset, (Label("LOC", {}, {}),))
        self.documents: dict[str, tuple[Document, str]] = {}
        self.annotators: dict[str, tuple[Annotator, str]] = {}
        self.suggested: dict[RunKey, Run] = {}
        self.time: dict[str, TimeEntry] = {}
        self.log: dict[str, Edit] = {}

    def document_stamps(self) -> dict[str, str]:
        return {key: stamp for key, (_, stamp) in self.documents.items()}

    def stamped_documents(self, ids: Collection[str]) -> list[tuple[Document, str]]:
        return [self.documents[i] for i in ids]

    def put_document(self, document: Document, stamp: str) -> None:
        self.documents[document.id] = (document, stamp)

    def stamped_annotators(self) -> dict[str, tuple[Annotator, str]]:
        return dict(self.annotators)

    def put_annotator(self, annotator: Annotator, stamp: str) -> None:
        self.annotators[annotator.id] = (annotator, stamp)

    def former_roles(self) -> dict[str, Role]:
        return {}

    def run_stamps(self) -> dict[RunKey, str]:
        return {key: run.stamp for key, run in self.suggested.items()}

    def runs(self, keys: Collection[RunKey]) -> list[Run]:
        return [self.suggested[key] for key in keys]

    def put_run(self, run: Run) -> None:
        self.suggested[run.document, run.suggester] = run

    def time_spent(self) -> list[TimeEntry]:
        return list(self.time.values())

    def add_time_spent(self, spells: Iterable[TimeEntry]) -> None:
        self.time |= {spell.id: spell for spell in spells}

    def stored_edits(self) -> list[list[StoredEdit]]:
        return [[StoredEdit(i, self.log[i].annotator, None, "", None, 0, "")] for i in sorted(self.log)]

    def read_edits(self, stored: Iterable[StoredEdit]) -> list[Edit]:
        return [self.log[edit.id] for edit in stored]

    def missing_edits(self, stored: Sequence[StoredEdit], source: Path) -> list[StoredEdit]:
        return [edit for edit in stored if edit.id not in self.log]

    def count_edits(self, annotator: str, *, after: str = "", before: str = "") -> int:
        own = [i for i, edit in self.log.items() if edit.annotator == annotator]
        return sum(i > after and (not before or i < before) for i in own)

    def union(self, edits: Iterable[Edit], source: Path = Path("q")) -> int:
        before = len(self.log)
        self.log = {edit.id: edit for edit in edits} | self.log
        return len(self.log) - before

    @contextmanager
    def short_transaction(self) -> Iterator[Callable[[], bool]]:
        before = copy.deepcopy(self.__dict__)
        try:
            yield lambda: False
        except BaseException:
            self.__dict__ = before
            raise

    def check_timestamps(self) -> None:
        """Take any stamp."""

    def damaged(self) -> ProjectError:
        return ProjectError("{path} is damaged", path=self.path)

    def contents(self) -> tuple[object, ...]:
        return (self.documents, self.annotators, self.suggested, self.time, self.log)


@st.composite
def three_copies(draw: st.DrawFn) -> list[Copy]:
    """Draw copies in which no stamp is given twice, as the clock sees to."""
    stamps = iter(draw(st.permutations([f"{n:03}" for n in range(60)])))
    copies = [Copy() for _ in range(3)]
    for one in copies:
        for name in draw(st.sets(st.sampled_from("abc"))):
            stamp = next(stamps)
            one.put_document(Document(name, name, title=stamp), stamp)
        for name in draw(st.sets(st.sampled_from("xy"))):
            stamp = next(stamps)
            one.put_annotator(Annotator(name, stamp), stamp)
        for name in draw(st.sets(st.sampled_from("lm"))):
            stamp = next(stamps)
            one.put_run(Run("a", name, stamp, stamp, ()))
        one.add_time_spent(
            TimeEntry(name, "x", WorkInterval("a", 0, 1)) for name in draw(st.sets(st.sampled_from("stu")))
        )
        for name in draw(st.sets(st.sampled_from("123"))):
            one.union([Edit(name, "x", "a", EditKind.NOTE, ())])
    return copies


def merge(target: Copy, source: Copy) -> MergeReport:
    """Merge a source without stopping."""
    report = MergeReport()
    refuse_unrelated(target, source)
    team_merge(target, source, report, lambda _steps: None)
    return report


def united(*copies: Copy) -> Copy:
    """Merge all that follow into a copy of the first."""
    target = copy.deepcopy(copies[0])
    for source in copies[1:]:
        merge(target, source)
    return target


@given(three_copies())
def test_merging_is_commutative_associative_and_idempotent(copies: list[Copy]) -> None:
    one, two, three = copies
    expected = united(one, two, three).contents()
    for order in itertools.permutations(copies):
        assert united(*order).contents() == expected
    assert united(one, united(two, three)).contents() == expected
    assert united(united(one, two), one, three, three, two).contents() == expected
    assert merge(united(one, two, three), two) == MergeReport()


@given(three_copies(), st.integers(0, 12))
def test_a_merge_that_was_stopped_says_what_came_in_and_is_completed_by_the_next(
    copies: list[Copy], stop_after: int
) -> None:
    one, two, _ = copies
    whole, stopped = copy.deepcopy(one), copy.deepcopy(one)
    everything = merge(whole, two)
    report, left = MergeReport(), iter(range(stop_after))

    def step(_steps: int) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        team_merge(stopped, two, report, step)
    assert report.documents == len(stopped.documents.keys() - one.documents.keys())
    assert report.annotators == len(stopped.annotators.keys() - one.annotators.keys())
    assert report.edits == len(stopped.log) - len(one.log)
    report.add(merge(stopped, two))
    assert stopped.contents() == whole.contents()
    assert report == everything


def test_an_edit_about_what_its_copy_does_not_have_is_refused_before_anything_is_written() -> None:
    for strange in (Edit("1", "nobody", "a", EditKind.NOTE, ()), Edit("1", "x", "b", EditKind.NOTE, ())):
        target, source = Copy("target"), Copy("source")
        source.put_document(Document("a", "a"), "1")
        source.put_annotator(Annotator("x", "x"), "1")
        source.union([strange])
        with pytest.raises(ProjectError, match="source is damaged"):
            inspect_source(target, source, lambda _steps: None)
        assert target.contents() == Copy().contents()


@given(three_copies())
def test_a_source_is_only_read(copies: list[Copy]) -> None:
    before = copy.deepcopy(copies[1].contents())
    merge(copies[0], copies[1])
    assert copies[1].contents() == before


def test_the_earliest_import_and_the_newest_name_and_run_count() -> None:
    one, two = Copy(), Copy()
    for target, early, late in ((one, "1", "4"), (two, "2", "3")):
        target.put_document(Document("a", "a", title=early), early)
        target.put_annotator(Annotator("x", late), late)
        target.put_run(Run("a", "lexicon", late, late, ()))
    result = united(two, one)
    assert result.documents["a"][0].title == "1"
    assert result.annotators["x"][0].name == "4"
    assert result.suggested["a", "lexicon"].version == "4"


def test_reports_add_up() -> None:
    report = MergeReport(1, 2, 3, 4)
    report.add(MergeReport(10, 20, 30, 40))
    assert report == MergeReport(11, 22, 33, 44)
    assert MergeReport(1, 2, 3).lines() == ["Documents added: 1; annotators added: 2; edits added: 3."]
    assert MergeReport(0, 0, 0, 1).lines()[0].endswith("edits added: 0; roles changed: 1.")


def test_what_is_unsettled_is_told_behind_what_came_in() -> None:
    _, strange, others, own = MergeReport(unsettled=MergeConflicts({"ORG": 1200, "GPE": 1}, Rejections(3, 2))).lines()
    assert strange.startswith("Annotations whose label is not in the tagset: 1,201 (GPE 1, ORG 1,200). They are kept")
    assert others == "Places labelled by one annotator and rejected by another: 3."
    assert own.startswith(
        "Places that one annotator both confirmed and rejected, in different copies: 2. The annotations"
    )


@pytest.mark.parametrize(("project_id", "tagset"), [("1", "other"), ("2", "small")])
def test_copies_and_projects_of_one_tagset_belong_together(project_id: str, tagset: str) -> None:
    assert merge(Copy(), Copy("q", project_id, tagset)) == MergeReport()


def test_projects_that_do_not_belong_together_are_refused_before_anything_is_written() -> None:
    target, source = Copy("target"), Copy("source", "2", "wojood")
    source.put_document(Document("a", "a"), "1")
    with pytest.raises(ProjectError, match=r"^Cannot merge source into target: .*wojood.*small"):
        merge(target, source)
    assert target.documents == {}
