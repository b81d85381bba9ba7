"""Fit what is learnt from labelled articles: python -m tests.benchmarks.article_models NETWORKS

NETWORKS is the folder of tests.benchmarks.network.train. From the articles that models are trained on
(security_scores.training_articles) come, in this order, and each from answers about articles that the others have not
learnt from:

- the calibration of the network, which is copied to resources/models/network;
- the CRF of `stacked`, in resources/models/stacked;
- the trees of `combined` that correct all classes, in resources/models/combined/model.json. They come from every other
  article, about which a CRF that has learnt the rest answers.

Run it after every change to the lexicons, the grammar or the articles, after the trees of the corpus
(annotator/suggest/combined/train.py). For the trees, each article is read with all suggesters, and VARIATIONS times
with one of them missing or under an unknown name, so that they do not take silence for an answer. A wrong candidate
inside a longer name does not count, since the longer one wins anyway. The same input gives the same models.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.combined.combiner import MODEL, CombinedModel, Combiner
from annotator.suggest.combined.features import ARTICLE_NAMES
from annotator.suggest.combined.train import Example, fit_trees
from annotator.suggest.combined.trees import BoostedTrees, Options
from annotator.suggest.learned import crf
from annotator.suggest.learned.reader import SOURCES, StackedReader
from annotator.suggest.model_calibration import ModelCalibration, fit
from annotator.suggest.network.suggester import NetworkSuggester
from annotator.suggest.network.token_classifier import DESCRIPTION, GRAPH, PIECES, TokenClassifier
from annotator.suggest.registry import SuggesterContext, create
from annotator.suggest.stacked.suggester import CRF, STACKED_SOURCES
from annotator.suggest.stacked.suggester import DESCRIPTION as STACKED
from tests.benchmarks.network.stages import (
    FOLDS,
    FOURTH_LOT,
    FOURTH_WHOLE,
    MEAN,
    SECOND_LOT,
    SECOND_WHOLE,
    THIRD_LOT,
    THIRD_WHOLE,
)
from tests.benchmarks.security_scores import LabelledArticle, training_articles

NETWORK, STACKED_NAME = "network", "stacked"
SUGGESTERS = (*STACKED_SOURCES, STACKED_NAME)
OPTIONS = Options(trees=60, depth=4, rate=0.06, least=5.0, ridge=10.0)

VARIATIONS = 1
CRF_FOLDS = 2
"""In how many parts the articles are split for the CRF's calibration and for the trees: the first part is for these."""

Found = Mapping[str, Sequence[Suggestion]]


def proposals(articles: Sequence[LabelledArticle], networks: Path) -> list[dict[str, Sequence[Suggestion]]]:
    """Return what each suggester but `stacked` proposes for each article, from networks that have not learnt it."""
    context = SuggesterContext(load_tagset("security"))
    answers: list[dict[str, Sequence[Suggestion]]] = [{} for _ in articles]
    for name in SOURCES:
        suggester = create(name, context)
        found = dict(suggester.suggest_many(each.document for each in articles))
        suggester.close()
        for each, own in zip(articles, answers, strict=True):
            own[name] = found[each.document.id]
    second, third, fourth = (len(training_articles(last)) for last in (SECOND_LOT, THIRD_LOT, FOURTH_LOT))
    unseen = {
        FOLDS[0]: slice(1, second, 2),
        FOLDS[1]: slice(0, second, 2),
        SECOND_WHOLE: slice(second, third),
        THIRD_WHOLE: slice(third, fourth),
        FOURTH_WHOLE: slice(fourth, None),
    }
    for stage, part in unseen.items():
        network = NetworkSuggester(context, TokenClassifier(networks / stage.name))
        found = dict(network.suggest_many(each.document for each in articles[part]))
        for each, own in zip(articles[part], answers[part], strict=True):
            own[NETWORK] = found[each.document.id]
    return answers


def calibrate_network(
    articles: Sequence[LabelledArticle], answers: Sequence[dict[str, Sequence[Suggestion]]]
) -> ModelCalibration:
    """Fit the calibration of the network, and apply it to its answers."""
    calibration = fit(
        (made.given, (made.span, made.label) in article.spans)
        for article, own in zip(articles, answers, strict=True)
        for made in own[NETWORK]
    )
    for own in answers:
        own[NETWORK] = [made._replace(score=round(calibration(made.given), 4)) for made in own[NETWORK]]
    return calibration


