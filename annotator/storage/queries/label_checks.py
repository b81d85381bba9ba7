"""What a check of labels reads: the articles that an annotator labelled, what was found right, and the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.label_check.case import LabelRule
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.rows import CHECKS, RULES, to_json
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED

_DONE = "select document from statuses where annotator = :who and status = 'done'"
_LABELLED = f"""
    select id from articles where id not in {REMOVED}
    and id in ({{}}) order by stamp, id
"""  # noqa: S608
_ANY = f"select document from spans where annotator = :who union {_DONE}"  # noqa: S608
_GOLD = "select document from gold where key = ''"


@dataclass(frozen=True, slots=True)
class LabelledDocuments:
    """Document ids in the order of import: those to check, and how many were left out because they are not finished."""

    ids: Sequence[str]
    unfinished: int = 0


class LabelChecks:
    """Reads what a check of labels needs from a project."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def labelled(self, annotator: str, *, include_unfinished: bool = False) -> LabelledDocuments:
        """Return the documents that an annotator (an id) labelled.

        Those that are not marked as done are left out, unless none is, as after an import, or include_unfinished is
        set: what is not labelled in them says nothing.
        """
        with self._connection.reading() as db:
            every = [row[0] for row in db.execute(_LABELLED.format(_ANY), {"who": annotator})]
            done = [row[0] for row in db.execute(_LABELLED.format(_DONE), {"who": annotator})]
        if include_unfinished or not done:
            return LabelledDocuments(every)
        return LabelledDocuments(done, len(every) - len(done))

    def settled(self) -> LabelledDocuments:
        """Return the documents that an adjudicator settled."""
        with self._connection.reading() as db:
            return LabelledDocuments([row[0] for row in db.execute(_LABELLED.format(_GOLD))])

    def found_right(self, document_ids: Sequence[str]) -> set[tuple[str, str, str]]:
        """Return what anybody found right in some documents, as (document id, checked_key(), label)."""
        query = f"select document, key, label from {CHECKS.name} where document in (select value from json_each(?))"  # noqa: S608
        now = self._labels.ids.now
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            rows = db.execute(query, [to_json(list(document_ids))])
            return {(document, key, now(label) if label else "") for document, key, label in rows}

    def rules(self) -> list[LabelRule]:
        """Return the rules of the project by label and pattern, without those for labels that were removed."""
        ids = self._labels.ids
        query = f"select key, pattern, label from {RULES.name}"  # noqa: S608
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            rows = db.execute(query).fetchall()
        rules = [LabelRule(key, pattern, ids.now(label)) for key, pattern, label in rows if label not in ids.gone]
        return sorted(rules, key=lambda rule: (rule.label, rule.pattern, rule.key))
