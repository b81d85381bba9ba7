"""The migrations that create a project file and upgrade an older one.

A released migration never changes; a new form of the file is a new migration at the end. Each migration and the record
of it are one transaction.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.db import DescIndex
from sqlite_utils.migrations import Migrations

from annotator.storage.file.checksums import create_tables
from annotator.storage.file.label_ids import write_label_ids
from annotator.storage.file.revision import first_revision

migrations = Migrations("annotator")


@migrations(name="0001_documents_and_people")
def documents_and_people(db: Database) -> None:
    """Create the tables of the project's facts, its documents and its annotators."""
    db.table("meta").create({"name": str, "value": str}, pk="name", not_null={"value"}, strict=True)
    db.table("annotators").create(
        {"id": str, "name": str, "stamp": str}, pk="id", not_null={"id", "name", "stamp"}, strict=True
    )
    documents = db.table("documents")
    # The text is the last column, so that SQLite need not read it to get at the others.
    small = {"id": str, "stamp": str, "length": int, "title": str, "date": str, "source": str}
    large = dict.fromkeys(("url", "author", "external_id", "newlines", "regions", "metadata", "text"), str)
    columns = small | large
    documents.create(columns, pk="id", not_null=set(columns) - {"date"}, strict=True)
    documents.create_index(["stamp", "id"])


@migrations(name="0002_log_and_state")
def log_and_state(db: Database) -> None:
    """Create the append-only log of edits and the four tables of its present state."""
    people = [("annotator", "annotators", "id"), ("document", "documents", "id")]
    edits = db.table("edits")
    columns = {"id": str, "annotator": str, "document": str, "kind": str, "reverts": str, "time": int, "payload": str}
    edits.create(columns, pk="id", foreign_keys=people, not_null=set(columns) - {"reverts"}, strict=True)
    edits.create_index(["annotator", "id"])
    edits.create_index(["reverts", "id"])
    for verb in ("update", "delete"):
        db.execute(
            f"create trigger edits_no_{verb} before {verb} on edits "
            "begin select raise(abort, 'the log of edits is append-only'); end"
        )
    address = {"document": str, "annotator": str, "key": str}
    values: dict[str, dict[str, type]] = {
        "annotations": {"start": int, "end": int, "label": str, "origin": str},
        "verdicts": {"verdict": str, "suggester": str, "version": str, "score": float},
        "statuses": {"status": str},
        "notes": {"text": str, "doubtful": int},
    }
    for name, value in values.items():
        db.table(name).create(
            address | value, pk=tuple(address), foreign_keys=people, not_null=set(address), strict=True
        )


@migrations(name="0003_suggestions")
def suggestions(db: Database) -> None:
    """Create the tables of suggestions: one run for each document and suggester, and its suggestions."""
    runs = db.table("runs")
    columns = {"id": int, "document": str, "suggester": str, "version": str, "stamp": str, "size": int}
    runs.create(columns, pk="id", foreign_keys=[("document", "documents", "id")], not_null=set(columns), strict=True)
    runs.create_index(["document", "suggester"], unique=True)
    proposed = {"run": int, "start": int, "end": int, "label": str, "score": float}
    table = db.table("suggestions")
    table.create(proposed, foreign_keys=[("run", "runs", "id")], not_null=set(proposed), strict=True)
    table.create_index(["run"])


@migrations(name="0004_document_numbers")
def document_numbers(db: Database) -> None:
    """Create the table of what documents are sorted by, with a row for each document, and the counts of scores."""
    numbers = db.table("document_numbers")
    counts = {"repeated": int, "entities": int, "uncertainty": float, "new_names": int}
    columns = (
        {"document": str, "date": str} | counts | {"basis": str, "first": str, "worths": bytes, "fingerprint": bytes}
    )
    numbers.create(
        columns,
        pk="document",
        foreign_keys=[("document", "documents", "id"), ("first", "documents", "id")],
        not_null=set(columns) - {"first", "worths", "fingerprint"},
        defaults=dict.fromkeys(counts, 0) | {"basis": ""},
        strict=True,
    )
    for column in ("date", "entities", "uncertainty", "new_names"):
        numbers.create_index(["repeated", DescIndex(column)])
    db.table("worths").create({"percent": int, "count": int}, pk="percent", not_null={"count"}, strict=True)
    db.execute(
        "create trigger documents_numbered after insert on documents begin "
        "insert or ignore into document_numbers (document, date) values (new.id, coalesce(new.date, '')); end"
    )
    db.execute(
        "create trigger documents_dated after update of date on documents begin "
        "update document_numbers set date = coalesce(new.date, '') where document = new.id; end"
    )
    db.execute(
        "insert into document_numbers (document, date) select id, coalesce(date, '') from documents order by stamp, id"
    )


