"""Rebuild a damaged project in a new file from its documents, annotators and log. The state follows from the log.

Only what is as it was written is saved: a document's text must have the hash that is its id, and an edit must be one
that the program could have written. Everything that is derived from these is computed again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
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
from annotator.storage.file.error_translation import translate_errors
from annotator.storage.file.fast_sql import insert
from annotator.storage.file.snapshot import temporary_copy
from annotator.storage.log.replay import replay, store_edits
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
from annotator.storage.tables.documents import insert_documents
from annotator.storage.tables.tagsets import tagset_from_json, tagset_to_json
from annotator.storage.tables.team import FOUNDER, HOLDER, Holder

_ID_LENGTH = 32
_ALMOST = 2  # characters
_MOST_BYTES = 2000
_TIME_BITS = 44
_ERASED = Document(document_id(""), "")
"""What is left of an erased article, except for its id."""
_COLOUR = {"light": "#5a5a5a", "dark": "#a5a5a5"}
_EARLIEST = str(UUID(int=0x7 << 76 | 0b10 << 62))
"""The smallest stamp, so that in a merge any other copy wins."""
_PLAIN = {"date": None, "source": "", "url": "", "author": "", "external_id": "", "newlines": "", "title": ""} | {
    "regions": "[]",
    "metadata": "{}",
}
"""The values for fields of a document that cannot be read."""


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What was saved of a damaged project, and what was not.

    documents, edits, annotators: how many are in the new file
    lost_documents: ids of articles whose text is lost; their edits are kept, so that a merge can restore them
    changed_documents: ids of articles of which a title, date or other field is lost
    lost_edits: ids of edits that the file names and no longer holds
    unconfirmed_edits: ids of edits that were saved although their checksums are lost, so that they may have changed
    unreadable: rows of the log that are not valid edits, beyond those in lost_edits
    unlogged: how many labels, verdicts and notes the damaged tables have and the log does not
    unlogged_documents: the articles of these
    nameless: annotators whose names are lost
    suggestions: how many runs of suggesters must be made again
    is_nameless: whether the id of the project or its tagset is lost
    outdated: tables of which the last rows may be missing, although none is known to be
    """

    documents: int = 0
    edits: int = 0
    annotators: int = 0
    lost_documents: tuple[str, ...] = ()
    changed_documents: tuple[str, ...] = ()
    lost_edits: tuple[str, ...] = ()
    unconfirmed_edits: tuple[str, ...] = ()
    unreadable: int = 0
    unlogged: int = 0
    unlogged_documents: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()
    suggestions: int = 0
    is_nameless: bool = False
    outdated: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Return True if nothing was lost that cannot be computed again."""
        lost = (self.lost_documents, self.changed_documents, self.lost_edits, self.unconfirmed_edits, self.nameless)
        return not (any(lost) or self.unreadable or self.unlogged or self.is_nameless or self.outdated)

    def to_json(self) -> dict[str, object]:
        """Return the report as JSON values."""
        return asdict(self) | {"complete": self.is_complete}

    def lines(self) -> list[str]:
        """Return the report as sentences."""
        saved = f"Saved: {pluralise(self.documents, 'article')}, {pluralise(self.edits, 'edit')}, "
        lines = [saved + f"{pluralise(self.annotators, 'annotator')}."]
        if self.lost_edits:
            lines.append(f"Edits that could not be saved: {len(self.lost_edits):,} ({_listed(self.lost_edits)}).")
        if self.unconfirmed_edits:
            count = f"{len(self.unconfirmed_edits):,} ({_listed(self.unconfirmed_edits)})"
            lines.append(
                f"Edits saved without a checksum that confirms them: {count}. "
                "They can be read, but may have changed. Compare them with a backup or a colleague's copy."
            )
        if self.unreadable:
            lines.append(f"Damaged rows of the log: {self.unreadable:,}.")
        if self.lost_documents:
            lost = f"{len(self.lost_documents):,} ({_listed(self.lost_documents)})"
            lines.append(
                f"Articles whose text could not be saved: {lost}. "
                "Their annotations are kept. Merge a backup or a colleague's copy to restore the articles."
            )
        if self.changed_documents:
            lines.append(
                "Articles of which a title, date, source or other field could not be saved: "
                f"{len(self.changed_documents):,} ({_listed(self.changed_documents)})."
            )
        if self.unlogged:
            places = f", in {pluralise(len(self.unlogged_documents), 'article')} ({_listed(self.unlogged_documents)})"
            lines.append(
                f"Labels, verdicts and notes in the damaged tables that are not in the log: {self.unlogged:,}"
                f"{places if self.unlogged_documents else ''}. They were not saved. Check these places."
            )
        if self.nameless:
            lines.append(f"Annotators whose names are lost or may be wrong: {_listed(self.nameless)}.")
        if self.is_nameless:
            lines.append(
                "The project ID or the tagset could not be saved. The project can no longer be merged with its copies, "
                "or it has only the labels in use, without names, colours and keys."
            )
        if self.outdated:
            lines.append(
                f"The file has pages of an earlier state, so the last rows of {', '.join(self.outdated)} may be "
                "missing. Compare it with a backup or a colleague's copy."
            )
        if self.suggestions:
            lines.append(f"Suggester runs to repeat: {self.suggestions:,}.")
        if self.is_complete:
            lines.append("Everything was saved.")
        return lines


@dataclass(frozen=True, slots=True)
class _Edits:
    """The edits that were saved, by id; the ids of lost and unconfirmed ones; and how many rows cannot be read."""

    saved: dict[str, Edit]
    lost: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    unreadable: int


@dataclass(frozen=True, slots=True)
class _Documents:
    """The rows of documents that were saved, by id; the ids of changed ones; and every id that the file names."""

    rows: dict[str, Row]
    changed: tuple[str, ...]
    named: frozenset[str]


def repair(path: Path, out: Path, timeout: float) -> RepairReport:
    """Rebuild a project in a new file, which must not exist yet, and return what was saved.

    Example: a page with two edits is overwritten. The new file has all other edits, and the report names the two.

    The damaged file is not changed. The new one is checked before it gets its name. Raises ProjectError if a file
    cannot be read or written.
    """
    reports: list[RepairReport] = []
    with temporary_copy(path, timeout) as copy, translate_errors(path), closing(connect(copy, timeout)) as connection:
        try:
            refuse_foreign_application(Database(connection, execute_plugins=False), path)
        except DAMAGE_ERRORS as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
                raise
        salvage = Salvage(connection, copy)
        found = _facts(salvage)
        is_nameless = not found.keys() >= {"id", "tagset"}
        facts = (_new_facts(salvage) | found) if is_nameless else found
        create_file(out, facts, lambda db: reports.append(_fill(db, salvage, is_nameless)))
    (report,) = reports
    return report


def _facts(salvage: Salvage) -> dict[str, str]:
    """Return the project's id, founder and first tagset, and who works in the copy, each if it can be read."""
    facts: dict[str, str] = {}
    for row in chain(salvage.rows("meta"), salvage.rows_on_pages("meta")):
        name, value = row["name"], row["value"]
        is_valid = _FACTS.get(name)
        if isinstance(value, str) and is_valid and is_valid(value):
            facts.setdefault(name, value)
    return facts


