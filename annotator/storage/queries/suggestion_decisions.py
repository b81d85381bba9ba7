"""What annotators made of suggestions: the decisions that say how far each suggester can be trusted."""

from __future__ import annotations

import json
from functools import lru_cache

from annotator.domain.model.edit import CellKind, VerdictValue
from annotator.domain.model.suggestion import Verdict
from annotator.domain.review.calibration import KNOTS, Calibrator, Curve, ScoreOutcome, round_score
from annotator.domain.review.visibility import is_undecided
from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.errors import translate_decode_errors
from annotator.storage.queries.recent_decisions import RecentDecisions
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED

_CASES = f"""
    select annotator, suggester, substr(rest, instr(rest, ':') + 1) as label,
        cast(score * 100 + 0.5 as integer) / 100.0 as score, sum(verdict = 'accepted'), count(*)
    from (
        select annotator, suggester, substr(key, instr(key, ':') + 1) as rest, score, verdict from verdicts
        where verdict in ('accepted', 'corrected', 'rejected') and document not in {REMOVED}
    )
    group by 1, 2, 3, 4 order by 2, 3, 4
"""  # noqa: S608
_DECIDED = f"""
    with work as (
        select document, annotator, 0 as done, count(*) as size from annotations group by 1, 2
        union all
        select document, annotator, 0, count(*) from verdicts
        where verdict in ('accepted', 'corrected', 'rejected') group by 1, 2
        union all
        select document, annotator, 1, 0 from statuses where status = 'done'
    ), shares as (
        select document, annotator, max(done) as done, sum(size) as size from work group by 1, 2
    ), ranked as (
        select *, row_number() over (partition by document order by done desc, size desc, annotator) as rank from shares
    )
    select document, annotator, done from ranked
    where rank = 1 and document not in {REMOVED} order by document
"""  # noqa: S608


class SuggestionDecisions:
    """The decided suggestions of a project, as evidence."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        """Read through an open store; labels are the project's."""
        self._connection = connection
        self._labels = labels

    def cases(self, annotator_id: str | None = None) -> list[ScoreOutcome]:
        """Return the decisions by suggester, label and score (to two places), of one annotator or of all.

        Only accepted suggestions count as right; a corrected one was wrong as it stood. Skipped ones are not decided.
        """
        return self.counts().cases(annotator_id)

    def counts(self) -> DecisionCounts:
        """Return all decisions, counted."""
        return DecisionCounts(self._connection, self._labels)

    def curves(self) -> dict[tuple[str, str], Curve]:
        """Return measured_curves() with the labels as they are called in this project now."""
        return self._labels.current_curves(measured_curves())

    def reliability(self) -> Calibrator:
        """Return what scores are worth: the tables that the program brings, moved by all decisions in the project."""
        return Calibrator(self.curves(), self.cases())

    def decided_documents(self) -> list[tuple[str, str, bool]]:
        """Return (document id, annotator id, done) for each document with decisions, by document id.

        Of several annotators the one is named who called it done, or else has decided most.
        """
        with self._connection.reading() as db:
            return [(document, annotator, bool(done)) for document, annotator, done in db.execute(_DECIDED)]

    def agreement(self, annotator_id: str, last: int = 100) -> tuple[int, int]:
        """Return how many of an annotator's last decisions on suggestions accepted them, and how many these were.

        A decision that was taken back is none.
        """
        return self.recent(annotator_id).agreement(last)

    def recent(self, annotator_id: str) -> RecentDecisions:
        """Return an annotator's last decisions, which stay true while more are made."""
        return RecentDecisions(self._connection, annotator_id)


class DecisionCounts:
    """The decisions of a project, counted once and then kept true from the log."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        """Count the decisions in an open store; labels are the project's."""
        self._connection = connection
        self._labels = labels
        self._counts: dict[tuple[str, str, str, float], tuple[int, int]] = {}
        self._edits, self._last, self._unions = -1, "", ""
        self._removed: frozenset[str] = frozenset()
        self.refresh()

    def refresh(self) -> int:
        """Take in what was decided since: the new edits or, where some came in between (a merge), all anew.

        Documents that were removed or restored mean that all is counted again too.
        Return how many edits there are.
        """
        with self._connection.reading() as db:
            edits, last = db.execute("select count(*), coalesce(max(id), '') from edits").fetchone()
            (unions,) = db.execute("select coalesce(max(value), '') from meta where name = 'unions'").fetchone()
            follows = self._edits >= 0 and unions == self._unions
            new = list(db.query("select * from edits where id > ?", [self._last])) if follows else []
            removed = frozenset(row[0] for row in db.execute(f"select document from {REMOVED}"))  # noqa: S608
            if self._edits + len(new) != edits or unions != self._unions or removed != self._removed:
                self._counts = {tuple(row[:4]): (row[4], row[5]) for row in db.execute(_CASES)}
                new = []
        with translate_decode_errors(self._connection.path):
            for row in new:
                edit = self._connection.edit(row)
                for write in edit.writes:
                    if write.cell is CellKind.VERDICT:
                        before, after = write.verdicts
                        self._count(edit.annotator, write.key, before, -1)
                        self._count(edit.annotator, write.key, after, 1)
        self._edits, self._last, self._unions, self._removed = edits, last, unions, removed
        return int(edits)

    def _count(self, annotator: str, key: str, verdict: VerdictValue | None, by: int) -> None:
        """Add or take away one decision."""
        if verdict is None or is_undecided(verdict):
            return
        place = (annotator, verdict["suggester"], key.split(":", 2)[2], round_score(verdict["score"]))
        accepted, decided_documents = self._counts.get(place, (0, 0))
        self._counts[place] = (accepted + by * (verdict["verdict"] == Verdict.ACCEPTED), decided_documents + by)

    def cases(self, annotator_id: str | None = None) -> list[ScoreOutcome]:
        """Return the decisions as Judgements.cases() does."""
        together: dict[tuple[str, str, float], tuple[int, int]] = {}
        for (annotator, suggester, label, score), (accepted, decided_documents) in self._counts.items():
            if decided_documents and annotator_id in (None, annotator):
                key = (suggester, self._labels.ids.now(label), score)
                before = together.get(key, (0, 0))
                together[key] = (before[0] + accepted, before[1] + decided_documents)
        return [ScoreOutcome(*key, *counts) for key, counts in sorted(together.items())]


@lru_cache(maxsize=1)
def measured_curves() -> dict[tuple[str, str], Curve]:
    """Return the curves that were measured before any project: by suggester, and label or "*".

    Raises ResourceError where the file is malformed.
    """
    path = resource("reliability.json")
    try:
        suggesters = json.loads(path.read_text(encoding="utf-8"))["suggesters"]
        tables = {
            (suggester, label): tuple(float(value) for value in row["curve"])
            for suggester, labels in suggesters.items()
            for label, row in labels.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
        raise ResourceError("Cannot read the table {path} ({why}). Reinstall annotator.", path=path, why=e) from e
    if any(len(curve) != len(KNOTS) or list(curve) != sorted(curve) for curve in tables.values()):
        raise ResourceError(
            "The table {path} is invalid: a curve does not rise over its knots. Reinstall annotator.", path=path
        )
    return tables