@migrations(name="0005_search")
def search(db: Database) -> None:
    """Create the trigram index of texts, which is filled later, and indexes of annotations by label and by annotator.

    The index only maps each three letters of a text's normal form to documents. It stores neither texts nor positions.
    number is the rowid of a document in it.
    """
    documents = db.table("search_documents")
    documents.create(
        {"number": int, "document": str},
        pk="number",
        foreign_keys=[("document", "documents", "id")],
        not_null={"document"},
        strict=True,
    )
    documents.create_index(["document"], unique=True)
    db.execute(
        "create virtual table search_text using fts5"
        "(text, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')"
    )
    db.execute("create virtual table search_terms using fts5vocab('search_text', 'row')")
    db.table("annotations").create_index(["label", "annotator", "document"])
    db.table("annotations").create_index(["annotator", "document"])


@migrations(name="0006_tagset")
def tagset(db: Database) -> None:
    """Create the table of changed tagset fields, and allow edits without a document in the log.

    SQLite can make a column nullable only by rebuilding the table, which drops its triggers. So they are created again.
    """
    db.table("tagset").create({"key": str, "value": str}, pk="key", not_null={"key", "value"}, strict=True)
    triggers = [
        row[0] for row in db.execute("select sql from sqlite_master where type = 'trigger' and tbl_name = 'edits'")
    ]
    db.table("edits").transform(not_null={"document": False})
    for sql in triggers:
        db.execute(sql)


@migrations(name="0007_heads_and_spells")
def heads_and_spells(db: Database) -> None:
    """Create the small table that filters use, the table of time spent, and the table of open windows.

    best is the greatest score among a document's suggestions in percent, -1 if it has none. words is the title in its
    searchable form, NULL until the first search.
    """
    heads = db.table("document_heads")
    columns = {"document": str, "stamp": str, "date": str, "source": str, "words": str}
    heads.create(
        columns,
        pk="document",
        foreign_keys=[("document", "documents", "id")],
        not_null=set(columns) - {"words"},
        strict=True,
    )
    heads.create_index(["source"])
    db.execute("create index document_heads_wordless on document_heads (document) where words is null")
    values = "id, stamp, coalesce(date, ''), source"
    db.execute(f"insert into document_heads (document, stamp, date, source) select {values} from documents")  # noqa: S608
    added = "new.id, new.stamp, coalesce(new.date, ''), new.source"
    db.execute(
        "create trigger documents_headed after insert on documents begin "  # noqa: S608
        f"insert or ignore into document_heads (document, stamp, date, source) values ({added}); end"
    )
    db.execute(
        "create trigger documents_beheaded after update of stamp, title, date, source on documents begin "
        "update document_heads set stamp = new.stamp, date = coalesce(new.date, ''), source = new.source, words = null "
        "where document = new.id; end"
    )
    db.execute("alter table document_numbers add column best integer not null default -1")
    measured = db.execute("select document, worths from document_numbers where length(worths) > 0").fetchall()
    db.conn.executemany(
        "update document_numbers set best = ? where document = ?", [(max(worths), name) for name, worths in measured]
    )
    numbers = ["document", "repeated", "date", "entities", "uncertainty", "new_names", "best"]
    db.table("document_numbers").create_index(numbers)
    people = [("annotator", "annotators", "id"), ("document", "documents", "id")]
    spells = db.table("spells")
    spell = {"id": str, "annotator": str, "document": str, "started": int, "ms": int}
    spells.create(spell, pk="id", foreign_keys=people, not_null=set(spell), strict=True)
    spells.create_index(["annotator", "document", "ms"])
    for verb in ("update", "delete"):
        db.execute(
            f"create trigger spells_no_{verb} before {verb} on spells "
            "begin select raise(abort, 'time that was spent is never altered'); end"
        )
    window = {"id": str, "host": str, "process": int, "path": str, "annotator": str, "seen": int}
    db.table("windows").create(window, pk="id", not_null=set(window), strict=True)


