"""Rebuild a damaged project in a new file: documents, annotators and the log are saved, and the state is their fold.

Only what is as it was written is taken: a text must be that of its id, and an edit must be one that the program could
have made. What is derived from the rest is made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import chain
from operator import ne
from pathlib import Path
from uuid import UUID, uuid4

from sqlite_utils import Database

from annotator.domain.model.annotation import Origin, Role
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import Address, CellKind, Edit, Value
from annotator.domain.model.span import Span
from annotator.domain.plurals import pluralise
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import UserError
from annotator.storage.file.checksums import COLUMNS, checksum, total
from annotator.storage.file.connection import connect, create_file, refuse_foreign_application
from annotator.storage.file.errors import translate_errors
from annotator.storage.file.fast_sql import insert
from annotator.storage.file.snapshot import temporary_copy
from annotator.storage.log.replay import replay
from annotator.storage.recovery.integrity import DAMAGE_ERRORS, LOST_DOCUMENTS, find_damage, matches_checksum
from annotator.storage.recovery.salvage import Salvage
from annotator.storage.rows import (
    CELL_TABLES,
    Row,
    document_from_row,
    document_to_row,
    edit_from_row,
    edit_to_row,
    to_json,
)
from annotator.storage.tables.tagsets import tagset_from_json, tagset_to_json

_ID_LENGTH = 32
_ALMOST = 2  # characters
_MOST_BYTES = 2000
_TIME_BITS = 44
_ERASED = Document(document_id(""), "")
"""What is left of an article that was erased, but for its id."""
_COLOUR = {"light": "#5a5a5a", "dark": "#a5a5a5"}
_EARLIEST = str(UUID(int=0x7 << 76 | 0b10 << 62))
"""A stamp that is older than all others: what has it gives way to any other copy."""
_PLAIN = {"date": None, "source": "", "url": "", "author": "", "external_id": "", "newlines": "", "title": ""} | {
    "regions": "[]",
    "metadata": "{}",
}
"""What stands in the place of a field of a document that cannot be read."""


@dataclass(slots=True)
class RepairReport:
    """What was saved of a damaged project, and what was not.

    documents, edits and annotators count what is in the new file. lost_documents are the ids of articles whose text is
    lost; their edits are kept, so that the articles are whole again when they are merged from another copy.
    changed_documents are articles of which a title, date or other field is lost. lost_edits are the ids of edits that
    the file names and does not hold any more; unreadable counts rows of the log that are no edits, which may be the
    same. unlogged counts labels, verdicts and notes that the damaged tables show and the log does not, in
    unlogged_documents. nameless are annotators whose names are lost; suggestions counts answers of suggesters that are
    to be given again. is_nameless says that the file does not say any more which project it is, or which labels it has.
    outdated are tables of which the last rows may be missing, though none is known to be.
    """

    documents: int = 0
    edits: int = 0
    annotators: int = 0
    lost_documents: tuple[str, ...] = ()
    changed_documents: tuple[str, ...] = ()
    lost_edits: tuple[str, ...] = ()
    unreadable: int = 0
    unlogged: int = 0
    unlogged_documents: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()
    suggestions: int = 0
    is_nameless: bool = False
    outdated: tuple[str, ...] = ()
    _seen: set[str] = field(default_factory=set)

    @property
    def is_complete(self) -> bool:
        """Return whether everything was saved but what is made again by itself."""
        lost = (self.lost_documents, self.changed_documents, self.lost_edits, self.nameless)
        return not (any(lost) or self.unreadable or self.unlogged or self.is_nameless or self.outdated)

    def to_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return {f.name: getattr(self, f.name) for f in fields(self) if not f.name.startswith("_")} | {
            "complete": self.is_complete
        }

    def lines(self) -> list[str]:
        """Say it in sentences."""
        saved = f"Saved: {pluralise(self.documents, 'article')}, {pluralise(self.edits, 'edit')}, "
        lines = [saved + f"{pluralise(self.annotators, 'annotator')}."]
        if self.lost_edits:
            lines.append(f"Edits that could not be saved: {len(self.lost_edits):,} ({_listed(self.lost_edits)}).")
        if self.unreadable:
            lines.append(f"Rows of the log that are no edits any more: {self.unreadable:,}.")
        if self.lost_documents:
            lost = f"{len(self.lost_documents):,} ({_listed(self.lost_documents)})"
            lines.append(
                f"Articles whose text could not be saved: {lost}. "
                "Their labels are kept; merge a backup or a colleague's copy to have the articles back."
            )
        if self.changed_documents:
            lines.append(
                "Articles of which a title, date, source or other field could not be saved: "
                f"{len(self.changed_documents):,} ({_listed(self.changed_documents)})."
            )
        if self.unlogged:
            where = f", in {pluralise(len(self.unlogged_documents), 'article')} ({_listed(self.unlogged_documents)})"
            lines.append(
                f"Labels, verdicts and notes that the damaged tables show and the log does not: {self.unlogged:,}"
                f"{where if self.unlogged_documents else ''}. They were left out; look at them again."
            )
        if self.nameless:
            lines.append(f"Annotators whose names are lost or may be wrong: {_listed(self.nameless)}.")
        if self.is_nameless:
            lines.append(
                "Which project it is, or which labels it has, could not be saved: it cannot be merged with its copies "
                "any more, and has the labels that are in use, without names, colours and keys."
            )
        if self.outdated:
            lines.append(
                f"Pages of an earlier moment are in the file: of {', '.join(self.outdated)} what was written last may "
                "be missing. Compare it with a backup or a colleague's copy."
            )
        if self.suggestions:
            lines.append(f"Answers of suggesters that are to be given again: {self.suggestions:,}.")
        if self.is_complete:
            lines.append("All that the file names was saved.")
        return lines


def repair(path: Path, out: Path, timeout: float) -> RepairReport:
    """Rebuild a project in a new file, which must not exist yet, and return what was saved.

    The damaged file is not altered. The new one is checked before it takes its name. Raises ProjectError where a file
    cannot be read or written.
    """
    report = RepairReport()
    with temporary_copy(path, timeout) as copy, translate_errors(path), closing(connect(copy, timeout)) as connection:
        try:
            refuse_foreign_application(Database(connection, execute_plugins=False), path)
        except DAMAGE_ERRORS as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
                raise
        salvage = Salvage(connection, copy)
        facts = _facts(salvage, report)
        create_file(out, facts, partial(_fill, salvage=salvage, report=report))
    return report


def _facts(salvage: Salvage, report: RepairReport) -> dict[str, str]:
    """Return which project it is and which tagset it began with; of a tagset that is lost, the labels that are used."""
    facts: dict[str, str] = {}
    for row in chain(salvage.rows("meta"), salvage.rows_on_pages("meta")):
        name, value = row["name"], row["value"]
        if isinstance(value, str) and ((name == "tagset" and _is_tagset(value)) or (name == "id" and _is_id(value))):
            facts.setdefault(name, value)
    if facts.keys() >= {"id", "tagset"}:
        return facts
    report.is_nameless = True
    used = {str(row["label"]) for row in salvage.rows("annotations") if isinstance(row["label"], str)}
    labels = tuple(Label(label, {"en": label}, _COLOUR) for label in sorted(used or {"LABEL"}))
    made = {"id": uuid4().hex, "tagset": tagset_to_json(Tagset("repaired", labels))}
    return made | facts


def _is_id(value: str) -> bool:
    """Return whether a text is what the program gives projects for an id."""
    return re.fullmatch("[0-9a-f]{32}", value) is not None


def _is_tagset(text: str) -> bool:
    """Return whether a text is a tagset's."""
    try:
        tagset_from_json(text, "")
    except (UserError, *DAMAGE_ERRORS):
        return False
    return True


