"""Find the articles that a command is to remove: by id, or those in files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.errors import InputError
from annotator.formats.base.record import Problem, Record
from annotator.services.importing.files import list_files, read_file
from annotator.services.importing.record_to_document import to_document
from annotator.storage.project import Project

_FEWEST = 6
"""The fewest characters of an id that a command accepts."""


def find_articles(project: Project, names: Iterable[str]) -> list[str]:
    """Return the ids of the articles with these ids or beginnings of ids, removed or not.

    Raises InputError for a name that no article or several articles have.
    """
    found = []
    for name in names:
        ids = project.documents.ids_with_prefix(name) if len(name) >= _FEWEST else []
        if not ids:
            raise InputError(
                "No article ID begins with {name}. Give the full ID, or at least {fewest} characters of it.",
                name=name,
                fewest=_FEWEST,
            )
        if len(ids) > 1:
            raise InputError("Several article IDs begin with {name}. Give more characters.", name=name)
        found += ids
    return found


def articles_in(paths: Iterable[Path]) -> list[str]:
    """Return the ids of the articles in files and folders; unreadable files are skipped.

    Raises InputError if there is no article in them.
    """
    paths = list(paths)
    problems: list[Problem] = []
    found: dict[str, None] = {}
    for path, _ in list_files(paths, problems, None, []):
        for item in read_file(path, None, None):
            document = to_document(item) if isinstance(item, Record) else item
            if not isinstance(document, Problem):
                found[document.id] = None
    if not found:
        raise InputError("No articles found in {paths}.", paths=", ".join(map(str, paths)))
    return list(found)
