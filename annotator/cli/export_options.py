"""The options of the export command, and the request that they make."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.options import Command, RenamedOption
from annotator.cli.output import echo

if TYPE_CHECKING:
    from annotator.domain.review.document_state import Documents
    from annotator.services.exporting.request import CorpusOptions, ExportRequest, PseudonymOptions
    from annotator.services.exporting.selection import Selection

_FILE = click.Path(path_type=Path, dir_okay=False, readable=False)

_SELECTION = (
    click.option(
        "--annotator", "annotators", multiple=True, metavar="NAME", help="Only this annotator (name or ID); repeatable."
    ),
    click.option(
        "--resolve",
        cls=RenamedOption,
        former=["--whose"],
        type=click.Choice(["all", "majority", "adjudicated"]),
        default="all",
        show_default=True,
        help="How to combine annotators.",
    ),
    click.option(
        "--documents",
        type=click.Choice(["finished", "labelled", "all"]),
        default="finished",
        show_default=True,
        help="Which articles: marked done, with any label, or all.",
    ),
    click.option("--done-only", is_flag=True, hidden=True, help="The former name of --documents finished."),
    click.option(
        "--since",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help="Only articles from this date on.",
    ),
    click.option(
        "--include-undated",
        cls=RenamedOption,
        former=["--keep-undated"],
        is_flag=True,
        help="With --since, keep articles without a date.",
    ),
    click.option(
        "--include-suggestions",
        cls=RenamedOption,
        former=["--with-suggestions"],
        is_flag=True,
        help="Add undecided suggestions, marked as such (csv, gate, huggingface, json, jsonl, label-studio, parquet, "
        "prodigy, tei).",
    ),
    click.option("--include-debris", is_flag=True, help="Add page debris such as share buttons."),
)
_CONLL = (
    click.option(
        "--clitics",
        type=click.Choice(["word", "split"]),
        default="word",
        show_default=True,
        help="CoNLL: label the whole word including its clitic, or split the clitic off.",
    ),
    click.option(
        "--scheme",
        type=click.Choice(["IOB2", "IOBES", "BILOU", "IO"], case_sensitive=False),
        default="IOB2",
        show_default=True,
        help="CoNLL: the tagging scheme.",
    ),
    click.option(
        "--nested",
        type=click.Choice(["outer", "inner", "columns"]),
        default="outer",
        show_default=True,
        help="CoNLL: for overlapping spans, write the outer ones, the inner ones, or one column per level.",
    ),
    click.option("--docstart", is_flag=True, help="CoNLL: start articles with -DOCSTART- instead of a comment."),
)
_PSEUDONYMS = (
    click.option(
        "--pseudonymise",
        "pseudonymise",
        cls=RenamedOption,
        spellings=["--pseudonymize"],
        multiple=True,
        metavar="LABEL",
        help="Replace names with this label (for example PERS); repeatable.",
    ),
    click.option(
        "--key-file",
        type=_FILE,
        metavar="FILE",
        help="Save the name-to-pseudonym list to FILE, or reuse it. Must be outside the export.",
    ),
    click.option(
        "--salt",
        cls=RenamedOption,
        former=["--key"],
        default="",
        metavar="TEXT",
        help="With --pseudonymise, derive different pseudonyms.",
    ),
)
_CORPUS = (
    click.option(
        "--split",
        metavar="PARTS",
        help="Make OUT a dataset folder. Train/dev/test percentages: 80/10/10, 90/10 (no dev) or 100.",
    ),
    click.option(
        "--split-by",
        cls=RenamedOption,
        former=["--by"],
        type=click.Choice(["hash", "label", "date", "source"]),
        default="hash",
        show_default=True,
        help="Split at random by hash, balanced by label, by date (newest in test), or with each source in one split.",
    ),
    click.option("--seed", type=int, default=0, show_default=True, help="Random seed of the split."),
    click.option("--manifest", type=_FILE, metavar="FILE", help="Keep the assignments of an earlier split."),
    click.option(
        "--undated",
        type=click.Choice(["train", "leave-out"]),
        default="train",
        show_default=True,
        help="With --split-by date, where articles without a date go.",
    ),
    click.option("--title", default="", metavar="TEXT", help="Dataset card title. [default: OUT's name]"),
    click.option(
        "--licence",
        cls=RenamedOption,
        spellings=["--license"],
        default="",
        metavar="NAME",
        help="Dataset card licence, for example cc-by-4.0.",
    ),
    click.option("--name-annotators", is_flag=True, help="Include annotators' names in the dataset folder."),
    click.option("--no-plots", is_flag=True, help="Do not draw plots."),
)
_ONLY_FOLDERS = ("split_by", "seed", "manifest", "undated", "title", "licence", "name_annotators", "no_plots")


def export_options(command: Command) -> Command:
    """Add the options to a command, which takes them as keywords."""
    strict = click.option("--strict", is_flag=True, help="Fail if a span, note or annotator would be lost.")
    for option in reversed((strict, *_SELECTION, *_CONLL, *_PSEUDONYMS, *_CORPUS)):
        command = option(command)
    return command


def export_request(format: str, options: dict[str, Any]) -> ExportRequest:
    """Return what the options ask for; raises UsageError for an option that needs another one."""
    from annotator.formats.base.writer import WriteOptions
    from annotator.services.exporting.request import ExportRequest

    return ExportRequest(
        format,
        WriteOptions(
            clitics=options["clitics"],
            include_debris=options["include_debris"],
            scheme=options["scheme"],
            nested=options["nested"],
            docstart=options["docstart"],
        ),
        _selection(options),
        _pseudonyms(options),
        _corpus(format, options),
        options["strict"],
    )


def _selection(options: dict[str, Any]) -> Selection:
    from annotator.services.exporting.selection import Resolution, Selection

    since: datetime.datetime | None = options["since"]
    if options["include_undated"] and since is None:
        raise click.UsageError("--include-undated needs --since.")
    return Selection(
        annotators=options["annotators"],
        resolution=Resolution(options["resolve"]),
        documents=_documents(options),
        since=since.date() if since else None,
        include_undated=options["include_undated"],
        include_suggestions=options["include_suggestions"],
    )


def _documents(options: dict[str, Any]) -> Documents:
    from annotator.domain.review.document_state import Documents

    chosen = Documents(options["documents"])
    if options["done_only"]:
        if chosen is not Documents.FINISHED:
            raise click.UsageError("--done-only means --documents finished; give one of the two.")
        echo("--done-only is now --documents finished, which is the default.", err=True)
    return chosen


def _pseudonyms(options: dict[str, Any]) -> PseudonymOptions | None:
    from annotator.services.exporting.request import PseudonymOptions

    if not options["pseudonymise"]:
        for name in ("key_file", "salt"):
            if options[name]:
                raise click.UsageError(f"--{name.replace('_', '-')} needs --pseudonymise, as --pseudonymise PERS.")
        return None
    return PseudonymOptions(options["pseudonymise"], options["key_file"], options["salt"])


def _corpus(format: str, options: dict[str, Any]) -> CorpusOptions | None:
    """Return the options of a dataset folder, None for a single file.

    The format huggingface always makes a folder, with all documents in train unless it is split.
    """
    from annotator.domain.corpus.split import SplitPlan, SplitRule, parse_parts
    from annotator.services.exporting.request import CorpusOptions

    ctx = click.get_current_context()
    given = [name for name in _ONLY_FOLDERS if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE]
    if not options["split"] and format != "huggingface":
        if given:
            raise click.UsageError(f"--{given[0].replace('_', '-')} needs --split, as --split 80/10/10.")
        return None
    if not format:
        raise click.UsageError("--split needs --format, as --format conll.")
    return CorpusOptions(
        plan=SplitPlan(
            parse_parts(options["split"] or "100"), SplitRule(options["split_by"]), options["seed"], options["undated"]
        ),
        manifest=options["manifest"],
        name=options["title"],
        licence=options["licence"],
        name_annotators=options["name_annotators"],
        plots=not options["no_plots"],
    )
