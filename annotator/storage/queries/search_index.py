"""An FTS5 trigram index of the normal forms of all texts: which documents may contain a text.

A search returns a list of candidate documents, and the places are then found in their texts. The index is filled after
the import, some documents at a time. It only grows, as the texts never change.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from annotator.storage.file.connection import ProjectConnection
from annotator.storage.rows import to_json
from annotator.storage.tables.label_usage import LABELS_GIVEN
from annotator.storage.tables.labels import Labels
from annotator.storage.tables.removed_documents import REMOVED
from annotator.text.normalise import normalise_words

_FORM = "1"
"""Version of the normal form. If the index has another one, it is built again."""
_FORM_NAME = "search-form"
_MOST_RUNS = 24
"""Trigrams of one literal that are searched. More would take time and exclude hardly any document."""
_LAST = "\U0010ffff"

_MISSING = """
    select d.id from articles d left join search_documents s on s.document = d.id
    where s.number is null order by d.stamp, d.id
"""


class SearchIndex:
    """The index of one project. Documents have numbers in it that rise in the order of indexing."""

    def __init__(self, connection: ProjectConnection, labels: Labels) -> None:
        self._connection = connection
        self._labels = labels

    def missing(self) -> list[str]:
        """Return the documents that are not in the index yet, in the order of import."""
        with self._connection.reading() as db:
            if _form(db) != _FORM:
                self._begin()
            counts = "select (select count(*) from articles), (select count(*) from search_documents)"
            documents, indexed = db.execute(counts).fetchone()
            return [] if documents == indexed else [row[0] for row in db.execute(_MISSING)]

    def add(self, document_ids: Sequence[str]) -> None:
        """Add documents to the index in one transaction. Those that are in it stay."""
        query = "select id, text from articles where id in (select value from json_each(?))"
        with self._connection.reading() as db:
            texts = dict(db.execute(query, [to_json(list(document_ids))]))
        # The spaces make the edges of the text edges of words, and let each pair of letters begin a trigram.
        forms = {i: f"{normalise_words(f' {text} ')} " for i, text in texts.items()}
        with self._connection.transaction() as db:
            for document_id in document_ids:
                if document_id in forms:
                    _insert(db, document_id, forms[document_id])

    def candidates(self, literals: Iterable[str], label: str = "", annotator: str = "") -> array[int]:
        """Return the numbers, ascending, of the indexed documents that may match.

        They contain the trigrams of every literal, and have an annotation with this label and annotator, if these are
        given. Literals are compared by normalise_words(); a space at an edge means the edge of a word. One letter
        is ignored.
        """
        args = {"label": self._labels.all_stored(label) if label else "", "annotator": annotator}
        where = [f"document not in {REMOVED}"]
        if label or annotator:
            labels = "select value from json_each(:label)" if label else LABELS_GIVEN
            person = " and annotator = :annotator" if annotator else ""
            # The labels come first, as they are the first column of the index.
            where.append(f"document in (select document from spans where label in ({labels}){person})")  # noqa: S608
        with self._connection.reading() as db:
            runs = [_runs(db, form) for literal in literals if len(form := normalise_words(literal)) > 1]
            if None in runs:
                return array("q")
            if runs:
                args["runs"] = " AND ".join(filter(None, runs))
                where.append("number in (select rowid from search_text where search_text match :runs)")
            query = f"select number from search_documents where {' and '.join(where)} order by number"  # noqa: S608
            return array("q", (row[0] for row in db.execute(query, args)))

    def ids(self, numbers: Iterable[int]) -> list[str]:
        """Return the documents with these numbers, in the same order."""
        wanted = list(numbers)
        query = f"""
            select number, document from search_documents
            where number in (select value from json_each(?)) and document not in {REMOVED}
        """  # noqa: S608
        with self._connection.reading() as db:
            found = dict(db.execute(query, [to_json(wanted)]))
        return [found[number] for number in wanted if number in found]

    def _begin(self) -> None:
        """Empty the index and store the version of the normal form."""
        with self._connection.transaction() as db:
            db.execute("insert into search_text(search_text) values('delete-all')")
            db.table("search_documents").delete_where()
            db.table("meta").upsert({"name": _FORM_NAME, "value": _FORM}, pk="name")


def _form(db: Database) -> str | None:
    row = db.execute("select value from meta where name = ?", [_FORM_NAME]).fetchone()
    return row[0] if row else None


def _insert(db: Database, document_id: str, form: str) -> None:
    """Add a document to the index, unless another window did so meanwhile."""
    added = db.execute("insert or ignore into search_documents (document) values (?)", [document_id])
    if added.rowcount:
        db.execute("insert into search_text (rowid, text) values (?, ?)", [added.lastrowid, form])


def _runs(db: Database, form: str) -> str | None:
    """Return the FTS5 expression for a normal form of at least two letters; None if no text contains two letters."""
    if len(form) > 2:
        step = -(-(len(form) - 2) // _MOST_RUNS)
        return " AND ".join(_quoted(form[i : i + 3]) for i in range(0, len(form) - 2, step))
    rows = db.execute("select term from search_terms where term >= ? and term < ?", [form, form + _LAST])
    terms = [_quoted(row[0]) for row in rows]
    return f"({' OR '.join(terms)})" if terms else None


def _quoted(term: str) -> str:
    """Return a term as an FTS5 string."""
    return '"' + term.replace('"', '""') + '"'
