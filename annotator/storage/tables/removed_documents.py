"""SQL conditions that exclude removed documents.

A removed document stays in the file with all decisions in it, so that it can be restored. Everything skips it, except
the log, merges, backups and checks.
"""

from __future__ import annotations

REMOVED = "(select document from removals union all select document from erased_documents)"
"""Subquery of the documents that were removed or erased. Use it as: document not in REMOVED."""
ERASED = "(select document from erased_documents)"
"""Subquery of the documents whose text was erased, so that only their ids are left."""
