"""A folder that datasets.load_dataset takes: data/train.parquet, and README.md with the card's head and the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from annotator import __version__
from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document
from annotator.formats.parquet import ParquetReader, write_parquet
from annotator.formats.registry import ReadBack, Remark, WriteOptions
from annotator.formats.reread import read_back

CARD, DATA = "README.md", "data"
_FILE = "train.parquet"


class HuggingFaceWriter:
    """Writes the folder."""

    name = "huggingface"
    suffix = ""
    holds_annotators = True
    holds_document_notes = True
    folder = (CARD, DATA)
    """What stands in the folder: one with anything else in it is not replaced."""

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Remark, ...]]:
        """Write the folder, yielding the remarks on each document; raises ExportError where pyarrow is missing."""
        (path / DATA).mkdir(parents=True)
        counts: dict[str, int] = {}
        number = 0
        for remarks in write_parquet(documents, path / DATA / _FILE, options, counts):
            number += 1
            yield remarks
        (path / CARD).write_text(_card(number, counts), "utf-8")

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the folder holds of each document; raises ExportError where it does not fit."""
        return read_back(ParquetReader(), path / DATA / _FILE, documents, annotators=True)


def _card(documents: int, counts: Mapping[str, int]) -> str:
    """Return the card: what the hub reads, and what a person wants to know first."""
    rows = "".join(f"| {label} | {count} |\n" for label, count in sorted(counts.items()))
    return f"""---
language:
- ar
task_categories:
- token-classification
task_ids:
- named-entity-recognition
configs:
- config_name: default
  data_files:
  - split: train
    path: {DATA}/{_FILE}
---

# Named entities in Arabic news

{documents} documents with {sum(counts.values())} spans, exported by annotator {__version__}.

`spans` holds every span as it was confirmed: start and end count code points of `text`, half-open, and spans may be
nested. `tokens` and `ner_tags` are a flat IOB2 reading of it, without page debris: of spans that share words the
longest stands, and a label is that of whole tokens.

| label | spans |
|---|---|
{rows}"""
