"""Score suggesters on the labelled security articles: python -m tests.benchmarks.security_scores --half tune

tests/data/security_development.json has the spans and the SHA-256 of each text; the texts are those of saudinewsnet, as
the importer reads them. "default" is what the editor shows, and A+B are A and B combined. Spans are compared by exact
characters, for the tagset `security`. After each measure follows its 95% interval, from a bootstrap over articles. The
last line counts the weak suggestions, which the editor only underlines.

Rules and models are chosen on the half "tune". The half "held-out" is read only to report a figure, and prints totals.
"read" has more articles, which were read when rules were written, and labelled by correcting suggestions. "further" and
"further-read" were labelled later, without looking at suggestions, and trained nothing; in "further-read" the errors of
the program were read, and rules changed after that, in "further" they were not.
Models are trained on articles that were written for this project, in tests/data/security_articles. "original" are those
of the first 300 with even numbers, and "later" each fifth of the next 1,221: on these nothing is trained. The first 300
are harder than the press: they have more names that nobody lists, and more words that look like names.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED
from annotator.domain.review.calibration import DEFAULT_THRESHOLD, least_marked
from annotator.formats.base.record import Problem
from annotator.formats.read import read_records
from annotator.services.importing.record_to_document import to_document
from annotator.services.team.bootstrap import draw_documents, drawn_sums, interval
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.metrics import Labelled, Score, compare
from annotator.suggest.registry import DEFAULT, SuggesterContext, available, create
from annotator.text.tokenizer import tokenize
from tests.conftest import ROOT

SPANS = ROOT / "tests" / "data" / "security_development.json"
ARTICLES = ROOT.parent / "shared" / "corpora" / "saudinewsnet" / "2015-08-08.json"
ORIGINAL = ROOT / "tests" / "data" / "security_articles"
HALVES = ("tune", "held-out", "read", "further", "further-read")
OF_ORIGINAL, OF_LATER = "original", "later"
_FIRST_ONES, _LATER_ONES = 300, 1521
_NUMBER = re.compile(r"^# (\d+)\n", re.MULTILINE)
_MARKED = re.compile(r"\[([A-Z]+) ([^\[\]\n]+)\]")
ALL = "all"


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article and the spans that people labelled in it."""

    document: Document
    spans: frozenset[Labelled]


def labelled_articles(half: str, spans: Path = SPANS, articles: Path = ARTICLES) -> list[LabelledArticle]:
    """Return the articles of one half; raises SystemExit if a text is missing or a span is not inside its text."""
    described = json.loads(spans.read_text(encoding="utf-8"))["documents"]
    wanted = {each["sha256"]: each["spans"] for each in described if each["half"] == half}
    found = {}
    for record in read_records(articles):
        document = None if isinstance(record, Problem) else to_document(record)
        if isinstance(document, Document):
            key = hashlib.sha256(document.text.encode()).hexdigest()
            if key in wanted:
                found[key] = document
    if missing := sorted(wanted.keys() - found.keys()):
        raise SystemExit(
            f"{articles} lacks {len(missing)} of the labelled texts, such as the one with hash {missing[0]}"
        )
    labelled = []
    for key, given in wanted.items():
        labels = frozenset((Span(start, end), label) for start, end, label in given)
        if any(span.end > len(found[key].text) for span, _ in labels):
            raise SystemExit(f"{spans}: a span of {key} ends after its text")
        labelled.append(LabelledArticle(found[key], labels))
    return labelled


def training_articles(last: int | None = None) -> list[LabelledArticle]:
    """Return the original articles that models are trained on, by number; last is that of the last one, if given."""
    return [a for number, a in _numbered() if not _is_kept(number) and (last is None or number <= last)]


def kept_articles(half: str) -> list[LabelledArticle]:
    """Return the original articles that are kept for measuring: of the first 300, or of those that came later."""
    return [
        article
        for number, article in _numbered()
        if _is_kept(number) and (number <= _FIRST_ONES) == (half == OF_ORIGINAL)
    ]


def _numbered() -> Iterator[tuple[int, LabelledArticle]]:
    return enumerate(original_articles(), start=1)


def _is_kept(number: int) -> bool:
    return number % 2 == 0 if number <= _FIRST_ONES else number <= _LATER_ONES and number % 5 == 0


