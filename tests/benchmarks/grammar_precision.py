"""Measure how often each rule of the grammar is right: the confidences of the suggester `grammar`.

    python -m tests.benchmarks.grammar_precision TEXTS

TEXTS is SaudiNewsNet's JSON, which is not part of this project; the spans are in tests/data/security_development.json.
Only its half for tuning counts, the examples in the grammar's own files, and the original articles that models are
trained on. A suggestion is right if span and label are. The result is resources/grammar/precision.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.grammar.grammar_file import bundled_grammar
from annotator.suggest.grammar.suggester import PRECISION, GrammarSuggester
from annotator.suggest.suggester_labels import translate
from tests.benchmarks.security_scores import training_articles

SECURITY = load_tagset("security")
DEVELOPMENT = Path(__file__).parents[1] / "data" / "security_development.json"

Labelled = set[tuple[int, int, str]]


def tuning_documents(texts: Path) -> Iterator[tuple[str, Labelled]]:
    """Yield the text and the spans of each document of the half for tuning."""
    by_hash = {
        hashlib.sha256(article["content"].encode()).hexdigest(): article["content"]
        for article in json.loads(texts.read_text(encoding="utf-8"))
    }
    for document in json.loads(DEVELOPMENT.read_text(encoding="utf-8"))["documents"]:
        if document["half"] == "tune":
            yield by_hash[document["sha256"]], {(start, end, label) for start, end, label in document["spans"]}


def example_documents() -> Iterator[tuple[str, Labelled, str]]:
    """Yield the text, the spans and the label of each example in the grammar files."""
    for rule in bundled_grammar().rules:
        label = translate(rule.label, SECURITY)
        if label is None:
            continue
        for example in (*rule.examples, *rule.counter_examples):
            spans: Labelled = set()
            text = ""
            for piece in re.split(r"(\[[^\]]*\])", example):
                plain = piece.strip("[]") if piece.startswith("[") else piece
                if piece.startswith("["):
                    spans.add((len(text), len(text) + len(plain), label))
                text += plain
            yield text, spans, label


def measure(texts: Path) -> dict[str, dict[str, object]]:
    """Return, for each rule, its label, and how many of its suggestions there were and were right."""
    suggester = GrammarSuggester(bundled_grammar(), "", SECURITY)
    right: Counter[str] = Counter()
    suggestions: Counter[str] = Counter()

    def count(text: str, gold: Labelled, only: str = "") -> None:
        for span, label, rule in suggester.find(text):
            if only in ("", label):
                suggestions[rule.name] += 1
                right[rule.name] += (span.start, span.end, label) in gold

    for text, gold in tuning_documents(texts):
        count(text, gold)
    for article in training_articles():
        count(article.document.text, {(span.start, span.end, label) for span, label in article.spans})
    for text, gold, label in example_documents():
        count(text, gold, label)
    rules = [rule for rule in bundled_grammar().rules if translate(rule.label, SECURITY)]
    return {
        rule.name: {"label": rule.label, "right": right[rule.name], "suggestions": suggestions[rule.name]}
        for rule in rules
    }


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, help="the JSON of SaudiNewsNet, 2015-08-08")
    arguments = parser.parse_args()
    about = (
        "How many suggestions of each rule were right: measured by `python -m tests.benchmarks.grammar_precision` on "
        "the half for tuning of tests/data/security_development.json, on the labelled articles of the project that "
        "models are trained on, and on the examples in these files. The rules were written while looking at some of "
        "them, so that other texts may give less."
    )
    rows = [f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in measure(arguments.texts).items()]
    body = ",\n".join(rows)
    path = resource("grammar") / PRECISION
    path.write_text(f'{{\n "about": {json.dumps(about)},\n "rules": {{\n{body}\n }}\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
