"""annotator remove"""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import PROJECT
from annotator.cli.options import json_option
from annotator.cli.output import echo, echo_json
from annotator.domain.plurals import pluralise

_FILES = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("project", type=PROJECT)
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--from", "files", multiple=True, type=_FILES, help="Also the articles in a file or folder.")
@click.option("--back", is_flag=True, help="Restore removed articles with all decisions made in them.")
@json_option
def remove(project: Path, articles: tuple[str, ...], files: tuple[Path, ...], back: bool, as_json: bool) -> None:
    """Remove articles from a project, or restore them.

    ARTICLE is an id or the beginning of one. Removed articles are not listed, counted or exported. The decisions made
    in them stay in the log: undo in the editor, --back, or importing the article again restores it. "annotator check
    --purge" erases their text.

    \b
    Examples:
      annotator remove news.annot --from duplicates/
      annotator remove news.annot --back 3f2a91
    """
    from annotator.services.project.remove_articles import articles_in, find_articles
    from annotator.services.team.identity import holder_of
    from annotator.session import Session
    from annotator.storage.project import Project

    if not articles and not files:
        raise click.UsageError("Name an article, or use --from FILE.")
    with Project.open(project) as opened:
        wanted = list(dict.fromkeys((*find_articles(opened, articles), *(articles_in(files) if files else ()))))
        session = Session(opened, holder_of(opened))
        change = session.restore_articles(wanted) if back else session.remove_articles(wanted)
        erased = len(opened.documents.erased(wanted)) if back else 0
    if as_json:
        changed = sorted(change.documents) if change else []
        echo_json({"restored" if back else "removed": changed, "erased": erased})
        return
    echo(f"{pluralise(len(change.documents) if change else 0, 'article')} {'restored' if back else 'removed'}.")
    if erased:
        echo(f"The text of {pluralise(erased, 'article')} was erased. To restore it, import the file again.")