def original_articles(folder: Path = ORIGINAL) -> list[LabelledArticle]:
    """Return the articles of a folder by number; raises SystemExit for a bracket that belongs to no span.

    Each file has some articles; the line before one has its number, as in "# 1522".
    """
    found = []
    for path in sorted(folder.glob("*.txt")):
        _, *parts = _NUMBER.split(path.read_text(encoding="utf-8"))
        numbered = zip(parts[::2], parts[1::2], strict=True)
        found += [parse_article(marked, f"article {number}") for number, marked in numbered]
    return found


def parse_article(marked: str, name: str) -> LabelledArticle:
    """Return an article whose spans are in place, as in [LOC الموصل]; name is for errors."""
    text, spans, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans.append((Span(len(text), len(text) + len(match[2])), match[1]))
        text += match[2]
        at = match.end()
    text += marked[at:]
    if stray := re.search(r"[\[\]]", text):
        raise SystemExit(f"{name}: line {text.count(chr(10), 0, stray.start()) + 1} has a bracket that is in no span")
    return LabelledArticle(Document(document_id(text), text), frozenset(spans))


def scores(
    articles: Sequence[LabelledArticle], name: str, threshold: float
) -> tuple[list[dict[str, Score]], Score, float]:
    """Return the scores of a suggester by article and label, that of its weak suggestions, and its speed.

    Weak suggestions are scored by their spans alone. The speed is in tokens per second of processor time.
    """
    suggester = create(name, SuggesterContext(load_tagset("security")))
    try:
        list(suggester.suggest_many([each.document for each in articles[:1]]))  # Loads the models.
        began = time.process_time()
        made = dict(suggester.suggest_many(each.document for each in articles))
        seconds = time.process_time() - began
    finally:
        suggester.close()
    found, weak = [], Score()
    for each in articles:
        marked = [s for s in made.get(each.document.id, ()) if s.score >= least_marked(threshold)]
        found.append(compare(each.spans, [(s.span, s.label) for s in marked if s.score >= threshold]))
        missing = {span for span, _ in each.spans} - {s.span for s in marked if s.score >= threshold}
        underlined = {s.span for s in marked if s.score < threshold}
        weak += Score(len(missing & underlined), len(missing), len(underlined))
    return found, weak, sum(len(tokenize(each.document.text)) for each in articles) / max(seconds, 1e-9)


def table(by_article: Sequence[dict[str, Score]]) -> list[str]:
    """Return a line for each label, and one for all: gold spans, precision, recall and F1 with intervals."""
    labels = sorted({label for article in by_article for label in article})
    times = draw_documents(len(by_article))
    lines = []
    for label in (*labels, ALL):
        chosen = labels if label == ALL else [label]
        sums = [sum((article.get(own, Score()) for own in chosen), Score()) for article in by_article]
        counts = np.array([(each.right, each.gold, each.suggested) for each in sums])
        whole = Score(*map(int, counts.sum(axis=0)))
        drawn = [Score(*map(int, row)) for row in drawn_sums(times, counts)]
        cells = [f"{label:9} {whole.gold:5}"]
        for measure in ("precision", "recall", "f1"):
            estimate = interval(getattr(whole, measure), [getattr(score, measure) for score in drawn])
            cells.append(f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]")
        lines.append("  ".join(cells))
    return lines


def default_suggesters() -> list[str]:
    """Return the suggesters to score: each that can run here alone, and what the editor shows."""
    alone = available(SuggesterContext(load_tagset("security")))
    return [*(name for name in alone if name not in (COMBINED, "memory")), DEFAULT]


def main(halves: Sequence[str], names: Iterable[str], threshold: float) -> None:
    """Print the scores of each suggester on some halves together."""
    articles = [
        article for half in halves for article in (labelled_articles(half) if half in HALVES else kept_articles(half))
    ]
    print(f"{', '.join(halves)}: {len(articles)} articles, {sum(len(each.spans) for each in articles)} spans")
    for name in names:
        found, weak, speed = scores(articles, name, threshold)
        print(f"\n{name}, from a confidence of {threshold:g}, {speed:,.0f} tokens per second")
        print(f"{'label':9} {'gold':>5}  precision             recall                F1")
        print("\n".join(table(found)))
        right = f"{weak.right} right, of {weak.gold} spans that are not suggested"
        print(f"weak      {weak.suggested:5}  {weak.precision:.3f}: {right}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suggesters", nargs="*", help="by default every one alone, and default")
    parser.add_argument("--half", choices=(*HALVES, OF_ORIGINAL, OF_LATER), action="append", help="tune by default")
    parser.add_argument("--threshold", type=float, default=DEFAULT_THRESHOLD)
    arguments = parser.parse_args()
    main(arguments.half or [HALVES[0]], arguments.suggesters or default_suggesters(), arguments.threshold)
