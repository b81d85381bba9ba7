"""Copies of a project that exchange changes through a PostgreSQL server: in any order, cut off, killed, attacked."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import document_id
from annotator.domain.model.edit import SHARED, CellKind, Edit, EditKind, Write, assignment, fold, removal, renaming
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.team.roles import role_write
from annotator.errors import UserError
from annotator.services.project.merge_copies import merge_copies
from annotator.services.team import postgres_carrier, postgres_server
from annotator.services.team import sync as sync_module
from annotator.services.team.carrier import Withheld
from annotator.services.team.postgres_carrier import PostgresCarrier
from annotator.services.team.postgres_server import prepare, set_logins
from annotator.services.team.shared_folder import SharedFolder
from annotator.services.team.sync import SyncReport, open_carrier, sync
from annotator.session import Session
from annotator.storage.file.clock import Clock, wall_ms
from annotator.storage.project import Project
from annotator.storage.rows import edit_to_row
from tests.services.project.test_merge_copies import exported
from tests.services.team.test_sync import QUICK, TEAM, WORK, append, change_anything, settle
from tests.storage.strategies import TEXTS, Action, actions, contents, make_copies, work

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed", exc_type=ImportError)
from tests.postgres import Proxy, Server  # noqa: E402 - it needs psycopg

ALI, BASMA, CARMEN, DINA, EMAD = TEAM
"""Three annotators, an adjudicator and a lead."""
ROLES = {"ali": "annotator", "basma": "annotator", "carmen": "annotator", "dina": "adjudicator", "emad": "lead"}
DATABASE = "carrier"
DOCUMENTS = [document_id(text) for text in TEXTS]


@pytest.fixture(scope="module")
def server(postgres: Server) -> Server:
    """Return a server with a database that is prepared, and a login for each of the team."""
    postgres.make_team(DATABASE, **ROLES)
    return postgres


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    """Return a proxy of the server."""
    proxy = Proxy(server.port)
    yield proxy
    proxy.close()


def exchange(path: Path, server: Server, person: Annotator, *, port: int = 0, resend: bool = False) -> SyncReport:
    """Exchange the changes of somebody's copy with the server."""
    address = server.url(person.name.lower(), DATABASE, port=port)
    with Project.open(path) as project:
        return sync(project, PostgresCarrier(address), annotator=person, resend=resend)


def found(folder: Path, server: Server, *, count: int = len(TEAM), nested: bool = False) -> list[Path]:
    """Make copies for the team, the last one the lead's, and let each login work as its annotator on the server."""
    copies = make_copies(folder, nested, count=count)
    exchange(copies[-1], server, EMAD)
    with Project.open(copies[-1]) as project:
        logins = [(person.id, person.name.lower()) for person in TEAM]
        set_logins(server.url("emad", DATABASE), project.id, logins)
    return copies


def until_in_step(copies: Sequence[Path], server: Server, people: Sequence[Annotator] = TEAM) -> None:
    """Exchange the changes of all copies until none brings anything to another."""
    for _ in range(5):
        reports = [exchange(copy, server, person) for copy, person in zip(copies, people, strict=True)]
        if all(report.is_empty and not report.waiting for report in reports):
            assert not any(report.problems for report in reports)
            return
    raise AssertionError(reports)


@pytest.fixture
def pair(tmp_path: Path, server: Server) -> tuple[Path, Path]:
    """Return the copies of Ali and of the lead, in step, and then with some work in each."""
    one, two = found(tmp_path, server, count=2)
    exchange(one, server, ALI)
    work(one, ALI, WORK)
    work(two, EMAD, WORK)
    return one, two


class StoppedError(Exception):
    """Somebody stopped an exchange."""


@contextmanager
def nobody_can_send(server: Server) -> Iterator[None]:
    """Hold the lock of the server that whoever sends waits for."""
    with psycopg.connect(server.url("emad", DATABASE)) as other:
        other.execute("select pg_advisory_xact_lock(hashtextextended('annotator.rows', 0))")
        yield


def test_an_exchange_that_waits_for_the_server_can_be_stopped(pair: tuple[Path, Path], server: Server) -> None:
    one, _two = pair
    seen: list[tuple[int, int]] = []

    def stop_a_wait(done: int, total: int) -> None:
        if done * 2 >= total and seen[-2:] == [(done, total)] * 2:
            raise StoppedError
        seen.append((done, total))

    carrier = PostgresCarrier(server.url("ali", DATABASE))
    with Project.open(one) as project:
        with nobody_can_send(server), pytest.raises(StoppedError):
            sync(project, carrier, annotator=ALI, progress=stop_a_wait)
        waiting = project.outbox.count_rows()
        assert waiting > 0
        report = sync(project, carrier, annotator=ALI)
    assert (report.sent_edits, report.sent_rows) == (4, waiting)


