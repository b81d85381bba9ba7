"""File name extensions of the built-in readers: all that has to be known before a reader is imported.

An extension belongs to one reader. Readers without one, such as doccano's, must be named.
"""

from __future__ import annotations

from collections.abc import Mapping

SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "brat": (".ann",),
    "conll": (".conll", ".bio", ".iob", ".iob2", ".bioes", ".iobes", ".bmes", ".bilou"),
    "conllu": (".conllu", ".conllup"),
    "csv": (".csv", ".tsv"),
    "doccano": (),
    "feed": (".rss", ".atom"),
    "gate": (".xml",),
    "html": (".html", ".htm", ".xhtml", ".mhtml", ".mht"),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
    "parquet": (".parquet",),
    "spacy": (".spacy",),
    "tei": (".tei",),
    "text": (".txt",),
    "xmi": (".xmi",),
    "zip": (".zip",),
}
"""The extensions of each reader, in lower case with the dot."""
