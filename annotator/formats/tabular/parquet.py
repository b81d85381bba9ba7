"""Parquet: one document per row, as in datasets of the Hugging Face hub.

The columns are those of our JSON, and tokens with ner_tags, a flat IOB2 reading. The names of the tags are in the
file's metadata, where the datasets library keeps them. The column spans holds every span to the character. Undecided
suggestions, if they are exported, have a column of their own, and are not in spans or ner_tags.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse
from math import isfinite
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.corpus.iob import OUTSIDE, encode_iob2
from annotator.domain.model.annotation import Annotation, OriginKind
from annotator.domain.model.document import Document
from annotator.errors import ExportError, InputError, Message
from annotator.formats.base.annotation_filter import exclude_debris
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.read_back import read_back
from annotator.formats.base.record import Problem, Record
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.json.article_fields import TEXT, find_field, to_record
from annotator.formats.json.spans import is_suggestion
from annotator.formats.json.writer import document_to_json
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.tokens.flatten import flatten
from annotator.formats.tokens.tagged_words import TAGS, WORDS
from annotator.installation import import_optional

_BATCH = 500  # rows per batch, fewer if they are long
_TOGETHER = 1 << 23  # characters of JSON, or bytes of Parquet, held at a time, unless one row is longer
_READ_ROWS = 16  # held at a time: a few bytes of a hostile file can expand to long rows
_BUFFER = 1 << 20  # bytes
_SPAN = {
    "start": "int32",
    "end": "int32",
    "label": "string",
    "text": "string",
    "annotator": "string",
    "origin": "string",
    "note": "string",
    "doubtful": "bool_",
}
_SUGGESTION = {**_SPAN, "suggester": "string", "score": "float64"}
_NOTE = {"text": "string", "doubtful": "bool_", "annotator": "string"}
_REGION = {"start": "int32", "end": "int32", "kind": "string", "value": "string"}
_OWN = ("tokens", "ner_tags")
_SUGGESTIONS = "suggestions"

DETAILS = (
    "`spans` holds every span as it was confirmed: start and end count code points of `text`, half-open, and spans may "
    "be nested.",
    "`tokens` and `ner_tags` are a flat IOB2 reading of it, without page debris: of spans that share words the longest "
    "stands, and a label is that of whole tokens.",
    "`suggestions`, where it is there, holds what was suggested and nobody confirmed, with `suggester` and `score`; "
    "nothing of it is in the other columns.",
)
"""What a dataset card says about the columns."""


class ParquetReader:
    """Reads any Parquet file with a text or with words. Spans are found as in JSON, or by the tags of the words."""

    name = "parquet"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the article of each row, or a Problem if the file cannot be read or pyarrow is not installed."""
        try:
            parquet = import_optional("pyarrow.parquet", "huggingface", InputError)
            with parquet.ParquetFile(path, buffer_size=_BUFFER) as file:
                schema = file.schema_arrow
                if find_field(schema.names, TEXT) is None and not set(WORDS) & set(schema.names):
                    has = ", ".join(schema.names[:8])
                    raise InputError("no text column (found: {has}). Rename one to text, content or body.", has=has)
                number, names, dropped = 0, _names_of_tags(schema), _OWN if "spans" in schema.names else ()
                for batch in _read_batches(file):
                    for row in batch.to_pylist():
                        number += 1
                        fields = {name: _plain(value) for name, value in row.items() if name not in dropped}
                        fields |= {tag: _named(fields[tag], known) for tag, known in names.items() if tag in fields}
                        _unite(fields)
                        yield to_record(fields, f"{path}, row {number}", 0)
        except InputError as error:
            yield Problem(str(path), error.message)
        except OSError as error:
            yield Problem(
                str(path), Message("cannot be read ({why}). Check that the Parquet file is complete.", why=error)
            )
        except ValueError as error:  # the base of pyarrow's errors
            yield Problem(str(path), Message("not a Parquet file ({why}). Create it again.", why=error))


def _read_batches(file: Any) -> Iterator[Any]:
    """Yield the rows of a file in batches, smaller ones for longer rows."""
    for group in range(file.num_row_groups):
        said = file.metadata.row_group(group)
        fitting = _TOGETHER * said.num_rows // max(said.total_byte_size, 1)
        yield from file.iter_batches(max(1, min(fitting, _READ_ROWS)), row_groups=[group])


def _names_of_tags(schema: Any) -> dict[str, Sequence[str]]:
    """Return the columns that hold tags as numbers, with the names of the tags, from the metadata of datasets."""
    try:
        features = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))["info"]["features"]
        inner = {name: feature.get("feature", feature) for name, feature in features.items() if name in TAGS}
        return {name: list(map(str, each["names"])) for name, each in inner.items() if "names" in each}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _named(value: Any, names: Sequence[str]) -> Any:
    """Return a list of numbers with the names instead; a number without a name stays."""
    if not isinstance(value, list):
        return value
    return [names[n] if isinstance(n, int) and 0 <= n < len(names) else n for n in value]


def _unite(fields: dict[str, Any]) -> None:
    """Move suggestions that we wrote into the spans of their row. Each says what it is."""
    suggestions, spans = fields.get(_SUGGESTIONS), fields.get("spans")
    if not isinstance(suggestions, list) or not isinstance(spans, list):
        return
    if all(isinstance(each, dict) and is_suggestion(str(each.get("origin"))) for each in suggestions):
        fields["spans"] = spans + fields.pop(_SUGGESTIONS)