@migrations(name="0008_roles")
def roles(db: Database) -> None:
    """Create the table of roles. It is separate from names, so that each is merged by its own stamp."""
    columns = {"annotator": str, "role": str, "stamp": str}
    db.table("roles").create(
        columns, pk="annotator", foreign_keys=[("annotator", "annotators", "id")], not_null=set(columns), strict=True
    )


@migrations(name="0009_file_revision")
def file_revision(db: Database) -> None:
    """Create the table of the file's revision; see annotator.storage.file.revision."""
    db.table("file_revision").create({"value": str}, not_null={"value"}, strict=True)
    db.table("file_revision").insert({"value": first_revision()})


@migrations(name="0010_removed_documents")
def removed_documents(db: Database) -> None:
    """Create the tables of removed documents, and of those whose text was erased.

    A removal is an edit, so removals is a table of cells like the others; its annotator is always "". Erasing is not an
    edit.
    """
    address = {"document": str, "annotator": str, "key": str}
    db.table("removals").create(
        address | {"removed": int},
        pk=tuple(address),
        foreign_keys=[("document", "documents", "id")],
        not_null=set(address),
        strict=True,
    )
    db.table("erased_documents").create(
        {"document": str}, pk="document", foreign_keys=[("document", "documents", "id")], strict=True
    )


@migrations(name="0011_cell_writes")
def cell_writes(db: Database) -> None:
    """Create the index from a cell to the edits that write it; see annotator.storage.log.replay.

    A cell is identified by a part of its document's id and of its key. Two cells seldom have the same parts.
    """
    db.execute(
        "create table cell_writes (cell text not null, edit text not null references edits (id), "
        "primary key (cell, edit)) strict, without rowid"
    )
    cell = "substr(json_extract(value, '$.document'), 1, 8) || substr(json_extract(value, '$.key'), -12)"
    written = (
        f"insert or ignore into cell_writes (cell, edit) select {cell}, {{0}}.id "  # noqa: S608
        "from {1}json_each(case when json_valid({0}.payload) then {0}.payload else '[]' end) "
        f"where type = 'object' and {cell} is not null"
    )
    db.execute(written.format("edits", "edits, "))
    db.execute(f"create trigger edits_write_cells after insert on edits begin {written.format('new', '')}; end")


@migrations(name="0012_suggestion_kinds")
def suggestion_kinds(db: Database) -> None:
    """Store the scores that suggesters gave, instead of what these meant at that time.

    A kind is a suggester and a label, by the label's first id. best_scores has the highest score of each kind in each
    document. shown has the visible suggestions of a document, each as 128 * kind + score in percent, in four bytes;
    score_counts counts them over all documents. The next update of the metrics fills both.
    """
    db.execute(
        "create table suggestion_kinds (id integer primary key, suggester text not null, label text not null, "
        "unique (suggester, label)) strict"
    )
    db.execute(
        "create table best_scores (document text not null references documents (id), "
        "kind integer not null references suggestion_kinds (id), score real not null, primary key (document, kind)) "
        "strict, without rowid"
    )
    db.execute(
        "create table score_counts (kind integer not null references suggestion_kinds (id), percent integer not null, "
        "count integer not null, primary key (kind, percent)) strict, without rowid"
    )
    proposed = "from runs r join suggestions s on s.run = r.id"
    db.execute(f"insert into suggestion_kinds (suggester, label) select distinct r.suggester, s.label {proposed}")
    db.execute(
        f"insert into best_scores select r.document, k.id, max(s.score) {proposed} "
        "join suggestion_kinds k on k.suggester = r.suggester and k.label = s.label group by r.document, k.id"
    )
    db.execute("drop table worths")
    numbers = ["document", "repeated", "date", "entities", "uncertainty", "new_names"]
    db.execute(f"drop index idx_document_numbers_{'_'.join(numbers)}_best")
    for column in ("best", "worths"):
        db.execute(f"alter table document_numbers drop column {column}")
    db.execute("alter table document_numbers add column shown blob")
    db.table("document_numbers").create_index(numbers)
    db.execute("update document_numbers set basis = ''")


