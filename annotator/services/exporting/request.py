"""What an export is asked to do: one value for a file, a dataset folder and a dry run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.corpus.split import SplitPlan
from annotator.errors import ExportError
from annotator.formats.base.writer import CLITICS, NESTED, SCHEMES, WriteOptions, Writer
from annotator.formats.registry import find_writer, writer_names, writers
from annotator.services.exporting.selection import EVERYTHING, Selection

_TAGGED = ("conll",)
_TOKENISED = ("conll", "conllu", "huggingface", "parquet")
USED_BY = {"clitics": _TOKENISED, "scheme": _TAGGED, "nested": _TAGGED, "docstart": _TAGGED}
"""The built-in formats that each option applies to. A plug-in is given all options."""
_DEFAULTS = WriteOptions()


@dataclass(frozen=True, slots=True)
class PseudonymOptions:
    """Which names an export replaces, and where the list of names and pseudonyms is kept.

    labels: the labels whose spans are names of persons. key_file: the list, or None to keep none; an existing list is
    used and extended. It must not lie inside the export. salt: another text gives other pseudonyms. The same project,
    key file and salt always give the same ones.
    """

    labels: tuple[str, ...]
    key_file: Path | None = None
    salt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusOptions:
    """How a dataset folder is split and described.

    plan: how to split. manifest: that of an earlier split, whose assignments are kept. name: the title of the dataset
    card, by default the folder's name. licence: an identifier of the Hugging Face hub, or words. name_annotators: write
    annotators' names; otherwise they are called annotator- and the beginning of their random id. plots: draw plots, if
    matplotlib is installed.
    """

    plan: SplitPlan
    manifest: Path | None = None
    name: str = ""
    licence: str = ""
    name_annotators: bool = False
    plots: bool = True


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export, and how.

    Example, finished articles as CoNLL with one column for each level of nesting:

        ExportRequest("conll", WriteOptions(nested="columns"), Selection(documents=Documents.FINISHED))

    format: the name of a writer. options: how it writes. Its names replace annotators' own
    names, by id; the export fills in labels and suggestions.
    selection: which annotations of which documents. pseudonyms: which names are replaced, None for none. corpus: makes
    the export a dataset folder. strict: refuse to write if a span would be altered or lost, a note would be lost, or
    the format cannot say which of several annotators made a span.
    """

    format: str
    options: WriteOptions = _DEFAULTS
    selection: Selection = EVERYTHING
    pseudonyms: PseudonymOptions | None = None
    corpus: CorpusOptions | None = None
    strict: bool = False

    def find_writer(self) -> Writer:
        """Return the writer of the format.

        Raises ExportError if the format, the value of an option or the combination of both does not exist.
        """
        writer = find_writer(self.format)
        _check_choice("clitic policy", self.options.clitics, CLITICS)
        _check_choice("tagging scheme", self.options.scheme, SCHEMES)
        _check_choice("choice for nested spans", self.options.nested, NESTED)
        _check_options_apply(self.format, writer, self.options)
        if self.selection.include_suggestions and not _marks_suggestions(writer):
            raise ExportError(
                "{format} cannot mark suggestions. Exclude them, or use one of: {known}.",
                format=self.format,
                known=", ".join(name for name, other in writers().items() if _marks_suggestions(other)),
            )
        return writer


def _check_choice(what: str, chosen: str, known: Sequence[str]) -> None:
    if chosen not in known:
        raise ExportError(
            "Unknown {what}: {name}. Choose one of: {known}.", what=what, name=chosen, known=", ".join(known)
        )


def _check_options_apply(format: str, writer: Writer, options: WriteOptions) -> None:
    """Raise ExportError if an option is not at its default and changes nothing in this format."""
    if not type(writer).__module__.startswith("annotator."):
        return
    for option, formats in USED_BY.items():
        if format not in formats and getattr(options, option) != getattr(_DEFAULTS, option):
            raise ExportError(
                "--{option} does not apply to {format}. Remove it, or use one of: {known}.",
                format=format,
                option=option,
                known=", ".join(name for name in formats if name in writer_names()),
            )


def _marks_suggestions(writer: Writer) -> bool:
    return getattr(writer, "holds_suggestions", False)
