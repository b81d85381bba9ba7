"""Words and their tags in two lists, tokens and ner_tags, as in datasets of the Hugging Face hub.

If the record has a text, the words are found in it one after the other. Otherwise the text is the words with a space
between them, as in CoNLL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.domain.corpus.iob import decode, is_tag, ranges_to_spans
from annotator.domain.model.span import Span
from annotator.errors import Message
from annotator.formats.base.span_objects import RawSpan

WORDS = ("tokens", "words")
TAGS = ("ner_tags", "ner", "tags", "labels")


def find_tagged(fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the names of the fields with the words and with a tag for each, or None if there are no such lists.

    A list of spans in the same record is more exact, so the tags are then ignored.
    """
    words = next((name for name in WORDS if name in fields), None)
    if words is None or fields.get("spans") or not _is_list_of(fields[words], str):
        return None
    for tags in TAGS:
        listed = fields.get(tags)
        if isinstance(listed, list) and len(listed) == len(fields[words]) and _is_list_of(listed, str | int):
            return words, tags
    return None


def read_tagged(
    words: Sequence[str], tags: Sequence[str | int], text: str | None
) -> tuple[str, list[RawSpan], list[str]]:
    """Return the text, the spans of the tags, and a sentence for what cannot be read."""
    problems: list[str] = []
    text = " ".join(words) if text is None else text
    shown = [number for number, word in enumerate(words) if word.strip()]  # spaces cannot be found
    words, tags = [words[number] for number in shown], [tags[number] for number in shown]
    places = _places(words, text)
    if places is None:
        problems.append(Message("is on words that do not match the text"))
        return text, [], problems
    bad = [tag for tag in tags if not isinstance(tag, str) or not is_tag(tag)]
    if bad:
        problems.append(Message("has the invalid tag {tag} ({count} in all)", tag=bad[0], count=len(bad)))
    cells = [(tag,) if isinstance(tag, str) and is_tag(tag) else () for tag in tags]
    spans = ranges_to_spans(places, decode(cells))
    return text, [(span.start, span.end, label, {}) for span, label in spans], problems


def _is_list_of(value: Any, kind: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, kind) for each in value)


def _places(words: Sequence[str], text: str) -> list[Span] | None:
    """Return the spans of the words, with nothing but spaces between them, or None if the text differs."""
    places: list[Span] = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return None
        at = start + len(word)
        places.append(Span(start, at))
    return places
