"""The starter suggester: a small bundled model, trained on NewsFANE.

resources/models/starter/README.md describes it. It uses the classes of the `security` tagset. A tagset of CAMeL Tools'
four classes gets names as in ANERcorp: words of kind are outside, and ministries, armies and buildings are not names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.tagset import Tagset
from annotator.resources import resource
from annotator.suggest.registry import SuggesterContext, outside_debris
from annotator.suggest.starter.gazetteer import Gazetteer, fold, stems
from annotator.suggest.starter.newsfane import KIND_WORDS
from annotator.suggest.starter.starter_model import Found, StarterModel
from annotator.suggest.suggester_labels import is_coarse, translate
from annotator.text.characters import JOINERS
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
    "WORK": "MISC",
}
_NOT_CAMEL = frozenset(("ORG.state", "FAC", "GROUP"))
_LISTED_AS = {"group": "ARMED", "force": "FORCE", "media": "MEDIA", "platform": "PLATFORM", "nationality": "NAT"}
"""The kinds of the gazetteer that decide the class of an organisation or people; other peoples have no class."""

_FORCES = frozenset(
    map(fold, ("جيش", "الجيش", "شرطة", "الشرطة", "قوات", "القوات", "مخابرات", "المخابرات", "استخبارات", "البحرية"))
)
_KINDS_INSIDE = frozenset(("ORG.media", "ORG.company"))


class StarterSuggester:
    """Suggestions from the bundled model, which is loaded with the first document."""

    name = "starter"

    def __init__(self, tagset: Tagset, folder: Path) -> None:
        self._folder = folder
        self._model: StarterModel | None = None
        self._clitics = tagset.clitics
        self._coarse = is_coarse(tagset)
        names = {*_CLASSES.values(), *_LISTED_AS.values()}
        self._labels = {name: tagset.from_camel(name) if self._coarse else translate(name, tagset) for name in names}
        if self._coarse:
            self._labels["GPE"] = self._labels["LOC"]
            self._labels |= dict.fromkeys(("MEDIA", "ARMED", "FORCE"), self._labels["ORG"])

    @property
    def version(self) -> str:
        """Return a string that changes with the model's files."""
        return self.model.version

    @property
    def model(self) -> StarterModel:
        """Return the model, loaded at the first call; raises ResourceError if its files are damaged."""
        if self._model is None:
            self._model = StarterModel(self._folder)
        return self._model

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents."""
        for document in documents:
            yield document.id, outside_debris(document, self.suggest(document.text))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Return the suggestions for a text, by start."""
        sentences = list(token_sentences(text))
        found = self.model.read([[token.text for token in tokens] for tokens in sentences])
        made = (self.suggestion(tokens, item) for tokens, items in zip(sentences, found, strict=True) for item in items)
        return tuple(suggestion for suggestion in made if suggestion is not None)

    def close(self) -> None:
        """Release the model."""
        self._model = None

    def suggestion(self, tokens: Sequence[Token], item: Found) -> Suggestion | None:
        """Return the suggestion for an entity in a sentence's tokens, or None if the tagset has no label for it."""
        gazetteer = self.model.extractor.gazetteer
        keys = [fold(token.text) for token in tokens[item.first : item.end]]
        name = None if self._coarse and item.label in _NOT_CAMEL else _class(item.label, keys, gazetteer)
        label = self._labels.get(name) if name else None
        if label is None:
            return None
        first, end = item.first, item.end
        if end - first > 1 and tokens[end - 1].text[-1] in JOINERS:
            end -= 1  # A clitic before a quotation mark: لـ"العربي".
        if not self._coarse and item.label in _KINDS_INSIDE and first and _is_kind(item.label, tokens[first - 1]):
            first -= 1
        start = gazetteer.name_start(tokens, first, self._clitics, name or "")
        return Suggestion(Span(start, tokens[end - 1].end), label, item.score, self.name, self.version)


def _class(label: str, keys: Sequence[str], gazetteer: Gazetteer) -> str | None:
    """Return the class of an entity; for an organisation or people also by the gazetteer and its first word."""
    is_organisation = label.startswith("ORG")
    if not is_organisation and label != "GROUP":
        return _CLASSES[label]
    for form in (keys[0], *stems(keys[0])):
        name = (form, *keys[1:])
        listed = gazetteer.words.get(form, ()) if len(name) == 1 else gazetteer.sequences.get(form, {}).get(name, ())
        for kind in listed:
            if kind in _LISTED_AS and is_organisation == (kind != "nationality"):
                return _LISTED_AS[kind]
        if label == "ORG.state" and form in _FORCES:
            return "FORCE"
    return _CLASSES.get(label)


def _is_kind(label: str, token: Token) -> bool:
    """Return True if a word says what kind of thing the next name is."""
    key = fold(token.text)
    return not KIND_WORDS[label].isdisjoint((key, *stems(key)))


def token_sentences(text: str) -> Iterator[list[Token]]:
    """Yield the tokens of each sentence."""
    tokens = tokenize(text)
    starts = [token.start for token in tokens]
    for sentence in split_sentences(text, tokens):
        yield tokens[bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)]


def create(context: SuggesterContext) -> StarterSuggester:
    """Make the suggester from the bundled model."""
    return StarterSuggester(context.tagset, resource("models", "starter"))
