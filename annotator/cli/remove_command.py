"""The command that removes articles from a project, and brings them back."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo
from annotator.domain.plurals import pluralise

_FILES = click.Path(exists=True, path_type=Path)


@click.command(short_help="Remove articles from a project, or bring them back.")
@click.argument("project", type=PROJECT)
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--from", "files", multiple=True, type=_FILES, help="Also the articles in a file or folder.")
@click.option("--back", is_flag=True, help="Bring removed articles back, with all that was decided in them.")
def remove(project: Path, articles: tuple[str, ...], files: tuple[Path, ...], back: bool) -> None:
    """Remove articles from a project, or bring them back.

    An article is named by its id, or the first characters of it; --from names all that an import of a file added.
    Removed articles are in no list, suggestion, statistic or export. What was decided in them stays in the log, so undo
    in the window brings them back too, as does importing them again. "annotator check --purge" erases their text.
    """
    from annotator.services.project.remove_articles import articles_in, find_articles
    from annotator.session import Session
    from annotator.storage.file.identity import current_annotator
    from annotator.storage.project import Project

    if not articles and not files:
        raise click.UsageError("Name an article, or a file with --from.")
    with Project.open(project) as opened:
        wanted = list(dict.fromkeys((*find_articles(opened, articles), *(articles_in(files) if files else ()))))
        session = Session(opened, current_annotator())
        change = session.restore_articles(wanted) if back else session.remove_articles(wanted)
        erased = len(opened.documents.erased(wanted)) if back else 0
    echo(f"{pluralise(len(change.documents) if change else 0, 'article')} {'brought back' if back else 'removed'}.")
    if erased:
        echo(f"The text of {pluralise(erased, 'article')} was erased; import the file again to bring it back.")