@migrations(name="0013_checksums")
def checksums(db: Database) -> None:
    """Create the checksums of documents, edits, annotators, roles and the project's facts."""
    create_tables(db)


@migrations(name="0014_team")
def team(db: Database) -> None:
    """Create the tables of what a team shares: who is to label which document, and the settled (gold) layer.

    Both are tables of cells like the others; their annotator is always "". settle_edits finds the edits that settled
    something.
    """
    address = {"document": str, "annotator": str, "key": str}
    values: dict[str, dict[str, type]] = {
        "assignments": {"assigned": int},
        "gold": {"label": str, "by": str, "rests": str},
    }
    for name, value in values.items():
        db.table(name).create(
            address | value,
            pk=tuple(address),
            foreign_keys=[("document", "documents", "id")],
            not_null=set(address),
            strict=True,
        )
    db.table("assignments").create_index(["key", "document"])
    db.execute("create index settle_edits on edits (id) where kind = 'settle'")


@migrations(name="0015_shared_folder")
def shared_folder(db: Database) -> None:
    """Create the outbox: what this copy has and the carrier of its project, such as a shared folder, may lack.

    The row "carrier" of meta is the carrier's address. It belongs to this copy of the file alone, and without it the
    triggers do nothing. A row of the outbox names a row of another table by its key. carrier_marks remembers what was
    read from the carrier and written to it.
    """
    db.execute(
        "create table outbox (kind text not null, key text not null, primary key (kind, key)) strict, without rowid"
    )
    db.execute("create table carrier_marks (name text not null primary key, value text not null) strict")
    run = "{0}.document || ' ' || {0}.suggester"
    keys = {
        "documents": "{0}.id",
        "annotators": "{0}.id",
        "runs": run,
        "spells": "{0}.id",
        "edits": "{0}.id",
    }
    has_carrier = "exists (select 1 from meta where name = 'carrier')"
    for kind, key in keys.items():
        new = key.format("new")
        # Not "insert or ignore": the statement that fires a trigger decides how its conflicts are handled.
        put = (
            f"insert into outbox (kind, key) select '{kind}', {new} "  # noqa: S608
            f"where not exists (select 1 from outbox where kind = '{kind}' and key = {new})"
        )
        db.execute(f"create trigger {kind}_to_send after insert on {kind} when {has_carrier} begin {put}; end")
        if kind in ("documents", "annotators"):
            is_newer = f"new.stamp <> old.stamp and {has_carrier}"
            db.execute(
                f"create trigger {kind}_to_send_again after update of stamp on {kind} when {is_newer} begin {put}; end"
            )
    db.execute(
        "create trigger runs_not_to_send after delete on runs begin "  # noqa: S608
        f"delete from outbox where kind = 'runs' and key = {run.format('old')}; end"
    )


@migrations(name="0016_fewer_cell_writes")
def fewer_cell_writes(db: Database) -> None:
    """Give an import one row in cell_writes instead of one for each annotation, and drop the trigger.

    The trigger read the JSON of each edit, a fifth of the time of an import. The program has the cells at hand; see
    annotator.storage.log.replay.cell_names.
    """
    db.execute("drop trigger edits_write_cells")
    db.execute("delete from cell_writes where edit in (select id from edits where kind = 'import')")
    cell = "substr(json_extract(value, '$.document'), 1, 8)"
    db.execute(
        f"insert or ignore into cell_writes (cell, edit) select {cell}, edits.id "  # noqa: S608
        "from edits, json_each(case when json_valid(payload) then payload else '[]' end) "
        f"where edits.kind = 'import' and type = 'object' and {cell} is not null"
    )


