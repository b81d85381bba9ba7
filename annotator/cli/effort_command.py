"""annotator effort"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.options import labels_option, reader_options, suggester_option
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar
from annotator.cli.table import render_table


@click.command()
@click.argument("gold", type=PROJECT)
@suggester_option("A suggester, A+B combined, or default for all combined; repeatable.  [default: starter, default]")
@click.option("--tagset", default="security", show_default=True, help="A bundled tagset, or a JSON file.")
@labels_option
@click.option(
    "--clitics",
    type=click.Choice(["tagset", "word"]),
    default="tagset",
    show_default=True,
    help="Where suggested names begin: as the tagset says, or with their clitics as in ANERcorp.",
)
@click.option("--threshold", type=click.FloatRange(0, 1), help="Hide suggestions below this.  [default: the editor's]")
@click.option("--documents", type=click.IntRange(1), help="Label only this many articles, from the beginning.")
@reader_options
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array with every article.")
def effort(
    gold: Path,
    names: tuple[str, ...],
    tagset: str,
    labels: Path | None,
    clitics: str,
    threshold: float | None,
    documents: int | None,
    reader: str | None,
    sentences: int,
    as_json: bool,
) -> None:
    """Count the decisions needed to label a gold file.

    A simulated annotator labels the articles of GOLD with the editor's own commands, until the labels are exactly those
    of GOLD. It does so without suggestions, with each suggester, and with those that learn from the decisions: memory
    and learned.

    \b
    Each of these counts as one decision:
      Enter      if a suggestion has the right span and label
      digit      if only its label is wrong
      boundary   moving one edge by a word or letter, if one move is enough
      Delete     any other suggestion
      selection  and a digit, for a name that is suggested wrongly, or is
                 still missing and not even suggested weakly
      jump       the same, if its first letters are quicker to press than
                 the arrows from the last name

    Presses are the keys pressed, including those from name to name. All labels must be in the tagset; map or drop the
    others with --label-map.

    Example:  annotator effort gold.conll --suggester starter+lexicon
    """
    from annotator.domain.model.label_map import LabelMap
    from annotator.formats.base.label_map_file import read_label_map
    from annotator.formats.base.reader import ReadOptions
    from annotator.services.evaluation.gold import format_counts, read_gold
    from annotator.services.evaluation.simulation import conditions, curve_rows, effort_rows, simulate
    from annotator.services.importing.annotations import check_labels
    from annotator.storage.tables.tagsets import load_tagset

    used = load_tagset(tagset)
    if clitics == "word":
        used = replace(used, clitics="inside")
    read = read_gold(gold, read_label_map(labels) if labels else LabelMap(), reader, ReadOptions(sentences))
    check_labels(read.labels(), LabelMap(), used)
    chosen = read.documents[:documents]
    found = []
    for condition in conditions(names):
        with ProgressBar(str(condition)) as progress:
            found.append(simulate(chosen, used, condition, threshold=threshold, progress=progress))
    if as_json:
        echo_json([each.to_json() for each in found])
        return
    for problem in read.problems:
        echo(f"{problem.place}: {problem.message}", err=True)
    if read.dropped:
        echo(f"Dropped by the label map: {format_counts(read.dropped.items())}.")
    if found[0].unreachable:
        echo(f"Spans of {gold.name} that overlap others in a way the tagset does not allow: {found[0].unreachable:,}.")
    for line in render_table(*effort_rows(found)):
        echo(line)
    echo()
    echo("Decisions per entity, by article:")
    for line in render_table(*curve_rows(found)):
        echo(line)
