"""Train the combination: `python -m annotator.suggest.combined.train NEWSFANE_FILE OUT`.

OUT becomes a model folder (see combiner.py). The starter was trained on the same corpus, so its proposals here come
from cross-validation: each part of the corpus is read by CRFs that were trained on the others. The corpus is read
twice, once for the `security` tagset and once for CAMeL Tools' four classes with whole words, in documents of BLOCK
sentences. In some documents a suggester is missing or goes by another name, and memory knows the documents before or
nothing, so that the trees learn what each proposal is worth alone. The same input gives the same model.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from annotator.domain.corpus.iob import decode_iob2
from annotator.domain.model.document import Token
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import IDENTITY_CURVE, Curve, fit_curve
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.resources import resource
from annotator.suggest.combined.article_names import PEOPLE
from annotator.suggest.combined.candidates import Candidate, candidates, is_listed, overlapping
from annotator.suggest.combined.combiner import MODEL, CombinedModel
from annotator.suggest.combined.features import ARTICLE_NAMES, NAMES, RANKED, FeatureExtractor
from annotator.suggest.combined.trees import BoostedTrees, Options, fit
from annotator.suggest.lexicon.suggester import LexiconSuggester, bundled_entries
from annotator.suggest.memory import MemorySuggester
from annotator.suggest.model_calibration import ModelCalibration
from annotator.suggest.registry import KnownName, SuggesterContext
from annotator.suggest.starter.features import FeatureExtractor as StarterFeatures
from annotator.suggest.starter.gazetteer import Gazetteer, fold
from annotator.suggest.starter.newsfane import Tagged, natural, read, relabelled
from annotator.suggest.starter.starter_model import Found, StarterModel, found_in
from annotator.suggest.starter.suggester import StarterSuggester
from annotator.suggest.starter.train import ALONE, BLOCK, held_out, held_out_taggers, with_documents
from annotator.suggest.suggester_labels import CAMEL

_CLITICS = 3
"""How many letters before a name may be clitics: a suggestion that decides otherwise about them is right, too."""

_PARTS = 5
"""Parts of the examples in the cross-validation of the trees."""

Curves = Mapping[str, Mapping[str, Curve]]
_CLASSES = "PERS LOC ORG MEDIA ARMED FORCE FAC NAT PLATFORM WEAPON ATTACK CASUALTY DATE TITLE MISC"
SECURITY = Tagset("security", tuple(Label(name, {}, {}) for name in _CLASSES.split()))
FOUR_CLASSES = Tagset("camel", tuple(Label(name, {}, {}, camel=(name,)) for name in CAMEL), clitics="inside")
"""The tagsets for which the trees are fitted, with no more than suggesters need."""


@dataclass(frozen=True, slots=True)
class View:
    """A tagset for which the corpus is read, and how trees are fitted for it.

    forgotten are the shares of names that a suggester is made to miss, one of them for each document.
    """

    tagset: Tagset
    forgotten: tuple[float, ...]
    options: Options


VIEWS = {
    "fine": View(SECURITY, (0.0, 0.25, 0.5), Options(trees=40, depth=4, rate=0.06, least=5.0, ridge=10.0)),
    "coarse": View(FOUR_CLASSES, (0.0,), Options(trees=120, depth=4, least=3.0, ridge=5.0)),
}
"""Corrections for many tagsets are kept small; those for ANERcorp's reading of four classes need not be."""


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """Some sentences of the corpus as one text: their tokens, the entities in them, and what the starter finds."""

    text: str
    sentences: tuple[tuple[Token, ...], ...]
    gold: tuple[tuple[Found, ...], ...]
    starter: tuple[tuple[Found, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate: from which document, what its suggesters say, its features, and whether it is right."""

    document: int
    prior: float
    row: list[float]
    right: bool


def cross_fitted(sentences: Sequence[Tagged], calibration: ModelCalibration, out: Path) -> list[list[Found]]:
    """Return the entities that the starter finds in each sentence if it was not trained on its part of the corpus."""
    extractor = StarterFeatures(Gazetteer.read(resource("models", "starter")))
    words = [[word for word, _ in sentence] for sentence in sentences]
    tags = [[tag for _, tag in sentence] for sentence in sentences]
    rows = [extractor.sentence(sentence) for sentence in words]
    wider = with_documents(extractor, words, rows, held_out(rows, tags, out))
    chance = random.Random(0)
    mixed = [own if chance.random() < ALONE else more for own, more in zip(rows, wider, strict=True)]
    found: list[list[Found]] = [[] for _ in rows]
    for tagger, part in held_out_taggers(mixed, tags, out):
        for i in part:
            found[i] = found_in(tagger, wider[i], calibration)
    return found


def documents(sentences: Sequence[Tagged], found: Sequence[Sequence[Found]]) -> Iterator[CorpusDocument]:
    """Yield the corpus as documents, given what the starter finds in each sentence."""
    for at in range(0, len(sentences), BLOCK):
        text, tokens, gold = "", [], []
        for sentence in sentences[at : at + BLOCK]:
            row = []
            for word, _ in sentence:
                row.append(Token(len(text), len(text) + len(word), word))
                text += f"{word} "
            text += "\n"
            tokens.append(tuple(row))
            gold.append(tuple(Found(*entity, 1.0) for entity in decode_iob2([tag for _, tag in sentence])))
        yield CorpusDocument(text, tuple(tokens), tuple(gold), tuple(map(tuple, found[at : at + BLOCK])))


def examples(corpus: Sequence[CorpusDocument], view: View, curves: Curves) -> Iterator[Example]:
    """Yield the candidates of the corpus for one view of it."""
    tagset = view.tagset
    said = CombinedModel(BoostedTrees(()), BoostedTrees(()), curves, "").said
    starter = StarterSuggester(tagset, resource("models", "starter"))
    lexicon = LexiconSuggester(*bundled_entries(), tagset)
    gazetteer = Gazetteer.read(resource("models", "starter"))
    confirmed: Counter[tuple[str, str]] = Counter()
    rejected: Counter[tuple[str, str]] = Counter()
    chance = random.Random(0)
    for number, document in enumerate(corpus):
        gold = _suggestions(starter, document, document.gold)
        known = [
            KnownName(text, label, confirmed[text, label], rejected[text, label])
            for text, label in confirmed | rejected
        ]
        names = known if chance.random() < 0.5 else []
        memory = MemorySuggester(SuggesterContext(tagset, names))
        proposals = {
            "starter": _suggestions(starter, document, document.starter),
            "lexicon": list(lexicon.suggest(document.text)),
            "memory": list(memory.suggest(document.text)),
        }
        for name in ("starter", "lexicon"):
            proposals[name] = _forgetful(proposals[name], document.text, chance.choice(view.forgotten), chance)
        _vary(proposals, chance)
        extractor = FeatureExtractor(tagset, gazetteer, names)
        found = candidates(proposals)
        unknown = set() if extractor.is_coarse else set(_unknown(found, gold))
        for place, (candidate, rows) in enumerate(
            zip(found, extractor.rows(document.text, found, proposals), strict=True)
        ):
            if rows.ranked is not None and place not in unknown:
                name = extractor.ranked_class(candidate.label) or candidate.label
                yield Example(number, said(candidate, name), rows.ranked, _is_right(candidate, gold))
        for true in gold:
            confirmed[true.span.of(document.text), true.label] += 1
        for suggestion in memory.suggest(document.text) if names else ():
            if not _is_right(Candidate(suggestion.span, suggestion.label, {}), gold):
                rejected[suggestion.span.of(document.text), suggestion.label] += 1


def _forgetful(found: list[Suggestion], text: str, share: float, chance: random.Random) -> list[Suggestion]:
    """Return what a suggester would find if it knew fewer names: on other texts it misses more than on this corpus."""
    forgotten = {key for key in sorted({s.span.of(text) for s in found}) if chance.random() < share}
    return [s for s in found if s.span.of(text) not in forgotten]


def _vary(proposals: dict[str, list[Suggestion]], chance: random.Random) -> None:
    """In some documents rename the starter, or leave a suggester out."""
    what = chance.random()
    if what < 0.15:
        proposals["other"] = proposals.pop("starter")
    elif what < 0.2:
        del proposals["starter"]
    elif what < 0.3:
        del proposals["lexicon"]
    elif what < 0.35:
        del proposals["memory"]


def _suggestions(
    starter: StarterSuggester, document: CorpusDocument, found: Iterable[Iterable[Found]]
) -> list[Suggestion]:
    """Return entities as the starter suggests them, so that gold and suggestions follow the tagset alike."""
    made = (
        starter.suggestion(tokens, item)
        for tokens, items in zip(document.sentences, found, strict=True)
        for item in items
    )
    return [suggestion for suggestion in made if suggestion is not None]


def _is_right(candidate: Candidate, gold: Iterable[Suggestion]) -> bool:
    return any(
        candidate.label == name.label
        and candidate.span.end == name.span.end
        and abs(candidate.span.start - name.span.start) <= _CLITICS
        for name in gold
    )


def _unknown(found: Sequence[Candidate], gold: Sequence[Suggestion]) -> Iterator[int]:
    """Yield the numbers of candidates about which the corpus says nothing, or follows other guidelines.

    It leaves many governments and parliaments without a class (البرلمان العراقي), and marks the place alone in others
    (حكومة اليمن). The lexicon lists them, so neither a listed body that the corpus has not, nor what is inside a listed
    name, counts either way. In the four classes they are no names, and count.
    """
    others = overlapping(found)
    for number, candidate in enumerate(found):
        if is_listed(candidate) and not _is_right(candidate, gold):
            rivals = [name for name in gold if name.span.overlaps(candidate.span)]
            if all(len(name.span) < len(candidate.span) for name in rivals) and (rivals or candidate.label == "ORG"):
                yield number
                yield from (o for o in others[number] if len(found[o].span) < len(candidate.span))


def cross_validate(found: Sequence[Example], options: Options) -> list[float]:
    """Return the probability of each example from trees that were not fitted to its document."""
    chances = [0.0] * len(found)
    for part in range(_PARTS):
        trees = fit_trees([example for example in found if example.document % _PARTS != part], options)
        for i, example in enumerate(found):
            if example.document % _PARTS == part:
                chances[i] = trees.probability(example.prior, example.row)
    return chances


def fit_trees(found: Sequence[Example], options: Options) -> BoostedTrees:
    """Return trees for the examples."""
    return fit([e.prior for e in found], [e.row for e in found], [e.right for e in found], options)


def main(corpus: Path, out: Path) -> None:
    """Train the trees, calibrate them, and write the model's folder."""
    gazetteer = Gazetteer.read(resource("models", "starter"))
    sentences = [relabelled(natural(sentence), gazetteer) for sentence in read(corpus)]
    calibration = StarterModel(resource("models", "starter")).calibration
    with tempfile.TemporaryDirectory() as folder:
        found = cross_fitted(sentences, calibration, Path(folder))
    write(list(documents(sentences, found)), ordinary_words(sentences, gazetteer), out)


def ordinary_words(sentences: Iterable[Tagged], gazetteer: Gazetteer) -> list[str]:
    """Return the words that are listed as personal names, but are no part of one at most of their places, sorted."""
    places: Counter[str] = Counter()
    for word, tag in chain.from_iterable(sentences):
        places[fold(word)] += -1 if tag.endswith("PERS") else 1
    return sorted(
        word for word, balance in places.items() if balance > 0 and not PEOPLE.isdisjoint(gazetteer.words.get(word, ()))
    )


def write(corpus: Sequence[CorpusDocument], ordinary: Sequence[str], out: Path) -> None:
    """Fit the model to a corpus and write it, and print what cross-validation finds.

    The trees of labelled articles are empty afterwards: tests/benchmarks/article_models.py fits them to the result.
    """
    curves = {**measured_curves(), "starter": starter_curves(corpus)}
    described: dict[str, object] = {"features": NAMES, "curves": curves, "ordinary": ordinary}
    described |= {"article_features": ARTICLE_NAMES, "articles": []}
    for name, view in VIEWS.items():
        found = list(examples(corpus, view, curves))
        described[name] = fit_trees(found, view.options).to_json()
        chances, priors = cross_validate(found, view.options), [example.prior for example in found]
        print(f"{name}: {len(found)} candidates, {sum(example.right for example in found)} right; log loss", end=" ")
        print(f"{_loss(priors, found):.4f} of what suggesters say, {_loss(chances, found):.4f} cross-validated")
    out.mkdir(parents=True, exist_ok=True)
    (out / MODEL).write_text(json.dumps(described, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def measured_curves() -> Curves:
    """Return the curves of resources/reliability.json, by suggester and class."""
    suggesters = json.loads(resource("reliability.json").read_text(encoding="utf-8"))["suggesters"]
    return {name: {label: row["curve"] for label, row in rows.items()} for name, rows in suggesters.items()}


def starter_curves(corpus: Iterable[CorpusDocument]) -> dict[str, Curve]:
    """Return the curves of the starter's classes that are not ranked: its own calibration is that of all together."""
    starter = StarterSuggester(SECURITY, resource("models", "starter"))
    cases: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for document in corpus:
        gold = {(s.span, s.label) for s in _suggestions(starter, document, document.gold)}
        for made in _suggestions(starter, document, document.starter):
            if made.label not in RANKED:
                cases[made.label].append((made.score, float((made.span, made.label) in gold), 1.0))
    return {label: fit_curve(IDENTITY_CURVE, found) for label, found in sorted(cases.items())}


def _loss(chances: Sequence[float], found: Sequence[Example]) -> float:
    right = (chance if example.right else 1 - chance for chance, example in zip(chances, found, strict=True))
    return -sum(math.log(max(chance, 0.001)) for chance in right) / len(found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="newsfane-train.conll")
    parser.add_argument("out", type=Path, nargs="?", default=resource("models", "combined"), help="the model's folder")
    arguments = parser.parse_args()
    main(arguments.corpus, arguments.out)