@migrations(name="0017_cheaper_imports")
def cheaper_imports(db: Database) -> None:
    """Drop an index of annotations and two triggers, and index only those edits that revert another.

    They took a sixth of the time of an import. The index on labels finds what an annotator worked on, since there are
    few labels and the annotator is its second column. See annotator.storage.tables.documents.insert_documents for what
    the triggers did.
    """
    db.execute("drop index idx_annotations_annotator_document")
    db.execute("drop index idx_edits_reverts_id")
    db.execute("create index reverting_edits on edits (reverts, id) where reverts not null")
    for trigger in ("documents_numbered", "documents_headed"):
        db.execute(f"drop trigger {trigger}")


@migrations(name="0018_titles")
def titles(db: Database) -> None:
    """Create the table of the titles that annotators gave documents.

    It is a table of cells like the others; its annotator is always "". Documents keep their imported titles. The
    triggers let the searchable form of a title be computed again.
    """
    address = {"document": str, "annotator": str, "key": str}
    db.table("titles").create(
        address | {"title": str},
        pk=tuple(address),
        foreign_keys=[("document", "documents", "id")],
        not_null={*address, "title"},
        strict=True,
    )
    for verb, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
        db.execute(
            f"create trigger titles_{verb} after {verb} on titles begin "  # noqa: S608
            f"update document_heads set words = null where document = {row}.document; end"
        )


@migrations(name="0019_views")
def views(db: Database) -> None:
    """Create the views of documents and annotations, which other programs may read: their columns stay as they are.

    The tables that had these names get others. They have every document and every annotation, also those in removed
    documents, and labels by their first ids. label_ids has the present ids of those that differ.
    """
    db.execute("alter table documents rename to articles")
    db.execute("alter table annotations rename to spans")
    db.execute("create table label_ids (stored text not null primary key, label text not null) strict, without rowid")
    write_label_ids(db)
    is_present = "not in (select document from removals union all select document from erased_documents)"
    title = "coalesce((select title from titles where document = articles.id), articles.title)"
    is_done = "key = '' and status = 'done'"
    db.execute(f"""
        create view documents as
        select id, {title} as title, date, source, url, author, external_id, length, metadata, text,
            exists (select 1 from statuses where document = articles.id and {is_done}) as finished
        from articles where id {is_present}
    """)  # noqa: S608
    db.execute(f"""
        create view annotations as
        select s.key as id, s.document, {title} as title, articles.date, articles.source, s.start, s."end",
            coalesce(l.label, s.label) as label, substr(articles.text, s.start + 1, s."end" - s.start) as text,
            p.name as annotator, s.annotator as annotator_id, s.origin,
            exists (
                select 1 from statuses where document = s.document and annotator = s.annotator and {is_done}
            ) as finished
        from spans s join articles on articles.id = s.document join annotators p on p.id = s.annotator
        left join label_ids l on l.stored = s.label
        where s.document {is_present}
    """)  # noqa: S608


@migrations(name="0020_label_checks")
def label_checks(db: Database) -> None:
    """Create the tables of what annotators found right in a check of labels, and of the project's rules for it.

    Both are tables of cells like the others. A rule belongs to no document, so that column is "".
    """
    address = {"document": str, "annotator": str, "key": str}
    people = [("annotator", "annotators", "id"), ("document", "articles", "id")]
    values: dict[str, tuple[dict[str, type], list[tuple[str, str, str]]]] = {
        "label_checks": ({"label": str}, people),
        "label_rules": ({"pattern": str, "label": str}, []),
    }
    for name, (value, keys) in values.items():
        columns = address | value
        db.table(name).create(columns, pk=tuple(address), foreign_keys=keys, not_null=set(columns), strict=True)


FORMER_NAMES = {"articles": "documents", "spans": "annotations"}
"""The names that tables had before the step views."""


def name_in_file(db: Database, table: str) -> str:
    """Return the name that a table has in a file, which may be of an earlier version."""
    return table if db.table(table).exists() else FORMER_NAMES.get(table, table)


def unknown_steps(db: Database) -> list[str]:
    """Return the names of applied migrations that this version of the program does not have."""
    with Database(memory=True) as empty:
        known = {step.name for step in migrations.pending(empty)}
    return sorted({step.name for step in migrations.applied(db)} - known)
