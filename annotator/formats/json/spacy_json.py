"""What spaCy was trained on before DocBins: examples of a text with its entities, and documents of paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.corpus.iob import OUTSIDE
from annotator.formats.tokens.tagged_words import TAGS, WORDS

_UNKNOWN = ("-", "", None)
"""What stands for a tag where nobody has looked."""


def is_example(value: Any) -> bool:
    """Tell whether a value is [text, {"entities": [...]}], as the examples of spaCy 2 and of its tools are."""
    return isinstance(value, list) and [*map(type, value)] == [str, dict] and "text" not in value[1]


def trained_on(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the paragraphs of a document of spaCy's JSON, each with its words and tags; none of anything else."""
    paragraphs = value.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(map(_is_paragraph, paragraphs)):
        return []
    found = []
    for number, paragraph in enumerate(paragraphs, 1):
        tokens = [token for sentence in paragraph["sentences"] for token in sentence["tokens"]]
        tags = [OUTSIDE if token.get("ner") in _UNKNOWN else token["ner"] for token in tokens]
        made = {"id": f"{value.get('id', '')}-{number}", WORDS[0]: [token["orth"] for token in tokens], TAGS[0]: tags}
        found.append(made | ({"text": paragraph["raw"]} if paragraph.get("raw") else {}))
    return found


def _is_paragraph(value: Any) -> bool:
    """Tell whether a value is a paragraph of sentences of tokens with their words."""
    sentences = value.get("sentences") if isinstance(value, Mapping) else None
    if not isinstance(sentences, list):
        return False
    listed = [sentence.get("tokens") if isinstance(sentence, Mapping) else None for sentence in sentences]
    return all(
        isinstance(tokens, list) and all(isinstance(t, Mapping) and isinstance(t.get("orth"), str) for t in tokens)
        for tokens in listed
    )