def _new_facts(salvage: Salvage) -> dict[str, str]:
    """Return a new id, and a tagset of the labels that annotations have."""
    used = {str(row["label"]) for row in salvage.rows("spans") if isinstance(row["label"], str)}
    labels = tuple(Label(label, {"en": label}, _COLOUR) for label in sorted(used or {"LABEL"}))
    return {"id": uuid4().hex, "tagset": tagset_to_json(Tagset("repaired", labels))}


def _is_id(value: str) -> bool:
    return re.fullmatch("[0-9a-f]{32}", value) is not None


def _is_tagset(text: str) -> bool:
    try:
        tagset_from_json(text, "")
    except (UserError, *DAMAGE_ERRORS):
        return False
    return True


_FACTS: Mapping[object, Callable[[str], bool]] = {
    "id": _is_id,
    "tagset": _is_tagset,
    FOUNDER: lambda value: bool(value.strip()),
    HOLDER: lambda value: Holder.from_json(value) is not None,
}
"""What a valid value is, for each row of meta that is kept."""


def _fill(db: Database, salvage: Salvage, is_nameless: bool) -> RepairReport:
    """Write everything that can be saved to a new file, check the file, and return what was saved."""
    # Edits about lost documents are kept, so that a merge can bring the documents back.
    db.execute("PRAGMA foreign_keys=off")
    with db.atomic():
        edits = _edits(salvage)
        documents = _documents(salvage)
        saved, rows = edits.saved, documents.rows
        in_edits = {w.document for edit in saved.values() for w in edit.writes} | {e.document for e in saved.values()}
        lost = tuple(sorted((in_edits | documents.named) - rows.keys() - {""}))
        insert_documents(db, list(rows.values()))
        erased = [{"document": each} for each, row in rows.items() if row["text"] == "" and each != _ERASED.id]
        _insert(db, "erased_documents", erased)
        people, nameless = _annotators(salvage, saved.values())
        _insert(db, "annotators", people.values())
        roles = (row for row in salvage.rows("roles") if row["annotator"] in people and isinstance(row["stamp"], str))
        _insert(db, "roles", {row["annotator"]: row for row in roles if row["role"] in set(Role)}.values())
        store_edits(db, (saved[edit] for edit in sorted(saved)))
        if lost:
            db.table("meta").insert({"name": LOST_DOCUMENTS, "value": to_json(lost)})
        _save_time_spent(db, salvage, people.keys(), rows.keys())
        lost_runs = _save_suggestions(db, salvage, rows.keys())
        replay(db, (saved[edit] for edit in sorted(saved)))
        unlogged, unlogged_documents = _unlogged(db, salvage)
        report = RepairReport(
            documents=len(rows),
            edits=len(saved),
            annotators=len(people),
            lost_documents=lost,
            changed_documents=documents.changed,
            lost_edits=edits.lost,
            unconfirmed_edits=edits.unconfirmed,
            unreadable=edits.unreadable,
            unlogged=unlogged,
            unlogged_documents=unlogged_documents,
            nameless=nameless,
            suggestions=lost_runs,
            is_nameless=is_nameless,
        )
        report = replace(report, outdated=tuple(_outdated(db, salvage, report)))
    if found := find_damage(db):
        raise RuntimeError(f"the repaired file is damaged: {found[0].sentence}")
    return report


