"""Measure what `memory` and `learned` gain from decisions: python -m tests.benchmarks.learning_curve --seeds 5

For each seed the simulated annotator labels 40 articles, with memory alone and with the project's own model too. After
0, 5, 10, 20 and 40 of them, 40 other articles are labelled with what was known by then: their own decisions teach
nothing. The articles are those that security_scores calls original: no model is trained on them.

--own gives five labels names of the project's own, by which no suggester knows them.

Each figure has its 95% interval, from a bootstrap over the articles that were labelled afterwards, and the lowest and
highest figure of a seed.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from unittest.mock import patch

import numpy as np

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.suggestion import COMBINED
from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.domain.tagset.tagset import Tagset
from annotator.services.evaluation.simulated_annotator import DocumentEffort, SimulatedAnnotator
from annotator.services.evaluation.simulation import (
    ANNOTATOR,
    LEARNED,
    MEMORY,
    Condition,
    OwnModel,
    conditions,
    suggest_or_fail,
)
from annotator.services.team.bootstrap import draw_documents, drawn_sums, interval
from annotator.session import Session
from annotator.storage.file.snapshot import temporary_copy
from annotator.storage.file.temporary_folder import temporary_folder
from annotator.storage.project import LOCK_TIMEOUT, Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import DEFAULT
from tests.benchmarks.security_scores import OF_ORIGINAL, LabelledArticle, kept_articles

POINTS = (0, 5, 10, 20, 40)
"""After how many articles the others are labelled."""
SCORED = 40
"""How many others there are."""
OWN = {"ATTACK": "INCIDENT", "CASUALTY": "VICTIM", "WEAPON": "ARMS", "TITLE": "RANK", "NAT": "ORIGIN"}
"""Labels that no suggester knows, and those of the tagset that they replace."""


def annotated(article: LabelledArticle, names: Mapping[str, str]) -> AnnotatedDocument:
    """Return a labelled article as a settled document, with other names for some labels."""
    origin = Origin(OriginKind.IMPORTED)
    spans = [(span, names.get(label, label)) for span, label in sorted(article.spans)]
    return AnnotatedDocument(
        article.document, tuple(Annotation(str(n), *each, "gold", origin) for n, each in enumerate(spans))
    )


def efforts(
    learnt: Sequence[AnnotatedDocument], scored: Sequence[AnnotatedDocument], condition: Condition, tagset: Tagset
) -> Iterator[tuple[int, list[DocumentEffort]]]:
    """Yield each of POINTS with the effort for the scored documents after so many of the others."""
    with (
        temporary_folder() as folder,
        Project.create(folder / "curve.annot", tagset) as project,
    ):
        project.documents.add_many(item.document for item in (*learnt, *scored))
        suggest_or_fail(project, (*condition.suggesters, *condition.combined))
        own = OwnModel(project, folder / "model") if LEARNED in condition.learning else None
        session = Session(project, ANNOTATOR)
        session.threshold = DEFAULT_THRESHOLD
        for number in range(len(learnt) + 1):
            if own:
                own.train_if_due()
            if number in POINTS:
                with temporary_copy(project.path, LOCK_TIMEOUT) as path, Project.open(path) as copy:
                    again = OwnModel(copy, folder / "model") if own else None
                    learn(copy, again, [item.document.id for item in scored])
                    yield number, list(label(copy, scored))
            if number < len(learnt):
                item = learnt[number]
                learn(project, own, [item.document.id])
                session.open(item.document.id)
                SimulatedAnnotator(session, item.document, item.annotations).label_document()
                if own:
                    own.add(item.document, item.annotations)


def learn(project: Project, own: OwnModel | None, documents: Sequence[str]) -> None:
    """Suggest for some documents what follows from the decisions."""
    suggest_or_fail(project, [MEMORY], documents)
    if own:
        for document in documents:
            own.suggest(project.documents.get(document))
        suggest_or_fail(project, [COMBINED], documents)


def label(project: Project, documents: Sequence[AnnotatedDocument]) -> Iterator[DocumentEffort]:
    """Yield the effort for documents; the confidence of suggestions stays as it is."""
    session = Session(project, ANNOTATOR)
    session.threshold = DEFAULT_THRESHOLD
    with patch.object(session.confidence, "refresh"):
        for item in documents:
            session.open(item.document.id)
            yield SimulatedAnnotator(session, item.document, item.annotations).label_document()


def main(seeds: int, names: Mapping[str, str]) -> None:
    """Print the curves, with other names for some labels."""
    tagset = load_tagset("security")
    tagset = replace(tagset, labels=tuple(replace(each, id=names.get(each.id, each.id)) for each in tagset.labels))
    articles = [annotated(each, names) for each in kept_articles(OF_ORIGINAL)]
    chosen = [each for each in conditions([DEFAULT]) if each.suggesters and MEMORY in each.learning]
    found: dict[tuple[int, int], list[list[DocumentEffort]]] = defaultdict(list)
    for seed in range(seeds):
        mixed = random.Random(seed).sample(articles, POINTS[-1] + SCORED)
        for number, condition in enumerate(chosen):
            for count, effort in efforts(mixed[: POINTS[-1]], mixed[POINTS[-1] :], condition, tagset):
                found[number, count].append(effort)
                print(seed, condition, count, *map(sum, zip(*map(sums, effort), strict=True)), flush=True)
    for what, column in (("decisions", 1), ("key presses", 2)):
        print(f"\n{what} per entity")
        for number, condition in enumerate(chosen):
            for count in POINTS:
                print(f"{condition}, {count:2} articles: {line(found[number, count], None, column)}")
        for count in POINTS:
            print(f"with learned less without, {count:2}: {line(found[1, count], found[0, count], column)}")


def sums(effort: DocumentEffort) -> tuple[int, int, int]:
    """Return the entities, decisions and key presses of a document."""
    return effort.entities, effort.decisions, effort.presses


def line(runs: Sequence[Sequence[DocumentEffort]], less: Sequence[Sequence[DocumentEffort]] | None, column: int) -> str:
    """Return a ratio to entities, or the difference of two, with its interval and its range over seeds."""
    rows: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2))
    each = []
    for number, run in enumerate(runs):
        own = np.array([(sums(effort)[0], sums(effort)[column]) for effort in run], float)
        if less:
            own[:, 1] -= [sums(effort)[column] for effort in less[number]]
        for effort, row in zip(run, own, strict=True):
            rows[effort.document] += row
        each.append(float(own[:, 1].sum()) / float(own[:, 0].sum()))
    counts = np.array(list(rows.values()))
    drawn = drawn_sums(draw_documents(len(counts)), counts)
    estimate = interval(float(counts[:, 1].sum()) / float(counts[:, 0].sum()), map(float, drawn[:, 1] / drawn[:, 0]))
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}], seeds {min(each):.3f} to {max(each):.3f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--own", action="store_true")
    arguments = parser.parse_args()
    main(arguments.seeds, OWN if arguments.own else {})
