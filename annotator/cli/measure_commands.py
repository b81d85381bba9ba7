"""Commands that measure: how good suggestions are, and what work they leave."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.options import labels_option, reader_options
from annotator.cli.output import echo, echo_json
from annotator.cli.progress import Progress
from annotator.cli.table import render_table

tagset_option = click.option(
    "--tagset", default="security", show_default=True, help="The labels to speak: a bundled tagset, or a JSON file."
)
GOLD = click.argument("gold", type=PROJECT)


@click.command(short_help="Score suggesters against a gold file.")
@GOLD
@click.option("--with", "names", multiple=True, required=True, metavar="NAME", help="A suggester; may be given again.")
@click.option(
    "--tagset", help="The labels to speak: a bundled tagset, or a JSON file.  [default: the one that has GOLD's]"
)
@labels_option
@click.option(
    "--clitics",
    type=click.Choice(["auto", "exact", "word"]),
    default="auto",
    show_default=True,
    help="Compare every character, or whole words with the clitics on them; auto: words if GOLD labels whole words.",
)
@click.option("--threshold", type=click.FloatRange(0, 1), default=0.0, help="The lowest score that counts.")
@reader_options
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Threads for a neural model.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def evaluate(
    gold: Path,
    names: tuple[str, ...],
    tagset: str | None,
    labels: Path | None,
    clitics: str,
    threshold: float,
    reader: str | None,
    sentences: int,
    threads: int,
    as_json: bool,
) -> None:
    """Score suggesters against the annotations in the file GOLD, which may be CoNLL, JSON or JSON Lines.

    A suggestion is right when a gold span has exactly its characters and its label; the last line is over all spans
    (micro). overlap F1 counts any overlap of the same label. The map says for the labels of GOLD and of
    the suggester alike as what they are compared; what it drops, and labels that GOLD never gives, are not compared,
    and are named. Speed is in tokens a second, without the time to load.
    """
    from annotator.domain.model.label_map import LabelMap
    from annotator.formats.base.label_map_file import read_label_map
    from annotator.formats.base.reader import ReadOptions
    from annotator.services.evaluation.evaluate import evaluate_suggester, fitting_tagset, table
    from annotator.services.evaluation.gold import format_counts, read_gold
    from annotator.storage.tables.tagsets import load_tagset

    mapping = read_label_map(labels) if labels else LabelMap()
    read = read_gold(gold, LabelMap(), reader, ReadOptions(sentences))
    spoken = load_tagset(tagset or fitting_tagset(read, mapping))
    found = [
        evaluate_suggester(read, name, spoken, mapping, clitics=clitics, threshold=threshold, threads=threads)
        for name in names
    ]
    if as_json:
        echo_json([each.to_json() for each in found])
        return
    for problem in read.problems:
        echo(f"{problem.place}: {problem.message}", err=True)
    head = ("suggester", "label", "precision", "recall", "F1", "overlap F1", "gold", "suggested")
    for line in render_table(head, table(found)):
        echo(line)
    by_words = found[0].clitics == "word"
    echo(f"Spoken: {spoken.name}. Compared by {'whole words, clitics included' if by_words else 'exact characters'}.")
    for each in found:
        speed = f"{each.scores.tokens_per_second:,.0f} tokens a second, loaded in {each.load_seconds:.2f} s"
        echo(f"{each.suggester} {each.version}: {speed}.")
        if each.not_compared:
            echo(
                f"{each.suggester}: not compared, since {gold.name} never has them: "
                f"{format_counts(each.not_compared.items())}."
            )
        for message in each.problems:
            echo(message, err=True)
    if found[0].dropped:
        echo(f"Not compared, as the map says: {format_counts(found[0].dropped.items())}.")


@click.command(short_help="Count the decisions that labelling a file takes.")
@GOLD
@click.option(
    "--with",
    "names",
    multiple=True,
    metavar="NAME",
    help="Suggesters to work with, several at once as A+B; may be given again. By default all that can run here.",
)
@tagset_option
@labels_option
@click.option(
    "--clitics",
    type=click.Choice(["tagset", "word"]),
    default="tagset",
    show_default=True,
    help="Where suggested names begin: as the tagset says, or with the clitics on them, as ANERcorp labels them.",
)
@click.option("--threshold", type=click.FloatRange(0, 1), help="The lowest score shown, by default the editor's.")
@click.option("--documents", type=click.IntRange(1), help="Only so many documents from the beginning.")
@reader_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array, with every document.")
def simulate(
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
    """Count the decisions that labelling the file GOLD takes, with and without suggestions.

    A simulated annotator works through the documents with the editor's own gestures until its labels are
    exactly those of GOLD: without suggestions, with those of each suggester, and with those that learn besides:
    memory suggests in each next document the names of earlier decisions, learned is the project's own model.

    \b
    It costs one decision each:
      Enter      where a suggestion has the right span and label
      digit      where only its label is wrong
      boundary   to move one edge of it by a word or letter, where that and Enter
                 take no more than Delete, selection and digit
      Delete     else
      selection  and a digit for each name that is missing then

    Presses are those of the keyboard alone, with the arrows from name to name. Labels must be the tagset's; the map
    says what others become, and what is dropped.
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    from dataclasses import replace

    from annotator.domain.model.label_map import LabelMap
    from annotator.formats.base.label_map_file import read_label_map
    from annotator.formats.base.reader import ReadOptions
    from annotator.services.evaluation.gold import format_counts, read_gold
    from annotator.services.evaluation.simulation import conditions, curve_rows, effort_rows
    from annotator.services.evaluation.simulation import simulate as play
    from annotator.services.importing.annotations import check_labels
    from annotator.storage.tables.tagsets import load_tagset

    spoken = load_tagset(tagset)
    if clitics == "word":
        spoken = replace(spoken, clitics="inside")
    read = read_gold(gold, read_label_map(labels) if labels else LabelMap(), reader, ReadOptions(sentences))
    check_labels(read.labels(), LabelMap(), spoken)
    chosen = read.documents[:documents]
    found = []
    for condition in conditions(names):
        with Progress(str(condition)) as progress:
            found.append(play(chosen, spoken, condition, threshold=threshold, progress=progress))
    if as_json:
        echo_json([each.to_json() for each in found])
        return
    for problem in read.problems:
        echo(f"{problem.place}: {problem.message}", err=True)
    if read.dropped:
        echo(f"Left out, as the map says: {format_counts(read.dropped.items())}.")
    if found[0].unreachable:
        echo(f"Spans of {gold.name} that cannot stand beside others here, left out: {found[0].unreachable:,}.")
    for line in render_table(*effort_rows(found)):
        echo(line)
    echo()
    echo("Decisions per entity, by document:")
    for line in render_table(*curve_rows(found)):
        echo(line)
