"""A PostgreSQL database as the carrier: an append-only table of rows, whose rights the server checks.

resources/server/schema.sql has the table. A row gets a number when it arrives, and numbers become visible in their
order. The marks of this carrier are the ranges of numbers that this copy has: the last number of a range and the key of
its row, by the number before the first one. "server" is the id of the schema. A row that cannot be merged is a gap
between two ranges, and is asked for again.

Each page of rows is read by a statement of its own, so that the server waits for nobody and memory stays bounded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.edit import CellKind
from annotator.errors import Message, UserError
from annotator.services.progress import Progress
from annotator.services.team.carrier import Marks, Report, Withheld
from annotator.services.team.postgres_server import (
    check_schema,
    connection_parameters,
    open_connection,
    server_name,
    translate_server_errors,
)
from annotator.storage.changeset import Changeset, row_key
from annotator.storage.rows import Row

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

LARGEST = 200_000_000
"""How many bytes a row may have as JSON; PostgreSQL stores texts in jsonb up to 256 MiB. schema.sql checks it too."""
_LONGEST_KEY = 1_000
"""How many characters a key may have, as PostgreSQL's indexes store up to 2,700 bytes. schema.sql checks it too."""
_PAGE_SIZE, _PAGE_ROWS = 4_000_000, 500
"""How many bytes a page has at most, unless its first row is longer, and how many rows.

Decoding and checking a page runs without a pause in the interpreter. In a window with 5,000 rows that took 0.25 s, and
a key waited for all of it: its 60 statements each give the interpreter up, and each gets it back after 5 ms.
"""
_WAIT, _CANCEL = 0.1, 5
"""After how many seconds of waiting on_wait is called, and how long the server may take to cancel a query."""
_SERVER = "server"

_READ = """
    select seq, kind, key, size, body from (
        select *, sum(size) over (order by seq) - size as before from (
            select seq, kind, key, size, body from annotator.rows
            where project = %s and seq > %s and seq <= %s order by seq limit %s
        ) as numbered
    ) as page
    where before < %s order by seq
"""
_SEND = """
    with sent as (
        insert into annotator.rows (project, kind, body)
        select %s, kind, body from unnest(%s::text[], %s::text[]) as given (kind, body)
        on conflict (project, kind, key, stamp) do nothing
        returning seq, kind, key
    )
    select count(*), min(seq), max(seq), (array_agg(kind || ' ' || key order by seq desc))[1] from sent
"""
_COMPARE = """
    select given.at, found.body
    from unnest(%s::text[], %s::text[], %s::text[]) with ordinality as given (kind, key, stamp, at)
    join annotator.rows as found using (kind, key, stamp)
    where found.project = %s
"""


class _Row(NamedTuple):
    """A row of the server: its number, its table and key, its size in bytes, and its columns as JSON."""

    seq: int
    kind: str
    key: str
    size: int
    body: str

    @property
    def name(self) -> str:
        """Return the table and the key."""
        return f"{self.kind} {self.key}"


@dataclass(frozen=True)
class _Page:
    """Rows of the server as an arrival: all that there are with numbers after start and up to end."""

    server: str
    schema: str
    start: int
    end: int
    rows: Sequence[_Row]

    @property
    def path(self) -> Path:
        """Return the server, with the key of the row if it is the only one."""
        return Path(f"{self.server} ({self.rows[0].name})" if len(self.rows) == 1 else self.server)

    @cached_property
    def changes(self) -> Changeset:
        """Return the rows. Raises ValueError if one is invalid."""
        changes = Changeset()
        for row in self.rows:
            changes.add(row.kind, orjson.loads(row.body))
        return changes

    @property
    def marks(self) -> Marks:
        """Return the mark of the range."""
        is_last = bool(self.rows) and self.rows[-1].seq == self.end
        return _marks(self.schema, [_Range(self.start, self.end, self.rows[-1].name if is_last else "")])

    def halves(self) -> Sequence[_Page]:
        """Return two pages, or nothing for a single row."""
        if len(self.rows) < 2:
            return ()
        middle = len(self.rows) // 2
        end = self.rows[middle - 1].seq
        return (
            _Page(self.server, self.schema, self.start, end, self.rows[:middle]),
            _Page(self.server, self.schema, end, self.end, self.rows[middle:]),
        )

    def damaged(self) -> Message:
        """Return the message for a row that cannot be read."""
        return Message(
            "{source} cannot be read and was skipped. If a newer annotator wrote it, upgrade annotator.",
            source=str(self.path),
        )