def _plain(value: Any) -> Any:
    """Return a value as JSON would have it: dates and times as ISO, other numbers as text, bytes in hexadecimal."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


class ParquetWriter:
    """Writes one file. The writer huggingface makes a folder with a card."""

    name = "parquet"
    suffix = ".parquet"
    holds_annotators = True
    holds_document_notes = True
    holds_suggestions = True

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document. Raises ExportError if pyarrow is not installed."""
        yield from write_parquet(documents, path, options)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document. Raises ExportError if it does not match."""
        return read_back(ParquetReader(), path, documents, annotators=True)


def write_parquet(
    documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
) -> Iterator[tuple[Deviation, ...]]:
    """Write a file; yield the deviations of each document.

    The schema lists all labels, so the rows wait on the disk until the last label is known. Raises ExportError if
    pyarrow is not installed.
    """
    import_optional("pyarrow", "huggingface", ExportError)
    used: set[str] = set()
    with TemporaryFile("w+", encoding="utf-8") as spool:
        for annotated in documents:
            kept, deviations = exclude_debris(annotated, options)
            confirmed = AnnotatedDocument(annotated.document, tuple(filter(is_confirmed, annotated.annotations)))
            used.update(annotation.label for annotation in kept if is_confirmed(annotation))
            blocks, _ = flatten(confirmed, options)
            tags = [tag for block in blocks for tag in encode_iob2(len(block.tokens), block.entities)]
            row = document_to_json(annotated, filter(is_confirmed, kept), options)
            row |= {"tokens": [token.text for block in blocks for token in block.tokens], "ner_tags": tags}
            if options.suggestions:
                suggested = document_to_json(annotated, filterfalse(is_confirmed, kept), options)
                row[_SUGGESTIONS] = suggested["spans"]
            spool.write(json.dumps(row) + "\n")
            yield tuple(deviations)
        spool.seek(0)
        labels = dict.fromkeys([*options.labels, *sorted(used)])
        names = [OUTSIDE, *(f"{letter}-{label}" for label in labels for letter in "BI")]
        _from_spool(spool, path, names, suggestions=options.suggestions)


def is_confirmed(annotation: Annotation) -> bool:
    """Return True if an annotator is responsible for the annotation."""
    return annotation.origin.kind is not OriginKind.SUGGESTION


def _from_spool(spool: IO[str], path: Path, names: Sequence[str], *, suggestions: bool) -> None:
    """Write the rows that wait, with tags as numbers, and a column of suggestions if they are asked for."""
    arrow = import_optional("pyarrow", "huggingface", ExportError)
    parquet = import_optional("pyarrow.parquet", "huggingface", ExportError)

    def struct(fields: dict[str, str]) -> Any:
        """Return the type of a list of objects."""
        return arrow.list_(arrow.struct([(name, getattr(arrow, kind)()) for name, kind in fields.items()]))

    text = {name: arrow.string() for name in ("id", "text", "title", "date", "source")}
    lists = {"regions": _REGION, "spans": _SPAN, "notes": _NOTE} | ({_SUGGESTIONS: _SUGGESTION} if suggestions else {})
    columns = {**text, **{name: struct(fields) for name, fields in lists.items()}}
    columns |= {"tokens": arrow.list_(arrow.string()), "ner_tags": arrow.list_(arrow.int64())}
    metadata = {"huggingface": json.dumps({"info": {"features": _features(text, lists, names)}})}
    schema = arrow.schema(list(columns.items()), metadata=metadata)
    numbers = {name: number for number, name in enumerate(names)}
    with parquet.ParquetWriter(path, schema) as file:
        for lines in _write_batches(spool):
            rows = [json.loads(line) for line in lines]
            for row in rows:
                row["ner_tags"] = [numbers[tag] for tag in row["ner_tags"]]
            file.write_table(arrow.Table.from_pylist(rows, schema))


def _write_batches(spool: Iterable[str]) -> Iterator[list[str]]:
    """Yield the rows that wait in batches, limited in number and in length."""
    held: list[str] = []
    length = 0
    for line in spool:
        if held and (len(held) == _BATCH or length + len(line) > _TOGETHER):
            yield held
            held, length = [], 0
        held.append(line)
        length += len(line)
    if held:
        yield held


def _features(text: Iterable[str], lists: Mapping[str, dict[str, str]], names: Sequence[str]) -> dict[str, Any]:
    """Return the features as the datasets library writes them into a schema."""

    def value(kind: str) -> dict[str, Any]:
        return {"dtype": kind.removesuffix("_"), "_type": "Value"}

    def struct(fields: dict[str, str]) -> dict[str, Any]:
        """Return the feature of a list of objects."""
        return {"feature": {name: value(kind) for name, kind in fields.items()}, "_type": "List"}

    return {
        **{name: value("string") for name in text},
        **{name: struct(fields) for name, fields in lists.items()},
        "tokens": {"feature": value("string"), "_type": "List"},
        "ner_tags": {"feature": {"names": list(names), "_type": "ClassLabel"}, "_type": "List"},
    }
