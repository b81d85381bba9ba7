"""The verdicts of annotators on suggestions, as evidence of how reliable each suggester is."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import islice
from typing import cast

from annotator.domain.model.edit import CellKind, Edit, VerdictValue
from annotator.domain.model.suggestion import Verdict
from annotator.domain.review.calibration import KNOTS, Calibrator, Curve, ScoreOutcome, round_score
from annotator.domain.review.visibility import is_uncounted, is_undecided
from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED

_CASES = f"""
    select annotator, suggester, substr(rest, instr(rest, ':') + 1) as label,
        cast(score * 100 + 0.5 as integer) / 100.0 as score, sum(verdict = 'accepted'), count(*)
    from (
        select annotator, suggester, substr(key, instr(key, ':') + 1) as rest, score, verdict from verdicts
        where verdict in ('accepted', 'corrected', 'rejected') and suggester <> '' and document not in {REMOVED}
    )
    group by 1, 2, 3, 4
"""  # noqa: S608
_DECIDED = f"""
    with work as (
        select document, annotator, 0 as done, count(*) as size from spans group by 1, 2
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
_LATEST = "select * from edits where annotator = ? and id < ? order by id desc limit ?"
_NEWER = "select * from edits where annotator = ? and id > ? order by id limit ?"
_CHUNK = 100
_SPARE = 3
"""How many times as many decisions as needed are read, so that undoing some does not require reading again."""


class SuggestionDecisions:
    """The decided suggestions of a project."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def cases(self, annotator_id: str | None = None) -> list[ScoreOutcome]:
        """Return the decisions by suggester, label and score (to two places), of one annotator or of all.

        Only accepted suggestions count as correct. A corrected one counts as wrong; a skipped one, and what
        is_uncounted(), not at all.
        """
        return self.counts().cases(annotator_id)

    def counts(self) -> DecisionCounts:
        """Return a counter of all decisions."""
        return DecisionCounts(self._connection, self._labels)

    def curves(self) -> dict[tuple[str, str], Curve]:
        """Return measured_curves() with the labels' current ids."""
        return self._labels.current_curves(measured_curves())

    def reliability(self) -> Calibrator:
        """Return what scores are worth: the bundled curves, adjusted by all decisions in the project."""
        return Calibrator(self.curves(), self.cases())

    def decided_documents(self) -> list[tuple[str, str, bool]]:
        """Return (document id, annotator id, done) for each document with decisions, by document id.

        The annotator is one who marked it as done, or else the one with most decisions.
        """
        with self._connection.reading() as db:
            return [(document, annotator, bool(done)) for document, annotator, done in db.execute(_DECIDED)]

    def agreement(self, annotator_id: str, last: int = 100) -> tuple[int, int]:
        """Return how many of an annotator's last decisions accepted a suggestion, and how many there were.

        A decision that was undone does not count.
        """
        return self.recent(annotator_id).agreement(last)

    def recent(self, annotator_id: str) -> RecentDecisions:
        """Return an annotator's last decisions. They stay up to date."""
        return RecentDecisions(self._connection, annotator_id)


class DecisionCounts:
    """The decisions of a project, counted once and then updated from the log."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels
        self._counts: dict[tuple[str, str, str, float], tuple[int, int]] = {}
        self._edits, self._last, self._unions = -1, "", ""
        self._removed: frozenset[str] = frozenset()
        self.refresh()

    def refresh(self, *, with_merged: bool = True) -> bool:
        """Update the counts from new edits, and return True if everything was counted again.

        That is necessary after a merge, and if documents were removed or restored. It takes the longer the more
        decisions there are. With with_merged=False the counts stay as they are once edits were merged.
        """
        with self._connection.reading() as db:
            (unions,) = db.execute("select coalesce(max(value), '') from meta where name = 'unions'").fetchone()
            if not with_merged and unions != self._unions:
                return False
            edits, last = db.execute("select count(*), coalesce(max(id), '') from edits").fetchone()
            follows = self._edits >= 0 and unions == self._unions
            new = list(db.query("select * from edits where id > ?", [self._last])) if follows else []
            removed = frozenset(row[0] for row in db.execute(f"select document from {REMOVED}"))  # noqa: S608
            is_outdated = self._edits + len(new) != edits or unions != self._unions or removed != self._removed
            if is_outdated:
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
        return is_outdated

    def _count(self, annotator: str, key: str, verdict: VerdictValue | None, by: int) -> None:
        if verdict is None or is_undecided(verdict) or not verdict["suggester"]:
            return
        place = (annotator, verdict["suggester"], key.split(":", 2)[2], round_score(verdict["score"]))
        accepted, decided_documents = self._counts.get(place, (0, 0))
        self._counts[place] = (accepted + by * (verdict["verdict"] == Verdict.ACCEPTED), decided_documents + by)

    def cases(self, annotator_id: str | None = None) -> list[ScoreOutcome]:
        """Return the decisions as SuggestionDecisions.cases() does."""
        together: dict[tuple[str, str, float], tuple[int, int]] = {}
        for (annotator, suggester, label, score), (accepted, decided_documents) in self._counts.items():
            if decided_documents and annotator_id in (None, annotator):
                key = (suggester, self._labels.ids.now(label), score)
                before = together.get(key, (0, 0))
                together[key] = (before[0] + accepted, before[1] + decided_documents)
        return [ScoreOutcome(*key, *counts) for key, counts in sorted(together.items())]


class RecentDecisions:
    """The last decisions of one annotator. The time depends on the number of decisions since the last call.

    Edits of the annotator that a merge puts between older ones are counted only after forget().
    """

    def __init__(self, connection: ProjectConnection, annotator_id: str) -> None:
        self._connection = connection
        self._annotator = annotator_id
        self.forget()

    def forget(self) -> None:
        """Read everything again with the next call."""
        # The last decision on each (document, key), newest at the end: accepted or not.
        self._made: dict[tuple[str, str], bool] = {}
        self._latest: str | None = None
        self._whole = False

    def agreement(self, last: int) -> tuple[int, int]:
        """Return how many of the last decisions accepted the suggestion, and how many there were, at most last."""
        self._follow()
        found = self._found(last)
        if len(found) < last and not self._whole:
            self._read_back(last * _SPARE)
            found = self._found(last)
        return sum(found), len(found)

    def _found(self, last: int) -> list[bool]:
        """Return up to last known decisions, newest first: True for an accepted suggestion."""
        return list(islice(reversed(self._made.values()), last))

    def _follow(self) -> None:
        """Read the annotator's edits since; of more than 100, only the last decisions."""
        edits = self._read(_NEWER, [self._annotator, self._latest, _CHUNK + 1]) if self._latest is not None else []
        if len(edits) > _CHUNK:
            self.forget()
            return
        for edit in edits:
            self._latest = edit.id
            for document, cell, key, _, after in edit.writes:
                if cell is CellKind.VERDICT:
                    self._made.pop((document, key), None)
                    accepted = _accepted(cast("VerdictValue | None", after))
                    if accepted is not None:
                        self._made[document, key] = accepted

    def _read_back(self, enough: int) -> None:
        """Read the log from its end, until there are enough decisions."""
        newest_first: dict[tuple[str, str], bool | None] = {}
        before, self._latest, self._whole = "~", None, False
        while sum(made is not None for made in newest_first.values()) < enough and not self._whole:
            edits = self._read(_LATEST, [self._annotator, before, _CHUNK])
            for edit in edits:
                before, self._latest = edit.id, self._latest or edit.id
                for write in reversed(edit.writes):
                    if write.cell is CellKind.VERDICT:
                        newest_first.setdefault((write.document, write.key), _accepted(write.verdicts[1]))
            self._whole = len(edits) < _CHUNK
        self._latest = self._latest or ""
        self._made = {place: made for place, made in reversed(newest_first.items()) if made is not None}

    def _read(self, query: str, arguments: list[object]) -> list[Edit]:
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            return list(map(self._connection.edit, db.query(query, arguments)))


def _accepted(verdict: VerdictValue | None) -> bool | None:
    """Return True if a verdict accepted its suggestion, None if it decided nothing or does not count."""
    if verdict is None or is_undecided(verdict) or is_uncounted(verdict):
        return None
    return verdict["verdict"] == Verdict.ACCEPTED


@lru_cache(maxsize=1)
def measured_curves() -> dict[tuple[str, str], Curve]:
    """Return the bundled calibration curves by (suggester, label or "*").

    Raises ResourceError if the file is invalid.
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
        raise ResourceError("Cannot read the table {path} ({why}). Reinstall the program.", path=path, why=e) from e
    if any(len(curve) != len(KNOTS) or list(curve) != sorted(curve) for curve in tables.values()):
        raise ResourceError(
            "The table {path} is invalid: a curve does not rise over its knots. Reinstall the program.", path=path
        )
    return tables