def test_two_copies_are_equal_after_each_has_synchronised(pair: tuple[Path, Path], server: Server) -> None:
    one, two = pair
    first = exchange(one, server, ALI)
    assert first.sent_edits == 4 and first.received.is_empty and not first.problems
    second = exchange(two, server, EMAD)
    assert (second.received.edits, second.sent_edits, second.people) == (4, 4, {"Ali": 4})
    third = exchange(one, server, ALI)
    assert (third.received.edits, third.sent_edits) == (4, 0)
    assert contents(one) == contents(two)
    rows = server.execute("select count(*), max(seq) from annotator.rows", database=DATABASE)
    assert exchange(one, server, ALI).is_empty and exchange(two, server, EMAD).is_empty
    assert server.execute("select count(*), max(seq) from annotator.rows", database=DATABASE) == rows
    with Project.open(one) as project:
        assert project.outbox.count_rows() == 0
        marks = project.outbox.marks()
    assert len(marks) == 2, "ranges that touch are one"


def test_what_was_sent_is_not_received_again(
    pair: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    until_in_step(pair, server, (ALI, EMAD))
    work(one, ALI, [("note", 1, 0)])
    exchange(one, server, ALI)
    work(two, EMAD, [("note", 2, 0)])
    exchange(two, server, EMAD)
    read: list[str] = []
    page = PostgresCarrier._page

    def watch(self: PostgresCarrier, project_id: str, start: int, end: int) -> postgres_carrier._Page:
        found = page(self, project_id, start, end)
        read.extend(row.key for row in found.rows)
        return found

    monkeypatch.setattr(PostgresCarrier, "_page", watch)
    exchange(one, server, ALI)
    assert len(read) == 1, "only the other's note"


Step = tuple[str, int, list[Action], int]
"""What happens, in which copy, the actions, and a number for what there is to choose."""
PERSONAL = actions.filter(lambda action: action[0] not in ("tagset", "rename"))
"""What annotators do; the others may also change what is everybody's."""
kinds = st.sampled_from(["work", "work", "change", "sync", "sync", "folder", "merge", "cut"])
steps = st.lists(st.tuples(kinds, st.integers(0, 4), st.lists(PERSONAL, max_size=4), st.integers(0, 59)), max_size=12)
CHANGES = {"ali": (4, 5, 6), "dina": (0, 3, 4, 5, 6), "emad": range(7)}
"""Which of the changes of change_anything() somebody may send."""


def check_union(happens: Sequence[Step], server: Server, proxy: Proxy, *, nested: bool = False) -> None:
    """Let five people work and exchange through a server and a folder; then all copies and a merge must be equal."""
    with TemporaryDirectory() as name:
        root = Path(name)
        folder = root / "shared"
        folder.mkdir()
        copies = found(root, server, nested=nested)
        made: dict[str, Edit] = {}
        for what, number, done, choice in happens:
            copy, person = copies[number], TEAM[number]
            if what == "work":
                work(copy, person, [*done, *([("tagset", choice, 3)] if person in (DINA, EMAD) else [])])
            elif what == "change":
                allowed = CHANGES.get(person.name.lower(), CHANGES["ali"])
                change_anything(copy, person, choice // 7 * 7 + allowed[choice % len(allowed)])
            elif what == "sync":
                exchange(copy, server, person)
            elif what == "cut":
                cut(copy, server, person, proxy, choice)
            elif what == "kill":
                server.stop(signal.SIGKILL)
                server.start()
            elif what == "folder":
                with Project.open(copy) as project:
                    sync(project, SharedFolder(folder))
            else:
                with Project.open(copy) as project:
                    merge_copies(project, [copies[choice % len(copies)]])
            with Project.open(copy) as project:
                made |= {edit.id: edit for edit in project.log.edits()}
        merged = root / "merged.annot"
        shutil.copyfile(copies[0], merged)
        with Project.open(merged) as project:
            merge_copies(project, copies[1:])
        until_in_step(copies, server)
        expected = contents(merged)
        assert all(contents(copy) == expected for copy in copies)
        exports = [exported(path, root / f"export-{number}") for number, path in enumerate([merged, *copies])]
        assert all(export == exports[0] for export in exports)
        with Project.open(copies[0]) as project:
            log = {edit.id: edit for edit in project.log.edits()}
            assert log == made
            state = project.log.state()
            assert state == {key: value for key, value in fold(log.values()).items() if key.cell is not CellKind.TEAM}
            query = "select count(*), count(distinct key) from annotator.rows where project = %s and kind = 'edits'"
            assert server.execute(query, [project.id], database=DATABASE) == [(len(made), len(made))]


def cut(copy: Path, server: Server, person: Annotator, proxy: Proxy, choice: int) -> None:
    """Exchange through a connection that is cut somewhere, or not if everything passes before that."""
    proxy.left = 700 + choice * choice * 5
    try:
        exchange(copy, server, person, port=proxy.port)
    except UserError as error:
        assert "Cannot reach" in str(error)
    finally:
        proxy.left = None


def test_any_order_of_exchanges_merges_and_cuts_ends_in_the_same_state(server: Server, proxy: Proxy) -> None:
    @settings(max_examples=2, phases=QUICK)
    @given(steps)
    def check(happens: list[Step]) -> None:
        check_union(happens, server, proxy)

    check()


@pytest.mark.long
def test_the_same_for_longer_work_with_a_server_that_is_killed(server: Server, proxy: Proxy) -> None:
    @settings(max_examples=60, phases=QUICK)
    @given(st.lists(steps, max_size=3), st.integers(0, 5), st.booleans())
    def check(happens: list[list[Step]], kill: int, nested: bool) -> None:
        together = [step for some in happens for step in some]
        if kill < 2:
            together.insert(len(together) // 2, ("kill", 0, [], 0))
        check_union(together, server, proxy, nested=nested)

    check()


def check_cuts(pair: tuple[Path, Path], server: Server, proxy: Proxy, cuts: int) -> None:
    """Cut the connection of two copies again and again while they work; nothing may be lost or doubled."""
    one, two = pair
    chance = random.Random(cuts)
    passed = 0
    for number in range(cuts):
        copy, person = (one, ALI) if number % 2 else (two, EMAD)
        work(copy, person, [("note", number, number % 3), ("doubt", number, 0), ("note", number + 1, 1)])
        proxy.left = chance.randrange(300, 16_000)
        try:
            exchange(copy, server, person, port=proxy.port)
            passed += 1
        except UserError as error:
            assert "Cannot reach" in str(error)
    proxy.left = None
    assert 0 < passed < cuts
    until_in_step(pair, server, (ALI, EMAD))
    assert contents(one) == contents(two)
    with Project.open(one) as project:
        log = [edit.id for edit in project.log.edits()]
        query = "select key from annotator.rows where project = %s and kind = 'edits' order by key"
        assert [key for (key,) in server.execute(query, [project.id], database=DATABASE)] == log


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send and read few rows at a time."""
    monkeypatch.setattr(sync_module, "SENT_AT_ONCE", 600)
    monkeypatch.setattr(postgres_carrier, "_PAGE_ROWS", 3)


@pytest.mark.usefixtures("small_parts")
def test_nothing_is_lost_or_doubled_when_the_connection_is_cut(
    pair: tuple[Path, Path], server: Server, proxy: Proxy
) -> None:
    check_cuts(pair, server, proxy, 12)


@pytest.mark.long
@pytest.mark.usefixtures("small_parts")
def test_the_same_for_300_cuts(pair: tuple[Path, Path], server: Server, proxy: Proxy) -> None:
    check_cuts(pair, server, proxy, 300)


def test_a_server_that_is_killed_and_restarted_loses_nothing(pair: tuple[Path, Path], server: Server) -> None:
    one, two = pair
    exchange(one, server, ALI)
    server.stop(signal.SIGKILL)
    with pytest.raises(UserError, match=r"^Cannot reach 127\.0\.0\.1/carrier: .*Nothing was sent twice or lost"):
        exchange(two, server, EMAD)
    server.start()
    until_in_step(pair, server, (ALI, EMAD))
    assert contents(one) == contents(two)


def test_what_the_server_stored_before_the_answer_was_lost_is_not_doubled(
    pair: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    send = PostgresCarrier.send

    def lose(self: PostgresCarrier, *args: object) -> object:
        send(self, *args)  # type: ignore[arg-type] # as it was called
        raise UserError("lost")

    monkeypatch.setattr(PostgresCarrier, "send", lose)
    with pytest.raises(UserError, match="lost"):
        exchange(one, server, ALI)
    monkeypatch.undo()
    report = exchange(one, server, ALI)
    assert (report.sent_rows, report.received.edits) == (0, 0)
    with Project.open(one) as project:
        assert project.outbox.count_rows() == 0
    until_in_step(pair, server, (ALI, EMAD))


def test_writers_at_the_same_time_lose_nothing_for_who_reads_meanwhile(server: Server, tmp_path: Path) -> None:
    (path,) = found(tmp_path, server, count=1)
    with Project.open(path) as project:
        name = project.id
        project.annotators.add(EMAD)
    writers = 4

    def write(number: int) -> None:
        with psycopg.connect(server.url("emad", DATABASE)) as connection:
            for _ in range(8):
                bodies = [body_of(EMAD) for _ in range(3)]
                connection.execute(
                    "insert into annotator.rows (project, kind, body) select %s, 'edits', b from unnest(%s::text[]) b",
                    [name, bodies],
                )
                # A transaction that lasts lets others draw numbers meanwhile, if nothing prevents it.
                connection.execute("select pg_sleep(random() / 500)")
                connection.commit()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    received = 0
    while any(thread.is_alive() for thread in threads):
        received += exchange(path, server, EMAD).received.edits
    received += exchange(path, server, EMAD).received.edits
    assert received == writers * 8 * 3


CLOCK = Clock()
NOTE = Write(DOCUMENTS[0], CellKind.NOTE, "", None, {"text": "جديد"})


def body_of(person: Annotator, *writes: Write, **columns: object) -> str:
    """Return the columns of an edit as the server stores them; its clock rises with each call."""
    edit = Edit(CLOCK.new(), person.id, DOCUMENTS[0], EditKind.NOTE, writes or (NOTE,), time=wall_ms())
    return json.dumps(edit_to_row(edit) | columns, ensure_ascii=False, sort_keys=True)


GOLD = Write(DOCUMENTS[0], CellKind.GOLD, "0:5", None, {"label": "LOC", "by": DINA.id, "rests": {}})
TAGSET = Write("", CellKind.TAGSET, "nested", None, {"value": True})
SEND = "insert into annotator.rows (project, kind, body) values (%(project)s, %(kind)s, %(body)s)"
Attack = tuple[str, str, Callable[[], str]]
"""A statement, the kind of a row, and its body; the statement may use %(project)s and %(seq)s, the number of a row."""


def payload(text: str) -> str:
    """Return the body of an edit with JSON as its writes that the program would not make."""
    return body_of(ALI, payload=text)


def same(text: str, old: str, new: str) -> str:
    """Return a text with something replaced that must be in it."""
    assert old in text
    return text.replace(old, new)


ATTACKS: dict[str, Attack] = {
    "change an edit": ("update annotator.rows set body = %(body)s where seq = %(seq)s", "", lambda: body_of(BASMA)),
    "change the annotator of an edit": ("update annotator.rows set annotator = 'id-of-Ali'", "", str),
    "change on conflict": (
        f"{SEND} on conflict (project, kind, key, stamp) do update set body = excluded.body",
        "edits",
        lambda: body_of(ALI),
    ),
    "delete an edit": ("delete from annotator.rows where seq = %(seq)s", "", str),
    "delete one's own edits": ("delete from annotator.rows where login = session_user", "", str),
    "delete everything": ("truncate annotator.rows", "", str),
    "drop the table": ("drop table annotator.rows", "", str),
    "an edit of another annotator": (SEND, "edits", lambda: body_of(BASMA)),
    "an edit of nobody": (SEND, "edits", lambda: body_of(ALI, annotator=None)),
    "an edit of a new annotator": (SEND, "edits", lambda: body_of(Annotator("id-of-Zaid", "Zaid"))),
    "time of another annotator": (
        SEND,
        "spells",
        lambda: json.dumps({"id": CLOCK.new(), "annotator": BASMA.id, "document": DOCUMENTS[0], "started": 1, "ms": 1}),
    ),
    "the name of another annotator": (
        SEND,
        "annotators",
        lambda: json.dumps({"id": BASMA.id, "name": "x", "stamp": CLOCK.new()}),
    ),
    "another text of an article": (
        SEND,
        "documents",
        lambda: json.dumps({"id": DOCUMENTS[0], "stamp": CLOCK.new(), "text": "نص آخر"}),
    ),
    "gold": (SEND, "edits", lambda: body_of(ALI, GOLD)),
    "gold between labels": (SEND, "edits", lambda: body_of(ALI, NOTE, GOLD, NOTE)),
    "gold with escapes": (SEND, "edits", lambda: same(body_of(ALI, GOLD), '\\"gold\\"', '\\"gol\\\\u0064\\"')),
    "gold in a second key": (
        SEND,
        "edits",
        lambda: same(body_of(ALI, NOTE), '\\"note\\"', '\\"note\\", \\"cell\\": \\"gold\\"'),
    ),
    "gold in an escaped key": (
        SEND,
        "edits",
        lambda: same(body_of(ALI, NOTE), '\\"note\\"', '\\"note\\", \\"cel\\\\u006c\\": \\"gold\\"'),
    ),
    "gold in an unknown kind of cell": (SEND, "edits", lambda: same(body_of(ALI, GOLD), '\\"gold\\"', '\\"golds\\"')),
    "writes that are none": (SEND, "edits", lambda: payload('{"cell": "note"}')),
    "a role": (SEND, "edits", lambda: body_of(ALI, role_write(ALI.id, Role.LEAD))),
    "labels": (SEND, "edits", lambda: body_of(ALI, TAGSET)),
    "an assignment": (SEND, "edits", lambda: body_of(ALI, assignment(DOCUMENTS[0], ALI.id))),
    "the removal of an article": (SEND, "edits", lambda: body_of(ALI, removal(DOCUMENTS[0]))),
    "the title of an article": (SEND, "edits", lambda: body_of(ALI, renaming(DOCUMENTS[0], "x"))),
    "undo an edit of another annotator": (SEND, "edits", lambda: body_of(ALI, reverts=FOREIGN[0])),
    "an edit that stays the last for years": (
        SEND,
        "edits",
        lambda: body_of(ALI, id="0fffffff-ffff-7000-8000-000000000000"),
    ),
    "an id that is none": (SEND, "edits", lambda: body_of(ALI, id="z")),
    "another login as the sender": (
        "insert into annotator.rows (project, kind, body, login) values (%(project)s, 'edits', %(body)s, 'basma')",
        "",
        lambda: body_of(ALI),
    ),
    "a number": (
        "insert into annotator.rows (seq, project, kind, body) overriding system value "
        "values (1, %(project)s, 'edits', %(body)s)",
        "",
        lambda: body_of(ALI),
    ),
    "numbers that others draw": ("select nextval('annotator.rows_seq_seq')", "", str),
    "a copy without checks": ("copy annotator.rows (project, kind, body) from stdin", "", str),
    "a row of no project": (SEND.replace("%(project)s", f"'{'0' * 32}'"), "edits", lambda: body_of(ALI)),
    "a project": ("insert into annotator.projects (id) values (repeat('1', 32))", "", str),
    "the work of who has no login yet": (
        "insert into annotator.logins (project, annotator) values (%(project)s, 'id-of-Farid')",
        "",
        str,
    ),
    "two annotators": ("insert into annotator.logins (project, annotator) values (%(project)s, 'x')", "", str),
    "another's annotator": ("update annotator.logins set login = 'ali' where annotator = 'id-of-Basma'", "", str),
    "free another's annotator": ("delete from annotator.logins where annotator = 'id-of-Basma'", "", str),
    "a login for somebody": (
        "insert into annotator.logins (project, annotator, login) values (%(project)s, 'x', 'basma')",
        "",
        str,
    ),
    "become a lead": (f"set role {DATABASE}_lead", "", str),
    "become another login": ("set session authorization basma", "", str),
    "grant a role": (f"grant {DATABASE}_adjudicator to ali", "", str),
    "no row-level security": ("alter table annotator.rows disable row level security", "", str),
    "row-level security off": ("set row_security = off; update annotator.rows set body = ''", "", str),
    "drop a policy": ("drop policy sending on annotator.rows", "", str),
    "drop the lock": ("drop trigger lock_numbers on annotator.rows", "", str),
    "another function": (
        "create or replace function annotator.has_role(text) returns boolean language sql as 'select true'",
        "",
        str,
    ),
    "another version": ("update annotator.server set version = 9", "", str),
}
FOREIGN: list[str] = []
"""The id of an edit of Basma's."""


@pytest.fixture(scope="module")
def attacked(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, int]:
    """Return a project on the server with work of everybody, and the number of an edit of Basma's."""
    one, two = found(tmp_path_factory.mktemp("attacked"), server, count=2)
    with Project.open(one) as project:
        append(project, BASMA, EditKind.NOTE, DOCUMENTS[0], [NOTE])
        project.annotators.add(Annotator("id-of-Farid", "Farid"))
    exchange(one, server, BASMA)
    exchange(two, server, EMAD)
    with Project.open(two) as project:
        project.annotators.add(Annotator("id-of-Farid", "Farid"))
        append(project, Annotator("id-of-Farid", "Farid"), EditKind.NOTE, DOCUMENTS[0], [NOTE])
        settle(project, EMAD, 1)
        name = project.id
    exchange(two, server, EMAD)
    query = "select seq, key from annotator.rows where project = %s and kind = 'edits' and annotator = %s"
    ((seq, key),) = server.execute(query, [name, BASMA.id], database=DATABASE)
    assert isinstance(seq, int)
    FOREIGN[:] = [str(key)]
    return name, seq


def everything(server: Server) -> list[tuple[object, ...]]:
    """Return a hash of all that the tables of the schema have, and who has which role."""
    return server.execute(
        "select md5(string_agg(r::text, ',' order by seq)) from annotator.rows r union all "
        "select md5(string_agg(l::text, ',' order by l::text)) from annotator.logins l union all "
        "select md5(string_agg(p::text, ',' order by p::text)) from annotator.projects p union all "
        "select md5(string_agg(m::text, ',' order by m::text)) from pg_auth_members m union all "
        "select md5(string_agg(p::text, ',' order by p::text)) from pg_policies p union all "
        "select md5(string_agg(s::text, ',')) from annotator.server s",
        database=DATABASE,
    )


def test_there_are_more_than_twenty_attacks() -> None:
    assert len(ATTACKS) >= 20


@pytest.mark.parametrize("name", ATTACKS)
def test_an_annotator_cannot_change_or_forge_the_work_of_others(
    name: str, attacked: tuple[str, int], server: Server
) -> None:
    statement, kind, make = ATTACKS[name]
    values = {"project": attacked[0], "seq": attacked[1], "kind": kind, "body": make()}
    before = everything(server)
    with (
        psycopg.connect(
            server.url("ali", DATABASE), autocommit=True, cursor_factory=psycopg.ClientCursor
        ) as connection,
        pytest.raises(psycopg.Error) as raised,
    ):
        connection.execute(statement.encode(), values if "%(" in statement else None)
    assert not isinstance(raised.value, psycopg.errors.SyntaxError | psycopg.OperationalError)
    assert everything(server) == before


def test_an_annotator_cannot_put_other_functions_in_the_place_of_those_that_decide(
    attacked: tuple[str, int], server: Server
) -> None:
    # In PostgreSQL 14 and earlier everybody can create functions in the schema public.
    server.execute("grant create on schema public to public", database=DATABASE)
    before = everything(server)
    with psycopg.connect(server.url("ali", DATABASE), autocommit=True) as connection:
        connection.execute(
            "create function public.pg_has_role(name, text, text) returns boolean language sql as 'select true'"
        )
        connection.execute("set search_path = public, pg_catalog")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(SEND.encode(), {"project": attacked[0], "kind": "edits", "body": body_of(ALI, GOLD)})
    server.execute("drop function public.pg_has_role", database=DATABASE)
    assert everything(server) == before


def test_what_each_role_may_send_is_taken(attacked: tuple[str, int], server: Server) -> None:
    accepted = [
        ("ali", body_of(ALI)),
        (
            "ali",
            body_of(
                ALI,
                Write(
                    DOCUMENTS[0],
                    CellKind.NOTE,
                    "",
                    None,
                    {"text": "\0 \ud800".encode("utf-16", "surrogatepass").decode("utf-16", "ignore")},
                ),
            ),
        ),
        ("dina", body_of(DINA, GOLD, TAGSET)),
        ("emad", body_of(EMAD, role_write(ALI.id, Role.ADJUDICATOR))),
        ("emad", body_of(BASMA)),
    ]
    for login, body in accepted:
        values = [attacked[0], "edits", body]
        server.execute(
            SEND.replace("%(project)s", "%s").replace("%(kind)s", "%s").replace("%(body)s", "%s"),
            values,
            user=login,
            database=DATABASE,
        )
    for login, body in [("dina", body_of(DINA, role_write(DINA.id, Role.LEAD))), ("dina", body_of(ALI))]:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute(
                SEND.replace("%(project)s", "%s").replace("%(kind)s", "%s").replace("%(body)s", "%s"),
                [attacked[0], "edits", body],
                user=login,
                database=DATABASE,
            )


def test_the_names_of_cells_that_are_personal_are_those_of_the_program(server: Server) -> None:
    sent = {
        kind: server.execute("select annotator.sender(%s::jsonb)", [json.dumps([{"cell": kind}])], database=DATABASE)
        for kind in CellKind
    }
    assert {kind for kind, found in sent.items() if found == [("annotator",)]} == set(CellKind) - SHARED
    assert {kind for kind, found in sent.items() if found == [("lead",)]} == {CellKind.TEAM}


def test_what_the_login_may_not_send_stays_in_the_outbox_and_is_counted(
    pair: tuple[Path, Path], server: Server
) -> None:
    one, two = pair
    until_in_step(pair, server, (ALI, EMAD))
    with Project.open(one) as project:
        append(project, BASMA, EditKind.NOTE, DOCUMENTS[0], [NOTE])
        Session(project, ALI).rename_article(DOCUMENTS[0], "عنوان آخر")
        append(project, ALI, EditKind.NOTE, DOCUMENTS[0], [NOTE])
    report = exchange(one, server, ALI)
    assert report.sent_edits == 1 and report.withheld == {Withheld.OTHERS: 1, Withheld.SHARED: 1}
    assert [str(problem).partition(":")[0] for problem in report.problems] == [
        "Decisions of others that were not sent",
        "Changes to labels, articles, roles or gold that were not sent, because your login may not send them",
    ]
    with Project.open(one) as project:
        assert project.outbox.count() == 2
    with Project.open(two) as project:
        merge_copies(project, [one])
    assert exchange(two, server, EMAD).sent_edits == 2, "a lead sends them"
    assert not exchange(one, server, ALI).problems
    assert contents(one) == contents(two)


def test_a_row_that_is_too_large_is_not_sent_and_counted(
    pair: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    monkeypatch.setattr(postgres_carrier, "LARGEST", 3_000)
    with Project.open(one) as project:
        append(project, ALI, EditKind.NOTE, DOCUMENTS[0], [NOTE._replace(after={"text": "x" * 4_000})])
        many = [Suggestion(Span(0, 1), "LOC", 0.5, "s" * 1_001, "1")]
        project.suggestions.replace(DOCUMENTS[0], "s" * 1_001, "1", many)
    report = exchange(one, server, ALI)
    assert report.sent_edits == 4 and report.withheld == {Withheld.LARGE: 2}
    assert "larger than the 200 MB" in str(report.problems[0])
    monkeypatch.undo()
    assert exchange(one, server, ALI).withheld == {Withheld.LARGE: 1}, "a name of more than 1,000 characters"


def test_a_row_that_cannot_be_read_holds_up_no_other(pair: tuple[Path, Path], server: Server) -> None:
    one, two = pair
    exchange(one, server, ALI)
    with Project.open(one) as project:
        name = project.id
    bad = [
        same(body_of(ALI), '\\"text\\"', '\\"colour\\"'),
        body_of(ALI, kind="unknown"),
        body_of(ALI, extra=1),
        body_of(ALI, time=-1),
        body_of(ALI, document="f" * 32),
    ]
    for body in bad:
        server.execute(
            "insert into annotator.rows (project, kind, body) values (%s, 'edits', %s)",
            [name, body],
            user="ali",
            database=DATABASE,
        )
    work(one, ALI, [("note", 1, 0), ("note", 2, 0)])
    exchange(one, server, ALI)
    for _ in range(2):
        report = exchange(two, server, EMAD)
        assert [("cannot be read" in str(problem)) for problem in report.problems] == [True] * 4
        assert report.waiting == 1, "for an article that nobody has"
    assert report.is_empty
    with Project.open(one) as project:
        ours = {edit.id for edit in project.log.edits()}
    with Project.open(two) as project:
        assert ours <= {edit.id for edit in project.log.edits()}
        assert len(project.outbox.marks()) < 8
    work(one, ALI, [("note", 3, 0)])
    exchange(one, server, ALI)
    assert exchange(two, server, EMAD).received.edits == 1


def test_a_foreign_row_under_the_id_of_an_own_one_is_noticed(pair: tuple[Path, Path], server: Server) -> None:
    one, _ = pair
    with Project.open(one) as project:
        (row,) = next(project.outbox.changesets(1, lambda kind, row: kind == "edits")).rows["edits"]
        name = project.id
    forged = json.dumps(row | {"payload": "[]"}, ensure_ascii=False, sort_keys=True)
    server.execute(
        "insert into annotator.rows (project, kind, body) values (%s, 'edits', %s)",
        [name, forged],
        user="ali",
        database=DATABASE,
    )
    with pytest.raises(UserError, match="has another version of edits"):
        exchange(one, server, ALI)


def test_a_restored_server_gets_what_it_lacks_again(pair: tuple[Path, Path], server: Server) -> None:
    one, two = pair
    until_in_step(pair, server, (ALI, EMAD))
    with Project.open(one) as project:
        name = project.id
    server.execute("delete from annotator.rows where project = %s and kind = 'edits'", [name], database=DATABASE)
    report = exchange(two, server, EMAD)
    assert (report.sent_edits, report.received.edits) == (8, 0)
    until_in_step(pair, server, (ALI, EMAD))
    for table in ("rows", "logins", "projects"):
        column = "id" if table == "projects" else "project"
        server.execute(f"delete from annotator.{table} where {column} = %s", [name], database=DATABASE)  # noqa: S608
    with pytest.raises(UserError, match="has nothing of this project, but it exchanged its work there before"):
        exchange(two, server, EMAD)
    assert exchange(two, server, EMAD, resend=True).sent_edits == 8
    assert exchange(one, server, ALI, resend=True).problems, "a lead has to say who is who again"
    set_logins(server.url("emad", DATABASE), name, [(ALI.id, "ali")])
    assert exchange(one, server, ALI).is_empty


def test_who_works_with_which_login_is_decided_once(tmp_path: Path, server: Server) -> None:
    copies = make_copies(tmp_path, count=2)
    with pytest.raises(UserError, match="does not have this project yet"):
        exchange(copies[0], server, ALI)
    exchange(copies[1], server, EMAD)
    work(copies[0], ALI, WORK)
    assert exchange(copies[0], server, ALI).sent_edits == 4, "a new annotator needs no lead"
    with Project.open(copies[0]) as project:
        name = project.id
        append(project, BASMA, EditKind.NOTE, DOCUMENTS[0], [NOTE])
        append(project, CARMEN, EditKind.NOTE, DOCUMENTS[0], [NOTE])
    assert "belongs to another annotator than Basma" in str(sync_as(copies[0], server, "ali", BASMA).problems[0])
    assert "works on the server with the login ali, not with basma" in str(
        sync_as(copies[0], server, "basma", ALI).problems[0]
    )
    assert "not known who works" in str(sync_as(copies[0], server, "basma", None).problems[0])
    with Project.open(copies[1]) as project:
        merge_copies(project, [copies[0]])
    exchange(copies[1], server, EMAD)
    said = sync_as(copies[0], server, "basma", BASMA).problems[0]
    assert str(said).endswith("annotator sync --login Basma=basma PROJECT")
    set_logins(server.url("emad", DATABASE), name, [(BASMA.id, "basma"), (CARMEN.id, "carmen")])
    assert not sync_as(copies[0], server, "basma", BASMA).problems
    with pytest.raises(UserError, match="does not allow this"):
        set_logins(server.url("ali", DATABASE), name, [(BASMA.id, "ali")])
    with pytest.raises(UserError, match="There is no login zaid"):
        set_logins(server.url("emad", DATABASE), name, [(BASMA.id, "zaid")])


def sync_as(path: Path, server: Server, login: str, person: Annotator | None) -> SyncReport:
    """Exchange with another login than the annotator's own."""
    with Project.open(path) as project:
        return sync(project, PostgresCarrier(server.url(login, DATABASE)), annotator=person)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://ali:secret@localhost/x", "contains a password"),
        ("postgresql://ali@localhost/x?password=secret", "contains a password"),
        ("postgresql://ali@localhost/x?pass%77ord=secret", "contains a password"),
        ("postgresql://ali@localhost/x?nonsense=1", "is not valid"),
        ("postgres://[", "is not valid"),
    ],
)
def test_an_address_with_a_password_is_refused_and_not_remembered(tmp_path: Path, address: str, said: str) -> None:
    (path,) = make_copies(tmp_path, count=1)
    with Project.open(path) as project, pytest.raises(UserError, match=said) as raised:
        sync(project, open_carrier(address))
    assert "secret" not in str(raised.value)
    assert b"secret" not in path.read_bytes()


def test_a_password_comes_from_where_libpq_finds_it(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "s3cret-of-ali")
    (path,) = make_copies(tmp_path, count=1)
    exchange(path, server, EMAD)
    with Project.open(path) as project:
        assert project.outbox.carrier == server.url("emad", DATABASE)
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and b"s3cret-of-ali" in file.read_bytes()]


def test_without_psycopg_one_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(
        UserError, match=r'^This needs the package psycopg\. Install it with: pip install "psycopg\[binary\][^"]*"$'
    ):
        open_carrier("postgresql://ali@localhost/news")


def test_preparing_twice_changes_nothing_and_other_versions_are_named(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.execute("create database other", database="postgres")
    address = postgres.url("postgres", "other")
    (path,) = make_copies(tmp_path, count=1)

    def fails(said: str) -> None:
        with Project.open(path) as project, pytest.raises(UserError, match=said):
            sync(project, PostgresCarrier(address))
        with Project.open(path) as project:
            assert project.outbox.carrier == ""

    fails("is not prepared. Whoever administers it runs: annotator sync --prepare URL")
    roles = prepare(address)
    before = postgres.execute("select id, version from annotator.server", database="other")
    assert prepare(address) == roles == {role: f"other_{role}" for role in ("annotator", "adjudicator", "lead")}
    assert postgres.execute("select id, version from annotator.server", database="other") == before
    monkeypatch.setattr(postgres_server, "SCHEMA_VERSION", 2)
    fails("was prepared by an earlier annotator")
    monkeypatch.setattr(postgres_server, "SCHEMA_VERSION", 0)
    fails("was prepared by a newer annotator")
    with pytest.raises(UserError, match="was prepared by a newer annotator"):
        prepare(address)
    postgres.execute("create role nobody login", database="postgres")
    with pytest.raises(UserError, match="does not allow this"):
        prepare(postgres.url("nobody", "other"))
    monkeypatch.undo()
    address = postgres.url("nobody", "other")
    fails("does not allow this: permission denied for schema annotator")
    address = postgres.url("postgres", "missing")
    fails('^Cannot reach 127.0.0.1/missing: database "missing" does not exist')
    address = f"postgresql://postgres@127.0.0.1:{free_port()}/other"
    fails("^Cannot reach 127.0.0.1/other: Connection refused")


def free_port() -> int:
    """Return a port on which nobody listens."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_who_may_make_roles_without_being_a_superuser_can_prepare_and_leads(postgres: Server, tmp_path: Path) -> None:
    postgres.execute("create role owner login createdb createrole", database="postgres")
    postgres.execute("create database owned", user="owner", database="postgres")
    prepare(postgres.url("owner", "owned"))
    prepare(postgres.url("owner", "owned"))
    (path,) = make_copies(tmp_path, count=1)
    with Project.open(path) as project:
        report = sync(project, PostgresCarrier(postgres.url("owner", "owned")), annotator=EMAD)
    assert report.sent_documents == 3 and not report.problems
    for statement in ("update annotator.rows set body = ''", "delete from annotator.rows"):
        postgres.execute(statement, user="owner", database="owned")
    assert postgres.execute("select count(*) from annotator.rows where body <> ''", database="owned") != [(0,)]


@pytest.mark.usefixtures("small_parts")
def test_a_stop_keeps_what_came_in_and_the_next_exchange_continues(pair: tuple[Path, Path], server: Server) -> None:
    one, two = pair
    exchange(one, server, ALI)

    class StopError(Exception):
        """The user pressed Stop."""

    steps_done: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        steps_done.append((done, total))
        if len(steps_done) > 6:
            raise StopError

    with Project.open(two) as project, pytest.raises(StopError):
        sync(project, PostgresCarrier(server.url("emad", DATABASE)), annotator=EMAD, progress=stop)
    until_in_step(pair, server, (ALI, EMAD))
    assert contents(one) == contents(two)


def test_two_projects_share_a_database(tmp_path: Path, server: Server) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, other = found(tmp_path / "one", server, count=2), found(tmp_path / "two", server, count=2)
    work(one[0], ALI, WORK)
    exchange(one[0], server, ALI)
    assert exchange(other[1], server, EMAD).is_empty
    assert exchange(one[1], server, EMAD).received.edits == 4


def test_a_renamed_annotator_keeps_the_login(pair: tuple[Path, Path], server: Server) -> None:
    one, two = pair
    with Project.open(one) as project:
        project.annotators.add(replace(ALI, name="علي"))
    until_in_step(pair, server, (ALI, EMAD))
    with Project.open(two) as project:
        assert "علي" in {person.name for person in project.annotators.all()}
