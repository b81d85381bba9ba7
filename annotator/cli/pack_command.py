"""annotator pack"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.assign_command import split_names
from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.progress_bar import ProgressBar
from annotator.domain.plurals import pluralise


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--for", "people", callback=split_names, required=True, metavar="A,B,...", help="Annotators.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="Where to write packs.")
@click.option("--blind", is_flag=True, help="Leave out everything of other annotators, their names included.")
@click.option(
    "--suggestions",
    callback=split_names,
    metavar="NAME,...",
    help="Include the suggestions of these suggesters.  [default: all; if blind, none that carry decisions of others]",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def pack(
    project: Path,
    people: tuple[str, ...],
    out: Path,
    blind: bool,
    suggestions: tuple[str, ...] | None,
    as_json: bool,
) -> None:
    """Write a project file for each annotator to work in.

    A pack has the articles handed out to the annotator, the work done in them, the labels with their guidelines, and
    suggestions. It opens as the person it was made for. Merge it back with "annotator merge". Merge a newer pack into
    the file that the annotator already has; nothing is lost.

    Articles taken back since stay in the pack, so that the annotator's file learns of it.

    \b
    Examples:
      annotator pack news.annot --for Salma,Omar --out packs
      annotator pack news.annot --for Nour --out packs --blind --suggestions starter,lexicon
    """
    from annotator.services.team.pack import PackRequest, make_packs
    from annotator.storage.project import Project

    request = PackRequest(blind, None if suggestions is None else frozenset(suggestions))
    with Project.open_to_read(project) as opened, ProgressBar("Writing") as progress:
        packs = make_packs(opened, people, out, request, progress)
    if as_json:
        echo_json(
            [
                {
                    "name": each.person.name,
                    "id": each.person.id,
                    "path": str(each.path),
                    "documents": each.documents,
                    "edits": each.edits,
                    "suggester_runs": each.runs,
                    "omitted_edits": each.omitted,
                }
                for each in packs
            ]
        )
        return
    for each in packs:
        echo(f"{each.path}: {pluralise(each.documents, 'article')} and {pluralise(each.edits, 'edit')}.")
        if each.omitted:
            echo(f"  Left out: {pluralise(each.omitted, 'edit')} of others that also concern other articles.")