def _insert(db: Database, table: str, rows: Iterable[Row]) -> None:
    insert(db, table, list(rows))


def _edits(salvage: Salvage) -> _Edits:
    """Return the edits that can be confirmed to be as the program wrote them.

    First the rows of the table, then single pages if something is missing, then doubtful rows (see _confirmed), then
    edits whose id is damaged (see _with_correct_ids).
    """
    intact: dict[str, Edit] = {}
    doubtful: dict[str, Row] = {}
    unread: list[object] = []
    checksums = salvage.checksums("edits")
    known = salvage.indexed_values("edits", "id") | checksums.keys()
    for row in salvage.rows("edits"):
        edit = _edit(row)
        if edit is None:
            unread.append(row["id"])
            if row["id"] in checksums:
                doubtful.setdefault(row["id"], row)
        elif matches_checksum("edits", row, checksums.get(edit.id)):
            intact.setdefault(edit.id, edit)
        else:
            doubtful.setdefault(edit.id, row)
    if unread or not salvage.is_whole or known - intact.keys():
        for row in salvage.rows_on_pages("edits"):
            edit = _edit(row)
            if edit is not None and matches_checksum("edits", row, checksums.get(edit.id)):
                intact.setdefault(edit.id, edit)
    saved = _with_correct_ids(intact | _confirmed(doubtful, intact, checksums, salvage), known, checksums)
    lost = tuple(sorted(known - saved.keys()))
    unconfirmed = tuple(sorted(saved.keys() - checksums.keys())) if _is_unconfirmed(saved, salvage) else ()
    unreadable = sum(edit not in saved for edit in unread)
    return _Edits(saved, lost, unconfirmed, max(0, unreadable - len(lost)) if known else unreadable)


def _confirmed(
    doubtful: Mapping[str, Row], intact: Mapping[str, Edit], checksums: Mapping[str, int], salvage: Salvage
) -> dict[str, Edit]:
    """Return the edits that differ from their checksum and can be saved all the same.

    One bit of the row was flipped: the row with that bit flipped back has the checksum. Or the checksum is damaged, and
    not the row: then the tables hold what the edit writes, or the checksums of all edits together have the stored sum.
    """
    left = {name: row for name, row in doubtful.items() if name not in intact}
    if not left:
        return {}
    edits = {name: edit for name, row in left.items() if (edit := _edit(row))}
    sums = [checksum("edits", edit_to_row(edit)) for edit in (*intact.values(), *edits.values())]
    is_whole = salvage.total("edits") == total(sums)
    state = _damaged_state(salvage)
    confirmed: dict[str, Edit] = {}
    for name, row in left.items():
        edit = edits.get(name)
        mended = None if edit and is_whole else _with_bit_flipped_back(row, checksums[name])
        if mended:
            confirmed[name] = edit_from_row(mended)
        elif edit and (is_whole or (_is_short(row) and _is_shown(edit, state))):
            confirmed[name] = edit
    return confirmed