class _Range(NamedTuple):
    """Numbers after start and up to end, and the name of the row with the number end, "" if it is not known."""

    start: int
    end: int
    name: str


def _marks(schema: str, ranges: Sequence[_Range]) -> dict[str, str]:
    return {_SERVER: schema} | {str(start): f"{end} {name}" for start, end, name in ranges}


def _ranges(marks: Marks) -> list[_Range]:
    """Return the ranges in marks, in order, those that touch as one."""
    found: list[_Range] = []
    for name, mark in sorted(((name, mark) for name, mark in marks.items() if name != _SERVER), key=_start):
        end, _, last = mark.partition(" ")
        new = _Range(int(name), int(end), last)
        if found and new.start <= found[-1].end:
            old = found.pop()
            new = _Range(old.start, *max((old.end, old.name), (new.end, new.name)))
        found.append(new)
    return found


def _start(mark: tuple[str, str]) -> int:
    return int(mark[0])


class PostgresCarrier:
    """A database that carries the rows of one or more projects."""

    def __init__(self, address: str) -> None:
        """Take the URL of a database. Raises UserError if it is invalid, or has a password."""
        connection_parameters(address)
        self._address = address
        self._server = server_name(address)
        self._open: Connection[TupleRow] | None = None
        self._on_wait: Callable[[], None] = lambda: None
        self._schema = ""
        self._login = ""
        self._is_lead = self._is_adjudicator = False
        self._own: frozenset[str] = frozenset()
        self._personal: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        """Return the URL."""
        return self._address

    def check(self, on_wait: Callable[[], None]) -> None:
        """Connect. Raises UserError if that fails, or the database has no schema, or another version of it.

        on_wait is called ten times a second while an answer of the server is waited for.
        """
        self.close()
        self._on_wait = on_wait
        self._open = open_connection(self._address)
        with translate_server_errors(self._server):
            self._schema = check_schema(self._open)
            query = (
                "select session_user::text, annotator.has_role('lead'), annotator.has_role('adjudicator'), "
                "annotator.personal_cells()"
            )
            ((self._login, self._is_lead, self._is_adjudicator, personal),) = self._execute(query)
            self._personal = frozenset(personal)

    def close(self) -> None:
        """Close the connection."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def warning(self, project: Path) -> Message | None:  # noqa: ARG002 - of the protocol
        """Return None."""
        return None

    def has_lost(self, project_id: str, marks: Marks, on_step: Callable[[], None]) -> bool:
        """Return True if rows are missing that this copy has seen, as after a backup was restored.

        Raises UserError if the server has nothing of the project.
        """
        ranges = _ranges(marks)
        if not ranges:
            return False
        on_step()
        if not self._has_project(project_id):
            raise UserError(
                "{server} has nothing of this project, but it exchanged its work there before. If the server is new "
                "or was emptied, a lead runs: annotator sync --resend PROJECT URL",
                server=self._server,
            )
        known = {end: name for _, end, name in ranges if name}
        query = (
            "select count(*) from unnest(%s::bigint[], %s::text[]) as known (seq, name) "
            "join annotator.rows as found using (seq) "
            "where found.project = %s and found.kind || ' ' || found.key = name"
        )
        ((count,),) = self._execute(query, [list(known), list(known.values()), project_id])
        return marks.get(_SERVER) != self._schema or count != len(known)

    def join(self, project_id: str, annotator: Annotator | None, report: Report) -> None:
        """Let the login work as an annotator, if neither has another. A lead also adds the project.

        Whatever prevents the copy from sending the annotator's work is reported.
        """
        if not self._has_project(project_id):
            if not self._is_lead:
                raise UserError(
                    "{server} does not have this project yet. A lead has to synchronise it first.", server=self._server
                )
            self._execute("insert into annotator.projects (id) values (%s) on conflict do nothing", [project_id])
        query = "select annotator, login::text from annotator.logins where project = %s"
        logins: dict[str, str] = dict(self._execute(query, [project_id]))
        if annotator is not None and annotator.id not in logins and self._login not in logins.values():
            logins |= self._claim(project_id, annotator)
        self._own = frozenset(who for who, login in logins.items() if login == self._login)
        if problem := self._doubt(annotator, logins):
            report(problem)

    def _claim(self, project_id: str, annotator: Annotator) -> dict[str, str]:
        """Try to become an annotator on the server; return the login by the annotator's id, or nothing if refused."""
        from psycopg.errors import InsufficientPrivilege, UniqueViolation

        assert self._open is not None  # noqa: S101 - check() comes first
        query = "insert into annotator.logins (project, annotator) values (%s, %s)"
        with translate_server_errors(self._server):
            try:
                self._open.execute(query, [project_id, annotator.id])
            except (InsufficientPrivilege, UniqueViolation):
                return {}
        return {annotator.id: self._login}

    def _doubt(self, annotator: Annotator | None, logins: Mapping[str, str]) -> Message | None:
        """Return why the work of an annotator is not sent under this login, if it is not."""
        if self._is_lead or (annotator is not None and annotator.id in self._own):
            return None
        if annotator is None:
            return (
                None
                if self._own
                else Message(
                    "It is not known who works in this copy, so its decisions are not sent. Run: annotator team switch "
                    "PROJECT NAME"
                )
            )
        if self._own:
            return Message(
                "The login {login} belongs to another annotator than {name}. Use one login for each annotator.",
                login=self._login,
                name=annotator.name,
            )
        if annotator.id in logins:
            return Message(
                "{name} works on the server with the login {other}, not with {login}. If somebody else works in this "
                "copy, run: annotator team switch PROJECT NAME",
                name=annotator.name,
                other=logins[annotator.id],
                login=self._login,
            )
        return Message(
            "A lead has to say that {name} works with the login {login}. The lead runs: annotator sync --login "
            "{name}={login} PROJECT",
            name=annotator.name,
            login=self._login,
        )

    def tidied(self, marks: Marks) -> Marks:
        """Return the marks with ranges that touch as one."""
        ranges = _ranges(marks)
        return _marks(marks[_SERVER], ranges) if ranges else {}

    def arrivals(
        self,
        project_id: str,
        marks: Marks,
        report: Report,  # noqa: ARG002 - of the protocol
        progress: Progress,
    ) -> Iterator[_Page]:
        """Yield the rows whose numbers the marks do not cover, in the order in which they arrived at the server."""
        head = self._execute(
            "select seq, kind || ' ' || key from annotator.rows where project = %s order by seq desc limit 1",
            [project_id],
        )
        end = head[0][0] if head else 0
        covered = [_Range(0, 0, ""), *(each for each in _ranges(marks) if each.start < end), _Range(end, end, "")]
        gaps = [(one.end, other.start) for one, other in pairwise(covered) if one.end < other.start]
        done, total = 0, sum(last - first for first, last in gaps)
        for first, last in gaps:
            start = first
            while start < last:
                progress(done + start - first, total)
                page = self._page(project_id, start, last)
                yield page
                start = page.end
            done += last - first

    def _page(self, project_id: str, start: int, end: int) -> _Page:
        found = self._execute(_READ, [project_id, start, end, _PAGE_ROWS, _PAGE_SIZE])
        rows = [_Row(*row) for row in found]
        if len(rows) == _PAGE_ROWS or sum(row.size for row in rows) >= _PAGE_SIZE:
            end = rows[-1].seq
        return _Page(self._server, self._schema, start, end, rows)

    def withheld(self, kind: str, row: Row) -> Withheld | None:
        """Return why the server would refuse a row, as the policies in schema.sql do."""
        if _is_large(kind, row):
            return Withheld.LARGE
        if self._is_lead or kind in ("documents", "runs"):
            return None
        if (row["id"] if kind == "annotators" else row["annotator"]) not in self._own:
            return Withheld.OTHERS
        if kind == "edits":
            cells = {write["cell"] for write in json.loads(row["payload"])}
            if CellKind.TEAM in cells or not (self._is_adjudicator or cells <= self._personal):
                return Withheld.SHARED
        return None

    def send(self, changes: Changeset, project_id: str) -> Marks:
        """Store a changeset. Raises UserError if the server has another row under an id of it."""
        rows = [(kind, row, _body(row).decode()) for kind, rows in changes.rows.items() for row in rows]
        given = [[kind for kind, *_ in rows], [body for *_, body in rows]]
        ((count, first, last, name),) = self._execute(_SEND, [project_id, *given])
        if count < len(rows):
            self._compare(rows, project_id)
        # The lock of the server lets nobody draw numbers between those of one statement.
        return _marks(self._schema, [_Range(first - 1, last, name)]) if count else {}

    def _compare(self, rows: Sequence[tuple[str, Row, str]], project_id: str) -> None:
        """Raise UserError if the server has a row with the same key as one of these, but other columns."""
        keys = [[kind, row_key(kind, row), row.get("stamp", "")] for kind, row, _ in rows]
        for at, found in self._execute(_COMPARE, [*map(list, zip(*keys, strict=True)), project_id]):
            kind, row, body = rows[at - 1]
            is_erased = kind == "documents" and "" in (row["text"], orjson.loads(found)["text"])
            if found != body and not is_erased:
                raise UserError(
                    "{server} has another version of {row}, so that either this project or the server is damaged. "
                    "Open a backup of the project, or ask whoever administers the server.",
                    server=self._server,
                    row=f"{kind} {row_key(kind, row)}",
                )

    def _has_project(self, project_id: str) -> bool:
        return bool(self._execute("select 1 from annotator.projects where id = %s", [project_id]))

    def _execute(self, query: str, values: Sequence[object] = ()) -> list[TupleRow]:
        """Return the rows of a query in a transaction of its own. Raises UserError.

        While somebody else sends, a row has to wait for the lock of the server. Waiting for shorter times, again and
        again, would lose the place in the queue. So another thread waits, and the query is cancelled if on_wait raises.
        """
        assert self._open is not None  # noqa: S101 - check() comes first
        connection = self._open

        def answer() -> list[TupleRow]:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

        with translate_server_errors(self._server), ThreadPoolExecutor(1) as pool:
            answering = pool.submit(answer)
            try:
                while not wait([answering], _WAIT).done:
                    self._on_wait()
            except BaseException:
                connection.cancel_safe(timeout=_CANCEL)
                raise
            return answering.result()


def _body(row: Row) -> bytes:
    """Return the columns of a row as JSON; equal rows give equal bytes."""
    return orjson.dumps(row, option=orjson.OPT_SORT_KEYS)


def _is_large(kind: str, row: Row) -> bool:
    """Return True if the server cannot store a row."""
    if len(row_key(kind, row)) > _LONGEST_KEY or len(row.get("annotator", "")) > _LONGEST_KEY:
        return True
    # JSON can have six bytes for a character. Only what may be too large is converted.
    characters = sum(len(value) if isinstance(value, str) else 20 for value in row.values())
    return 6 * (characters + 100 * len(row.get("suggestions", ()))) > LARGEST and len(_body(row)) > LARGEST
