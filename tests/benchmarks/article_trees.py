"""Fit the trees of `combined` that correct all classes, on labelled articles: python -m tests.benchmarks.article_trees

The articles are those of tests/data/security_articles with odd numbers; those with even numbers are kept for measuring.
No suggester was trained on them. The trees correct the confidence that the rest of the model gives a candidate, so fit
them again after every change to the model, the lexicons or the grammar, and the trees of the corpus
(annotator/suggest/combined/train.py) first. Each article is read with all suggesters, and VARIATIONS times with one of
them missing or under an unknown name, so that the trees do not take silence for an answer. A wrong candidate inside a
longer name does not count, since the longer one wins anyway. The same input gives the same trees.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.combined.combiner import MODEL, CombinedModel, Combiner
from annotator.suggest.combined.features import ARTICLE_NAMES
from annotator.suggest.combined.train import Example, cross_validate, fit_trees
from annotator.suggest.combined.trees import BoostedTrees, Options
from annotator.suggest.registry import SuggesterContext, create
from tests.benchmarks.security_scores import LabelledArticle, original_articles

SUGGESTERS = ("starter", "lexicon", "grammar")
OPTIONS = Options(trees=60, depth=4, rate=0.06, least=5.0, ridge=10.0)

VARIATIONS = 3

Found = Mapping[str, Sequence[Suggestion]]


def odd_articles() -> list[LabelledArticle]:
    """Return the articles with odd numbers, in the order of their names."""
    return original_articles()[::2]


def proposals(articles: Sequence[LabelledArticle]) -> Iterator[Found]:
    """Yield what each suggester proposes for each article."""
    context = SuggesterContext(load_tagset("security"))
    found = {}
    for name in SUGGESTERS:
        suggester = create(name, context)
        found[name] = dict(suggester.suggest_many(each.document for each in articles))
        suggester.close()
    for each in articles:
        yield {**{name: own[each.document.id] for name, own in found.items()}, "memory": ()}


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


def main() -> None:
    """Fit the trees, write them into the model, and print what cross-validation by article finds."""
    folder = resource("models", COMBINED)
    model = replace(CombinedModel.read(folder), articles=BoostedTrees())
    articles = odd_articles()
    combiner = Combiner(load_tagset("security"), model=model)
    made = list(examples(articles, proposals(articles), combiner, random.Random(0)))
    described = json.loads((folder / MODEL).read_text(encoding="utf-8"))
    described |= {"article_features": ARTICLE_NAMES, "articles": fit_trees(made, OPTIONS).to_json()}
    (folder / MODEL).write_text(
        json.dumps(described, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    before, after = _loss((each.prior for each in made), made), _loss(cross_validate(made, OPTIONS), made)
    print(f"{len(made)} candidates in {len(articles)} articles; log loss {before:.4f}, {after:.4f} cross-validated")


def _loss(chances: Iterable[float], made: Sequence[Example]) -> float:
    right = (chance if each.right else 1 - chance for chance, each in zip(chances, made, strict=True))
    return -sum(math.log(max(chance, 0.001)) for chance in right) / len(made)


if __name__ == "__main__":
    main()