def _is_unconfirmed(edits: Mapping[str, Edit], salvage: Salvage) -> bool:
    """Return True if the file has checksums, and those of these edits do not have the stored sum."""
    sums = (checksum("edits", edit_to_row(edit)) for edit in edits.values())
    return salvage.has_checksums and salvage.total("edits") != total(sums)


def _damaged_state(salvage: Salvage) -> dict[Address, Value]:
    """Return the cells of the damaged state tables that can be read."""
    state: dict[Address, Value] = {}
    for cell, table in CELL_TABLES.items():
        for row in salvage.rows(table.name):
            with suppress(*DAMAGE_ERRORS):
                address = Address(str(row["annotator"]), str(row["document"]), cell, str(row["key"]))
                state[address] = table.value(row)
    return state


def _is_shown(edit: Edit, state: Mapping[Address, Value]) -> bool:
    """Return True if the tables hold everything that an edit wrote, and it is about one of the articles there."""
    is_known = any(edit.document == write.document for write in edit.writes)
    return is_known and all(state.get(Address.of(edit.annotator, write)) == write.after for write in edit.writes)


def _is_short(row: Row) -> bool:
    """Return True if _with_bit_flipped_back() tries every bit of a row, so that its failure means something."""
    return len(str(row["payload"]).encode()) <= _MOST_BYTES


def _with_bit_flipped_back(row: Row, known: int) -> Row | None:
    """Return the row of an edit with one bit flipped so that it has the known checksum, or None if no bit does it."""
    for name, value in row.items():
        data = value.encode() if isinstance(value, str) else value if isinstance(value, bytes) else b""
        for place in range(min(len(data), _MOST_BYTES)):
            for bit in range(8):
                other = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
                try:
                    mended = row | {name: other.decode()}
                except UnicodeDecodeError:
                    continue
                if matches_checksum("edits", mended, known) and _edit(mended):
                    return mended
    if not isinstance(row["time"], int):
        return None
    times = (row | {"time": row["time"] ^ 1 << bit} for bit in range(_TIME_BITS))
    return next((other for other in times if matches_checksum("edits", other, known) and _edit(other)), None)


def _with_correct_ids(edits: Mapping[str, Edit], known: Set[str], checksums: Mapping[str, int]) -> dict[str, Edit]:
    """Return edits in which one with an unknown id has the missing id that is almost the same, if its checksum fits.

    Example: the index names the edit ...7a, and the table has ...7b instead, with the checksum of ...7a. Without a
    fitting checksum the edit is dropped.
    """
    found = dict(edits)
    for name in found.keys() - known:
        for missing in known - found.keys():
            if len(name) == len(missing) and sum(map(ne, name, missing)) <= _ALMOST:
                edit = replace(found.pop(name), id=missing)
                if checksums.get(missing) == checksum("edits", edit_to_row(edit)):
                    found[missing] = edit
                break
    return found


def _edit(row: Row) -> Edit | None:
    """Return the edit of a row, or None if the program could not have written it."""
    try:
        edit = edit_from_row(row)
        texts = [edit.annotator, edit.document, edit.reverts or ""]
        texts += [text for write in edit.writes for text in (write.document, write.key)]
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
    return all(isinstance(value, str) for value in values)


def _fits(value: Value) -> bool:
    """Return True if the fields of a cell's value have the types of its columns."""
    types: dict[str, tuple[type, ...]] = {
        "score": (int, float),
        "doubtful": (int,),
        "removed": (int,),
        "start": (int,),
        "end": (int,),
    }
    return all(each is None or isinstance(each, types.get(name, (str,))) for name, each in value.items())


def _documents(salvage: Salvage) -> _Documents:
    """Return the documents with the text that was imported."""
    named = set(salvage.checksums("documents"))
    for table, column in (("articles", "id"), ("document_heads", "document")):
        ids = chain(salvage.indexed_values(table, column), (str(row[column]) for row in salvage.rows(table)))
        named |= {each for each in ids if len(each) == _ID_LENGTH}
    erased = {row["document"] for row in salvage.rows("erased_documents")}
    rows: dict[str, Row] = {}
    changed: set[str] = set()

    def take(row: Row) -> None:
        """Keep a document if its text is intact and it was not found before, or only with a field changed."""
        name, text = row["id"], row["text"]
        if isinstance(text, str) and document_id(text) == name and (name not in rows or name in changed):
            rows[name], is_changed = _readable_document(row)
            (changed.add if is_changed else changed.discard)(name)

    for row in salvage.rows("articles"):
        if row["id"] in erased and row["text"] == "":
            rows[row["id"]] = document_to_row(replace(_ERASED, id=row["id"]), _stamp(row["stamp"]))
        else:
            take(row)
    if named - rows.keys() or changed or not salvage.is_whole:
        for row in salvage.rows_on_pages("articles"):
            # Free pages may hold documents that no table of the file has.
            if row["id"] in named:
                take(row)
    checksums = salvage.checksums("documents")
    changed |= {each for each, row in rows.items() if not matches_checksum("documents", row, checksums.get(each))}
    return _Documents(rows, tuple(sorted(changed)), frozenset(named))


