"""The annotators of a project."""

from __future__ import annotations

from annotator.domain.model.annotation import Annotator
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.fast_sql import insert


class Annotators:
    """The people who are responsible for annotations in this project. The newest name of an id counts."""

    def __init__(self, connection: ProjectConnection) -> None:
        self._connection = connection

    def add(self, annotator: Annotator) -> None:
        """Add an annotator, or store a new name; do nothing if both are known."""
        with self._connection.transaction() as db:
            table = db.table("annotators")
            known = {row["id"]: row for row in table.rows}
            if annotator.id in known and known[annotator.id]["name"] == annotator.name:
                return
            for row in known.values():
                self._connection.observe(row["stamp"])
            row = {"id": annotator.id, "name": annotator.name, "stamp": self._connection.clock.new()}
            insert(db, "annotators", [row], key=["id"])

    def all(self) -> list[Annotator]:
        """Return the annotators by name, then id."""
        with self._connection.reading() as db:
            return [Annotator(row["id"], row["name"]) for row in db.table("annotators").rows_where(order_by="name, id")]
