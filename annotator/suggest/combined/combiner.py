"""Combine the proposals for a document: give each candidate a confidence, and choose those that go together.

A candidate is worth what its surest suggester says: its score, by that suggester's measured curve. Where the training
corpus has the candidate's class, trees correct this by everything else that is known about it. There are two sets of
trees: for tagsets like `security`, and for CAMeL Tools' four classes, in which many bodies are no names. In the former,
trees that were fitted on labelled articles correct the result once more, for all classes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.domain.review.calibration import ANY_LABEL, Curve, interpolate
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.suggest.combined.article_names import STARTER, ArticleNames
from annotator.suggest.combined.candidates import (
    SURE,
    Candidate,
    Proposals,
    candidates,
    is_by_rule,
    is_listed,
    overlapping,
)
from annotator.suggest.combined.choice import choose
from annotator.suggest.combined.features import ARTICLE_NAMES, NAMES, FeatureExtractor, Rows
from annotator.suggest.combined.trees import BoostedTrees
from annotator.suggest.registry import KnownName
from annotator.suggest.starter.gazetteer import read_gazetteer
from annotator.suggest.suggester_labels import translate

MODEL = "model.json"
_LISTED_OTHERWISE = ARTICLE_NAMES.index("lexicon.relabel")


@dataclass(frozen=True, slots=True)
class CombinedModel:
    """The sets of trees, and the curves of suggesters and classes without a calibration of their own.

    ordinary has the folded words that are listed as personal names, but are mostly none in the corpus.
    """

    fine: BoostedTrees
    coarse: BoostedTrees
    curves: Mapping[str, Mapping[str, Curve]]
    version: str
    ordinary: frozenset[str] = frozenset()
    articles: BoostedTrees = field(default_factory=BoostedTrees)

    def said(self, candidate: Candidate, name: str) -> float:
        """Return the confidence of a candidate's surest suggester; name is its class."""
        return max(
            interpolate(curve, score) if (curve := self._curve(suggester, name)) else score
            for suggester, score in candidate.scores.items()
        )

    def _curve(self, suggester: str, name: str) -> Curve | None:
        curves = self.curves.get(suggester, {})
        return curves.get(name, curves.get(ANY_LABEL))

    @classmethod
    def read(cls, folder: Path) -> CombinedModel:
        """Read a model's folder; raises ResourceError if its file is missing or malformed."""
        path = folder / MODEL
        try:
            content = path.read_bytes()
            described = json.loads(content)
            if described["features"] != list(NAMES) or described["article_features"] != list(ARTICLE_NAMES):
                raise ValueError("its features are those of another version")
            return cls(
                BoostedTrees.from_json(described["fine"]),
                BoostedTrees.from_json(described["coarse"]),
                {
                    suggester: {name: tuple(map(float, curve)) for name, curve in curves.items()}
                    for suggester, curves in described["curves"].items()
                },
                hashlib.sha256(content).hexdigest()[:8],
                frozenset(described["ordinary"]),
                BoostedTrees.from_json(described["articles"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as e:
            raise ResourceError(
                "Cannot read the model file {path} ({why}). Reinstall the program.", path=path, why=e
            ) from e


class Combiner:
    """Combines proposals for one tagset, with what a project knows about names."""

    def __init__(self, tagset: Tagset, names: Iterable[KnownName] = (), model: CombinedModel | None = None) -> None:
        """Use a model, by default the bundled one."""
        self._model = model or _bundled_model()
        self._nested = tagset.nested
        gazetteer = read_gazetteer(resource("models", "starter"))
        self._extractor = FeatureExtractor(tagset, gazetteer, names)
        self._article = ArticleNames(
            gazetteer,
            self._model.ordinary,
            translate("PERS", tagset),
            translate("GPE", tagset),
            tagset.clitics,
            translate("TITLE", tagset),
        )

    @property
    def version(self) -> str:
        """Return a string that changes with the model."""
        return self._model.version

    def combine(self, text: str, proposals: Proposals) -> tuple[Suggestion, ...]:
        """Return one set of suggestions without conflicts, by start, each with its probability as score.

        proposals has every suggester that was asked, also those that found nothing.
        """
        found, rows = self.described(text, proposals)
        scores = [self._score(*each) for each in zip(found, rows, strict=True)]
        if not self._nested:
            ranked = [row.ranked is not None for row in rows]
            # What a longer listed name or a body of the grammar means for its parts, the trees know for the four
            # classes alone.
            known = [
                is_ranked
                and (
                    self._extractor.is_coarse
                    or not (is_listed(candidate) or (is_by_rule(candidate) and self._is_body(candidate)))
                )
                for is_ranked, candidate in zip(ranked, found, strict=True)
            ]
            scores = _without_parts(found, scores, ranked, known)
        version = self.version
        return tuple(
            choose(
                [
                    Suggestion(candidate.span, candidate.label, round(score, 4), COMBINED, version)
                    for candidate, score in zip(found, scores, strict=True)
                ],
                nested=self._nested,
            )
        )

    def _is_body(self, candidate: Candidate) -> bool:
        return self._extractor.ranked_class(candidate.label) == "ORG"

    def described(self, text: str, proposals: Proposals) -> tuple[list[Candidate], list[Rows]]:
        """Return the candidates of a document, completed by the article, and what is known about each."""
        found = candidates(self._article.complete_proposals(text, proposals))
        return found, self._extractor.rows(text, found, proposals)

    def prior(self, candidate: Candidate, rows: Rows) -> float:
        """Return the confidence in a candidate before the trees of labelled articles correct it."""
        name = self._extractor.ranked_class(candidate.label)
        said = self._model.said(candidate, name or candidate.label)
        if rows.ranked is None:
            listed = rows.article[_LISTED_OTHERWISE] if rows.article is not None else 0.0
            return said * (1 - listed) if candidate.scores.keys() == {STARTER} and listed >= SURE else said
        trees = self._model.coarse if self._extractor.is_coarse else self._model.fine
        return trees.probability(said, rows.ranked)

    def _score(self, candidate: Candidate, rows: Rows) -> float:
        prior = self.prior(candidate, rows)
        return prior if rows.article is None else self._model.articles.probability(prior, rows.article)


@lru_cache(maxsize=1)
def _bundled_model() -> CombinedModel:
    return CombinedModel.read(resource("models", COMBINED))


def _without_parts(
    found: Sequence[Candidate], scores: Sequence[float], ranked: Sequence[bool], known: Sequence[bool]
) -> list[float]:
    """Return the scores, lower for what is right only if a longer candidate is wrong.

    The trees consider a known longer candidate when they rank a shorter one. Otherwise, with a confidence of .8 in
    «مسجد الكرادة», الكرادة alone is worth a fifth of its own.
    """
    others = overlapping(found)
    rest = list(scores)
    for number in sorted(range(len(found)), key=lambda n: -len(found[n].span)):
        for other in others[number]:
            if len(found[other].span) < len(found[number].span) and not (known[number] and ranked[other]):
                rest[other] *= 1 - rest[number]
    return rest