def _fill(db: Database, salvage: Salvage, report: RepairReport) -> None:
    """Write all that can be saved into a new file, and check the file."""
    # Edits of articles that are lost are kept, so that the articles may come back.
    db.execute("PRAGMA foreign_keys=off")
    with db.atomic():
        edits = _edits(salvage, report)
        documents = _documents(salvage, report)
        named = {w.document for edit in edits.values() for w in edit.writes} | {e.document for e in edits.values()}
        lost = (named | report._seen) - documents.keys() - {""}
        report.lost_documents = tuple(sorted(lost))
        _insert(db, "documents", documents.values())
        erased = [{"document": each} for each, row in documents.items() if row["text"] == "" and each != _ERASED.id]
        _insert(db, "erased_documents", erased)
        people = _annotators(salvage, edits.values(), report)
        _insert(db, "annotators", people.values())
        roles = (row for row in salvage.rows("roles") if row["annotator"] in people and row["stamp"])
        _insert(db, "roles", {row["annotator"]: row for row in roles if row["role"] in set(Role)}.values())
        _insert(db, "edits", [edit_to_row(edits[edit]) for edit in sorted(edits)])
        if lost:
            db.table("meta").insert({"name": LOST_DOCUMENTS, "value": to_json(sorted(lost))})
        _save_spells(db, salvage, people.keys(), documents.keys())
        _save_suggestions(db, salvage, documents.keys(), report)
        replay(db, (edits[edit] for edit in sorted(edits)))
        report.documents, report.edits, report.annotators = len(documents), len(edits), len(people)
        _compare(db, salvage, report)
        report.outdated = tuple(_outdated(db, salvage, report))
    if found := find_damage(db):
        raise RuntimeError(f"the repaired file is not sound: {found[0].sentence}")


