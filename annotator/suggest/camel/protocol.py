"""What the camel worker is asked about a document, and what its answer means there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.domain.corpus.iob import decode_iob2
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.suggest.camel.wordpieces import Labelled
from annotator.text.clitics.rule import name_start
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize


def words_of(document: Document) -> list[list[Span]]:
    """Return the words of each sentence of a document; what lies in page debris is left out."""
    tokens = tokenize(document.text)
    debris = document.debris()
    words: list[list[Span]] = []
    at = 0
    for sentence in split_sentences(document.text, tokens):
        own: list[Span] = []
        while at < len(tokens) and tokens[at].start < sentence.span.end:
            span = tokens[at].span
            if not any(span.overlaps(place) for place in debris):
                own.append(span)
            at += 1
        if own:
            words.append(own)
    return words


def spans_of(
    text: str, words: Sequence[Span], answer: Labelled, labels: Mapping[str, str], clitics: str
) -> Iterator[tuple[Span, str, float]]:
    """Yield the spans of one sentence with the tagset's label and a score.

    The tags are repaired as conlleval reads them: an I- that continues nothing begins a span. The score is
    that of the least sure word. Marks at the edges fall away, and so do clitics, unless the tagset's policy for them,
    clitics, is to keep them inside. labels maps the model's classes to the tagset's; others are dropped. Raises
    ValueError where the answer has not one tag and score for each word.
    """
    if not len(words) == len(answer.tags) == len(answer.scores):
        raise ValueError(f"{len(words)} words, {len(answer.tags)} tags, {len(answer.scores)} scores")
    for first, end, name in decode_iob2(answer.tags):
        named = [i for i in range(first, end) if any(c.isalnum() for c in words[i].of(text))]
        if not named or name not in labels:
            continue
        begin, last = words[named[0]], words[named[-1]]
        before, behind = (words[i].of(text) if 0 <= i < len(words) else "" for i in (named[0] - 1, named[0] + 1))
        start = begin.start + name_start(begin.of(text), clitics, before, behind)
        yield Span(start, last.end), labels[name], min(answer.scores[i] for i in range(named[0], named[-1] + 1))
