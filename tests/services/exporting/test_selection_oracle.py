"""Whose labels leave, told again by a plain reading of the rules, on random teams; and every label accounted for."""

from __future__ import annotations

import datetime
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.span import Span
from annotator.domain.review.document_state import Documents
from annotator.errors import ExportError
from annotator.services.exporting.selection import Resolution, Selection
from tests.services.corpus.corpora import add_annotation, make_project, settle
from tests.services.exporting.requests import export_as

PEOPLE = {"a1": "سعاد (a1)", "a2": "Omar", "a3": "سعاد (a3)"}
FIRST = datetime.date(2024, 1, 1)
SINCE = datetime.date(2024, 1, 3)
Place = tuple[int, int, str]


@dataclass
class Work:
    """A document with what each gave, who called it done, and who settled it with what."""

    date: datetime.date | None
    given: dict[str, set[Place]] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    settled: tuple[str, dict[tuple[int, int], str]] | None = None


places = st.sampled_from([(0, 4, "PERS"), (0, 4, "LOC"), (5, 9, "PERS"), (0, 9, "ORG")])
works = st.builds(
    Work,
    st.none() | st.integers(0, 4).map(lambda days: FIRST + datetime.timedelta(days)),
    st.dictionaries(st.sampled_from(sorted(PEOPLE)), st.sets(places, max_size=3)),
    st.lists(st.sampled_from(sorted(PEOPLE)), unique=True),
    st.none()
    | st.tuples(
        st.sampled_from(sorted(PEOPLE)),
        st.dictionaries(st.sampled_from([(0, 4), (5, 9)]), st.sampled_from(["", "PERS", "LOC"])),
    ),
)


def wanted(work: Work, chosen: Selection, people: set[str]) -> set[tuple[int, int, str, str]] | None:
    """Return what must leave of a document, None where it must not."""
    if chosen.since and (not chosen.include_undated if work.date is None else work.date < chosen.since):
        return None
    done = [who for who in work.done if who in people]
    given = {who: spans for who, spans in work.given.items() if who in people}
    if chosen.resolution is Resolution.ADJUDICATED:
        by, spans = work.settled or ("", {})
        return {(*place, label, PEOPLE[by]) for place, label in spans.items() if label} if by in people else None
    worked = done or any(given.values())
    if not (done if chosen.documents is Documents.FINISHED else worked or chosen.documents is Documents.ALL):
        return None
    if chosen.resolution is Resolution.MAJORITY:
        voters = done or [who for who in given if given[who]]
        votes: dict[Place, int] = defaultdict(int)
        for place in (place for who in voters for place in given.get(who, ())):
            votes[place] += 1
        return {(*place, "majority") for place, number in votes.items() if number > len(voters) / 2}
    taken = done if chosen.documents is Documents.FINISHED else given
    return {(*place, PEOPLE[who]) for who in taken for place in given.get(who, ())}


def state(work: Work, people: set[str], whose: Resolution) -> str:
    """Return the state of a document as far as some people are concerned."""
    is_adjudicated = whose is Resolution.ADJUDICATED
    if work.settled is not None and work.settled[0] in people if is_adjudicated else people.intersection(work.done):
        return "finished"
    if people.intersection(work.done):
        return "begun"
    return "begun" if any(work.given.get(who) for who in people) else "untouched"


@given(team=st.lists(works, min_size=1, max_size=4))
@settings(max_examples=12, deadline=None)
def test_what_leaves_is_what_the_rules_say_and_the_rest_is_counted(
    team: list[Work], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("team")
    with make_project(folder / "p.annot") as project:
        for number, work in enumerate(team):
            text = f"كلمة ثانية {number}"
            document = Document(document_id(text), text, date=work.date)
            project.documents.add(document)
            for who, spans in work.given.items():
                for start, end, label in sorted(spans):
                    add_annotation(
                        project, document.id, Annotation(f"{who}-{start}-{end}-{label}", Span(start, end), label, who)
                    )
            for who in work.done:
                write = Write(document.id, CellKind.STATUS, "", None, {"status": "done"})
                project.log.append(Edit(project.log.new_id(), who, document.id, EditKind.STATUS, (write,)))
            if work.settled:
                by, settled = work.settled
                settle(project, document.id, by, [(*place, label) for place, label in settled.items()])
        total = sum(len(spans) for work in team for spans in work.given.values())
        asked = ((), ("a1",), ("Omar", "a3"))
        for names, whose, which, since in product(asked, Resolution, Documents, (None, SINCE)):
            undated = which is Documents.FINISHED and since is not None
            chosen = Selection(names, whose, which, since, include_undated=undated)
            people = {"a2" if name == "Omar" else name for name in names} or set(PEOPLE)
            everything = [wanted(work, replace(chosen, since=None), people) for work in team]
            if all(each is None for each in everything):
                with pytest.raises(ExportError, match="Nothing to export: no "):
                    export_as(project, folder / "out", "jsonl", selection=chosen)
                continue
            report = export_as(project, folder / "out", "jsonl", selection=chosen)
            records = [json.loads(line) for line in (folder / "out").read_text("utf-8").splitlines()]
            found = [{(s["start"], s["end"], s["label"], s["annotator"]) for s in each["spans"]} for each in records]
            expected = [wanted(work, chosen, people) for work in team]
            assert found == [each for each in expected if each is not None]
            counts = report.selected
            assert report.documents + counts.documents.total() == len(team)
            assert counts.states == Counter(
                state(work, people, whose) for work, each in zip(team, expected, strict=True) if each is None
            )
            own = report.confirmed - counts.settled + counts.agreed
            assert own + counts.labels.total() + counts.with_documents == total