def write_network(networks: Path, calibration: ModelCalibration) -> None:
    """Copy the network that is made from all articles to the program's resources, with its calibration."""
    source, target = networks / MEAN, resource("models", NETWORK)
    for path in (source / PIECES, *source.glob(f"{GRAPH}*")):
        shutil.copy(path, target)
    described = json.loads((source / DESCRIPTION).read_text(encoding="utf-8"))
    described |= {"edges": calibration.edges, "values": calibration.values}
    written = json.dumps(described)
    described["version"] = hashlib.sha256(written.encode()).hexdigest()[:8]
    (target / DESCRIPTION).write_text(json.dumps(described) + "\n", encoding="utf-8")


def train_stacked(
    articles: Sequence[LabelledArticle], answers: Sequence[dict[str, Sequence[Suggestion]]]
) -> list[list[Suggestion]]:
    """Train the CRF and write its folder; return what a CRF that has learnt the other parts says of the first one."""
    reader = StackedReader(load_tagset("security"), STACKED_SOURCES)
    documents = [crf.TrainingDocument(each.document.text, tuple(sorted(each.spans))) for each in articles]
    described = [reader.describe(each.document, own) for each, own in zip(articles, answers, strict=True)]
    examples = [
        example
        for number, each in enumerate(zip(documents, described, strict=True))
        for example in crf.sentence_examples(number, *each)
    ]
    known = crf.Material(documents, described, examples)
    path = resource("models", STACKED_NAME) / CRF
    crossed = crf.cross_validate(known, reader, path, CRF_FOLDS, tried=1)
    crf.train_crf(known.examples, path)
    about = {
        "version": hashlib.sha256(path.read_bytes()).hexdigest()[:8],
        "labels": sorted({label for each in articles for _, label in each.spans}),
        "edges": crossed.calibration.edges,
        "values": crossed.calibration.values,
    }
    (path.parent / STACKED).write_text(json.dumps(about) + "\n", encoding="utf-8")
    return [
        [Suggestion(span, found.label, crossed.calibration(found.score), STACKED_NAME) for span, found in own]
        for own in crossed.found[::CRF_FOLDS]
    ]


def varied(found: Found, chance: random.Random) -> Found:
    """Return the proposals with one suggester missing, or with the starter under another name."""
    name = chance.choice((*SUGGESTERS, "memory", "other"))
    if name == "other":
        return {("other" if own == "starter" else own): made for own, made in found.items()}
    return {own: made for own, made in found.items() if own != name}


def examples(
    articles: Sequence[LabelledArticle], found: Iterable[Found], combiner: Combiner, chance: random.Random
) -> Iterator[Example]:
    """Yield the candidates of articles, each article in several ways."""
    for number, (article, own) in enumerate(zip(articles, found, strict=True)):
        for given in (own, *(varied(own, chance) for _ in range(VARIATIONS))):
            candidates, rows = combiner.described(article.document.text, given)
            for candidate, row in zip(candidates, rows, strict=True):
                right = (candidate.span, candidate.label) in article.spans
                inside = any(
                    span.start <= candidate.span.start and candidate.span.end <= span.end and span != candidate.span
                    for span, _ in article.spans
                )
                if row.article is not None and (right or not inside):
                    yield Example(number, combiner.prior(candidate, row), row.article, right)


def main(networks: Path) -> None:
    """Fit everything, and write it."""
    articles = training_articles()
    answers = proposals(articles, networks)
    write_network(networks, calibrate_network(articles, answers))
    stacked = train_stacked(articles, answers)
    articles, answers = articles[::CRF_FOLDS], answers[::CRF_FOLDS]
    for own, found in zip(answers, stacked, strict=True):
        own[STACKED_NAME] = found
        own["memory"] = ()
    folder = resource("models", COMBINED)
    described = json.loads((folder / MODEL).read_text(encoding="utf-8"))
    described |= {"article_features": ARTICLE_NAMES, "articles": BoostedTrees().to_json()}
    _write(folder / MODEL, described)
    combiner = Combiner(load_tagset("security"), model=CombinedModel.read(folder))
    made = list(examples(articles, answers, combiner, random.Random(0)))
    trees = fit_trees(made, OPTIONS)
    _write(folder / MODEL, described | {"articles": trees.to_json()})
    right = sum(each.right for each in made)
    print(f"{len(articles)} articles, {len(made)} candidates, {right} of them right")


def _write(path: Path, described: Mapping[str, object]) -> None:
    path.write_text(json.dumps(described, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", type=Path)
    main(parser.parse_args().networks)
