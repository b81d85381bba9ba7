"""The condition that keeps removed documents out of a query.

A removed document stays in the file, with all that was decided in it, so that the removal can be taken back. Everything
but the log, a merge, a backup and a check leaves it out.
"""

from __future__ import annotations

REMOVED = "(select document from removals union all select document from erased_documents)"
"""The documents that were removed, or whose text was erased; for: document not in HIDDEN."""
ERASED = "(select document from erased_documents)"
"""The documents whose text was erased: the id is there, and nothing else."""
