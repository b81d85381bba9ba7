"""The command that carries data out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator.cli.corpus_options import corpus_options, corpus_plan
from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.progress import Progress
from annotator.cli.selection_options import pseudonyms_of, selection_of, selection_options


@click.command("export", short_help="Write what was confirmed to a file, or a folder.")
@click.argument("project", type=PROJECT)
@click.argument("out", type=click.Path(path_type=Path, readable=False))
@click.option("--format", "format_", metavar="NAME", help="By default as OUT's name ends; a wrong one lists all.")
@click.option(
    "--clitics",
    type=click.Choice(["word", "split"]),
    default="word",
    show_default=True,
    help="CoNLL: label the whole word that a clitic is written onto, or make the clitic a token.",
)
@click.option(
    "--scheme",
    type=click.Choice(["IOB2", "IOBES", "BILOU", "IO"], case_sensitive=False),
    default="IOB2",
    show_default=True,
    help="CoNLL: how tags are written.",
)
@click.option(
    "--nested",
    type=click.Choice(["outer", "inner", "columns"]),
    default="outer",
    show_default=True,
    help="CoNLL: of spans that share words write the outer ones, the inner ones, or each level in a column.",
)
@click.option("--docstart", is_flag=True, help="CoNLL: begin documents with -DOCSTART- and not with a comment.")
@click.option("--include-debris", is_flag=True, help="Write page debris (share buttons and the like) too.")
@click.option("--strict", is_flag=True, help="Write nothing where a span, a note or whose a span is would be lost.")
@selection_options
@corpus_options
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
def export_(
    project: Path,
    out: Path,
    format_: str | None,
    clitics: str,
    scheme: str,
    nested: str,
    docstart: bool,
    include_debris: bool,
    strict: bool,
    as_json: bool,
    **wishes: Any,
) -> None:
    """Write all confirmed annotations to the file OUT, or with --split to a folder.

    Only finished articles are exported: those that somebody asked for with --annotator and --whose called done.
    --documents labelled exports begun ones too, --documents all also those that nobody touched, which look like text
    without any name. What is left out is pluralise by its state.

    The file is read back and compared with the project before it takes its name. Every span that
    could not be written exactly as it was confirmed is listed, with the reason, in
    export-report.json beside it.

    JSON and JSON Lines hold every span of every annotator to the character. CoNLL is flat unless --nested columns
    is given: of spans that share words the longest stands, equal spans of several annotators are written once, and
    a sentence that a span goes on over is joined to the next. Unconfirmed suggestions never leave, unless
    --with-suggestions marks them so.

    A document's voters are the annotators who called it done or, where nobody did, all who worked on it. What
    --annotator, --whose, --documents and --since leave out is pluralise in the report.

    --pseudonymise replaces a name wherever it is labelled, the same name by the same stand-in in the whole project,
    and its further mentions, labelled or not; offsets are those of the new text. A single word of a name that is an
    ordinary word or another name too is left where it is not labelled, and pluralise; so are titles, and a name that
    nobody labelled stays. Address, author and other fields are dropped, and notes. Annotators are called by their
    names, with --split by numbers. This hides names; it does not make a known article unknown.

    With --split, OUT holds a file for each side, README.md in the form of the Hugging Face hub, figures, plots, tagset,
    reports and manifest.json. Near-duplicates are on one side, and no document changes sides when more come in: by hash
    of itself, otherwise with --manifest.

    Formats: brat (zip), conll, conllu, csv, doccano, gate (zip), huggingface (a folder), json, jsonl, label-studio,
    parquet, prodigy, spacy, tei (zip), webanno (zip), xmi (zip); README.md says what each can hold. Notes and doubts go
    along where the format has a place for them.
    """
    from annotator.services.corpus.export import CorpusReport, export_corpus
    from annotator.services.exporting.export import export_project
    from annotator.services.exporting.report import ExportReport
    from annotator.storage.project import Project

    name = format_ or out.suffix.removeprefix(".")
    corpus = corpus_plan(name, wishes)
    if not name:
        raise click.UsageError(f"The name of {out} does not say the format; give --format, as --format conll.")
    how: dict[str, Any] = {
        "clitics": clitics,
        "scheme": scheme,
        "nested": nested,
        "docstart": docstart,
        "strict": strict,
        "include_debris": include_debris,
        "selection": selection_of(wishes),
        "pseudonyms": pseudonyms_of(wishes),
    }
    report: ExportReport | CorpusReport
    with Project.open_to_read(project) as opened, Progress("Exporting") as progress:
        if corpus:
            report = export_corpus(opened, out, name, corpus, progress=progress, **how)
        else:
            report = export_project(opened, out, name, progress=progress, **how)
    if as_json:
        echo_json(report.to_json())
    else:
        for line in report.lines():
            echo(line)
