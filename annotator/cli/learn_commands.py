"""The command by which a project learns from its own decisions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.domain.plurals import pluralise


@click.command(short_help="Train a project's own model on its decisions.")
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def train(project: Path, as_json: bool) -> None:
    """Train a project's own model on all that was decided in it.

    Says the F1 (exact spans, by cross-validation) of the model so far and of the new one on the documents that the one
    so far has not learnt from; where the new one is worse the old one stays. The editor does the same by itself, as
    articles are done. The suggester learned uses the model: annotator suggest PROJECT.
    """
    from annotator.services.suggesting.train import train_project
    from annotator.storage.project import Project
    from annotator.suggest.learned.train import MIN_DOCUMENTS

    with Project.open(project) as opened:
        outcome = train_project(opened)
    if as_json:
        echo_json(asdict(outcome) if outcome else None, indent=None)
    elif outcome is None:
        echo(f"There is too little to learn from: decide on at least {MIN_DOCUMENTS} articles with names in them.")
    else:
        kept = "the new model is in use." if outcome.kept_new else "the old one is better and stays."
        echo(
            f"Learnt from {pluralise(outcome.documents, 'article')} with {pluralise(outcome.names, 'name')} in "
            f"{outcome.seconds:.1f} s: "
            f"F1 {outcome.before:.3f} before, {outcome.after:.3f} after; {kept}"
        )
