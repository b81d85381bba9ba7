"""annotator evaluate"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.options import labels_option, reader_options, suggester_option
from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table


@click.command()
@click.argument("gold", type=PROJECT)
@suggester_option(
    "A suggester to score, A+B combined, or default for what the editor shows; repeatable.", required=True
)
@click.option("--tagset", help="A bundled tagset, or a JSON file.  [default: the one with the labels of GOLD]")
@labels_option
@click.option(
    "--clitics",
    type=click.Choice(["auto", "exact", "word"]),
    default="auto",
    show_default=True,
    help="Compare exact characters, or whole words including their clitics. auto: words if GOLD labels whole words.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="Ignore suggestions below this.  [default: 0; for combined ones the editor's]",
)
@reader_options
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Threads for a neural model.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def evaluate(
    gold: Path,
    names: tuple[str, ...],
    tagset: str | None,
    labels: Path | None,
    clitics: str,
    threshold: float | None,
    reader: str | None,
    sentences: int,
    threads: int,
    as_json: bool,
) -> None:
    """Score suggesters against a gold file.

    GOLD is a file with annotations in any format that can be imported. A suggestion is correct if a gold span has
    exactly its characters and its label. The last line is the micro average over all spans. Overlap F1 counts any
    overlap of the same label. Speed is in tokens per second, without loading time.

    The label map applies to the labels of GOLD and of the suggester. Labels that it drops, and labels that GOLD never
    has, are not compared, and are listed.

    Example:  annotator evaluate gold.conll --suggester starter
    """
    from annotator.domain.model.label_map import LabelMap
    from annotator.formats.base.label_map_file import read_label_map
    from annotator.formats.base.reader import ReadOptions
    from annotator.services.evaluation.evaluate import Comparison, evaluate_suggester, fitting_tagset, table
    from annotator.services.evaluation.gold import format_counts, read_gold
    from annotator.storage.tables.tagsets import load_tagset

    mapping = read_label_map(labels) if labels else LabelMap()
    read = read_gold(gold, LabelMap(), reader, ReadOptions(sentences))
    used = load_tagset(tagset or fitting_tagset(read, mapping))
    comparison = Comparison(mapping, clitics, threshold)
    found = [evaluate_suggester(read, name, used, comparison, threads=threads) for name in names]
    if as_json:
        echo_json([each.to_json() for each in found])
        return
    for problem in read.problems:
        echo(f"{problem.place}: {problem.message}", err=True)
    head = ("suggester", "label", "precision", "recall", "F1", "overlap F1", "gold", "suggested")
    for line in render_table(head, table(found)):
        echo(line)
    compared = "whole words including clitics" if found[0].clitics == "word" else "exact characters"
    echo(f"Tagset: {used.name}. Compared: {compared}.")
    for each in found:
        speed = f"{each.scores.tokens_per_second:,.0f} tokens per second, loaded in {each.load_seconds:.2f} s"
        echo(f"{each.suggester} {each.version}: {speed}.")
        if each.not_compared:
            uncompared = format_counts(each.not_compared.items())
            echo(f"{each.suggester}: not compared, because {gold.name} has none: {uncompared}.")
        for message in each.problems:
            echo(message, err=True)
    if found[0].dropped:
        echo(f"Not compared, because the label map drops them: {format_counts(found[0].dropped.items())}.")