def _readable_document(row: Row) -> tuple[Row, bool]:
    """Return a document's row with a plain value for each field that cannot be read, and whether there is any."""
    whole = row | {"length": len(row["text"]), "stamp": _stamp(row["stamp"])}
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
    return whole | readable, is_changed


def _stamp(value: object) -> str:
    """Return a valid stamp; the smallest one instead of an invalid one."""
    try:
        return value if isinstance(value, str) and str(UUID(value)) == value else _EARLIEST
    except ValueError:
        return _EARLIEST


def _annotators(salvage: Salvage, edits: Iterable[Edit]) -> tuple[dict[str, Row], tuple[str, ...]]:
    """Return the rows of the annotators by id, and the ids of those whose name is lost or may be wrong.

    An annotator of an edit without a name gets the id as name.
    """
    found: dict[str, Row] = {}
    for row in salvage.rows("annotators"):
        if isinstance(row["id"], str) and isinstance(row["name"], str):
            found[row["id"]] = row | {"stamp": _stamp(row["stamp"])}
    nameless = sorted({edit.annotator for edit in edits} - found.keys())
    checksums = salvage.checksums("annotators")
    doubtful = [who for who, row in found.items() if not matches_checksum("annotators", row, checksums.get(who))]
    return (
        found | {who: {"id": who, "name": who, "stamp": _EARLIEST} for who in nameless},
        tuple(sorted({*nameless, *doubtful})),
    )


def _save_time_spent(db: Database, salvage: Salvage, people: Iterable[str], documents: Iterable[str]) -> None:
    """Save the valid rows of time spent."""
    known, there = set(people), set(documents)
    for row in salvage.rows("spells"):
        numbers = isinstance(row["started"], int) and isinstance(row["ms"], int)
        if _stamp(row["id"]) == row["id"] and row["annotator"] in known and row["document"] in there and numbers:
            db.table("spells").insert(row, ignore=True)


def _save_suggestions(db: Database, salvage: Salvage, documents: Iterable[str]) -> int:
    """Save the runs of suggesters that are complete; return how many are not, and must be made again."""
    lost = 0
    there = set(documents)
    texts = ("document", "suggester", "version", "stamp")
    runs: dict[int, Row] = {}
    for row in salvage.rows("runs"):
        is_run = all(isinstance(row[name], str) for name in texts) and isinstance(row["size"], int)
        if is_run and isinstance(row["id"], int) and row["document"] in there and _stamp(row["stamp"]) == row["stamp"]:
            runs[row["id"]] = row
        else:
            lost += 1
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
    _insert(db, "runs", whole.values())
    _insert(db, "suggestions", [each for row in whole.values() for each in proposed[row["id"]]])
    return lost + len(runs) - len(whole)


def _unlogged(db: Database, salvage: Salvage) -> tuple[int, tuple[str, ...]]:
    """Return how many cells the damaged state tables hold and the new ones do not, and in which documents."""
    count, documents = 0, set()
    for table in CELL_TABLES.values():
        names = ("document", "annotator", "key", *table.fields)
        listed = ", ".join(f'"{name}"' for name in names)
        now = set(db.execute(f'select {listed} from "{table.name}"'))  # noqa: S608
        for row in salvage.rows(table.name):
            if tuple(row[name] for name in names) not in now:
                count += 1
                if isinstance(row["document"], str):
                    documents.add(row["document"])
    return count, tuple(sorted(documents))


def _outdated(db: Database, salvage: Salvage, report: RepairReport) -> Iterator[str]:
    """Yield the tables whose checksums do not have the stored sum, although nothing is known to be lost of them."""
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
    listed = list(names)
    more = f" and {len(listed) - 3:,} more" if len(listed) > 3 else ""
    return ", ".join(listed[:3]) + more
