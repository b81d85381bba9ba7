"""Names of formats, and what each can and cannot hold."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.ui.base.i18n import QT_TRANSLATE_NOOP

_NAMES = {
    "brat": QT_TRANSLATE_NOOP("formats", "brat standoff (zip)"),
    "conll": QT_TRANSLATE_NOOP("formats", "CoNLL: one token per line"),
    "conllu": QT_TRANSLATE_NOOP("formats", "CoNLL-U"),
    "csv": QT_TRANSLATE_NOOP("formats", "CSV table"),
    "doccano": QT_TRANSLATE_NOOP("formats", "doccano (JSONL)"),
    "feed": QT_TRANSLATE_NOOP("formats", "RSS or Atom feed"),
    "gate": QT_TRANSLATE_NOOP("formats", "GATE (XML)"),
    "html": QT_TRANSLATE_NOOP("formats", "Saved web page"),
    "huggingface": QT_TRANSLATE_NOOP("formats", "Hugging Face datasets (Parquet)"),
    "json": QT_TRANSLATE_NOOP("formats", "JSON: a list of articles"),
    "jsonl": QT_TRANSLATE_NOOP("formats", "JSON Lines: one article per line"),
    "label-studio": QT_TRANSLATE_NOOP("formats", "Label Studio (JSON)"),
    "parquet": QT_TRANSLATE_NOOP("formats", "Parquet"),
    "prodigy": QT_TRANSLATE_NOOP("formats", "Prodigy (JSONL)"),
    "spacy": QT_TRANSLATE_NOOP("formats", "spaCy DocBin"),
    "tei": QT_TRANSLATE_NOOP("formats", "TEI P5 (XML)"),
    "text": QT_TRANSLATE_NOOP("formats", "Plain text"),
    "webanno": QT_TRANSLATE_NOOP("formats", "WebAnno TSV 3.3 (zip)"),
    "xmi": QT_TRANSLATE_NOOP("formats", "UIMA CAS XMI (zip)"),
    "zip": QT_TRANSLATE_NOOP("formats", "Zip archive of such files"),
}
_HOLDS = {
    "brat": QT_TRANSLATE_NOOP(
        "formats",
        "Holds nested and crossing spans. Cannot hold: annotators, line ends or tabs at a span's edge.",
    ),
    "conll": QT_TRANSLATE_NOOP(
        "formats",
        "Holds one label for each token, or a column for each level. Cannot hold: spaces, annotators, parts of words "
        "(unless clitics are split), page debris.",
    ),
    "conllu": QT_TRANSLATE_NOOP(
        "formats",
        "Holds the text to the character, nested and crossing spans, clitics as multiword tokens. Cannot hold: "
        "annotators, spaces at a span's edge.",
    ),
    "csv": QT_TRANSLATE_NOOP(
        "formats", "Holds every span, annotator and origin, and the texts. Cannot hold: regions of the page, dates."
    ),
    "doccano": QT_TRANSLATE_NOOP("formats", "Holds every span. Cannot hold: annotators."),
    "gate": QT_TRANSLATE_NOOP("formats", "Holds every span, nested and crossing. Cannot hold: regions of the page."),
    "huggingface": QT_TRANSLATE_NOOP(
        "formats",
        "A folder: every span of every annotator, its origin, flat tokens with tags, and a card. Loses nothing.",
    ),
    "json": QT_TRANSLATE_NOOP(
        "formats", "Holds every span of every annotator, its origin, and the regions of the page. Loses nothing."
    ),
    "jsonl": QT_TRANSLATE_NOOP(
        "formats", "Holds every span of every annotator, its origin, and the regions of the page. Loses nothing."
    ),
    "label-studio": QT_TRANSLATE_NOOP(
        "formats", "Holds every span, annotator and origin. Cannot hold: regions of the page."
    ),
    "parquet": QT_TRANSLATE_NOOP(
        "formats", "Holds every span of every annotator, its origin, and flat tokens with tags. Loses nothing."
    ),
    "prodigy": QT_TRANSLATE_NOOP(
        "formats", "Holds every span on whole tokens, annotator and origin. Cannot hold: regions of the page."
    ),
    "spacy": QT_TRANSLATE_NOOP(
        "formats", "Holds every span, and the longest ones also as entities. Cannot hold: annotators."
    ),
    "tei": QT_TRANSLATE_NOOP(
        "formats",
        "Holds every span, nested ones inline and all in standOff, annotator and origin. Cannot hold: regions of the "
        "page.",
    ),
    "webanno": QT_TRANSLATE_NOOP(
        "formats",
        "Holds nested spans, parts of words as sub-tokens. Cannot hold: annotators, the spaces between sentences.",
    ),
    "xmi": QT_TRANSLATE_NOOP(
        "formats", "Holds nested and crossing spans. Cannot hold: annotators, characters that XML does not allow."
    ),
}


def format_name(name: str) -> str:
    """Return the name of a reader or writer in the current language; a plug-in keeps its own name."""
    return QCoreApplication.translate("formats", _NAMES[name]) if name in _NAMES else name


def format_holds(name: str) -> str:
    """Return what a format can and cannot hold, or nothing for an unknown one."""
    return QCoreApplication.translate("formats", _HOLDS[name]) if name in _HOLDS else ""
