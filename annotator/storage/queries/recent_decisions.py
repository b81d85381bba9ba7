"""An annotator's last decisions on suggestions, read from the log once and then kept true from its end."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.model.edit import CellKind, Edit, VerdictValue
from annotator.domain.model.suggestion import Verdict
from annotator.domain.review.visibility import is_undecided
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.errors import translate_decode_errors

_LATEST = "select * from edits where annotator = ? and id < ? order by id desc limit ?"
_NEWER = "select * from edits where id > ? order by id"
_CHUNK = 100
_SPARE = 3
"""How many times as many decisions as are asked about are read, so that taking some back needs no new reading."""


class RecentDecisions:
    """How often the last decisions of one annotator accepted the suggestion; costs what was decided since it was asked.

    A decision that was taken back is none.
    """

    def __init__(self, connection: ProjectConnection, annotator_id: str) -> None:
        """Read the log of an open store."""
        self._connection = connection
        self._annotator = annotator_id
        self.forget()

    def forget(self) -> None:
        """Read all anew next time."""
        # What stands last at each (document, key), the latest at the end: accepted or not, None for no decision.
        self._made: dict[tuple[str, str], bool | None] = {}
        self._latest: str | None = None
        self._whole = False
        self._edits = 0

    def check(self, edits: int) -> None:
        """Forget what is known where the log has another number of edits than it should: a merge put some in between.

        edits is how many there are. If many came in, they are not read: the last decisions are read again from the end.
        """
        if edits - self._edits > _CHUNK:
            self.forget()
        self._follow()
        if self._latest is not None and edits != self._edits:
            self.forget()

    def agreement(self, last: int) -> tuple[int, int]:
        """Return how many of the last decisions accepted the suggestion, and how many these were, at most last."""
        self._follow()
        found = self._found(last)
        if len(found) < last and not self._whole:
            self._read_back(last * _SPARE)
            found = self._found(last)
        return sum(found), len(found)

    def _found(self, last: int) -> list[bool]:
        """Return the last decisions that are known, at most so many."""
        found: list[bool] = []
        for accepted in reversed(self._made.values()):
            if len(found) == last:
                break
            if accepted is not None:
                found.append(accepted)
        return found

    def _follow(self) -> None:
        """Take in what was appended to the log since."""
        for edit in self._read(_NEWER, [self._latest]) if self._latest is not None else ():
            self._latest, self._edits = edit.id, self._edits + 1
            for write in edit.writes if edit.annotator == self._annotator else ():
                if write.cell is CellKind.VERDICT:
                    place = (write.document, write.key)
                    self._made.pop(place, None)
                    self._made[place] = _accepted(write.verdicts[1])

    def _read_back(self, enough: int) -> None:
        """Read the log from its end, until so many decisions were found or it begins."""
        newest_first: dict[tuple[str, str], bool | None] = {}
        before, self._whole = "~", False
        with self._connection.reading() as db:
            self._edits, self._latest = db.execute("select count(*), coalesce(max(id), '') from edits").fetchone()
        while sum(made is not None for made in newest_first.values()) < enough and not self._whole:
            edits = list(self._read(_LATEST, [self._annotator, before, _CHUNK]))
            for edit in edits:
                before = edit.id
                for write in reversed(edit.writes):
                    if write.cell is CellKind.VERDICT:
                        newest_first.setdefault((write.document, write.key), _accepted(write.verdicts[1]))
            self._whole = len(edits) < _CHUNK
        self._made = dict(reversed(newest_first.items()))

    def _read(self, query: str, arguments: list[object]) -> Iterable[Edit]:
        """Return the edits that a query finds."""
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            return list(map(self._connection.edit, db.query(query, arguments)))


def _accepted(verdict: VerdictValue | None) -> bool | None:
    """Tell whether a verdict accepted its suggestion; None where it decided nothing."""
    return None if verdict is None or is_undecided(verdict) else verdict["verdict"] == Verdict.ACCEPTED
