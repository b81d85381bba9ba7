"""A name's places over several documents, what stands in their way, and one edit that one undo takes back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.domain.model.annotation import Annotator, OriginKind
from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.edit import EditKind, fold
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.services.project.merge_copies import merge_copies
from annotator.services.search.concordance import complete_index
from annotator.services.search.label_all import clear_all, label_all
from annotator.services.search.occurrences import Occurrence, OccurrenceSearch, OccurrenceState, bare_name
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset

ME = Annotator("1" * 32, "سلمى")
TEXTS = (
    "كركوك تستقبل وفدا من كَركوك وبكركوك قوات. المساهمون كركوك",
    "في محافظة كركوك هدوء، وفي الكركوك أيضا",
    "عاد من كركوكي إلى كركوك ثم كركوك",
    "لا شيء هنا",
)


def make_project(path: Path, tagset: str = "security") -> Project:
    """Make an open project of the texts, the last word of the first being page debris."""
    project = Project.create(path, load_tagset(tagset))
    for text in TEXTS:
        at = text.find("المساهمون")
        regions = (Region(Span(at, len(text)), RegionKind.DEBRIS),) if at >= 0 else ()
        project.documents.add(Document(document_id(text), text, regions=regions))
    complete_index(project)
    return project


def nth(text: str, name: str, number: int = 0) -> Span:
    """Return the place of a name's occurrence in a text."""
    at = -1
    for _ in range(number + 1):
        at = text.index(name, at + 1)
    return Span(at, at + len(name))


def all_places(project: Project, name: str = "كركوك") -> list[Occurrence]:
    """Return the places in every document."""
    search = OccurrenceSearch(project, ME.id, name)
    return [place for few in search.in_corpus(search.candidates(), "") for place in few]


def states(places: Sequence[Occurrence], label: str = "LOC") -> list[tuple[str, OccurrenceState]]:
    """Return what each place says and how it stands to a label."""
    return [(place.context.word, place.state_for(label)) for place in places]