def _insert(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Write rows that have the same columns."""
    insert(db, table, list(rows))


def _edits(salvage: Salvage, report: RepairReport) -> dict[str, Edit]:
    """Return the edits that are as the program wrote them, by id."""
    found: dict[str, Edit] = {}
    doubtful: dict[str, Row] = {}
    checksums = salvage.checksums("edits")
    known = salvage.named("edits", "id") | checksums.keys()
    unread: list[object] = []
    for row in salvage.rows("edits"):
        edit = _edit(row)
        if edit is None:
            unread.append(row["id"])
            if row["id"] in checksums:
                doubtful.setdefault(row["id"], row)
        elif matches_checksum("edits", row, checksums.get(edit.id)):
            found.setdefault(edit.id, edit)
        else:
            doubtful.setdefault(edit.id, row)
    if unread or not salvage.is_whole or known - found.keys():
        for row in salvage.rows_on_pages("edits"):
            edit = _edit(row)
            if edit is not None and matches_checksum("edits", row, checksums.get(edit.id)):
                found.setdefault(edit.id, edit)
    _take_confirmed(doubtful, found, checksums, salvage)
    _correct_ids(found, known, checksums)
    report.lost_edits = tuple(sorted(known - found.keys()))
    still = [edit for edit in unread if edit not in found]
    report.unreadable = max(0, len(still) - len(report.lost_edits)) if known else len(still)
    return found


def _take_confirmed(
    doubtful: Mapping[str, Row], found: dict[str, Edit], checksums: Mapping[str, int], salvage: Salvage
) -> None:
    """Take those edits of which one bit was turned over, as they were, and those whose checksum was damaged instead.

    Of these the tables show what they say, or together with them the log has the sum that it should have.
    """
    left = {name: row for name, row in doubtful.items() if name not in found}
    if not left:
        return
    edits = {name: edit for name, row in left.items() if (edit := _edit(row))}
    sums = [checksum("edits", edit_to_row(edit)) for edit in (*found.values(), *edits.values())]
    is_whole = salvage.total("edits") == total(sums)
    state: dict[Address, Value] = {}
    for cell, table in CELL_TABLES.items():
        for row in salvage.rows(table.name):
            address = Address(str(row["annotator"]), str(row["document"]), cell, str(row["key"]))
            state[address] = table.value(row)
    for name, row in left.items():
        edit = edits.get(name)
        mended = None if edit and is_whole else _mended(row, checksums[name])
        if mended:
            found[name] = edit_from_row(mended)
        elif edit and (is_whole or (_is_short(row) and _is_shown(edit, state))):
            found[name] = edit


def _is_shown(edit: Edit, state: Mapping[Address, Value]) -> bool:
    """Return whether the tables hold all that an edit wrote."""
    return all(state.get(Address.of(edit.annotator, write)) == write.after for write in edit.writes)


def _is_short(row: Row) -> bool:
    """Return whether all bits of an edit were looked at, so that more than one is wrong or its checksum is."""
    return len(str(row["payload"]).encode()) <= _MOST_BYTES


def _mended(row: Row, known: int) -> Row | None:
    """Return the row of an edit with one bit turned over so that it has the checksum that is known, if there is one."""
    for name, value in row.items():
        data = bytearray(value.encode()) if isinstance(value, str) else b""
        for place in range(min(len(data), _MOST_BYTES)):
            for bit in range(8):
                other = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
                try:
                    mended = row | {name: other.decode()}
                except UnicodeDecodeError:
                    continue
                if checksum("edits", mended) == known and _edit(mended):
                    return mended
    if not isinstance(row["time"], int):
        return None
    times = (row | {"time": row["time"] ^ 1 << bit} for bit in range(_TIME_BITS))
    return next((other for other in times if checksum("edits", other) == known and _edit(other)), None)


def _correct_ids(found: dict[str, Edit], known: Set[str], checksums: Mapping[str, int]) -> None:
    """Give edits their ids back that have almost the id of one that is missing; without a checksum they are dropped."""
    for name in found.keys() - known:
        for missing in known - found.keys():
            if len(name) == len(missing) and sum(map(ne, name, missing)) <= _ALMOST:
                edit = replace(found.pop(name), id=missing)
                if checksums.get(missing) == checksum("edits", edit_to_row(edit)):
                    found[missing] = edit
                break


def _edit(row: Row) -> Edit | None:
    """Return the edit of a row, or None if the program makes none like it."""
    try:
        edit = edit_from_row(row)
        texts = [edit.annotator, edit.document, *(text for w in edit.writes for text in (w.document, w.key))]
        if str(UUID(edit.id)) != edit.id or not _are_texts(texts):
            return None
        for write in edit.writes:
            for annotation in write.annotations if write.cell is CellKind.ANNOTATION else ():
                if annotation:
                    Origin.parse(annotation["origin"])
                    Span(annotation["start"], annotation["end"])
            for value in (write.before, write.after):
                if value and write.cell is not CellKind.TAGSET and not _fits(value):
                    return None
    except DAMAGE_ERRORS:
        return None
    return edit


def _are_texts(values: Iterable[object]) -> bool:
    """Return whether all values are texts."""
    return all(isinstance(value, str) for value in values)


def _fits(value: Value) -> bool:
    """Return whether the fields of a cell are of the types that its columns have."""
    types: dict[str, tuple[type, ...]] = {
        "score": (int, float),
        "doubtful": (int,),
        "removed": (int,),
        "start": (int,),
        "end": (int,),
    }
    return all(each is None or isinstance(each, types.get(name, (str,))) for name, each in value.items())


def _documents(salvage: Salvage, report: RepairReport) -> dict[str, Row]:
    """Return the rows of the documents whose text is the one that was imported, by id."""
    found: dict[str, Row] = {}
    changed: set[str] = set()
    for table, column in (("documents", "id"), ("document_heads", "document")):
        report._seen |= {each for each in salvage.named(table, column) if len(each) == _ID_LENGTH}
        report._seen |= {str(row[column]) for row in salvage.rows(table) if len(str(row[column])) == _ID_LENGTH}
    checksums = salvage.checksums("documents")
    report._seen |= checksums.keys()
    erased = {row["document"] for row in salvage.rows("erased_documents")}
    for row in salvage.rows("documents"):
        if row["id"] in erased and row["text"] == "":
            found[row["id"]] = document_to_row(replace(_ERASED, id=row["id"]), _stamp(row["stamp"]))
        else:
            _take_document(row, found, changed)
    if report._seen - found.keys() or changed or not salvage.is_whole:
        for row in salvage.rows_on_pages("documents"):
            # The pages of the file may also hold articles that were deleted.
            if row["id"] in report._seen:
                _take_document(row, found, changed)
    changed |= {each for each, row in found.items() if not matches_checksum("documents", row, checksums.get(each))}
    report.changed_documents = tuple(sorted(changed))
    return found


def _take_document(row: Row, found: dict[str, Row], changed: set[str]) -> None:
    """Keep a document's row if its text is whole, and the better of two rows."""
    text = row["text"]
    if not isinstance(text, str) or document_id(text) != row["id"]:
        return
    if row["id"] in found and row["id"] not in changed:
        return
    whole = row | {"length": len(text), "stamp": _stamp(row["stamp"])}
    kept = {name: whole[name] for name in whole if name not in _PLAIN}
    readable = dict(_PLAIN)
    is_changed = whole["stamp"] != row["stamp"] or whole["length"] != row["length"]
    for name in _PLAIN:
        try:
            document_from_row(kept | _PLAIN | {name: row[name]})
            if not isinstance(row[name], str) and not (name == "date" and row[name] is None):
                raise ValueError(name)
        except DAMAGE_ERRORS:
            is_changed = True
        else:
            readable[name] = row[name]
    found[row["id"]] = whole | readable
    (changed.add if is_changed else changed.discard)(row["id"])


def _stamp(value: object) -> str:
    """Return a stamp, or the earliest of all in place of one that is none."""
    try:
        return value if isinstance(value, str) and str(UUID(value)) == value else _EARLIEST
    except ValueError:
        return _EARLIEST


def _annotators(salvage: Salvage, edits: Iterable[Edit], report: RepairReport) -> dict[str, Row]:
    """Return the rows of the annotators, by id; who made edits and has no name any more goes by the id."""
    found: dict[str, Row] = {}
    for row in salvage.rows("annotators"):
        if isinstance(row["id"], str) and isinstance(row["name"], str):
            found[row["id"]] = row | {"stamp": _stamp(row["stamp"])}
    nameless = sorted({edit.annotator for edit in edits} - found.keys())
    checksums = salvage.checksums("annotators")
    doubtful = [who for who, row in found.items() if not matches_checksum("annotators", row, checksums.get(who))]
    report.nameless = tuple(sorted({*nameless, *doubtful}))
    return found | {who: {"id": who, "name": who, "stamp": _EARLIEST} for who in nameless}


def _save_spells(db: Database, salvage: Salvage, people: Iterable[str], documents: Iterable[str]) -> None:
    """Save the time spent."""
    known, there = set(people), set(documents)
    for row in salvage.rows("spells"):
        numbers = isinstance(row["started"], int) and isinstance(row["ms"], int)
        if _stamp(row["id"]) == row["id"] and row["annotator"] in known and row["document"] in there and numbers:
            db.table("spells").insert(row, ignore=True)


def _save_suggestions(db: Database, salvage: Salvage, documents: Iterable[str], report: RepairReport) -> None:
    """Save the answers of suggesters that are whole; the others are given again."""
    there = set(documents)
    texts = ("document", "suggester", "version", "stamp")
    runs: dict[int, Row] = {}
    for row in salvage.rows("runs"):
        is_run = all(isinstance(row[name], str) for name in texts) and isinstance(row["size"], int)
        if is_run and isinstance(row["id"], int) and row["document"] in there and _stamp(row["stamp"]) == row["stamp"]:
            runs[row["id"]] = row
        else:
            report.suggestions += 1
    proposed: dict[int, list[Row]] = {run: [] for run in runs}
    for row in salvage.rows("suggestions"):
        try:
            Span(row["start"], row["end"])
            if isinstance(row["label"], str) and isinstance(row["score"], float):
                proposed[row["run"]].append(row)
        except DAMAGE_ERRORS:
            continue
    whole = {
        (row["document"], row["suggester"]): row for row in runs.values() if len(proposed[row["id"]]) == row["size"]
    }
    report.suggestions += len(runs) - len(whole)
    _insert(db, "runs", whole.values())
    _insert(db, "suggestions", [each for row in whole.values() for each in proposed[row["id"]]])


def _compare(db: Database, salvage: Salvage, report: RepairReport) -> None:
    """Count what the damaged state tables hold and the new ones do not."""
    documents = set()
    for table in CELL_TABLES.values():
        names = ("document", "annotator", "key", *table.fields)
        listed = ", ".join(f'"{name}"' for name in names)
        now = set(db.execute(f'select {listed} from "{table.name}"'))  # noqa: S608
        for row in salvage.rows(table.name):
            if tuple(row[name] for name in names) not in now:
                report.unlogged += 1
                documents.add(str(row["document"]))
    report.unlogged_documents = tuple(sorted(documents))


def _outdated(db: Database, salvage: Salvage, report: RepairReport) -> Iterator[str]:
    """Yield the tables of which nothing is known to be lost, and that are not what was written last all the same."""
    lost = {
        "documents": bool(report.lost_documents or report.changed_documents),
        "annotators": bool(report.nameless),
        "edits": bool(report.lost_edits or report.unreadable),
        "meta": report.is_nameless,
    }
    for table, now in db.execute("select part, total from checksum_totals").fetchall():
        before = salvage.total(table)
        is_last = salvage.is_whole if before is None else before == now
        if table in COLUMNS and not lost.get(table) and not is_last:
            yield table


def _listed(names: Iterable[str]) -> str:
    """Return the first few names, and how many more there are."""
    listed = list(names)
    more = f" and {len(listed) - 3:,} more" if len(listed) > 3 else ""
    return ", ".join(listed[:3]) + more
