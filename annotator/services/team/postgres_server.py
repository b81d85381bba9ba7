"""A PostgreSQL database as the place where a team exchanges work: its address, connections, schema and logins.

psycopg 3 is an optional dependency. Passwords are left to libpq, which reads them from ~/.pgpass, a service file or the
environment; they never get into an address that a project remembers.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotator.errors import UserError
from annotator.installation import needs_package
from annotator.resources import resource

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

SCHEMA_VERSION = 1
_SCHEMES = ("postgresql://", "postgres://")
_SECRETS = ("password", "sslpassword", "oauth_client_secret")
_LONGEST_NAME = 63 - len("_adjudicator")
"""PostgreSQL cuts longer names off."""
_CONNECTING = {
    # A connection that is cut without a word ends after about a minute.
    "keepalives_idle": "20",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",  # ms
    "application_name": "annotator",
    "client_encoding": "utf8",
}
_CONNECT_TIMEOUT = "15"  # seconds
_REPEATED = re.compile(r"^(connection failed: )?(connection to server at .*?, port \d+ failed: )?(FATAL:\s+)?")
"""What libpq puts before the reason."""
_SESSION = "select set_config('lock_timeout', '60s', false), set_config('statement_timeout', '10min', false)"


def is_server(address: str) -> bool:
    """Return True if an address is the URL of a PostgreSQL database."""
    return address.lower().startswith(_SCHEMES)


def connection_parameters(address: str) -> dict[str, str]:
    """Return what a URL says, by the names of libpq. The password may not be part of it.

    Raises UserError, also if psycopg is not installed.
    """
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as e:
        raise UserError(needs_package("psycopg", "server")) from e
    try:
        found = {name: str(value) for name, value in conninfo_to_dict(address).items() if value is not None}
    except ProgrammingError as e:
        raise UserError(
            "The address of the server is not valid. Write it like this: postgresql://salma@db.example.org/news"
        ) from e
    if any(name in found for name in _SECRETS):
        raise UserError(
            "The address contains a password. Leave it out, because the project remembers the address, and put the "
            "password into the file {path}, in a line like this: {line}",
            path="~/.pgpass",
            line="db.example.org:5432:news:salma:PASSWORD",
        )
    return found


def server_name(address: str) -> str:
    """Return the host and the database of a URL, for messages. Raises UserError as connection_parameters() does."""
    found = connection_parameters(address)
    host = found.get("host") or found.get("hostaddr") or os.environ.get("PGHOST", "") or found.get("service", "")
    database = found.get("dbname") or os.environ.get("PGDATABASE", "") or found.get("user", "")
    return "/".join(part for part in (host, database) if part) or "PostgreSQL"


@contextmanager
def connect(address: str) -> Iterator[Connection[TupleRow]]:
    """Yield a connection in which each statement is a transaction. Raises UserError for all that goes wrong in it."""
    connection = open_connection(address)
    try:
        with translate_server_errors(server_name(address)):
            yield connection
    finally:
        connection.close()


def open_connection(address: str) -> Connection[TupleRow]:
    """Return a connection in which each statement is a transaction. Raises UserError."""
    given = connection_parameters(address)
    import psycopg

    with translate_server_errors(server_name(address)):
        if "PGCONNECT_TIMEOUT" not in os.environ:
            given = {"connect_timeout": _CONNECT_TIMEOUT} | given
        # Prepared statements would not work through a connection pooler.
        connection = psycopg.connect(**(_CONNECTING | given), autocommit=True, prepare_threshold=None)  # type: ignore[arg-type] # the names are libpq's
        try:
            connection.execute(_SESSION)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def translate_server_errors(server: str) -> Iterator[None]:
    """Raise UserError in place of the errors of psycopg; server is the name for messages."""
    import psycopg
    from psycopg import errors

    try:
        yield
    except (errors.UndefinedTable, errors.InvalidSchemaName, errors.UndefinedFunction) as e:
        raise UserError(
            "The database {server} is not prepared. Whoever administers it runs: annotator sync --prepare URL",
            server=server,
        ) from e
    except errors.InsufficientPrivilege as e:
        raise UserError(
            "{server} does not allow this: {why}. Ask whoever administers the server.", server=server, why=_why(e)
        ) from e
    except errors.DatetimeFieldOverflow as e:
        raise UserError(
            "{server} does not take what is dated more than a day ahead of its clock. Correct the clock of this "
            "computer.",
            server=server,
        ) from e
    except psycopg.OperationalError as e:
        raise UserError(
            "Cannot reach {server}: {why}. Nothing was sent twice or lost. Synchronise again later.",
            server=server,
            why=_why(e),
        ) from e
    except psycopg.Error as e:
        raise UserError(
            "{server} reports an error: {why}. Nothing was sent twice or lost. Ask whoever administers the server.",
            server=server,
            why=_why(e),
        ) from e


def _why(error: Exception) -> str:
    """Return the first line of an error of psycopg, without the name of the address that libpq repeats."""
    diagnosis = getattr(error, "diag", None)
    said = (diagnosis.message_primary if diagnosis is not None else None) or str(error)
    line = next(iter(said.strip().splitlines()), "") or type(error).__name__
    return _REPEATED.sub("", line).rstrip(".")


def prepare(address: str) -> Mapping[str, str]:
    """Make the schema and the roles in a database, if they are not there, and make its user a lead.

    Returns the names of the roles annotator, adjudicator and lead. Raises UserError, and has changed nothing then.
    """
    from psycopg.sql import SQL, Identifier, Literal

    text = resource("server", "schema.sql").read_text(encoding="utf-8")
    with connect(address) as connection:
        ((database, encoding, user),) = connection.execute(
            "select current_database(), current_setting('server_encoding'), session_user::text"
        ).fetchall()
        if encoding != "UTF8":
            raise UserError(
                "The database {name} has the encoding {encoding}. Create another one with: createdb -E UTF8 "
                "-T template0 NAME",
                name=database,
                encoding=encoding,
            )
        if len(database.encode()) > _LONGEST_NAME:
            raise UserError(
                "The name of the database {name} is longer than {count} bytes. Create one with a shorter name.",
                name=database,
                count=_LONGEST_NAME,
            )
        roles = {role: f"{database}_{role}" for role in ("annotator", "adjudicator", "lead")}
        names = {role: Identifier(name) for role, name in roles.items()}
        with connection.transaction():
            _check_version(connection)
            for role in roles:
                there = connection.execute("select from pg_roles where rolname = %s", [roles[role]]).fetchone()
                if there is None:
                    connection.execute(SQL("create role {}").format(names[role]))
            # What an adjudicator may, a lead may too.
            for granted, to in (("annotator", names["adjudicator"]), ("adjudicator", names["lead"])):
                connection.execute(SQL("grant {} to {}").format(names[granted], to))
            ((is_superuser,),) = connection.execute(
                "select rolsuper from pg_roles where rolname = session_user"
            ).fetchall()
            if not is_superuser:
                connection.execute(SQL("grant {} to {}").format(names["lead"], Identifier(user)))
            literals = {f"{role}_name": Literal(name) for role, name in roles.items()}
            # In parts, as a statement with parameters would be a single one; there are none.
            connection.execute(SQL(text).format(**names, **literals, version=Literal(SCHEMA_VERSION)))
    return roles


def check_schema(connection: Connection[TupleRow]) -> str:
    """Return the id of the schema in a database. Raises UserError if it is another version; or an error of psycopg."""
    ((found, version),) = connection.execute("select id::text, version from annotator.server").fetchall()
    if version > SCHEMA_VERSION:
        raise UserError("The database was prepared by a newer annotator. Upgrade annotator.")
    if version < SCHEMA_VERSION:
        raise UserError(
            "The database was prepared by an earlier annotator. Whoever administers it runs: annotator sync "
            "--prepare URL"
        )
    return str(found)


def _check_version(connection: Connection[TupleRow]) -> None:
    """Raise UserError if a database has a newer schema."""
    ((is_there,),) = connection.execute("select to_regclass('annotator.server') is not null").fetchall()
    if is_there:
        check_schema(connection)


def set_logins(address: str, project_id: str, logins: Iterable[tuple[str, str]]) -> None:
    """Store which login of the server works as which annotator of a project: (annotator id, login).

    Only a lead can; what was stored for one of them is replaced. Raises UserError.
    """
    with connect(address) as connection, connection.transaction():
        for annotator, login in logins:
            there = connection.execute("select from pg_roles where rolname = %s and rolcanlogin", [login]).fetchone()
            if there is None:
                raise UserError(
                    "There is no login {login} on the server. Whoever administers it runs: create role {login} login",
                    login=login,
                )
            connection.execute(
                "delete from annotator.logins where project = %s and (annotator = %s or login = %s)",
                [project_id, annotator, login],
            )
            connection.execute(
                "insert into annotator.logins (project, annotator, login) values (%s, %s, %s)",
                [project_id, annotator, login],
            )
