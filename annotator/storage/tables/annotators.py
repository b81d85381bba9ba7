"""The annotators of a project."""

from __future__ import annotations

from annotator.domain.model.annotation import Annotator, Role
from annotator.storage.file.connection import ProjectConnection
from annotator.storage.file.error_translation import translate_decode_errors
from annotator.storage.file.fast_sql import insert


class Annotators:
    """The people who are responsible for annotations in this project. The newest name and role of an id counts."""

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

    def roles(self) -> dict[str, Role]:
        """Return the roles that were set, by annotator id. All others have the role ANNOTATOR."""
        with self._connection.reading() as db, translate_decode_errors(self._connection.path):
            return {row["annotator"]: Role(row["role"]) for row in db.table("roles").rows}

    def set_role(self, annotator_id: str, role: Role) -> None:
        """Set the role of an annotator of the project; do nothing if it is the same."""
        with self._connection.transaction() as db:
            table = db.table("roles")
            known = {row["annotator"]: row for row in table.rows}
            held = known.get(annotator_id, {"role": Role.ANNOTATOR})["role"]
            if held == role:
                return
            for row in known.values():
                self._connection.observe(row["stamp"])
            row = {"annotator": annotator_id, "role": role.value, "stamp": self._connection.clock.new()}
            insert(db, "roles", [row], key=["annotator"])
