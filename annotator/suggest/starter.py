"""The starter suggester: a small model that needs no download, trained on NewsFANE.

Its card is resources/models/starter/README.md. It speaks the classes of the `security` tagset. A tagset of CAMeL Tools'
four classes gets ANERcorp's reading of them: words of kind stay outside names, and ministries, armies and buildings are
none of the four.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.document import Document, Token
from annotator.domain.span import Span
from annotator.domain.suggestion import Suggestion
from annotator.domain.tagset import Tagset
from annotator.resources import resource
from annotator.suggest.debris import outside_debris
from annotator.suggest.gazetteer import Gazetteer, fold, stems
from annotator.suggest.labels import CAMEL, translate
from annotator.suggest.newsfane import KIND_WORDS
from annotator.suggest.registry import SuggesterContext
from annotator.suggest.starter_model import Found, StarterModel
from annotator.text.clitics import hides_article, proclitic_lengths
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize

_CLASSES = {
    "PERS": "PERS",
    "LOC.nation": "GPE",
    "LOC.city": "GPE",
    "LOC.region": "LOC",
    "LOC.nature": "LOC",
    "ORG.body": "ORG",
    "ORG.sports": "ORG",
    "ORG.media": "MEDIA",
    "ORG.state": "ORG",
    "ORG.school": "ORG",
    "ORG.company": "ORG",
    "FAC": "FAC",
    "GROUP": "NAT",
    "WORK": "MISC",
}
_NOT_CAMEL = frozenset(("ORG.state", "FAC", "GROUP"))
_LISTED_AS = {"group": "ARMED", "force": "FORCE", "media": "MEDIA"}
"""Kinds of the gazetteer that settle what sort of organisation a name is."""

_FORCES = frozenset(
    map(fold, ("جيش", "الجيش", "شرطة", "الشرطة", "قوات", "القوات", "مخابرات", "المخابرات", "استخبارات", "البحرية"))
)
_KINDS_INSIDE = frozenset(("ORG.media", "ORG.company"))
_BINDS_LETTERS = frozenset(("و", "ب", "ل", "ك", "ف", "وب", "ول", "وك", "فب", "فل"))


class StarterSuggester:
    """Suggestions from the bundled model, in this process; the model is loaded with the first document."""

    name = "starter"

    def __init__(self, tagset: Tagset, folder: Path) -> None:
        """Take the tagset to speak and the model's folder."""
        self._folder = folder
        self._model: StarterModel | None = None
        self._coarse = {label.id for label in tagset.labels} <= set(CAMEL)
        names = {*_CLASSES.values(), *_LISTED_AS.values()}
        self._labels = {name: tagset.from_camel(name) if self._coarse else translate(name, tagset) for name in names}
        if self._coarse:
            self._labels |= {"GPE": self._labels["LOC"], "MEDIA": self._labels["ORG"], "ARMED": self._labels["ORG"]}

    @property
    def version(self) -> str:
        """Return what changes with the model's files."""
        return self.model.version

    @property
    def model(self) -> StarterModel:
        """Return the model, loaded at the first call; raises ResourceError where its files are damaged."""
        if self._model is None:
            self._model = StarterModel(self._folder)
        return self._model

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) as the documents come."""
        for document in documents:
            yield document.id, outside_debris(document, self.suggest(document.text))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Return the suggestions for a text, by start."""
        sentences = list(_sentences(text))
        found = self.model.read([[token.text for token in tokens] for tokens in sentences])
        made = (
            self._suggestion(tokens, item) for tokens, items in zip(sentences, found, strict=True) for item in items
        )
        return tuple(suggestion for suggestion in made if suggestion is not None)

    def close(self) -> None:
        """Let go of the model's files."""
        self._model = None

    def _suggestion(self, tokens: Sequence[Token], item: Found) -> Suggestion | None:
        """Return the suggestion for what was found, or None where the tagset has no place for it."""
        gazetteer = self.model.extractor.gazetteer
        keys = [fold(token.text) for token in tokens[item.first : item.end]]
        label = None if self._coarse and item.label in _NOT_CAMEL else self._labels[_class(item.label, keys, gazetteer)]
        if label is None:
            return None
        first = item.first
        if not self._coarse and item.label in _KINDS_INSIDE and first and _is_kind(item.label, tokens[first - 1]):
            first -= 1
        word = tokens[first]
        start = word.span.start + clitics_before(word.text, gazetteer)
        return Suggestion(Span(start, tokens[item.end - 1].span.end), label, item.score, self.name, self.version)


def clitics_before(word: str, gazetteer: Gazetteer) -> int:
    """Return how many code points of clitics stand before the name that a word begins.

    A listed word has none. Else the longest listed stem counts; an unlisted word gives up و alone, as most names that
    begin with و are listed, and most that begin with ف, ب, ل or ك are not.
    """
    if _is_listed(word, gazetteer):
        return 0
    lengths = [n for n in proclitic_lengths(word) if n and fold(word[:n]) in _BINDS_LETTERS]
    for length in lengths:
        stem = word[length:]
        if _is_listed(stem, gazetteer) or (hides_article(word, length) and _is_listed("ا" + stem, gazetteer)):
            return length
    return next((n for n in lengths if fold(word[:n]) == "و" and len(fold(word[n:])) > 2), 0)


def _is_listed(word: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a word is a name or the first word of one."""
    key = fold(word)
    return key in gazetteer.words or key in gazetteer.sequences


def _class(label: str, keys: Sequence[str], gazetteer: Gazetteer) -> str:
    """Return the class of a find: of an organisation, what it is listed as or what its first word says."""
    if not label.startswith("ORG"):
        return _CLASSES[label]
    for form in (keys[0], *stems(keys[0])):
        name = (form, *keys[1:])
        listed = gazetteer.words.get(form, ()) if len(name) == 1 else gazetteer.sequences.get(form, {}).get(name, ())
        for kind in listed:
            if kind in _LISTED_AS:
                return _LISTED_AS[kind]
        if label == "ORG.state" and form in _FORCES:
            return "FORCE"
    return _CLASSES[label]


def _is_kind(label: str, token: Token) -> bool:
    """Tell whether a word says what kind of thing the name behind it is."""
    key = fold(token.text)
    return not KIND_WORDS[label].isdisjoint((key, *stems(key)))


def _sentences(text: str) -> Iterator[list[Token]]:
    """Yield the tokens of each sentence."""
    tokens = tokenize(text)
    starts = [token.span.start for token in tokens]
    for sentence in split_sentences(text, tokens):
        yield tokens[bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)]


def create(context: SuggesterContext) -> StarterSuggester:
    """Make the suggester from the bundled model."""
    return StarterSuggester(context.tagset, resource("models", "starter"))
