"""A folder for datasets.load_dataset(): data/train.parquet, and README.md as dataset_card.py writes it.

This writer knows the documents only. The export of a corpus adds to the card what the project knows, and splits
(annotator.services.corpus.export_corpus).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.corpus.split import Side
from annotator.domain.corpus.statistics import CorpusStatistics
from annotator.domain.model.document import Document
from annotator.formats.base.deviation import Deviation, DeviationKind
from annotator.formats.base.read_back import read_back
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.tabular.dataset_card import DatasetCard, render
from annotator.formats.tabular.parquet import DETAILS, ParquetReader, is_confirmed, write_parquet
from annotator.text.token_counts import content_tokens, count_touched

CARD, DATA = "README.md", "data"
_FILE = "train.parquet"


class HuggingFaceWriter:
    """Writes the folder."""

    name = "huggingface"
    suffix = ""
    holds_annotators = True
    holds_document_notes = True
    holds_suggestions = True
    folder = (CARD, f"{DATA}/{_FILE}")
    """The files of the folder: one with anything else in it is not replaced."""

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the folder; yield the deviations of each document. Raises ExportError if pyarrow is not installed."""
        (path / DATA).mkdir(parents=True)
        figures = CorpusStatistics()
        given: list[AnnotatedDocument] = []

        def watched() -> Iterator[AnnotatedDocument]:
            """Yield the documents, keeping each until its deviations come."""
            for annotated in documents:
                given.append(annotated)
                yield annotated

        for deviations in write_parquet(watched(), path / DATA / _FILE, options):
            _count(figures, given.pop(0), deviations, options)
            yield deviations
        card = DatasetCard(
            name="Named entities in Arabic news",
            files={Side.TRAIN: f"{DATA}/{_FILE}"},
            figures={Side.TRAIN: figures},
            details=DETAILS,
        )
        (path / CARD).write_text(render(card), "utf-8", newline="\n")

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the folder holds of each document. Raises ExportError if it does not match."""
        return read_back(ParquetReader(), path / DATA / _FILE, documents, annotators=True)


def _count(
    figures: CorpusStatistics, annotated: AnnotatedDocument, deviations: Iterable[Deviation], options: WriteOptions
) -> None:
    """Count a document and its confirmed spans."""
    lost = {deviation.annotation.id for deviation in deviations if deviation.kind is DeviationKind.LEFT_OUT}
    tokens = content_tokens(annotated.document, options.include_debris)
    spans = sorted({(a.span, a.label) for a in annotated.annotations if is_confirmed(a) and a.id not in lost})
    figures.add(annotated.document, len(tokens), ((label, count_touched(tokens, span)) for span, label in spans))
