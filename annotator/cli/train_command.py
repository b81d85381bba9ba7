"""annotator train"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.domain.plurals import pluralise


@click.command()
@click.argument("project", type=PROJECT)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def train(project: Path, as_json: bool) -> None:
    """Train the project's own suggestion model.

    The model learns from every decision in the project. The command prints the F1 of the combined suggestions before,
    and with the new model: exact spans, cross-validated, on articles that the old model has not seen. The new model is
    used only if they are at least as good with it. The editor does the same in the background while articles are
    finished.

    The suggester "learned" uses the model; run "annotator suggest PROJECT" next.

    Example:  annotator train news.annot
    """
    from annotator.services.suggesting.train import train_project
    from annotator.storage.project import Project
    from annotator.suggest.learned.train import MIN_DOCUMENTS

    with Project.open(project) as opened:
        outcome = train_project(opened)
    if as_json:
        echo_json(asdict(outcome) if outcome else None, indent=None)
    elif outcome is None:
        echo(f"Too few decisions to train on. Decide on at least {MIN_DOCUMENTS} articles that contain names.")
    else:
        kept = "The new model is in use." if outcome.kept_new else "The new model is not used."
        echo(
            f"Trained on {pluralise(outcome.documents, 'article')} with {pluralise(outcome.names, 'name')} in "
            f"{outcome.seconds:.1f} s. F1 {outcome.before:.3f} before, {outcome.after:.3f} after. {kept}"
        )
