"""What the memory suggester costs as a project grows: in proportion to the articles and to what it suggests in them.

A project that knows more names has more suggestions in each article, so its articles alone are no measure. Of 600,
1,200 and 2,400 articles of 200 words, in each of which ten are confirmed as names, each gets 134, 176 and 197.
"""

from __future__ import annotations

import cProfile
import random
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.services.suggesting.suggest_project import suggest_project
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
FEW, MANY = 100, 400


def calls_for_each(path: Path, articles: int) -> float:
    """Return how many functions are called for each article and suggestion of a project with so many articles."""
    chance = random.Random(1)
    words = ["".join(chance.choices(LETTERS, k=6)) for _ in range(6000)]
    with Project.create(path, load_tagset("security")) as project:
        session = Session(project, Annotator("0" * 32, "Salma"))
        for number in range(articles):
            chosen = chance.choices(words, k=200)
            text = " ".join((*chosen, str(number)))
            project.documents.add(Document(document_id(text), text))
            names = [Suggestion(Span(7 * n, 7 * n + 6), "LOC", 0.9, "by hand") for n in range(5, 200, 20)]
            project.suggestions.replace(document_id(text), "by hand", "", names)
            session.open(document_id(text))
            session.confirm_all()
        profile = cProfile.Profile()
        report = profile.runcall(suggest_project, project, ["memory"])
    assert report.problems == []
    assert report.documents == articles
    return sum(entry.callcount for entry in profile.getstats()) / (articles + report.suggestions)


def test_each_suggestion_costs_the_same_however_large_the_project(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    few = calls_for_each(tmp_path / "few.annot", FEW)
    many = benchmark.pedantic(calls_for_each, (tmp_path / "many.annot", MANY), rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["calls"] = (round(few), round(many))
    assert many <= few
