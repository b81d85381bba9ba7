"""The guidelines of a tagset with stand-ins: a team may have written names of its articles into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Example, Tagset
from annotator.text.names.replacements import ReplacedText

Rename = Callable[[str], ReplacedText]


def renamed_tagset(tagset: Tagset, rename: Rename) -> Tagset:
    """Return a tagset whose description, guidelines and examples hold stand-ins; ids and names of labels stay."""
    labels = (
        replace(
            label,
            guideline=_each(label.guideline, rename),
            examples=tuple(_examples(label.examples, rename)),
            counter_examples=tuple(_examples(label.counter_examples, rename)),
        )
        for label in tagset.labels
    )
    return replace(tagset, description=_each(tagset.description, rename), labels=tuple(labels))


def _each(texts: Mapping[str, str], rename: Rename) -> dict[str, str]:
    """Return the texts of all languages with stand-ins."""
    return {language: rename(text).text for language, text in texts.items()}


def _examples(examples: Iterable[Example], rename: Rename) -> Iterator[Example]:
    """Yield examples with stand-ins, without those whose marked part then stands in them twice."""
    for example in examples:
        start = example.text.index(example.span)
        renamed = rename(example.text)
        marked = renamed.map_span(Span(start, start + len(example.span)))[0].of(renamed.text)
        if renamed.text.count(marked) == 1:
            yield Example(renamed.text, marked, _each(example.note, rename))
