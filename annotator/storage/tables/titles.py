"""The titles of documents in SQL: the one that an annotator gave, or else the imported one."""

from __future__ import annotations


def present_title(document: str) -> str:
    """Return the SQL expression for the present title of a row of the table articles, given its name or alias."""
    return f"coalesce((select t.title from titles t where t.document = {document}.id), {document}.title)"  # noqa: S608
