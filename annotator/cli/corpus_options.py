"""The options of an export that make it a corpus: a folder, split, with a card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.options import Command

if TYPE_CHECKING:
    from annotator.services.corpus.export import CorpusOptions

_OPTIONS = (
    click.option(
        "--split",
        metavar="PARTS",
        help="Make OUT a folder with train, dev and test files and a card: 80/10/10, or 90/10 without dev, or 100.",
    ),
    click.option(
        "--by",
        type=click.Choice(["hash", "label", "date", "source"]),
        default="hash",
        show_default=True,
        help="Split by each document's hash, stratified by label, older from newer, or no source on two sides.",
    ),
    click.option("--seed", type=int, default=0, show_default=True, help="Another number gives another split."),
    click.option(
        "--manifest",
        type=click.Path(path_type=Path, dir_okay=False, readable=False),
        metavar="FILE",
        help="manifest.json of an earlier split: its documents keep their sides.",
    ),
    click.option(
        "--undated",
        type=click.Choice(["train", "leave-out"]),
        default="train",
        show_default=True,
        help="Where documents without a date go in a split by date.",
    ),
    click.option("--title", default="", metavar="TEXT", help="The card's title; by default OUT's name."),
    click.option("--licence", default="", metavar="NAME", help="The card's licence, as cc-by-4.0, or in words."),
    click.option("--name-annotators", is_flag=True, help="Let the folder's card and files name the annotators."),
    click.option("--no-plots", is_flag=True, help="Draw no plots for the card."),
)
_OF_SPLIT = ("by", "seed", "manifest", "undated", "title", "licence", "name_annotators", "no_plots")


def corpus_options(command: Command) -> Command:
    """Add the options to a command, which takes them as keywords."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def corpus_plan(format: str, wishes: dict[str, Any]) -> CorpusOptions | None:
    """Return what is asked of a corpus, or None where one file is asked for.

    The format huggingface always makes a folder, with all documents in train unless it is split. Raises UsageError
    where an option is given that one file has no use for.
    """
    from annotator.domain.corpus.split import SplitPlan, SplitRule, parse_parts
    from annotator.services.corpus.export import CorpusOptions

    ctx = click.get_current_context()
    given = [name for name in _OF_SPLIT if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE]
    if not wishes["split"] and format != "huggingface":
        if given:
            raise click.UsageError(f"--{given[0].replace('_', '-')} needs --split, as --split 80/10/10.")
        return None
    if not format:
        raise click.UsageError("--split needs --format, as --format conll.")
    return CorpusOptions(
        plan=SplitPlan(
            parse_parts(wishes["split"] or "100"), SplitRule(wishes["by"]), wishes["seed"], wishes["undated"]
        ),
        manifest=wishes["manifest"],
        name=wishes["title"],
        licence=wishes["licence"],
        name_annotators=wishes["name_annotators"],
        plots=not wishes["no_plots"],
    )