def test_places_and_how_they_stand(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot") as project:
        session = Session(project, ME)
        session.open(document_id(TEXTS[0]))
        session.give_label("LOC", nth(TEXTS[0], "كركوك"))
        session.open(document_id(TEXTS[1]))
        session.give_label("LOC", nth(TEXTS[1], "محافظة كركوك"))
        third = document_id(TEXTS[2])
        refused = Suggestion(nth(TEXTS[2], "كركوك", 2), "ORG", 0.8, "lexicon", "1")
        project.suggestions.replace(third, "lexicon", "1", [refused])
        session.open(third)
        session.reject()
        session.give_label("ORG", nth(TEXTS[2], "كركوك", 1))
        assert states(all_places(project)) == [
            ("كركوك", OccurrenceState.LABELLED),
            ("كَركوك", OccurrenceState.FREE),
            ("كركوك", OccurrenceState.FREE),
            ("كركوك", OccurrenceState.CONFLICT),
            ("الكركوك", OccurrenceState.ARTICLE),
            ("كركوك", OccurrenceState.OTHER),
            ("كركوك", OccurrenceState.REJECTED),
        ]
        assert [s for _, s in states(all_places(project), "ORG")][5] is OccurrenceState.LABELLED


def test_skipped_and_doubtful_places_are_not_free(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot") as project:
        session, third = Session(project, ME), document_id(TEXTS[2])
        spans = [nth(TEXTS[2], "كركوك", number) for number in (1, 2)]
        project.suggestions.replace(third, "l", "1", [Suggestion(span, "LOC", 0.8, "l", "1") for span in spans])
        session.open(third)
        assert session.focus
        session.set_doubtful(True, session.focus.key)
        session.focus_next()
        session.skip()
        found = [s for _, s in states([p for p in all_places(project) if p.document == third])]
        assert found[-2:] == [OccurrenceState.DOUBTFUL, OccurrenceState.SKIPPED]


def test_one_edit_over_several_documents_and_one_undo(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot") as project:
        session = Session(project, ME)
        first, third = document_id(TEXTS[0]), document_id(TEXTS[2])
        project.suggestions.replace(
            first, "lexicon", "1", [Suggestion(nth(TEXTS[0], "كركوك"), "LOC", 0.9, "lexicon", "1")]
        )
        session.open(first)
        before = project.log.state()
        free = [place for place in all_places(project) if place.state_for("LOC") is OccurrenceState.FREE]
        assert {place.document for place in free} == {document_id(text) for text in TEXTS[:3]}
        spots = [(place.document, place.span) for place in free]
        change = session.apply(EditKind.PROPAGATE, label_all(project, ME.id, spots, "LOC"))
        assert change is not None and len(list(project.log.edits())) == 1
        assert change.documents == {document for document, _ in spots}
        assert {a.origin.kind for a in project.log.annotations(third)} == {OriginKind.PROPAGATED}
        assert session.progress == (0, 1)
        assert all(p.state_for("LOC") is OccurrenceState.LABELLED for p in all_places(project) if not p.with_article)
        session.open(third)
        session.undo()
        assert session.document is not None and session.document.id == first
        assert project.log.state() == before and session.progress == (1, 1)
        session.redo()
        assert len(project.log.annotations(third)) == 2
        assert project.log.state() == fold(project.log.edits())


def test_what_competes_gives_way_where_it_is_ticked_all_the_same(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot") as project:
        second = document_id(TEXTS[1])
        session = Session(project, ME)
        session.open(second)
        session.give_label("ORG", nth(TEXTS[1], "محافظة كركوك"))
        spot = (second, nth(TEXTS[1], "كركوك"))
        session.apply(EditKind.PROPAGATE, label_all(project, ME.id, [spot, spot], "LOC"))
        assert [(a.span, a.label) for a in project.log.annotations(second)] == [(spot[1], "LOC")]
        kept = project.log.annotations(second)[0].id
        session.apply(EditKind.PROPAGATE, label_all(project, ME.id, [spot], "FAC"))
        assert [(a.id, a.label) for a in project.log.annotations(second)] == [(kept, "FAC")]
        assert label_all(project, ME.id, [spot], "FAC") == []
        assert session.apply(EditKind.REMOVE, clear_all(project, ME.id, [spot])) is not None
        assert project.log.annotations(second) == []
        assert clear_all(project, ME.id, [spot]) == []


def test_cleared_are_the_labels_of_a_place_and_only_where_it_has_none_those_that_overlap_it(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", "wojood") as project:
        second = document_id(TEXTS[1])
        session = Session(project, ME)
        session.open(second)
        outer, inner = nth(TEXTS[1], "محافظة كركوك"), nth(TEXTS[1], "كركوك")
        for span, label in ((outer, "ORG"), (inner, "LOC")):
            session.give_label(label, span)
        session.apply(EditKind.REMOVE, clear_all(project, ME.id, [(second, inner)]))
        assert [a.span for a in project.log.annotations(second)] == [outer]
        session.apply(EditKind.REMOVE, clear_all(project, ME.id, [(second, inner)]))
        assert project.log.annotations(second) == []


def test_the_same_propagation_on_two_copies_merges_to_one(tmp_path: Path) -> None:
    make_project(tmp_path / "a.annot").close()
    shutil.copyfile(tmp_path / "a.annot", tmp_path / "b.annot")
    for name in ("a", "b"):
        with Project.open(tmp_path / f"{name}.annot") as project:
            session = Session(project, ME)
            session.open(document_id(TEXTS[0]))
            spots = [(place.document, place.span) for place in all_places(project)]
            session.apply(EditKind.PROPAGATE, label_all(project, ME.id, spots, "LOC"))
    with Project.open(tmp_path / "a.annot") as project:
        merge_copies(project, [tmp_path / "b.annot"])
        places = all_places(project)
        assert sum(len(project.log.annotations(document_id(text))) for text in TEXTS) == len(places)
        assert all(place.state_for("LOC") is OccurrenceState.LABELLED for place in places)
        session = Session(project, ME)
        session.open(document_id(TEXTS[0]))
        session.undo()
        session.undo()
        assert project.log.state() == {}


def test_a_merge_brings_documents_that_the_index_takes_up(tmp_path: Path) -> None:
    make_project(tmp_path / "a.annot").close()
    shutil.copyfile(tmp_path / "a.annot", tmp_path / "b.annot")
    late = "وصل الوفد إلى كركوك"
    with Project.open(tmp_path / "b.annot") as project:
        project.documents.add(Document(document_id(late), late))
    with Project.open(tmp_path / "a.annot") as project:
        before = len(all_places(project))
        merge_copies(project, [tmp_path / "b.annot"])
        assert complete_index(project) == 1
        assert len(all_places(project)) == before + 1


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("زار كركوك وديالى أمس", "وديالى", "ديالى"),
        ("زار كركوك وديالى أمس", "ديالى", "ديالى"),
        ("قال في واشنطن أمس", "واشنطن", "واشنطن"),
        ("القوات العراقية", "القوات العراقية", "القوات العراقية"),
    ],
)
def test_a_name_is_taken_without_the_clitics_before_it(text: str, surface: str, name: str) -> None:
    assert bare_name(text, nth(text, surface)) == name
